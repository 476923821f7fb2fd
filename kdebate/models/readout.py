"""Every number that the explorers show, from the values of their levers."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from .concession import TOLERANCE, deal_value, holds, margins, minimum_steps
from .deadline import largest_share, rounds_left
from .deal import Array, Deal, Value
from .price import price_zone
from .settings import lever_values, parties, window
from .third_parties import enforcement, pressure
from .trust import first_step_game, trust_needed


def read_out(levers: dict[str, Any]) -> dict[str, Any]:
    """
    Compute every number that an explorer shows.

    Parameters
    ----------
    levers : dict
        Lever id -> value. What is missing takes its default; a missing
        `pressure` is computed from the third parties.

    Returns
    -------
    dict
        Plain JSON types, None where undefined: `margins weakest holds value_a
        value_b minimum_steps zone_low zone_high trust_a trust_b game pressure
        largest_share_by_deadline window_rounds_left value_now_a value_now_b
        pressure_then`.

        All honour who moves first; `trust_*` and `game` are None if somebody does, since
        a step with a leader is another game. With `wait` above 0 all describe the bargain
        that starts after it, and `value_*` counts the wait; `value_now_*` is what the same
        steps are worth if they start today, under today's `pressure`. The window closes at
        the speed of `drift` and `growth` where either is set, else at the assumed one of
        `levers.toml`.

    Raises
    ------
    ValueError
        If a lever does not exist or a value is outside its range.
    """
    values = lever_values(levers)
    deal, count, first = _deal(values), values["N"], values["first"]
    gaps = margins(deal, count, first)
    worth = deal_value(deal, count) * values["delta"] ** values["wait"]
    return {
        "margins": gaps.tolist(),
        "weakest": weakest(gaps),
        "holds": bool(holds(deal, count, first)),
        "value_a": float(worth[0]),
        "value_b": float(worth[1]),
        "minimum_steps": int(minimum_steps(deal, first)),
        **_zone(values),
        **_trust(deal, count, first),
        "pressure": _pressure(values),
        "largest_share_by_deadline": float(largest_share(deal, values["deadline"], first)),
        "window_rounds_left": _whole(_window(deal, values)),
        **_without_waiting(values),
        "pressure_then": _pressure_then(values),
    }


def _zone(values: dict[str, Any]) -> dict[str, float | None]:
    """Give the price zone at price 1, before any audience cost."""
    deal = replace(_deal({**values, "theta": 1.0}), a_a=0.0, a_b=0.0)
    low, high = price_zone(deal, values["N"], values["first"])
    return {"zone_low": _plain(low), "zone_high": _plain(high)}


def _trust(deal: Deal, count: int, first: str) -> dict[str, Any]:
    """Trust needed and the game of the first step, while both move at once."""
    if first != "both":
        return dict.fromkeys(("trust_a", "trust_b", "game"))
    a, b = trust_needed(deal, count)
    return {"trust_a": _plain(a), "trust_b": _plain(b), "game": first_step_game(deal, count)}


def _window(deal: Deal, values: dict[str, Any]) -> float:
    """Rounds left from the start of the bargain, at the speed that is set or else assumed."""
    speed = window()
    if values["drift"] or values["growth"]:
        speed = {"erosion": -values["drift"], "growth": values["growth"]}
    s = _pressure_then(values)
    return rounds_left(deal, **speed, room=1 / s if s else 1.0)


def _without_waiting(values: dict[str, Any]) -> dict[str, float]:
    """Give what the same steps are worth if they start today."""
    a, b = deal_value(_deal({**values, "wait": 0}), values["N"])
    return {"value_now_a": float(a), "value_now_b": float(b)}


def _plain(x: Value) -> float | None:
    """Give a finite number as a float, anything else as None."""
    return float(x) if isfinite(x) else None


def _whole(x: float) -> int | None:
    """Give a finite number as an int, anything else as None."""
    return int(x) if isfinite(x) else None


def effective_pressure(levers: dict[str, Any]) -> float:
    """
    Sanctions pressure that a set of levers means.

    Parameters
    ----------
    levers : dict
        Lever id -> value.

    Returns
    -------
    float
        Today's: the lever `pressure` if given, else what the third parties make of it.

    Raises
    ------
    ValueError
        If a lever does not exist or a value is outside its range.
    """
    return _pressure(lever_values(levers))


def _pressure(values: dict[str, Any]) -> float:
    """Sanctions pressure, every lever given."""
    if values["pressure"] is not None:
        return float(values["pressure"])
    known = parties()
    will = [values[lever] for lever in known["willingness"]]
    return float(pressure(known["weights"], enforcement(will, known["exposure"], values["sigma"])))


def _pressure_then(values: dict[str, Any]) -> float:
    """Sanctions pressure when the bargain starts, after the wait."""
    return float(min(1.0, _pressure(values) * (1 + values["drift"]) ** values["wait"]))


def effective_deal(levers: dict[str, Any]) -> Deal:
    """
    Deal that a set of levers means.

    Parameters
    ----------
    levers : dict
        Lever id -> value.

    Returns
    -------
    Deal
        Pressure, price, resistance at home and waiting counted in.

    Raises
    ------
    ValueError
        If a lever does not exist or a value is outside its range.
    """
    return _deal(lever_values(levers))


def _deal(values: dict[str, Any]) -> Deal:
    """Deal, every lever given."""
    s, theta = _pressure_then(values), values["theta"]
    return Deal(
        delta=values["delta"],
        v_a=values["v_a"],
        v_b=values["v_b_full"] * s * theta,
        c_a=(1 + values["h_a"]) * theta,
        c_b=(1 + values["h_b"]) * (1 + values["growth"]) ** values["wait"],
        rho_a=values["rho_a_legal"] * s,
        rho_b=values["rho_b"],
        q_a=values["q_a"],
        q_b=values["q_b"],
        a_a=values["a_a"],
        a_b=values["a_b"],
    )


def weakest(gaps: Array) -> dict[str, Any]:
    """
    Find the slice that is most likely to break.

    Parameters
    ----------
    gaps : array, shape (2, steps + 1)
        Safety gaps from `margins`; the last column, keeping, is no candidate.

    Returns
    -------
    dict
        `side` ("a" or "b"), `slice` (from 1), `gap`. Of equal gaps the earliest
        slice is named, then Washington.
    """
    by_slice = gaps[:, :-1].T
    near = by_slice <= by_slice.min() + TOLERANCE
    k, i = np.argwhere(near)[0]
    return {"side": "ab"[i], "slice": int(k) + 1, "gap": float(by_slice[k, i])}
