"""What a folder lies on, by the system's list of mounts and by the names of Windows."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from kdebate.journal import mounts

MOUNTS = [
    ("/", "ext4"), ("/srv", "nfs4"), ("/srv/me/disk", "xfs"), ("/mnt/c", "9p"), ("/net", "cifs"),
    ("/far", "fuse.sshfs"), ("/lustre", "lustre"), ("/tmp", "tmpfs"), ("/odd", "newfs"), ("/over", "ext4"),
    ("/over", "nfs"),
]  # fmt: skip
LISTED = "\n".join(f"device {folder} {kind} rw 0 0" for folder, kind in MOUNTS)
PLACES = {
    "/opt/x": True, "/srv/me": False, "/srv/me/disk/x": True, "/srvx/x": True, "/mnt/c/Users": False,
    "/net/x": False, "/far/x": False, "/lustre/x": False, "/tmp/x": True, "/odd/x": False, "/over/x": False,
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_write_ahead_log_only_where_all_writers_share_memory(place):
    assert (mounts.mounted_as(PurePosixPath(place), LISTED) in mounts.LOCAL) == PLACES[place]


SERVERS = {
    r"\\server\share\x": True, r"\\?\UNC\server\share\x": True, r"C:\x": False, r"\\?\C:\x": False, r"D:x": False,
}  # fmt: skip


@pytest.mark.parametrize("path", SERVERS)
def test_windows_paths_that_name_a_server(path):
    assert mounts.is_on_server(PureWindowsPath(path)) == SERVERS[path]


NAMED = """\
/dev/sda1 / ext4 rw 0 0
server:/export /net nfs4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
tmpfs /net/me/local tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/mine", "ext4"),
        ("/net/me/mine", "nfs4"),
        ("/net/me/local/mine", "tmpfs"),
        ("/network", "ext4"),
        ("/mnt/my share/mine", "cifs"),
    ],
)
def test_the_nearest_mount_tells_the_kind(folder, kind):
    assert mounts.mounted_as(PurePosixPath(folder), NAMED) == kind
