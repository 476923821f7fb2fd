"""The exercises in a page without any Python: by mouse, by keyboard, on a phone, in the dark."""

import json
import re

import pytest
from playwright.sync_api import expect

from kdebate.exercises import Code, Forecast, Poll, Predict, Quiz, Reflect
from kdebate.exercises.journal_bar import JournalBar
from kdebate.journal import portfolio
from kdebate.questions import bank
from kdebate.site.page import write_page
from kdebate.widgets import ConcessionExplorer
from tests.browser.axe import WCAG, violations
from tests.browser.conftest import serve

pytestmark = pytest.mark.browser

NAME = "04-what-made-the-difference"
POLL = "04-all-or-steps"
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
    # In chapter 04 a play of the game answers it; here a lever does.
    by_lever = {key: one for key, one in known["04-two-slices"].items() if key != "play"}
    extra["04-two-slices"] = by_lever | {"at": {"N": 2, **by_lever["at"]}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bank, "questions", lambda: known | extra)
        widgets = [
            JournalBar(),
            Predict("04-two-slices"),
            ConcessionExplorer(levers=["N"], predict="04-two-slices"),
            Quiz("04-end-last-slice"),
            Quiz("04-end-left-out"),
            Poll("04-all-or-steps"),
            Poll("04-all-or-steps", round=2),
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


def card(page, question_id, round=1):
    """The card of a question; of a poll, the one where that vote is cast."""
    named = f"[data-kdebate-exercise='{question_id}']"
    rounds = (":not([data-round=second])", "[data-round=second]")
    return page.locator(named + rounds[round - 1])


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
    expect(box).to_contain_text("Now move “Number of slices” to 2.")
    expect(box.locator("[data-action=show]")).to_be_focused()
    assert "0.95 to each side, not 1.00" not in page.content()
    page.keyboard.press("Enter")
    expect(box).to_contain_text("0.95 to each side, not 1.00")
    expect(box).to_contain_text("A surprise")
    expect(lever).to_have_value("2")
    expect(box.locator("textarea[name='04-two-slices.why']")).to_be_focused()
    page.keyboard.type("Delay.")
    saved(box, "browser")
    page.reload()
    expect(lever).to_be_enabled()
    expect(card(page, "04-two-slices").locator("textarea:visible")).to_have_value("Delay.")


def test_skipping_is_noted_and_opens_the_levers(page):
    press(card(page, "04-two-slices"), "skip")
    lever = page.locator("[data-kdebate=ConcessionExplorer] input[name=N]").first
    expect(lever).to_be_enabled()
    assert stored(page)["04-two-slices"] == {"skipped": True}
    expect(page.locator("[data-guess]")).to_have_count(0)
    lever.press("ArrowRight")
    expect(card(page, "04-two-slices")).to_contain_text("0.95 to each side")
    expect(card(page, "04-two-slices").locator(".kdx-verdict")).to_have_count(0)


def test_a_lecturer_counts_hands_or_just_opens(page):
    box = card(page, "04-two-slices")
    expect(box.locator("[data-action=room]")).to_be_hidden()
    expect(card(page, POLL).locator("[data-action=hands]")).to_be_hidden()
    press(page.locator("[data-kdebate-journal]"), "teach")
    press(box, "room")
    box.locator("[data-room=fails]").fill("17")
    press(box, "room-store")
    expect(box.locator(".kdx-outcome")).to_contain_text("It still fails17")
    expect(page.locator("[data-kdebate=ConcessionExplorer] input[name=N]").first).to_be_enabled()
    expect(box.locator(".kdx-bars li")).to_have_count(1)
    expect(page.locator("[data-guess='04-two-slices']")).to_contain_text("the room said")
    assert "0.95 to each side, not 1.00" not in page.content()
    assert stored(page)["04-two-slices"] == {"room": {"fails": 17}}


def a_number_claim_shows_how_far_it_is_and_is_clamped(page):
    box = card(page, "99-value")
    number = box.locator("input[type=number]").first
    number.fill("9999")
    expect(box).to_contain_text("From 0 to 50.")
    number.fill("4")
    press(box, "store")
    expect(box).to_contain_text("6 slices away from what you said")


def a_quiz_gives_feedback_hints_and_keeps_the_first_try(page):
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
    right = box.locator(".kdx-right")
    expect(right).to_have_text(re.compile("^Yes, right\\. "))
    expect(right.locator("svg.kd-icon")).to_be_visible()
    expect(box).not_to_contain_text("first try")
    answer = stored(page)["04-end-last-slice"]
    assert (answer["first"], answer["tries"], answer["hints"]) == (["bigger"], 2, 2)


def multiple_choice_tells_what_is_wrong_and_what_is_open(page):
    box = card(page, "04-end-left-out")
    choose(box, "content with them")
    choose(box, "counts for less")
    press(box, "store")
    expect(box).to_contain_text("Why less?")
    expect(box).to_contain_text("2 that belong are still open")
    press(box, "show")
    expect(box.locator(".kdx-feedback")).to_contain_text("Nothing in the model grows")


def the_second_vote_stands_elsewhere_with_the_first_beside_it(page):
    first, second = card(page, POLL), card(page, POLL, 2)
    choose(second, "Neither")
    press(second, "store")
    expect(second).to_contain_text("You have not cast the first vote.")
    assert stored(page)[POLL] == {"second": "neither"}
    choose(first, "Everything at once")
    press(first, "store")
    press(first, "change")
    choose(first, "Step by step")
    press(first, "store")
    expect(first).to_contain_text("asks you again at its end")
    expect(first.locator("[data-action=store]")).to_be_hidden()
    expect(second).to_contain_text("First voteStep by step")
    press(second, "change")
    choose(second, "Everything at once")
    press(second, "store")
    expect(second).to_contain_text("You voted differently this time.")
    assert stored(page)[POLL] == {"first": "steps", "second": "once"}


def a_text_is_stored_while_it_is_written_and_counted(page):
    box = card(page, "04-missing-force")
    box.locator("textarea[name='04-missing-force']").fill("Pocketed relief would.")
    box.locator("textarea[name='04-missing-force.evidence']").fill("X002")
    expect(box).to_contain_text("4 words")
    saved(box, "browser")
    assert stored(page)["04-missing-force"]["evidence"] == "X002"


def test_evidence_is_picked_from_the_list_of_sources(page):
    """What was written stays above it; a word that is no source stays a word."""
    page.evaluate(
        """() => document.body.insertAdjacentHTML("beforeend", `<table><tr><td>1</td><td>The summit collapsed</td>
           <td>A paper</td><td>row:C03</td></tr><tr><td>2</td><td>Said so</td><td>A speech</td><td>cite:SCMP</td></tr></table>`)"""
    )
    box = card(page, "04-missing-force")
    evidence = box.locator("textarea[name='04-missing-force.evidence']")
    find = box.get_by_label("Find a source:")
    evidence.fill("My own words")
    find.focus()
    offered = find.evaluate("one => [...one.list.options].map(option => option.value)")
    assert offered == ["C03: The summit collapsed", "SCMP: Said so"]
    find.fill("collapsed")
    expect(evidence).to_have_value("My own words")
    find.fill(offered[0])
    expect(evidence).to_have_value(f"My own words\n{offered[0]}")
    expect(find).to_have_value("")
    saved(box, "browser")
    assert stored(page)["04-missing-force"]["evidence"].endswith(offered[0])


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
    press(box, "store")
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


def a_forecast_can_be_changed(page):
    box = card(page, "99-forecast")
    expect(box).to_contain_text("2021-12-31")
    box.locator("input[type=number]").fill("35")
    press(box, "store")
    expect(box).to_contain_text("Stored: 35 %")
    assert stored(page)["99-forecast"]["probability"] == 0.35


def choose_code(box, i, code):
    box.locator(".kdx-item").nth(i).locator(f"input[value={code}]").check()


def coders_compare_by_a_short_code(page):
    box = card(page, "99-code")
    for i, code in enumerate(["fact", "prediction", "fact", "fact"]):
        choose_code(box, i, code)
    expect(box).to_contain_text("4 of 4 coded.")
    mine = box.locator("input[readonly]").input_value()
    choose_code(box, 3, "prediction")
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


def test_each_kind_answers_in_its_own_way(page):
    a_number_claim_shows_how_far_it_is_and_is_clamped(page)
    a_quiz_gives_feedback_hints_and_keeps_the_first_try(page)
    multiple_choice_tells_what_is_wrong_and_what_is_open(page)
    the_second_vote_stands_elsewhere_with_the_first_beside_it(page)
    a_text_is_stored_while_it_is_written_and_counted(page)
    a_forecast_can_be_changed(page)
    coders_compare_by_a_short_code(page)


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
    expect(action(box, "show")).to_be_focused()
    page.keyboard.press("Enter")
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

    for n, pressed in ((1, ("Space",)), (2, ("Space", "ArrowDown"))):
        poll = card(page, POLL, n)
        keys(page, poll.locator("input[type=radio]").first, *pressed)
        keys(page, action(poll, "store"), "Enter")
    expect(poll).to_contain_text("You voted differently this time.")

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
        keys(page, code.locator(".kdx-item").nth(i).locator("input").first, "Space", "ArrowRight")
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
    expect(bar).to_contain_text("new here")
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
    press(page.locator("[data-kdebate-journal]"), "teach")
    press(poll, "hands")
    press(card(page, "04-two-slices"), "skip")
    for said in ("Words.", "Quite other words.", ""):
        text(page).fill(said)
        press(card(page, NAME), "store") if said else expect(
            action(card(page, NAME), "put-back")
        ).to_be_visible()
    press(card(page, NAME), "versions")
    press(page.locator("[data-kdebate-journal]"), "clear")
    assert violations(page, ".kdx", WCAG) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


EARLIER = {
    "04-two-slices": [
        {"claim": "fails", "reason": "as tempting"},
        {"claim": "fails", "why": "delay"},
    ],
    "04-all-or-steps": [{"first": "steps"}, {"first": "steps", "second": "steps"}],
    NAME: ["Of old.", "Newer."],
    "04-missing-force": [{"claim": "Of old."}, {"claim": "Newer.", "confidence": 0.5}],
    "99-forecast": [{"probability": 0.3, "reason": "r"}, {"probability": 0.4, "reason": ""}],
    "99-code": [{"codes": {"1": "fact"}}, {"codes": {"1": "prediction"}}],
    "99-value": [{"claim": 3}, {"claim": 4}],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_on_every_card_with_earlier_versions_and_every_question_of_the_bar(
    site, open_page, scheme
):
    page = open_page(site, width=860, color_scheme=scheme)
    for question_id, answers in EARLIER.items():
        for n, answer in enumerate(answers):
            stamp = f"2026-01-0{n + 1}T00:00:00.000Z"
            store_elsewhere(page, question_id, answer, stamp, f"{question_id}-{n}")
    store_elsewhere(page, NAME, "Ahead.", "2300-01-01T00:00:00.000Z", "ahead")
    foreign = json.dumps({"entry_id": "f", "question_id": "q", "answer": 1, "answered_at": stamp})
    page.evaluate(PUT, [f"kdebate/journal/2/%2F/{'a' * 24}/f", foreign])
    page.reload()
    for question_id in EARLIER:
        press(card(page, question_id), "versions")
        expect(action(card(page, question_id), "take-back")).to_have_count(1)
    expect(page.locator("[data-found]")).to_have_count(2)
    page.locator("[data-action=found-remove]").first.click()
    text(page).fill("w" * (ROOM + 3))
    expect(card(page, NAME)).to_contain_text("too long")
    assert violations(page, ".kdx", WCAG) == []


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


# ---- nothing typed is lost --------------------------------------------------------------------------

ROOM = portfolio.LONGEST_ANSWER - 2  # the quotation marks of a text count
PUT = "([key, text]) => localStorage.setItem(key, text)"


def text(page, question_id=NAME):
    return card(page, question_id).locator(f"textarea[name='{question_id}']")


def store_elsewhere(
    page, question_id, answer, stamp="2026-01-01T00:00:00.000Z", entry_id="old", kind=None
):
    """An answer that another page, a file or an older version left in this browser."""
    kind = kind or card(page, question_id).get_attribute("data-kind")
    entry = {
        "entry_id": entry_id, "question_id": question_id, "kind": kind, "notebook": "99-test",
        "module_version": "0.1.0", "answered_at": stamp, "answer": answer,
    }  # fmt: skip
    page.evaluate(PUT, [f"kdebate/journal/2/%2F/page/{entry_id}", json.dumps(entry)])


def test_a_text_that_is_too_long_says_so_and_loses_nothing(page):
    box, field = card(page, NAME), text(page)
    field.fill("Short words.")
    saved(box, "browser")
    long = "w" * (ROOM + 3)
    field.fill(long)
    expect(box).to_contain_text("3 characters too long to be stored (the limit is 200,000)")
    press(box, "store")
    saved(box, "no")
    page.reload()
    expect(field).to_have_value(long)
    expect(box).to_contain_text("3 characters too long")
    assert versions(page, NAME) == ["Short words."]
    field.press("Control+End")
    field.press("Backspace")
    expect(box).to_contain_text("2 characters too long")
    field.fill("w" * ROOM)
    saved(box, "browser")
    expect(box).not_to_contain_text("too long")
    assert versions(page, NAME)[-1] == "w" * ROOM


@pytest.mark.parametrize("question_id", ["04-two-slices", "99-forecast", "99-code"])
def test_no_button_takes_a_text_that_is_too_long(page, question_id):
    box = card(page, question_id)
    if question_id == "04-two-slices":
        choose(box, "It still fails")
    elif question_id == "99-forecast":
        box.locator("input[type=number]").fill("35")
    field = box.locator("textarea:visible, input[name='99-code.partner']").first
    field.fill("w" * ROOM)
    press(box, "store")
    expect(box).to_contain_text("too long to be stored")
    expect(field).to_have_value("w" * ROOM)
    assert stored(page) == {}
    page.reload()
    expect(field).to_have_value("w" * ROOM)


def test_no_room_even_for_a_draft_is_said_and_the_page_asks_before_it_goes(page):
    field, box = text(page), card(page, NAME)
    page.evaluate(PUT, ["other", "x" * 5_000_000])
    field.fill("w" * (ROOM + 300_000))
    expect(box).to_contain_text("no room for what you typed")
    field.press("End")  # a browser asks only someone who has used the page
    with page.expect_event("dialog") as asked:
        page.evaluate("setTimeout(() => location.reload())")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    page.evaluate("localStorage.removeItem('other')")
    field.fill("Short.")
    saved(box, "browser")


def test_words_outlive_a_store_that_fails(page):
    """Whatever breaks below the card: what was typed stays on it, in the draft, and the line says so."""
    field, box = text(page), card(page, NAME)
    field.fill("First.")
    saved(box, "browser")
    page.evaluate("() => { Date.prototype.toISOString = () => { throw new Error('broken') } }")
    field.fill("First. Second.")
    expect(box).to_contain_text("reload the page and it stands here again")
    saved(box, "no")
    page.reload()
    expect(field).to_have_value("First. Second.")
    saved(box, "browser")
    assert versions(page, NAME)[-1] == "First. Second."


def test_words_typed_a_moment_before_save_are_in_the_file(page):
    with page.expect_download(lambda one: one.suggested_filename.endswith(".json")) as caught:
        text(page).evaluate(
            """(field) => {
                field.value = "Typed just now.";
                field.dispatchEvent(new Event("input", { bubbles: true }));
                document.querySelector("[data-kdebate-journal] [data-action=save]").click();
            }"""
        )
    assert "Typed just now." in caught.value.path().read_text(encoding="utf-8")
    expect(page.locator("[data-kdebate-journal]")).not_to_contain_text("begun but not stored")


def test_an_emptied_field_waits_for_a_word(page):
    field, box = text(page), card(page, NAME)
    field.fill("Words of mine.")
    saved(box, "browser")
    field.press("Control+a")
    field.press("Delete")
    expect(box).to_contain_text("The words that you stored are still your answer")
    assert versions(page, NAME) == ["Words of mine."]
    page.reload()
    expect(field).to_have_value("")
    keys(page, action(box, "put-back"), "Enter")
    expect(field).to_have_value("Words of mine.")
    expect(field).to_be_focused()
    saved(box, "browser")
    field.fill("")
    press(box, "store-empty")
    saved(box, "browser")
    assert versions(page, NAME) == ["Words of mine.", ""]


def test_one_emptied_part_becomes_a_version_and_can_be_put_back(page):
    box = card(page, "04-missing-force")
    evidence = box.locator("textarea[name='04-missing-force.evidence']")
    text(page, "04-missing-force").fill("A claim.")
    evidence.fill("X002")
    saved(box, "browser")
    evidence.fill("")
    expect(box).to_contain_text("What stood there is under the earlier versions")
    saved(box, "browser")
    press(box, "put-back")
    expect(evidence).to_have_value("X002")
    saved(box, "browser")
    assert [one["evidence"] for one in versions(page, "04-missing-force")] == ["X002", "", "X002"]


def test_earlier_versions_are_taken_back_by_keyboard(page):
    field, box = text(page), card(page, NAME)
    expect(action(box, "versions")).to_be_hidden()
    for said in ("The first one.", "Something else altogether, and longer."):
        field.fill(said)
        press(box, "store")
    expect(action(box, "versions")).to_have_text("Earlier versions (1)")
    field.fill("Typed just now, unsaved")
    keys(page, action(box, "versions"), "Enter")
    expect(box.locator(".kdx-versions li")).to_contain_text(["else altogether", "The first one."])
    keys(page, action(box, "take-back").last, "Enter")
    expect(field).to_have_value("The first one.")
    expect(action(box, "versions")).to_be_focused()
    saved(box, "browser")
    assert versions(page, NAME)[-2:] == ["Typed just now, unsaved", "The first one."]
    page.reload()
    expect(field).to_have_value("The first one.")
    expect(action(box, "versions")).to_have_text("Earlier versions (3)")


def test_a_vote_and_a_forecast_have_versions_too(page):
    poll, forecast = card(page, "04-all-or-steps"), card(page, "99-forecast")
    for n, option in ((1, "Step by step"), (2, "Everything at once")):
        choose(card(page, POLL, n), option)
        press(card(page, POLL, n), "store")
    for chance, why in (("35", "Talks began."), ("60", "")):
        forecast.locator("input[type=number]").fill(chance)
        forecast.locator("textarea").fill(why)
        press(forecast, "store")
    for box, said in ((poll, "First vote: Step by step"), (forecast, "35 %\nTalks began.")):
        press(box, "versions")
        assert box.locator(".kdx-version").inner_text() == said
        press(box, "take-back")
    expect(card(page, POLL, 2).locator("[data-action=store]")).to_be_visible()
    expect(forecast.locator("textarea")).to_have_value("Talks began.")
    assert stored(page)["99-forecast"] == {"probability": 0.35, "reason": "Talks began."}


def bring(page, field, words):
    """
    Say that answers from another tab may come in: without Python nothing else vouches for them.

    A slow machine may be asked about a state in between first, so this goes on until the words are there.
    """
    page.bring_to_front()
    asked = page.locator("[data-found=tab] [data-action=found-bring]")
    is_there = "([node, words]) => node.value === words || document.querySelector('[data-found=tab] button')"
    while field.input_value() != words:
        page.wait_for_function(is_there, arg=[field.element_handle(), words])
        if asked.count():
            asked.click()


def test_words_replaced_by_another_tab_have_a_line_and_a_way_back(page, site):
    other = page.context.new_page()
    other.goto(site)
    field, box = text(page), card(page, NAME)
    field.fill("From the first tab.")
    saved(box, "browser")
    bring(other, text(other), "From the first tab.")
    text(other).fill("From the first tab. And on.")
    bring(page, field, "From the first tab. And on.")
    expect(box.locator(".kdx-offer")).to_be_hidden()
    text(other).fill("Another thought.")
    bring(page, field, "Another thought.")
    expect(box).to_contain_text("What stood here is under the earlier versions")
    press(box, "put-back")
    expect(field).to_have_value("From the first tab. And on.")
    bring(other, text(other), "From the first tab. And on.")
    expect(card(other, NAME)).to_contain_text("What stood here is under the earlier versions")


def test_a_draft_outlives_an_answer_from_another_tab(page, site):
    page.bring_to_front()
    forecast = card(page, "99-forecast")
    forecast.locator("textarea").fill("A long thought of mine")
    store_elsewhere(page, "99-forecast", {"probability": 0.2, "reason": "Theirs."})
    page.reload()
    expect(forecast.locator("textarea")).to_have_value("A long thought of mine")
    expect(forecast).to_contain_text("A newer answer came from another tab or a file")
    saved(forecast, "no")


def test_two_tabs_that_begin_the_same_answer_each_find_their_own_words_again(page, site):
    other = page.context.new_page()
    other.goto(site)
    boxes = {one: card(one, "99-forecast") for one in (page, other)}
    for one, words in ((page, "Of the first tab"), (other, "Of the second tab")):
        boxes[one].locator("textarea").fill(words)
    for one, words in ((page, "Of the first tab"), (other, "Of the second tab")):
        one.reload()
        expect(boxes[one].locator("textarea")).to_have_value(words)
    boxes[page].locator("input[type=number]").fill("30")
    press(boxes[page], "store")
    other.reload()
    expect(boxes[other].locator("textarea")).to_have_value("Of the second tab")
    press(page.locator("[data-kdebate-journal]"), "clear")
    press(page.locator("[data-kdebate-journal]"), "clear-yes")
    expect(boxes[other]).to_contain_text("is on this page alone")
    # Words only: explorers remember their levers in the tab.
    other.wait_for_function(
        "[localStorage, sessionStorage].every((one) => !Object.keys(one).some((key) => key.startsWith('kdebate/')))"
    )


def test_a_removal_from_outside_empties_no_field(page, site):
    field, box = text(page), card(page, NAME)
    field.fill("Words on the screen.")
    saved(box, "browser")
    text(page, "99-forecast").fill("In mid-sentence")
    other = page.context.new_page()
    other.goto(f"{site}/kdebate/words.js")  # another page of this address
    other.evaluate("Object.keys(localStorage).forEach((key) => localStorage.removeItem(key))")
    page.bring_to_front()
    expect(field).to_have_value("Words on the screen.")
    expect(text(page, "99-forecast")).to_have_value("In mid-sentence")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.includes('/journal/'))")
    saved(box, "browser")
    assert stored(page)[NAME] == "Words on the screen."
    page.reload()
    expect(text(page, "99-forecast")).to_have_value("In mid-sentence")


# ---- answers of a wrong shape -----------------------------------------------------------------------

WRONG = [
    None, True, 5, 9e15, [], ["fails"], [[{}]], {"claim": 7e15}, {"choice": "bigger"},
    {"first": 5, "choice": [], "tries": 1, "solved": True},
    {"choice": ["nobody"], "first": ["nobody"], "tries": 1},
    {"choice": [{}], "tries": -9e15, "hints": "two"},
    {"first": "nobody", "second": {"a": 1}, "hands": [3], "probability": "0.3", "reason": 4,
     "codes": ["fact"], "partner": {}, "claim": {"x": 1}, "why": [], "evidence": 3, "room": 1,
     "choice": 4, "confidence": "x"},
    {"hands": {"first": {"nobody": 9e15}}, "room": {"fails": "many"}, "probability": 1e15,
     "codes": {"1": "nobody", "99": None}, "claim": "nobody", "counter": {}, "choice": {}},
]  # fmt: skip
CARDS = [
    "04-two-slices", "99-value", "04-end-last-slice", "04-end-left-out", "04-all-or-steps", NAME,
    "04-missing-force", "99-forecast", "99-code",
]  # fmt: skip


def test_an_answer_of_a_wrong_shape_breaks_no_card(page, site):
    kinds = {one: card(page, one).get_attribute("data-kind") for one in CARDS}
    for wrong in WRONG:
        page.goto(f"{site}/kdebate/page/words.js")  # another page of this address
        page.evaluate("localStorage.clear()")
        for question_id, kind in kinds.items():
            store_elsewhere(page, question_id, wrong, entry_id=f"old-{question_id}", kind=kind)
        page.goto(site)
        no_card_breaks(page, wrong)


def no_card_breaks(page, wrong):
    expect(page.locator("[data-kdebate-exercise][data-errors='0']")).to_have_count(len(CARDS) + 1)
    said = "cannot be shown here. It stays in your journal"
    quiet = [one for one in CARDS if said not in card(page, one).inner_text()]
    harmless = {"04-all-or-steps", "99-forecast", "99-code", "04-missing-force"}
    assert set(quiet) <= harmless, f"only where nothing in it is meant for this card: {wrong}"
    answer_each_card(page)
    answers = stored(page)
    assert [one for one in CARDS if answers[one] == wrong] == []
    assert said not in page.locator("body").inner_text(), wrong
    expect(page.locator("[data-kdebate-exercise][data-errors='0']")).to_have_count(len(CARDS) + 1)


def answer_each_card(page):
    """Every card takes a new answer."""
    choose(card(page, "04-two-slices"), "It still fails")
    card(page, "99-value").locator("input[type=number]").first.fill("4")
    choose(card(page, "04-end-last-slice"), "No later slice")
    choose(card(page, "04-end-left-out"), "content with them")
    choose(card(page, "04-all-or-steps"), "Step by step")
    text(page).fill("New words.")
    text(page, "04-missing-force").fill("New words.")
    card(page, "99-forecast").locator("input[type=number]").fill("35")
    choose_code(card(page, "99-code"), 0, "fact")
    for question_id in CARDS[:-1]:
        press(card(page, question_id), "store")
    for question_id in CARDS:
        saved(card(page, question_id), "browser")


def test_a_good_earlier_answer_is_offered_beside_a_strange_one(page):
    store_elsewhere(page, NAME, "Good words.", entry_id="good")
    store_elsewhere(page, NAME, {"x": 1}, "2026-02-01T00:00:00.000Z", "strange")
    page.reload()
    box = card(page, NAME)
    expect(box).to_contain_text("cannot be shown here")
    press(box, "versions")
    press(box, "take-back")
    expect(text(page)).to_have_value("Good words.")
    expect(box.locator(".kdx-version")).to_contain_text(
        ["This version cannot be shown here", "Good words."]
    )
    expect(action(box, "take-back")).to_have_count(1)
