"""
The rules that keep notebooks short, honest and easy to diff.

nbval runs them; this file reads them.
"""

import ast
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from tools.store_notebooks import MARK, is_clean, is_marked

ROOT = Path(__file__).resolve().parents[1]
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 10


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request) -> Path:
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def statements(cell):
    """Syntax of a cell; a stray magic is refused here because it does not parse."""
    return list(ast.walk(ast.parse(cell.source)))


def test_there_are_notebooks():
    assert {"00-start-here", "04-concede-step-by-step"} <= {path.stem for path in PATHS}


def test_names_are_numbered_once():
    assert all(re.fullmatch(r"\d\d(-[a-z]+)+", path.stem) for path in PATHS)
    assert max(Counter(path.stem[:2] for path in PATHS).values()) == 1


def test_file_is_a_valid_notebook_in_the_clean_form(path, notebook):
    nbformat.validate(notebook)
    assert is_clean(path), "run: make notebooks"


def test_metadata_is_kernelspec_and_front_matter_only(notebook):
    assert set(notebook.metadata) == {"kernelspec", "kdebate"}
    assert notebook.metadata.kernelspec.name == "python3"


def test_front_matter_is_whole_and_its_minutes_add_up(notebook):
    front = notebook.metadata.kdebate
    assert front["where"] in {"class", "home"}
    assert front["sections"]
    assert sum(section["minutes"] for section in front["sections"]) == front["minutes"]


def test_minutes_fit_the_sessions():
    """Class chapters of one session fill at most 75 minutes together."""
    spent = Counter()
    for path in PATHS:
        front = nbformat.read(path, as_version=4).metadata.kdebate
        if front["where"] == "class":
            spent[front["session"]] += front["minutes"]
    assert all(minutes <= 75 for minutes in spent.values()), spent


def test_first_cell_is_title_and_question(notebook):
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert "?" in first.source


def test_second_cell_holds_all_imports(notebook):
    """Where there is code at all: the second cell is the first code cell, and imports nowhere else."""
    if not code(notebook):
        return
    assert notebook.cells[1].cell_type == "code"
    for cell in code(notebook)[1:]:
        assert not [
            node for node in statements(cell) if isinstance(node, ast.Import | ast.ImportFrom)
        ], cell.id


def test_code_cells_are_short_calls(notebook):
    unwanted = (
        ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.For | ast.While | ast.Lambda
    )
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= MOST_LINES, cell.id
        assert not [node for node in statements(cell) if isinstance(node, unwanted)], cell.id


def test_hidden_code_starts_with_a_friendly_line(notebook):
    """Where code cannot be hidden wholly, JupyterLab shows a collapsed cell's first line."""
    hidden = [
        cell for cell in code(notebook) if cell.metadata.get("jupyter", {}).get("source_hidden")
    ]
    for cell in [*code(notebook)[:1], *hidden]:
        assert cell.source.startswith("# "), cell.id


def test_outputs_are_stored_only_in_marked_cells_and_in_all_of_them(notebook):
    for cell in code(notebook):
        # nbval passes silently over a marked cell without an output.
        assert bool(cell.outputs) == is_marked(cell), cell.id


def test_stored_outputs_are_a_few_lines_of_text(notebook):
    for cell in filter(is_marked, code(notebook)):
        assert cell.source.startswith(MARK) or cell.source.splitlines()[1].startswith(MARK), cell.id
        for output in cell.outputs:
            assert output.output_type in {"stream", "execute_result"}, cell.id
            data = output.get("data", {"text/plain": output.get("text", "")})
            assert set(data) <= {"text/plain", "text/html"}, cell.id
            assert len(data["text/plain"].splitlines()) <= 12, cell.id


def test_cell_ids_are_words(notebook):
    ids = [cell.id for cell in notebook.cells]
    assert [name for name in ids if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)] == []
    # nbformat's own ids are eight hexadecimal digits
    assert [name for name in ids if re.fullmatch(r"[0-9a-f]{8}", name)] == []
    assert len(set(ids)) == len(ids)


def test_prose_has_one_sentence_per_line(notebook):
    two = re.compile(
        r"(?<!\b[A-Za-z])(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)(?<!\bvs)[.!]['\")*_]*\s+['\"(*_]*[A-Z]"
    )
    for cell in prose(notebook):
        for line in cell.source.splitlines():
            if line.startswith(("|", "<", "#")) or line.lstrip().startswith(("<", "![")):
                continue  # tables, markup and headings have lines of their own
            words = re.sub(r"^\s*(\d+\.|[-*])\s+", "", line)
            assert not two.search(words), f"{cell.id}: {line}"


def test_headings_do_not_skip_levels(notebook):
    levels = [
        len(match[1])
        for cell in prose(notebook)
        for match in re.finditer(r"^(#+) ", cell.source, flags=re.MULTILINE)
    ]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_pictures_have_words(notebook):
    for cell in prose(notebook):
        assert not re.findall(r"!\[\s*\]\(", cell.source), cell.id
        for tag in re.findall(r"<img\b[^>]*>", cell.source):
            assert re.search(r'alt="[^"]+"', tag), cell.id
