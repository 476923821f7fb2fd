"""
Runs notebooks and stores them in the clean form: ``python -m tools.store_notebooks FILE...``.

Only cells marked for comparison keep their output; widget state, run times and language version
go. `--check` runs nothing and says which files are not in that form.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

MARK = "# NBVAL_CHECK_OUTPUT"


def is_marked(cell: NotebookNode) -> bool:
    """Whether nbval compares this cell's output."""
    return cell.cell_type == "code" and MARK in cell.source


def clean(notebook: NotebookNode) -> NotebookNode:
    """Drop everything that a diff should not show."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.pop("language_info", None)
    notebook.metadata.kernelspec = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        cell.metadata.pop("trusted", None)
        if cell.cell_type == "code":
            # nbval takes a marked cell with a null count for one that was never run.
            cell.execution_count = 1 if is_marked(cell) else None
            cell.outputs = [_as_first(o) for o in cell.outputs] if is_marked(cell) else []
    return notebook


def _as_first(output: NotebookNode) -> NotebookNode:
    if "execution_count" in output:
        output.execution_count = 1
    return output


def store(path: Path) -> None:
    """Run one notebook where it lies and write it back clean."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=300,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    path.write_text(text(clean(notebook)), encoding="utf-8")
    print(f"stored {path}")


def text(notebook: NotebookNode) -> str:
    """The file's text, ending in a line break."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def is_clean(path: Path) -> bool:
    """Whether a file is in the clean form already."""
    stored = path.read_text(encoding="utf-8")
    return text(clean(nbformat.reads(stored, as_version=4))) == stored


def main(arguments: list[str]) -> int:
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    if "--check" not in arguments:
        for path in paths:
            store(path)
    unclean = [path for path in paths if not is_clean(path)]
    for path in unclean:
        print(f"not in the clean form: {path}; run: make notebooks", file=sys.stderr)
    return 1 if unclean else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
