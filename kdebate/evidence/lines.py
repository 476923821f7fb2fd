"""
What trade and listings did, series by series: the record behind the lines that learners draw.

A line never mixes sources. Values that nobody has checked against a document are marked, what only
bounds the truth is a floor, a ceiling or a range over the months it covers, and what is not recorded
stays a gap.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from kdebate import datasets
from kdebate.tables import read
from kdebate.tables.doubt import doubt, text


@dataclass(frozen=True)
class Point:
    """One recorded value; `value` is None where nothing is recorded."""

    label: str
    t: float
    value: float | None
    bound: str = "point"  # point, floor or ceiling
    unchecked: bool = False
    row_ids: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Span:
    """An estimate, or a limit, over the months it covers; `low` or `high` is None where nobody gives it."""

    start: float
    end: float
    low: float | None
    high: float | None
    kind: str  # floor, ceiling, range or cap
    row_ids: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A record, which of its points the learner draws first, and what is shown beside it."""

    points: tuple[Point, ...]
    draw: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    others: dict[str, tuple[Point, ...]] = field(default_factory=dict)


def names() -> list[str]:
    """The lines, in the order of the screen."""
    return list(_LINES)


def line(name: str) -> Line:
    """
    Collect one line from the tables.

    Parameters
    ----------
    name : str
        One of `names()`.

    Returns
    -------
    Line
        Points, the labels to draw, and the estimates and limits beside them.

    Raises
    ------
    ValueError
        For a line that does not exist.
    """
    if name not in _LINES:
        raise ValueError(f"No line named {name!r}. Choose from: {', '.join(_LINES)}.")
    return _LINES[name]()


def as_dict(one: Line) -> dict[str, Any]:
    """A line as plain JSON values."""
    return dict(json.loads(json.dumps(asdict(one))))


def record(name: str) -> pd.DataFrame:
    """
    One line as a table.

    Parameters
    ----------
    name : str
        One of `names()`.

    Returns
    -------
    pandas.DataFrame
        Columns `when value bound unchecked rows note`.
    """
    rows = [
        (p.label, p.value, p.bound, p.unchecked, ";".join(p.row_ids), p.note)
        for p in line(name).points
    ]
    return pd.DataFrame(rows, columns=["when", "value", "bound", "unchecked", "rows", "note"])


# ---- from rows to points --------------------------------------------------------------------------


def moment(date: Any) -> float:
    """A date as a number of years."""
    day = pd.Timestamp(date).to_pydatetime()
    start, end = dt.datetime(day.year, 1, 1), dt.datetime(day.year + 1, 1, 1)
    return round(day.year + (day - start) / (end - start), 4)


@cache
def _all_trade(place: Path) -> pd.DataFrame:
    """The table of trade; most lines come from it, so it is read once per folder of tables."""
    return datasets.load_trade()


def _trade(series: str, **wanted: str) -> pd.DataFrame:
    rows = _all_trade(read.folder())
    for column, value in {"series": series, **wanted}.items():
        rows = rows[rows[column].astype(str) == value]
    return rows


def _whole_years(rows: pd.DataFrame) -> pd.DataFrame:
    start, end = pd.to_datetime(rows["period_start"]), pd.to_datetime(rows["period_end"])
    return rows[(start.dt.month == 1) & (end.dt.month == 12) & (start.dt.year == end.dt.year)]


def _point(row: Any, label: str, t: float, scale: float = 1.0) -> Point:
    value = round(float(row["value"]) / scale, 6)
    return Point(
        label,
        t,
        value,
        str(row["bound"]),
        doubt(row).about("value"),
        (str(row["obs_id"]),),
        text(row["note"]),
    )


def _yearly(rows: pd.DataFrame, first: int, last: int, scale: float = 1.0) -> tuple[Point, ...]:
    """One point per year; a year without a row is a gap."""
    found = {
        pd.Timestamp(row["period_start"]).year: row for _, row in _whole_years(rows).iterrows()
    }
    years = range(first, last + 1)
    return tuple(
        _point(found[year], str(year), year + 0.5, scale)
        if year in found
        else Point(str(year), year + 0.5, None)
        for year in years
    )


def _years(first: int, last: int) -> tuple[str, ...]:
    return tuple(str(year) for year in range(first, last + 1))


def _span(rows: pd.DataFrame, scale: float) -> Span:
    """One estimate; rows marked low and high over the same months are the two ends of a range."""
    bounds = {str(row["bound"]): float(row["value"]) / scale for _, row in rows.iterrows()}
    low, high = bounds.get("low", bounds.get("floor")), bounds.get("high", bounds.get("ceiling"))
    only = bounds.get("point")
    kind = "range" if len(bounds) > 1 else next(iter(bounds)).replace("point", "range")
    first = rows.iloc[0]
    end = pd.Timestamp(first["period_end"]) + pd.Timedelta(days=1)
    return Span(
        moment(first["period_start"]),
        moment(end),
        only if low is None and high is None else low,
        only if low is None and high is None else high,
        kind,
        tuple(str(one) for one in rows["obs_id"]),
        " ".join(dict.fromkeys(filter(None, (text(row["note"]) for _, row in rows.iterrows())))),
    )


def _spans(rows: pd.DataFrame, scale: float) -> tuple[Span, ...]:
    groups = rows.groupby(["period_start", "period_end"], sort=True)
    return tuple(_span(group, scale) for _, group in groups)


def _measure_cap(measure_id: str, start: float, end: float, scale: float) -> Span:
    measures = datasets.load_unsc_measures().set_index("measure_id")
    value = float(measures.loc[measure_id, "cap_value"]) / scale
    return Span(start, end, None, value, "cap", (measure_id,))


# ---- the lines ------------------------------------------------------------------------------------

_MONTHS = tuple(f"2017-{month:02}" for month in range(1, 9))
_MILLION = 1e6
_THOUSAND = 1e3


def _coal() -> Line:
    """Coal that China recorded, month by month in 2017."""
    rows = _trade("coal_china_monthly", unit="tonnes")
    found = {
        pd.Timestamp(row["period_start"]).month: row
        for _, row in rows.iterrows()
        if pd.Timestamp(row["period_start"]).year == 2017
        and pd.Timestamp(row["period_start"]).month == pd.Timestamp(row["period_end"]).month
    }
    points = tuple(
        _point(found[m], label, 2017 + (m - 0.5) / 12, _MILLION)
        if m in found
        else Point(label, 2017 + (m - 0.5) / 12, None)
        for m, label in enumerate(_MONTHS, 1)
    )
    return Line(points, _MONTHS[2:])


def _coal_years() -> Line:
    """Coal that China recorded, year by year, and what the Panel of Experts counted after the ban."""
    points = _yearly(_trade("coal_china", unit="tonnes"), 2012, 2019, _MILLION)
    estimates = _spans(_trade("illicit_exports_est", commodity="coal", unit="tonnes"), _MILLION)
    cap = _measure_cap("UM-2321-12", 2017.0, moment("2017-08-05"), _MILLION)
    return Line(points, (), (cap, *estimates))


def _oil() -> Line:
    """Refined oil that suppliers reported to the UN committee, in thousand barrels."""
    reported = _trade("refined_reported", unit="barrels")
    by_id = {str(row["obs_id"]): row for _, row in reported.iterrows()}
    points = tuple(_oil_point(by_id, year, *rest) for year, rest in _OIL_ROWS.items())
    caps = _trade("refined_cap")
    whole = caps[pd.to_datetime(caps["period_start"]).dt.year >= 2018]
    cap = Span(
        2018.0, 2025.0, None, float(whole["value"].iloc[0]) / _THOUSAND, "cap", ("UM-2397-05",)
    )
    others: dict[str, tuple[Point, ...]] = {
        "as_told_later": (
            _point(
                by_id[_row(reported, "2021-01-01", "2021-11-30", "China")],
                "2021",
                2021.5,
                _THOUSAND,
            ),
            _point(by_id[_panel_row(reported)], "2023", 2023.5, _THOUSAND),
        )
    }
    return Line(points, _years(2018, 2024), (cap,), others)


def _row(rows: pd.DataFrame, start: str, end: str, partner: str) -> str:
    """The id of the newest row for these months and this partner."""
    same = rows[
        (pd.to_datetime(rows["period_start"]) == pd.Timestamp(start))
        & (pd.to_datetime(rows["period_end"]) == pd.Timestamp(end))
        & (rows["partner"].astype(str) == partner)
    ]
    chosen = same.sort_values("value").iloc[-1]
    return str(chosen["obs_id"])


def _panel_row(rows: pd.DataFrame) -> str:
    """The total of 2023 at the Panel's earlier cut-off."""
    return str(rows[rows["basis"].astype(str).str.startswith("Panel")]["obs_id"].iloc[0])


# Months and partners whose reports make up a year, and whether they are all of it.
_OIL_ROWS: dict[int, tuple[str, list[tuple[str, str, str]]]] = {
    2018: ("floor", [("2018-01-01", "2018-12-31", "Russia")]),
    2019: ("point", [("2019-01-01", "2019-12-31", "World")]),
    2020: ("point", [("2020-01-01", "2020-12-31", "World")]),
    2021: ("point", [("2021-01-01", "2021-12-31", "China")]),
    2022: ("floor", [("2022-01-01", "2022-11-30", "China")]),
    2023: ("point", [("2023-01-01", "2023-12-31", "World")]),
    2024: (
        "floor",
        [("2024-01-01", "2024-11-30", "China"), ("2024-01-01", "2024-01-31", "Russia")],
    ),
}


def _oil_point(
    by_id: dict[str, Any], year: int, bound: str, parts: list[tuple[str, str, str]]
) -> Point:
    rows = pd.DataFrame(by_id.values())
    ids = tuple(_row(rows, *part) for part in parts)
    value = sum(float(by_id[one]["value"]) for one in ids) / _THOUSAND
    notes = " ".join(dict.fromkeys(filter(None, (text(by_id[one]["note"]) for one in ids))))
    unchecked = any(doubt(by_id[one]).about("value") for one in ids)
    return Point(str(year), year + 0.5, round(value, 6), bound, unchecked, ids, notes)


def _oil_estimates() -> Line:
    """What others say arrived outside the reports, each over the months it covers."""
    estimates = _spans(_trade("refined_illicit_est", unit="barrels"), _THOUSAND)
    cap = next(span for span in _oil().spans if span.kind == "cap")
    years = tuple(Point(str(year), year + 0.5, None) for year in range(2018, 2025))
    return Line(years, (), (cap, *estimates))


def designations() -> pd.DataFrame:
    """
    Count people and firms that Washington listed, and how many of them are not North Korean.

    Returns
    -------
    pandas.DataFrame
        One row per year: `listed`, `third_country`, `share` in percent, `rounds`, `row_ids`.
    """
    rounds = datasets.load_listing_rounds()
    us = rounds[rounds["list"].astype(str) == "US"].copy()
    us["year"] = pd.to_datetime(us["date"]).dt.year
    us["listed"] = us["individuals"].fillna(0) + us["entities"].fillna(0)
    years = us.groupby("year").agg(
        listed=("listed", "sum"),
        third_country=("third_country_count", "sum"),
        rounds=("round_id", "size"),
        row_ids=("round_id", ";".join),
    )
    years.insert(2, "share", 100 * years["third_country"] / years["listed"])
    return years.astype({"listed": int, "third_country": int})


def _share() -> Line:
    """Share of those listed by Washington who are not North Korean."""
    table = designations()
    points = (
        _share_point(year, table.loc[year])
        if year in table.index
        else Point(str(year), year + 0.5, None)
        for year in range(2010, 2020)
    )
    return Line(tuple(points), _years(2016, 2019))


def _share_point(year: int, row: Any) -> Point:
    counts = f"{row['third_country']} / {row['listed']}"
    ids = tuple(str(row["row_ids"]).split(";"))
    return Point(str(year), year + 0.5, round(float(row["share"]), 6), row_ids=ids, note=counts)


def un_additions() -> pd.Series[int]:
    """
    Count people and firms added to the UN list.

    Returns
    -------
    pandas.Series
        One number per year from 2009 to 2025; 0 where none were added.
    """
    added = pd.to_datetime(datasets.load_un_list_entries()["listed_date"]).dt.year.value_counts()
    return added.reindex(range(2009, 2026), fill_value=0).astype(int)


def _un_list() -> Line:
    """People and firms added to the UN list."""
    rounds = datasets.load_listing_rounds()
    un = rounds[rounds["list"].astype(str) == "UN"]
    ids = un.groupby(pd.to_datetime(un["date"]).dt.year)["round_id"].agg(tuple)
    points = tuple(
        Point(str(year), float(year) + 0.5, float(count), row_ids=tuple(ids.get(year, ())))
        for year, count in ((int(str(year)), count) for year, count in un_additions().items())
    )
    return Line(points, _years(2019, 2025))


def _exports() -> Line:
    """What North Korea sold abroad, South Korea left out, in KOTRA's series."""
    return Line(_yearly(_trade("kotra_world", flow="exports"), 2006, 2024), _years(2016, 2024))


def _china() -> Line:
    """Trade with China in the series of Chinese customs, and beside it KOTRA's, which adds estimated crude oil."""
    customs = _yearly(_trade("china_customs", flow="total"), 2011, 2025)
    kotra = _yearly(_trade("kotra_china", flow="total"), 2011, 2025)
    return Line(customs, _years(2017, 2025), (), {"kotra": kotra})


def _russia() -> Line:
    """Trade with Russia in the series of Russian customs."""
    return Line(_yearly(_trade("russia", flow="total"), 2017, 2024), _years(2019, 2024))


_LINES: dict[str, Callable[[], Line]] = {
    "coal": _coal,
    "coal_years": _coal_years,
    "oil": _oil,
    "oil_estimates": _oil_estimates,
    "share": _share,
    "un_list": _un_list,
    "exports": _exports,
    "china": _china,
    "russia": _russia,
}
