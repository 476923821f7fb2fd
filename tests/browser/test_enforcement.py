"""EnforcementExplorer in Chromium: levers, read-outs and events, by mouse and keyboard, wide and on a phone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kdebate import words
from kdebate.widgets import EnforcementExplorer

from .axe import violations
from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=EnforcementExplorer]"
WORDS = words.of("enforcement")
SIZES = {"wide": 1280, "phone": 360}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_page(
        tmp_path_factory.mktemp("site"), "Enforce the sanctions?", EnforcementExplorer()
    ) as url:
        yield url


@pytest.fixture(params=SIZES.values(), ids=SIZES.keys())
def page(open_page: Callable[..., Page], site: str, request: pytest.FixtureRequest) -> Page:
    return open_ready(open_page, site, ROOT, request.param)


def lever(page: Page, name: str) -> Locator:
    return page.locator(f"{ROOT} input[type=range][name={name}]")


def sentence(page: Page) -> Locator:
    return page.locator(f"{ROOT} [data-readout=sentence]")


def no_errors(page: Page) -> None:
    expect(page.locator(f"{ROOT}[data-errors='0']")).to_have_count(1)


# ---- who enforces -----------------------------------------------------------------------------


def test_levers_move_what_the_model_says(page: Page) -> None:
    draw, explorer = random.Random(2397), EnforcementExplorer()
    for _ in range(6):
        values = {
            name: draw.randint(0, 20) / 20 for name in ("e_china", "sigma", "e_russia", "e_others")
        }
        for name, value in values.items():
            lever(page, name).fill(str(value))
            setattr(explorer, name, value)
        expect(sentence(page)).to_have_text(explorer.describe())
    no_errors(page)


def test_stored_setting_by_keyboard(page: Page) -> None:
    page.locator(f"{ROOT} select[name=preset]").select_option("half-willing-neighbours")
    fewest = page.locator(f"{ROOT} [data-readout=minimum_steps]")
    pressure = page.locator(f"{ROOT} [data-readout=pressure]")
    expect(pressure).to_have_text("0.51")
    expect(fewest).to_have_text("none within 24")
    lever(page, "sigma").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(pressure).to_have_text("0.62")
    expect(fewest).to_have_text("2")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(pressure).to_have_text("0.79")
    expect(fewest).to_have_text("2")


def test_pressure_can_overshoot(page: Page) -> None:
    page.locator(f"{ROOT} select[name=preset]").select_option("pyongyang-harder-to-undo")
    expect(sentence(page)).to_contain_text("too much")
    expect(page.locator(f"{ROOT} [data-readout=s_max]")).to_have_text("0.72")
    lever(page, "e_china").fill("0.5")
    expect(page.locator(f"{ROOT} [data-readout=minimum_steps]")).to_have_text("6")
    page.locator(f"{ROOT} [data-action=undo]").click()
    expect(sentence(page)).to_contain_text("too much")


def test_events_can_be_sifted(page: Page) -> None:
    events = page.locator(f"{ROOT} .kd-events li")
    page.locator(f"{ROOT} select[name=event-year]").select_option("")
    counted = page.locator(f"{ROOT} .kd-events-view [role=status]")
    expect(counted).to_have_text("89 events.")
    page.locator(f"{ROOT} select[name=event-direction]").select_option("loosens")
    expect(counted).to_have_text("22 events.")
    # in parts, below each other: no box of its own stops the page
    expect(events).to_have_count(5)
    for shown in (10, 15, 20, 22):
        page.locator(f"{ROOT} .kd-events-view [data-action=more]").click()
        expect(events).to_have_count(shown)
    expect(events.nth(20)).to_be_focused()
    expect(page.locator(f"{ROOT} .kd-events-view [data-action=more]")).to_be_hidden()
    page.locator(f"{ROOT} select[name=event-year]").select_option("2024")
    expect(events.first).to_contain_text("Russia")


# ---- for everybody ------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_nothing_hangs_over(
    open_page: Callable[..., Page], site: str, dark: bool
) -> None:
    for width in SIZES.values():
        page = open_ready(open_page, site, ROOT, width, color_scheme="dark" if dark else "light")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES.keys())
def test_marks_and_words_share_one_scale_while_locked(
    open_page: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    """A drawing lower than its box is centred in it and slips off its words."""
    locked = EnforcementExplorer(predict="03-china-relief")
    with served_page(tmp_path, "Locked", locked) as url:
        page = open_ready(open_page, url, ROOT, width)
        heights = page.locator(f"{ROOT} .kd-chart svg[viewBox]").evaluate_all(
            "drawings => drawings.map(d => [d.viewBox.baseVal.height, d.clientHeight])"
        )
    assert heights
    assert all(drawn == pytest.approx(shown, abs=1) for drawn, shown in heights)
