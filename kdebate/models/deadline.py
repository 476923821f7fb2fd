"""
Deadlines and closing windows.

A deadline is counted in rounds of the exchange, which have no calendar length.
Without audience costs the problem has no scale: a smaller deal is no easier.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .checks import in_range, whole
from .concession import (
    TOLERANCE,
    First,
    Side,
    check_first,
    holds,
    minimum_steps,
    proof_weight,
    sides,
    steps_to_come,
)
from .deal import AMOUNT, SHARE, Array, Deal, Value
from .third_parties import under_pressure


def largest_share(deal: Deal, deadline: int, first: First = "both") -> Array:
    """
    Largest share of the package that can be reached in equal steps by a deadline.

    Parameters
    ----------
    deal : Deal
        The bargain; fields may be arrays.
    deadline : int
        Rounds until the deadline, 1 or more.
    first : {"both", "a", "b"}
        Who moves first inside a step.

    Returns
    -------
    array
        1 where the whole package can be reached; 0 where nothing can, or a side
        would not sign. Derived in docs/model.md.

    Raises
    ------
    ValueError
        If the deadline is not a whole number of 1 or more, or `first` not one of the choices.
    """
    rounds, leader = whole("deadline", deadline, 1), check_first(first)
    to_come = steps_to_come(deal.delta, rounds - 1)
    both = zip("ab", sides(deal), strict=True)
    share = np.minimum(*[_reachable(side, to_come, rounds, name == leader) for name, side in both])
    return np.where(holds(deal, rounds, leader), 1.0, share)[()]


def _reachable(side: Side, to_come: Value, rounds: int, leads: bool) -> Array:
    """Share of the package that one side's first and last step allow; a leader's, keeping."""
    keeping = side.keep - side.alpha  # without the audience cost
    if leads:
        share = _cap(side.alpha, -keeping, side.c)
    else:
        last = _cap(side.alpha, side.c * (1 - side.rho) / rounds - keeping, side.c)
        lift = side.c - side.v * side.stick - side.w * to_come
        share = np.minimum(_cap(side.alpha * rounds, lift, side.c), last)
    return np.where(side.w < -TOLERANCE * side.c, 0.0, share)


def _cap(cover: Value, need: Value, cost: Value) -> Array:
    """Share at which a need per unit of the deal is just covered, 1 at most."""
    open_ = need > TOLERANCE * cost
    return np.minimum(np.where(open_, cover / np.where(open_, need, 1.0), 1.0), 1.0)


def closing_window(
    deal: Deal, s: float, erosion: float, growth: float, periods: int, limit: int = 24
) -> NDArray[np.int64]:
    """
    Fewest steps that hold, if the exchange starts only after some rounds of stalemate.

    Parameters
    ----------
    deal : Deal
        The bargain as it would be under full pressure.
    s : float
        Sanctions pressure now, 0 to 1.
    erosion : float
        Share of the pressure lost per round of stalemate, 0 to 1.
    growth : float
        Growth of Pyongyang's cost of disarming per round, 0 or more.
    periods : int
        Rounds of stalemate to look ahead, 0 or more.
    limit : int
        Largest number of steps that is tried.

    Returns
    -------
    int array, shape (..., periods + 1)
        `minimum_steps` after 0, 1, ... `periods` rounds; 0 where none within `limit` holds.

    Raises
    ------
    ValueError
        If a value is outside its range.
    """
    wait = np.arange(whole("periods", periods, 0) + 1)
    lost, more = in_range("erosion", erosion, *SHARE), in_range("growth", growth, *AMOUNT)
    left = in_range("s", s, *SHARE) * (1 - lost) ** wait
    later = replace(_with_axis(deal), c_b=np.asarray(deal.c_b)[..., None] * (1 + more) ** wait)
    return minimum_steps(under_pressure(later, left), limit=limit)


def _with_axis(deal: Deal) -> Deal:
    """Give every array field a last axis to hold the rounds."""
    names = [name for name, value in vars(deal).items() if np.ndim(value)]
    return replace(deal, **{name: getattr(deal, name)[..., None] for name in names})


def rounds_left(deal: Deal, erosion: float, growth: float, room: float = np.inf) -> float:
    """
    Rounds of stalemate after which Pyongyang would no longer keep any deal.

    Who moves first makes no difference: keeping the finished deal is the same for both.

    Parameters
    ----------
    deal : Deal
        One bargain (single numbers only), as it stands under today's pressure.
    erosion, growth : float
        Share of pressure lost (below 0: gained), and growth of Pyongyang's cost of
        disarming, per round.
    room : float
        How often today's pressure goes into full pressure, beyond which it cannot grow.

    Returns
    -------
    float
        Whole rounds; 0 if the window is closed already or a breach is never proven,
        infinite if it never closes. From keeping the finished deal, docs/model.md.
    """
    stick = proof_weight(deal.delta, deal.q_b) * deal.rho_a
    forfeits, regains = stick * deal.v_b, deal.c_b * deal.rho_b
    if forfeits <= 0:
        return 0.0
    slack = np.log(forfeits) - np.log(regains) if regains > 0 else np.inf
    growing = _until(slack, np.log1p(growth) - 2 * np.log1p(-erosion))
    at_full = _until(slack + 2 * np.log(room), np.log1p(growth)) if erosion < 0 else np.inf
    return min(growing, at_full)


def _until(slack: float, speed: float) -> float:
    """Whole rounds until a slack that shrinks by `speed` a round is used up."""
    if not 0 <= slack < np.inf:
        return 0.0 if slack < 0 else np.inf
    return max(0.0, float(np.floor(slack / speed + 1e-9))) if speed > 0 else np.inf
