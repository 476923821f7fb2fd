"""
Files in a folder that others may write to: no link is followed, nothing is written half.

A shared folder can hold links that lead to files elsewhere. Reading or writing through one would
hand out or destroy what the reader never named.
"""

import os
import stat
import tempfile
from pathlib import Path, PurePath

from kdebate.journal import mounts

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
    if mounts.is_on_server(resolved) and not mounts.is_on_server(given):
        return given
    return resolved


def absolute(folder: Path) -> Path:
    """Full name of a folder, links resolved, mapped drives kept."""
    return Path(stable(Path(os.path.abspath(folder)), folder.resolve()))


def network(folder: Path) -> str:
    """Kind of the network drive that `folder` is on; empty where it is none, or nobody knows."""
    if mounts.is_on_server(folder):
        return folder.drive
    kind = mounts.file_system(folder)
    return (folder.drive or kind) if kind in mounts.REMOTE else ""
