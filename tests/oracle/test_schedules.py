"""The greedy schedule beside a linear programme: no schedule of any kind needs fewer steps."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.optimize import linprog

from kdebate import models
from kdebate.models import Deal

from .solver import RULES, Game, gap, kept_by, random_game, signs

LONGEST = 8


def feasible(game: Game, steps: int) -> bool:
    """
    Whether any schedule of `steps` steps holds: shares z_1 <= ... <= z_N = 1.

    Every gap is linear in the shares; `test_the_row_is_the_gap` holds the rows used here
    to the slow solver's own gaps.
    """
    rows, bounds = [], [(0, 1)] * (steps - 1) + [(1, 1)]
    for i in (0, 1):
        for k in range(1, steps + 1):
            rows.append(_gap_row(game, i, k, steps))
    cover = np.array([float((1 - game.delta) * game.a[i]) for i in (0, 1)]).repeat(steps)
    grows = np.eye(steps, k=-1)[1:] - np.eye(steps)[1:]
    table = np.vstack([-np.array(rows), grows])
    limits = np.append(cover, np.zeros(steps - 1))
    found = linprog(np.zeros(steps), A_ub=table, b_ub=limits, bounds=bounds)
    return bool(found.status == 0)


def _gap_row(game: Game, i: int, k: int, steps: int) -> np.ndarray:
    """Coefficients of z_1..z_N in the gap of side i in step k, without the audience cost."""
    d, v, c = float(game.delta), float(game.v[i]), float(game.c[i])
    stays = c * (1 - float(game.rho[i]))
    row = np.zeros(steps)
    for s in range(k, steps):
        row[s - 1] += (v - c) * (1 - d) * d ** (s - k)
    row[steps - 1] += (v - c) * d ** (steps - k)
    row[k - 1] -= v * _kept_after_breach(game, i)
    if k > 1:
        row[k - 2] += stays
    return row


def _kept_after_breach(game: Game, i: int) -> float:
    """Discounted share of the victim's concession that stays with the breacher, summed up."""
    d, q, stays = float(game.delta), float(game.q[i]), 1 - float(game.rho[1 - i])
    unproven, total, weight = 1.0, 0.0, 1 - d
    for _ in range(2000):
        total += weight * (unproven + (1 - unproven) * stays)
        unproven, weight = unproven * (1 - q), weight * d
    return total


def test_no_schedule_needs_fewer_steps(seed: int) -> None:
    rng, found, none = random.Random(seed + 4), 0, 0
    for _ in range(150):
        game = random_game(rng)
        keeps = all(_keeps(game, i) for i in (0, 1))
        least = next((n for n in range(1, LONGEST + 1) if keeps and feasible(game, n)), None)
        path = models.fewest_steps_schedule(Deal(**game.floats()), limit=LONGEST)
        assert (None if path is None else len(path) - 1) == least, f"KDEBATE_SEED={seed}: {game}"
        found, none = found + (least is not None), none + (least is None)
    assert min(found, none) > 10


def _keeps(game: Game, i: int) -> bool:
    """Whether side i signs, and keeps the finished deal."""
    finished = [0 * game.delta, 0 * game.delta + 1]
    left = gap(game, finished, i, 2, None, RULES)
    return signs(game, i) and (left is None or left >= 0)


def test_the_row_is_the_gap() -> None:
    """The programme's coefficients give the slow solver's own numbers."""
    rng = random.Random(5)
    for _ in range(20):
        game = random_game(rng)
        path = [0 * game.delta, game.delta / 3, game.delta / 2, 1 - 0 * game.delta]
        for i in (0, 1):
            for k in (1, 2, 3):
                exact = gap(game, path, i, k, None, RULES)
                if exact is not None:
                    row = _gap_row(game, i, k, 3) @ [float(x) for x in path[1:]]
                    assert row + float((1 - game.delta) * game.a[i]) == pytest.approx(
                        float(exact), abs=1e-9
                    )
        assert kept_by(game, path, 4, 0) == game.v[0] - game.c[0]
