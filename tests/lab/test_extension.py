"""The guards of the server extension, and what the contents manager drops."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from kdebate.lab import extension
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
    )


def published(server):
    extension._load_jupyter_server_extension(server)
    return server.web_app.settings["page_config_data"].get("kdebate")


def test_chapters_are_published_with_all_guards(server):
    assert "chapters" in published(server)


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
