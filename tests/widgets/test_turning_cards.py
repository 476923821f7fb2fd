"""TurningCards: faces filled from the rows, documents behind them, and no back before its question is answered."""

import pytest

from kdebate import words
from kdebate.tables import read
from kdebate.tables.doubt import doubt
from kdebate.widgets import TurningCards

SETS = words.of("turning_cards")["sets"]
SEAL = "2019-04-20"


def faces(key, **given):
    return TurningCards(key, **given)._spec["cards"]


def test_two_speeches_quote_the_table_and_keep_the_speaker_behind():
    january, march = faces("two_speeches")
    rows = [read.find(name)[1] for name in ("PO21", "PO06")]
    for card, row in zip((january, march), rows, strict=True):
        assert f"“{row['quote']}" in card["front"]
        assert row["author"] in card["back"]
        assert row["author"] not in card["front"] + card["head"]
        assert len(card["front"].split()) <= 25
        assert all(one["url"].startswith("http") for one in card["sources"])
    assert (january["head"], march["head"]) == ("31 Jan 2019", "11 Mar 2019")
    assert "39 days" in TurningCards("two_speeches")._spec["after"]


@pytest.mark.parametrize("key", SETS)
def test_every_card_has_a_front_and_a_document(key):
    cards = faces(key)
    assert all(card["head"] and card["front"] and card["sources"] for card in cards)
    assert any(card["back"] for card in cards)
    assert not any("{" in card["front"] + card["back"] for card in cards)


@pytest.mark.parametrize("key", SETS)
def test_no_document_is_younger_than_the_day_of_the_forecasts(key):
    """The cards stand above the seal of chapter 01."""
    later = {"May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
    for source in (one["text"] for card in faces(key) for one in card["sources"]):
        assert not any(f"{month} {SEAL[:4]}" in source for month in later), source
        assert not any(str(year) in source for year in range(2020, 2030)), source


def test_with_a_question_the_words_give_no_back_away():
    asked, free = TurningCards("listeners", predict="01-left-out"), TurningCards("listeners")
    assert "Seoul" not in repr(asked) + asked._repr_mimebundle_()[0]["text/html"]
    assert "Seoul" in repr(free)
    assert asked.predict == "01-left-out"


def test_a_wording_from_memory_is_marked(monkeypatch):
    found = read.find("PO06")
    row = found[1] | {"recalled_fields": "quote"}
    assert doubt(row).about("quote")
    known = read.find
    monkeypatch.setattr(
        read, "find", lambda name: (found[0], row) if name == "PO06" else known(name)
    )
    assert [card["unchecked"] for card in faces("two_speeches")] == [False, True]


def test_what_does_not_exist_is_refused_with_what_does(monkeypatch):
    with pytest.raises(ValueError, match=r"'nobody'.*two_speeches, listeners"):
        TurningCards("nobody")
    with pytest.raises(ValueError, match="No question has the id"):
        TurningCards("two_speeches", predict="01-nothing")
    monkeypatch.setattr(read, "find", lambda name: None)
    with pytest.raises(ValueError, match="No table has a row 'PO21'"):
        TurningCards("two_speeches")
