"""Lists on one screen: claims to code, forecasts to seal, envelopes to open; by mouse and by keyboard."""

import json

import pytest
from playwright.sync_api import expect

from kdebate.exercises import Code, Envelopes, Forecasts
from kdebate.questions import bank
from kdebate.tables import read
from tests.browser.axe import WCAG, violations
from tests.browser.conftest import served_page

pytestmark = pytest.mark.browser

FILED = [name for name, asked in bank.questions().items() if asked["kind"] == "forecast"]
CLAIMS = "01-sort-claims"
SCREEN = 650
# As module 0.1.0 stored them.
OF_OLD = {
    CLAIMS: {"codes": {"1": "fact", "12": "prescription"}, "partner": "K7334-123412341234-2"},
    FILED[0]: {"probability": 0.35, "reason": "Announced."},
}
PUT = """(entries) => entries.forEach((one) => localStorage.setItem(
    `kdebate/journal/2/%2F/page/${one.entry_id}`, JSON.stringify(one)))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    lists = [Code(CLAIMS), Forecasts(*FILED), Envelopes(*FILED)]
    with served_page(tmp_path_factory.mktemp("lists"), "Lists", *lists) as url:
        yield url


@pytest.fixture
def page(site, open_page):
    page = open_page(site, width=1366, height=SCREEN)
    expect(envelopes(page)).to_be_visible()
    yield page
    counts = page.locator("[data-errors]").evaluate_all("all => all.map(one => one.dataset.errors)")
    assert set(counts) == {"0"}


def claims(page):
    return page.locator(f"[data-kdebate-exercise='{CLAIMS}']")


def table(page):
    return page.locator("[data-kdebate=Forecasts]")


def envelopes(page):
    return page.locator("[data-kdebate=Envelopes]")


def row(page, n):
    return page.locator(f"[data-kdebate-exercise='{FILED[n]}']")


def press(box, action):
    box.locator(f"[data-action='{action}']").click()


def stored(page, question_id):
    """Every version of an answer in this browser, oldest first."""
    texts = page.evaluate(
        "Object.entries(localStorage).filter(([k]) => k.startsWith('kdebate/journal/')).map(([, v]) => v)"
    )
    found = [one for one in map(json.loads, texts) if one["question_id"] == question_id]
    return [one["answer"] for one in sorted(found, key=lambda one: one["answered_at"])]


def code_all(page, code="fact"):
    for item in claims(page).locator(".kdx-item").all():
        item.locator(f"input[value={code}]").check()


def fill_all(page, value="40"):
    for box in table(page).locator("input[type=number]").all():
        box.fill(value)


def test_a_list_is_no_taller_than_a_screen(page):
    assert claims(page).locator(".kdx-items").bounding_box()["height"] <= SCREEN - 100
    assert table(page).bounding_box()["height"] <= SCREEN
    assert page.locator("blockquote").count() == 0
    assert "Quotation" not in claims(page).inner_text()


def test_claims_are_coded_by_arrow_keys_and_compared_in_place(page):
    box = claims(page)
    press(box, "reveal")
    expect(box).to_contain_text("First choose for all 12: 12 to go.")
    assert "The table:" not in box.inner_text()
    first = box.locator(".kdx-item").first
    first.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(first.locator("input[value=interpretation]")).to_be_checked()
    code_all(page)
    press(box, "reveal")
    kinds = [read.find(one["row"])[1]["kind"] for one in bank.question(CLAIMS)["items"]]
    for item, kind in zip(box.locator(".kdx-item").all(), kinds, strict=True):
        expect(item).to_contain_text(f"The table: {kind}.")
        expect(item.locator(".kdx-sign")).to_have_text("✓" if kind == "fact" else "≠")
    box.locator(".kdx-item").first.locator("input[value=prediction]").check()
    assert [one["codes"]["1"] for one in stored(page, CLAIMS)] == ["fact", "prediction"]


def test_a_partners_code_is_compared_line_by_line_and_old_complaints_go(page):
    box = claims(page)
    press(box, "store")
    missing = box.get_by_text("Paste your partner’s code first.")
    expect(missing).to_be_visible()
    code_all(page)
    box.locator(f"input[name='{CLAIMS}.partner']").fill("K7334-123412341234-2")
    press(box, "store")
    expect(box).to_contain_text("You agree on 3 of 12: 25 %.")
    expect(missing).to_be_hidden()
    expect(box.locator(".kdx-item").nth(1)).to_contain_text("Your partner: interpretation.")
    expect(box.get_by_text("Cohen’s kappa sets")).to_be_hidden()


def test_sources_of_claims_wait_for_the_forecasts(page):
    marks = claims(page).locator("[data-action=sources]")
    expect(marks.first).to_be_hidden()
    fill_all(page)
    expect(marks.first).to_be_hidden()
    press(table(page), "seal")
    expect(marks.first).to_be_visible()
    sources = claims(page).locator(".kdx-item-sources").first
    expect(sources).to_be_hidden()
    marks.first.click()
    expect(sources).to_be_visible()


def test_forecasts_are_sealed_together_and_150_is_refused(page):
    box = table(page)
    fill_all(page)
    row(page, 0).locator("input[type=number]").fill("150")
    row(page, 1).locator("input[type=checkbox]").check()
    press(box, "seal")
    expect(row(page, 0)).to_contain_text("From 0 to 100. 150 is outside, so it is not taken.")
    expect(row(page, 0).locator("input[type=number]")).to_be_focused()
    assert stored(page, FILED[0]) == []
    expect(box).to_contain_text("8 of 9 have a number, 8 are sealed.")
    row(page, 0).locator("input[type=number]").fill("15")
    press(row(page, 0), "reason")
    row(page, 0).locator("textarea").fill("It was announced.")
    press(box, "seal")
    expect(box).to_contain_text("All sealed.")
    assert stored(page, FILED[0]) == [{"probability": 0.15, "reason": "It was announced."}]
    assert stored(page, FILED[1]) == [{"probability": 0.4, "reason": "", "knew": True}]
    page.reload()
    expect(row(page, 0).locator(".kdx-row-sealed")).to_have_text("15 %")
    press(box, "change")
    row(page, 2).locator("input[type=number]").fill("5")
    press(box, "seal")
    assert [one["probability"] for one in stored(page, FILED[2])] == [0.4, 0.05]
    assert len(stored(page, FILED[0])) == 1, "what was not changed is not stored again"


def test_a_number_that_is_typed_and_not_sealed_outlives_the_page(page):
    row(page, 3).locator("input[type=number]").fill("7")
    page.reload()
    expect(row(page, 3).locator("input[type=number]")).to_have_value("7")
    assert stored(page, FILED[3]) == []


def test_answers_of_old_open(page, site):
    entries = [
        {
            "entry_id": f"old-{n}",
            "question_id": name,
            "kind": bank.question(name)["kind"],
            "notebook": "01-read-the-argument",
            "answer": answer,
            "answered_at": "2026-01-01T00:00:00.000Z",
            "module_version": "0.1.0",
        }
        for n, (name, answer) in enumerate(OF_OLD.items())
    ]
    page.goto(f"{site.rsplit('/', 1)[0]}/kdebate/page/words.js")
    page.evaluate(PUT, entries)
    page.goto(site)
    expect(row(page, 0).locator(".kdx-row-sealed")).to_have_text("35 %")
    expect(claims(page)).to_contain_text("2 of 12 coded.")
    expect(claims(page)).to_contain_text("You agree on 2 of 2: 100 %.")
    expect(envelopes(page).locator("li").first).to_contain_text("Sealed on 1 Jan 2026.")


def test_an_envelope_tells_what_happened_only_once_it_is_open(page):
    outcomes = [*read.rows(read.resource("forecast_outcomes"))]
    row(page, 0).locator("input[type=number]").fill("80")
    press(row(page, 0), "reason")
    row(page, 0).locator("textarea").fill("It was announced.")
    press(table(page), "seal")
    live = page.locator("main > div").evaluate_all("all => all.map(one => one.innerHTML).join('')")
    assert "Vladivostok" not in live
    assert "It happened" not in live
    first, second = (envelopes(page).locator("li").nth(n) for n in (0, 1))
    expect(second).to_contain_text("You made no forecast of this one.")
    first.locator("[data-action=open]").focus()
    page.keyboard.press("Enter")
    expect(first).to_contain_text("You said 80 %. It happened, on 25 Apr 2019.")
    expect(first).to_contain_text("Your reason: It was announced.")
    expect(first.locator("sup a")).to_have_count(1)
    assert "Panmunjom" not in envelopes(page).inner_text()
    press(envelopes(page), "open-all")
    for item, outcome in zip(envelopes(page).locator("li").all(), outcomes, strict=True):
        expect(item).to_contain_text(outcome["happened"])
        expect(item.locator("sup > *")).to_have_count(len(outcome["row_ids"].split(";")))
    vague = envelopes(page).locator("li").last
    expect(vague).to_contain_text("You made no forecast. Whether it happened cannot be said.")
    expect(vague).to_contain_text("The rule does not decide this one.")


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (360, "dark")])
def test_axe_and_width(site, open_page, width, scheme):
    page = open_page(site, width=width, color_scheme=scheme)
    code_all(page)
    press(claims(page), "reveal")
    fill_all(page)
    row(page, 0).locator("input[type=number]").fill("150")
    press(row(page, 8), "rule")
    press(row(page, 0), "reason")
    press(table(page), "seal")
    row(page, 0).locator("input[type=number]").fill("50")
    press(table(page), "seal")
    press(claims(page).locator(".kdx-item").nth(1), "sources")
    press(envelopes(page), "open-all")
    assert violations(page, ".kdx", WCAG) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
