"""
Schedules with unequal steps: their safety gaps, and the one with the fewest steps.

Many schedules need fewer steps than equal slices do. The last step can be no
larger than what the partner's stick and the audience cost cover; every earlier
step can lean on what is still to come, so the schedule is built from its end.
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import ArrayLike

from .checks import in_range, whole
from .concession import TOLERANCE, Side, sides
from .deal import Array, Deal, deal_shape


def schedule_margins(deal: Deal, shares: ArrayLike) -> Array:
    """
    Safety gap of every step of any schedule.

    Parameters
    ----------
    deal : Deal
        One bargain (single numbers only).
    shares : sequence of N + 1 numbers
        Share of the package delivered before step 1 (that is 0), after step 1,
        and so on; never falling, 1 at most. A repeated share is a pause.

    Returns
    -------
    array, shape (2, N + 1)
        Rows: Washington, Pyongyang. Columns: step 1 to N, then keeping what was
        agreed. Incentive condition for any schedule, derived in docs/model.md.

    Raises
    ------
    ValueError
        If the deal holds arrays, or the shares do not start at 0, fall, or leave 0 to 1.
    """
    _one_bargain(deal)
    path = _path(shares)
    mean = _discounted_mean(path, deal.delta)
    return np.array([_gaps(side, path, mean) for side in sides(deal)])


def _gaps(side: Side, path: Array, mean: Array) -> Array:
    """Safety gaps of one side: steps, then keeping."""
    cheat = side.v * path[1:] * (1 - side.stick) - side.c * (1 - side.rho) * path[:-1]
    keep = path[-1] * (side.v * side.stick - side.c * side.rho)
    gaps: Array = np.append(side.w * mean - cheat, keep) + side.alpha
    return gaps


def _discounted_mean(path: Array, delta: float) -> Array:
    """Normalised value of the shares from each step on, the last one kept for ever."""
    mean = path[1:].copy()
    for k in range(len(mean) - 2, -1, -1):
        mean[k] = (1 - delta) * path[k + 1] + delta * mean[k + 1]
    return mean


def _path(shares: ArrayLike) -> Array:
    """Read a schedule."""
    hint = "It is a share of the whole package: choose a number from 0 to 1."
    path = np.atleast_1d(in_range("shares", shares, 0.0, 1.0, hint))
    if path.ndim > 1 or path.size < 2 or path[0] != 0 or np.any(np.diff(path) < 0):
        raise ValueError(
            f"shares = {path.tolist()} is not a schedule. "
            "Start at 0, never fall, and end at 1 at most: for example [0, 0.5, 1]."
        )
    return path


def _one_bargain(deal: Deal) -> None:
    """Refuse a deal whose fields are arrays."""
    if deal_shape(deal):
        raise ValueError(
            f"The deal holds arrays of shape {deal_shape(deal)}, and this function takes one "
            "bargain. Give single numbers, or call it once for each bargain."
        )


def fewest_steps_schedule(deal: Deal, limit: int = 200) -> Array | None:
    """
    Schedule with the fewest steps that both sides would keep.

    Parameters
    ----------
    deal : Deal
        One bargain (single numbers only).
    limit : int
        Largest number of steps that is tried.

    Returns
    -------
    array or None
        Cumulative shares from 0 to 1, or None if no schedule within `limit`
        holds. Backward greedy rule, derived in docs/model.md.

    Raises
    ------
    ValueError
        If the deal holds arrays, or `limit` is not a whole number of 1 or more.
    """
    _one_bargain(deal)
    both = sides(deal)
    if any(min(side.w, side.keep) < -TOLERANCE * side.c for side in both):
        return None
    left = _shares_left(both, deal.delta, whole("limit", limit, 1))
    return None if left is None else 1 - np.array(left[::-1])


def _shares_left(both: tuple[Side, Side], delta: float, limit: int) -> list[float] | None:
    """Shares still to come, from the end of the schedule back to its start."""
    left, mean = [0.0], 0.0
    for _ in range(limit):
        more = min(_largest_share_left(side, left[-1], mean) for side in both)
        if more >= 1 - TOLERANCE:
            return [*left, 1.0]
        if more - left[-1] <= TOLERANCE:
            return None
        left.append(more)
        mean = (1 - delta) * more + delta * mean
    return None


def _largest_share_left(side: Side, left: float, mean: float) -> float:
    """Most that may still be to come one step earlier, if `left` is to come now."""
    stays = side.c * (1 - side.rho)
    if stays <= TOLERANCE * side.c:
        return inf  # all can be taken back: only keeping the finished deal can tempt
    more = side.keep + side.v * (1 - side.stick) * left - side.w * mean
    return float(more / stays)
