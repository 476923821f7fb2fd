"""WavesExplorer on a page without Python, and in JupyterLab whose Python dies."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from kdebate.evidence import waves
from kdebate.widgets import WavesExplorer, waves_view

from .axe import violations
from .conftest import Lab, open_ready, served_page
from .notebooks import dismiss_dialog, kill_kernel, open_scratch

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


def random_levers(draw: random.Random) -> dict[str, object]:
    levers = WavesExplorer()._spec["levers"]
    return {
        name: draw.choice(lever["choices"])
        if "choices" in lever
        else draw.randint(lever["min"], lever["max"])
        for name, lever in levers.items()
    }


def test_page_and_python_count_alike_on_random_settings(page: Page) -> None:
    """The page's own counting, the slid calendar and the swapped years included, against the model layer."""
    draw = random.Random(2019)
    states = [random_levers(draw) for _ in range(120)]
    record = json.dumps(waves.record())
    told = page.evaluate(
        """async ([record, states]) => {
             const view = await import(new URL("kdebate/explorers/waves_view.js", location.href));
             const known = JSON.parse(record);
             return states.map(levers => { const { marks, ...found } = view.findings(known, levers); return found; });
           }""",
        [record, states],
    )
    for levers, found in zip(states, told, strict=True):
        expected = waves_view.findings(levers)
        for key, value in expected.items():
            assert found[key] == (pytest.approx(value) if isinstance(value, float) else value), (
                levers,
                key,
            )


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
        expect(sentence(page)).to_have_text(
            waves_view.sentence(explorer._spec["own"], explorer.values, explorer.read_out)
        )
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


def test_a_killed_python_leaves_a_working_page(open_page: Callable[..., Page], lab: Lab) -> None:
    cell = "from kdebate.widgets import WavesExplorer\nWavesExplorer()"
    page = open_scratch(open_page, lab, "waves-scratch", [cell], ROOT)
    kill_kernel(lab, page)
    dismiss_dialog(page)
    expect(page.locator(f"{ROOT} .kd-stopped")).to_be_visible(timeout=60_000)
    choose(page, "rule", "days")
    expect(sentence(page)).to_contain_text("33 of 146 launch days")
    assert page.locator(ROOT).get_attribute("data-errors") == "0"
