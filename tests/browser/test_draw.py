"""Draw in Chromium: a line by mouse, by keyboard and in numbers; the record that opens; drafts, versions, a dead Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kdebate import words
from kdebate.exercises import Draw
from kdebate.exercises.journal_bar import JournalBar
from kdebate.questions import bank

from .axe import violations
from .conftest import Lab, served_page
from .notebooks import dismiss_dialog, kill_kernel, open_scratch, run_cell, sources

pytestmark = pytest.mark.browser
ASKED = {name: one for name, one in bank.questions().items() if one["kind"] == "draw"}
WORDS = words.of("exercises")["draw"]
EARLIER = Path(__file__).parents[1] / "cases" / "portfolio-lines-0.1.0.json"
SIZES = {"wide": 1280, "phone": 360}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cards = [Draw(name) for name in ASKED]
    with served_page(tmp_path_factory.mktemp("site"), "Draw", JournalBar(), *cards) as url:
        yield url


def open_cards(
    open_page: Callable[..., Page], url: str, width: int = 1280, **options: object
) -> Page:
    page = open_page(url, width=width, **options)
    page.wait_for_selector(".kd-lines[data-state=ready]")
    return page


@pytest.fixture(params=SIZES.values(), ids=SIZES.keys())
def page(open_page: Callable[..., Page], site: str, request: pytest.FixtureRequest) -> Page:
    return open_cards(open_page, site, request.param)


def card(page: Page, name: str) -> Locator:
    return page.locator(f"[data-kdebate-exercise='03-line-{name}']")


def said(page: Page, name: str) -> Locator:
    return card(page, name).locator("[data-readout=line-sentence]").first


def boxes(page: Page, name: str) -> list[Locator]:
    return card(page, name).locator(".kd-boxes input").all()


def press(page: Page, name: str, action: str) -> None:
    card(page, name).locator(f"[data-action={action}]").first.click()


def no_errors(page: Page) -> None:
    expect(page.locator("[data-kdebate-exercise]:not([data-errors='0'])")).to_have_count(0)


def draw_down(page: Page, name: str) -> list[float]:
    """Draw from the middle of the field's left side to the bottom right; returns the numbers."""
    zone = card(page, name).locator(".kd-draw-zone").first
    zone.scroll_into_view_if_needed()
    box = zone.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] * 0.9, steps=24)
    page.mouse.up()
    return [float(one.input_value()) for one in boxes(page, name)]


# ---- drawing ------------------------------------------------------------------------------------


def test_line_by_mouse_then_by_keyboard(page: Page) -> None:
    values = draw_down(page, "coal")
    assert len(values) == 6
    assert values == sorted(values, reverse=True)
    grip = card(page, "coal").locator(".kd-grip[data-when='2017-08']")
    grip.focus()
    page.keyboard.press("End")
    expect(grip).to_have_attribute("aria-valuenow", "2.5")
    page.keyboard.press("ArrowDown")
    expect(boxes(page, "coal")[-1]).to_have_value("2.4")
    page.keyboard.press("Home")
    expect(boxes(page, "coal")[-1]).to_have_value("0")
    expect(grip).to_be_focused()
    card(page, "coal").locator("[data-action=store]").focus()
    page.keyboard.press("Enter")
    expect(said(page, "coal")).to_have_text(
        "You drew 0.00 for Aug; the record has 1.60. That is your largest miss."
    )
    expect(said(page, "coal")).to_be_focused()
    expect(card(page, "coal")).to_have_attribute("data-saved", "browser")
    expect(card(page, "coal").locator(".kd-grip:visible, .kd-draw-zone:visible")).to_have_count(0)
    no_errors(page)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_record_draws_itself_where_the_reader_looks(
    open_page: Callable[..., Page], site: str, motion: str
) -> None:
    page = open_cards(open_page, site, 1366, reduced_motion=motion)
    page.set_viewport_size({"width": 1366, "height": 650})
    draw_down(page, "coal")
    one = card(page, "coal")
    store = one.locator("[data-action=store]")
    page.evaluate("y => scrollTo(0, y)", _page_y(page, store) - 600)
    before = one.locator(".kd-line-chart").first.bounding_box()
    assert before
    assert before["y"] < 0 or before["y"] + before["height"] <= 650
    watch = """box => {
        box.unrolled = false;
        new MutationObserver(() => (box.unrolled ||= Boolean(box.querySelector('.kd-unroll'))))
            .observe(box, { subtree: true, attributes: true, attributeFilter: ['class'] });
    }"""
    one.evaluate(watch)
    store.click()
    expect(said(page, "coal")).to_be_focused()
    chart = one.locator(".kd-line-chart").first.bounding_box()
    sentence = said(page, "coal").bounding_box()
    assert chart
    assert sentence
    assert sentence["y"] >= -1
    assert chart["y"] + chart["height"] <= 651
    expect(one.locator(".kd-record")).not_to_have_count(0)
    expect(one.locator(".kd-unroll")).to_have_count(0)
    assert one.evaluate("box => box.unrolled") is (motion == "no-preference")
    no_errors(page)


def _page_y(page: Page, one: Locator) -> float:
    box = one.bounding_box()
    assert box
    return float(box["y"]) + float(page.evaluate("scrollY"))


def test_line_in_numbers_is_brought_inside_and_survives_a_reload(page: Page) -> None:
    first, *rest = boxes(page, "share")
    store = card(page, "share").locator("[data-action=store]")
    first.fill("250")
    first.press("Tab")
    expect(first).to_have_value("100")
    expect(card(page, "share").locator(".kd-yours .kd-note")).to_have_text("From 0 to 100.")
    expect(store).to_be_disabled()
    rest[0].fill("41.5")
    page.reload()
    page.wait_for_selector(".kd-lines[data-state=ready]")
    first, *rest = boxes(page, "share")
    expect(first).to_have_value("100")
    expect(rest[0]).to_have_value("41.5")
    expect(card(page, "share").locator(".kd-grip:visible")).to_have_count(2)
    for box in rest[1:]:
        box.fill("50")
    expect(store).to_be_enabled()
    store.click()
    expect(said(page, "share")).to_have_text(
        "You drew 100 for 2016; the record has 6. That is your largest miss."
    )
    page.reload()
    page.wait_for_selector(".kd-lines[data-state=ready]")
    expect(said(page, "share")).to_contain_text("You drew 100 for 2016")
    expect(boxes(page, "share")[0]).to_be_disabled()
    no_errors(page)


def test_the_other_record_opens_with_the_line(page: Page) -> None:
    oil = card(page, "oil")
    oil.locator("[data-tab=oil_estimates]").click()
    later = oil.locator(".kd-lines[data-line=oil_estimates]")
    expect(later).to_contain_text("Draw the line")
    assert "3,780" not in later.inner_text()
    oil.locator("[data-tab=oil]").click()
    press(page, "oil", "skip")
    expect(said(page, "oil")).to_have_text(WORDS["skipped"])
    oil.locator("[data-tab=oil]").focus()
    page.keyboard.press("ArrowRight")
    expect(later).to_be_visible()
    expect(later.locator(".kd-line-plot")).to_contain_text("at most 3,780")
    later.locator("[data-action=table]").click()
    expect(later.locator("table")).to_have_count(2)
    no_errors(page)


def test_no_record_is_on_the_page_before_it_is_drawn(
    open_page: Callable[..., Page], site: str
) -> None:
    """What the words and tables hold is asked in Node; here stand the marks of the charts."""
    page = open_cards(open_page, site)
    for name, asked in ASKED.items():
        one = card(page, name.removeprefix("03-line-"))
        first = next(iter(asked["record"].values()))
        panel = one.locator(".kd-lines").first
        marks = panel.locator("g[aria-label=dot]").locator("circle, path")
        known = marks.count()
        assert first["shows"] not in one.inner_text(), name
        one.locator("[data-action=skip]").click()
        expect(said(page, name.removeprefix("03-line-"))).to_have_text(WORDS["skipped"])
        expect(one).to_contain_text(first["shows"])
        assert marks.count() > known, name
    no_errors(page)


def test_line_in_the_big_view(open_page: Callable[..., Page], site: str) -> None:
    """The big view is zoomed: the line must still run where the mouse does."""
    page = open_cards(open_page, site)
    plain = draw_down(page, "coal")
    page.set_viewport_size({"width": 1366, "height": 768})
    press(page, "coal", "present")
    expect(page.locator("[data-kdebate-exercise='03-line-coal'].kd-presenting")).to_be_visible()
    assert draw_down(page, "coal") == pytest.approx(plain, abs=0.11)  # numbers come in steps of 0.1


# ---- answers from before, and for everybody -------------------------------------------------------


def test_a_file_of_the_first_version_opens_in_the_cards(page: Page) -> None:
    page.locator("[data-kdebate-journal] input[type=file]").set_input_files(EARLIER)
    expect(said(page, "coal")).to_contain_text("You drew 0.05 for Aug; the record has 1.60.")
    expect(said(page, "oil")).to_have_text(WORDS["skipped"])
    expect(said(page, "un-list")).to_contain_text("You drew 12 for 2019; the record has 0.")
    press(page, "coal", "versions")
    expect(card(page, "coal").locator(".kdx-version")).to_have_text(
        "Mar: 1.10; Apr: 1.00; May: 0.70; Jun: 0.60; Jul: 0.40; Aug: 0.20"
    )
    press(page, "coal", "take-back")
    expect(said(page, "coal")).to_contain_text("You drew 0.20 for Aug; the record has 1.60.")
    no_errors(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_nothing_hangs_over(
    open_page: Callable[..., Page], site: str, dark: bool
) -> None:
    for width in SIZES.values():
        page = open_cards(open_page, site, width, color_scheme="dark" if dark else "light")
        for box in boxes(page, "oil"):
            box.fill("300")
        assert violations(page, "[data-kdebate-exercise]") == []
        press(page, "oil", "store")
        press(page, "oil", "table")
        assert violations(page, "[data-kdebate-exercise]") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# ---- in JupyterLab ------------------------------------------------------------------------------

COAL = "[data-kdebate-exercise='03-line-coal'] .kd-lines"
CELLS = [
    "from IPython.display import display\nfrom kdebate.exercises import Draw, Journal\n"
    'Journal()\ncoal, china = Draw("03-line-coal"), Draw("03-line-russia")\ndisplay(coal, china)',
    "print(coal.answer)",
]


def test_python_hears_and_without_it_the_line_is_drawn_all_the_same(
    lab: Lab, open_page: Callable[..., Page]
) -> None:
    page = open_scratch(open_page, lab, "draw", CELLS, COAL)
    before = sources(page)
    for box in boxes(page, "coal"):
        box.fill("0.5")
    for target in (".kd-grip", "[data-action=table]", "[data-action=skip]"):
        card(page, "coal").locator(target).first.focus()
        for key in ("x", "d", "d", "b", "a"):
            page.keyboard.press(key)
        assert sources(page) == before
    press(page, "coal", "store")
    expect(card(page, "coal")).to_have_attribute("data-saved", "disk")
    cell = run_cell(page, 1)
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text("{'values': {'2017-03': 0.5")
    kill_kernel(lab, page)
    dismiss_dialog(page)
    for box in boxes(page, "russia"):
        box.fill("40")
    press(page, "russia", "store")
    expect(said(page, "russia")).to_contain_text("the record has")
    expect(card(page, "russia")).to_have_attribute("data-saved", "browser")
    no_errors(page)
