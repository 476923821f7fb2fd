"""Every word that a learner reads in a widget, a chart or beside a table: one file per place, no rule and no number."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def of(name: str) -> dict[str, Any]:
    """
    The words of one place.

    Parameters
    ----------
    name : str
        The stem of a file beside this one, such as ``"concession"``.

    Returns
    -------
    dict
        As they stand in the file; shared, so not to be changed.
    """
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def date(day: str, precision: str = "day") -> str:
    """
    A date in short words.

    Parameters
    ----------
    day : str
        For example ``"2017-12-22"``.
    precision : {"day", "month", "year"}
        How much of it is known.
    """
    year, month, number = day.split("-")
    if precision == "year":
        return year
    named = f"{of('language')['months_short'][int(month) - 1]} {year}"
    return named if precision == "month" else f"{int(number)} {named}"
