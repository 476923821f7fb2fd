"""The exported file: its receipt, and every strange file that is turned away."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdebate import __version__, words
from kdebate.exercises import Journal
from kdebate.exercises.asked import all_asked
from kdebate.journal import document, portfolio
from kdebate.journal.portfolio import ChangedPortfolio, Entry, NotAPortfolio
from kdebate.widgets._static import STATIC
from tools.node import evaluate

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=8), part, max_size=4),
    max_leaves=12,
)  # fmt: skip


@pytest.fixture
def journal(tmp_path) -> Journal:
    journal = Journal(tmp_path / "there" / "journal.sqlite")
    journal.path.parent.mkdir()
    journal.record("04-two-slices", {"claim": "fails", "reason": "as tempting"})
    journal.record("04-two-slices", {"claim": "fails", "reason": "as tempting", "why": "delay"})
    journal.record("my-note", "<script>alert(1)</script> & 한국어 \ud800")
    return journal


@pytest.fixture
def empty(tmp_path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def test_export_names_carry_the_receipt(journal, tmp_path):
    markdown, data = journal.export(tmp_path / "out", learner="Fox")
    receipt = json.loads(data.read_text())["receipt"]
    assert [markdown.name, data.name] == [
        f"kdebate-portfolio-{receipt}{e}" for e in (".md", ".json")
    ]
    assert receipt.startswith("2-")
    assert receipt in markdown.read_text()
    assert "Name: Fox" in markdown.read_text()
    assert not list((tmp_path / "out").glob("*.part"))


def test_json_has_the_agreed_keys(journal, tmp_path):
    data = json.loads(journal.export(tmp_path)[1].read_text())
    assert list(data) == ["module_version", "schema_version", "learner", "receipt", "entries"]
    columns = {"question_id", "kind", "answer", "answered_at", "version", "notebook"}
    assert all(columns <= set(entry) for entry in data["entries"])
    assert [entry["version"] for entry in data["entries"]] == [1, 2, 1]


def test_markdown_has_words_for_options_and_opens_no_tag(journal, tmp_path):
    text = journal.export(tmp_path)[0].read_text()
    assert "It still fails" in text
    assert "## Earlier versions" in text
    assert "<script" not in text


def test_everything_comes_back_in_another_folder(journal, empty, tmp_path):
    file = journal.export(tmp_path, learner="Fox")[1]
    assert empty.restore(file) == 3
    assert empty.all() == journal.all()
    assert empty.learner == "Fox"
    assert empty.restore(file) == 0
    assert portfolio.receipt(empty.all()) == portfolio.receipt(journal.all())


def test_restore_keeps_what_is_here(journal, empty, tmp_path):
    file = journal.export(tmp_path)[1]
    empty.record("my-note", "newer, written here")
    empty.restore(file)
    table = empty.entries().set_index("question_id")
    assert table.answer["my-note"] == "newer, written here"
    assert len(empty.entries(history=True)) == 4


def test_another_state_of_the_same_sitting_is_kept_beside(empty, tmp_path):
    def entry(answer, second):
        return Entry("e1", "q", "reflect", "", answer, f"2026-01-01T00:00:0{second}.000Z")

    file = tmp_path / "p.json"
    file.write_text(portfolio.to_json([entry("draft", 1)], ""))
    empty.merge([entry("whole", 2)])
    assert empty.restore(file) == 1
    assert empty.restore(file) == 0
    assert list(empty.entries(history=True).answer) == ["draft", "whole"]


STRANGE = {
    "truncated": (lambda text: text[: len(text) // 2], "only a part of one"),
    "html": (lambda text: "<!doctype html><p>Not found", "cannot be read as JSON"),
    "empty": (lambda text: "", "cannot be read as JSON"),
    "nan": (lambda text: text.replace('"as tempting"', "NaN", 1), "cannot be read as JSON"),
    "deep": (lambda text: "[" * 200_000, "cannot be read as JSON"),
    "list": (lambda text: "[1, 2]", "no list of answers"),
    "other": (lambda text: '{"type": "FeatureCollection"}', "no list of answers"),
    "entries": (lambda text: '{"entries": [{"a": 1}]}', "answer 1 is not one of ours"),
    "many": (lambda text: json.dumps({"entries": [0] * 20_001}), "more than 20000 answers"),
    "newer": (
        lambda text: text.replace('"schema_version": 1', '"schema_version": 9'),
        "newer version",
    ),
    "long": (lambda text: text.replace("as tempting", "a" * 300_000, 1), "is not one of ours"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_gets_a_sentence_and_changes_nothing(journal, empty, tmp_path, name):
    change, said = STRANGE[name]
    file = journal.export(tmp_path)[1]
    file.write_text(change(file.read_text()))
    empty.record("mine", 1)
    before = empty.all()
    with pytest.raises(NotAPortfolio, match=said) as caught:
        empty.restore(file)
    assert file.name in str(caught.value)
    assert empty.all() == before


def test_bytes_that_are_no_text_and_missing_files(empty, tmp_path):
    (tmp_path / "p.json").write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(NotAPortfolio, match="cannot be read as JSON"):
        empty.restore(tmp_path / "p.json")
    with pytest.raises(NotAPortfolio, match="There is no file"):
        empty.restore(tmp_path / "missing.json")
    with pytest.raises(NotAPortfolio, match="There is no file"):
        empty.restore(tmp_path)


def test_a_hundred_megabytes_are_refused_unread(empty, tmp_path, monkeypatch):
    file = tmp_path / "big.json"
    with file.open("wb") as opened:
        opened.truncate(100_000_000)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(NotAPortfolio, match="100 MB; the limit is 20 MB"):
        empty.restore(file)


def test_a_changed_file_is_refused_but_not_lost(journal, empty, tmp_path):
    file = journal.export(tmp_path)[1]
    file.write_text(file.read_text().replace("delay", "DELAY"))
    with pytest.raises(ChangedPortfolio, match="receipt does not fit"):
        empty.restore(file)
    assert empty.restore(file, accept_changed=True) == 3


def test_a_file_without_our_ids_can_be_restored_once(empty, tmp_path):
    given = {"question_id": "q", "answer": {"p": 0.1}, "answered_at": "2026-01-01T12:00:00+09:00"}
    (tmp_path / "p.json").write_text(json.dumps({"entries": [given]}))
    assert empty.restore(tmp_path / "p.json", accept_changed=True) == 1
    assert empty.restore(tmp_path / "p.json", accept_changed=True) == 0
    assert empty.entries().answered_at[0] == "2026-01-01T03:00:00.000Z"


@settings(max_examples=150, deadline=None)
@given(PLAIN)
def test_canonical_bytes_survive_json(value):
    cleaned = portfolio.clean_answer(value)
    again = json.loads(json.dumps(cleaned))
    assert portfolio.canonical(again) == portfolio.canonical(cleaned)


@settings(max_examples=100, deadline=None)
@given(PLAIN, PLAIN)
def test_different_answers_have_different_receipts(one, other):
    entries = [
        Entry("e", "q", "note", "", portfolio.clean_answer(answer), "2026-01-01T00:00:00.000Z")
        for answer in (one, other)
    ]
    equal = json.dumps(entries[0].answer, sort_keys=True) == json.dumps(
        entries[1].answer, sort_keys=True
    )
    same = portfolio.receipt(entries[:1]) == portfolio.receipt(entries[1:])
    assert same or not equal
    assert not same or portfolio.canonical(entries[0].answer) == portfolio.canonical(
        entries[1].answer
    )


# ---- what both twins agree on; tests/browser/test_journal.py asks the page the same -----------------------

CASES = json.loads(
    (Path(__file__).parents[1] / "cases" / "portfolio_cases.json").read_text("utf-8")
)
ENTRY = {"question_id": "q", "answer": "words", "entry_id": "e"}


@pytest.mark.parametrize(("text", "written"), CASES["dates"])
def test_dates_are_read_as_the_cases_say(text, written):
    given = ENTRY | {"answered_at": text}
    if written is None:
        with pytest.raises(ValueError, match="answered_at"):
            portfolio.read_entry(given, any_time=True)
    else:
        assert portfolio.read_entry(given, any_time=True).answered_at == written


@pytest.mark.parametrize("stamp", CASES["times"])
def test_dates_out_of_time_are_refused_as_the_cases_say(stamp):
    assert portfolio.in_time(stamp) == CASES["times"][stamp]
    if not CASES["times"][stamp]:
        with pytest.raises(portfolio.OutOfTime):
            portfolio.read_entry(ENTRY | {"answered_at": stamp})


@pytest.mark.parametrize(("answer", "lines"), CASES["answers"])
def test_an_answer_stays_inside_its_quotation(answer, lines):
    entry = Entry("e", "q", "note", "", answer, "2026-01-01T00:00:00.000Z")
    text = document.to_markdown([entry], "", "2026-01-02T00:00:00.000Z")
    quoted, _, foot = text.partition("### q\n\n")[2].partition("\n\nq · ")
    assert quoted.split("  \n") == lines
    assert foot == "2026-01-01, 00:00 UTC\n"


@pytest.mark.parametrize(("text", "line"), CASES["inline"])
def test_a_name_stays_on_its_line(text, line):
    assert f"\nName: {line}\n" in document.to_markdown([], text, "2026-01-02T00:00:00.000Z")


def test_answers_out_of_time_are_left_out_of_a_restore_and_said(journal, empty, tmp_path):
    good = journal.all()
    ahead = Entry("e9", "q9", "predict", "", "ahead", "2099-01-01T00:00:00.000Z")
    file = tmp_path / "p.json"
    file.write_text(portfolio.to_json([*good, ahead], "Fox"))
    with pytest.warns(UserWarning, match="1 answer carries a date that has not come yet"):
        assert empty.restore(file) == 3
    assert empty.all() == good


def written(tmp_path, text) -> Path:
    file = tmp_path / "p.json"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(("text", "learner", "answers"), CASES["files"])
def test_files_are_read_as_the_cases_say(empty, tmp_path, text, learner, answers):
    file = written(tmp_path, text)
    if answers is None:
        with pytest.raises(NotAPortfolio, match="is not one of ours"):
            empty.restore(file, accept_changed=True)
        return
    assert empty.restore(file, accept_changed=True) == len(answers)
    assert [[one.question_id, one.answer] for one in empty.all()] == answers
    assert empty.learner == learner
    assert empty.restore(file, accept_changed=True) == 0


# ---- plays of the game ------------------------------------------------------------------------------------

PLAY = {
    "side": "a",
    "steps": 2,
    "first": "both",
    "moves": ["deliver", "hold"],
    "got": 8.7,
    "other": 9.5,
}
SENTENCE = (
    "You were Washington; first to move: both at once; slices: 2; your moves: deliver, hold back. "
    "You got 8.7; the other choice would have got you 9.5."
)
TO_MARKDOWN = """import {{ toMarkdown }} from "{twin}";
const [entries, prompts, words] = {given};
const write = (entry) => toMarkdown([entry], "", "2026-01-02T00:00:00.000Z", {{ words, prompts, moduleVersion: "{version}" }});
console.log(JSON.stringify(entries.map(write)));"""


def test_plays_are_told_in_words_and_alike_in_the_page():
    """A sentence each; whatever else an answer holds is written as it stands."""
    others = [[], [3], [None], ["abc"], [[1]], [{"side": "a"}], "words", {"a": 1}, None]
    strange = [{"plays": one} for one in others]
    answers = [
        {"plays": [PLAY, PLAY | {"first": "b"}]},
        *strange,
        {"skipped": True},
        None,
        "<b>",
        [PLAY],
    ]
    stamp = "2026-01-01T00:00:00.000Z"
    entries = [Entry(f"e{n}", "04-play", "play", "04", one, stamp) for n, one in enumerate(answers)]
    mine = [document.to_markdown([one], "", "2026-01-02T00:00:00.000Z") for one in entries]
    assert f"> {SENTENCE}  \n> {SENTENCE.replace('both at once', 'Pyongyang')}\n" in mine[0]
    prompts = all_asked()
    given = [[dataclasses.asdict(one) for one in entries], prompts, words.of("exercises")["export"]]
    twin = (STATIC / "journal" / "document.js").as_uri()
    script = TO_MARKDOWN.format(twin=twin, given=json.dumps(given), version=__version__)
    assert evaluate(script) == mine
