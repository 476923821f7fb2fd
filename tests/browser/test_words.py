"""Explained words and two accounts in a real JupyterLab: hover, keyboard, small screens, dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kdebate import words
from kdebate.tables import cite

from .axe import violations
from .conftest import Lab, pages

pytestmark = pytest.mark.browser
CHAPTER = "03-enforce-sanctions.ipynb"
CARD = "section[aria-label^='Two accounts']"


@pytest.fixture(scope="module")
def chapter(browser: Browser, lab: Lab) -> Iterator[Page]:
    """One page for all: no test changes it."""
    with pages(browser) as open_page:
        page = open_page(lab.address(CHAPTER), width=1366, height=650)
        charts = page.locator(":is([data-kdebate$=Explorer], .kd-lines[data-state=ready])")
        # Later ones would push the page down. A second try queues behind what the first one still runs.
        expect(charts).to_have_count(9, timeout=120_000)
        yield page


def term(page: Page, text: str) -> Locator:
    return page.locator(".jp-RenderedMarkdown a[href^='#']", has_text=text).first


def a_word_explains_itself(chapter: Page) -> None:
    """On hovering, and by Enter, which leads to the list of words."""
    link = term(chapter, "secondary sanctions")
    meaning = cite.glossary()["secondary-sanctions"]["meaning"]
    expect(link).to_have_attribute("title", meaning)
    link.focus()
    chapter.keyboard.press("Enter")
    heading = chapter.get_by_role("heading", name=words.of("citations")["glossary"]["heading"])
    expect(heading).to_be_in_viewport()
    expect(heading.locator("xpath=following::ul[1]")).to_contain_text(meaning)


def two_accounts_stand(chapter: Page, width: int) -> None:
    """Side by side where there is room, one below the other where there is none."""
    chapter.set_viewport_size({"width": width, "height": 650})
    card = chapter.locator(CARD).first
    card.locator("xpath=ancestor-or-self::details").evaluate_all(
        "folds => folds.forEach((fold) => { fold.open = true; })"
    )
    card.scroll_into_view_if_needed()
    expect(card).to_contain_text("What both accept")
    box = card.bounding_box()
    assert box
    assert box["x"] + box["width"] <= width
    columns = card.locator("div > div")
    tops = columns.evaluate_all("all => all.map(c => c.getBoundingClientRect().top)")
    assert (tops[0] == tops[1]) is (width > 1000)
    assert card.locator("a[href^=http]").count() >= 2
    assert violations(chapter, CARD) == []


def test_words_and_accounts_in_a_chapter(chapter: Page) -> None:
    a_word_explains_itself(chapter)
    two_accounts_stand(chapter, 1366)
    two_accounts_stand(chapter, 360)
