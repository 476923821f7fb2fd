"""The one reading of "nobody has checked this": which parts of a row rest on memory alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

_ALL = "all"  # stands in `recalled_fields` for every column
_SEPARATOR = ";"


@dataclass(frozen=True)
class Doubt:
    """What nobody has checked against a document; false where nothing is in doubt."""

    whole: bool  # the row itself rests on memory
    named: tuple[str, ...]  # as the row names it: columns, or "all"

    def __bool__(self) -> bool:
        return self.whole or bool(self.named)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in doubt, where the row names some."""
        return tuple(name for name in self.named if name != _ALL)

    def about(self, *columns: str) -> bool:
        """Whether any of these columns is in doubt."""
        return self.whole or not set(columns).isdisjoint(self.named)


def doubt(row: Mapping[Any, Any], status: str = "status") -> Doubt:
    """
    Read a row's doubt.

    Parameters
    ----------
    row : mapping
        A row of any table, as text or typed.
    status : str
        The column of its status; a row with two accounts has one for each.
    """
    named = tuple(filter(None, text(row["recalled_fields"]).split(_SEPARATOR)))
    return Doubt(text(row[status]) == "recalled" or _ALL in named, named)


def text(value: Any) -> str:
    """A cell as text; a missing one is empty."""
    return "" if pd.isna(value) else str(value)
