"""What a learner set comes back: after a reload, a Python that starts again, and "Run everything"; and nobody else's does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kdebate.widgets import (
    BasketExplorer,
    ConcessionExplorer,
    EnforcementExplorer,
    WavesExplorer,
)

from .conftest import Lab, open_ready, served_page
from .notebooks import dismiss_dialog, kill_kernel, open_scratch, run_cell, write_notebook

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=ConcessionExplorer]"
KEPT = "Object.keys(sessionStorage).filter(key => key.startsWith('kdebate-levers:'))"
CELLS = [
    "from kdebate.widgets import ConcessionExplorer\n"
    "first, second = ConcessionExplorer(), ConcessionExplorer()\ndisplay(first, second)",
    "print(first.code, second.code, first.history)",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with two of a kind."""
    folder = tmp_path_factory.mktemp("site")
    with served_page(folder, "Two", ConcessionExplorer(), ConcessionExplorer()) as url:
        yield url


@pytest.fixture
def page(open_page: Callable[..., Page], site: str) -> Page:
    return open_ready(open_page, site, ROOT)


def lever(page: Page, name: str, number: int = 0, root: str = ROOT) -> Locator:
    return page.locator(root).nth(number).locator(f"input[type=range][name={name}]")


def press(page: Page, action: str, number: int = 0, root: str = ROOT) -> None:
    page.locator(root).nth(number).locator(f"[data-action={action}]").click()


def set_levers(page: Page, number: int = 0, root: str = ROOT, **values: float) -> None:
    for name, value in values.items():
        lever(page, name, number, root).fill(str(value))


def code(page: Page, number: int = 0, root: str = ROOT) -> str:
    """The code under "Link", opened for it."""
    box = page.locator(root).nth(number)
    if box.locator("[data-action=share]").get_attribute("aria-expanded") == "false":
        box.locator("[data-action=share]").click()
    return box.locator("input[name=code]").input_value()


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector(f"{ROOT}[data-state=ready]")


# ---- a page without Python ----------------------------------------------------------------------


def test_state_undo_and_redo_come_back_after_a_reload(page: Page) -> None:
    set_levers(page, N=2, pressure=0.6, q_b=0.75)
    press(page, "undo")
    reload(page)
    assert code(page) == "class-default,N=2,pressure=0.6"
    press(page, "redo")
    assert code(page) == "class-default,N=2,q_b=0.75,pressure=0.6"
    for left in ("class-default,N=2,pressure=0.6", "class-default,N=2", "class-default"):
        press(page, "undo")
        assert code(page) == left
    expect(page.locator(ROOT).first.locator("[data-action=undo]")).to_be_disabled()


def test_the_last_move_is_kept_even_when_the_page_goes_at_once(page: Page) -> None:
    lever(page, "N").evaluate(
        """range => {
          range.value = "7";
          for (const name of ["input", "change"]) range.dispatchEvent(new Event(name, { bubbles: true }));
          location.reload();
        }"""
    )
    expect(lever(page, "N")).to_have_value("7")


def test_two_of_a_kind_keep_apart(page: Page) -> None:
    set_levers(page, N=2)
    set_levers(page, 1, N=9)
    reload(page)
    assert [code(page), code(page, 1)] == ["class-default,N=2", "class-default,N=9"]


def test_reset_still_goes_to_the_start(page: Page) -> None:
    set_levers(page, N=2)
    reload(page)
    press(page, "reset")
    assert code(page) == "class-default"
    reload(page)
    assert code(page) == "class-default"


def test_the_other_explorers_remember_too(open_page: Callable[..., Page], tmp_path: Path) -> None:
    widgets = [ConcessionExplorer(), WavesExplorer(), BasketExplorer(), EnforcementExplorer()]
    with served_page(tmp_path, "All", *widgets) as url:
        the_other_explorers_remember_too(open_ready(open_page, url, ROOT))


def the_other_explorers_remember_too(page: Page) -> None:
    waves, basket, enforcement = (
        f"[data-kdebate={name}Explorer]" for name in ("Waves", "Basket", "Enforcement")
    )
    page.locator(f"{waves} select[name=rule]").select_option("days")
    page.locator(f"{basket} [data-show=taken_back]").click()
    page.locator(f"{basket} [data-item=terrorism_list]").click()
    set_levers(page, root=enforcement, sigma=0.4)
    reload(page)
    expect(page.locator(f"{waves} select[name=rule]")).to_have_value("days")
    expect(page.locator(f"{basket} [data-show=taken_back]")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator(f"{basket} [data-card=terrorism_list]")).to_be_visible()
    expect(lever(page, "sigma", root=enforcement)).to_have_value("0.4")


# What stands in the tab's storage, and what of it is taken.
READ_BACK = [
    ({"code": "class-default,N=9999", "codes": ["class-default,N=-4"], "at": 0}, "N=24"),
    ({"code": "class-default,speed=3", "codes": ["class-default"], "at": 0}, ""),
    ({"code": "class-default,N=2", "codes": ["war"], "at": 0}, ""),
    ({"code": "class-default,N=2", "codes": ["class-default"], "at": 7}, ""),
    ({"code": "class-default,N=2", "codes": ["class-default"] * 201, "at": 0}, ""),
    ({"code": "class-default,N=2", "codes": "class-default", "at": 0}, ""),
    ({"code": None, "codes": [3], "at": 0}, ""),
    ([1], ""),
    (None, ""),
    ("{", ""),
]


def test_what_is_read_back_is_checked_like_any_code(page: Page) -> None:
    for stored, there in READ_BACK:
        set_levers(page, N=3)
        page.wait_for_function(f"() => {KEPT}.some(key => sessionStorage[key].includes('N=3'))")
        text = stored if isinstance(stored, str) else json.dumps(stored)
        page.evaluate(f"text => {KEPT}.forEach(key => sessionStorage.setItem(key, text))", text)
        reload(page)
        assert code(page) == ",".join(filter(None, ["class-default", there])), stored
        expect(page.locator(ROOT).first).to_have_attribute("data-errors", "0")
        set_levers(page, N=1)


@pytest.mark.parametrize(
    "broken",
    [
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('off', 'SecurityError') } })",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
)
def test_a_storage_that_is_off_or_full_is_no_error(page: Page, broken: str) -> None:
    page.add_init_script(broken)
    reload(page)
    set_levers(page, N=2)
    assert code(page) == "class-default,N=2"
    expect(page.locator(ROOT).first).to_have_attribute("data-errors", "0")


def test_a_new_tab_starts_afresh(page: Page, site: str) -> None:
    set_levers(page, N=2)
    page.wait_for_function(f"() => {KEPT}.length")
    other = page.context.new_page()
    other.goto(f"{site}/index.html" if not site.endswith(".html") else site)
    other.wait_for_selector(f"{ROOT}[data-state=ready]")
    assert code(other) == "class-default"


def test_clearing_this_computer_clears_the_levers(page: Page) -> None:
    set_levers(page, N=2)
    page.evaluate("() => import('./kdebate/page/gate.js').then(gate => gate.closeAll())")
    assert code(page) == "class-default"
    expect(page.locator(ROOT).first.locator("[data-action=undo]")).to_be_disabled()
    reload(page)
    assert code(page) == "class-default"


def test_what_an_author_changed_gets_no_foreign_state(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    with served_page(tmp_path, "Before", ConcessionExplorer()) as url:
        page = open_ready(open_page, url, ROOT)
        set_levers(page, N=2, pressure=0.6)
        page.wait_for_function(f"() => {KEPT}.length")
        with served_page(tmp_path, "After", ConcessionExplorer.from_code("class-default,N=5")):
            page.goto(f"{url}?anew")  # past the browser's cache
            expect(page.get_by_role("heading", name="After")).to_be_visible()
            page.wait_for_selector(f"{ROOT}[data-state=ready]")
            assert code(page) == "class-default,N=5"


def test_a_locked_explorer_stays_locked(open_page: Callable[..., Page], tmp_path: Path) -> None:
    with served_page(tmp_path, "Locked", ConcessionExplorer(predict="04-two-slices")) as url:
        page = open_ready(open_page, url, ROOT)
        opened = "() => import('./kdebate/page/gate.js').then(gate => gate.open('04-two-slices'))"
        page.evaluate(opened)
        set_levers(page, N=2)
        page.wait_for_function(f"() => {KEPT}.length")
        reload(page)
        expect(lever(page, "N")).to_be_disabled()
        expect(page.locator(f"{ROOT} .kd-lock")).to_be_visible()
        page.evaluate(opened)
        expect(lever(page, "N")).to_be_enabled()
        expect(lever(page, "N")).to_have_value("2")


# ---- JupyterLab ---------------------------------------------------------------------------------


def told(page: Page) -> Locator:
    """What Python says of both explorers."""
    return run_cell(page, 1).locator(".jp-OutputArea-output")


def run_all(page: Page, button: str, ready: str, count: int) -> None:
    """Press a button that runs the page, or take it from the menu, and wait for explorers that were not there before."""
    page.evaluate(
        "root => document.querySelectorAll(root).forEach(one => { one.dataset.old = '' })", ROOT
    )
    if button == "Run All Cells":
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name=button, exact=True).click()
    else:
        page.get_by_role("button", name=button).first.click()
    expect(page.locator(f"{ready}[data-state=ready]:not([data-old])")).to_have_count(
        count, timeout=120_000
    )
    expect(page.locator(f"{ROOT}[data-old]")).to_have_count(0)


def test_a_new_python_and_a_cell_that_runs_again_go_on_where_they_were(
    lab: Lab, open_page: Callable[..., Page]
) -> None:
    page = open_scratch(open_page, lab, "memory-one", CELLS, ROOT)
    set_levers(page, N=2, pressure=0.6)
    set_levers(page, 1, N=9)
    run_all(page, "Run everything", ROOT, 2)
    assert [code(page), code(page, 1)] == ["class-default,N=2,pressure=0.6", "class-default,N=9"]
    kill_kernel(lab, page)
    expect(page.locator(f"{ROOT} .kd-stopped").first).to_be_visible(timeout=60_000)
    dismiss_dialog(page)
    set_levers(page, q_b=0.75)  # without Python
    page.wait_for_selector("[data-status=idle], .jp-Toolbar-kernelStatus[title*=Idle]")
    run_all(page, "Run everything", ROOT, 2)
    first = "class-default,N=2,q_b=0.75,pressure=0.6"
    assert [code(page), code(page, 1)] == [first, "class-default,N=9"]
    said = told(page)
    expect(said).to_contain_text(f"{first} class-default,N=9")
    expect(said).to_contain_text("'class-default', 'class-default,N=2'")
    another_notebook_in_the_page_keeps_apart(page, lab)


def another_notebook_in_the_page_keeps_apart(page: Page, lab: Lab) -> None:
    write_notebook(lab.folder, "memory-two.ipynb", CELLS)
    page.goto(lab.address("memory-two.ipynb", "lab/tree"))
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(panel.locator(".jp-CodeCell")).to_have_count(2)
    page.wait_for_selector("[data-status=idle], .jp-Toolbar-kernelStatus[title*=Idle]")
    run_cell(page, 0)
    page.wait_for_selector(f"{ROOT}[data-state=ready]")
    assert code(page) == "class-default"
    assert page.evaluate(f"() => {KEPT}.filter(key => key.includes('memory-one.ipynb')).length")


PREDICTIONS = (
    *("who-cheats", "two-slices", "who-answers"),
    *("pressure-60", "pressure-50", "pressure-100", "proof"),
    *("both-want-more", "harder-to-undo", "freeze-first", "pressure-first"),
    *("promises-least", "undone-later"),
)


def move_something(explorer: Locator) -> None:
    """Its first slider one step, or its one choice."""
    slider = explorer.locator("input[type=range]")
    if slider.count():
        slider.first.press("ArrowRight")
    else:
        explorer.locator(".kd-levers select").select_option(index=1)


def every_explorer_answers(page: Page) -> None:
    """Once the predictions that lock them are made."""
    explorers = page.locator(f"{ROOT}[data-state=ready]")
    expect(explorers).to_have_count(6, timeout=60_000)
    for index in range(5):
        expect(explorers.nth(index).locator("fieldset.kd-levers")).to_have_attribute("disabled", "")
    for name in PREDICTIONS:
        page.locator(f"[data-kdebate-exercise='04-{name}'] [data-action=skip]").click()
    for index in range(6):
        explorer = explorers.nth(index)
        explorer.scroll_into_view_if_needed()
        said = explorer.locator("[data-readout=sentence]")
        before = said.text_content() or ""
        move_something(explorer)
        expect(said).not_to_have_text(before)
        assert explorer.get_attribute("data-errors") == "0"
    expect(page.locator("[data-kdebate=FigureCard][data-state=ready]")).to_have_count(2)


def test_every_explorer_of_a_chapter_answers_and_remembers_over_a_dead_python(
    lab: Lab, open_page: Callable[..., Page]
) -> None:
    page = open_page(lab.address("04-concede-step-by-step.ipynb"), width=1400, height=1000)
    free = f"{ROOT}[data-levers='4']"
    expect(page.locator(f"{free}[data-state=ready]")).to_have_count(1, timeout=120_000)
    number = page.locator(ROOT).count() - 1
    expect(page.locator(".kdebate-bar")).to_be_hidden(timeout=60_000)
    run_all(page, "Run All Cells", free, 1)
    every_explorer_answers(page)
    set_levers(page, number, N=2, pressure=0.6)
    kill_kernel(lab, page)
    for button in ("Start Python again", "Run everything"):
        run_all(page, button, free, 1)
        assert code(page, number) == "class-default,N=2,pressure=0.6"
        press(page, "undo", number)
        assert code(page, number) == "class-default,N=2"
        press(page, "redo", number)
