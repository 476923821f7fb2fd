"""
What a notebook says, apart from how it looks: its cells, without outputs and marks.

Working copies carry two flags on every cell, so that Jupyter neither edits nor deletes it. They
are set here, taken away here, and no comparison looks at them.
"""

import copy
import hashlib
import json
from typing import Any

Notebook = dict[str, Any]

FLAGS = {"editable": False, "deletable": False}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
COMPARED = "# NBVAL_CHECK_OUTPUT"  # such a cell is published with its output


def read(text: bytes) -> Notebook | None:
    """The notebook in `text`; None where there is none, or one that could not be written again."""
    try:
        notebook: Notebook = json.loads(text.decode("utf-8"))
        fine = all(isinstance(part["metadata"], dict) for part in [notebook, *notebook["cells"]])
        return notebook if fine and digest(notebook) and write(notebook) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def write(notebook: Notebook) -> bytes:
    """The text of a notebook file, in the form in which ours are stored."""
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def digest(notebook: Notebook) -> str:
    """Fingerprint of all cells in their order: kind, text, attached pictures."""
    cells = [
        [cell.get("cell_type"), _text(cell), cell.get("attachments") or {}]
        for cell in notebook["cells"]
    ]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def _text(cell: Notebook) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def is_locked(notebook: Notebook) -> bool:
    """Whether every cell carries the flags."""
    return all(FLAGS.items() <= cell["metadata"].items() for cell in notebook["cells"])


def lock(notebook: Notebook) -> None:
    """Put the flags on every cell, in place."""
    for cell in notebook["cells"]:
        cell["metadata"].update(FLAGS)


def locked(notebook: Notebook) -> Notebook:
    """The same notebook with the flags on every cell."""
    result = copy.deepcopy(notebook)
    lock(result)
    return result


def unlock(notebook: Notebook) -> None:
    """Take the flags away, in place: a page of the reader's own is theirs to edit."""
    for cell in notebook["cells"]:
        for flag in FLAGS:
            cell["metadata"].pop(flag, None)


def as_published(notebook: Notebook) -> bytes:
    """
    The text of the published file from which Jupyter made `notebook` by running and saving it.

    Version 0.1.0 noted only the fingerprint of that file. It is what tells an untouched copy
    from an edited one there.
    """
    result = copy.deepcopy(notebook)
    unlock(result)
    result["metadata"].pop("widgets", None)
    result["metadata"].pop("language_info", None)
    result["metadata"]["kernelspec"] = KERNEL
    for cell in result["cells"]:
        cell["metadata"].pop("execution", None)
        cell["metadata"].pop("trusted", None)
        if cell.get("cell_type") == "code":
            cell["metadata"]["jupyter"] = {"source_hidden": True}
            _forget_run(cell)
    return write(result)


def _forget_run(cell: Notebook) -> None:
    """Count and outputs as they are published."""
    compared = COMPARED in _text(cell)
    cell["execution_count"] = 1 if compared else None
    cell["outputs"] = cell.get("outputs", []) if compared else []
    for output in cell["outputs"]:
        if "execution_count" in output:
            output["execution_count"] = 1
