"""BasketExplorer on a page without Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from kdebate.evidence import basket
from kdebate.widgets import BasketExplorer

from .axe import violations
from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=BasketExplorer]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_page(tmp_path_factory.mktemp("basket"), "The basket", BasketExplorer()) as url:
        yield url


@pytest.fixture
def page(open_page: Callable[..., Page], site: str) -> Page:
    return open_ready(open_page, site, ROOT)


def item(page: Page, name: str) -> Locator:
    return page.locator(f"{ROOT} [data-item={name}]")


def card(page: Page) -> Locator:
    return page.locator(f"{ROOT} [data-card]")


def sentence(page: Page) -> Locator:
    return page.locator(f"{ROOT} [data-readout=sentence]")


def test_every_filter_shows_what_python_says(page: Page) -> None:
    explorer = BasketExplorer()
    for show in ("asked", "granted", "taken_back", "all"):
        page.locator(f"{ROOT} [data-show={show}]").click()
        explorer.show = show
        expect(sentence(page)).to_have_text(explorer.describe())
        expect(page.locator(f"{ROOT} .kd-item")).to_have_count(explorer.read_out["shown"] + 1)
        names = page.locator(f"{ROOT} .kd-item").evaluate_all("all => all.map(b => b.dataset.item)")
        expected = {row["id"] for row in basket.shown(show)} | {"hostile_policy_general"}
        assert set(names) == expected


def test_one_step_from_a_mark_to_quotation_and_source_by_mouse(page: Page) -> None:
    item(page, "joint_exercises").click()
    expect(card(page)).to_contain_text("permanently ending its joint military exercises")
    expect(card(page)).to_contain_text("Kim Song, 27 September 2021")
    expect(card(page)).to_contain_text("Status: primary source")
    expect(card(page).locator("a").first).to_have_attribute(
        "href", r"https://doi.org/10.7910/DVN/0TJX8Y"
    )
    page.locator(f"{ROOT} [data-action=statements]").click()
    expect(card(page).locator("li")).to_have_count(34)
    assert all(
        card(page)
        .locator("li")
        .evaluate_all("all => all.map(li => li.querySelectorAll('.kd-by').length === 2)")
    )
    page.locator(f"{ROOT} [data-action=close]").click()
    expect(card(page)).to_have_count(0)


def test_keyboard_alone_opens_closes_and_keeps_the_focus(page: Page) -> None:
    item(page, "terrorism_list").focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_have_attribute("data-card", "terrorism_list")
    expect(item(page, "terrorism_list")).to_be_focused()
    expect(item(page, "terrorism_list")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(item(page, "terrorism_list")).to_be_focused()
    # Esc from inside the card goes back to the item as well
    page.keyboard.press("Space")
    page.locator(f"{ROOT} [data-action=statements]").focus()
    page.keyboard.press("Escape")
    expect(item(page, "terrorism_list")).to_be_focused()


def test_every_card_opens_without_a_fault(page: Page) -> None:
    for row in basket.record()["items"]:
        item(page, row["id"]).click()
        expect(card(page)).to_have_attribute("data-card", row["id"])
        button = page.locator(f"{ROOT} [data-action=statements]")
        button.click()
        expect(card(page).locator("li")).to_have_count(len(row["statements"]))
    assert page.locator(ROOT).get_attribute("data-errors") == "0"


def test_what_nobody_checked_is_marked_in_words(page: Page) -> None:
    expect(item(page, "joint_exercises")).to_contain_text("not checked against a document")
    item(page, "joint_exercises").click()
    expect(card(page).locator("dd .kd-unchecked")).to_have_count(1)
    expect(card(page)).to_contain_text("Dotted line: written down without opening the document.")
    page.locator(f"{ROOT} [data-action=table]").click()
    expect(page.locator(f"{ROOT} .kd-table")).to_contain_text(
        "granted, then taken back (not checked)"
    )


def test_nothing_is_given_away_while_locked(open_page: Callable[..., Page], tmp_path) -> None:
    explorer = BasketExplorer()
    explorer.locked = True
    with served_page(tmp_path, "Locked", explorer) as url:
        page = open_ready(open_page, url, ROOT)
        expect(sentence(page)).to_contain_text("Predict first")
        expect(item(page, "joint_exercises")).to_be_disabled()
        expect(page.locator(f"{ROOT} [data-action=table]")).to_be_disabled()
        assert page.locator(f"{ROOT} .kd-item-marks").count() == 0
        # neither the rows nor their counts answer "who could change it?"
        assert page.locator(f"{ROOT} tbody tr").count() == 2
        own = explorer._spec["own"]["head"]
        heads = page.locator(f"{ROOT} tbody th").all_inner_texts()
        assert [text.strip() for text in heads] == [own["locked"], own["general"]]


def press(page: Page, action: str) -> None:
    page.locator(f"{ROOT} [data-action={action}]").click()


def test_undo_redo_and_reset_walk_filters_and_cards(page: Page) -> None:
    page.locator(f"{ROOT} [data-show=asked]").click()
    item(page, "terrorism_list").click()
    press(page, "undo")
    expect(card(page)).to_have_count(0)
    expect(page.locator(f"{ROOT} [data-show=asked]")).to_have_attribute("aria-pressed", "true")
    press(page, "undo")
    expect(page.locator(f"{ROOT} [data-show=all]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"{ROOT} [data-action=undo]")).to_be_disabled()
    press(page, "redo")
    press(page, "redo")
    expect(card(page)).to_have_attribute("data-card", "terrorism_list")
    press(page, "reset")
    expect(card(page)).to_have_count(0)
    expect(page.locator(f"{ROOT} [data-show=all]")).to_have_attribute("aria-pressed", "true")
    assert page.locator(ROOT).get_attribute("data-errors") == "0"


def test_a_code_brings_a_state_back(page: Page) -> None:
    item(page, "terrorism_list").click()
    press(page, "share")
    code = page.locator(f"{ROOT} input[name=code]")
    wanted = BasketExplorer(item="terrorism_list").code
    expect(code).to_have_value(wanted)
    press(page, "reset")
    code.fill(wanted)
    code.press("Enter")
    expect(card(page)).to_have_attribute("data-card", "terrorism_list")
    code.fill("whole-basket,show=war")
    code.press("Enter")
    expect(page.locator(f"{ROOT} .kd-panel [role=status]")).to_contain_text("“war” is not")


def test_the_big_view_reads_larger(page: Page) -> None:
    size = "node => Number.parseFloat(getComputedStyle(node).fontSize)"
    before = item(page, "terrorism_list").evaluate(size)
    press(page, "present")
    expect(page.locator(f"{ROOT}.kd-presenting")).to_be_visible()
    assert item(page, "terrorism_list").evaluate(size) >= 1.5 * before
    press(page, "present")
    expect(page.locator(f"{ROOT}.kd-presenting")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
def test_accessible_and_no_wider_than_the_page(
    open_page: Callable[..., Page], site: str, width: int
) -> None:
    page = open_ready(open_page, site, ROOT, width)
    item(page, "joint_exercises").click()
    page.locator(f"{ROOT} [data-action=statements]").click()
    page.locator(f"{ROOT} [data-action=table]").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
