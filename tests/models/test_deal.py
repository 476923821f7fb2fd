"""What a deal accepts, and what its refusals say."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from kdebate import models
from kdebate.models import Deal
from kdebate.models.deal import deal_shape

OUTSIDE = [
    ("delta", 1.2, "0 to 1"),
    ("delta", -0.1, "0 to 1"),
    ("rho_a", 1.01, "0 to 1"),
    ("rho_b", -1e-9, "0 to 1"),
    ("q_a", 2.0, "0 to 1"),
    ("q_b", math.nan, "0 to 1"),
    ("v_a", -1.0, "0 or more"),
    ("v_b", math.inf, "0 or more"),
    ("c_a", 0.0, "above 0"),
    ("c_b", -2.0, "above 0"),
    ("a_a", -0.5, "0 or more"),
    ("a_b", math.nan, "0 or more"),
    ("b_a", -3.0, "0 or more"),
    ("b_b", -3.0, "0 or more"),
]


@pytest.mark.parametrize(("field", "value", "span"), OUTSIDE)
@pytest.mark.parametrize("as_array", [False, True])
def test_refusal_names_field_value_and_range(
    field: str, value: float, span: str, as_array: bool
) -> None:
    given = {
        "delta": 0.9,
        "v_a": 2.0,
        "v_b": 2.0,
        field: np.array([0.5, value]) if as_array else value,
    }
    with pytest.raises(
        ValueError, match=f"{field} = {value:g} is outside its range, {span}"
    ) as refused:
        Deal(**given)
    assert "hoose" in str(refused.value)


def test_words_are_no_numbers() -> None:
    with pytest.raises(ValueError, match="delta = 'often' is not a number"):
        Deal("often", 2, 2)


def test_shapes_must_fit() -> None:
    with pytest.raises(ValueError, match=r"'v_a': \(3,\)"):
        Deal(0.9, np.ones(3), np.ones(4))


def test_ends_of_the_ranges_are_fine() -> None:
    for end in (0.0, 1.0):
        deal = Deal(end, 0, 0, rho_a=end, rho_b=end, q_a=end, q_b=end)
        assert models.minimum_steps(deal) == 0


def test_deal_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Deal(0.9, 2, 2).delta = 0.5  # type: ignore[misc]


def test_a_grid_equals_its_points() -> None:
    delta, rho = np.linspace(0.3, 0.95, 6)[:, None], np.linspace(0, 1, 5)
    grid = Deal(delta, 2, 2.2, rho_a=rho, rho_b=0.5, q_b=0.8, a_b=0.3)
    assert deal_shape(grid) == (6, 5)
    fewest, gaps, low = (
        models.minimum_steps(grid),
        models.margins(grid, 3),
        models.price_zone(grid, 3)[0],
    )
    trust, share = models.trust_needed(grid, 3), models.largest_share(grid, 3)
    assert gaps.shape == (6, 5, 2, 4)
    assert trust.shape == (6, 5, 2)
    for i, j in np.ndindex(6, 5):
        one = Deal(delta[i, 0], 2, 2.2, rho_a=rho[j], rho_b=0.5, q_b=0.8, a_b=0.3)
        assert fewest[i, j] == models.minimum_steps(one)
        np.testing.assert_allclose(gaps[i, j], models.margins(one, 3), atol=1e-14)
        np.testing.assert_allclose(low[i, j], models.price_zone(one, 3)[0])
        np.testing.assert_allclose(trust[i, j], models.trust_needed(one, 3))
        np.testing.assert_allclose(share[i, j], models.largest_share(one, 3))


def test_fields_of_one_side_only_may_be_arrays() -> None:
    gaps = models.margins(Deal(0.9, np.array([2.0, 3.0]), 2, rho_a=0.6, rho_b=0.5), 2)
    assert gaps.shape == (2, 2, 3)
    assert (gaps[0, 1] == gaps[1, 1]).all()


@pytest.mark.parametrize(
    "call",
    [
        lambda deal: models.step_game(deal, 2),
        lambda deal: models.schedule_margins(deal, [0, 1]),
        lambda deal: models.fewest_steps_schedule(deal),
    ],
)
def test_one_bargain_at_a_time(call: object) -> None:
    with pytest.raises(ValueError, match="one bargain"):
        call(Deal(np.array([0.8, 0.9]), 2, 2))  # type: ignore[operator]
