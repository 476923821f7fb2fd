"""
Files in a folder that others may write to: no link is followed, nothing is written half.

A shared folder can hold links that lead to files elsewhere. Reading or writing through one would
hand out or destroy what the reader never named.
"""

import os
import stat
import sys
import tempfile
from pathlib import Path, PurePath

REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "9p"}
LARGEST = 50_000_000  # bytes; more is no notebook of ours


class NotPlain(Exception):
    """A link, a folder or something stranger stands where a plain file belongs."""


def read_plain(path: Path) -> bytes | None:
    """
    The bytes of a plain file; None where nothing is there.

    Raises
    ------
    NotPlain
        Where something else stands under that name.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise NotPlain(path)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        return file.read(LARGEST)


def write_plain(path: Path, content: bytes) -> None:
    """Write a whole file and put it in place in one step; a link of that name is replaced."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def free_name(path: Path) -> Path:
    """The first name of the kind ``00-start-here-kept.ipynb`` that nothing has."""
    number, name = 1, path.with_stem(f"{path.stem}-kept")
    while os.path.lexists(name):
        number += 1
        name = path.with_stem(f"{path.stem}-kept-{number}")
    return name


def stable(given: PurePath, resolved: PurePath) -> PurePath:
    r"""
    The name under which a folder is used from now on.

    On Windows the real name of a mapped drive (``H:\me``) is a network address
    (``\\server\share\me``), which SQLite and others cannot open; there the name as given stays.
    """
    if resolved.drive.startswith("\\\\") and not given.drive.startswith("\\\\"):
        return given
    return resolved


def absolute(folder: Path) -> Path:
    """Full name of a folder, links resolved, mapped drives kept."""
    return Path(stable(Path(os.path.abspath(folder)), folder.resolve()))


def network(folder: Path) -> str:
    """Kind of the network drive that `folder` is on; empty where it is none, or nobody knows."""
    if folder.drive.startswith("\\\\"):
        return folder.drive
    if sys.platform == "win32":
        import ctypes

        remote = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == 4
        return folder.drive if remote else ""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    kind = mounted_as(folder, mounts)
    return kind if kind in REMOTE else ""


def mounted_as(folder: PurePath, mounts: str) -> str:
    """Kind of the file system that `folder` is on, by the system's list of what is mounted."""
    places = [line.split(" ") for line in mounts.splitlines()]
    found = {
        PurePath(place[1].replace("\\040", " ")): place[2] for place in places if len(place) > 2
    }
    near = [place for place in found if folder.is_relative_to(place)]
    return found[max(near, key=lambda place: len(place.parts))] if near else ""
