"""A chart with a switch: one of several charts at a time, by mouse and by keyboard, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kdebate.datasets import load_agreement_steps, load_step_codings
from kdebate.figures import promised_steps_by_reader
from kdebate.widgets import ConcessionExplorer, EnforcementExplorer, FigureCard, WavesExplorer

from .axe import violations
from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=FigureCard]"
CHARTS = promised_steps_by_reader(load_agreement_steps(), load_step_codings())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    with served_page(folder, "Promised steps", FigureCard(CHARTS)) as url:
        yield url


def test_a_page_of_explorers_alone_loads_no_plotly(
    open_page: Callable[..., Page], site: str, tmp_path: Path
) -> None:
    """Plotly is a third of a page's bytes; the charts of the explorers stand on a smaller library."""
    fetched = """performance.getEntriesByType("resource").filter(one => one.name.includes("plotly"))
      .map(one => one.decodedBodySize)"""
    explorers = (ConcessionExplorer(), WavesExplorer(), EnforcementExplorer())
    with served_page(tmp_path, "Explorers", *explorers) as url:
        page = open_page(url)
        expect(page.locator("[data-state=ready] .kd-chart")).to_have_count(3)
        assert [size for size in page.evaluate(fetched) if size > 10_000] == []
    page = open_ready(open_page, site, ROOT)
    assert len([size for size in page.evaluate(fetched) if size > 10_000]) == 1


@pytest.fixture(params=[1280, 360], ids=["wide", "phone"])
def page(open_page: Callable[..., Page], site: str, request: pytest.FixtureRequest) -> Page:
    return open_ready(open_page, site, ROOT, request.param)


def shown(page: Page, name: str) -> None:
    """Expect everything on the card to be that of one chart."""
    meta = CHARTS[name].layout.meta
    chart = page.locator(f"{ROOT} .kd-figure-plot")
    expect(chart).to_have_attribute("aria-label", meta["alt"])
    groups = [note.text for note in CHARTS[name].layout.annotations]
    expect(chart.locator("text.annotation-text")).to_have_text(groups)
    marks = len(CHARTS[name].layout.shapes)
    expect(chart.locator(".shapelayer path")).to_have_count(marks)
    expect(page.locator(f"{ROOT} p.kd-shows").first).to_contain_text(meta["shows"])
    expect(page.locator(f"{ROOT} button[aria-pressed=true]")).to_have_text(name)
    expect(page.locator(ROOT)).to_have_attribute("data-errors", "0")


def test_each_button_shows_its_chart(page: Page) -> None:
    shown(page, "Two of three")
    for name in reversed(CHARTS):
        page.locator(f"{ROOT} [data-choice='{name}']").click()
        shown(page, name)


def test_the_switch_and_the_table_work_by_keyboard(page: Page) -> None:
    page.locator(f"{ROOT} [data-choice='Two of three']").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    shown(page, "First reader")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    shown(page, "Second reader")
    page.locator(f"{ROOT} [data-action=table]").press("Enter")
    cells = page.locator(f"{ROOT} tbody tr").first.locator("th, td")
    expect(cells).to_have_text(CHARTS["Second reader"].layout.meta["rows"][0])


def test_it_says_who_coded_and_what_was_undone(page: Page) -> None:
    expect(page.locator(ROOT)).to_contain_text("they are not independent scholars")
    expect(page.locator(f"{ROOT} .kd-figure-plot")).to_contain_text("20 undone later")
    page.wait_for_function(
        "root => document.querySelector(root).scrollWidth <= innerWidth", arg=ROOT
    )


# How large each number in a bar is drawn, in pixels; hidden ones are scaled to nothing.
DRAWN = """texts => texts.map(text => Number.parseFloat(getComputedStyle(text).fontSize) * (text.getCTM().a))
  .filter(size => size > 0)"""


def test_no_number_is_too_small_to_read(page: Page) -> None:
    for name in CHARTS:
        page.locator(f"{ROOT} [data-choice='{name}']").click()
        shown(page, name)
        sizes = page.locator(f"{ROOT} text.bartext").evaluate_all(DRAWN)
        assert len(sizes) > 4, name
        assert min(sizes) >= 10.9, (name, sizes)


def test_no_barrier_is_found(page: Page) -> None:
    assert violations(page, ROOT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_jupyters_theme_before_the_systems(
    open_page: Callable[..., Page], site: str, scheme: str
) -> None:
    """Charts read the colours as plain ones, whichever way the page is told of its theme."""
    page = open_ready(open_page, site, ROOT, color_scheme=scheme)
    told = """root => ["ink", "act"].map(name => getComputedStyle(root).getPropertyValue(`--kd-${name}`))"""
    light, dark = (
        ["rgb(26, 26, 31)", "rgb(10, 88, 194)"],
        ["rgb(240, 240, 243)", "rgb(141, 187, 255)"],
    )
    root = page.locator(ROOT)
    assert root.evaluate(told) == (light if scheme == "light" else dark)
    for attribute, value, expected in (
        ("data-jp-theme-light", "false", dark),
        ("data-jp-theme-light", "true", light),
        ("data-theme", "dark", dark),
        ("data-theme", "light", light),
    ):
        page.evaluate(
            "([name, value]) => document.body.setAttribute(name, value)", [attribute, value]
        )
        assert root.evaluate(told) == expected, (attribute, value)
        ink = page.locator(f"{ROOT} .bars path").first
        expect(ink).to_have_css("fill", expected[0])
        page.evaluate("name => document.body.removeAttribute(name)", attribute)
