"""
Find and read the tables of the package.

`data/datapackage.json` is the one place that describes them: types and the order of
categories come from it, and so do docstrings and documents (`kdebate.tables.record`).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pandas as pd

Resource = dict[str, Any]
Row = dict[str, str]

DESCRIPTOR = "datapackage.json"
STATUSES = ("primary", "secondary", "dataset", "recalled")


_instead: ContextVar[Path | None] = ContextVar("_instead", default=None)


@contextmanager
def instead(place: Path) -> Iterator[None]:
    """Read the tables of another folder for as long as the block lasts."""
    token = _instead.set(place)
    try:
        yield
    finally:
        _instead.reset(token)


def folder() -> Path:
    """Return the folder of the tables: inside the installed package, or at the top of a checkout."""
    other = _instead.get()
    if other:
        return other
    package = Path(__file__).resolve().parents[1]
    for place in (package / "data", package.parent / "data"):
        if (place / DESCRIPTOR).is_file():
            return place
    raise FileNotFoundError(
        f"No {DESCRIPTOR} beside the package. Install kdebate again, or work in a full checkout."
    )


def descriptor(place: Path | None = None) -> dict[str, Any]:
    """Return the descriptor of all tables."""
    text = ((place or folder()) / DESCRIPTOR).read_text(encoding="utf-8")
    return dict(json.loads(text))


def resources(place: Path | None = None) -> dict[str, Resource]:
    """Return the description of each table by its name, in the order of the descriptor."""
    return {table["name"]: table for table in descriptor(place)["resources"]}


def resource(name: str) -> Resource:
    """Return the description of one table, or say which names exist."""
    known = resources()
    if name not in known:
        raise ValueError(f"No dataset named {name!r}. Choose one of: {', '.join(known)}.")
    return known[name]


def frame(name: str) -> pd.DataFrame:
    """Return one table, typed as the descriptor says."""
    table = resource(name)
    frame = pd.read_csv(
        folder() / table["path"], dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    for field in table["schema"]["fields"]:
        frame[field["name"]] = _typed(frame[field["name"]], field)
    return frame


def _typed(column: pd.Series, field: dict[str, Any]) -> pd.Series:
    """Return a column of text in the type of its field; missing values stay missing."""
    match field["type"]:
        case "integer":
            return pd.to_numeric(column).astype("Int64")
        case "number":
            return pd.to_numeric(column).astype("float64")
        case "boolean":
            return column.map({"true": True, "false": False}).astype("boolean")
        case "date":
            return pd.to_datetime(column, format="%Y-%m-%d")
    if "categories" in field:
        kind = pd.CategoricalDtype(field["categories"], field.get("categoriesOrdered", False))
        return column.astype(kind)
    return column


def rows(table: Resource, place: Path | None = None) -> Iterator[Row]:
    """Yield the rows of a table as plain text, by column."""
    with ((place or folder()) / table["path"]).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def key(table: Resource, row: Row) -> str:
    """Return the primary key of a row as one text."""
    return "|".join(row[name] for name in table["schema"]["primaryKey"])


def id_column(table: Resource) -> str | None:
    """Return the column whose values can be cited, None where the key is composite."""
    columns = table["schema"]["primaryKey"]
    return columns[0] if len(columns) == 1 else None


def find(row_id: str) -> tuple[Resource, Row] | None:
    """Return the table and the row with this id, None where there is none."""
    for table in resources().values():
        column = id_column(table)
        if column is None:
            continue
        for row in rows(table):
            if row[column] == row_id:
                return table, row
    return None


def documents() -> dict[str, Row]:
    """Return the rows of `sources` by their id."""
    return {row["source_id"]: row for row in rows(resource("sources"))}


def label(table: Resource, row: Row) -> str:
    """Return a row in a few words: its `labelFields`, dates no more exact than they are known."""
    shown = (_shown(row, column) for column in table["labelFields"])
    return ", ".join(part for part in shown if part)


def _shown(row: Row, column: str) -> str:
    own = row.get(f"{column}_precision", "")
    shared = row.get("date_precision", "") if column in ("date", "start_date") else ""
    return row[column][: {"year": 4, "month": 7}.get(own or shared)]
