"""
The published chapters, the reader's working copies, and what may run by itself.

A chapter is a notebook that travels with the package. Readers work on copies, whose cells are
locked; a copy is alive on opening only while it says, to the letter, what the package's says.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kdebate.lab import content
from kdebate.lab.files import NotPlain, absolute, free_name, read_plain, write_plain
from kdebate.lab.words import say

PACKAGE = Path(__file__).resolve().parents[1]
STATE = ".kdebate"  # hidden, in the reader's folder: what was copied when, and the page layout
SHELF = "published by kdebate"  # the folder under which the server shows the page the originals

# By chapter: "content", the fingerprint of what was laid out, and "kept", the name of the copy
# that made room for it. Version 0.1.0 wrote the fingerprint of the published file alone.
Record = dict[str, dict[str, str]]


class Refused(Exception):
    """A reason, in a sentence, why a folder is not used."""


def published() -> list[Path]:
    """Notebooks that travel with the package: beside it in a wheel, above it in a checkout."""
    inside = PACKAGE / "notebooks"
    folder = inside if inside.is_dir() else PACKAGE.parent / "notebooks"
    return sorted(folder.glob("[0-9][0-9]-*.ipynb"))


def original(name: str) -> content.Notebook | None:
    """A published chapter as it is laid out, cells locked; None where there is none of that name."""
    found = [chapter for chapter in published() if chapter.name == name]
    return content.locked(json.loads(found[0].read_bytes())) if found else None


def manifest(folder: Path, root: Path) -> dict[str, str]:
    """
    Pages that may run by themselves, as the page sees them.

    Parameters
    ----------
    folder
        Where the working copies lie.
    root
        The server's root folder.

    Returns
    -------
    dict
        Path below `root`, with forward slashes, to the path under which the server shows the
        published chapter. Empty when `folder` is not below `root`.
    """
    folder, root = absolute(folder), absolute(root)
    if not folder.is_relative_to(root):
        return {}
    return {
        (folder / chapter.name).relative_to(root).as_posix(): f"{SHELF}/{chapter.name}"
        for chapter in published()
    }


def kept(folder: Path) -> dict[str, str]:
    """By chapter, the name of the edited copy that made room for a newer one."""
    record = _read_record(folder)
    return {name: entry["kept"] for name, entry in record.items() if "kept" in entry}


def lay_out(folder: Path) -> list[str]:
    """
    Copy missing chapters into `folder` and renew what has not been touched.

    Where a newer chapter was published and the copy was edited, the copy is kept beside it.

    Returns
    -------
    list of str
        Sentences to tell the reader.

    Raises
    ------
    Refused
        Where a link or a folder stands under a name that a file of ours must have.
    OSError
        Where the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _make_state(folder)
    record = _read_record(folder)
    told = [_lay_one(chapter, folder, record) for chapter in published()]
    write_plain(_record(folder), (json.dumps(record, indent=1) + "\n").encode())
    return [sentence for sentence in told if sentence]


def _make_state(folder: Path) -> None:
    """Our own hidden folder; through a link it would be somebody else's."""
    state = folder / STATE
    if state.is_symlink() or (os.path.lexists(state) and not state.is_dir()):
        raise Refused(say("not_plain", path=state))
    state.mkdir(exist_ok=True)


def _lay_one(chapter: Path, folder: Path, record: Record) -> str:
    """Lay out one chapter; return what to say about it, if anything."""
    path = folder / chapter.name
    try:
        mine = read_plain(path)
    except NotPlain:
        raise Refused(say("not_plain", path=path)) from None
    fresh = json.loads(chapter.read_bytes())
    entry = record.setdefault(chapter.name, {})
    match _state(mine, fresh, chapter, entry):
        case "edited":
            entry.setdefault("content", content.digest(fresh))
            return ""
        case "edited, and a newer one is there":
            return _make_room(path, mine or b"", fresh, entry)
        case "untouched":
            _put(path, fresh, entry)
    return ""


def _state(
    mine: bytes | None, fresh: content.Notebook, chapter: Path, entry: dict[str, str]
) -> str:
    """How a copy stands to what is published now and to what it was made from."""
    if mine is None:
        return "untouched"
    copy = content.read(mine)
    if copy is not None and content.digest(copy) == content.digest(fresh):
        return "current" if content.is_locked(copy) and "content" in entry else "untouched"
    if copy is not None and _laid_out(copy, mine, entry):
        return "untouched"
    newer = _from_another(entry, fresh, chapter)
    return "edited, and a newer one is there" if newer else "edited"


def _laid_out(copy: content.Notebook, text: bytes, entry: dict[str, str]) -> bool:
    """Whether a copy still says what it said when it was laid out."""
    if "content" in entry:
        return content.digest(copy) == entry["content"]
    return entry.get("file") in {_digest(text), _digest(content.as_published(copy))}


def _from_another(entry: dict[str, str], fresh: content.Notebook, chapter: Path) -> bool:
    """Whether a copy was made from another chapter than the one published now."""
    if "content" in entry:
        return entry["content"] != content.digest(fresh)
    return entry.get("file", _digest(chapter.read_bytes())) != _digest(chapter.read_bytes())


def _make_room(path: Path, mine: bytes, fresh: content.Notebook, entry: dict[str, str]) -> str:
    """Keep an edited copy under a name of its own, and lay the newer chapter in its place."""
    beside = free_name(path)
    path.rename(beside)
    if (copy := content.read(mine)) is not None:
        content.unlock(copy)
        write_plain(beside, content.write(copy))
    _put(path, fresh, entry)
    entry["kept"] = beside.name
    return say("newer", chapter=path.name, kept=beside.name)


def _put(path: Path, fresh: content.Notebook, entry: dict[str, str]) -> None:
    write_plain(path, content.write(content.locked(fresh)))
    entry.pop("file", None)
    entry.pop("kept", None)
    entry["content"] = content.digest(fresh)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _record(folder: Path) -> Path:
    return folder / STATE / "copied.json"


def _read_record(folder: Path) -> Record:
    """What each copy was made from. A lost or broken record only loses the offer of newer ones."""
    try:
        record = json.loads((read_plain(_record(folder)) or b"{}").decode("utf-8"))
    except (NotPlain, OSError, ValueError, RecursionError):
        return {}
    return dict(_entries(record)) if isinstance(record, dict) else {}


def _entries(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Entries of the right shape, those of version 0.1.0 among them."""
    for name, entry in record.items():
        if isinstance(entry, str):
            yield name, {"file": entry}
        elif isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values()):
            yield name, entry
