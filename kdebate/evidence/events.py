"""Dated events of enforcement: who did what, and which way it points."""

from __future__ import annotations

from functools import cache
from typing import Any

from kdebate import datasets
from kdebate.tables.doubt import doubt, text


@cache
def record() -> list[dict[str, Any]]:
    """The dated events, oldest first, as plain JSON values."""
    rows = datasets.load_enforcement_events().sort_values("date", kind="stable")
    return [_event(row) for row in rows.to_dict("records")]


def _event(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["enforcement_id"],
        "date": f"{row['date']:%Y-%m-%d}",
        "precision": text(row["date_precision"]),
        "actor": text(row["actor"]),
        "what": text(row["description"]),
        "effect": text(row["effect"]),
        "direction": text(row["direction"]),
        "recalled": doubt(row).whole,
        "fields": ", ".join(name.replace("_", " ") for name in doubt(row).columns),
    }
