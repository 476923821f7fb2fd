"""One screen, one idea: what an explorer needs fits a small laptop's window, and nothing scrolls inside the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from kdebate.widgets import (
    BasketExplorer,
    ConcessionExplorer,
    EnforcementExplorer,
    LadderExplorer,
    WavesExplorer,
)

from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
WINDOW = 650  # px of page that JupyterLab leaves on a laptop of 1366 x 768
LEVERS = ["ConcessionExplorer", "EnforcementExplorer", "WavesExplorer"]
LAST = f"[data-kdebate={LEVERS[-1]}]"
# Everything that a box of its own would scroll up and down.
BOXES = """() => [...document.querySelectorAll(".kd, .kd *")].filter((one) =>
  ["auto", "scroll"].includes(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.className)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorers on one page."""
    widgets = [BasketExplorer(), LadderExplorer(), ConcessionExplorer(N=2)]
    more = [EnforcementExplorer(), WavesExplorer()]
    with served_page(tmp_path_factory.mktemp("one-screen"), "All", *widgets, *more) as url:
        yield url


def fits(page: Page, name: str) -> None:
    """Levers stand beside the chart; title, chart, levers, numbers and buttons share a window."""
    root = page.locator(f"[data-kdebate={name}]")
    expect(root).to_have_attribute("data-state", "ready")
    parts = (".kd-head", ".kd-chart", ".kd-levers", ".kd-readouts", ".kd-tools")
    places = [root.locator(part).bounding_box() for part in parts]
    top, chart, levers, numbers, tools = (place for place in places if place)
    assert levers["x"] >= chart["x"] + chart["width"]
    assert numbers["y"] >= levers["y"] + levers["height"]
    assert tools["y"] >= max(box["y"] + box["height"] for box in (chart, numbers))
    assert tools["y"] + tools["height"] - top["y"] <= WINDOW, name


def test_question_levers_and_chart_share_a_window(
    open_page: Callable[..., Page], site: str
) -> None:
    page = open_ready(open_page, site, LAST, 1366, height=WINDOW)
    for name in LEVERS:
        fits(page, name)
    assert page.evaluate(BOXES) == []
    # A table opens below its button, and comes into view.
    button = page.locator("[data-kdebate=ConcessionExplorer] [data-action=table]")
    button.scroll_into_view_if_needed()
    button.click()
    table = page.locator("[data-kdebate=ConcessionExplorer] .kd-table-box table")
    expect(table).to_be_in_viewport(ratio=0.9)
    assert page.evaluate(BOXES) == []


@pytest.mark.parametrize("width", [999, 360])
def test_a_narrow_page_stays_one(open_page: Callable[..., Page], site: str, width: int) -> None:
    page = open_ready(open_page, site, LAST, width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(BOXES) == []
