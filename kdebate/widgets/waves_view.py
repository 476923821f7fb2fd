"""
What WavesExplorer counts.

Twin of ``static/explorers/waves_view.js``; the two are tested against each other on random settings. The counting itself is
`kdebate.models.event_study`. The page counts for itself, the test included: six levers have some 400,000 settings, too
many for a table, and each is nothing but counting.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kdebate import models
from kdebate.evidence.waves import record

Words = dict[str, Any]


def weight(launch: list[int], levers: dict[str, Any]) -> int:
    """How much the launches of one day count under a counting rule."""
    _, missiles, disputed, other = launch
    flown = missiles - (disputed if levers["disputed"] == "without" else 0)
    if levers["rule"] == "missiles":
        return flown
    return min(1, flown) + (other if levers["rule"] == "events" else 0)


def chosen_windows(levers: dict[str, Any]) -> list[list[Any]]:
    """The exercises of the chosen kind that lie in the chosen leader's years."""
    low, high = _span(levers)
    return [
        window
        for window in record()["windows"]
        if (levers["type"] in ("all", window[2])) and window[1] >= low and window[0] <= high
    ]


def _span(levers: dict[str, Any]) -> tuple[int, int]:
    """First and last day number of the chosen leader's years."""
    start, end = record()["leaders"][levers["leader"]]
    origin = np.datetime64(record()["first"])
    return (
        int((np.datetime64(f"{start}-01-01") - origin).astype(int)),
        int((np.datetime64(f"{end}-12-31") - origin).astype(int)),
    )


def day_arrays(levers: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, np.datetime64]:
    """Launches per day, days in windows, and the first day of the period."""
    origin = np.datetime64(record()["first"])
    low, high = _span(levers)
    first, last = origin + low, origin + high
    windows = chosen_windows(levers)
    starts, ends = (origin + np.array([window[k] for window in windows], dtype=int) for k in (0, 1))
    mask = models.window_days(
        first, last, starts, ends, int(levers["before"]), int(levers["after"])
    )
    launches = record()["launches"]
    dates = origin + np.array([launch[0] for launch in launches])
    weights = [weight(launch, levers) for launch in launches]
    return models.daily_counts(first, last, dates, weights), mask, first


def findings(levers: dict[str, Any]) -> dict[str, Any]:
    """Everything that the sentences, read-outs and the table need, as plain numbers."""
    counts, mask, first = day_arrays(levers)
    found = models.event_study(counts, mask, first)
    windows = chosen_windows(levers)
    return {
        "inside": found.inside,
        "outside": found.outside,
        "total": found.total,
        "days_inside": found.days_inside,
        "days_outside": found.days_outside,
        "expected": found.expected,
        "inside_rate": _rate(found.inside, found.days_inside),
        "outside_rate": _rate(found.outside, found.days_outside),
        "at_least": found.at_least,
        "at_most": found.at_most,
        "positions": found.positions,
        "share_at_least": found.share_at_least,
        "swapped": list(found.swapped),
        "swapped_at_least": sum(count >= found.inside for count in found.swapped),
        "windows": len(windows),
        "recalled": sum(window[3] for window in windows),
        "years": _by_year(levers, counts, mask, first),
    }


def _rate(launches: int, days: int) -> float | None:
    return 100 * launches / days if days else None


def _by_year(
    levers: dict[str, Any], counts: np.ndarray, mask: np.ndarray, first: Any
) -> list[list[int]]:
    """Year, days inside, launches inside and outside, exercises that start then and have unchecked dates."""
    years = (first + np.arange(counts.size)).astype("datetime64[Y]").astype(int) + 1970
    origin = np.datetime64(record()["first"])
    starts = [
        int((origin + window[0]).astype("datetime64[Y]").astype(int)) + 1970
        for window in chosen_windows(levers)
        if window[3]
    ]
    return [
        [
            int(year),
            int(mask[years == year].sum()),
            int(counts[(years == year) & mask].sum()),
            int(counts[(years == year) & ~mask].sum()),
            starts.count(year),
        ]
        for year in np.unique(years)
    ]


def facts(levers: dict[str, Any]) -> dict[str, Any]:
    """What the sentences need: the counts, and what is true of them."""
    found = findings(levers)
    return {
        **found,
        "rule": levers["rule"],
        "no_window": found["windows"] == 0,
        "per_hundred": 100 * found["share_at_least"],
        "other_years": len(found["swapped"]),
        "low": min(found["swapped"]),
        "high": max(found["swapped"]),
    }


def table(words: Words, found: dict[str, Any]) -> pd.DataFrame:
    """The chart as a table: one row per year, then all years together."""
    heads = words["table"]
    rows: list[list[Any]] = [*found["years"]]
    rows.append(
        [
            heads["total"],
            found["days_inside"],
            found["inside"],
            found["outside"],
            sum(row[4] for row in found["years"]),
        ]
    )
    columns = [heads[key] for key in ("year", "days", "inside", "outside", "recalled")]
    return pd.DataFrame(rows, columns=columns)
