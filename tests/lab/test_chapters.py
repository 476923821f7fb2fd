"""Working copies: laid out once, renewed while untouched, kept beside where they were edited."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from kdebate.lab import chapters, content

ROOT = chapters.PACKAGE.parent


def notebook(*sources: str, prose: str = "# Title") -> str:
    """In the form in which chapters are stored."""
    cells = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": [prose]}]
    cells += [
        {"cell_type": "code", "id": f"cell-{i}", "metadata": {"jupyter": {"source_hidden": True}},
         "source": source.splitlines(keepends=True), "outputs": [], "execution_count": None}
        for i, source in enumerate(sources)
    ]  # fmt: skip
    marks = {"kdebate": {"minutes": 1}, "kernelspec": content.KERNEL}
    return content.write(
        {"cells": cells, "metadata": marks, "nbformat": 4, "nbformat_minor": 5}
    ).decode()


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with two chapters, in the layout of a wheel."""
    home = tmp_path / "kdebate"
    (home / "notebooks").mkdir(parents=True)
    (home / "notebooks" / "00-start-here.ipynb").write_text(notebook("print(0)"))
    (home / "notebooks" / "04-concede.ipynb").write_text(notebook("a = 1\nb = 2", "a + b"))
    monkeypatch.setattr(chapters, "PACKAGE", home)
    return home / "notebooks"


@pytest.fixture
def folder(package, tmp_path):
    """A folder laid out from that package."""
    chapters.lay_out(tmp_path / "mine")
    return tmp_path / "mine"


def stored(path):
    return json.loads(path.read_text(encoding="utf-8"))


def sources(path):
    return ["".join(cell["source"]) for cell in stored(path)["cells"]]


def write(path, change):
    """Change a notebook file."""
    text = stored(path)
    change(text)
    path.write_text(json.dumps(text))


def run_and_save(text):
    """What Jupyter does to a file that is opened, run and saved."""
    text["metadata"]["language_info"] = {"name": "python", "version": "3.11.9"}
    text["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    for count, cell in enumerate(text["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = count
            cell["metadata"]["execution"] = {"iopub.status.busy": "2026-01-01"}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["done\n"]}]


def edit(text):
    """What a student does."""
    text["cells"][0]["source"] = ["# Title, and my own words"]


def as_0_1_0(folder, package):
    """The folder as version 0.1.0 laid it out: the files themselves, and their fingerprints."""
    record = {}
    for chapter in package.iterdir():
        (folder / chapter.name).write_bytes(chapter.read_bytes())
        record[chapter.name] = hashlib.sha256(chapter.read_bytes()).hexdigest()
    (folder / ".kdebate" / "copied.json").write_text(json.dumps(record))


def test_published_chapters_travel_with_the_package(package):
    assert [path.name for path in chapters.published()] == [
        "00-start-here.ipynb",
        "04-concede.ipynb",
    ]


def test_copies_are_locked_and_originals_are_not(package, folder):
    for name in ("00-start-here.ipynb", "04-concede.ipynb"):
        cells = stored(folder / name)["cells"]
        assert all(cell["metadata"]["editable"] is False for cell in cells)
        assert all(cell["metadata"]["deletable"] is False for cell in cells)
        assert sources(folder / name) == sources(package / name)
    text = (package / "04-concede.ipynb").read_text()
    assert not {"editable", "deletable"} & set(text.split('"'))


def test_missing_copies_are_made_and_none_is_overwritten(package, folder):
    (folder / "00-start-here.ipynb").write_text("my own words")
    (folder / "04-concede.ipynb").unlink()
    assert chapters.lay_out(folder) == []
    assert (folder / "00-start-here.ipynb").read_text() == "my own words"
    assert sources(folder / "04-concede.ipynb") == sources(package / "04-concede.ipynb")


def test_current_copy_is_left_as_it_is(folder):
    write(folder / "04-concede.ipynb", run_and_save)
    before = (folder / "04-concede.ipynb").read_bytes()
    assert chapters.lay_out(folder) == []
    assert (folder / "04-concede.ipynb").read_bytes() == before


@pytest.mark.parametrize("use", [lambda text: None, run_and_save], ids=["unopened", "run"])
@pytest.mark.parametrize("old", [False, True], ids=["this version", "0.1.0"])
def test_untouched_copy_is_renewed(package, folder, use, old):
    """The version number never changes here: a second pull counts as much as a release."""
    if old:
        as_0_1_0(folder, package)
    for text in ("a = 2", "a = 3"):
        write(folder / "04-concede.ipynb", use)
        (package / "04-concede.ipynb").write_text(notebook(text))
        assert chapters.lay_out(folder) == []
        assert sources(folder / "04-concede.ipynb") == ["# Title", text]
        assert content.is_locked(stored(folder / "04-concede.ipynb"))
    assert sorted(path.name for path in folder.glob("*.ipynb")) == [
        "00-start-here.ipynb",
        "04-concede.ipynb",
    ]


@pytest.mark.parametrize("use", [lambda text: None, run_and_save], ids=["unopened", "run"])
def test_copy_of_0_1_0_is_locked_also_without_a_newer_chapter(package, folder, use):
    as_0_1_0(folder, package)
    write(folder / "04-concede.ipynb", use)
    assert chapters.lay_out(folder) == []
    assert content.is_locked(stored(folder / "04-concede.ipynb"))


@pytest.mark.parametrize("old", [False, True], ids=["this version", "0.1.0"])
def test_edited_copy_is_kept_beside_the_newer_chapter(package, folder, old):
    if old:
        as_0_1_0(folder, package)
    write(folder / "04-concede.ipynb", edit)
    assert chapters.lay_out(folder) == []
    assert chapters.kept(folder) == {}
    (package / "04-concede.ipynb").write_text(notebook("a = 2"))
    (sentence,) = chapters.lay_out(folder)
    assert "04-concede-kept.ipynb" in sentence
    assert sources(folder / "04-concede.ipynb") == ["# Title", "a = 2"]
    assert sources(folder / "04-concede-kept.ipynb")[0] == "# Title, and my own words"
    assert not content.is_locked(stored(folder / "04-concede-kept.ipynb"))
    assert chapters.kept(folder) == {"04-concede.ipynb": "04-concede-kept.ipynb"}
    assert chapters.lay_out(folder) == []


def test_no_earlier_kept_page_is_overwritten(package, folder):
    for text in ("a = 2", "a = 3"):
        write(folder / "04-concede.ipynb", edit)
        (package / "04-concede.ipynb").write_text(notebook(text))
        chapters.lay_out(folder)
    assert sources(folder / "04-concede-kept.ipynb")[1] == "a = 1\nb = 2"
    assert sources(folder / "04-concede-kept-2.ipynb")[1] == "a = 2"
    assert chapters.kept(folder) == {"04-concede.ipynb": "04-concede-kept-2.ipynb"}


STRANGE = {
    "words": b"my own words",
    "binary": b"\xff\xfe\x00",
    "deep": b"[" * 200_000,
    "no cells": b'{"metadata": {}}',
    "cells that are none": b'{"metadata": {}, "cells": [1, null]}',
    "half a sign": b'{"metadata": {}, "cells": [{"metadata": {}, "source": "\\ud800"}]}',
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_file_that_is_no_notebook_is_kept_too(package, folder, text):
    (folder / "04-concede.ipynb").write_bytes(text)
    (package / "04-concede.ipynb").write_text(notebook("a = 2"))
    chapters.lay_out(folder)
    assert (folder / "04-concede-kept.ipynb").read_bytes() == text
    assert sources(folder / "04-concede.ipynb") == ["# Title", "a = 2"]


def test_real_chapters_run_and_saved_by_0_1_0_are_untouched(tmp_path, monkeypatch):
    """What version 0.1.0 noted can be made again from what Jupyter made of its files."""
    for chapter in chapters.published():
        text = stored(chapter)
        published = hashlib.sha256(chapter.read_bytes()).hexdigest()
        compared = [cell for cell in text["cells"] if content.COMPARED in "".join(cell["source"])]
        outputs = json.dumps([cell["outputs"] for cell in compared])
        run_and_save(text)
        for cell, output in zip(compared, json.loads(outputs), strict=True):
            cell["outputs"] = output
        assert hashlib.sha256(content.as_published(text)).hexdigest() == published, chapter.name


BROKEN = {
    "empty": b"",
    "a list": b"[]",
    "broken": b"{broken",
    "binary": b"\xff\xfe\x00\x01",
    "deep": b"[" * 200_000,
    "other values": b'{"04-concede.ipynb": {"content": 5}, "00-start-here.ipynb": null}',
}


@pytest.mark.parametrize("record", BROKEN.values(), ids=BROKEN)
def test_lost_record_loses_no_work(folder, record):
    (folder / ".kdebate" / "copied.json").write_bytes(record)
    (folder / "04-concede.ipynb").write_text("my own words")
    assert chapters.lay_out(folder) == []
    assert (folder / "04-concede.ipynb").read_text() == "my own words"


def test_record_that_is_a_link_is_replaced_and_not_followed(folder, tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    record = folder / ".kdebate" / "copied.json"
    record.unlink()
    record.symlink_to(victim)
    chapters.lay_out(folder)
    assert victim.read_text() == "precious"
    assert not record.is_symlink()


@pytest.mark.parametrize("name", ["00-start-here.ipynb", ".kdebate"])
@pytest.mark.parametrize("there", [True, False], ids=["leading somewhere", "dangling"])
def test_link_in_place_of_our_file_is_refused(folder, tmp_path, name, there):
    elsewhere = tmp_path / "elsewhere"
    if there:
        elsewhere.mkdir() if name == ".kdebate" else elsewhere.write_text("precious")
    (folder / name).rename(tmp_path / "away")
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(chapters.Refused, match="is a link, or not what should stand there"):
        chapters.lay_out(folder)
    assert elsewhere.exists() is there
    assert not there or name == ".kdebate" or elsewhere.read_text() == "precious"


def test_folder_under_a_chapters_name_is_refused(folder):
    (folder / "04-concede.ipynb").unlink()
    (folder / "04-concede.ipynb").mkdir()
    with pytest.raises(chapters.Refused, match=r"04-concede\.ipynb"):
        chapters.lay_out(folder)


def test_copy_of_a_read_only_chapter_can_be_written(package, tmp_path):
    (package / "04-concede.ipynb").chmod(0o444)
    chapters.lay_out(tmp_path / "mine")
    assert (tmp_path / "mine" / "04-concede.ipynb").stat().st_mode & 0o200


def test_manifest_names_paths_as_the_page_sees_them(package, tmp_path):
    assert chapters.manifest(tmp_path / "home" / "mine", tmp_path / "home") == {
        "mine/00-start-here.ipynb": f"{chapters.SHELF}/00-start-here.ipynb",
        "mine/04-concede.ipynb": f"{chapters.SHELF}/04-concede.ipynb",
    }


def test_nothing_is_published_outside_the_server(package, tmp_path):
    assert chapters.manifest(tmp_path / "elsewhere", tmp_path / "home") == {}


@pytest.mark.parametrize("stream", ["ascii", "utf-8"])
def test_start_command_refuses_in_a_sentence(tmp_path, stream):
    """As a hub runs it, also where the terminal knows no umlaut."""
    folder = tmp_path / "ü"
    folder.mkdir()
    (folder / "00-start-here.ipynb").symlink_to(tmp_path / "nowhere")
    command = [sys.executable, "-m", "kdebate.lab.start", str(folder), sys.executable, "-c", ""]
    env = os.environ | {"PYTHONIOENCODING": stream}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"00-start-here.ipynb is a link" in done.stderr
