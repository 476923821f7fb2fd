"""The sentences of ConcessionExplorer are short and say who goes first; that each is said, tests/page proves."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest

from kdebate import models
from kdebate.widgets import ConcessionExplorer
from kdebate.widgets.teller import tell
from tests import points

WORDS = ConcessionExplorer()._told_words
LEVERS = models.levers()
ON_SCREEN = ConcessionExplorer.levers


@cache
def told(count: int = 2400) -> list[tuple[dict[str, Any], str]]:
    """Random states, half of them of the levers on screen, a third at one slice, and what is said of each."""
    chance = random.Random(1)
    start = {name: lever["default"] for name, lever in LEVERS.items()}
    found = []
    for i in range(count):
        moved = (
            points.values(chance, LEVERS, ON_SCREEN) if i % 2 else points.some(chance, LEVERS, 0.5)
        )
        state = start | moved | ({"N": 1} if i % 3 == 0 else {})
        found.append((state, tell(WORDS, "sentence", models.facts(state) | {"locked": False})))
    return found


def test_the_leader_is_named_wherever_a_deal_would_be_signed() -> None:
    for state, text in told():
        unwilling = "would not sign" in text or "Neither side" in text
        for side in "ab":
            led = f"{WORDS['side'][side]} goes first." in text
            assert led == (state["first"] == side and not unwilling), (state, text)


def test_sentences_are_short() -> None:
    """At most 23 words while both move at once; a leader adds three, a wait four."""
    for state, text in told():
        most = 23 + 3 * (state["first"] != "both") + 4 * (state["wait"] > 0)
        assert len(text.split()) <= most, (state, text)


@pytest.mark.parametrize(
    ("levers", "said"),
    [
        (
            {"first": "a"},
            "Washington goes first. All at once fails. Washington must trust Pyongyang, which would rather cheat: "
            "keeping is 0.02 worse for it.",
        ),
        (
            {"first": "b"},
            "Pyongyang goes first. All at once fails. Pyongyang must trust Washington, which would rather cheat: "
            "keeping is 0.10 worse for it.",
        ),
        (
            {"first": "a", "pressure": 1.0},
            "Washington goes first. All at once holds. The smallest gap is Pyongyang’s, +0.53. "
            "The deal is worth 1.00 to Washington, 1.50 to Pyongyang.",
        ),
        (
            {"first": "b", "N": 2},
            "Pyongyang goes first. 2 slices hold. The weakest is slice 2, for Washington: +0.10. "
            "The deal is worth 0.95 to each side.",
        ),
        (
            {"first": "a", "rho_b": 0.3, "pressure": 1.0},
            "Washington goes first. All at once fails. Once all is delivered, Washington would rather take it back: "
            "keeping is 0.21 worse for it.",
        ),
        (
            {"v_a": 2.4, "v_b_full": 3.0, "pressure": 0.5, "wait": 14, "drift": 0.03},
            "Both wait 14 rounds. All at once holds. The smallest gap is Pyongyang’s, +0.05. "
            "The deal is worth 0.32 to Washington, 0.29 to Pyongyang.",
        ),
    ],
)
def test_orders_of_moves_in_words(levers: dict[str, Any], said: str) -> None:
    explorer = ConcessionExplorer()
    for name, value in levers.items():
        setattr(explorer, name, value)
    assert explorer.describe() == said


def test_the_table_follows_the_leader() -> None:
    explorer = ConcessionExplorer.from_code("class-default,N=2,first=b")
    assert explorer.table["Pyongyang"].round(2).tolist() == [0.95, 0.74, 0.48]
    assert explorer.table["Washington"].round(2).tolist() == [0.4, 0.1, 0.3]
