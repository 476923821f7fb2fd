"""
Numbers as they stand on the screen, the same in Python and in `model.js`.

Half is rounded away from zero, after 1e-9 is added in the number's own direction:
1.125 shows as 1.13, and so does a 1.125 that arithmetic left a hair too small.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from math import copysign, isfinite

from .settings import words

MINUS = "\N{MINUS SIGN}"
NUDGE = 1e-9
LARGEST = 1e21  # from here on no digit after the point is left
EXACT = Context(prec=60)


def round_half_away(x: float, digits: int = 2) -> float:
    """
    Round half away from zero.

    Parameters
    ----------
    x : float
        The number.
    digits : int
        Digits after the point.

    Returns
    -------
    float
        The rounded number; never -0.0.
    """
    if not isfinite(x) or abs(x) >= LARGEST:
        return float(x)
    size = float(_digits(x, digits))
    return copysign(size, x) if size else 0.0


def _digits(x: float, digits: int) -> str:
    """Write the size of a number, rounded."""
    size = Decimal(abs(float(x)) + NUDGE)
    return str(size.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, EXACT))


def number_text(x: float, digits: int = 2) -> str:
    """
    Write a number for the screen.

    Parameters
    ----------
    x : float
        The number.
    digits : int
        Digits after the point.

    Returns
    -------
    str
        For example "0.95", or "−0.10" with a true minus sign.
    """
    sign = MINUS if round_half_away(x, digits) < 0 else ""
    return sign + _digits(x, digits)


def signed_text(x: float, digits: int = 2) -> str:
    """
    Write a number with its sign.

    Parameters
    ----------
    x : float
        The number.
    digits : int
        Digits after the point.

    Returns
    -------
    str
        For example "+0.10", "−0.02"; "0.00" without a sign if nothing else is left of it.
    """
    return ("+" if round_half_away(x, digits) > 0 else "") + number_text(x, digits)


def gap_text(x: float) -> str:
    """
    Write a safety gap, so that it never looks like 0 when it is not.

    Parameters
    ----------
    x : float
        The gap.

    Returns
    -------
    str
        For example "+0.10"; "just above 0" or "just below 0" for what would show as 0.00.
    """
    if round_half_away(x):
        return signed_text(x)
    size = "zero" if abs(x) <= 1e-12 else "just_above" if x > 0 else "just_below"
    return words()[size]
