"""Working copies: laid out once, never overwritten; newer ones offered beside the old."""

import json

import pytest

from kdebate import __version__
from kdebate.lab import chapters


def notebook(*sources: str, prose: str = "# Title") -> str:
    cells = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": prose}]
    cells += [
        {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "source": source.splitlines(keepends=True),
         "outputs": [], "execution_count": None}
        for i, source in enumerate(sources)
    ]  # fmt: skip
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with two chapters, in the layout of a wheel."""
    home = tmp_path / "kdebate"
    (home / "notebooks").mkdir(parents=True)
    (home / "notebooks" / "00-start-here.ipynb").write_text(notebook("print(0)"))
    (home / "notebooks" / "04-concede.ipynb").write_text(notebook("a = 1\nb = 2", "a + b"))
    monkeypatch.setattr(chapters, "PACKAGE", home)
    return home / "notebooks"


def test_published_chapters_travel_with_the_package(package):
    assert [path.name for path in chapters.published()] == [
        "00-start-here.ipynb",
        "04-concede.ipynb",
    ]


def test_code_joins_the_lines_of_a_cell(package):
    assert chapters.code(package / "04-concede.ipynb") == ["a = 1\nb = 2", "a + b"]


def test_missing_copies_are_made_and_none_is_overwritten(package, tmp_path):
    folder = tmp_path / "mine"
    assert chapters.lay_out(folder) == []
    (folder / "00-start-here.ipynb").write_text("my own words")
    (folder / "04-concede.ipynb").unlink()
    assert chapters.lay_out(folder) == []
    assert (folder / "00-start-here.ipynb").read_text() == "my own words"
    assert (folder / "04-concede.ipynb").read_text() == (package / "04-concede.ipynb").read_text()


def test_newer_chapter_is_offered_beside_the_old(package, tmp_path):
    folder = tmp_path / "mine"
    chapters.lay_out(folder)
    old = (folder / "04-concede.ipynb").read_text()
    (package / "04-concede.ipynb").write_text(notebook("a = 2"))
    (sentence,) = chapters.lay_out(folder)
    newer = f"04-concede-{__version__}.ipynb"
    assert "A newer 04-concede.ipynb" in sentence
    assert newer in sentence
    assert (folder / "04-concede.ipynb").read_text() == old
    assert chapters.code(folder / newer) == ["a = 2"]
    (folder / newer).write_text("mine too")
    chapters.lay_out(folder)
    assert (folder / newer).read_text() == "mine too"


@pytest.mark.parametrize("record", ["", "[]", "{broken"])
def test_lost_record_loses_no_work(package, tmp_path, record):
    folder = tmp_path / "mine"
    chapters.lay_out(folder)
    (folder / ".kdebate" / "copied.json").write_text(record)
    (folder / "04-concede.ipynb").write_text("my own words")
    assert chapters.lay_out(folder) == []
    assert (folder / "04-concede.ipynb").read_text() == "my own words"


def test_copy_of_a_read_only_chapter_can_be_written(package, tmp_path):
    (package / "04-concede.ipynb").chmod(0o444)
    chapters.lay_out(tmp_path / "mine")
    assert (tmp_path / "mine" / "04-concede.ipynb").stat().st_mode & 0o200


def test_manifest_names_paths_as_the_page_sees_them(package, tmp_path):
    there = chapters.manifest(tmp_path / "home" / "mine", tmp_path / "home")
    assert there["mine/04-concede.ipynb"] == ["a = 1\nb = 2", "a + b"]
    assert there[f"mine/04-concede-{__version__}.ipynb"] == there["mine/04-concede.ipynb"]
    assert len(there) == 4


def test_nothing_is_published_outside_the_server(package, tmp_path):
    assert chapters.manifest(tmp_path / "elsewhere", tmp_path / "home") == {}
