"""
The price of the deal: which rates of relief per step of disarmament would be kept.

A price `theta` multiplies what relief is worth to Pyongyang and what it costs
Washington. Both gain at any price of the naive zone, from `c_b / v_b` to
`v_a / c_a`; the enforceable zone is the part of it that holds, step by step.
"""

from __future__ import annotations

import numpy as np

from .checks import whole
from .concession import TOLERANCE, First, Side, check_first, sides, steps_to_come
from .deal import Array, Deal, Value


def price_zone(deal: Deal, steps: int, first: First = "both") -> tuple[Array, Array]:
    """
    Lowest and highest price at which a number of equal steps holds.

    Parameters
    ----------
    deal : Deal
        The bargain at price 1; fields may be arrays.
    steps : int
        Number of equal steps, 1 or more.
    first : {"both", "a", "b"}
        Who moves first inside a step; only keeping the finished deal can tempt the leader.

    Returns
    -------
    lowest, highest : array
        Relief per unit of disarmament; both nan where no price holds. First-step
        and last-step conditions solved for the price, derived in docs/model.md.

    Raises
    ------
    ValueError
        If `steps` is not a whole number of 1 or more, or `first` not one of the choices.
    """
    count, leader = whole("steps", steps, 1), check_first(first)
    to_come = steps_to_come(deal.delta, count - 1)
    washington, pyongyang = sides(deal)
    with np.errstate(all="ignore"):
        low = _lowest(pyongyang, to_come, count, leader == "b")
        high = _highest(washington, to_come, count, leader == "a")
        open_ = (low <= high * (1 + TOLERANCE)) & (high > 0)
    return np.where(open_, low, np.nan)[()], np.where(open_, high, np.nan)[()]


def _lowest(side: Side, to_come: Value, count: int, leads: bool) -> Array:
    """Least price that Pyongyang needs to sign, to start and to finish; if it leads, to keep."""
    sign = _over(side.c, side.v)
    if leads:
        return np.maximum(_over(side.c * side.rho - side.alpha, side.v * side.stick), sign)
    stays = side.c * ((1 - side.rho) / count + side.rho)
    start = _over(side.c * (1 + to_come) - side.alpha * count, side.v * (side.stick + to_come))
    finish = _over(stays - side.alpha, side.v * side.stick)
    return np.maximum(np.maximum(start, finish), sign)


def _over(need: Value, per_price: Value) -> Array:
    """Price that covers a need: 0 if there is none, infinite if no price can."""
    return np.where(need > 0, np.divide(need, per_price), 0.0)


def _highest(side: Side, to_come: Value, count: int, leads: bool) -> Array:
    """Most that Washington can pay and still sign, start and finish; if it leads, keep."""
    sign = side.v / side.c
    if leads:
        keep = _up_to(side.v * side.stick + side.alpha, side.c * side.rho)
        return np.minimum(keep, sign)
    stays = side.c * ((1 - side.rho) / count + side.rho)
    start = (side.v * (side.stick + to_come) + side.alpha * count) / (side.c * (1 + to_come))
    finish = (side.v * side.stick + side.alpha) / stays
    most: Array = np.minimum(np.minimum(start, finish), sign)
    return most


def _up_to(cover: Value, per_price: Value) -> Array:
    """Price that a worth covers; any price where nothing is to be covered."""
    return np.where(np.asarray(per_price) > 0, np.divide(cover, per_price), np.inf)
