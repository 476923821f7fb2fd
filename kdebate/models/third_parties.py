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


def under_pressure(deal: Deal, s: Value) -> Deal:
    """
    Weaken a deal's relief to what sanctions pressure makes of it.

    Parameters
    ----------
    deal : Deal
        The bargain as it would be under full pressure.
    s : float or array
        Sanctions pressure, 0 to 1.

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
    return replace(deal, v_b=deal.v_b * force, rho_a=deal.rho_a * force)
