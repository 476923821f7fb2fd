"""What the journal's file stands on: its address for SQLite, its file system, and faults in words."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePath
from urllib.parse import quote
from urllib.request import url2pathname

from kdebate import words
from kdebate.journal import mounts

MARK = 0x6B646562  # "kdeb": SQLite's application_id, which tells our files from others
_MARK_AT = slice(68, 72)  # where the header of a database holds it
_TABLE = b"CREATE TABLE entries ("
_NO_ROOM = 200_000  # bytes; with less SQLite cannot even write its log


def address(path: PurePath, still: bool = False) -> str:
    r"""
    Write a path as SQLite's ``file:`` address.

    A folder on a server, ``\\server\share``, goes behind an empty host name: SQLite refuses any other.

    Parameters
    ----------
    path : path
        Absolute, of this system or another.
    still : bool
        Whether nobody changes the file, as in a read-only folder.
    """
    text = path.as_posix()
    rooted = text if text.startswith("/") else f"/{text}"
    # As bytes: a folder's name need not be text.
    return f"file://{quote(os.fsencode(rooted), safe='/:')}" + ("?immutable=1" if still else "")


def is_other_file(place: str, path: Path) -> bool:
    """Whether a file that is not the one at `path` stands at this `address`."""
    there = Path(url2pathname(place.removeprefix("file://")))
    return there.is_file() and not there.samefile(path)


def shares_memory(path: Path) -> bool:
    """
    Whether all who open this file run on one machine, as far as can be known; in doubt they do not.

    A write-ahead log needs memory that all writers share.
    """
    return mounts.file_system(path.resolve()) in mounts.LOCAL


def obstacle(path: Path) -> str:
    """What stands at the path that no file can be made at: a key of the words, or an empty text."""
    if path.is_dir():
        return "folder"
    if path.is_symlink() and not path.exists():
        return "dangling"
    return "special" if path.exists() and not path.is_file() else ""


def is_ours(path: Path) -> bool:
    """Whether a file that SQLite cannot read was a journal once; an all-empty one is nobody else's."""
    content = path.read_bytes()
    marked = content[_MARK_AT] == MARK.to_bytes(4, "big")
    return marked or _TABLE in content or not content.strip(b"\0")


def why(error: Exception, path: Path) -> str:
    """The reason in a sentence that says what to do."""
    said, text = words.of("exercises")["disk"], str(error)
    if not path.parent.is_dir():
        return str(said["gone"])
    if "full" in text or ("I/O" in text and not _has_room(path)):
        return str(said["full"])
    if "locked" in text or "busy" in text:
        return str(said["busy"])
    if "readonly" in text or "unable to open" in text or isinstance(error, PermissionError):
        return str(said["read_only"] if _has_room(path) else said["full"])
    return str(said["other"].format(reason=text))


def _has_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free > _NO_ROOM
    except OSError:
        return True  # the folder is gone, which is another fault than a full disk
