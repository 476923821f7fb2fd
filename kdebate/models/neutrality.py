"""
Does the model favour one answer? Draw its parameters blindly and count.

Equal steps never become infeasible when they grow in number, so feasibility alone
can never favour doing it all at once: only value, through delay, can.
"""

from __future__ import annotations

import numpy as np

from .concession import minimum_steps
from .deal import Deal
from .settings import levers
from .third_parties import under_pressure


def neutrality_shares(
    rng: np.random.Generator, draws: int, as_enforced: bool = False
) -> dict[str, float]:
    """
    Share of randomly drawn bargains where once works, where only steps do, and where nothing does.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    draws : int
        Number of bargains.
    as_enforced : bool
        Also draw sanctions pressure, 0 to 1, instead of full pressure.

    Returns
    -------
    dict
        `once`, `steps` and `unworkable` (more than 24 steps, or none), adding up to 1.
    """
    deals = _draw(rng, draws)
    if as_enforced:
        deals = under_pressure(deals, rng.uniform(0.0, 1.0, draws))
    fewest = minimum_steps(deals, limit=24)
    counts = {"once": fewest == 1, "steps": fewest >= 2, "unworkable": fewest == 0}
    return {name: float(np.mean(found)) for name, found in counts.items()}


def _draw(rng: np.random.Generator, draws: int) -> Deal:
    """Draw bargains from the ranges of the levers: equal costs, no audiences."""
    ids = {
        "delta": "delta",
        "v_a": "v_a",
        "v_b": "v_b_full",
        "rho_a": "rho_a_legal",
        "rho_b": "rho_b",
        "q_b": "q_b",
    }
    ranges = levers()
    return Deal(
        **{
            field: rng.uniform(ranges[lever]["min"], ranges[lever]["max"], draws)
            for field, lever in ids.items()
        }
    )
