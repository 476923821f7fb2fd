"""The game as a student plays it: by keyboard, on both sides, wide and on a phone; what was played comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from kdebate.exercises import Predict
from kdebate.exercises.journal_bar import JournalBar
from kdebate.models import effective_deal, number_text
from kdebate.models.play import average, holder, keeper
from kdebate.widgets import BargainGame

from .axe import violations
from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=BargainGame]"
SEED = 20190228


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    with served_page(folder, "The game", JournalBar(), BargainGame()) as url:
        yield url


@pytest.fixture
def page(open_page: Callable[..., Page], site: str) -> Page:
    return open_ready(open_page, site, ROOT, 1366, height=650, reduced_motion="reduce")


def press(page: Page, name: str, value: str = "") -> None:
    page.locator(f"{ROOT} [data-{name}='{value}']").click()


def played(page: Page, side: str, *moves: str, kind: str = "one_swap", first: str = "") -> Locator:
    """Play one bargain to its end; gives the sentence that says how it ended."""
    press(page, "play", kind)
    press(page, "side", side)
    if first:
        press(page, "first", first)
    for move in moves:
        press(page, "action", move)
    return page.locator(f"{ROOT} .kdg-said")


def rounds(page: Page) -> list[str]:
    """What the learner got in each round, by the table."""
    return page.locator(f"{ROOT} .kdg-log tbody td:nth-child(5)").all_inner_texts()


def test_each_play_ends_as_the_design_says(page: Page) -> None:
    """Play, side, moves, order: what I got, and what the other choice would have brought."""
    expect(played(page, "a", "hold")).to_contain_text(
        "you have 11. Keeping the deal would have got you 10."
    )
    assert rounds(page) == ["2", *["1"] * 9]
    expect(played(page, "a", "deliver")).to_contain_text(
        "you have 10. Holding back would have got you 11."
    )
    said = played(page, "b", "hold")
    expect(said).to_contain_text("Keeping the deal would have got you 10. The die decided.")
    two = {"kind": "two_slices"}
    expect(played(page, "a", "deliver", "deliver", **two)).to_contain_text("you have 9.5.")
    expect(said).to_contain_text("Holding back at slice 2 would have got you 8.7.")
    expect(played(page, "a", "hold", **two)).to_contain_text("you have 5.5. Keeping")
    assert rounds(page) == ["1", *["0.5"] * 9]
    expect(played(page, "a", "deliver", "hold", **two)).to_contain_text("you have 8.7. Keeping")
    assert rounds(page)[:3] == ["0.5", "1.8", "0.8"]
    order = {"kind": "who_first", "first": "me"}
    expect(played(page, "b", "hold", **order)).to_contain_text(
        "you have 0. Keeping the deal would have got you 10."
    )
    order["first"] = "other"
    expect(played(page, "a", "hold", **order)).to_contain_text("you have 11. Keeping")
    table = page.locator(f"{ROOT} .kdg-own tbody tr")
    expect(table).to_have_count(8)
    last = ["Washington", "one swap, you second", "held back", "11", "10", "−0.10"]
    expect(table.last.locator("th, td")).to_have_text(last)
    expect(page.locator(f"{ROOT} .kdg-own")).to_contain_text(
        "The last column has a name: the safety gap."
    )
    expect(page.locator(ROOT)).to_have_attribute("data-errors", "0")


def test_a_thousand_plays_show_what_the_engine_says(page: Page) -> None:
    played(page, "b", "hold")
    press(page, "action", "thousand")
    deal, plans = effective_deal({}), [holder(1), keeper]
    found = [average(deal, 1, "both", {"a": keeper, "b": one}, 1000, SEED) for one in plans]
    cells = page.locator(f"{ROOT} .kdg-many tbody td")
    worth = [number_text(one["worth"][1]) for one in found]
    expect(cells).to_have_text([worth[0], "1.02", worth[1], "1.00"])
    assert worth == ["1.02", "1.00"]
    expect(page.locator(f"{ROOT} .kdg-means")).to_have_attribute(
        "aria-label", "Lines over 1,000 plays. Holding back: 1.02. Keeping: 1.00."
    )


def focused(page: Page) -> Any:
    return page.evaluate("JSON.stringify({ ...document.activeElement.dataset })")


def test_it_is_played_by_keyboard_and_comes_back_after_a_reload(page: Page) -> None:
    """Tab, Left, Right and Enter, never a letter; both sides' moves are said, and the plays are kept."""
    page.locator(f"{ROOT} [data-play=one_swap]").focus()
    for key in ("Tab", "Tab", "Tab", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert '"side":"b"' in focused(page)
    for key in ("Tab", "ArrowRight", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    assert '"action":"hold"' in focused(page)
    page.keyboard.press("Enter")
    said = page.locator(f"{ROOT} [role=status]")
    expect(said).to_contain_text("After 10 rounds you have")
    assert '"action":"again"' in focused(page)
    expect(page.locator(f"{ROOT} .kdg-log tbody tr").first).to_contain_text("holds back")
    expect(page.locator(ROOT)).to_have_attribute("data-saved", "browser")
    page.reload()
    expect(page.locator(f"{ROOT} .kdg-own tbody tr")).to_contain_text("held back")
    with page.expect_download() as saved:
        page.locator("[data-kdebate-journal] [data-action=save]").click()
    text = saved.value.path().read_text("utf-8")
    assert (
        "> You were Pyongyang; first to move: both at once; slices: 1; your moves: hold back. You got"
        in text
    )


def test_the_rounds_run_by_themselves_and_can_be_left(
    open_page: Callable[..., Page], site: str
) -> None:
    page = open_ready(open_page, site, ROOT)
    said = played(page, "a", "hold")
    expect(said).to_contain_text("Rounds 2 to 10 run by themselves.")
    press(page, "side", "b")  # in the middle: a new play, and the old one is over
    expect(said).to_have_text("Both sides move at the same moment. What do you do?")
    press(page, "action", "deliver")
    expect(said).to_contain_text("After 10 rounds you have 10.")
    expect(page.locator(f"{ROOT} .kdg-log tbody tr")).to_have_count(10)


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (360, "dark")])
def test_it_fits_and_no_barrier_is_found(
    open_page: Callable[..., Page], site: str, width: int, scheme: str
) -> None:
    look = {"reduced_motion": "reduce", "color_scheme": scheme}
    page = open_ready(open_page, site, ROOT, width, height=650, **look)
    for kind, side, moves in [
        ("one_swap", "b", ["hold"]),
        ("two_slices", "a", ["deliver", "hold"]),
        ("who_first", "b", ["deliver"]),
    ]:
        played(page, side, *moves, kind=kind)
        press(page, "action", "thousand")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page, ROOT) == []
    press(page, "action", "again")
    box = page.locator(ROOT).bounding_box()
    moves = page.locator(f"{ROOT} [data-action=hold]").bounding_box()
    assert box
    assert moves
    assert width < 640 or moves["y"] + moves["height"] - box["y"] <= 650


def test_it_waits_for_its_prediction(open_page: Callable[..., Page], tmp_path: Any) -> None:
    widgets = [Predict("04-who-cheats"), BargainGame("one_swap", predict="04-who-cheats")]
    with served_page(tmp_path, "Waiting", *widgets) as url:
        page = open_ready(open_page, url, ROOT)
        side = page.locator(f"{ROOT} [data-side=a]").first
        expect(side).to_be_hidden()
        page.locator("[data-kdebate-exercise] [data-action=skip]").click()
        expect(side).to_be_visible()
        result = page.locator("[data-kdebate-exercise]").get_by_text("by holding back")
        expect(result).to_have_count(0)
        press(page, "side", "a")
        press(page, "action", "hold")
        expect(result).to_be_visible()
