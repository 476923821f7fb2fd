"""
Every number that a learner reads is proved: `tests/register/numbers.toml`.

On red, `python -m tools.register` prints the same, with an entry to fill in.
"""

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
            register._within(number, kind.spans(text))
            for text in TEXTS
            for number in passages.numbers(text.text)
        )
    ]
    assert idle == []


def test_all_kinds_of_text_are_read():
    wheres = {text.where for text in TEXTS}
    wanted = ["04/pressure-answer", "04-pressure-60/prompt", "04-pressure-60/options/few/text"]
    wanted += ["01-start-council/options/council/feedback", "enforcement.toml/line/oil/shows"]
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
    found = register.Register([], [], {}).unproved([Passage("01/x", text)])
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


def test_an_entry_has_exactly_one_proof():
    with pytest.raises(ValueError, match="exactly one"):
        register.entry({"at": "04/x", "says": "y", "is": "1", "holds": "2"})
    with pytest.raises(ValueError, match="exactly one"):
        register.entry({"at": "04/x", "says": "y"})


def test_steps_of_levers_are_the_levers_own():
    assert facts.can_stand("pressure", 0.60, 1.0)
    assert not facts.can_stand("pressure", 1.2)
    assert not facts.can_stand("pressure", 0.605)
