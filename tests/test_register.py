"""
Every number that a learner reads is proved: `tests/register/numbers.toml`.

On red, `python -m tools.register` prints the same, with an entry to fill in.
"""

import re

import pytest

from tools import facts, passages, register
from tools.passages import Passage

TEXTS = passages.all_passages()
REGISTER = register.load()


def one(says, text, **proof):
    """What the register would say about one sentence with one entry."""
    found = register.entry({"at": "04/x", "says": says, **proof})
    return "\n".join(register.Register([found], [], {}).problems([Passage("04/x", text)]))


def test_every_number_is_proved_and_every_entry_holds():
    wrong = REGISTER.problems(TEXTS)
    assert not wrong, "\n\n".join(["", *wrong])


def test_every_harmless_kind_is_in_use():
    """One that covers nothing would one day cover what it should not."""
    idle = [
        kind.pattern.pattern
        for kind in REGISTER.harmless
        if not any(
            register._inside((number.start, number.end), kind.spans(text))
            for text in TEXTS
            for number in passages.numbers(text.text)
        )
    ]
    assert idle == []


def test_all_kinds_of_text_are_read():
    wheres = {text.where for text in TEXTS}
    wanted = ["04/pressure-answer", "04-pressure-60/prompt", "04-pressure-60/options/few/text"]
    wanted += ["01-start-council/options/council/feedback", "03-line-oil/record/oil/shows"]
    wanted += ["presets.toml/preset/class-default/note", "levers.toml/lever/N/ends/2", "README.md"]
    wanted += ["promised_steps.toml/shows", "docs/model.md", "words.json/terminal/bad_port"]
    assert set(wanted) <= wheres


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Of 75 steps, 1,234.5 or twenty", ["75", "1,234.5", "twenty"]),
        ("`N=2` and [chapter](04-concede.ipynb) {two.worth} [row:UM-2397-05]", []),
        ("2397 has +0.40, 5 % and −0.10", ["2397", "0.40", "5", "0.10"]),
        ("No one, none, once", []),
    ],
)
def test_what_counts_as_a_number(text, found):
    assert [number.text for number in passages.numbers(text)] == found


@pytest.mark.parametrize(
    ("says", "text", "proof", "complaint"),
    [
        ("needs {} slices", "It needs 10 slices.", {"is": "fewest(pressure=0.6)"}, ""),
        ("needs {} slices", "It needs 12 slices.", {"is": "fewest(pressure=0.6)"}, "needs 10"),
        ("needs {} slices", "It takes 10 slices.", {"is": "fewest(pressure=0.6)"}, "reads like it"),
        ("needs {} slices", "It needs 10 slices.", {"is": "fewest(presure=0.6)"}, "worked out"),
        ("gap is {:+.2f}", "The gap is −0.10.", {"is": "gap('a', 1)"}, ""),
        ("gap is {:+.2f}", "The gap is +0.10.", {"is": "gap('a', 1)"}, "−0.10"),
        ("{:Word} hold", "Two hold.", {"is": "fewest()"}, ""),
        ("{:Word} hold", "Three hold.", {"is": "fewest()"}, "Two hold"),
        ("At 0.6 some", "At 0.6 some hold.", {"holds": "fewest(pressure=0.6) > 2"}, ""),
        ("At 0.6 some", "At 0.6 some hold.", {"holds": "fewest(pressure=0.5) > 2"}, "not true"),
        ("At 0.6 some", "At 0.6 some hold.", {"holds": "fewest() == 2"}, "nothing about '0.6'"),
        ("{} hold", "2 hold.", {"is": "1, 2"}, "1 values are wanted"),
        ("in 2018, 22", "in 2018, 22", {"rows": ["UM-2397-05"]}, "nothing about '22'"),
        ("18 February 2017", "18 February 2017", {"rows": ["EE13"]}, ""),
        ("19 February 2017", "19 February 2017", {"rows": ["EE13"]}, "nothing about '19'"),
        ("a reading", "A reading of 3 kinds", {"reading": "ours"}, "reads like it"),
    ],
)
def test_an_entry_is_compared_with_text_data_and_model(says, text, proof, complaint):
    found = one(says, text, **proof)
    assert complaint in found if complaint else not found


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("In January 1.44 million tonnes [row:TR420].", []),
        ("In January 1.45 million tonnes [row:TR420].", ["1.45"]),
        ("On 30 March 2018 [row:LR-UN-2018-03-30] 22 were listed.", ["22"]),
        ("500,000 barrels from 2018 [row:UM-2397-05] (partly not checked).", []),
        ("7 of them [table:trade], 7 of those [cite:SCMP].", ["7", "7"]),
        ("On 19 February 2017 [row:EE13].", ["19", "2017"]),
        ("| Cha 2016 [row:PF23] | 2005 to 2017 |", ["2017"]),
    ],
)
def test_a_cited_row_must_hold_the_number(text, numbers):
    found = register.Register([], [], {}).unproved([Passage("01/x", text)], {})
    assert [number.text for _, number in found] == numbers


def test_a_complaint_names_the_cited_row_and_brings_an_entry():
    text = Passage("03/coal-answer", 'In "January" 1.45 million tonnes [row:TR420].')
    said = register.no_proof(text, passages.numbers(text.text)[0])
    assert "TR420, cited there, does not say it" in said
    assert '{ at = "03/coal-answer", says = "In \\"January\\" 1.45' in said


def test_a_wrong_right_answer_is_seen():
    assert not list(register.wrong_answer("04-pressure-60", "'many'"))
    assert "many" in "".join(register.wrong_answer("04-pressure-60", "'few'"))
    assert "worked out" in "".join(register.wrong_answer("04-no-such", "'few'"))


# What earlier versions of the chapters said, each in a few words of ours: contradicted by a table of the module, or
# more than the numbers allow.
ONCE_WRONG = [
    "Steps that did not wait for the other side did better.",
    "Steps due before the other side moved were mostly kept.",
    "Launches and exercises both gather in March, April and August.",
    "August 2017 brought more coal than a whole month before the stop.",
    "One decision in Beijing did what the exception had not done.",
    "The list needs the consent of all members.",
    "The first limit on oil comes in the text of September.",
    "No reported year reaches the limit.",
    "On paper the limit was never reached.",
    "The phrase is older than the quarrel that the article is about.",
    "A single failure more would change the picture.",
    "Pressure lost its force: fewer names were listed.",
    "Exports fell in the two years with the widest bans.",
    "The claim was borne out, but only after 2022.",
    "In the New Year address there is a clearer passage.",
    "The author's word is fair.",
    "A side can only promise what it can deliver itself.",
    "Exercises are the item that is named most often.",
]


@pytest.mark.parametrize("sentence", ONCE_WRONG)
def test_a_sentence_that_once_was_wrong_would_be_asked_for_its_proof(sentence):
    found = list(REGISTER.claims.found_in(Passage("03/oil-answer", f"Before it. {sentence} Then.")))
    assert [claim.text for claim in found] == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "Which of them is the most?",
        "**Did every bank stop, or only one?**",
        "Find the first column.",
        "- *Class default*: find the lowest chance.",
        "All at once.",
        "The chart stands below.",
    ],
)
def test_questions_instructions_and_plain_sentences_are_no_findings(text):
    assert not list(REGISTER.claims.found_in(Passage("03/oil-answer", text)))


def test_findings_are_looked_for_in_folds_results_feedback_and_shows_lines():
    text = "None did."
    places = [
        "03/oil-answer",
        "02-wind/why",
        "04-who-cheats/result",
        "03-line-x/record/y/shows",
    ]
    places += ["01-end-rule/options/day/feedback", "presets.toml/preset/x/note"]
    assert all(list(REGISTER.claims.found_in(Passage(place, text))) for place in places)
    others = ["01/title", "01-end-rule/prompt", "README.md", "exercises.toml/x"]
    assert not any(list(REGISTER.claims.found_in(Passage(place, text))) for place in others)


def test_no_word_of_a_finding_may_stand_outside_an_entry():
    claims = REGISTER.claims
    text = Passage("03/x", "More fell than rose, and none stood.")
    part = register.entry({"at": "03/x", "says": "More fell than rose", "holds": "True"})
    found = register.Register([part], [], {}, claims).problems([text])
    assert len(found) == 1
    assert "nothing bears out 'none'" in found[0]
    rest = register.entry({"at": "03/x", "says": "none stood", "holds": "True"})
    assert register.Register([part, rest], [], {}, claims).problems([text]) == []


def test_a_reading_must_be_worded_as_one():
    claims = REGISTER.claims
    entry = register.entry({"at": "03/x", "says": "Nothing moved", "reading": "ours"})
    for text, wrong in [("Nothing moved.", 1), ("Nothing moved, a critic would say.", 0)]:
        found = register.Register([entry], [], {}, claims).problems([Passage("03/x", text)])
        assert len(found) == wrong, found


def test_a_quoted_row_must_go_on_saying_it():
    assert not one("They stayed", "They stayed.", rows={"C55": "Both stayed listed"})
    said = one("They stayed", "They stayed.", rows={"C55": "Both were taken off"})
    assert "C55 does not say “Both were taken off”" in said


def test_every_word_and_every_aside_is_in_use():
    """A pattern that meets nothing would one day hide a finding, or is misspelt."""
    plain = "\n".join(text.text for text in TEXTS)
    for pattern in REGISTER.claims.aside:
        for part in re.split(r"\|(?![^(]*\))", pattern):
            assert re.search(part, plain, re.MULTILINE), part


def test_an_entry_has_exactly_one_proof():
    with pytest.raises(ValueError, match="exactly one"):
        register.entry({"at": "04/x", "says": "y", "is": "1", "holds": "2"})
    with pytest.raises(ValueError, match="exactly one"):
        register.entry({"at": "04/x", "says": "y"})


def test_steps_of_levers_are_the_levers_own():
    assert facts.can_stand("pressure", 0.60, 1.0)
    assert not facts.can_stand("pressure", 1.2)
    assert not facts.can_stand("pressure", 0.605)
