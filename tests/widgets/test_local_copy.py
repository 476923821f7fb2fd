"""A lecturer's own copy of the article opens in the live chapter, and stays out of everything that is stored."""

import json

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter

from kdebate.site.page import write_page
from kdebate.widgets import LocalCopy
from tools.store_notebooks import text as stored_text

LINES = ["Brillig the slithy toves", "did gyre <b>and</b> gimble", "in the wabe all mimsy"]


@pytest.fixture
def folder(tmp_path):
    """A chapter's folder with a copy laid beside it."""
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "article.txt").write_text("\n\n".join(LINES), "utf-8")
    return tmp_path


def holds_none(text):
    """Whether nothing of the copy stands in a text; shorter words come up by chance in the packed modules."""
    return not any(word in text for word in ("Brillig", "gimble", "mimsy"))


def test_without_a_copy_there_is_a_link(tmp_path):
    shown, _ = LocalCopy(tmp_path)._repr_mimebundle_()
    assert 'href="https://' in shown["text/html"]
    assert "https://" in shown["text/plain"]
    assert "No copy of the article" in shown["text/plain"]


def test_the_open_page_gets_the_text_when_it_asks(folder, monkeypatch):
    (folder / "notebooks").mkdir()
    for start in (folder, folder / "notebooks"):
        copy, sent = LocalCopy(start), []
        monkeypatch.setattr(copy, "send", sent.append)
        copy._handle_custom_msg({"ask": "text"}, [])
        assert sent == [{"paragraphs": LINES}]


def test_a_copy_that_was_taken_away_meanwhile_is_no_error(folder, monkeypatch):
    copy, sent = LocalCopy(folder), []
    monkeypatch.setattr(copy, "send", sent.append)
    (folder / "local" / "article.txt").unlink()
    copy._handle_custom_msg({"ask": "text"}, [])
    assert sent == [{"paragraphs": []}]


def test_output_state_and_page_hold_nothing_of_the_text(folder):
    copy = LocalCopy(folder)
    assert holds_none(json.dumps(copy._repr_mimebundle_()) + repr(copy))
    assert holds_none(repr(copy.get_state()))
    assert holds_none(write_page(folder / "site", "Page", [copy]).read_text("utf-8"))


def test_a_notebook_that_ran_holds_nothing_of_the_text_even_with_its_widget_state(folder):
    source = "from kdebate.widgets import LocalCopy\ncopy = LocalCopy()\nprint(copy)\ncopy"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    assert "opens only in the chapter itself" in notebook.cells[0].outputs[0].text
    assert notebook.metadata.widgets  # the state is stored, and is searched below
    assert holds_none(stored_text(notebook))
    for exporter in (HTMLExporter(), MarkdownExporter()):
        assert holds_none(exporter.from_notebook_node(notebook)[0])


def test_git_ignores_the_copy(root):
    assert "local/" in (root / ".gitignore").read_text("utf-8").splitlines()
