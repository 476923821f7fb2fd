"""Every sentence of ConcessionExplorer can be reached, is short, and says who goes first."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import Any

import pytest

from kdebate import models
from kdebate.widgets import ConcessionExplorer, concession_view

SPEC = ConcessionExplorer()._spec
WORDS, NAMES = SPEC["own"], SPEC["words"]["sides"]
LEVERS = models.levers()
ON_SCREEN = ConcessionExplorer.levers
RARE = [  # states that chance seldom meets
    {"N": 8, "v_a": 2.2, "v_b_full": 1.8, "delta": 0.84, "rho_b": 0.35, "rho_a_legal": 0.9, "q_b": 0.35, "pressure": 0.64},
    {"N": 8, "v_a": 1.1, "v_b_full": 4.7, "delta": 0.93, "rho_b": 0.45, "rho_a_legal": 0.8, "q_b": 0.9, "pressure": 0.49},
    {"N": 2, "delta": 0.83, "rho_a_legal": 0.15, "rho_b": 0.1, "q_b": 0.6, "pressure": 0.79, "first": "b"},
    {"wait": 1, "first": "a"},
]  # fmt: skip


def random_state(chance: random.Random, names: tuple[str, ...]) -> dict[str, Any]:
    """All levers at their defaults but for some, which stand anywhere on their steps."""
    state = {name: lever["default"] for name, lever in LEVERS.items()}
    for name in names:
        lever = LEVERS[name]
        if "choices" in lever:
            state[name] = chance.choice(lever["choices"])
            continue
        parts = round((lever["max"] - lever["min"]) / lever["step"])
        value = lever["min"] + lever["step"] * chance.randrange(parts + 1)
        state[name] = round(value) if lever["step"] == 1 else round(value, 3)
    return state


@cache
def told(count: int = 2400) -> list[tuple[dict[str, Any], str]]:
    """Random states of all levers that change something, a third of them at one slice, and what is said of each."""
    chance = random.Random(1)
    moving = tuple(name for name, lever in LEVERS.items() if "waits" not in lever)
    states = [
        random_state(chance, moving[: 1 + chance.randrange(len(moving))]) for _ in range(count // 2)
    ]
    near = ("N", "first", "pressure", "q_b", "rho_b", "rho_a_legal", "delta")
    states += [random_state(chance, near) for _ in range(count // 2)]
    for state in states[::3]:
        state["N"] = 1
    states += [random_state(chance, ()) | rare for rare in RARE]
    return [(state, say(state)) for state in states]


def say(state: dict[str, Any]) -> str:
    return concession_view.sentence(WORDS, NAMES, concession_view.findings(state))


def pattern(template: str) -> re.Pattern[str]:
    """The shape that a template gives to what is said."""
    parts = re.split(r"\{\w+\}", template)
    return re.compile(".+".join(map(re.escape, parts)))


@pytest.mark.parametrize("key", [key for key in WORDS["sentence"] if key != "locked"])
def test_every_sentence_is_reached(key: str) -> None:
    shape = pattern(WORDS["sentence"][key])
    assert any(shape.search(text) for _, text in told()), key


@pytest.mark.parametrize("key", WORDS["order"])
def test_every_order_is_said(key: str) -> None:
    shape = pattern(WORDS["order"][key])
    assert any(shape.match(text) for _, text in told()), key


def test_no_sentence_is_left_with_a_brace_or_two_shapes() -> None:
    shapes = {key: pattern(text) for key, text in WORDS["sentence"].items()}
    for state, text in told():
        assert "{" not in text
        found = [key for key, shape in shapes.items() if shape.search(text)]
        assert len({key.split("_")[0] for key in found}) == 1, (state, text, found)


def test_the_leader_is_named_wherever_a_deal_would_be_signed() -> None:
    for state, text in told():
        unwilling = "would not sign" in text or "Neither side" in text
        for side in "ab":
            led = f"{NAMES[side]} goes first." in text
            assert led == (state["first"] == side and not unwilling), (state, text)


def test_sentences_are_short() -> None:
    """At most 23 words while both move at once; a leader adds three, a wait four."""
    chance = random.Random(2)
    on_screen = [random_state(chance, ON_SCREEN) for _ in range(600)]
    for state, text in told() + [(state, say(state)) for state in on_screen]:
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
