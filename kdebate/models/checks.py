"""Checks of what the models are given; every message says what to do next."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def in_range(name: str, value: Any, low: float, high: float, hint: str) -> Any:
    """
    Give `value` back as a float or an array of floats, if all of it is in range.

    Parameters
    ----------
    name : str
        What the value is called, for the message.
    value : float or array
        The value to check.
    low, high : float
        The range, ends included; an infinite `high` still refuses infinity itself.
    hint : str
        What to do next.

    Returns
    -------
    float or array
        The value, unchanged.

    Raises
    ------
    ValueError
        If the value is not a number, or lies outside; names the value and the range.
    """
    if isinstance(value, float) and low <= value <= high and value < math.inf:
        return float(value)  # the usual case, without the cost of an array
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} = {value!r} is not a number. {hint}") from None
    if array.size and not (low <= array.min() and array.max() <= min(high, np.finfo(float).max)):
        inside = (low <= array) & (array <= high) & np.isfinite(array)
        worst = array[~inside].flat[0]
        raise ValueError(f"{name} = {worst:g} is outside its range, {_range(low, high)}. {hint}")
    return float(array) if array.ndim == 0 else array


def _range(low: float, high: float) -> str:
    """Name a range in words."""
    if high < math.inf:
        return f"{low:g} to {high:g}"
    return "above 0" if low else "0 or more"


def whole(name: str, value: float, low: int, high: float = np.inf) -> int:
    """
    Read a whole number.

    Parameters
    ----------
    name : str
        What the number is called, for the message.
    value : int or float
        The number; 2.0 is taken as 2.
    low, high : int
        The range, ends included.

    Returns
    -------
    int
        The number.

    Raises
    ------
    ValueError
        If it is not whole, or outside the range.
    """
    span = f"{low} to {high:g}" if high < np.inf else f"{low} or more"
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = np.nan
    if not (number == np.floor(number) and low <= number <= high and number < np.inf):
        raise ValueError(f"{name} = {value!r} is outside its range. Choose a whole number, {span}.")
    return int(number)
