"""The game on the Python side: what it hands to the page, and what it keeps to itself."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from kdebate.exercises import Journal
from kdebate.widgets import BargainGame


@pytest.fixture(autouse=True)
def journal(tmp_path: Any) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def test_without_arguments_all_plays_are_on_offer() -> None:
    state = json.loads(json.dumps(BargainGame().page_state()))
    assert state["plays"] == ["one_swap", "two_slices", "who_first"]
    assert state["_spec"]["question"]["id"] == "04-play"
    assert [*state["_spec"]["words"]["titles"]] == state["plays"]


def test_a_play_or_a_prediction_that_is_not_there_is_refused() -> None:
    for wrong in ("three_slices", ""):
        with pytest.raises(ValueError, match="Choose of: one_swap two_slices who_first"):
            BargainGame(wrong)
    with pytest.raises(ValueError, match="No question has the id"):
        BargainGame("one_swap", predict="04-nothing")


def test_in_words_it_tells_the_rules_and_not_what_comes_out() -> None:
    said = repr(BargainGame("one_swap"))
    assert "Play it: everything at once" in said
    assert "brings up to 2, and what you give costs up to 1" in said
    assert not re.search(r"1\.10|1\.02|0\.95|\b11\b|safety gap", said)


def test_a_prediction_waits_for_the_play_that_it_names():
    asked = "04-who-cheats 04-pressure-60"
    assert BargainGame("one_swap", predict=asked).asks == {"04-who-cheats": "one_swap"}
    assert BargainGame("two_slices", predict=asked).asks == {}
