"""Random games: the models against the slow solver, in everything that both can say."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from kdebate import models
from kdebate.models import Deal

from .solver import (
    Game,
    belief_needed,
    enforceable,
    equal_steps,
    fewest_steps,
    gaps,
    kept,
    matrix,
    paths_on_grid,
    random_game,
    random_path,
)

LIMIT = 10
ORDERS = {"both": None, "a": 0, "b": 1}  # who moves first: for the models, and for the solver
HAIR = Fraction(1, 10**6)


def test_a_hundred_games(seed: int) -> None:
    assert _play(seed, 120) == 120


@pytest.mark.soak
def test_a_thousand_games(seed: int) -> None:
    assert _play(seed + 1, 1000) == 1000


def _play(seed: int, count: int) -> int:
    """Compare `count` games; the message of a failure repeats it."""
    rng = random.Random(seed)
    done = 0
    for number in range(count):
        game, path = random_game(rng), random_path(rng, rng.randint(1, 5))
        steps, step = rng.randint(1, 6), rng.random()
        try:
            _compare(game, path, steps, 1 + int(step * steps))
        except AssertionError as error:
            raise AssertionError(
                f"KDEBATE_SEED={seed}, game {number}: {game}, {steps} steps\n{error}"
            ) from error
        done += 1
    return done


def _compare(game: Game, path: list[Fraction], steps: int, step: int) -> None:
    """Everything, for one game."""
    deal = Deal(**game.floats())
    _same_margins(game, deal, path, steps)
    _same_fewest_steps(game, deal)
    _same_step_game(game, deal, steps, step)
    for first in ORDERS:
        _same_equal_steps(game, deal, steps, first)
        _same_price_zone(game, deal, steps, first)
        _same_share(game, deal, steps, first)
    _schedule_is_fewest(game, deal)


def _close(found: Any, exact: Sequence[Any]) -> None:
    np.testing.assert_allclose(found, np.array(exact, dtype=float), rtol=1e-9, atol=1e-11)


def _same_margins(game: Game, deal: Deal, path: list[Fraction], steps: int) -> None:
    _same_gaps(game, path, None, models.schedule_margins(deal, [float(x) for x in path]))
    _close(models.deal_value(deal, steps), kept(game, equal_steps(steps), 1))


def _same_equal_steps(game: Game, deal: Deal, steps: int, first: Any) -> None:
    equal, leader = equal_steps(steps), ORDERS[first]
    _same_gaps(game, equal, leader, models.margins(deal, steps, first))
    assert bool(models.holds(deal, steps, first)) == enforceable(game, equal, leader)


def _same_gaps(game: Game, shares: list[Fraction], leader: int | None, found: Any) -> None:
    exact = np.array(gaps(game, shares, leader), dtype=float)
    _close(np.where(np.isnan(exact), np.nan, found), exact)
    assert np.isnan(exact).sum() == _nothing_to_take_back(game, shares)


def _nothing_to_take_back(game: Game, shares: list[Fraction]) -> int:
    """In pauses, and when keeping, a side that can take nothing back cannot breach."""
    pauses = sum(x == y for x, y in pairwise(shares))
    early = sum(y == 0 for y in shares[1:])  # nothing has been delivered yet, so nothing can fall
    return sum(pauses + 1 if rho == 0 else early for rho in game.rho)


def _same_fewest_steps(game: Game, deal: Deal) -> None:
    for who, leader in ORDERS.items():
        found = models.minimum_steps(deal, who, limit=LIMIT)  # type: ignore[arg-type]
        assert found == fewest_steps(game, leader, LIMIT), who


def _same_step_game(game: Game, deal: Deal, steps: int, step: int) -> None:
    cells = matrix(game, equal_steps(steps), step)
    _close(models.step_game(deal, steps, step), cells)
    _close(models.trust_needed(deal, steps, step), [belief_needed(cells, i) for i in (0, 1)])


def _same_price_zone(game: Game, deal: Deal, steps: int, order: Any) -> None:
    def good(theta: Fraction) -> bool:
        return enforceable(game.at_price(theta), equal_steps(steps), ORDERS[order])

    low, high = models.price_zone(deal, steps, order)
    if np.isnan(low):
        assert not any(good(Fraction(k, 20)) for k in range(1, 100, 3))
        return
    first, last = Fraction(float(low)), Fraction(float(high))
    if last > first * (1 + 3 * HAIR):
        assert good(first * (1 + HAIR))
        assert good(last * (1 - HAIR))
    assert not good(first * (1 - HAIR))
    assert not good(last * (1 + HAIR))


def _same_share(game: Game, deal: Deal, deadline: int, order: Any) -> None:
    def good(share: Fraction) -> bool:
        return enforceable(game.scaled(share), equal_steps(deadline), ORDERS[order])

    found = Fraction(float(models.largest_share(deal, deadline, order)))
    if found == 1:
        assert good(found)
    else:
        assert not good(found + HAIR)
        assert found == 0 or good(found * (1 - HAIR))


def _schedule_is_fewest(game: Game, deal: Deal) -> None:
    found = models.fewest_steps_schedule(deal, limit=40)
    if found is None:
        assert not any(enforceable(game, path) for n in (1, 2, 3) for path in paths_on_grid(n, 8))
        return
    path = [Fraction(x).limit_denominator(10**9) for x in found.tolist()]
    assert path[0] == 0
    assert path[-1] == 1
    assert all(x is None or x > -HAIR for row in gaps(game, path) for x in row)
    fewer = range(1, min(len(path) - 1, 4))
    assert not any(enforceable(game, other) for n in fewer for other in paths_on_grid(n, 8))
