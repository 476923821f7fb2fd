"""The exercises in a page without any Python: by mouse, by keyboard, on a phone, in the dark."""

import hashlib
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kdebate.exercises import Code, Forecast, Poll, Predict, Quiz, Reflect, bank, portfolio
from kdebate.exercises.journal_bar import JournalBar
from kdebate.exercises.portfolio import Entry
from kdebate.site.page import write_page
from kdebate.widgets import ConcessionExplorer
from tests.browser.conftest import serve

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe.min.js"
EXTRA = {
    "99-forecast": {
        "kind": "forecast",
        "prompt": "Will talks be held at working level?",
        "resolves": "a meeting is announced by both sides",
        "opens": "2021-01-01",
        "source": "the two foreign ministries",
        "date": "2021-12-31",
    },
    "99-code": {
        "kind": "code",
        "prompt": "Which kind of claim is it?",
        "codes": [
            {"id": "fact", "label": "Fact", "meaning": "It can be checked now."},
            {"id": "prediction", "label": "Prediction", "meaning": "It says what will be."},
        ],
        "items": [{"text": f"Sentence {n}.", "source": "A speech"} for n in range(1, 5)],
    },
    "99-value": {
        "kind": "predict",
        "prompt": "How many?",
        "ask": "value",
        "min": 0,
        "max": 50,
        "step": 1,
        "unit": "slices",
        "answer": 10,
        "result": "Ten.",
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """One page with every kind of exercise, served on loopback."""
    known = bank.questions()
    extra = {name: one | {"id": name, "notebook": "99-test"} for name, one in EXTRA.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bank, "questions", lambda: known | extra)
        widgets = [
            JournalBar(),
            Predict("04-two-slices"),
            ConcessionExplorer(levers=["N"], predict="04-two-slices"),
            Quiz("04-end-last-slice"),
            Quiz("04-end-left-out"),
            Poll("04-all-or-steps"),
            Reflect("04-what-made-the-difference"),
            Reflect("04-missing-force"),
            Forecast("99-forecast"),
            Code("99-code"),
            Predict("99-value"),
        ]
        folder = tmp_path_factory.mktemp("site")
        write_page(folder, "Exercises", widgets)

    with serve(folder) as url:
        yield url


@pytest.fixture
def page(site, open_page):
    page = open_page(site)
    expect(card(page, "99-value")).to_be_visible()
    yield page
    counts = page.locator("[data-errors]").evaluate_all("all => all.map(one => one.dataset.errors)")
    assert set(counts) == {"0"}


def card(page, question_id):
    return page.locator(f"[data-kdebate-exercise='{question_id}']")


def press(box, action):
    box.locator(f"[data-action='{action}']").click()


def choose(box, text):
    box.locator(".kdx-option").filter(has_text=text).click()


def saved(box, state):
    expect(box).to_have_attribute("data-saved", state)


def entries(page):
    """Every version of every answer in this browser, oldest first."""
    texts = page.evaluate(
        "Object.entries(localStorage).filter(([k]) => k.startsWith('kdebate/journal/')).map(([, v]) => v)"
    )
    return sorted((json.loads(text) for text in texts), key=lambda one: one["answered_at"])


def stored(page):
    """Answers in this browser, newest per question."""
    return {one["question_id"]: one["answer"] for one in entries(page)}


def versions(page, question_id):
    return [one["answer"] for one in entries(page) if one["question_id"] == question_id]


def test_a_prediction_opens_the_levers_and_stays_after_a_reload(page):
    lever = page.locator("[data-kdebate=ConcessionExplorer] input[type=range][name=N]")
    expect(lever).to_be_disabled()
    box = card(page, "04-two-slices")
    press(box, "store")
    expect(box).to_contain_text("Choose or write something first")
    expect(lever).to_be_disabled()
    choose(box, "It still fails")
    saved(box, "no")
    box.locator("textarea[name='04-two-slices']").fill("as tempting")
    press(box, "store")
    expect(lever).to_be_enabled()
    expect(box).to_contain_text("It still fails, because as tempting")
    expect(box).to_contain_text("0.95 to each side, not 1.00")
    expect(box.locator("textarea[name='04-two-slices.why']")).to_be_focused()
    page.keyboard.type("Delay.")
    saved(box, "browser")
    page.reload()
    expect(lever).to_be_enabled()
    expect(card(page, "04-two-slices").locator("textarea:visible")).to_have_value("Delay.")


def test_skipping_is_noted_and_opens_the_levers(page):
    press(card(page, "04-two-slices"), "skip")
    expect(page.locator("[data-kdebate=ConcessionExplorer] input[name=N]").first).to_be_enabled()
    assert stored(page)["04-two-slices"] == {"skipped": True}


def test_a_lecturer_counts_hands_or_just_opens(page):
    box = card(page, "04-two-slices")
    press(box, "room")
    box.locator("[data-room=fails]").fill("17")
    press(box, "room-store")
    expect(box).to_contain_text("It still fails: 17")
    expect(page.locator("[data-kdebate=ConcessionExplorer] input[name=N]").first).to_be_enabled()
    assert stored(page)["04-two-slices"] == {"room": {"fails": 17}}


def test_a_number_claim_shows_its_gap_and_is_clamped(page):
    box = card(page, "99-value")
    number = box.locator("input[type=number]").first
    number.fill("9999")
    expect(box).to_contain_text("From 0 to 50.")
    number.fill("4")
    press(box, "store")
    expect(box).to_contain_text("6 slices away from what you said")


def test_quiz_gives_feedback_hints_and_keeps_the_first_try(page):
    box = card(page, "04-end-last-slice")
    expect(box.locator("[data-action=show]")).to_be_hidden()
    choose(box, "bigger towards the end")
    press(box, "store")
    expect(box).to_contain_text("Not this one.")
    expect(box).to_contain_text("all slices are equally wide")
    press(box, "hint")
    press(box, "hint")
    expect(box.locator("[data-action=hint]")).to_be_hidden()
    press(box, "store")  # "Try again"
    choose(box, "No later slice")
    press(box, "store")
    expect(box).to_contain_text("Yes.")
    expect(box).to_contain_text("At the first try you chose: The slices get bigger")
    answer = stored(page)["04-end-last-slice"]
    assert (answer["first"], answer["tries"], answer["hints"]) == (["bigger"], 2, 2)


def test_multiple_choice_tells_what_is_wrong_and_what_is_open(page):
    box = card(page, "04-end-left-out")
    choose(box, "content with them")
    choose(box, "counts for less")
    press(box, "store")
    expect(box).to_contain_text("Why less?")
    expect(box).to_contain_text("2 that belong are still open")
    press(box, "show")
    expect(box.locator(".kdx-feedback")).to_contain_text("Nothing in the model grows")


def test_vote_talk_vote_again(page):
    box = card(page, "04-all-or-steps")
    choose(box, "Step by step")
    press(box, "store")
    expect(box).to_contain_text("Talk to a neighbour")
    choose(box, "Everything at once")
    press(box, "store")
    expect(box).to_contain_text("You changed your vote.")
    assert stored(page)["04-all-or-steps"] == {"first": "steps", "second": "once"}


def test_a_text_is_stored_while_it_is_written_and_counted(page):
    box = card(page, "04-missing-force")
    box.locator("textarea[name='04-missing-force']").fill("Pocketed relief would.")
    box.locator("textarea[name='04-missing-force.evidence']").fill("X002")
    expect(box).to_contain_text("4 words")
    saved(box, "browser")
    assert stored(page)["04-missing-force"]["evidence"] == "X002"


def test_a_sitting_is_one_version_and_what_is_removed_is_kept(page):
    name = "04-what-made-the-difference"
    box = card(page, name)
    field = box.locator(f"textarea[name='{name}']")
    for text in ("A first sentence, long enough to be missed.", " And a second one."):
        field.focus()
        page.keyboard.type(text)
        saved(box, "browser")
    whole = "A first sentence, long enough to be missed. And a second one."
    assert versions(page, name) == [whole]
    field.fill("")
    saved(box, "browser")
    assert versions(page, name) == [whole, ""]


def test_what_is_typed_and_not_stored_outlives_the_page(page):
    box, forecast = card(page, "04-two-slices"), card(page, "99-forecast")
    choose(box, "It still fails")
    box.locator("textarea[name='04-two-slices']").fill("half a tho")
    forecast.locator("input[type=number]").fill("35")
    page.reload()
    saved(box, "no")
    expect(box.locator("textarea[name='04-two-slices']")).to_have_value("half a tho")
    expect(forecast.locator("input[type=range]")).to_have_value("35")
    assert stored(page) == {}, "a draft is no answer"
    bar = page.locator("[data-kdebate-journal]")
    press(bar, "save")
    expect(bar).to_contain_text("2 answers are begun but not stored")
    press(box, "store")
    press(forecast, "store")
    assert stored(page)["04-two-slices"] == {"claim": "fails", "reason": "half a tho"}
    assert stored(page)["99-forecast"]["probability"] == 0.35
    press(bar, "save")
    expect(bar).not_to_contain_text("begun but not stored")
    page.reload()
    saved(box, "browser")


def test_clearing_empties_the_cards_as_well(page):
    box, forecast = card(page, "04-two-slices"), card(page, "99-forecast")
    choose(box, "It still fails")
    box.locator("textarea[name='04-two-slices']").fill("mine")
    press(box, "store")
    forecast.locator("textarea").fill("mine too")
    bar = page.locator("[data-kdebate-journal]")
    press(bar, "clear")
    press(bar, "clear-yes")
    expect(forecast.locator("textarea")).to_have_value("")
    expect(box.locator("textarea[name='04-two-slices']")).to_have_value("")
    expect(box.locator("input:checked")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    choose(box, "It still fails")
    press(box, "store")
    saved(box, "browser")


def test_a_forecast_can_be_changed(page):
    box = card(page, "99-forecast")
    expect(box).to_contain_text("2021-12-31")
    box.locator("input[type=number]").fill("35")
    press(box, "store")
    expect(box).to_contain_text("Stored: 35 %")
    assert stored(page)["99-forecast"]["probability"] == 0.35


def test_coders_compare_by_a_short_code(page):
    box = card(page, "99-code")
    selects = box.locator("select")
    for i, code in enumerate(["fact", "prediction", "fact", "fact"]):
        selects.nth(i).select_option(code)
    expect(box).to_contain_text("4 of 4 coded.")
    mine = box.locator("input[readonly]").input_value()
    selects.nth(3).select_option("prediction")
    partner = box.locator("input[name='99-code.partner']")
    partner.fill(mine)
    press(box, "store")
    expect(box).to_contain_text("You agree on 3 of 4: 75 %.")
    expect(box.get_by_text("Cohen’s kappa sets")).to_be_hidden()
    press(box, "kappa")
    expect(box).to_contain_text("would agree on 50 % of them")
    expect(box).to_contain_text("0.50")
    partner.fill(mine[:-1] + ("0" if mine[-1] != "0" else "1"))
    press(box, "store")
    expect(box).to_contain_text("is not a partner’s code")


def tab_to(page, control):
    """Press Tab until a control has the focus, from wherever it is now; it must then be seen to have it."""
    for _ in range(150):
        if control.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(control).to_be_focused()
    assert control.evaluate(
        "one => [one, one.parentElement].some(n => getComputedStyle(n).outlineStyle !== 'none')"
    ), "no ring shows where the keyboard is"


def keys(page, control, *pressed):
    tab_to(page, control)
    for key in pressed:
        page.keyboard.press(key)


def action(box, name):
    return box.locator(f"[data-action='{name}']")


def test_the_whole_path_by_keyboard_alone(page, tmp_path):
    box = card(page, "04-two-slices")
    keys(page, box.locator("input[type=radio]").first, "Space", "ArrowDown")
    expect(box.locator("input[type=radio]").nth(1)).to_be_checked()
    tab_to(page, box.locator("textarea[name='04-two-slices']"))
    page.keyboard.type("because x, dd and b delete no cell")
    keys(page, action(box, "store"), "Enter")
    expect(box.locator("textarea:visible")).to_be_focused()
    page.keyboard.type("Why.")
    saved(box, "browser")

    quiz = card(page, "04-end-last-slice")
    keys(page, quiz.locator("input[type=radio]").first, "Space")
    keys(page, action(quiz, "store"), "Enter")
    expect(quiz.locator(".kdx-feedback")).to_be_visible()
    keys(page, action(quiz, "hint"), "Enter")
    keys(page, action(quiz, "show"), "Enter")
    several = card(page, "04-end-left-out")
    keys(page, several.locator("input[type=checkbox]").nth(1), "Space")
    keys(page, action(several, "store"), "Enter")

    poll = card(page, "04-all-or-steps")
    for pressed in (("Space",), ("Space", "ArrowDown")):
        keys(page, poll.locator("input[type=radio]").first, *pressed)
        keys(page, action(poll, "store"), "Enter")
    expect(poll).to_contain_text("You changed your vote.")

    reflect = card(page, "04-what-made-the-difference")
    tab_to(page, reflect.locator("textarea").first)
    page.keyboard.type("Delay made it.")
    keys(page, action(reflect, "store"), "Enter")

    forecast = card(page, "99-forecast")
    keys(page, forecast.locator("input[type=range]"), "ArrowRight", "PageUp")
    keys(page, action(forecast, "store"), "Enter")
    expect(forecast).to_contain_text("Stored:")

    code = card(page, "99-code")
    for i in range(4):
        keys(page, code.locator("select").nth(i), "f")
    tab_to(page, code.locator("input[name='99-code.partner']"))
    page.keyboard.type(code.locator("input[readonly]").input_value())
    keys(page, action(code, "store"), "Enter")
    keys(page, action(code, "kappa"), "Enter")
    expect(code).to_contain_text("You agree on 4 of 4")

    before = stored(page)
    assert len(before) == 7
    bar = page.locator("[data-kdebate-journal]")
    with page.expect_download(lambda one: one.suggested_filename.endswith(".json")) as caught:
        keys(page, action(bar, "save"), "Enter")
    file = tmp_path / caught.value.suggested_filename
    caught.value.save_as(file)
    keys(page, action(bar, "clear"), "Enter")
    keys(page, action(bar, "clear-yes"), "Enter")
    assert stored(page) == {}
    with page.expect_file_chooser() as chooser:
        keys(page, action(bar, "restore"), "Enter")
    chooser.value.set_files(file)
    expect(bar).to_contain_text("answers were new")
    assert stored(page) == before


def test_no_key_of_an_exercise_reaches_the_notebook(page):
    controls = page.locator(".kdx :is(button, input, select, textarea)")
    assert controls.count() > 40
    unguarded = "all => all.filter(one => one.dataset.lmSuppressShortcuts !== 'true').length"
    assert controls.evaluate_all(unguarded) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_and_width(site, open_page, scheme, width):
    page = open_page(site, width=width, color_scheme=scheme)
    quiz, poll = card(page, "04-end-last-slice"), card(page, "04-all-or-steps")
    choose(quiz, "bigger towards the end")
    press(quiz, "store")
    press(quiz, "hint")
    press(poll, "hands")
    press(card(page, "04-two-slices"), "skip")
    press(page.locator("[data-kdebate-journal]"), "clear")
    page.add_script_tag(path=AXE)
    rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
    found = page.evaluate(f"axe.run(document, {rules})")["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_browser_that_keeps_nothing_is_said_in_words(site, open_page):
    page = open_page("about:blank")
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page.goto(site)
    box = card(page, "04-two-slices")
    press(box, "skip")
    saved(box, "no")
    expect(box).to_contain_text("This browser refuses to keep a copy")


def test_the_page_and_python_write_the_same_receipt(site, open_page):
    answers = [
        1,
        0.1,
        -0.0,
        1e-7,
        2**53,
        "한국어 😀 \u2028",
        None,
        True,
        {"b": [1.5, "x"], "a": {}},
        "",
        [[]],
    ]
    entries = [
        Entry(f"é{n}", f"q{n % 4}", "note", "", answer, f"2026-01-0{1 + n % 3}T00:00:00.000Z")
        for n, answer in enumerate(answers)
    ]
    text = portfolio.to_json(entries, "")
    page = open_page(site)
    script = """async (text) => {
        const { parse } = await import("./kdebate/portfolio.js");
        const { sha256 } = await import("./kdebate/sha256.js");
        const held = parse("x", text, {}, { entries: 100, answer: 1000 });
        const hashes = [0, 55, 56, 63, 64, 65, 1000].map((n) => sha256(new Uint8Array(n).fill(97)));
        return [held.unchanged, hashes];
    }"""
    expected = [hashlib.sha256(b"a" * n).hexdigest() for n in (0, 55, 56, 63, 64, 65, 1000)]
    assert page.evaluate(script, text) == [True, expected]
