"""
What WavesExplorer counts.

Twin of ``static/explorers/waves_view.js``; the two are tested against each other on random settings. The counting itself is
`kdebate.models.event_study`. The page counts for itself, the test included: six levers have some 400,000 settings, too
many for a table, and each is nothing but counting.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from kdebate import datasets, models

FIRST_YEAR, LAST_YEAR = 2002, 2025
LEADERS = {"kim_jong_un": (2012, 2025), "kim_jong_il": (2002, 2011), "both": (2002, 2025)}
DISPUTED = 119  # number in the CNS list of the launch of 17 April 2019
_EVENTS = ("none", "dropped")  # launch events that the CNS list does not hold in another form

Words = dict[str, Any]
Record = dict[str, Any]


@cache
def record() -> Record:
    """
    The exercises and launches as plain numbers, for the page and for Python.

    Returns
    -------
    dict
        ``first`` day; ``leaders`` with first and last year; ``windows`` as first day, last day, kind, whether the dates
        are unchecked, id; ``launches`` by day as day, missiles, disputed missiles, events of other weapons. Days count
        from ``first``.
    """
    return {
        "first": f"{FIRST_YEAR}-01-01",
        "leaders": {name: list(years) for name, years in LEADERS.items()},
        "windows": _windows(datasets.load_exercises()),
        "launches": _launches(datasets.load_missiles(), datasets.load_launch_events()),
    }


def _day_numbers(dates: pd.Series) -> pd.Series:
    return (dates - pd.Timestamp(FIRST_YEAR, 1, 1)).dt.days


def _in_period(dates: pd.Series, precision: pd.Series) -> pd.Series:
    return dates.dt.year.between(FIRST_YEAR, LAST_YEAR) & precision.eq("day")


def unchecked_dates(rows: pd.DataFrame) -> pd.Series:
    """Exercises whose first or last day nobody has checked against a document."""
    fields = rows["recalled_fields"].fillna("").str.split(";")
    return fields.map(lambda named: bool({"all", "start_date", "end_date"} & set(named)))


def _windows(exercises: pd.DataFrame) -> list[list[Any]]:
    held = exercises[
        exercises["in_event_study"]
        & _in_period(exercises["start_date"], exercises["date_precision"])
    ]
    columns = (
        _day_numbers(held["start_date"]),
        _day_numbers(held["end_date"]),
        held["type"].astype(str),
        unchecked_dates(held),
        held["exercise_id"],
    )
    return [
        [int(a), int(b), kind, bool(recalled), name]
        for a, b, kind, recalled, name in zip(*columns, strict=True)
    ]


def _launches(missiles: pd.DataFrame, events: pd.DataFrame) -> list[list[int]]:
    flown = missiles[_in_period(missiles["date_kst"], missiles["date_kst_precision"])]
    other = events[
        _in_period(events["date_kst"], events["date_kst_precision"])
        & events["cns_relation"].isin(_EVENTS)
    ]
    days = _day_numbers(flown["date_kst"])
    table = pd.DataFrame(
        {
            "missiles": days.value_counts(),
            "disputed": days[flown["cns_id"] == DISPUTED].value_counts(),
            "other": _day_numbers(other["date_kst"]).value_counts(),
        }
    )
    table = table.fillna(0).astype(int).sort_index()
    return [[int(day), *map(int, row)] for day, *row in table.itertuples()]


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
