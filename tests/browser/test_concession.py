"""ConcessionExplorer on a page without Python: every control, by keyboard and by mouse, wide and on a phone."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from plotly.offline import get_plotlyjs_version

from kdebate import models
from kdebate.figures import keep_or_cheat
from kdebate.site import write_page
from kdebate.widgets import ConcessionExplorer, FigureCard, _static

from .axe import violations
from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=ConcessionExplorer]"
NUMBERS = ("N", "pressure", "q_b")
LEVERS = ("N", "first", "pressure", "q_b")
SIZES = {"wide": 1280, "phone": 360}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    with served_page(folder, "Concede step by step?", ConcessionExplorer()) as url:
        yield url


@pytest.fixture(scope="module")
def site_with_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """And a drawn figure, whose library makes a page slow to open."""
    card = FigureCard(keep_or_cheat(models.effective_deal({})))
    folder = tmp_path_factory.mktemp("site")
    with served_page(folder, "Concede step by step?", ConcessionExplorer(), card) as url:
        yield url


@pytest.fixture(params=SIZES.values(), ids=SIZES.keys())
def page(open_page: Callable[..., Page], site: str, request: pytest.FixtureRequest) -> Page:
    return open_ready(open_page, site, ROOT, request.param)


def lever(page: Page, name: str, kind: str = "range") -> object:
    return page.locator(f"{ROOT} input[type={kind}][name={name}]")


def set_lever(page: Page, name: str, value: float) -> None:
    lever(page, name).fill(str(value))


def who_first(page: Page) -> Locator:
    return page.locator(f"{ROOT} select[name=first]")


def readout(page: Page, key: str) -> object:
    return page.locator(f"{ROOT} [data-readout={key}]")


def code(page: Page) -> str:
    button = page.locator(f"{ROOT} [data-action=share]")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return page.locator(f"{ROOT} input[name=code]").input_value()


def gaps_in_table(page: Page) -> list[list[str]]:
    button = page.locator(f"{ROOT} [data-action=table]")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return page.locator(f"{ROOT} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def chart_numbers(page: Page) -> list[str]:
    return page.locator(f"{ROOT} .kd-num").all_text_contents()


def test_the_default_says_the_same_everywhere(page: Page) -> None:
    expect(readout(page, "sentence")).to_have_text(
        "All at once fails. Both sides would rather cheat: Washington by 0.10, Pyongyang by 0.02."
    )
    assert chart_numbers(page) == ["−0.10: would cheat here", "−0.02: would cheat here"]
    assert gaps_in_table(page)[0] == ["1", "100 %", "−0.10", "−0.02", "Washington, Pyongyang"]
    set_lever(page, "N", 2)
    expect(readout(page, "sentence")).to_have_text(
        "2 slices hold. The weakest is slice 2, for Washington: +0.10. The deal is worth 0.95 to each side."
    )
    expect(readout(page, "value_a")).to_have_text("0.95")
    assert chart_numbers(page) == ["+0.40", "+0.10", "+0.44", "+0.23"]
    rows = gaps_in_table(page)
    assert [row[2:4] for row in rows] == [
        ["+0.40", "+0.44"],
        ["+0.10", "+0.23"],
        ["+0.30", "+0.48"],
    ]


def test_pressure_changes_the_fewest_slices(page: Page) -> None:
    set_lever(page, "N", 2)
    for pressure, fewest, said in (
        (0.6, "10", "Fails"),
        (0.5, "none within 24", "No deal within 24 slices"),
        (1.0, "2", "Holds"),
    ):
        set_lever(page, "pressure", pressure)
        expect(readout(page, "minimum_steps")).to_have_text(fewest)
        expect(page.locator(f"{ROOT} .kd-chip")).to_have_text(said)


def test_each_lever_moves_by_keyboard_and_by_mouse(page: Page) -> None:
    for name in NUMBERS:
        moves_by_keyboard_and_by_mouse(page, name)


def moves_by_keyboard_and_by_mouse(page: Page, name: str) -> None:
    spec = models.levers()[name]
    slider, box = lever(page, name), lever(page, name, "number")
    start = float(slider.input_value())
    slider.focus()
    slider.press("ArrowRight")
    assert float(slider.input_value()) == pytest.approx(start + spec["step"])
    assert float(box.input_value()) == pytest.approx(start + spec["step"])
    slider.scroll_into_view_if_needed()
    place = slider.bounding_box()
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.3, middle, steps=4)
    page.mouse.up()
    share = (float(slider.input_value()) - spec["min"]) / (spec["max"] - spec["min"])
    assert share == pytest.approx(0.3, abs=0.08)
    expect(readout(page, "change")).to_contain_text(spec["short"])


def test_who_goes_first_is_said_everywhere(page: Page) -> None:
    """Washington first, all at once: its gap is +1.00 and stands inside the axis; Pyongyang's stays."""
    choice = who_first(page)
    choice.focus()
    page.keyboard.press("ArrowDown")
    assert choice.input_value() == "a"
    expect(readout(page, "sentence")).to_contain_text(
        "Washington goes first. All at once fails. Washington must trust Pyongyang"
    )
    expect(readout(page, "change")).to_contain_text(
        "You changed who moves first from both at once to Washington."
    )
    assert chart_numbers(page) == ["+1.00", "−0.02: would cheat here"]
    assert page.locator(f"{ROOT} .kd-torn").count() == 0
    assert gaps_in_table(page)[0] == ["1", "100 %", "+1.00", "−0.02", "Pyongyang"]
    alt = page.locator(f"{ROOT} .kd-chart").get_attribute("aria-label")
    assert alt.startswith("Safety gaps, all at once, Washington first.")
    heads = page.locator(f"{ROOT} .kd-above").all_text_contents()
    assert heads == ["goes first", "answers"]
    assert code(page) == "class-default,first=a"


def test_a_preset_holds_its_lever_and_says_why(page: Page) -> None:
    preset = page.locator(f"{ROOT} select[name=preset]")
    why = page.get_by_text(models.presets()["mirror"]["locked_why"])
    set_lever(page, "pressure", 0.6)
    preset.select_option("mirror")
    for kind in ("range", "number"):
        expect(lever(page, "pressure", kind)).to_be_disabled()
        expect(lever(page, "N", kind)).to_be_enabled()
    expect(why).to_be_visible()
    expect(lever(page, "pressure")).to_have_value("0.8")
    expect(readout(page, "sentence")).to_contain_text("by 0.02, Pyongyang by 0.10")  # at rest
    set_lever(page, "N", 2)
    assert gaps_in_table(page)[0][2:4] == ["+0.44", "+0.40"]
    assert violations(page, ROOT) == []
    preset.select_option("class-default")
    expect(lever(page, "pressure")).to_be_enabled()
    expect(why).to_be_hidden()
    page.locator(f"{ROOT} [data-action=undo]").click()
    expect(lever(page, "pressure")).to_be_disabled()


def test_number_box_is_clamped_when_left(page: Page) -> None:
    box = lever(page, "N", "number")
    box.fill("99")
    box.press("Tab")
    assert box.input_value() == "24"
    expect(page.get_by_text("From 1 to 24.", exact=True)).to_be_visible()
    box.fill("3")
    box.press("Enter")
    expect(page.get_by_text("From 1 to 24.", exact=True)).to_be_hidden()
    assert lever(page, "N").input_value() == "3"


def test_undo_redo_reset_and_presets(page: Page) -> None:
    undo, redo, reset = (
        page.locator(f"{ROOT} [data-action={a}]") for a in ("undo", "redo", "reset")
    )
    assert undo.is_disabled()
    assert reset.is_disabled()
    set_lever(page, "N", 2)
    set_lever(page, "pressure", 0.6)
    undo.click()
    assert code(page) == "class-default,N=2"
    undo.click()
    assert code(page) == "class-default"
    redo.click()
    assert code(page) == "class-default,N=2"
    page.locator(f"{ROOT} select[name=preset]").select_option("both-want-it-more")
    expect(readout(page, "sentence")).to_contain_text("All at once holds")
    set_lever(page, "q_b", 0.75)
    reset.click()
    assert code(page) == "both-want-it-more"
    undo.click()
    assert code(page) == "both-want-it-more,q_b=0.75"


def test_replay_ends_where_it_started(page: Page) -> None:
    set_lever(page, "N", 2)
    set_lever(page, "pressure", 0.6)
    said = readout(page, "sentence").text_content()
    # The page keeps every sentence it showed, so that a replay that does nothing is noticed.
    page.evaluate(
        """root => { window.said = []; const node = document.querySelector(`${root} [data-readout=sentence]`);
        new MutationObserver(() => window.said.push(node.textContent)).observe(node, { childList: true, characterData: true, subtree: true }); }""",
        ROOT,
    )
    page.locator(f"{ROOT} [data-action=replay]").click()
    page.wait_for_function(
        "said => window.said.length > 1 && window.said.at(-1) === said", arg=said
    )
    assert any("2 slices hold" in sentence for sentence in page.evaluate("window.said"))
    assert code(page) == "class-default,N=2,pressure=0.6"


def test_reduced_motion_gets_marks_instead_of_movement(
    open_page: Callable[..., Page], site: str
) -> None:
    page = open_page(site, reduced_motion="reduce")
    page.wait_for_selector(f"{ROOT}[data-state=ready]")
    set_lever(page, "pressure", 0.6)
    page.locator(f"{ROOT} [data-action=replay]").click()
    assert page.locator(f"{ROOT} .kd-before").count() == 1
    assert code(page) == "class-default,pressure=0.6"


def test_a_code_restores_the_state_and_a_wrong_one_gets_a_sentence(page: Page) -> None:
    code(page)
    box, use = (
        page.locator(f"{ROOT} input[name=code]"),
        page.locator(f"{ROOT} [data-action=use-code]"),
    )
    box.fill("pyongyang-harder-to-undo,N=7,q_b=0.75")
    use.click()
    assert lever(page, "N").input_value() == "7"
    assert lever(page, "q_b").input_value() == "0.75"
    expect(page.get_by_text("These settings are restored.")).to_be_visible()
    box.fill("class-default,N=9999")
    use.click()
    assert lever(page, "N").input_value() == "24"
    expect(
        page.get_by_text("Number of slices goes from 1 to 24, so it was set to 24.")
    ).to_be_visible()
    before = lever(page, "N").input_value()
    for wrong in (
        "nonsense",
        "class-default,speed=3",
        "class-default,N=many",
        "class-default,N=NaN",
        "",
    ):
        box.fill(wrong)
        use.click()
        expect(page.locator(f"{ROOT} .kd-panel [role=status]")).not_to_be_empty()
        assert lever(page, "N").input_value() == before
    assert page.locator(ROOT).get_attribute("data-errors") == "0"


def test_an_error_keeps_the_last_good_chart(page: Page) -> None:
    set_lever(page, "N", 3)
    said, numbers = readout(page, "sentence").text_content(), chart_numbers(page)
    page.evaluate(
        "() => { document.kept = document.createElementNS; document.createElementNS = () => { throw new Error('seeded') } }"
    )
    set_lever(page, "N", 4)
    root = page.locator(ROOT)
    errors = root.get_attribute("data-errors")
    assert int(errors) > 0
    assert root.get_attribute("data-state") == "error"
    alert = page.locator(f"{ROOT} .kd-error")
    expect(alert).to_contain_text("The chart could not be redrawn. You see the last good one.")
    expect(page.get_by_text("Last good chart: 3 slices, pressure 0.80.")).to_be_visible()
    assert readout(page, "sentence").text_content() == said
    assert chart_numbers(page) == numbers
    page.evaluate("() => { document.createElementNS = document.kept }")
    alert.get_by_role("button").click()
    expect(alert).to_be_hidden()
    expect(readout(page, "sentence")).to_contain_text("4 slices hold")
    assert root.get_attribute("data-errors") == errors
    assert root.get_attribute("data-state") == "ready"


def test_present_is_for_wide_pages(page: Page) -> None:
    narrow = page.viewport_size["width"] < 640
    expect(page.locator(f"{ROOT} [data-action=present]")).to_be_visible(visible=not narrow)


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768)])
def test_the_big_view_shows_all_of_it(
    open_page: Callable[..., Page], site: str, size: tuple[int, int]
) -> None:
    """Nobody scrolls in front of a class, whatever the projector."""
    width, height = size
    page = open_ready(open_page, site, ROOT, width, height=height)
    page.locator(f"{ROOT} [data-action=present]").click()
    root = page.locator(f"{ROOT}.kd-presenting")
    expect(root).to_be_visible()
    for part in ("legend ~ div", ".kd-chart", ".kd-readout", "[data-action=undo]"):
        for one in root.locator(part).all():
            box = one.bounding_box()
            assert box["y"] + box["height"] <= height, part
            assert box["x"] + box["width"] <= width, part
    assert violations(page, ROOT) == []
    page.keyboard.press("Escape")
    page.evaluate("document.exitFullscreen().catch(() => {})")  # Chromium's own Escape is not sent
    expect(root).to_have_count(0)


def test_help_opens_and_closes(page: Page) -> None:
    help_ = page.get_by_role("button", name="About: Sanctions pressure")
    help_.click()
    expect(page.get_by_text(models.levers()["pressure"]["help"])).to_be_visible()
    help_.click()
    expect(page.get_by_text(models.levers()["pressure"]["help"])).to_be_hidden()


def test_the_status_line_waits_until_the_lever_rests(page: Page) -> None:
    for value in (0.7, 0.65, 0.6):
        set_lever(page, "pressure", value)
    sentence = readout(page, "sentence").text_content()
    expect(readout(page, "status")).to_have_text(sentence)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES.keys())
def test_axe_has_nothing_to_say(
    open_page: Callable[..., Page], site_with_card: str, width: int, scheme: str
) -> None:
    page = open_page(site_with_card, width=width, color_scheme=scheme)
    page.wait_for_selector(f"{ROOT}[data-state=ready]")
    set_lever(page, "pressure", 0.6)
    code(page)
    gaps_in_table(page)
    assert violations(page) == []


BOTH_ENDS = "N=8,delta=0.93,v_a=1.1,v_b_full=4.7,rho_a_legal=0.8,rho_b=0.45,q_b=0.9,pressure=0.49"


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_nothing_hangs_over_the_edge(
    open_page: Callable[..., Page], site_with_card: str, width: int
) -> None:
    page = open_ready(open_page, site_with_card, ROOT, width)
    code(page)
    for text in (
        "class-default",
        "class-default,N=4",
        "class-default,N=24",
        "class-default,N=24,pressure=0.5",
        f"class-default,{BOTH_ENDS}",
        "mirror,N=2",
        "pyongyang-harder-to-undo,N=3,pressure=1,first=a",
        "class-default,N=24,pressure=0.6,first=a",
        "both-want-it-more,pressure=0.5,wait=14,drift=0.03",
    ):
        page.locator(f"{ROOT} input[name=code]").fill(text)
        page.locator(f"{ROOT} [data-action=use-code]").click()
        assert set(code(page).split(",")) == set(text.split(","))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, text
        over = page.locator(f"{ROOT} .kd-lane-note").evaluate_all(
            """notes => notes.filter(note => note.getBoundingClientRect().right
              > note.closest(".kd-chart").getBoundingClientRect().right + 0.5).map(note => note.textContent)"""
        )
        assert over == [], text


@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES.keys())
def test_bars_stand_where_their_numbers_say(
    open_page: Callable[..., Page], site: str, width: int
) -> None:
    """The drawn bars, measured in pixels, have the heights that the model gives: nothing else checks the drawing."""
    page = open_ready(open_page, site, ROOT, width)
    for n, pressure, first in (
        (1, 0.8, "both"),
        (2, 0.6, "both"),
        (24, 0.5, "both"),
        (5, 0.9, "a"),
        (2, 0.8, "b"),
        (1, 0.8, "a"),
    ):
        set_lever(page, "N", n)
        set_lever(page, "pressure", pressure)
        who_first(page).select_option(first)
        read = models.read_out({"N": n, "pressure": pressure, "first": first})
        inside = [min(1.1, max(-0.5, gap)) for row in read["margins"] for gap in row[:n]]
        expected = sorted(max(2.5, abs(gap) / 1.6 * lane(page)) for gap in inside)
        heights = sorted(
            page.locator(f"{ROOT} rect.kd-bar").evaluate_all(
                "bars => bars.map(bar => bar.getBBox()).filter(box => box.height > 0).map(box => box.height)"
            )
        )
        assert heights == pytest.approx(expected, abs=0.1)


def lane(page: Page) -> float:
    return float(
        page.locator(f"{ROOT} .kd-chart").evaluate(
            "node => Number.parseFloat(getComputedStyle(node).getPropertyValue('--kd-lane'))"
        )
    )


def test_the_bundle_is_the_one_that_plotly_py_reports() -> None:
    head = gzip.decompress(_static.plotly())[:200].decode()
    assert f"v{get_plotlyjs_version()}" in head


def test_the_page_needs_no_file_of_jupyter(tmp_path: Path) -> None:
    page = write_page(tmp_path, "A & B", [ConcessionExplorer()])
    assert "A &amp; B" in page.read_text("utf-8")
