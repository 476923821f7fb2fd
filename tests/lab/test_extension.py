"""The guards of the server extension, and what the contents manager drops."""

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbformat.sign import MemorySignatureStore
from tornado.web import HTTPError

from kdebate.lab import chapters, content, extension
from kdebate.lab.contents import ChapterContents


def finished(work):
    """Run to the end in a thread of its own: this one may already have a loop, the browser's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture
def server(tmp_path, monkeypatch):
    """As the launcher starts it."""
    monkeypatch.setenv("KDEBATE_CHAPTERS", str(tmp_path))
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    return SimpleNamespace(
        web_app=SimpleNamespace(settings={}),
        contents_manager=ChapterContents(root_dir=str(tmp_path)),
        root_dir=str(tmp_path),
        ip="localhost",
        log=logging.getLogger("kdebate"),
    )


def published(server):
    extension._load_jupyter_server_extension(server)
    return server.web_app.settings["page_config_data"].get("kdebate")


def test_chapters_are_published_with_all_guards(server):
    page = published(server)
    assert page["chapters"]["00-start-here.ipynb"] == f"{chapters.SHELF}/00-start-here.ipynb"
    assert server.contents_manager.chapters == set(page["chapters"])
    assert (page["shared"], page["kept"]) == (False, {})


def test_the_pages_configuration_is_small(server):
    """Names only: what is compared is asked for when a chapter opens."""
    assert len(json.dumps(published(server))) < 2_000


def test_news_of_the_copies_reaches_the_page(server, tmp_path):
    (tmp_path / ".kdebate").mkdir()
    record = {"00-start-here.ipynb": {"kept": "mine.ipynb"}, "other.ipynb": {"kept": "x.ipynb"}}
    (tmp_path / ".kdebate" / "copied.json").write_text(json.dumps(record))
    assert published(server)["kept"] == {"00-start-here.ipynb": "mine.ipynb"}


def test_an_address_for_others_is_said_in_the_log_and_on_the_page(server, caplog, monkeypatch):
    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    server.ip = ""
    assert published(server)["shared"] is True
    assert "shares one journal" in caplog.text


HOME = "img-src 'self' data: blob:"
TABLES = "connect-src 'self' data: blob: ws: wss:"


def test_pages_may_fetch_no_picture_from_elsewhere(server):
    published(server)
    policy = server.web_app.settings["headers"]["Content-Security-Policy"]
    assert policy.startswith("frame-ancestors 'self'; report-uri /api/security/csp-report; ")
    assert HOME in policy
    assert TABLES in policy


def test_a_policy_of_the_servers_own_stays(server):
    headers = {"Content-Security-Policy": "frame-ancestors 'none'", "X-Other": "yes"}
    server.web_app.settings["headers"] = headers
    published(server)
    now = server.web_app.settings["headers"]
    assert now["Content-Security-Policy"].startswith("frame-ancestors 'none'; ")
    assert HOME in now["Content-Security-Policy"]
    assert now["X-Other"] == "yes"


@pytest.mark.parametrize("guard", ["KDEBATE_CHAPTERS", "PYTHONSAFEPATH"])
def test_nothing_is_published_without_the_environment(server, monkeypatch, guard):
    monkeypatch.delenv(guard)
    assert published(server) is None


def test_nothing_is_published_with_another_contents_manager(server):
    server.contents_manager = object()
    assert published(server) is None


def test_stored_widget_state_is_not_read(tmp_path):
    state = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    text = {
        "cells": [],
        "metadata": {"widgets": state, "kdebate": {}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (tmp_path / "foreign.ipynb").write_text(json.dumps(text))
    (tmp_path / "words.txt").write_text("words")
    contents = ChapterContents(root_dir=str(tmp_path))
    model = finished(contents.get("foreign.ipynb"))
    assert dict(model["content"]["metadata"]) == {"kdebate": {}}
    assert finished(contents.get("foreign.ipynb", content=False))["content"] is None
    assert finished(contents.get("words.txt"))["content"] == "words"


CHAPTER = "00-start-here.ipynb"


@pytest.fixture
def contents(tmp_path):
    """The manager of a folder of working copies."""
    chapters.lay_out(tmp_path)
    manager = ChapterContents(root_dir=str(tmp_path))
    manager.chapters = frozenset({CHAPTER})
    manager.notary.store = MemorySignatureStore()  # the one on disk belongs to one thread
    return manager


def read(contents, path=CHAPTER):
    return finished(contents.get(path))["content"]


def change(contents, act, path=CHAPTER):
    """Change a notebook behind the server's back."""
    file = contents.root_dir + "/" + path
    with open(file, encoding="utf-8") as text:
        notebook = json.load(text)
    act(notebook)
    with open(file, "w", encoding="utf-8") as text:
        json.dump(notebook, text)


def with_outputs(notebook, text="<img src=http://tracker.example/p.png>"):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            data = {"text/html": text}
            cell["execution_count"] = 1
            cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]


def outputs(notebook):
    return [output for cell in notebook["cells"] for output in cell.get("outputs", [])]


def test_outputs_of_a_chapter_are_read_only_where_this_server_saved_them(contents):
    change(contents, with_outputs)
    assert outputs(read(contents)) == []
    notebook = read(contents)
    with_outputs(notebook, "from the page")
    model = {"type": "notebook", "format": "json", "content": notebook}
    finished(contents.save(model, CHAPTER))
    assert len(outputs(read(contents))) > 1
    change(contents, with_outputs)
    assert outputs(read(contents)) == []


def test_a_chapter_that_is_being_saved_is_read_when_it_is_whole(contents, monkeypatch):
    """Else the page finds no outputs of its own, or half a file, and runs once more."""
    notebook = read(contents)
    with_outputs(notebook, "from the page")
    store = ChapterContents._save_notebook

    async def slowly(self, os_path, nb, **given):
        whole = Path(os_path).read_bytes()
        Path(os_path).write_bytes(whole[: len(whole) // 2])
        for _ in range(50):
            await asyncio.sleep(0)
        await store(self, os_path, nb, **given)

    async def reload_midway():
        model = {"type": "notebook", "format": "json", "content": notebook}
        saving = asyncio.create_task(contents.save(model, CHAPTER))
        await asyncio.sleep(0)
        return (await asyncio.gather(contents.get(CHAPTER), saving))[0]

    monkeypatch.setattr(ChapterContents, "_save_notebook", slowly)
    assert len(outputs(finished(reload_midway())["content"])) > 1


def test_outputs_of_a_changed_chapter_are_not_read(contents):
    notebook = read(contents)
    with_outputs(notebook, "from the page")
    notebook["cells"][0]["source"] = "# Something else"
    finished(contents.save({"type": "notebook", "format": "json", "content": notebook}, CHAPTER))
    assert outputs(read(contents)) == []


def test_outputs_of_a_page_of_ones_own_stay(contents, tmp_path):
    (tmp_path / "own.ipynb").write_bytes((tmp_path / CHAPTER).read_bytes())
    change(contents, with_outputs, "own.ipynb")
    assert len(outputs(read(contents, "own.ipynb"))) > 1


def test_a_chapter_is_locked_whoever_saved_it(contents):
    change(contents, content.unlock)
    assert content.is_locked(read(contents))


FOLDED = {"scrolled": True, "collapsed": True, "jp-MarkdownHeadingCollapsed": True}


def test_a_chapter_opens_unfolded(contents):
    change(
        contents, lambda notebook: [cell["metadata"].update(FOLDED) for cell in notebook["cells"]]
    )
    marks = [cell["metadata"] for cell in read(contents)["cells"]]
    assert not [mark for mark in marks if set(FOLDED) & set(mark)]
    assert any("trusted" in mark for mark in marks)  # what the server itself has found out stays


def test_a_page_of_ones_own_is_not_locked(contents, tmp_path):
    (tmp_path / "own.ipynb").write_bytes((tmp_path / CHAPTER).read_bytes())
    assert content.is_locked(read(contents))
    flags = {"editable", "deletable"}
    cells = read(contents, "own.ipynb")["cells"]
    assert not [cell for cell in cells if flags & set(cell["metadata"])]


@pytest.mark.parametrize("spec", [None, {}, {"name": "venv", "display_name": "venv"}])
def test_a_kernel_that_is_not_here_becomes_the_published_one(contents, spec):
    def forget(notebook):
        notebook["metadata"].pop("kernelspec")
        if spec is not None:
            notebook["metadata"]["kernelspec"] = spec

    change(contents, forget)
    assert read(contents)["metadata"]["kernelspec"]["name"] == "python3"


def test_a_kernel_that_is_here_stays(contents, monkeypatch):
    other = {"name": "other", "display_name": "Other"}
    change(contents, lambda notebook: notebook["metadata"].update(kernelspec=other))
    monkeypatch.setattr(ChapterContents, "_kernels", lambda self: {"other", "python3"})
    assert read(contents)["metadata"]["kernelspec"]["name"] == "other"


def test_the_published_chapter_is_read_from_the_package(contents, tmp_path):
    shelf = tmp_path / chapters.SHELF
    shelf.mkdir()
    (shelf / CHAPTER).write_text("a stranger's")
    model = finished(contents.get(f"{chapters.SHELF}/{CHAPTER}"))
    assert content.digest(model["content"]) == content.digest(read(contents))
    assert content.is_locked(model["content"])
    assert model["writable"] is False


@pytest.mark.parametrize("name", ["nothing.ipynb", "../pyproject.toml", "../data/x.csv", ""])
def test_nothing_else_stands_on_that_shelf(contents, name):
    with pytest.raises(HTTPError, match="404"):
        finished(contents.get(f"{chapters.SHELF}/{name}"))
