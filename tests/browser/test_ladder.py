"""LadderExplorer in Chromium: a rung by keyboard, undo, code and table, and Jupyter's keys left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from kdebate.widgets import LadderExplorer

from .axe import violations
from .conftest import Lab, open_ready, served_page
from .notebooks import open_scratch, run_cell, sources

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=LadderExplorer]"
SIZES = {"wide": 1280, "phone": 360}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_page(tmp_path_factory.mktemp("site"), "The rungs", LadderExplorer()) as url:
        yield url


@pytest.fixture(params=SIZES.values(), ids=SIZES.keys())
def page(open_page: Callable[..., Page], site: str, request: pytest.FixtureRequest) -> Page:
    return open_ready(open_page, site, ROOT, request.param)


def rung(page: Page, name: str) -> Locator:
    return page.locator(f"{ROOT} button[data-rung='{name}']")


def press(page: Page, action: str) -> None:
    page.locator(f"{ROOT} [data-action={action}]").click()


def test_a_rung_opens_by_keyboard_and_says_what_it_added(page: Page) -> None:
    rung(page, "S/RES/2397").focus()
    page.keyboard.press("Enter")
    card = page.locator(f"{ROOT} .kd-rung-card")
    expect(card.locator("li")).to_have_count(23)
    expect(card).to_contain_text("500,000 barrels, per calendar year from 2018")
    expect(rung(page, "S/RES/2397")).to_have_attribute("aria-expanded", "true")
    rung(page, "S/2022/431").click()
    expect(card).to_contain_text("Not adopted")
    expect(card).to_contain_text("13 for, 2 against, 0 abstaining")
    expect(page.locator(f"{ROOT}[data-errors='0']")).to_have_count(1)


def test_a_rung_is_a_step_that_is_undone_redone_and_sent(page: Page) -> None:
    card = page.locator(f"{ROOT} .kd-rung-card")
    expect(card).to_be_hidden()
    rung(page, "S/RES/2371").click()
    rung(page, "S/RES/2375").click()
    press(page, "undo")
    expect(card).to_contain_text("2371, 5 Aug 2017: 13 measures")
    press(page, "redo")
    expect(card).to_contain_text("2375, ")
    press(page, "share")
    code = page.locator(f"{ROOT} input[name=code]")
    expect(code).to_have_value("whole-ladder,rung=2375")
    code.fill("whole-ladder,rung=S/2024/255")
    press(page, "use-code")
    expect(card).to_contain_text("S/2024/255, 28 Mar 2024: 1 measure")
    press(page, "reset")
    expect(card).to_be_hidden()
    rung(page, "S/RES/1718").click()
    page.reload()
    page.wait_for_selector(f"{ROOT}[data-state=ready]")
    expect(card).to_contain_text("1718, ")
    rung(page, "S/RES/1718").click()
    expect(card).to_be_hidden()


def test_the_table_holds_every_measure(page: Page) -> None:
    press(page, "table")
    expect(page.locator(f"{ROOT} .kd-table tbody tr")).to_have_count(167)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_nothing_hangs_over(
    open_page: Callable[..., Page], site: str, dark: bool
) -> None:
    for width in SIZES.values():
        page = open_ready(open_page, site, ROOT, width, color_scheme="dark" if dark else "light")
        rung(page, "S/RES/2321").click()
        press(page, "table")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_python_hears_and_jupyters_keys_leave_the_cells_alone(
    lab: Lab, open_page: Callable[..., Page]
) -> None:
    cells = [
        "from kdebate.widgets import LadderExplorer\nexplorer = LadderExplorer()\nexplorer",
        "print(explorer.code)",
    ]
    page = open_scratch(open_page, lab, "ladder", cells, ROOT)
    rung(page, "S/RES/2397").click()
    before = sources(page)
    for target in (".kd-scroll", "button.kd-rung"):
        page.locator(f"{ROOT} {target}").first.focus()
        for key in ("x", "d", "d", "b"):
            page.keyboard.press(key)
        assert sources(page) == before
    cell = run_cell(page, 1)
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text("whole-ladder,rung=2397")
