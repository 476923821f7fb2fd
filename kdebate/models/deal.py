"""
What each side gains, pays and can take back.

`a` is Washington, which gives sanctions relief; `b` is Pyongyang, which gives
steps of disarmament. All amounts are in one unit of account per round; only
their ratios matter. The values of the classroom examples are illustrations,
not estimates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .checks import in_range

Array: TypeAlias = NDArray[np.float64]
Value: TypeAlias = Any  # a float, or an array of floats

SHARE = (0.0, 1.0, "It is a share or a chance: choose a number from 0 to 1.")
AMOUNT = (0.0, math.inf, "It is an amount: choose 0 or more.")
COST = (math.ulp(0.0), math.inf, "Conceding must cost something: choose a number above 0.")
RULES = {"delta": SHARE, "rho": SHARE, "q": SHARE, "v": AMOUNT, "a": AMOUNT, "b": AMOUNT, "c": COST}


@dataclass(frozen=True)
class Deal:
    """
    One bargain between Washington (`a`) and Pyongyang (`b`).

    Every field is a float, or an array; arrays broadcast against each other.

    Parameters
    ----------
    delta : float or array
        How much the next round matters, 0 to 1.
    v_a, v_b : float or array
        What each side gains per round once the other has delivered everything, 0 or more.
    c_a, c_b : float or array
        What each side pays per round once it has delivered everything itself, above 0.
    rho_a, rho_b : float or array
        Share of its own concession that each side can take back, 0 to 1.
    q_a, q_b : float or array
        Chance per round that a breach by that side is proven, 0 to 1.
    a_a, a_b : float or array
        One-off price at home of breaking one's word, 0 or more.
    b_a, b_b : float or array
        One-off humiliation of being cheated, 0 or more.

    Raises
    ------
    ValueError
        If a field is not a number in its range, or if the arrays do not fit together.
    """

    delta: Value
    v_a: Value
    v_b: Value
    c_a: Value = 1.0
    c_b: Value = 1.0
    rho_a: Value = 0.0
    rho_b: Value = 0.0
    q_a: Value = 1.0
    q_b: Value = 1.0
    a_a: Value = 0.0
    a_b: Value = 0.0
    b_a: Value = 0.0
    b_b: Value = 0.0

    def __post_init__(self) -> None:
        for name, value in _items(self):
            rule = RULES[name.split("_")[0]]
            object.__setattr__(self, name, in_range(name, value, *rule))
        deal_shape(self)


def _items(deal: Deal) -> list[tuple[str, Value]]:
    """List the names and values of the fields."""
    return [(field.name, getattr(deal, field.name)) for field in fields(deal)]


def deal_shape(deal: Deal) -> tuple[int, ...]:
    """
    Find the shape that all fields of a deal broadcast to.

    Parameters
    ----------
    deal : Deal
        The bargain; fields may be arrays.

    Returns
    -------
    tuple of int
        The common shape, `()` for a deal of plain numbers.

    Raises
    ------
    ValueError
        If two fields do not fit together.
    """
    shapes = {name: np.shape(value) for name, value in _items(deal) if np.ndim(value)}
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        raise ValueError(
            f"The fields have shapes that do not fit together: {shapes}. "
            "Give single numbers, or arrays that broadcast."
        ) from None


def flat(deal: Deal) -> Deal:
    """
    Flatten the array fields of a deal to one axis; plain numbers stay plain.

    Parameters
    ----------
    deal : Deal
        The bargain; fields may be arrays.

    Returns
    -------
    Deal
        The same bargains, every array field of shape `(n,)`.
    """
    shape = deal_shape(deal)
    return _map(deal, lambda field: np.broadcast_to(field, shape).reshape(-1))


def pick(deal: Deal, index: Any) -> Deal:
    """
    Pick some bargains out of a flat deal.

    Parameters
    ----------
    deal : Deal
        A bargain whose array fields share one shape (see `flat`).
    index : slice or array
        Anything that indexes an array.

    Returns
    -------
    Deal
        The chosen bargains. Not checked again: their values have been.
    """
    return _map(deal, lambda field: field[index])


def _map(deal: Deal, change: Any) -> Deal:
    """Apply `change` to the array fields, without checking the values again."""
    new = object.__new__(Deal)
    for name, value in _items(deal):
        object.__setattr__(new, name, change(value) if np.ndim(value) else value)
    return new
