"""
Do launches fall into exercise windows more often than the days alone would bring?

A window is a run of days around an exercise; a launch inside one is a launch on such a day. Three counts are common, and
they are different questions: missiles, launch events, days with a launch. The functions count; they know no tables.

The test is exact and needs no chance: the exercise calendar is slid along the launch record day by day, all round (what
runs out at the end comes in at the start), and every position is counted. The share of positions that catch at least as
many launches says how unusual the true position is. Sliding keeps both records as clumped as they are, which drawing days
at random would not. It does not keep the season: exercises return every March and August, and if launches have seasons of
their own, for weather or harvest, that too puts launches into windows. `year_swaps` therefore keeps the season: each year's
launches are held against the exercise calendar of another year. It has as many positions as there are years, so it is coarse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_DAY = "datetime64[D]"


@dataclass(frozen=True)
class EventStudy:
    """What a count inside and outside windows found."""

    inside: int
    outside: int
    days_inside: int
    days_outside: int
    at_least: int
    at_most: int
    swapped: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        """Launches of the whole period."""
        return self.inside + self.outside

    @property
    def positions(self) -> int:
        """Days of the period, which are also the positions of the calendar."""
        return self.days_inside + self.days_outside

    @property
    def expected(self) -> float:
        """Launches inside if they were spread evenly over the days."""
        return self.total * self.days_inside / self.positions

    @property
    def share_at_least(self) -> float:
        """Share of the calendar's positions that catch at least as many launches; the true one is among them."""
        return self.at_least / self.positions

    @property
    def share_at_most(self) -> float:
        """Share of the calendar's positions that catch at most as many launches."""
        return self.at_most / self.positions


def window_days(
    first: ArrayLike,
    last: ArrayLike,
    starts: ArrayLike,
    ends: ArrayLike,
    before: int = 0,
    after: int = 0,
) -> NDArray[np.bool_]:
    """
    Mark the days of a period that lie in a window.

    Parameters
    ----------
    first, last : date
        The period, both days included.
    starts, ends : array of dates
        First and last day of each exercise, both included; exercises may overlap.
    before, after : int
        Days added to each window at its start and at its end.

    Returns
    -------
    numpy.ndarray
        One boolean per day of the period.
    """
    days = _period(first, last)
    _require_whole("before", before)
    _require_whole("after", after)
    lows, highs = _dates(starts) - before, _dates(ends) + after
    if lows.shape != highs.shape:
        raise ValueError(
            f"starts has shape {lows.shape}, ends {highs.shape}. Give one end per start."
        )
    wrong = np.flatnonzero(_dates(ends) < _dates(starts))
    if wrong.size:
        raise ValueError(
            f"window {wrong[0]} ends before it starts. An end is the start or a later day."
        )
    # +1 where a window opens, -1 on the day after it closes: a day is inside while the running sum is above zero.
    opened = np.searchsorted(np.sort(lows), days, side="right")
    closed = np.searchsorted(np.sort(highs), days, side="left")
    return np.asarray(opened > closed)


def daily_counts(
    first: ArrayLike, last: ArrayLike, dates: ArrayLike, weights: ArrayLike = 1
) -> NDArray[np.int64]:
    """
    Count launches per day of a period; dates outside it are left out.

    Parameters
    ----------
    first, last : date
        The period, both days included.
    dates : array of dates
        Launches, in any order; a date may return.
    weights : int or array of int
        How much each counts, for example the missiles of an event.

    Returns
    -------
    numpy.ndarray
        One whole number per day.
    """
    days = _period(first, last)
    at = (_dates(dates) - days[0]).astype(int)
    amounts = np.broadcast_to(np.asarray(weights, dtype=np.int64), at.shape)
    within = (at >= 0) & (at < days.size)
    counts = np.zeros(days.size, dtype=np.int64)
    np.add.at(counts, at[within], amounts[within])
    return counts


def sliding_counts(counts: ArrayLike, inside: ArrayLike) -> NDArray[np.int64]:
    """
    Count launches inside the windows for every position of the calendar.

    Parameters
    ----------
    counts : array of int
        Launches per day, from `daily_counts`.
    inside : array of bool
        Days in windows, from `window_days`; slid later by 0, 1, 2 ... days, all round.

    Returns
    -------
    numpy.ndarray
        One count per position; the first is the true one.
    """
    launches, mask = np.asarray(counts, dtype=np.int64), np.asarray(inside, dtype=bool)
    if launches.shape != mask.shape or launches.ndim != 1:
        raise ValueError(
            f"counts has shape {launches.shape}, inside {mask.shape}. Give one of each per day."
        )
    # A launch on day d is inside at shift s when day d - s is in a window: one reversed copy of the mask per launch day.
    reverse = np.concatenate([mask[::-1], mask[::-1]]).astype(np.int64)
    found = np.zeros(mask.size, dtype=np.int64)
    for day in np.flatnonzero(launches):
        start = mask.size - 1 - day
        found += launches[day] * reverse[start : start + mask.size]
    return found


def year_swaps(first: ArrayLike, counts: ArrayLike, inside: ArrayLike) -> NDArray[np.int64]:
    """
    Count launches inside the exercise calendars of other years, day of the year by day of the year.

    Parameters
    ----------
    first : date
        First day of the period, which is made of whole years.
    counts, inside : array
        As for `event_study`.

    Returns
    -------
    numpy.ndarray
        One count per year of the period: calendars 0, 1, 2 ... years away, all round; the first is the true one.
        A window on 29 February is nowhere in a year without that day.
    """
    launches, mask = np.asarray(counts, dtype=np.int64), np.asarray(inside, dtype=bool)
    start: Any = np.asarray(first, dtype=_DAY)
    days: Any = start + np.arange(launches.size)
    years = days.astype("datetime64[Y]").astype(int) - days[0].astype("datetime64[Y]").astype(int)
    if str(days[0])[5:] != "01-01" or str(days[-1])[5:] != "12-31":
        raise ValueError(f"the period runs from {days[0]} to {days[-1]}. Give whole years.")
    months = days.astype("datetime64[M]").astype(int) % 12
    slots = 31 * months + (days - days.astype("datetime64[M]")).astype(int)
    by_year = np.zeros((years[-1] + 1, 12 * 31), dtype=np.int64)
    calendar = np.zeros_like(by_year)
    by_year[years, slots], calendar[years, slots] = launches, mask
    return np.array([(by_year * np.roll(calendar, k, axis=0)).sum() for k in range(len(by_year))])


def event_study(counts: ArrayLike, inside: ArrayLike, first: ArrayLike | None = None) -> EventStudy:
    """
    Count launches inside and outside windows, and say how unusual the count is.

    Parameters
    ----------
    counts : array of int
        Launches per day, from `daily_counts`.
    inside : array of bool
        Days in windows, from `window_days`.
    first : date, optional
        First day of a period of whole years; with it, `swapped` is filled.

    Returns
    -------
    EventStudy
        Counts inside and outside, days inside and outside; how many positions of the slid calendar catch
        at least, and at most, as many launches; and the counts inside the calendars of other years.
    """
    mask = np.asarray(inside, dtype=bool)
    slid = sliding_counts(counts, mask)
    found, total = int(slid[0]), int(np.sum(np.asarray(counts)))
    return EventStudy(
        inside=found,
        outside=total - found,
        days_inside=int(mask.sum()),
        days_outside=int((~mask).sum()),
        at_least=int((slid >= found).sum()),
        at_most=int((slid <= found).sum()),
        swapped=() if first is None else tuple(int(n) for n in year_swaps(first, counts, mask)[1:]),
    )


def agreement(first: ArrayLike, second: ArrayLike) -> tuple[float, float]:
    """
    Compare two coders of the same items: percent agreement, then Cohen's kappa.

    Parameters
    ----------
    first, second : array
        One code per item and coder.

    Returns
    -------
    tuple of float
        Share of items coded alike; and kappa, which is 0 where the coders agree no more often than their own habits
        would bring by chance, 1 where they agree always, and nan where each uses one and the same code throughout.
    """
    a, b = np.asarray(first), np.asarray(second)
    if a.shape != b.shape or a.ndim != 1 or not a.size:
        raise ValueError(
            f"the coders have shapes {a.shape} and {b.shape}. Give one code per item and coder."
        )
    alike = float(np.mean(a == b))
    codes = np.unique(np.concatenate([a, b]))
    by_chance = float(sum(np.mean(a == code) * np.mean(b == code) for code in codes))
    kappa = (alike - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")
    return alike, kappa


def _dates(values: ArrayLike) -> NDArray[Any]:
    return np.atleast_1d(np.asarray(values, dtype=_DAY))


def _period(first: ArrayLike, last: ArrayLike) -> NDArray[Any]:
    low: Any = np.asarray(first, dtype=_DAY)
    high: Any = np.asarray(last, dtype=_DAY)
    if high < low:
        raise ValueError(
            f"the period ends on {high}, before it starts on {low}. Give the earlier day first."
        )
    return np.asarray(low + np.arange(int((high - low).astype(int)) + 1))


def _require_whole(name: str, value: int) -> None:
    if value != int(value) or value < 0:
        raise ValueError(f"{name} is {value!r}; allowed is a whole number of days, 0 or more.")
