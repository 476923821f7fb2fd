"""What a folder lies on: a disk of this machine, a network drive, or nobody knows."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath, PurePosixPath

_MOUNTS = Path("/proc/self/mounts")
_DRIVES = {3: "fixed", 4: "remote"}  # what Windows' GetDriveType answers
# Whatever is in neither list may be of this machine or not.
REMOTE = frozenset(["nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "9p", "remote"])
LOCAL = frozenset(
    [
        "apfs",
        "bcachefs",
        "btrfs",
        "exfat",
        "ext2",
        "ext3",
        "ext4",
        "f2fs",
        "fixed",
        "hfs",
        "jfs",
        "ntfs",
        "ntfs3",
        "overlay",
        "ramfs",
        "reiserfs",
        "tmpfs",
        "ufs",
        "vfat",
        "xfs",
        "zfs",
    ]
)


def file_system(path: Path) -> str:
    """Kind of the file system (on Windows of the drive) that a path lies on; empty where nobody knows."""
    if sys.platform == "win32":
        import ctypes

        kind: int = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")
        return "remote" if is_on_server(path) else _DRIVES.get(kind, "")
    try:
        return mounted_as(PurePosixPath(path), _MOUNTS.read_text("utf-8", "replace"))
    except OSError:
        return ""


def mounted_as(path: PurePosixPath, mounts: str) -> str:
    """Kind of the file system that a path lies on, by the system's list of what is mounted."""
    kind, deepest = "", -1
    for line in mounts.splitlines():
        _, folder, file_system, *_ = [*line.split(" "), "", ""]
        place = PurePosixPath(_unescaped(folder))
        if path.is_relative_to(place) and len(place.parts) >= deepest:
            kind, deepest = file_system, len(place.parts)
    return kind


def _unescaped(text: str) -> str:
    r"""A folder's name in the list of mounts, where blanks are written as ``\040``."""
    for code in (" ", "\t", "\n", "\\"):
        text = text.replace(f"\\{ord(code):03o}", code)
    return text


def is_on_server(path: PurePath) -> bool:
    r"""Whether a Windows path names a server, as ``\\server\share`` does."""
    drive = path.drive.upper()
    if drive.startswith(("\\\\?\\", "\\\\.\\")):
        return drive.startswith("\\\\?\\UNC\\")
    return drive.startswith("\\\\")
