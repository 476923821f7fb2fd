"""The lever gives the answer: three predictions on one explorer, from the first guess to the last result."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from kdebate.exercises import Predict
from kdebate.exercises.journal_bar import JournalBar
from kdebate.widgets import ConcessionExplorer

from .axe import violations
from .conftest import served_page

pytestmark = pytest.mark.browser
OURS = "[data-kdebate], [data-kdebate-exercise]"
ASKED = ["04-pressure-60", "04-pressure-50", "04-pressure-100"]
ANSWERS = ["It needs 10 slices.", "No deal within 24 slices. With two", "It still needs 2 slices."]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    explorer = ConcessionExplorer.from_code(
        "class-default,N=2", levers=["pressure"], predict=" ".join(ASKED)
    )
    cards = [Predict(name) for name in ASKED]
    folder = tmp_path_factory.mktemp("site")
    with served_page(folder, "Asked", JournalBar(), *cards, explorer) as url:
        yield url


def card(page: Page, name: str) -> Locator:
    return page.locator(f"[data-kdebate-exercise='{name}']")


def answer(page: Page, name: str, option: int) -> None:
    box = card(page, name)
    box.locator(".kdx-option").nth(option).click()
    box.locator("[data-action=store]").click()
    expect(box.locator(".kdx-before")).to_be_hidden()


def lever(page: Page) -> Locator:
    return page.locator("[data-kdebate=ConcessionExplorer] input[type=range][name=pressure]")


def type_pressure(page: Page, value: str) -> None:
    box = page.locator("input[type=number][name=pressure]")
    box.fill(value)
    box.press("Tab")


def test_each_lever_stop_gives_its_answer_and_no_other(
    open_page: Callable[..., Page], site: str
) -> None:
    page = open_page(site, width=1366, reduced_motion="reduce")
    expect(lever(page)).to_be_disabled()
    assert not [text for text in ANSWERS if text in page.content()]
    answer(page, ASKED[0], 1)
    first = card(page, ASKED[0])
    expect(first).to_contain_text("Now move “Sanctions pressure” to 0.60.")
    expect(page.locator(f"[data-guess='{ASKED[0]}']")).to_contain_text("3 to 6")
    type_pressure(page, "0.65")
    expect(first.locator("[data-action=show]")).to_be_visible()
    stood = lever(page).bounding_box()
    type_pressure(page, "0.3")
    expect(lever(page)).to_have_value("0.6")
    expect(first).to_contain_text(ANSWERS[0])
    expect(first.locator(".kdx-surprise")).to_be_visible()
    stands = lever(page).bounding_box()
    assert stood
    assert stands
    assert stands["y"] == pytest.approx(stood["y"], abs=1)  # the card grew above it
    expect(page.locator(".kd-stop")).to_contain_text("Stops at 0.60")
    assert not [text for text in ANSWERS[1:] if text in page.content()]

    answer(page, ASKED[1], 3)
    second = card(page, ASKED[1])
    lever(page).focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    expect(lever(page)).to_have_value("0.5")
    expect(second).to_contain_text(ANSWERS[1])
    expect(second.locator(".kdx-right")).to_be_visible()
    expect(first).to_contain_text(ANSWERS[0])

    answer(page, ASKED[2], 1)
    page.keyboard.press("Enter")  # "Show me" has the focus
    expect(lever(page)).to_have_value("1")
    expect(card(page, ASKED[2])).to_contain_text(ANSWERS[2])
    expect(page.locator(".kd-stop")).to_be_hidden()
    expect(page.locator("[data-guess]")).to_have_count(3)
    page.locator("[data-action=guesses]").click()
    expect(page.locator(".kd-guesses ul")).to_be_hidden()
    assert violations(page, OURS) == []

    page.reload()
    expect(card(page, ASKED[2])).to_contain_text(
        ANSWERS[2]
    )  # the lever is remembered where it stood
    expect(first).to_contain_text("Now move “Sanctions pressure” to 0.60.")
    assert ANSWERS[0] not in page.content()
    first.locator("[data-action=show]").click()
    expect(lever(page)).to_have_value("0.6")
    expect(first).to_contain_text(ANSWERS[0])
    expect(page.locator("[data-errors]:not([data-errors='0'])")).to_have_count(0)


def test_an_answer_to_a_later_question_waits_for_the_first(
    open_page: Callable[..., Page], site: str
) -> None:
    page = open_page(site, width=360, color_scheme="dark")
    answer(page, ASKED[2], 1)
    last = card(page, ASKED[2])
    expect(lever(page)).to_be_disabled()
    expect(last).to_contain_text("First answer the question before this one")
    expect(last.locator("[data-action=show]")).to_be_hidden()
    card(page, ASKED[0]).locator("[data-action=skip]").click()
    expect(last.locator("[data-action=show]")).to_be_hidden()
    card(page, ASKED[0]).locator("[data-action=show]").click()
    expect(card(page, ASKED[0])).to_contain_text(ANSWERS[0])
    expect(lever(page)).to_have_value("0.6")
    assert ANSWERS[2] not in page.content()
    assert violations(page, OURS) == []
    card(page, ASKED[1]).locator("[data-action=skip]").click()
    expect(last).to_contain_text("Now move “Sanctions pressure” to 1.00.")
    expect(page.locator("[data-guess]")).to_have_count(1)
