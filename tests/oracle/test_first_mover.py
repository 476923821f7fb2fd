"""Who goes first decides who must be trusted: the table of the lesson, played out exactly."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from kdebate import models
from kdebate.models import Deal, read_out

from .solver import Game, equal_steps, fewest_steps, gaps, kept, random_game

CLASS = Game(
    delta=Fraction(9, 10),
    v=(Fraction(2), Fraction(2)),
    c=(Fraction(1), Fraction(1)),
    rho=(Fraction(3, 5), Fraction(1, 2)),
    q=(Fraction(1), Fraction(1, 2)),
)
ORDERS = {"both": None, "a": 0, "b": 1}
ONCE = {
    "both": [["−0.10", "+0.30"], ["−0.02", "+0.48"]],
    "b": [["−0.10", "+0.30"], ["+1.00", "+0.48"]],
    "a": [["+1.00", "+0.30"], ["−0.02", "+0.48"]],
}
TWICE = {
    "both": [["+0.40", "+0.10", "+0.30"], ["+0.44", "+0.23", "+0.48"]],
    "b": [["+0.40", "+0.10", "+0.30"], ["+0.95", "+0.74", "+0.48"]],
    "a": [["+0.95", "+0.65", "+0.30"], ["+0.44", "+0.23", "+0.48"]],
}


@pytest.mark.parametrize(("steps", "table"), [(1, ONCE), (2, TWICE)])
@pytest.mark.parametrize("first", ORDERS)
def test_the_table_of_the_class_default(
    steps: int, table: dict[str, list[list[str]]], first: Any
) -> None:
    exact = gaps(CLASS, equal_steps(steps), ORDERS[first])
    shown = read_out({"N": steps, "first": first})["margins"]
    for found in (exact, shown):
        assert [[models.gap_text(float(x)) for x in row] for row in found] == table[first]  # type: ignore[arg-type]
    np.testing.assert_allclose(shown, np.array(exact, dtype=float), atol=1e-12)


def test_the_quarrel_in_three_numbers() -> None:
    """At full pressure one swap holds if Washington goes first; at weak pressure Pyongyang's turn helps."""
    found = {
        (s, first): read_out({"pressure": s, "first": first})["minimum_steps"]
        for s in (1.0, 0.6)
        for first in ORDERS
    }
    assert [found[1.0, first] for first in ORDERS] == [2, 1, 2]
    assert [found[0.6, first] for first in ORDERS] == [10, 10, 2]


def test_only_the_leaders_gaps_move_and_keeping_stays(seed: int) -> None:
    """Going first adds the same amount to each of one's own gaps, takes none, and moves no other."""
    rng = random.Random(seed + 5)
    for _ in range(60):
        game, steps = random_game(rng), rng.randint(1, 6)
        deal = Deal(**game.floats())
        together = models.margins(deal, steps)
        for i, first in enumerate("ab"):
            more = models.margins(deal, steps, first) - together  # type: ignore[arg-type]
            assert np.abs(more[1 - i]).max() == 0
            assert more[i, -1] == 0
            np.testing.assert_allclose(more[i, :-1], more[i, 0], atol=1e-12)
            assert more[i, 0] >= 0


def test_a_leader_that_keeps_the_end_is_tempted_nowhere(seed: int) -> None:
    rng, seen = random.Random(seed + 6), 0
    while seen < 60:
        game, steps, i = random_game(rng), rng.randint(1, 6), rng.randint(0, 1)
        if game.v[i] < game.c[i]:
            continue
        *steps_of_i, keep = gaps(game, equal_steps(steps), i)[i]
        if keep is not None and keep >= 0:
            assert all(x is None or x >= 0 for x in steps_of_i), (seed, game, steps)
            seen += 1


def test_after_waiting(seed: int) -> None:
    """Levers with a wait, against the game that then starts, its numbers worked out exactly."""
    rng = random.Random(seed + 7)
    for _ in range(40):
        levers, game = _waiting(rng)
        found, path, first = read_out(levers), equal_steps(levers["N"]), ORDERS[levers["first"]]
        exact = np.array(gaps(game, path, first), dtype=float)
        seen = np.where(np.isnan(exact), np.nan, found["margins"])
        np.testing.assert_allclose(seen, exact, rtol=1e-9, atol=1e-11)
        fewest = found["minimum_steps"]
        assert (fewest if fewest <= 12 else 0) == fewest_steps(game, first, 12), levers
        worth = [float(x * game.delta ** levers["wait"]) for x in kept(game, path, 1)]
        assert [found["value_a"], found["value_b"]] == pytest.approx(worth, abs=1e-11)
        today = read_out({**levers, "wait": 0})
        assert [found["value_now_a"], found["value_now_b"]] == [today["value_a"], today["value_b"]]
        assert found["pressure"] == today["pressure"] == today["pressure_then"]


def _waiting(rng: random.Random) -> tuple[dict[str, Any], Game]:
    """Some lever values on their steps, and the game that they mean after the wait."""

    def on(low: int, high: int, parts: int) -> Fraction:
        return Fraction(rng.randint(low, high), parts)

    x: dict[str, Any] = {
        "delta": on(60, 99, 100), "v_a": on(20, 100, 20), "v_b_full": on(20, 100, 20),
        "rho_a_legal": on(0, 40, 40), "rho_b": on(0, 20, 20), "q_a": on(0, 20, 20),
        "q_b": on(0, 20, 20), "pressure": on(30, 100, 100), "drift": on(-5, 5, 100),
        "growth": on(0, 5, 100),
    }  # fmt: skip
    wait = rng.randint(0, 24)
    s = min(Fraction(1), x["pressure"] * (1 + x["drift"]) ** wait)
    game = Game(
        delta=x["delta"],
        v=(x["v_a"], x["v_b_full"] * s),
        c=(Fraction(1), (1 + x["growth"]) ** wait),
        rho=(x["rho_a_legal"] * s, x["rho_b"]),
        q=(x["q_a"], x["q_b"]),
    )
    counts = {"N": rng.randint(1, 6), "wait": wait, "first": rng.choice(list(ORDERS))}
    return {name: float(value) for name, value in x.items()} | counts, game
