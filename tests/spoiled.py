"""Copies of the tables with a fault in them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

Rows = list[dict[str, str]]


def edit(place: Path, name: str, change: Callable[[Rows], Any]) -> None:
    """Pass the rows of a table through a change and write them back: those that it returns, else those that it was given."""
    path = place / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    columns = list(found[0])
    found = change(found) or found
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
