"""Where pressure changes the kind of bargain, and that the browser computes the same."""

from __future__ import annotations

import random
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest

from kdebate import models
from kdebate.models import Deal

MODEL_JS = Path(models.__file__).parents[1] / "widgets" / "static" / "model.js"
HALF_WILLING = {
    "e_china": 0.5,
    "e_russia": 0.3,
    "e_others": 0.9,
    "v_b_full": 3.0,
    "rho_a_legal": 0.8,
    "rho_b": 0.55,
    "q_b": 0.9,
}


def any_deals(count: int, **fixed: float) -> list[Deal]:
    """Random bargains under full pressure that both sides might sign."""
    draw = random.Random(1718)
    deals = []
    for _ in range(count):
        shares = {name: draw.uniform(0.05, 0.95) for name in ("rho_a", "rho_b", "q_b")}
        worth = {name: draw.uniform(1.2, 5) for name in ("v_a", "v_b")}
        deals.append(Deal(**{"delta": draw.uniform(0.3, 0.99), **worth, **shares, **fixed}))
    return deals


def gaps_at(deal: Deal, s: float, steps: int) -> np.ndarray:
    """Safety gaps of a bargain at a pressure that may lie beyond 1."""
    return models.margins(replace(deal, v_b=deal.v_b * s, rho_a=min(deal.rho_a * s, 1.0)), steps)


@pytest.mark.parametrize(
    ("sigma", "pressure", "slices"), [(0, 0.51, 0), (0.2, 0.621, 2), (0.5, 0.7875, 2)]
)
def test_stored_setting(sigma: float, pressure: float, slices: int) -> None:
    found = models.read_out({**HALF_WILLING, "sigma": sigma})
    assert found["pressure"] == pytest.approx(pressure, abs=1e-12)
    assert found["minimum_steps"] == slices


def test_worked_example() -> None:
    """MODEL.md: V = 3, rhobar = .8, phi = .89, rho_B = .55."""
    found = models.third_party_read_out(HALF_WILLING)
    rounded = [models.number_text(found[key]) for key in ("s_1", "s_K", "s_F", "s_max")]
    assert rounded == ["0.68", "0.51", "0.36", "1.24"]
    assert found["enforcement"] == pytest.approx([0.5, 0.3, 0.9])


@pytest.mark.parametrize("a", [0.0, 0.7])
def test_gaps_vanish_exactly_at_the_thresholds(a: float) -> None:
    checked = 0
    for deal in any_deals(300, a_a=a, a_b=a):
        at = models.thresholds(deal)
        if 0 < at["s_1"] * deal.rho_a <= 1:
            assert gaps_at(deal, at["s_1"], 1)[1, 0] == pytest.approx(0, abs=1e-9)
        if 0 < at["s_K"] * deal.rho_a <= 1:
            assert gaps_at(deal, at["s_K"], 3)[1, -1] == pytest.approx(0, abs=1e-9)
        if at["s_max"] * deal.rho_a <= 1:
            assert gaps_at(deal, at["s_max"], 3)[0, -1] == pytest.approx(0, abs=1e-9)
            checked += 1
    assert checked > 50


def test_thinnest_first_slice_at_s_f() -> None:
    for deal in any_deals(300):
        s = float(models.thresholds(deal)["s_F"])
        if s * deal.rho_a > 1:
            continue
        many = 100_000
        assert many * gaps_at(deal, s, many)[1, 0] == pytest.approx(0, abs=1e-6)
        assert s * deal.v_b >= deal.c_b - 1e-12, "worth starting for means worth signing"


def test_thresholds_bound_the_workable_pressures() -> None:
    for deal in any_deals(200):
        at = models.thresholds(deal)
        low, high = max(at["s_K"], at["s_F"]), at["s_max"]
        for s in np.linspace(0.01, 1, 34):
            if models.minimum_steps(models.under_pressure(deal, s)):
                assert low - 1e-9 <= s <= high + 1e-9


def test_edges() -> None:
    never_proven = models.thresholds(Deal(0.9, 2, 2.5, rho_a=0.75, rho_b=0.5, q_b=0))
    assert [never_proven["s_1"], never_proven["s_K"]] == [inf, inf]
    nothing_taken_back = models.thresholds(Deal(0.9, 2, 2.5, rho_a=0, rho_b=0.5))
    assert nothing_taken_back["s_max"] == inf
    assert models.thresholds(Deal(0.9, 2, 2.5, rho_a=0.75, rho_b=0))["s_K"] == 0
    many = models.thresholds(Deal(np.array([0.0, 0.9, 1.0]), 2, 2.5, rho_a=0.75, rho_b=0.5))
    assert many["s_F"].shape == (3,)
    assert many["s_F"][0] == inf


def test_pressure_enters_twice_and_can_overshoot() -> None:
    deal = models.effective_deal({"rho_b": 0.3, "pressure": 1})
    by_pressure = np.array(models.slices_by_pressure({"rho_b": 0.3}))
    works = np.flatnonzero(by_pressure) / 100
    at = models.thresholds(deal)
    assert at["s_K"] <= works[0] < works[-1] <= at["s_max"] < 1
    half = models.under_pressure(deal, 0.5)
    assert half.v_b * half.rho_a == pytest.approx(deal.v_b * deal.rho_a / 4)


def test_russia_and_others_are_levers() -> None:
    base = models.read_out({})["pressure"]
    assert models.read_out({"e_russia": 0.0})["pressure"] == pytest.approx(base - 0.05 * 0.8)
    assert models.read_out({"e_others": 1.0})["pressure"] == pytest.approx(base + 0.05 * 0.2)
    assert models.read_out({"e_china": 0.0})["pressure"] == pytest.approx(base - 0.9 * 0.8)
