"""A lecturer's own copy of the article opens in chapter 01, and no file that is saved there holds a word of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import running_lab

pytestmark = pytest.mark.browser
CHAPTER = "01-read-the-argument.ipynb"
LINES = [
    "Brillig were the slithy toves.",
    "They gyred <b>and</b> gimbled.",
    "All mimsy was the borogove.",
    "The mome raths outgrabe at noon.",
    "Beware the frumious bandersnatch.",
]
TELLING = ("Brillig", "gimbled", "borogove", "outgrabe", "frumious")


def holders(folder: Path) -> list[str]:
    """Files below a folder that hold something of the text, the laid copy itself aside."""
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "local"
        if any(word.encode() in path.read_bytes() for word in TELLING)
    ]


def store_widget_state(page: Page) -> None:
    """Switch on "Save Widget State Automatically" for this page, without touching anyone's settings."""

    def answer(route: Route) -> None:
        told = route.fetch()
        listed = told.json()
        for one in listed.get("settings", [listed]):
            if one["id"] == "@jupyter-widgets/jupyterlab-manager:plugin":
                one["raw"], one["settings"] = '{"saveState": true}', {"saveState": True}
        route.fulfill(response=told, json=listed)

    page.route("**/lab/api/settings*", answer)


def wait_until_stored(path: Path, what: bytes) -> None:
    deadline = time.monotonic() + 60
    while what not in path.read_bytes():
        assert time.monotonic() < deadline, f"{path.name} was not saved with {what!r}"
        time.sleep(0.1)  # between two looks


def test_the_article_is_shown_and_never_saved(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "article.txt").write_text("\n\n".join(LINES), "utf-8")
    with running_lab(tmp_path) as lab:
        page = open_page(f"{lab.url}/api?token={lab.token}", width=1400, height=1000)
        store_widget_state(page)
        page.goto(lab.address(CHAPTER))
        article = page.locator("[data-kdebate-article]")
        expect(article).to_have_count(1, timeout=120_000)
        article.locator("summary").click()
        expect(article.locator("p")).to_have_text(LINES)
        page.keyboard.press("Control+s")  # once more than the chapter does by itself
        wait_until_stored(lab.folder / CHAPTER, b"stays out of this file")
        wait_until_stored(lab.folder / CHAPTER, b"application/vnd.jupyter.widget-state+json")
        page.reload()  # a page that comes back to the same Python asks anew
        expect(article.locator("p")).to_have_text(LINES, timeout=60_000)
        assert holders(lab.folder) == []
