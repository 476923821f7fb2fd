"""The file to read: answers in words, the record beside them, chapter by chapter; the page writes the same."""

import dataclasses
import json

import pytest

from kdebate import __version__, words
from kdebate.exercises.asked import all_asked
from kdebate.journal import document
from kdebate.journal.portfolio import Entry
from kdebate.questions import bank
from kdebate.widgets._static import STATIC
from tools.node import evaluate

SAVED = "2026-01-02T03:04:05.000Z"
TWIN = (STATIC / "journal" / "document.js").as_uri()
SCRIPT = """import {{ toMarkdown }} from "{twin}";
const [lists, prompts, words] = {given};
const write = (entries) => toMarkdown(entries, "", "{saved}", {{ words, prompts, moduleVersion: "{version}" }});
console.log(JSON.stringify(lists.map(write)));"""


def entry(question_id, answer, minute=0):
    asked = bank.questions()[question_id]
    stamp = f"2026-01-01T00:{minute:02}:00.000Z"
    return Entry(
        f"e{minute}-{question_id}", question_id, asked["kind"], asked["notebook"], answer, stamp
    )


def document_of(*entries):
    return document.to_markdown(entries, "", SAVED, all_asked())


def quoted(text):
    lines = [line[2:] for line in text.split("\n") if line.startswith("> ")]
    return [line.removesuffix("  ") for line in lines]


def test_a_prediction_is_told_with_its_reason_and_what_the_record_says():
    said = {"claim": "fails", "reason": "as tempting", "why": "Delay."}
    text = document_of(entry("04-two-slices", said))
    assert quoted(text) == ["It still fails", "Because: as tempting", "Why, I think: Delay."]
    assert "What the record says: " in text
    assert "0.95 to each side, not 1.00" in text
    assert "{" not in text
    room = document_of(entry("04-two-slices", {"room": {"fails": 17}}))
    assert quoted(room) == ["The room said: It still fails: 17"]
    assert quoted(document_of(entry("04-two-slices", {"skipped": True}))) == ["I skipped this one."]


def test_a_forecast_is_a_percentage():
    text = document_of(entry("01-forecast-putin", {"probability": 0.6, "reason": "It was near."}))
    assert quoted(text) == ["60 %", "Because: It was near."]
    assert "0.6" not in text


def test_a_quiz_tells_neither_tries_nor_the_answer_before_it_was_found():
    asked = bank.question("01-start-hanoi")
    right = next(one for one in asked["options"] if one.get("right"))
    wrong = next(one for one in asked["options"] if not one.get("right"))
    tried = {"first": [wrong["id"]], "choice": [wrong["id"]], "tries": 1, "hints": 2}
    text = document_of(entry("01-start-hanoi", tried | {"solved": False, "shown": False}))
    assert quoted(text) == [wrong["text"]]
    assert right["feedback"] not in text
    solved = tried | {"choice": [right["id"]], "tries": 2, "solved": True}
    text = document_of(entry("01-start-hanoi", solved))
    assert quoted(text) == [right["text"], "Right."]
    assert f"The answer: {right['text']}. {right['feedback']}" in text
    assert wrong["text"] not in text


def test_a_coded_claim_stands_there_with_its_text_and_the_tables_code_when_all_are_coded():
    asked = all_asked()["01-sort-claims"]
    ids = [code["id"] for code in bank.question("01-sort-claims")["codes"]]
    items = asked["items"]
    one = document_of(entry("01-sort-claims", {"codes": {"2": ids[0]}, "partner": ""}))
    assert quoted(one) == [f"2. {items[1]['text']}: {asked['named'][ids[0]]}"]
    codes = {str(n): ids[1] for n in range(1, len(items) + 1)}
    whole = quoted(document_of(entry("01-sort-claims", {"codes": codes, "partner": "x"})))
    assert len(whole) == len(items)
    assert all(
        line.endswith(item["ours"]) and item["ours"]
        for line, item in zip(whole, items, strict=True)
    )


def test_a_long_answer_names_its_parts():
    said = {"claim": "Order matters.", "evidence": "X002", "counter": "", "confidence": 0.7}
    text = document_of(entry("04-what-made-the-difference", said))
    assert quoted(text) == ["My claim: Order matters.", "Evidence: X002", "How sure I am: 70 %"]


def test_questions_stand_in_the_order_of_the_chapters_and_views_side_by_side():
    ids = ["04-two-slices", "01-end-rule", "00-first-view", "01-start-hanoi", "00-first-vote"]
    answers = {"00-first-view": "a | b\n\nc", "00-first-vote": {"first": "once"}}
    entries = [
        entry(one, answers.get(one, {"choice": [], "claim": "fails"}), n)
        for n, one in enumerate(ids)
    ]
    text = document_of(*entries, entry("04-all-or-steps", {"first": "once", "second": "steps"}, 9))
    feet = [line.split(" · ")[0] for line in text.split("\n") if " · 2026" in line]
    assert feet == sorted(feet, key=[*bank.questions()].index)
    assert len(feet) == 6
    assert "## 04 Concede step by step" in text
    rows = [line for line in text.split("\n") if line.startswith("| **")]
    assert len(rows) == 2
    assert all(row.count("|") == 3 for row in rows)
    assert "First vote: Everything at once / Second vote: Step by step" in rows[0]
    assert "a &#124; b / c" in rows[1]


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 question answered, 1 version."), (2, "2 questions answered, 2 versions.")],
)
def test_one_is_one_and_two_are_many(n, said):
    both = [entry("00-first-view", "x"), entry("00-first-vote", {"first": "once"})]
    assert said in document_of(*both[:n])


def test_an_earlier_version_stands_at_the_end_without_the_record():
    old = entry("04-two-slices", {"claim": "fails"}, 1)
    new = entry("04-two-slices", {"claim": "holds"}, 2)
    text = document_of(new, old)
    head, _, tail = text.partition("## Earlier versions")
    assert quoted(head) != quoted(tail) == ["It still fails"]
    assert "What the record says" not in tail
    assert "2 versions" in head


SHAPES = [
    None, True, 5, 0.1, "words\r\n# x", "", [], ["fails"], {}, {"claim": 7}, {"claim": "fails"}, {"claim": ["fails", 1]},
    {"claim": ["fails", "holds"]}, {"claim": "", "reason": "  \n"}, {"reason": "a{value}$&b"}, {"skipped": True},
    {"skipped": "yes"}, {"room": {"fails": 3, "x": None}}, {"room": []}, {"room": {}}, {"probability": 1.5},
    {"probability": 0.005}, {"probability": 0.545}, {"probability": True}, {"knew": True}, {"confidence": 0.7},
    {"choice": ["nobody"]}, {"choice": "x", "solved": True}, {"shown": True}, {"codes": {"1": "fact", "99": 4}},
    {"codes": {"1": None}}, {"codes": "fact"}, {"hands": {"first": {"once": 3}}}, {"hands": 3}, {"values": {"2016": 3}},
    {"first": "once", "second": None}, {"a": {"b": [1, {"c": None}]}}, {"claim": "<b>|[x](y)"},
]  # fmt: skip


def test_the_page_writes_the_same_for_every_kind_and_every_shape():
    kinds = {one["kind"]: name for name, one in bank.questions().items()}
    chosen = [
        *kinds.values(),
        "01-forecast-putin",
        "04-all-or-steps",
        "00-first-vote",
        "03-line-coal",
    ]
    each = [[entry(name, shape)] for name in chosen for shape in SHAPES]
    strange = Entry("s", "__proto__", "", "99-x", {"toString": 1}, "2026-01-01T00:00:00.000Z")
    every = [entry(name, shape, n) for n, shape in enumerate(SHAPES[:9]) for name in chosen]
    lists = [*each, [], [strange], [*every, strange]]
    mine = [document_of(*entries) for entries in lists]
    known = all_asked()
    given = json.dumps(
        [
            [[dataclasses.asdict(one) for one in some] for some in lists],
            known,
            words.of("exercises")["export"],
        ]
    )
    script = SCRIPT.format(twin=TWIN, given=given, saved=SAVED, version=__version__)
    assert evaluate(script) == mine


def test_each_part_belongs_to_a_kind_and_leaves_a_place_for_its_words():
    kinds = {one["kind"] for one in bank.questions().values()}
    parts = words.of("exercises")["export"]["parts"]
    assert set(parts) <= kinds
    flags = {"skipped", "solved", "shown", "knew"}
    for texts in parts.values():
        assert {key for key, text in texts.items() if "{value}" not in text} <= flags
