"""The game of chapter 04: its engine in both languages, its rules, and the numbers that its screens promise."""

from __future__ import annotations

import dataclasses
import json
import random
from typing import Any

import numpy as np
import pytest

from kdebate.models import Deal, effective_deal, margins
from kdebate.models.play import Play, average, holder, keeper, mulberry32, reckoner, run, taker
from kdebate.widgets._static import STATIC
from tools.node import evaluate

CLASS = effective_deal({})
PLAYS = 1000
STRATEGIES = {"keeper": keeper, "taker": taker, "reckoner": reckoner}


def kept_but(side: str = "a", at: int | None = None) -> Any:
    """Both keep the deal, but for one who holds a slice back."""
    return {"a": keeper, "b": keeper} | ({side: holder(at)} if at else {})


def rounds(  # type: ignore[no-untyped-def]
    side, steps, at, first: Any = "both", dice=None, count=10
) -> Any:
    """What one side gets in each of so many rounds; `dice` replaces chance."""
    play = Play(CLASS, steps, first)
    play.roll = dice or (lambda: 0.0)
    found = run(play, kept_but(side, at), count).history
    return [entry["payoffs"]["ab".index(side)] for entry in found]


# ---- the twins --------------------------------------------------------------------------------


def random_play(rng: random.Random) -> dict[str, Any]:
    """A bargain, an order, and who plays; a number stands for holding back there."""
    names = ["rho_a", "rho_b", "q_a", "q_b", "a_a", "a_b", "b_a", "b_b"]
    some = rng.random() < 0.5
    deal = {name: rng.random() if some or name[0] in "rq" else 0.0 for name in names}
    deal |= {name: rng.uniform(0.5, 3) for name in ("v_a", "v_b", "c_a", "c_b")}
    steps = rng.randint(1, 5)
    players = [*STRATEGIES, *range(1, steps + 1)]
    return {
        "deal": deal | {"delta": rng.uniform(0.5, 0.95)},
        "steps": steps,
        "first": rng.choice(["both", "a", "b"]),
        "seed": rng.randrange(2**32),
        "plan": {side: rng.choice(players) for side in "ab"},
    }


def made(player: Any) -> Any:
    return holder(player) if isinstance(player, int) else STRATEGIES[player]


def played(given: dict[str, Any]) -> list[Any]:
    """Everything that can be seen of one play, state before each round included."""
    play = Play(Deal(**given["deal"]), given["steps"], given["first"], given["seed"])
    plan: Any = {side: made(player) for side, player in given["plan"].items()}
    states = [run(play, plan, n).state for n in range(12)]
    return [states, play.history, play.payoffs]


SCRIPT = """
import * as play from "{twin}";
const made = (player) => (typeof player === "number" ? play.holder(player) : play[player]);
const planned = ({{ plan }}) => ({{ a: made(plan.a), b: made(plan.b) }});
function played(given) {{
  const one = new play.Play(given.deal, given.steps, given.first, given.seed);
  const states = Array.from({{ length: 12 }}, (_, n) => play.run(one, planned(given), n).state);
  return [states, one.history, one.payoffs];
}}
const mean = (given) => play.average(given.deal, given.steps, given.first, planned(given), 30, given.seed);
const given = {given};
console.log(JSON.stringify([given.map(played), given.slice(0, 50).map(mean)]));
"""


def test_a_thousand_plays_are_the_same_in_the_page() -> None:
    """Move by move, die by die, and to the last bit: both do the same sums in the same order."""
    rng = random.Random(20190228)
    given = [random_play(rng) for _ in range(PLAYS)]
    twin = (STATIC / "play.js").as_uri()
    theirs, means = evaluate(SCRIPT.format(twin=twin, given=json.dumps(given)))
    mine = [played(one) for one in given]
    for one, a, b in zip(given, mine, theirs, strict=True):
        assert a == b, one
    for one, mean in zip(given, means, strict=False):
        plan: Any = {side: made(player) for side, player in one["plan"].items()}
        deal = Deal(**one["deal"])
        assert average(deal, one["steps"], one["first"], plan, 30, one["seed"]) == mean
    ends = [states[-1] for states, _, _ in mine]
    assert {end["breach"] for end in ends} == {"a", "b", "both", None}
    assert {end["proven"] for end in ends} == {True, False}


def test_the_generator_is_the_stated_one() -> None:
    """Its first numbers from seed 1: stored plays and a class's dice hang on them."""
    draw = mulberry32(1)
    assert [draw() * 2**32 for _ in range(3)] == [2693262067, 11749833, 2265367787]
    assert mulberry32(2**32 + 1)() == mulberry32(1)()


# ---- the table of the design ------------------------------------------------------------------

NEVER, AT_ONCE = (lambda: 0.999), (lambda: 0.0)
# play, side, slices, held back at, who first, proof: the rounds as they begin; the last goes on
ROUNDS = [
    ("a", 1, None, "both", AT_ONCE, [1, 1]),
    ("b", 1, None, "both", AT_ONCE, [1, 1]),
    ("a", 1, 1, "both", NEVER, [2, 1]),
    ("b", 1, 1, "both", AT_ONCE, [2, 0.8]),
    ("b", 1, 1, "both", NEVER, [2, 2]),
    ("a", 2, None, "both", AT_ONCE, [0.5, 1]),
    ("b", 2, None, "both", AT_ONCE, [0.5, 1]),
    ("a", 2, 1, "both", AT_ONCE, [1, 0.5]),
    ("a", 2, 2, "both", AT_ONCE, [0.5, 1.8, 0.8]),
    ("a", 1, 1, "a", AT_ONCE, [0, 0]),
    ("b", 1, 1, "b", NEVER, [0, 0]),
    ("a", 1, 1, "b", AT_ONCE, [2, 1]),
    ("b", 1, 1, "a", AT_ONCE, [2, 0.8]),
]
TOTALS = {
    ("a", 1, None): 10, ("a", 1, 1): 11, ("a", 2, None): 9.5, ("b", 2, None): 9.5,
    ("a", 2, 1): 5.5, ("a", 2, 2): 8.7, ("b", 1, 1): 9.2,
}  # fmt: skip


@pytest.mark.parametrize(("side", "steps", "at", "first", "dice", "said"), ROUNDS)
def test_round_by_round(side, steps, at, first, dice, said) -> None:  # type: ignore[no-untyped-def]
    whole = [*said, *[said[-1]] * (10 - len(said))]
    assert rounds(side, steps, at, first, dice) == pytest.approx(whole)


@pytest.mark.parametrize(("side", "steps", "at"), TOTALS)
def test_ten_rounds(side: str, steps: int, at: int | None) -> None:
    assert sum(rounds(side, steps, at)) == pytest.approx(TOTALS[side, steps, at])


def on_average(side: str, steps: int, at: int, first: Any = "both", count: int = 10) -> Any:
    """What one side gets in each round, over every way the die can fall."""
    falls = [[0.999] * (n - 1) + [0.0] * count for n in range(1, count + 1)]
    each = [
        np.array(rounds(side, steps, at, first, iter(one).__next__, count))
        for one in [*falls, [0.999] * count]
    ]
    q = CLASS.q_a if side == "a" else CLASS.q_b
    chances = [q * (1 - q) ** n for n in range(count)] + [(1 - q) ** count]
    return sum(chance * row for chance, row in zip(chances, each, strict=True))


def test_what_the_die_brings_pyongyang_on_average() -> None:
    once = on_average("b", 1, 1)
    assert once[:4] == pytest.approx([2, 1.4, 1.1, 0.95])
    assert once.sum() == pytest.approx(10.4, abs=0.005)
    assert sum(rounds("b", 1, 1, dice=NEVER)) == pytest.approx(20)
    assert on_average("b", 2, 1)[:3] == pytest.approx([1, 0.7, 0.55])
    assert on_average("b", 2, 2)[:4] == pytest.approx([0.5, 1.75, 1.15, 0.85])


# side, slices, held back at, who first: the worth from that slice on, and the gap to keeping
WORTH = [
    ("a", 1, 1, "both", 1.10, -0.10), ("b", 1, 1, "both", 1.02, -0.02),
    ("a", 2, 1, "both", 0.55, 0.40), ("a", 2, 2, "both", 0.90, 0.10),
    ("b", 2, 1, "both", 0.51, 0.44), ("b", 2, 2, "both", 0.77, 0.23),
    ("a", 1, 1, "a", 0, 1.00), ("b", 1, 1, "b", 0, 1.00),
    ("a", 1, 1, "b", 1.10, -0.10), ("b", 1, 1, "a", 1.02, -0.02),
]  # fmt: skip


@pytest.mark.parametrize(("side", "steps", "at", "first", "worth", "gap"), WORTH)
def test_worth_and_safety_gap(side, steps, at, first, worth, gap) -> None:  # type: ignore[no-untyped-def]
    """Each round weighs as much as its chance to be reached; the played gap is the model's."""
    held = on_average(side, steps, at, first, 150)[at - 1 :]
    kept = np.array(rounds(side, steps, None, first, count=150))[at - 1 :]
    weights = (1 - CLASS.delta) * CLASS.delta ** np.arange(len(held))
    found = weights @ held, weights @ (kept - held)
    assert found == pytest.approx((worth, gap), abs=0.005)
    model = margins(CLASS, steps, first)["ab".index(side), at - 1]
    assert found[1] == pytest.approx(model, abs=1e-5)  # what 150 rounds leave out


def test_half_of_pyongyangs_plays_end_below_ten() -> None:
    """The card says that the die decided."""
    below = [
        run(Play(CLASS, 1, "both", seed), kept_but("b", 1), 10).payoffs[1] < 10
        for seed in range(2000)
    ]
    assert np.mean(below) == pytest.approx(0.5, abs=0.05)


# ---- what the rules refuse ----------------------------------------------------------------------


def test_each_move_has_its_turn() -> None:
    play = Play(CLASS, 1, "b")
    with pytest.raises(ValueError, match=r"not the turn of 'a'\. To move: b"):
        play.move("a", "deliver")
    with pytest.raises(ValueError, match="b must move first"):
        play.wait()
    with pytest.raises(ValueError, match=r"'take' is no move\. Choose one of: deliver, hold"):
        play.move("b", "take")  # type: ignore[arg-type]
    play.move("b", "hold")  # the one who answers has nothing to answer
    assert play.state["breach"] == "b"
    with pytest.raises(ValueError, match="nobody: call wait"):
        play.move("a", "deliver")


def test_what_cannot_be_played_is_refused() -> None:
    with pytest.raises(ValueError, match="not arrays"):
        Play(dataclasses.replace(CLASS, delta=np.array([0.5, 0.9])), 1)
    with pytest.raises(ValueError, match="Choose one of: 'both', 'a', 'b'"):
        Play(CLASS, 1, "c")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="whole number"):
        Play(CLASS, 0)
    with pytest.raises(ValueError, match="never end"):
        average(dataclasses.replace(CLASS, delta=1.0), 1, "both", kept_but(), 5, 1)


def test_who_is_reckoned_with() -> None:
    """With one swap both hold back; with two slices nobody does; with an order, only who answers."""
    plan: Any = {"a": reckoner, "b": reckoner}
    found = {
        (steps, first): run(Play(CLASS, steps, first), plan, 3).state["breach"]
        for steps, first in [(1, "both"), (2, "both"), (1, "a"), (1, "b")]
    }
    assert [*found.values()] == ["both", None, "b", "a"]
    assert run(Play(CLASS, 3), {"a": taker, "b": keeper}, 5).state["broken_at"] == 3
