"""Numbers on the screen: half away from zero, a true minus, no gap that looks like 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdebate import models


@pytest.mark.parametrize(
    ("x", "shown"),
    [(1.125, "1.13"), (-1.125, "−1.13"), (0.015, "0.02"), (2.675, "2.68"), (1.005, "1.01"), (0.0, "0.00"),
     (-0.001, "0.00"), (-0.018, "−0.02"), (0.95, "0.95"), (24.0, "24.00"), (1.1249999, "1.12"), (0.1 + 0.2, "0.30")],
)  # fmt: skip
def test_number_text(x: float, shown: str) -> None:
    assert models.number_text(x) == shown


def test_signed_text() -> None:
    assert [models.signed_text(x) for x in (0.1, -0.018, 0.001, -0.001)] == [
        "+0.10",
        "−0.02",
        "0.00",
        "0.00",
    ]


def test_gap_text() -> None:
    gaps = (0.1, -0.1, 0.00499, -0.00499, 0.005, -0.005, 0.0, 1e-13)
    below = ["just above 0", "just below 0"]
    assert [models.gap_text(x) for x in gaps] == [
        "+0.10",
        "−0.10",
        *below,
        "+0.01",
        "−0.01",
        "exactly 0",
        "exactly 0",
    ]


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_rounding_is_near_and_symmetric(x: float, digits: int) -> None:
    rounded = models.round_half_away(x, digits)
    assert abs(rounded - x) <= 0.5 * 10**-digits + 2e-9
    assert rounded == -models.round_half_away(-x, digits)
    assert str(rounded) != "-0.0"
    shown = models.number_text(x, digits).replace("−", "-")
    assert Decimal(shown) == Decimal(str(rounded))


def test_what_cannot_be_rounded_stays() -> None:
    assert models.round_half_away(float("inf")) == float("inf")
    assert models.round_half_away(1e300) == 1e300
