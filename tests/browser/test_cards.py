"""Several questions in one frame, and cards that turn: by mouse, by keyboard, on a phone, in the dark."""

import pytest
from playwright.sync_api import expect

from kdebate.exercises import Predict, Questions
from kdebate.widgets import TurningCards
from tests.browser.axe import WCAG, violations
from tests.browser.conftest import served_page

pytestmark = pytest.mark.browser
IDS = ("01-start-hanoi", "01-start-council", "01-start-claim")
QUESTION = "04-two-slices"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A frame of three questions, a prediction, and cards that wait for it."""
    cards = TurningCards("two_speeches", predict=QUESTION)
    widgets = [Questions(*IDS), Predict(QUESTION), cards, TurningCards("listeners")]
    with served_page(tmp_path_factory.mktemp("cards"), "Cards", *widgets) as url:
        yield url


def opened(open_page, site, **options):
    page = open_page(site, **{"width": 1366, "height": 650} | options)
    expect(page.locator("[data-kdebate=TurningCards]")).to_have_count(2)
    return page


def answer(box, right):
    """Choose until the card says that it is right, or once a wrong one."""
    options = box.locator(".kdx-option")
    expect(options.first).to_be_visible()
    for i in range(options.count()):
        options.nth(i).click()
        box.locator("[data-action=store]").click()
        if bool(box.locator(".kdx-right").count()) == right:
            return
        box.locator("[data-action=store]").click()


def test_one_question_at_a_time_each_with_its_own_answer(open_page, site):
    page = opened(open_page, site)
    frame = page.locator("[data-kdebate=Questions]")
    first, second, third = (page.locator(f"[data-kdebate-exercise='{name}']") for name in IDS)
    assert frame.bounding_box()["height"] <= 0.55 * 650
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    answer(first, right=False)
    expect(first.locator(".kdx-right")).to_have_count(0)
    first.locator("[data-action=store]").click()
    answer(first, right=True)
    expect(frame.locator("[role=tab]").first).to_contain_text("right")
    expect(frame).to_have_attribute("data-done", "1")
    frame.locator("[data-action=next]").press("Enter")
    expect(second.locator("input").first).to_be_focused()
    expect(first).to_be_hidden()
    tab = frame.locator("[role=tab]").nth(1)
    tab.press("ArrowRight")
    expect(third).to_be_visible()
    expect(frame.locator("[data-action=next]")).to_be_hidden()
    answer(third, right=True)
    page.reload()
    expect(frame).to_have_attribute("data-done", "2")
    expect(second).to_be_visible()  # the first that is open
    expect(page.locator("[data-errors]:not([data-errors='0'])")).to_have_count(0)


def test_cards_turn_when_their_question_is_answered(open_page, site):
    page = opened(open_page, site, reduced_motion="reduce")
    cards, free = (page.locator("[data-kdebate=TurningCards]").nth(n) for n in (0, 1))
    name = "Stephen Biegun"
    turn = cards.locator("[data-action=turn]")
    expect(cards).to_contain_text("incrementally")
    expect(cards.locator(".kd-lock")).to_be_visible()
    expect(turn.first).to_be_disabled()
    assert name not in cards.evaluate("one => one.outerHTML")
    box = page.locator(f"[data-kdebate-exercise='{QUESTION}']")
    box.locator("[data-action=skip]").click()
    expect(cards.locator(".kd-lock")).to_be_hidden()
    turn.first.press("Enter")
    expect(turn.first).to_be_focused()
    expect(cards).to_contain_text(name)
    expect(cards.locator(".kdc-source a")).to_have_attribute(
        "href",
        "https://fsi.stanford.edu/news/us-special-envoy-north-korea-stephen-biegun-delivers-first-public-address-us-dprk-diplomacy",
    )
    assert (
        cards.locator(".kdc-face").first.evaluate("one => getComputedStyle(one).animationName")
        == "none"
    )
    expect(cards.locator(".kdc-after")).to_be_empty()
    turn.nth(1).click()
    expect(cards.locator(".kdc-after")).to_contain_text("39 days apart")
    turn.nth(1).click()
    expect(cards).to_contain_text("incrementally")
    assert "Seoul" not in free.inner_text()
    free.locator("[data-action=turn]").click()
    expect(free).to_contain_text("Seoul")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_are_readable(open_page, site, scheme):
    page = opened(open_page, site, width=360, height=740, color_scheme=scheme)
    answer(page.locator(f"[data-kdebate-exercise='{IDS[0]}']"), right=True)
    page.locator("[data-kdebate=TurningCards] [data-action=turn]").last.click()
    assert violations(page, "[data-kdebate]", WCAG) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_in_forced_colours_a_right_answer_still_has_its_tick_and_its_edge(open_page, site):
    page = opened(open_page, site, forced_colors="active")
    box = page.locator(f"[data-kdebate-exercise='{IDS[0]}']")
    answer(box, right=True)
    right = box.locator(".kdx-right")
    expect(right.locator("svg")).to_be_visible()
    expect(right.locator("b")).to_have_text("Right at the first try.")
    assert right.evaluate("one => getComputedStyle(one).borderTopColor") != "rgba(0, 0, 0, 0)"
