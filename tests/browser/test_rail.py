"""The rail beside a chapter and the boxes of its sources, in JupyterLab and in Notebook 7, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import KIND, Lab, pages

pytestmark = pytest.mark.browser
CHAPTER = "00-start-here.ipynb"
WIDTH = 1366
RAIL = ".kdebate-rail"
BOX = ".kdebate-source"


@pytest.fixture(scope="module")
def chapter(browser: Browser, server: Lab, app: str) -> Iterator[Page]:
    """One page for all: chapter 00 on a small laptop, its questions drawn."""
    with pages(browser) as open_page:
        page = open_page(server.address(CHAPTER, KIND[app]), width=WIDTH, height=690)
        expect(page.locator("[data-kdebate-exercise]")).to_have_count(4, timeout=120_000)
        yield page


def test_the_rail_says_where_and_leads_back(chapter: Page) -> None:
    rail = chapter.locator(RAIL)
    expect(rail).to_contain_text("Minute 0 of 10")
    last = rail.locator("li").last
    expect(last).to_contain_text("One open question")
    last.locator(".kdebate-rail-open").focus()
    chapter.keyboard.press("Enter")
    expect(chapter.locator("textarea[name='00-first-view']")).to_be_focused()
    expect(chapter.locator("textarea[name='00-first-view']")).to_be_in_viewport()
    expect(last).to_have_attribute("aria-current", "step")
    expect(rail).to_contain_text("Minute 7 of 10")
    # never over the text
    place = rail.bounding_box()
    assert place
    right = place["x"] + place["width"]
    cells = chapter.locator(".jp-Cell").evaluate_all(
        "all => all.map(c => c.getBoundingClientRect().left)"
    )
    assert min(cells) >= right
    sides = "all => all.map(c => c.getBoundingClientRect().right)"
    assert max(chapter.locator(".jp-Cell").evaluate_all(sides)) <= WIDTH
    assert violations(chapter, RAIL) == []


def test_an_answered_question_is_open_no_more(chapter: Page) -> None:
    """What is wrong is stored too, and so open no more."""
    rail = chapter.locator(RAIL)
    both = rail.locator("li", has_text="Hear both accounts")
    quiz = chapter.locator("[data-kdebate-exercise='00-both-accounts']")
    expect(both).to_contain_text("One open question")
    quiz.locator("input").first.check()
    quiz.locator("[data-action=store]").click()
    expect(both.locator(".kdebate-rail-open")).to_be_hidden()


def test_the_rail_can_be_put_away(chapter: Page) -> None:
    cell = chapter.locator(".jp-Cell").first
    wide = "one => one.getBoundingClientRect().width"
    before = cell.evaluate(wide)
    chapter.get_by_role("button", name="Hide this list").click()
    expect(chapter.locator(f"{RAIL} ol")).to_be_hidden()
    assert cell.evaluate(wide) > before
    chapter.get_by_role("button", name="Show where you are in this chapter").click()
    expect(chapter.locator(f"{RAIL} ol")).to_be_visible()


def test_a_small_number_opens_its_source(chapter: Page) -> None:
    mark = chapter.locator("sup > a").first
    box = chapter.locator(BOX)
    expect(mark).to_have_text("1?")
    mark.hover()
    expect(box).to_contain_text("The Dong-A Ilbo")
    expect(box).to_contain_text("(partly not checked)")
    chapter.mouse.move(2, 2)
    expect(box).to_be_hidden()
    mark.focus()
    expect(box).to_be_visible()
    assert violations(chapter, BOX) == []
    chapter.keyboard.press("Enter")
    expect(box.locator("a")).to_be_focused()
    expect(box.locator("a")).to_have_attribute(
        "href", "https://www.donga.com/en/article/all/20190413/1699648/1"
    )
    chapter.keyboard.press("Escape")
    expect(mark).to_be_focused()


@pytest.mark.parametrize("width", [360])
def test_a_phone_has_no_rail_and_whole_boxes(chapter: Page, width: int) -> None:
    chapter.set_viewport_size({"width": width, "height": 650})
    expect(chapter.locator(RAIL)).to_be_hidden()
    mark = chapter.locator("sup > a").nth(2)
    mark.click()
    box = chapter.locator(BOX)
    expect(box).to_be_visible()
    place = box.bounding_box()
    assert place
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= width
