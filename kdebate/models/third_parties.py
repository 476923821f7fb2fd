"""
Third parties: how well China, Russia and others enforce sanctions.

A party trades off its own wish (willingness) against what secondary sanctions
would cost it (exposure). Pressure enters the bargain twice: relief is worth only
what sanctions hurt, and taking relief back needs the same parties again.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from .checks import in_range
from .concession import proof_weight
from .deal import AMOUNT, SHARE, Array, Deal, Value


def enforcement(willingness: ArrayLike, exposure: ArrayLike, sigma: ArrayLike) -> Array:
    """
    How fully each party enforces sanctions.

    Parameters
    ----------
    willingness : array, shape (..., parties)
        What each would do unpressed, 0 to 1.
    exposure : array, shape (..., parties)
        How much secondary sanctions move it, 0 or more.
    sigma : float or array, shape (...)
        Strength of secondary sanctions, 0 or more.

    Returns
    -------
    array, shape (..., parties)
        `willingness + exposure * sigma`, cut to 0 to 1: the best answer of a party
        with the loss `(e - willingness)**2 / 2 - exposure * sigma * e`.

    Raises
    ------
    ValueError
        If a value is outside its range.
    """
    will = in_range("willingness", willingness, *SHARE)
    exposed = in_range("exposure", exposure, *AMOUNT)
    push = np.asarray(in_range("sigma", sigma, *AMOUNT))[..., None]
    e: Array = np.clip(will + exposed * push, 0.0, 1.0)
    return e


def pressure(weights: ArrayLike, enforcement: ArrayLike) -> Array:
    """
    Pressure on Pyongyang: enforcement weighted by shares of its outside trade.

    Parameters
    ----------
    weights : array, shape (..., parties)
        Share of Pyongyang's outside trade, 0 to 1; adding up to 1 at most.
    enforcement : array, shape (..., parties)
        How fully each party enforces, 0 to 1.

    Returns
    -------
    array, shape (...)
        Pressure, 0 (none) to 1 (full).

    Raises
    ------
    ValueError
        If a value is outside its range, or the weights add up to more than 1.
    """
    share = np.asarray(in_range("weights", weights, *SHARE))
    e = np.asarray(in_range("enforcement", enforcement, *SHARE))
    total = share.sum(axis=-1)
    if np.any(total > 1 + 1e-9):
        raise ValueError(
            f"weights add up to {np.max(total):g}, more than the whole of trade. "
            "Choose shares that add up to 1."
        )
    s: Array = np.minimum(np.sum(share * e, axis=-1), 1.0)
    return s


def under_pressure(deal: Deal, s: Value, scale_cost: bool = False) -> Deal:
    """
    Weaken a deal's relief to what sanctions pressure makes of it.

    Parameters
    ----------
    deal : Deal
        The bargain as it would be under full pressure.
    s : float or array
        Sanctions pressure, 0 to 1.
    scale_cost : bool
        Also make lifting leaky sanctions cheaper for Washington. Off in all explorers; a
        critic's reading, to try out. Needs pressure above 0, since relief must cost something.

    Returns
    -------
    Deal
        The bargain with Pyongyang's gain and Washington's power to take relief back scaled by `s`.

    Raises
    ------
    ValueError
        If `s` is outside 0 to 1.
    """
    force = in_range("s", s, *SHARE)
    cost = deal.c_a * force if scale_cost else deal.c_a
    return replace(deal, v_b=deal.v_b * force, rho_a=deal.rho_a * force, c_a=cost)


def thresholds(deal: Deal) -> dict[str, Array]:
    """
    Give the pressure at which the bargain changes its kind.

    Parameters
    ----------
    deal : Deal
        The bargain as it would be under full pressure; fields may be arrays.

    Returns
    -------
    dict of arrays
        `s_1`: from here Pyongyang would keep all at once. `s_K`: from here it keeps
        what is delivered. `s_F`: from here it starts a bargain cut thinly enough.
        `s_max`: above it Washington would rather take its relief back. Values above
        1 lie beyond full pressure; infinite where no pressure is enough, or too much.
        Derived in docs/model.md; prices of breaking one's word are counted in.
    """
    stick = proof_weight(deal.delta, deal.q_b) * deal.rho_a * deal.v_b
    alpha_a, alpha_b = (1 - deal.delta) * deal.a_a, (1 - deal.delta) * deal.a_b
    held = deal.v_a * proof_weight(deal.delta, deal.q_a) * deal.rho_b + alpha_a
    taken = np.asarray(deal.rho_a * deal.c_a, dtype=float)
    return {
        "s_1": np.sqrt(_over(deal.c_b - alpha_b, stick)),
        "s_K": np.sqrt(_over(deal.c_b * deal.rho_b - alpha_b, stick)),
        "s_F": _start(deal, stick),
        "s_max": np.where(taken > 0, _over(held, taken), np.inf)[()],
    }


def _over(need: Value, per_pressure: Value) -> Array:
    """Pressure that covers a need: 0 if there is none, infinite if no pressure can."""
    wanted, each = np.maximum(need, 0.0), np.asarray(per_pressure, dtype=float)
    some = np.where(each > 0, wanted / np.where(each > 0, each, 1.0), np.inf)
    return np.where(wanted > 0, some, 0.0)[()]


def _start(deal: Deal, stick: Value) -> Array:
    """Pressure from which the first of very many slices is worth starting for."""
    late = 1 - np.asarray(deal.delta, dtype=float)
    ahead, cost = deal.delta * deal.v_b, np.asarray(deal.c_b, dtype=float)
    root = np.sqrt(ahead**2 + 4 * late * stick * cost)
    patient = _over(2 * cost, ahead + root)
    return np.where(np.asarray(deal.a_b) > 0, _over(cost, deal.v_b), patient)[()]
