"""The played game is the model's: its means are those of the exact solver, by chance and by weights."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from kdebate.models import Deal
from kdebate.models.play import Play, average, holder, keeper, run

from .solver import RULES, Game, after_breach, breach, equal_steps, from_start, kept, random_game
from .test_first_mover import CLASS, ORDERS

PLAYS = 1000


def plan(side: int, at: int) -> Any:
    return {"a": keeper, "b": keeper, "ab"[side]: holder(at)}


def exact(game: Game, steps: int, first: str, side: int, at: int) -> list[Fraction]:
    """Worth to both, per round, of a play in which one side falls as low as it can at one slice; 0 if nobody does."""
    path = equal_steps(steps)
    if not at:
        return kept(game, path, 1)
    leads = ORDERS[first] == side
    before, now = path[at - 1], path[at]
    own, holds_at = (1 - game.rho[side]) * before, before if leads else now
    worth = [after_breach(game, side, who, own, holds_at) for who in (0, 1)]
    best = breach(game, path, side, at, ORDERS[first], RULES)
    assert best is None or best[0] == worth[side]
    return from_start(game, path, at, worth)


def weighted(game: Game, steps: int, first: str, side: int, at: int) -> list[float]:
    """The same from the played game, each way the die can fall with its weight."""
    deal, q = Deal(**game.floats()), float(game.q[side])
    total, left, n = np.zeros(2), 1.0, 0
    while left * deal.delta**n > 1e-13 and n < 600:
        n += 1  # the die proves it at its n-th fall
        weight = left * q
        left -= weight
        total += weight * _worth(deal, steps, first, plan(side, at), n, at)
    return [*(total + left * _worth(deal, steps, first, plan(side, at), 10**6, at))]


def _worth(deal: Deal, steps: int, first: Any, who: Any, proof: int, at: int) -> Any:
    """Worth to both, per round, when the die proves a breach at its fall number `proof`."""
    falls = iter(range(1, 10**6))
    play = Play(deal, steps, first)
    play.roll = lambda: 0.0 if next(falls) == proof else 1.0
    length = max(at, steps) + min(proof, 700) + 1
    seen = np.array([entry["payoffs"] for entry in run(play, who, length).history])
    weights = (1 - deal.delta) * deal.delta ** np.arange(length)
    weights[-1] /= 1 - deal.delta  # from here on every round is the same
    return weights @ seen


CASES = [
    (steps, first, side, at)
    for steps in (1, 2)
    for first in ORDERS
    for side in (0, 1)
    for at in range(side, steps + 1)  # nobody holds back: once is enough
]


@pytest.mark.parametrize(("steps", "first", "side", "at"), CASES)
def test_many_plays_come_close_to_the_solver(steps: int, first: Any, side: int, at: int) -> None:
    """The ratio of sums lies within four standard errors of the exact worth."""
    worth = [float(x) for x in exact(CLASS, steps, first, side, at)]
    found = average(Deal(**CLASS.floats()), steps, first, plan(side, at), PLAYS, 20190228)
    totals, rounds = np.array(found["totals"]), np.array(found["rounds"])
    for i in (0, 1):
        missed = totals[:, i] - worth[i] * rounds
        error = missed.std() / np.sqrt(PLAYS) / rounds.mean()
        assert abs(found["worth"][i] - worth[i]) <= 4 * error + 1e-12


def test_with_weights_for_chance_they_are_the_solvers_own(seed: int) -> None:
    rng, seen = random.Random(seed + 11), 0
    while seen < 40:
        game, steps, side = random_game(rng), rng.randint(1, 4), rng.randint(0, 1)
        first, at = rng.choice([*ORDERS]), rng.randint(0, steps)
        if not 0 < game.delta < 1:
            continue
        found = weighted(game, steps, first, side, at)
        worth = [float(x) for x in exact(game, steps, first, side, at)]
        assert found == pytest.approx(worth, rel=1e-9, abs=1e-9), (seed, game, steps, first, at)
        seen += 1
