"""
The published chapters, the reader's working copies, and what may run by itself.

A chapter is a notebook that travels with the package. Readers work on copies; a copy is alive on
opening only while its code cells are, to the letter, those of the package.
"""

import hashlib
import json
import shutil
from pathlib import Path

from kdebate import __version__
from kdebate.lab.words import say

PACKAGE = Path(__file__).resolve().parents[1]
STATE = ".kdebate"  # hidden, in the reader's folder: what was copied when, and the page layout


def published() -> list[Path]:
    """Notebooks that travel with the package: beside it in a wheel, above it in a checkout."""
    inside = PACKAGE / "notebooks"
    folder = inside if inside.is_dir() else PACKAGE.parent / "notebooks"
    return sorted(folder.glob("[0-9][0-9]-*.ipynb"))


def code(notebook: Path) -> list[str]:
    """Sources of the code cells, in order."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def beside(chapter: Path) -> str:
    """Name under which a newer chapter is laid beside an older copy."""
    return f"{chapter.stem}-{__version__}.ipynb"


def manifest(folder: Path, root: Path) -> dict[str, list[str]]:
    """
    Code that may run by itself, by path as the page sees it.

    Parameters
    ----------
    folder
        Where the working copies lie.
    root
        The server's root folder.

    Returns
    -------
    dict
        Path below `root`, with forward slashes, to the sources of the published code cells.
        Empty when `folder` is not below `root`.
    """
    folder, root = folder.resolve(), root.resolve()
    if not folder.is_relative_to(root):
        return {}
    return {
        (folder / name).relative_to(root).as_posix(): code(chapter)
        for chapter in published()
        for name in (chapter.name, beside(chapter))
    }


def lay_out(folder: Path) -> list[str]:
    """
    Copy missing chapters into `folder`; never touch one that is there.

    Where the published chapter is newer than the one a copy was made from, the new one is laid
    beside the old under a name that carries the version.

    Returns
    -------
    list of str
        Sentences to tell the reader.
    """
    (folder / STATE).mkdir(parents=True, exist_ok=True)
    copied = _read_record(folder)
    told = [_lay_one(chapter, folder, copied) for chapter in published()]
    _record(folder).write_text(json.dumps(copied, indent=1) + "\n", encoding="utf-8")
    return [sentence for sentence in told if sentence]


def _lay_one(chapter: Path, folder: Path, copied: dict[str, str]) -> str:
    """Copy one chapter where it is missing; return what to say about it, if anything."""
    copy, digest = folder / chapter.name, _digest(chapter)
    if not copy.exists():
        _copy(chapter, copy)
        copied[chapter.name] = digest
        return ""
    if copied.setdefault(chapter.name, digest) == digest:
        return ""
    newer = folder / beside(chapter)
    if not newer.exists():
        _copy(chapter, newer)
    return say("newer", chapter=chapter.name, newer=newer.name)


def _copy(chapter: Path, copy: Path) -> None:
    """Copy the text only: a read-only original must not make a read-only copy."""
    shutil.copyfile(chapter, copy)


def _digest(chapter: Path) -> str:
    """Fingerprint of the whole published chapter, prose included."""
    return hashlib.sha256(chapter.read_bytes()).hexdigest()


def _record(folder: Path) -> Path:
    return folder / STATE / "copied.json"


def _read_record(folder: Path) -> dict[str, str]:
    """What each copy was made from. A lost or broken record only loses the offer of newer ones."""
    try:
        record = json.loads(_record(folder).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return record if isinstance(record, dict) else {}
