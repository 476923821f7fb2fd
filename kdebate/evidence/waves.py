"""Exercises as windows and launches as days: the calendar that WavesExplorer counts in."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from kdebate import datasets
from kdebate.tables.doubt import doubt

FIRST_YEAR, LAST_YEAR = 2002, 2025
LEADERS = {"kim_jong_un": (2012, 2025), "kim_jong_il": (2002, 2011), "both": (2002, 2025)}
DISPUTED = 119  # number in the CNS list of the launch of 17 April 2019
_EVENTS = ("none", "dropped")  # launch events that the CNS list does not hold in another form


@cache
def record() -> dict[str, Any]:
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


def _windows(exercises: pd.DataFrame) -> list[list[Any]]:
    held = exercises[
        exercises["in_event_study"]
        & _in_period(exercises["start_date"], exercises["date_precision"])
    ]
    columns = (
        _day_numbers(held["start_date"]),
        _day_numbers(held["end_date"]),
        held["type"].astype(str),
        [doubt(row).about("start_date", "end_date") for row in held.to_dict("records")],
        held["exercise_id"],
    )
    return [
        [int(a), int(b), kind, recalled, name]
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
