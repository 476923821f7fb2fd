"""
Makes small numbers of all citations, and writes the links of terms, each chapter's lists of words and sources, and docs/glossary.md.

``python -m tools.cite_notebooks FILE...`` writes; ``--check`` changes nothing and says which files are out of date.
"""

import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from kdebate.tables import cite
from tools.links import setting
from tools.store_notebooks import text

AGAIN = "run python -m tools.cite_notebooks"
GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"


def cited(notebook: NotebookNode) -> NotebookNode:
    """A notebook with its citations made anew; one without any stays as it is."""
    where = {key: setting()[key] for key in ("repository", "tag")}
    prose = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "markdown" and cell.id not in {cite.SOURCES_CELL, cite.WORDS_CELL}
    ]
    numbers = cite.numbered(cell.source for cell in prose)
    for cell in prose:
        cell.source = cite.written(cell.source, numbers)
    terms = [name for cell in prose for name in cite.terms_in(cell.source)]
    made = {
        cite.WORDS_CELL: terms and cite.words_text(cell.source for cell in prose),
        cite.SOURCES_CELL: numbers and cite.sources_text(numbers, where),
    }
    notebook.cells = [cell for cell in notebook.cells if cell.id not in made]
    notebook.cells += [
        nbformat.v4.new_markdown_cell(source, id=name) for name, source in made.items() if source
    ]
    return notebook


def is_current(path: Path) -> bool:
    """Whether the definitions and the table of sources are those of the data as they are."""
    stored = path.read_text(encoding="utf-8")
    return text(cited(nbformat.reads(stored, as_version=4))) == stored


def main(arguments: list[str]) -> int:
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    if "--check" not in arguments:
        for path in paths:
            notebook = cited(nbformat.read(path, as_version=4))
            path.write_text(text(notebook), encoding="utf-8")
        GLOSSARY.write_text(cite.glossary_page(), encoding="utf-8")
    stale = [path for path in paths if not is_current(path)]
    for path in stale:
        print(f"{path}: its links or its lists are out of date: {AGAIN} {path}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
