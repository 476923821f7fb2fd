"""What a widget would trip over in the tables: a row without its word, a value without a place, a table that cannot be shaped."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kdebate import words
from kdebate.evidence import basket, events, ladder, lines, waves
from kdebate.tables import read
from kdebate.tables.check import Problem


@dataclass(frozen=True)
class _Rule:
    """Each value of a column stands in a list elsewhere."""

    table: str
    column: str
    where: str  # the file that has the list, and its name there
    known: Collection[str]

    def broken(self, place: Path) -> Iterator[Problem]:
        """The rows whose value is not in the list."""
        table = read.resources(place)[self.table]
        for line, row in enumerate(read.rows(table, place), 2):
            value = row[self.column]
            if value and value not in self.known:
                sentence = f"({read.key(table, row)}) {value!r} is missing in {self.where}. Add a line for it there."
                yield Problem(table["path"], line, self.column, sentence)


def _said(table: str, column: str, name: str, *keys: str) -> _Rule:
    """Each value of a column has its word."""
    known: Any = words.of(name)
    for key in keys:
        known = known[key]
    return _Rule(table, column, f"kdebate/words/{name}.toml, [{'.'.join(keys)}]", known)


def _rules() -> list[_Rule]:
    sectors = {sector for group in ladder.SECTORS.values() for sector in group}
    components = partial(_said, "hostile_policy_components")
    return [
        components("component_id", "basket", "item"),
        components("domain", "basket", "domain"),
        components("changeable_by", "basket", "who"),
        components("granted", "basket", "mark"),
        components("linked", "basket", "card"),
        _said("enforcement_events", "direction", "enforcement", "events"),
        _Rule("unsc_measures", "sector", "kdebate/evidence/ladder.py, SECTORS", sectors),
    ]


# What each widget makes of the tables, by the table that it is about.
_MADE: dict[str, list[Callable[[], Any]]] = {
    "hostile_policy_components": [basket.record],
    "exercises": [waves.record],
    "enforcement_events": [events.record],
    "unsc_measures": [ladder.as_dict],
    "unsc_resolutions": [ladder.rung_dates],
    "trade": [partial(lines.line, name) for name in lines.names()],
}


def problems(place: Path) -> list[Problem]:
    """Return what widgets would trip over; the tables themselves must be in order (`kdebate.tables.check`)."""
    found = [problem for rule in _rules() for problem in rule.broken(place)]
    with read.instead(place):
        return found + [
            problem
            for table, makers in _MADE.items()
            for make in makers
            for problem in _stumbles(table, make)
        ]


def _stumbles(table: str, make: Callable[[], Any]) -> Iterator[Problem]:
    afresh = getattr(make, "__wrapped__", make)  # not what was made of other tables before
    try:
        json.dumps(afresh(), allow_nan=False, default=vars)
    except Exception as error:  # whatever it is, a widget would die of it
        told = getattr(make, "func", afresh)
        name = f"{told.__module__}.{told.__name__}"
        sentence = (
            f"{name} cannot read the tables ({type(error).__name__}: {error}). A widget would fail."
        )
        yield Problem(read.resource(table)["path"], None, None, sentence)
