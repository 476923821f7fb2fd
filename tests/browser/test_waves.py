"""WavesExplorer on a page without Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from kdebate.widgets import WavesExplorer, waves_view
from kdebate.widgets.teller import tell

from .axe import violations
from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=WavesExplorer]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_page(tmp_path_factory.mktemp("waves"), "Wind and waves", WavesExplorer()) as url:
        yield url


@pytest.fixture
def page(open_page: Callable[..., Page], site: str) -> Page:
    return open_ready(open_page, site, ROOT)


def sentence(page: Page) -> object:
    return page.locator(f"{ROOT} [data-readout=sentence]")


def choose(page: Page, lever: str, value: str) -> None:
    page.locator(f"{ROOT} select[name={lever}]").select_option(value)


def test_page_and_python_say_the_same(page: Page) -> None:
    explorer = WavesExplorer()
    for lever, value in (
        ("rule", "days"),
        ("leader", "kim_jong_il"),
        ("type", "air"),
        ("leader", "both"),
    ):
        choose(page, lever, value)
        setattr(explorer, lever, value)
        found = waves_view.facts(explorer.values) | {"locked": False}
        expect(sentence(page)).to_have_text(tell(explorer._told_words, "sentence", found))
    assert page.locator(ROOT).get_attribute("data-errors") == "0"


def test_levers_by_keyboard(page: Page) -> None:
    slider = page.locator(f"{ROOT} input[type=range][name=before]")
    slider.focus()
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("91 of 283 missiles")
    rule = page.locator(f"{ROOT} select[name=rule]")
    rule.focus()
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("launch events")
    undo = page.locator(f"{ROOT} [data-action=undo]")
    undo.focus()
    page.keyboard.press("Enter")
    expect(sentence(page)).to_contain_text("91 of 283 missiles")


def test_levers_by_mouse_presets_and_table(page: Page) -> None:
    page.locator(f"{ROOT} select[name=preset]").select_option("four-weeks-after")
    expect(sentence(page)).to_contain_text("135 of 283 missiles")
    page.locator(f"{ROOT} [data-action=table]").click()
    rows = page.locator(f"{ROOT} .kd-table tbody tr")
    expect(rows).to_have_count(15)
    expect(rows.last).to_contain_text("135")
    choose(page, "rule", "days")
    expect(sentence(page)).to_contain_text("71 of 146 launch days")
    page.locator(f"{ROOT} [data-action=reset]").click()
    expect(sentence(page)).to_contain_text("135 of 283 missiles")
    page.locator(f"{ROOT} select[name=preset]").select_option("exercise-days")
    expect(sentence(page)).to_contain_text("69 of 283 missiles")


def test_unchecked_exercises_are_marked_in_words_too(page: Page) -> None:
    chart = page.locator(f"{ROOT} .kd-chart")
    expect(chart).to_contain_text("exercise, dates not checked")
    assert "22 of 50 exercises" in (chart.get_attribute("aria-label") or "")


def test_nothing_is_given_away_while_locked(open_page: Callable[..., Page], tmp_path) -> None:
    explorer = WavesExplorer()
    explorer.locked = True
    with served_page(tmp_path, "Locked", explorer) as url:
        page = open_ready(open_page, url, ROOT)
        expect(sentence(page)).to_contain_text("Predict first")
        assert "69" not in page.locator(ROOT).inner_text()
        page.locator(f"{ROOT} [data-action=table]").click()
        cells = page.locator(f"{ROOT} .kd-table tbody td:nth-child(n+3):nth-child(-n+4)")
        assert set(cells.all_text_contents()) == {"after you predict"}
        expect(page.locator(f"{ROOT} select[name=rule]")).to_be_disabled()


@pytest.mark.parametrize("width", [1280, 360])
def test_accessible_and_no_wider_than_the_page(
    open_page: Callable[..., Page], site: str, width: int
) -> None:
    page = open_ready(open_page, site, ROOT, width)
    page.locator(f"{ROOT} [data-action=table]").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
