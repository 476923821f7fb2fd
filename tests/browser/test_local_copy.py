"""A lecturer's own copy of the article opens in chapter 01, and no file that is saved there holds a word of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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


def choose(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("menuitem", name=name, exact=True).click()


def test_the_article_is_shown_and_never_saved(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "article.txt").write_text("\n\n".join(LINES), "utf-8")
    with running_lab(tmp_path) as lab:
        page = open_page(lab.address(CHAPTER), width=1400, height=1000)
        article = page.locator("[data-kdebate-article]")
        expect(article).to_have_count(1, timeout=120_000)
        article.locator("summary").click()
        expect(article.locator("p")).to_have_text(LINES)
        choose(page, "Settings", "Save Widget State Automatically")
        before = (lab.folder / CHAPTER).read_bytes()
        choose(page, "File", "Save Notebook")
        page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")
        expect(page.locator(".kdebate-bar")).to_be_hidden()
        saved = lab.folder / CHAPTER
        page.wait_for_timeout(3000)
        print(len(before), len(saved.read_bytes()), b"widget-state" in saved.read_bytes())
        assert holders(lab.folder) == []
