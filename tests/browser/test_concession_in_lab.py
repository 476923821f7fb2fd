"""ConcessionExplorer in a real JupyterLab: Python hears, and Jupyter's keys stay away from the cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .axe import violations
from .conftest import Lab
from .notebooks import open_scratch, run_cell, sources

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=ConcessionExplorer]"
CONTROLS = (
    "input[type=range][name=N]",
    "input[type=number][name=N]",
    "[data-action=table]",
    "select[name=preset]",
    "[data-action=share]",
    ".kd-help",
)
CELLS = [
    "from kdebate.widgets import ConcessionExplorer\nexplorer = ConcessionExplorer()\nexplorer",
    "print(explorer.code, explorer.describe())",
    "explorer.undo()\nexplorer.pressure = 0.6",
    "import time\nprint('busy')\ntime.sleep(600)",
]


@pytest.fixture
def scratch(lab: Lab, open_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    """A fresh notebook with an explorer, its first cell run."""
    return open_scratch(open_page, lab, request.node.name.split("[")[0], CELLS, ROOT)


def lever(page: Page, name: str) -> Locator:
    return page.locator(f"{ROOT} input[type=range][name={name}]")


def sentence(page: Page) -> Locator:
    return page.locator(f"{ROOT} [data-readout=sentence]")


def page_and_python_hear_each_other(scratch: Page) -> None:
    lever(scratch, "N").fill("2")
    lever(scratch, "q_b").fill("0.4")
    expected = sentence(scratch).text_content()
    cell = run_cell(scratch, 1)
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text(
        f"class-default,N=2,q_b=0.4 {expected}"
    )
    run_cell(scratch, 2)
    expect(sentence(scratch)).to_contain_text("2 slices fail. Pyongyang")
    assert lever(scratch, "q_b").input_value() == "0.5"
    scratch.locator(f"{ROOT} [data-action=undo]").click()
    expect(sentence(scratch)).to_contain_text("2 slices hold")


def jupyters_keys_leave_the_cells_alone(scratch: Page, target: str) -> None:
    before = sources(scratch)
    control = scratch.locator(f"{ROOT} {target}").first
    control.focus()
    for key in ("x", "d", "d", "b", "a", "m", "ArrowDown", "ArrowUp", "z", "Escape", "0", "0", "Shift+m"):  # fmt: skip
        control.press(key)
    assert sources(scratch) == before, target
    assert scratch.locator(".jp-Dialog").count() == 0, target
    expect(scratch.locator(".jp-MarkdownCell")).to_have_count(0)


def a_reload_keeps_the_values(scratch: Page) -> None:
    lever(scratch, "N").fill("5")
    cell = run_cell(scratch, 1)
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text("N=5")
    scratch.keyboard.press("Control+s")
    scratch.reload()
    expect(sentence(scratch)).to_contain_text("5 slices hold", timeout=60_000)
    assert lever(scratch, "N").input_value() == "5"


def a_busy_python_changes_nothing(scratch: Page) -> None:
    cell = run_cell(scratch, 3)
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text("busy")
    lever(scratch, "N").fill("2")
    expect(sentence(scratch)).to_contain_text("2 slices hold")
    expect(scratch.locator(f"{ROOT} .kd-stopped")).to_be_hidden()


def an_error_is_a_sentence_in_lab_too(scratch: Page) -> None:
    scratch.evaluate("() => { document.createElementNS = () => { throw new Error('seeded') } }")
    lever(scratch, "N").fill("7")
    expect(scratch.locator(f"{ROOT} .kd-error")).to_be_visible()
    assert int(scratch.locator(ROOT).get_attribute("data-errors")) > 0


def test_an_explorer_in_a_notebook_of_ones_own(scratch: Page) -> None:
    """One page after the other's deeds: opening a notebook takes longer than all of them."""
    page_and_python_hear_each_other(scratch)
    assert violations(scratch) == []
    a_reload_keeps_the_values(scratch)
    a_busy_python_changes_nothing(scratch)
    for target in CONTROLS:
        jupyters_keys_leave_the_cells_alone(scratch, target)
    an_error_is_a_sentence_in_lab_too(scratch)
