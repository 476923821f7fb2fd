"""Settings of levers drawn at random, and the page's modules asked in Node: what the tests of twins share."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from typing import Any

import pytest

from kdebate.widgets import _static
from tools import node

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


def ask_page(body: str, *given: Any, **modules: str) -> Any:
    """What a function of `given` with this body returns in Node; each module by a name and its path in `static/`."""
    imports = [
        f"import * as {name} from {json.dumps((_static.STATIC / path).as_uri())};"
        for name, path in modules.items()
    ]
    told = f"const answer = ((given) => {{ {body} }})({json.dumps(given)});"
    return node.evaluate("\n".join([*imports, told, "console.log(JSON.stringify(answer))"]))


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
        assert theirs == pytest.approx(mine, rel=1e-9, abs=1e-9), where
    else:
        assert mine == theirs, where
