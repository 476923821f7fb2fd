"""What the third parties make of a set of levers: enforcement, pressure, and what pressure decides."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np

from .concession import minimum_steps
from .deal import Deal
from .readout import effective_deal, effective_pressure
from .settings import lever_values, parties
from .third_parties import enforcement, thresholds, under_pressure


def third_party_read_out(levers: dict[str, Any]) -> dict[str, Any]:
    """
    Compute what lies between the wills of the third parties and the bargain.

    Parameters
    ----------
    levers : dict
        Lever id -> value; what is missing takes its default.

    Returns
    -------
    dict
        Plain JSON types: `willingness` and `enforcement`, one number per party of
        `parties()["names"]`; `pressure`; `relief_worth`, what full relief is worth to
        Pyongyang; `snapback`, the share of relief that can be taken back; and the
        thresholds of pressure `s_1 s_K s_F s_max`, None where no pressure is meant.
    """
    values = lever_values(levers)
    known, deal = parties(), effective_deal(values)
    will = [float(values[lever]) for lever in known["willingness"]]
    enforced = enforcement(will, known["exposure"], values["sigma"])
    found = thresholds(under_full_pressure(values))
    return {
        "willingness": will,
        "enforcement": enforced.tolist(),
        "pressure": effective_pressure(values),
        "relief_worth": float(deal.v_b),
        "snapback": float(deal.rho_a),
        **{key: float(s) if isfinite(s) else None for key, s in found.items()},
    }


def under_full_pressure(levers: dict[str, Any]) -> Deal:
    """
    Deal that a set of levers would mean if everyone enforced sanctions fully when it starts.

    Parameters
    ----------
    levers : dict
        Lever id -> value.
    """
    return effective_deal({**levers, "pressure": 1.0, "drift": 0.0})


def slices_by_pressure(levers: dict[str, Any], points: int = 101) -> list[int]:
    """
    Count the fewest slices that hold at every pressure from none to full.

    Parameters
    ----------
    levers : dict
        Lever id -> value; those of the third parties do not matter here.
    points : int
        How many values of pressure, 0 and 1 included.

    Returns
    -------
    list of int
        Fewest slices at each; 0 where none within 24 hold.
    """
    values = lever_values(levers)
    s = np.arange(points) / (points - 1)
    found = minimum_steps(under_pressure(under_full_pressure(values), s), values["first"])
    return [int(n) for n in np.asarray(found)]
