"""EnforcementExplorer in Chromium: rungs, lines and levers, by mouse, keyboard and typing, wide and on a phone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kdebate import words
from kdebate.evidence import lines as sanction_lines
from kdebate.widgets import EnforcementExplorer

from .axe import violations
from .conftest import Lab, open_ready, served_page
from .notebooks import dismiss_dialog, kill_kernel, open_scratch, run_cell, sources

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


def show(page: Page, view: str) -> None:
    page.locator(f"{ROOT} [data-view-button={view}]").click()
    expect(page.locator(f"{ROOT}[data-view={view}]")).to_be_visible()


def pick(page: Page, line: str) -> Locator:
    """The panel of the lines, showing one of them."""
    show(page, "lines")
    page.locator(f"{ROOT} select[name=line]").select_option(line)
    panel = page.locator(f"{ROOT} .kd-lines[data-line={line}][data-state=ready]")
    expect(panel).to_be_visible()
    return panel


def text_of(panel: Locator) -> str:
    """Everything the panel says, alt text and open table included."""
    button = panel.locator("[data-action=line-table]")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    alt = panel.locator(".kd-line-plot").get_attribute("aria-label") or ""
    return alt + panel.inner_text()


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
    expect(events).to_have_count(89)
    page.locator(f"{ROOT} select[name=event-direction]").select_option("loosens")
    expect(events).to_have_count(22)
    page.locator(f"{ROOT} select[name=event-year]").select_option("2024")
    expect(events.first).to_contain_text("Russia")


# ---- the rungs ----------------------------------------------------------------------------------


def test_a_rung_opens_by_keyboard_and_says_what_it_added(page: Page) -> None:
    show(page, "ladder")
    rung = page.locator(f"{ROOT} button[data-rung='S/RES/2397']")
    rung.focus()
    page.keyboard.press("Enter")
    card = page.locator(f"{ROOT} .kd-rung-card")
    expect(card.locator("li")).to_have_count(23)
    expect(card).to_contain_text("500,000 barrels, per calendar year from 2018")
    expect(rung).to_have_attribute("aria-expanded", "true")
    page.locator(f"{ROOT} button[data-rung='S/2022/431']").click()
    expect(card).to_contain_text("Not adopted")
    expect(card).to_contain_text("13 for, 2 against, 0 abstaining")
    no_errors(page)


def test_ladder_table_holds_every_measure(page: Page) -> None:
    show(page, "ladder")
    page.locator(f"{ROOT} [data-action=ladder-table]").click()
    expect(page.locator(f"{ROOT} .kd-ladder-view .kd-table tbody tr")).to_have_count(167)


# ---- the lines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [name for name in sanction_lines.names() if sanction_lines.line(name).draw]
)
def test_record_is_nowhere_before_it_is_drawn(
    open_page: Callable[..., Page], site: str, name: str
) -> None:
    page = open_ready(open_page, site, ROOT)
    panel = pick(page, name)
    said = text_of(panel)
    assert "after you draw" in said
    assert WORDS["line"][name]["shows"] not in said
    record = sanction_lines.record(name).set_index("when")["value"]
    drawn = page.evaluate("document.querySelector('.kd-line-plot').data.flatMap(trace => trace.y)")
    known = [
        value for label, value in record.items() if label not in sanction_lines.line(name).draw
    ]
    assert [value for value in drawn if value is not None] == [
        value for value in known if value == value
    ]
    panel.locator("[data-action=skip]").click()
    expect(panel.locator("[data-readout=line-sentence]")).to_have_text(WORDS["lines"]["skipped"])
    assert WORDS["line"][name]["shows"] in text_of(panel)
    no_errors(page)


def test_line_typed_then_stored_names_the_largest_miss(page: Page) -> None:
    panel = pick(page, "exports")
    store = panel.locator("[data-action=store]")
    expect(store).to_be_disabled()
    for box in panel.locator(".kd-boxes input").all():
        box.fill("1750")
    expect(store).to_be_enabled()
    store.click()
    said = panel.locator("[data-readout=line-sentence]")
    expect(said).to_have_text(
        "You drew 1,750 for 2021; the record has 82. That is your largest miss."
    )
    expect(said).to_be_focused()
    expect(panel.locator(".kd-name-drawn")).to_have_count(1)
    assert "Saved in this browser." in text_of(panel)


def draw_down(page: Page, panel: Locator) -> list[float]:
    """Draw from the middle of the field's left side to the bottom right; returns the six numbers."""
    zone = panel.locator(".kd-draw-zone")
    zone.scroll_into_view_if_needed()
    box = zone.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] * 0.9, steps=24)
    page.mouse.up()
    return [float(one.input_value()) for one in panel.locator(".kd-boxes input").all()]


def test_line_in_the_big_view(open_page: Callable[..., Page], site: str) -> None:
    """The big view is zoomed: the line must still run where the mouse does."""
    page = open_ready(open_page, site, ROOT)
    panel = pick(page, "coal")
    plain = draw_down(page, panel)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.locator(f"{ROOT} [data-action=present]").first.click()
    expect(page.locator(f"{ROOT}.kd-presenting")).to_be_visible()
    assert draw_down(page, panel) == pytest.approx(plain, abs=0.11)  # numbers come in steps of 0.1


def test_line_by_mouse_then_by_keyboard(open_page: Callable[..., Page], site: str) -> None:
    page = open_ready(open_page, site, ROOT)
    panel = pick(page, "coal")
    values = draw_down(page, panel)
    boxes = panel.locator(".kd-boxes input")
    assert len(values) == 6
    assert values == sorted(values, reverse=True)
    grip = panel.locator(".kd-grip[data-when='2017-08']")
    grip.focus()
    page.keyboard.press("End")
    expect(grip).to_have_attribute("aria-valuenow", "2.5")
    page.keyboard.press("ArrowDown")
    expect(boxes.last).to_have_value("2.4")
    page.keyboard.press("Home")
    expect(boxes.last).to_have_value("0")
    panel.locator("[data-action=store]").focus()
    page.keyboard.press("Enter")
    expect(panel.locator("[data-readout=line-sentence]")).to_have_text(
        "You drew 0.00 for Aug; the record has 1.60. That is your largest miss."
    )
    no_errors(page)


def test_number_out_of_range_is_brought_inside(page: Page) -> None:
    panel = pick(page, "share")
    box = panel.locator(".kd-boxes input").first
    box.fill("250")
    box.press("Tab")
    expect(box).to_have_value("100")
    expect(panel.locator(".kd-note")).to_have_text("From 0 to 100.")


def test_estimates_open_with_the_line_before_them(page: Page) -> None:
    panel = pick(page, "oil_estimates")
    expect(panel.locator("[data-readout=line-sentence]")).to_contain_text("Draw the line")
    assert "3,780" not in text_of(panel)
    pick(page, "oil").locator("[data-action=skip]").click()
    assert "at most 3,780" in text_of(pick(page, "oil_estimates"))


def test_a_stored_line_survives_a_reload(open_page: Callable[..., Page], site: str) -> None:
    page = open_ready(open_page, site, ROOT)
    pick(page, "un_list").locator("[data-action=skip]").click()
    page.reload()
    page.wait_for_selector(f"{ROOT}[data-state=ready]")
    panel = pick(page, "un_list")
    expect(panel.locator("[data-readout=line-sentence]")).to_have_text(WORDS["lines"]["skipped"])


def test_chosen_rung_is_marked_on_the_lines(open_page: Callable[..., Page], site: str) -> None:
    page = open_ready(open_page, site, ROOT)
    show(page, "ladder")
    page.locator(f"{ROOT} button[data-rung='S/RES/2371']").click()
    panel = pick(page, "coal")
    expect(panel.locator(".kd-rung-word.kd-strong")).to_have_text("2371")


# ---- for everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(open_page: Callable[..., Page], site: str, dark: bool) -> None:
    for width in SIZES.values():
        page = open_ready(open_page, site, ROOT, width, color_scheme="dark" if dark else "light")
        assert violations(page) == []
        show(page, "ladder")
        page.locator(f"{ROOT} button[data-rung='S/RES/2321']").click()
        page.locator(f"{ROOT} [data-action=ladder-table]").click()
        assert violations(page) == []
        panel = pick(page, "oil")
        for box in panel.locator(".kd-boxes input").all():
            box.fill("300")
        assert violations(page) == []
        panel.locator("[data-action=store]").click()
        text_of(panel)
        assert violations(page) == []


def test_nothing_hangs_over_the_edge(open_page: Callable[..., Page], site: str) -> None:
    page = open_ready(open_page, site, ROOT, 360)
    for view in ("enforcement", "ladder", "lines"):
        show(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, view


# ---- in JupyterLab ----------------------------------------------------------------------------------

CELLS = [
    "from kdebate.exercises import Journal\nfrom kdebate.widgets import EnforcementExplorer\n"
    'Journal()\nexplorer = EnforcementExplorer(view="lines")\nexplorer',
    "print(explorer.drawn, explorer.view)",
]


@pytest.fixture
def scratch(lab: Lab, open_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    return open_scratch(open_page, lab, request.node.name.split("[")[0], CELLS, ROOT)


def test_python_hears_of_a_line_and_the_journal_keeps_it(scratch: Page) -> None:
    panel = pick(scratch, "coal")
    for box in panel.locator(".kd-boxes input").all():
        box.fill("0.5")
    panel.locator("[data-action=store]").click()
    expect(panel).to_contain_text("Saved on disk.")
    cell = run_cell(scratch, 1)
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text(
        "'coal': {'values': {'2017-03': 0.5"
    )
    no_errors(scratch)


def test_prediction_locks_and_opens_with_a_dead_python(scratch: Page, lab: Lab) -> None:
    kill_kernel(lab, scratch)
    dismiss_dialog(scratch)
    panel = pick(scratch, "exports")
    assert "243" not in text_of(panel)
    boxes = panel.locator(".kd-boxes input")
    boxes.first.fill("2000")
    boxes.first.press("Tab")
    for box in boxes.all()[1:]:
        box.fill("900")
    panel.locator("[data-action=store]").click()
    expect(panel.locator("[data-readout=line-sentence]")).to_contain_text("the record has")
    assert "243" in text_of(panel)
    show(scratch, "enforcement")
    expect(scratch.locator(f"{ROOT} .kd-stopped")).to_be_visible(timeout=60_000)
    before = sentence(scratch).text_content() or ""
    lever(scratch, "e_china").fill("0.3")
    expect(sentence(scratch)).not_to_have_text(before)
    no_errors(scratch)


def test_jupyters_keys_leave_the_cells_alone(scratch: Page) -> None:
    panel = pick(scratch, "russia")
    panel.locator(".kd-boxes input").first.fill("1")
    before = sources(scratch)
    for target in (".kd-grip", "[data-action=line-table]", "[data-action=skip]"):
        panel.locator(target).first.focus()
        for key in ("x", "d", "d", "b", "a", "ArrowUp"):
            scratch.keyboard.press(key)
        assert sources(scratch) == before
    show(scratch, "ladder")
    for target in (".kd-scroll", "button.kd-rung"):
        scratch.locator(f"{ROOT} .kd-ladder-view {target}").first.focus()
        for key in ("x", "d", "d", "b"):
            scratch.keyboard.press(key)
        assert sources(scratch) == before


@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES.keys())
def test_marks_and_words_share_one_scale_while_locked(
    open_page: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    """A drawing lower than its box is centred in it and slips off its words."""
    locked = EnforcementExplorer(views=["enforcement"], predict="03-china-halves")
    with served_page(tmp_path, "Locked", locked) as url:
        page = open_ready(open_page, url, ROOT, width)
        heights = page.locator(f"{ROOT} .kd-chart svg[viewBox]").evaluate_all(
            "drawings => drawings.map(d => [d.viewBox.baseVal.height, d.clientHeight])"
        )
    assert heights
    assert all(drawn == pytest.approx(shown, abs=1) for drawn, shown in heights)
