"""
Three readings of the timeline that are not this model.

Each is played out by the slow solver and gives other headlines. The models must side
with the rules and against every one of them.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from kdebate import models
from kdebate.models import Deal

from .solver import (
    HELD_BEFORE,
    PROOF_LATE,
    RULES,
    SAME_PERIOD,
    Game,
    Timing,
    equal_steps,
    fewest_steps,
    gaps,
    signs,
    tempted,
)

HALF, ONE, TWO = Fraction(1, 2), Fraction(1), Fraction(2)
DEFAULT = Game(
    delta=Fraction(9, 10), v=(TWO, TWO), c=(ONE, ONE), rho=(Fraction(3, 5), HALF), q=(ONE, HALF)
)
READINGS = [
    pytest.param(SAME_PERIOD, "0.92", "1.00", 1, id="victim-takes-back-in-the-same-period"),
    pytest.param(PROOF_LATE, "1.13", "0.81", 2, id="first-proof-one-period-later"),
    pytest.param(HELD_BEFORE, "0.51", "1.50", 1, id="victim-held-at-the-share-before"),
]


def price_bounds(timing: Timing) -> tuple[Fraction, Fraction]:
    """Lowest price that Pyongyang would keep at once, highest that Washington would."""

    def keeps(i: int, theta: Fraction) -> bool:
        game = DEFAULT.at_price(theta)
        return signs(game, i) and not tempted(game, equal_steps(1), i, None, timing)

    return _edge(lambda x: keeps(1, x)), _edge(lambda x: not keeps(0, x))


def _edge(yes: object) -> Fraction:
    """Price between .1 and 10 from which the answer is yes, to 1e-6."""
    low, high = Fraction(1, 10), Fraction(10)
    while high - low > Fraction(1, 10**6):
        middle = (low + high) / 2
        low, high = (low, middle) if yes(middle) else (middle, high)  # type: ignore[operator]
    return high


def text(x: Fraction) -> str:
    return models.number_text(float(x))


def test_the_rules() -> None:
    low, high = price_bounds(RULES)
    assert abs(low - Fraction(55, 54)) < Fraction(1, 10**5)
    assert abs(high - Fraction(9, 10)) < Fraction(1, 10**5)
    assert fewest_steps(DEFAULT) == models.minimum_steps(Deal(**DEFAULT.floats())) == 2


@pytest.mark.parametrize(("timing", "low", "high", "steps"), READINGS)
def test_wrong_reading_gives_other_headlines(
    timing: Timing, low: str, high: str, steps: int
) -> None:
    assert tuple(text(x) for x in price_bounds(timing)) == (low, high)
    assert fewest_steps(DEFAULT, timing=timing) == steps


@pytest.mark.parametrize(("timing", "low", "high", "steps"), READINGS)
def test_models_do_not_slip(timing: Timing, low: str, high: str, steps: int) -> None:
    deal = Deal(**DEFAULT.floats())
    for n in (1, 2, 3):
        path = equal_steps(n)
        wrong, right = (
            np.array(gaps(DEFAULT, path, timing=t), dtype=float) for t in (timing, RULES)
        )
        found = models.margins(deal, n)
        np.testing.assert_allclose(found, right, atol=1e-12)
        np.testing.assert_allclose(
            models.schedule_margins(deal, [float(x) for x in path]), right, atol=1e-12
        )
        assert np.abs(found - wrong)[:, :n].max() > 0.01
    naive = np.array([price_bounds(timing)], dtype=float)[0]
    at_once = models.price_zone(deal, 1)
    assert np.isnan(at_once).all() or np.abs(at_once - naive).max() > 0.01


def test_where_the_default_cannot_tell_the_steps_apart() -> None:
    """The second reading also needs two steps at the default; here it needs one more."""
    rho, q = (Fraction(3, 5), Fraction(11, 20)), (ONE, Fraction(1, 5))
    game = Game(DEFAULT.delta, DEFAULT.v, DEFAULT.c, rho, q)
    assert models.minimum_steps(Deal(**game.floats())) == fewest_steps(game) == 3
    assert fewest_steps(game, timing=PROOF_LATE) != 3
