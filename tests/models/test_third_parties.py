"""Third parties: what they enforce, and what it does to a deal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdebate import models
from kdebate.models import Deal

shares = st.floats(0, 1).map(lambda x: round(x, 9))  # no denormal numbers


@given(shares, shares, st.floats(0, 2))
def test_enforcement_is_the_partys_best_answer(will: float, exposure: float, sigma: float) -> None:
    chosen = models.enforcement([will], [exposure], sigma)[0]
    choices = np.append(np.linspace(0, 1, 101), chosen)
    liking = -((choices - will) ** 2) / 2 + exposure * sigma * choices
    assert liking[-1] >= liking.max() - 1e-12


def test_arrays_of_sigma_keep_the_parties_last() -> None:
    e = models.enforcement([0.5, 0.3, 0.9], [0.6, 0.2, 0.1], np.array([0.0, 0.2]))
    assert e.shape == (2, 3)
    np.testing.assert_allclose(models.pressure([0.9, 0.05, 0.05], e), [0.51, 0.621])


def test_leaks_count_twice() -> None:
    deal = models.under_pressure(Deal(0.9, 2, 3, rho_a=0.8), 0.5)
    assert (deal.v_b, deal.rho_a) == (1.5, 0.4)
    grid = models.under_pressure(Deal(0.9, 2, 3, rho_a=0.8), np.array([0.5, 1.0]))
    assert grid.v_b.tolist() == [1.5, 3.0]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: models.enforcement([1.2], [0.5], 0), "willingness = 1.2"),
        (lambda: models.enforcement([0.2], [-0.5], 0), "exposure = -0.5"),
        (lambda: models.enforcement([0.2], [0.5], -1), "sigma = -1"),
        (lambda: models.pressure([0.9, 0.2], [1, 1]), "weights add up to 1.1"),
        (lambda: models.pressure([0.9], [1.5]), "enforcement = 1.5"),
        (lambda: models.under_pressure(Deal(0.9, 2, 2), 1.5), "s = 1.5"),
        (lambda: models.closing_window(Deal(0.9, 2, 2), 0.8, 1.5, 0, 3), "erosion = 1.5"),
        (lambda: models.closing_window(Deal(0.9, 2, 2), 0.8, 0.1, 0, -1), "periods = -1"),
        (lambda: models.belief(1.5, 0.9, 0.4, 3), "p = 1.5"),
        (lambda: models.belief(0.5, 0.0, 0.0, 3), "both 0"),
    ],
)
def test_refusals(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]


def test_window_of_many_deals() -> None:
    deal = Deal(0.9, 2, np.array([3.0, 4.0]), rho_a=0.8, rho_b=0.55, q_b=0.9)
    found = models.closing_window(deal, 0.9, 0.03, 0.02, 20)
    assert found.shape == (2, 21)
    alone = models.closing_window(
        Deal(0.9, 2, 4.0, rho_a=0.8, rho_b=0.55, q_b=0.9), 0.9, 0.03, 0.02, 20
    )
    assert found[1].tolist() == alone.tolist()


@given(shares, st.floats(0.01, 1), shares, st.integers(0, 30))
def test_belief_is_bayes_step_by_step(
    p: float, clean: float, false_clean: float, reports: int
) -> None:
    found, now = models.belief(p, clean, false_clean, reports), p
    assert len(found) == reports + 1
    for x in found:
        assert x == pytest.approx(now, abs=1e-9)
        seen = now * clean + (1 - now) * false_clean
        now = now * clean / seen if seen > 1e-300 else now


def test_certain_beliefs_stay() -> None:
    assert models.belief(0.0, 0.9, 0.0, 2).tolist() == [0, 0, 0]
    assert models.belief(1.0, 0.0, 0.9, 2).tolist() == [1, 1, 1]
    assert models.belief(0.5, 0.0, 0.9, 2).tolist() == [0.5, 0, 0]
    assert models.belief(0.5, 0.9, 0.0, 2).tolist() == [0.5, 1, 1]
