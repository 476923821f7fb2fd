"""The Python side of the exercises: what they hand to the page, and what they answer."""

import base64
import json

import pytest

import kdebate.exercises as exercises
from kdebate.datasets import load_agreement_steps, source
from kdebate.exercises import Journal, Predict, Questions, Quiz, Reflect
from kdebate.exercises.code import _item
from kdebate.exercises.journal_bar import JournalBar
from kdebate.exercises.predict import with_results
from kdebate.journal.portfolio import LONGEST_ANSWER
from kdebate.questions import bank
from kdebate.widgets import ConcessionExplorer, LadderExplorer, journal_link


@pytest.fixture(autouse=True)
def journal(tmp_path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def opened(widget):
    """What a card shows when the lever gets there; nothing for other kinds."""
    sealed = widget._spec["question"].get("sealed")
    return json.loads(base64.b64decode(sealed)) if sealed else {}


CARDS = sorted(i for i, asked in bank.questions().items() if asked["kind"] != "play")


@pytest.mark.parametrize("question_id", CARDS)
def test_every_question_can_be_shown(question_id):
    asked = bank.question(question_id)
    widget = getattr(exercises, asked["kind"].capitalize())(question_id)
    state = json.loads(json.dumps(widget.page_state()))
    assert state["_spec"]["question"]["prompt"] == asked["prompt"]
    assert "{" not in opened(widget).get("result", "")


def test_the_page_is_told_how_long_an_answer_may_be():
    assert Reflect("00-first-view").page_state()["_spec"]["limits"] == {"answer": LONGEST_ANSWER}


def test_the_wrong_kind_is_refused_with_the_right_call():
    with pytest.raises(ValueError, match=r"Show it with Quiz\('04-end-last-slice'\)"):
        Predict("04-end-last-slice")


def test_what_the_document_will_say_stands_in_no_text_of_the_page(journal):
    state = json.dumps(JournalBar(journal).page_state(), ensure_ascii=False)
    assert "0.95 to each side, not 1.00" not in state
    assert bank.question("01-start-hanoi")["options"][0]["feedback"] not in state


def test_several_quizzes_share_one_frame():
    ids = ["01-start-hanoi", "01-start-council"]
    frame = Questions(*ids)
    assert [one["id"] for one in frame.page_state()["_spec"]["questions"]] == ids
    alone = Quiz(ids[0]).page_state()["_spec"]
    assert {**frame._spec, "question": None} | {"questions": None} == alone | {
        "question": None,
        "questions": None,
    }
    for name in ids:
        assert bank.question(name)["prompt"] in repr(frame)
    assert bank.question(ids[0])["options"][0]["feedback"] not in repr(frame)


@pytest.mark.parametrize("ids", [(), ("01-start-hanoi", "01-start-hanoi")])
def test_a_frame_without_a_question_or_with_one_twice_is_refused(ids):
    with pytest.raises(ValueError, match="Name each quiz once"):
        Questions(*ids)
    with pytest.raises(ValueError, match=r"Show it with Reflect"):
        Questions("01-left-out")


def test_results_are_filled_from_the_model():
    result = opened(Predict("04-two-slices"))["result"]
    assert "0.95 to each side, not 1.00" in result
    value = {"id": "x", "ask": "value", "at": {"low": {"pressure": 0.6}}}
    assert with_results(value | {"answer": "low.minimum_steps"})["answer"] == 10
    with pytest.raises(ValueError, match=r"low\.wrong is unknown"):
        with_results(value | {"result": "It is {low.wrong}."})


def test_a_notebook_may_bring_the_result():
    asked = opened(Predict("04-promises-least", result="As counted.", answer="first"))
    assert asked == {"result": "As counted.", "answer": "first"}


def test_the_page_gets_a_result_that_its_text_does_not_show():
    widget = Predict("04-pressure-60")
    text = json.dumps(widget.page_state())
    filled = with_results(bank.question("04-pressure-60"))
    assert opened(widget) == {key: filled[key] for key in ("result", "answer")}
    assert filled["result"] not in text
    assert not {"result", "answer", "quiet"} & widget._spec["question"].keys()
    assert widget._spec["question"]["at"] == {"pressure": 0.6}
    assert "at" not in Predict("03-tweet")._spec["question"]
    assert Predict("04-who-cheats")._spec["question"]["at"] == {"play": "one_swap"}


def test_an_explorer_knows_what_its_predictions_ask_for():
    tied = ConcessionExplorer(predict="04-pressure-60 04-pressure-50")
    assert tied.asks == {"04-pressure-60": {"pressure": 0.6}, "04-pressure-50": {"pressure": 0.5}}
    with pytest.raises(ValueError, match="No lever named 'e_china'"):
        LadderExplorer(predict="03-china-relief")


def test_an_explorer_tied_to_a_prediction_says_which():
    assert ConcessionExplorer(predict="04-two-slices").page_state()["predict"] == "04-two-slices"
    assert ConcessionExplorer().predict == ""
    with pytest.raises(ValueError, match="No question has the id"):
        ConcessionExplorer(predict="04-nothing")
    with pytest.raises(ValueError, match="is of kind 'quiz'"):
        ConcessionExplorer(predict="04-end-last-slice")


def test_a_question_that_is_no_longer_asked_leaves_a_line_and_locks_nothing():
    """Learners keep copies of earlier chapters."""
    for name in bank.retired():
        gone = Predict(name)
        assert "no longer asked" in gone.value
        assert ConcessionExplorer(predict=f"{name} 04-two-slices").predict == "04-two-slices"
    with pytest.raises(ValueError, match="No question has the id"):
        Predict("04-never-asked")


def test_a_quotation_comes_from_its_table_with_its_source():
    steps = load_agreement_steps()
    question = {"id": "q", "table": "agreement_steps", "column": "step"}
    found = _item(question, {"row": steps["step_id"][0]})
    assert found["text"] == steps["step"][0]
    assert found["sources"][0]["reference"] in source(steps["step_id"][0]).replace(". ", ", ")
    assert [one["status"] for one in found["sources"]] != [""]
    with pytest.raises(ValueError, match="has no row 'nowhere'"):
        _item(question, {"row": "nowhere"})
    assert _item(question, {"text": "Own words."}) == {"text": "Own words.", "sources": []}
    own = _item(question, {"text": "Own words.", "source": "A speech"})
    assert own["sources"] == [{"reference": "A speech"}]


def test_the_answer_is_read_from_the_journal(journal):
    quiz = Quiz("00-take-along")
    assert quiz.answer is None
    journal.record("00-take-along", {"choice": ["file"]})
    assert quiz.answer == {"choice": ["file"]}


def test_a_journal_shows_its_bar(journal):
    assert "is open and empty" in repr(journal)
    assert "application/vnd.jupyter.widget-view+json" in journal._repr_mimebundle_()[0]
    json.dumps(JournalBar(journal).page_state())


# ---- the link ---------------------------------------------------------------------------------------


@pytest.fixture
def told(journal, monkeypatch):
    """Ask the link something; returns what it told the page."""
    link = journal_link.link(journal)
    sent = []
    monkeypatch.setattr(link, "send", lambda content, buffers=None: sent.append(content))

    def ask(**content):
        sent.clear()
        link._hear(link, content, [])
        return json.loads(json.dumps(sent[0])) if sent else None

    return ask


def entry(number: int, stamp: str = "2026-01-01T00:00:00.000Z", answer="words") -> dict:
    return {
        "entry_id": f"e{number}",
        "question_id": f"q{number}",
        "kind": "reflect",
        "notebook": "00-start-here",
        "module_version": "0.1.0",
        "answered_at": stamp,
        "answer": answer,
    }


def test_what_is_written_is_on_disk_before_it_is_told(told, journal):
    assert told(ask="put", entries=[entry(1)])["ids"] == [["e1", "2026-01-01T00:00:00.000Z"]]
    assert [one.answer for one in journal.all()] == ["words"]


def test_hello_finds_what_either_side_lacks(told):
    told(ask="put", entries=[entry(1), entry(2)])
    later = "2026-02-01T00:00:00.000Z"
    answer = told(ask="hello", have=[["e1", later], ["e3", later]])
    assert sorted(answer["want"]) == ["e1", "e3"]
    assert [one["entry_id"] for one in answer["entries"]] == ["e2"]
    assert answer["more"] == []


def test_hostile_messages_are_answered_and_store_nothing_bad(told, journal):
    bad = [{"entry_id": "x"}, 7, entry(1) | {"answered_at": "soon"}, entry(2)]
    assert told(ask="put", entries=bad)["ids"] == [["e2", entry(2)["answered_at"]]]
    assert told(ask="dance") is None
    assert told() is None
    assert len(journal.all()) == 1


def test_a_journal_that_cannot_be_written_is_told_in_words(told, journal):
    journal.path.mkdir()
    answer = told(ask="put", entries=[entry(1)])
    assert answer["tell"] == "refused"
    assert "kept in this browser" in answer["problem"]
    assert "kept in this browser" in told(ask="hello", have=[])["problem"]


def test_a_journal_damaged_while_open_asks_the_page_again(told, journal):
    told(ask="put", entries=[entry(1)])
    journal.path.write_bytes(b"<html>" * 1000)
    answer = told(ask="put", entries=[entry(2)])
    assert answer["again"]
    assert told(ask="hello", have=[["e1", entry(1)["answered_at"]]])["want"] == ["e1"]
    assert "set aside" in journal.notice


def test_clear_and_saved(told, journal):
    told(ask="put", entries=[entry(1)])
    assert told(ask="saved", at="2026-01-02T00:00:00.000Z", learner="Fox")["tell"] == "noted"
    assert (journal.learner, journal.exported_at[:10]) == ("Fox", "2026-01-02")
    identity = journal.identity
    assert told(ask="clear")["tell"] == "cleared"
    assert (journal.all(), journal.learner) == ([], "")
    assert Journal(journal.path).identity == identity, "other open pages still belong to it"
