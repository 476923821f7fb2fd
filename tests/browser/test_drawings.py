"""The drawings of chapter 00 in a browser: readable wide and on a phone, in the dark, opened by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kdebate.figures import hanoi_accounts, hanoi_room, region_map, time_line
from kdebate.widgets import _static

from .axe import violations
from .conftest import serve

pytestmark = pytest.mark.browser
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Drawings</title>'
    '<meta name="viewport" content="width=device-width"><body data-theme="{theme}">'
    '<p class="kdebate-still">Nothing moving below?</p><main><h1>Drawings</h1>{drawings}</main></body></html>'
)
SMALLEST = 11.5  # pixels, as read on the screen


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("drawings")
    drawings = "".join(
        each()._repr_html_() for each in (hanoi_room, hanoi_accounts, region_map, time_line)
    )
    for theme in ("light", "dark"):
        (folder / f"{theme}.html").write_text(PAGE.format(theme=theme, drawings=drawings), "utf-8")
    with serve(folder) as url:
        yield url


@pytest.fixture(params=[(1366, "light"), (360, "dark")], ids=["wide", "phone"])
def page(open_page: Callable[..., Page], site: str, request: pytest.FixtureRequest) -> Page:
    width, theme = request.param
    page = open_page(f"{site}/{theme}.html", width=width)
    expect(page.locator(".kdp")).to_have_count(4)
    return page


def test_nothing_hangs_over_the_edge_and_no_text_is_too_small(page: Page) -> None:
    page.locator("summary").evaluate_all(
        "all => all.forEach((one) => { one.parentElement.open = true })"
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    over = """all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"""
    assert page.locator(".kdp, .kdp li, .kdp td").evaluate_all(over) == []
    sizes = """all => all.map((one) => parseFloat(getComputedStyle(one).fontSize) * (one.getScreenCTM?.().a ?? 1))"""
    assert min(page.locator(".kdp :is(li, time, td, dd, text)").evaluate_all(sizes)) >= SMALLEST


def test_labels_of_a_map_stay_inside_it_and_apart(page: Page) -> None:
    boxes = page.locator(".kdp-maps svg").evaluate_all(
        """all => all.map((svg) => [svg, ...svg.querySelectorAll("text.kdp-place")].map((one) => {
          const { left, right, top, bottom } = one.getBoundingClientRect();
          return [left, right, top, bottom];
        }))"""
    )
    for (left, right, top, bottom), *labels in boxes:
        for a, b, c, d in labels:
            assert left <= a < b <= right
            assert top <= c < d <= bottom
        for k, (a, b, c, d) in enumerate(labels):
            for e, f, g, h in labels[k + 1 :]:
                assert b <= e or f <= a or d <= g or h <= c


def test_what_can_be_opened_opens_by_keyboard(page: Page) -> None:
    opens = page.locator(".kdp summary")
    assert opens.count() == 4
    opens.first.focus()
    page.keyboard.press("Enter")
    told = page.locator(".kdp details").first
    expect(told.locator("td").first).to_be_visible()
    page.keyboard.press("Tab")
    assert told.locator("a").first.evaluate("(one) => one === document.activeElement")


def test_axe_has_nothing_against_them(page: Page) -> None:
    page.locator("summary").evaluate_all(
        "all => all.forEach((one) => { one.parentElement.open = true })"
    )
    assert violations(page, ".kdp") == []


def test_the_question_for_a_still_page_goes_with_the_first_thing_that_runs(page: Page) -> None:
    question = page.locator(".kdebate-still")
    expect(question).to_be_visible()
    page.add_style_tag(content=(_static.STATIC / "page" / "still.css").read_text("utf-8"))
    expect(question).to_be_hidden()
