"""Settings of levers drawn at random, and when two answers are the same: what the tests of twins share."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from typing import Any

Levers = dict[str, dict[str, Any]]


def value(draw: random.Random, lever: dict[str, Any]) -> Any:
    """A choice, or a number: anywhere in the range, on a step of it, or at an end."""
    if "choices" in lever:
        return draw.choice(lever["choices"])
    low, high, step = lever["min"], lever["max"], lever["step"]
    if step == 1:
        return draw.randint(low, high)
    kind = draw.random()
    if kind < 0.4:
        return draw.uniform(low, high)
    if kind > 0.9:
        return draw.choice((low, high))
    return round(min(low + step * draw.randrange(round((high - low) / step) + 1), high), 4)


def values(draw: random.Random, levers: Levers, names: Iterable[str]) -> dict[str, Any]:
    """Values for the named ones of some levers."""
    return {name: value(draw, levers[name]) for name in names}


def some(draw: random.Random, levers: Levers, share: float = 0.7) -> dict[str, Any]:
    """Values for a part of some levers."""
    return values(draw, levers, [name for name in levers if draw.random() < share])


def same(mine: Any, theirs: Any, where: Any) -> None:
    """Equal, numbers to 1e-9; a truth value is no number."""
    assert isinstance(mine, bool) == isinstance(theirs, bool), where
    if isinstance(mine, dict):
        assert mine.keys() == theirs.keys(), where
        for key in mine:
            same(mine[key], theirs[key], (key, where))
    elif isinstance(mine, list):
        assert len(mine) == len(theirs), where
        for x, y in zip(mine, theirs, strict=True):
            same(x, y, where)
    elif isinstance(mine, float):
        assert math.isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-9), (mine, theirs, where)
    else:
        assert mine == theirs, where
