"""Every stored case, against the models and against the slow solver."""

from __future__ import annotations

from fractions import Fraction
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
    tree,
)
from .stored import CASES, cases, full_pressure, game_of

FIRST = {"simultaneous": None, "A_first": 0, "B_first": 1}
CELLS = {"CC": (0, 0), "CD": (0, 1), "DC": (1, 0), "DD": (1, 1)}


def numbers(table: Any) -> np.ndarray:
    """A table with nulls as an array with nan."""
    return np.array(table, dtype=float)


def same(found: Any, stored: Any) -> None:
    """Equal to nine digits, nan where nan."""
    np.testing.assert_allclose(numbers(found), numbers(stored), rtol=1e-9, atol=1e-12)


def lists_of_steps(case: dict[str, Any]) -> list[int]:
    """The numbers of steps that a case lists margins for."""
    return [
        int(key.removeprefix("margins_N")) for key in case["output"] if key.startswith("margins_N")
    ]


def test_all_kinds_are_here() -> None:
    kinds = [case["kind"] for case in CASES]
    expected = {"core": 10, "schedule": 2, "price": 3, "share": 1, "window": 1, "third_parties": 1}
    assert {kind: kinds.count(kind) for kind in expected} == expected


@pytest.mark.parametrize("case", cases("core"))
def test_core_margins(case: dict[str, Any]) -> None:
    game = game_of(case["input"])
    deal = Deal(**game.floats())
    for n in lists_of_steps(case):
        stored = numbers(case["output"][f"margins_N{n}"])
        same(gaps(game, equal_steps(n)), stored)
        found = models.margins(deal, n)
        same(np.where(np.isnan(stored), np.nan, found), stored)
        nothing_back = np.isnan(stored[:, -1])
        assert (nothing_back == [rho == 0 for rho in game.rho]).all()
        same(models.schedule_margins(deal, np.linspace(0, 1, n + 1)), found)
        assert case["output"][f"self_enforcing_N{n}"] == bool(models.holds(deal, n))
        same(models.deal_value(deal, n), case["output"][f"deal_value_N{n}"])


@pytest.mark.parametrize("case", cases("core"))
def test_core_fewest_steps(case: dict[str, Any]) -> None:
    game = game_of(case["input"])
    for key, first in FIRST.items():
        stored = case["output"][f"min_equal_steps_{key}"] or 0
        who = "both" if first is None else "ab"[first]
        assert models.minimum_steps(Deal(**game.floats()), who) == stored
        assert fewest_steps(game, first, limit=16) == stored
    exact = Fraction(case["output"]["min_margin_N1_exact"])
    assert min(x for row in gaps(game, equal_steps(1)) for x in row if x is not None) == exact


@pytest.mark.parametrize("case", cases("core"))
def test_core_step_game_and_trust(case: dict[str, Any]) -> None:
    game, out = game_of(case["input"]), case["output"]
    deal = Deal(**game.floats())
    tables = [key for key in out if key.startswith("step1_matrix_N")]
    assert tables
    for key in tables:
        n = int(key.removeprefix("step1_matrix_N"))
        exact, found = matrix(game, equal_steps(n), 1), models.step_game(deal, n)
        for name, (x, y) in CELLS.items():
            same(found[x, y], out[key][name])
            same(exact[x][y], out[key][name])
        same(models.trust_needed(deal, n), out[f"step1_trust_N{n}"])
        same([belief_needed(exact, i) for i in (0, 1)], out[f"step1_trust_N{n}"])


@pytest.mark.parametrize("case", cases("core"))
def test_core_trees(case: dict[str, Any]) -> None:
    game, trees = game_of(case["input"]), 0
    for key, stored in case["output"].items():
        if key.startswith("tree_"):
            who, n = key.removeprefix("tree_").split("_first_N")
            outcome, payoffs = tree(game, int(n), "AB".index(who))
            assert outcome == stored["outcome"]
            same(payoffs, stored["payoffs"])
            trees += 1
    assert trees >= 2


@pytest.mark.parametrize("case", cases("core"))
def test_core_schedules_on_a_grid(case: dict[str, Any]) -> None:
    game, out = game_of(case["input"]), case["output"]
    fewest = out["min_steps_grid12_upto3"]
    by_count = {
        n: [path for path in paths_on_grid(n, 12) if enforceable(game, path)] for n in (1, 2, 3)
    }
    assert next((n for n, found in by_count.items() if found), None) == fewest
    greedy = models.fewest_steps_schedule(Deal(**game.floats()))
    if fewest is None:
        assert out["first_schedule_grid12"] is None
        assert greedy is None or len(greedy) - 1 >= 2
    else:
        assert [Fraction(x) for x in out["first_schedule_grid12"]] in by_count[fewest]
        assert greedy is not None
        assert len(greedy) - 1 <= fewest


@pytest.mark.parametrize("case", cases("schedule"))
def test_schedule(case: dict[str, Any]) -> None:
    game, given = game_of(case["input"]), case["input"]
    path, first = [Fraction(x) for x in given["schedule"]], given["first"]
    same(gaps(game, path, first), case["output"]["margins"])
    same(kept(game, path, 1), case["output"]["value"])
    assert enforceable(game, path, first) == case["output"]["self_enforcing"]
    follower = slice(None) if first is None else slice(1 - first, 2 - first)
    found = models.schedule_margins(Deal(**game.floats()), [float(x) for x in path])
    same(found[follower], case["output"]["margins"][follower])


@pytest.mark.parametrize("case", cases("price"))
def test_price(case: dict[str, Any]) -> None:
    game, n, grid = game_of(case["input"]), case["input"]["N"], case["input"]["grid"]
    prices = [Fraction(k, grid) for k in range(1, 4 * grid)]
    good = [x for x in prices if enforceable(game.at_price(x), equal_steps(n))]
    stored = [case["output"]["lowest"], case["output"]["highest"]]
    same([good[0], good[-1]] if good else [None, None], stored)
    low, high = models.price_zone(Deal(**game.floats()), n)
    assert [x for x in prices if low <= x <= high] == good


@pytest.mark.parametrize("case", cases("third_parties"))
def test_third_parties(case: dict[str, Any]) -> None:
    given, out = case["input"], case["output"]
    will, exposure, weights = (
        [float(x) for x in given[k]] for k in ("bliss", "exposure", "weights")
    )
    e = models.enforcement(will, exposure, float(given["sigma"]))
    s = models.pressure(weights, e)
    deal = models.under_pressure(Deal(**full_pressure(given)), s)
    same(
        [*e, s, deal.v_b, deal.rho_a],
        [*out["enforcement"], out["pressure"], out["vB"], out["rhoA"]],
    )
    assert bool(models.holds(deal, 1)) == out["self_enforcing_N1"]
    assert models.minimum_steps(deal) == out["min_equal_steps"]


def test_pressure_on_firms_from_none_to_a_half() -> None:
    case = next(case for case in CASES if case["kind"] == "third_parties")["input"]
    will, exposure, weights = (
        [float(x) for x in case[k]] for k in ("bliss", "exposure", "weights")
    )
    s = models.pressure(weights, models.enforcement(will, exposure, np.array([0.0, 0.2, 0.5])))
    assert [models.number_text(x) for x in s] == ["0.51", "0.62", "0.79"]
    steps = models.minimum_steps(models.under_pressure(Deal(**full_pressure(case)), s))
    assert steps.tolist() == [0, 2, 2]


@pytest.mark.parametrize("case", cases("share"))
def test_largest_share(case: dict[str, Any]) -> None:
    game, deadline, grid = game_of(case["input"]), case["input"]["T"], case["input"]["grid"]
    same(models.largest_share(Deal(**game.floats()), deadline), case["output"]["largest_share"])
    reached = {
        (share, n)
        for share in (Fraction(k, grid) for k in range(1, grid + 1))
        for n in range(1, deadline + 1)
        if enforceable(game.scaled(share), equal_steps(n))
    }
    assert float(max(reached)[0]) == case["output"]["largest_share"]
    assert max(reached)[1] == case["output"]["steps"]


@pytest.mark.parametrize("case", cases("window"))
def test_window(case: dict[str, Any]) -> None:
    given, stored = case["input"], [n or 0 for n in case["output"]["min_equal_steps_by_t"]]
    erosion, growth, s = (Fraction(given[key]) for key in ("erosion", "growth", "s0"))
    found = models.closing_window(
        Deal(**full_pressure(given)),
        float(s),
        float(erosion),
        float(growth),
        len(stored) - 1,
        limit=given["n_max"],
    )
    assert found.tolist() == stored
    assert [fewest_steps(_later(given, t), limit=given["n_max"]) for t in range(16)] == stored[:16]


def _later(given: dict[str, Any], t: int) -> Game:
    """The game after t rounds of stalemate, exactly."""
    x = {key: Fraction(given[key]) for key in ("V_B", "rhoA_bar", "s0", "erosion", "growth", "cB")}
    s = x["s0"] * (1 - x["erosion"]) ** t
    now = {"vB": x["V_B"] * s, "rhoA": x["rhoA_bar"] * s, "cB": x["cB"] * (1 + x["growth"]) ** t}
    return game_of({**given, **now})
