"""
Speed of the solver: a million bargains, beside one copy of the same ten columns.

The copy goes into arrays that exist already, so it shows what the memory alone costs.
The two take turns, and the fastest turn of each counts: on a shared machine the rest is noise.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from kdebate.models import Deal, minimum_steps

POINTS, ROUNDS, BUDGET = 1_000_000, 5, 35.0
RANGES = {
    "delta": (0.3, 0.99),
    "v_a": (0.5, 5.0),
    "v_b": (0.5, 5.0),
    "c_a": (0.8, 1.2),
    "c_b": (0.8, 1.2),
    "rho_a": (0.0, 1.0),
    "rho_b": (0.0, 1.0),
    "q_a": (0.5, 1.0),
    "q_b": (0.0, 1.0),
    "a_a": (0.0, 0.0),  # the tenth column: no audience costs, so the closed form applies
}


def run() -> list[dict[str, Any]]:
    """Measure; one row per figure: `name`, `value`, `unit`, `ratio`, `budget`."""
    rng = np.random.default_rng(4)
    columns = {name: rng.uniform(*ends, POINTS) for name, ends in RANGES.items()}
    deal, room = Deal(**columns), [np.empty(POINTS) for _ in columns]
    sources = list(columns.values())

    def copy() -> None:
        for target, source in zip(room, sources, strict=True):
            np.copyto(target, source)

    floor, solve = _fastest(copy, lambda: minimum_steps(deal))
    return [
        _row("copy of ten columns of a million numbers", floor, floor, None),
        _row("fewest steps of a million bargains", solve, floor, BUDGET),
    ]


def _fastest(*tasks: Callable[[], Any]) -> list[float]:
    """Seconds of the fastest of several turns, for each task."""
    best = [float("inf")] * len(tasks)
    for _ in range(ROUNDS):
        for i, task in enumerate(tasks):
            start = perf_counter()
            task()
            best[i] = min(best[i], perf_counter() - start)
    return best


def _row(name: str, seconds: float, floor: float, budget: float | None) -> dict[str, Any]:
    """One figure, in milliseconds and as a multiple of the copy."""
    return {
        "name": name,
        "value": round(1000 * seconds, 1),
        "unit": "ms",
        "ratio": round(seconds / floor, 2),
        "budget": budget,
    }


if __name__ == "__main__":
    for row in run():
        limit = f"   at most {row['budget']:g}" if row["budget"] else ""
        print(f"{row['name']:<42} {row['value']:>7} {row['unit']}   x {row['ratio']}{limit}")
