"""
Says in words what facts mean, by the tables of the word files; twin of ``static/teller.js``.

A table is a list of rows; the first row counts whose facts under ``when`` are all true. A placeholder ``{name}`` or
``{name.part}`` is another table, else a fact or a word; ``{name:form}`` writes a value in one of the `FORMS`, or looks
it up in the words under ``form``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import Any

from kdebate.models import gap_text, number_text

Words = dict[str, Any]
Facts = dict[str, Any]

FORMS: dict[str, Callable[[Any, Words], str]] = {
    "gap": lambda x, words: gap_text(x),
    "number": lambda x, words: words["missing"] if x is None else number_text(x),
    "tenth": lambda x, words: words["missing"] if x is None else number_text(x, 1),
    "count": lambda x, words: str(x or words["none"]),
    "amount": lambda x, words: words["tiny"] if abs(x) < 0.005 else number_text(abs(x)),
}
_PLACE = re.compile(r"\{([\w.]+)(?::(\w+))?\}")


def choose(rows: list[dict[str, Any]], facts: Facts) -> dict[str, Any]:
    """Take the first row whose facts are all true."""
    return next(row for row in rows if all(facts[fact] is True for fact in row.get("when", ())))


def tell(words: Words, name: str, facts: Facts) -> str:
    """Say what one table, or one template, of the words has for these facts."""
    entry = words[name]
    return fill(words, entry if isinstance(entry, str) else choose(entry, facts)["text"], facts)


def fill(words: Words, text: str, facts: Facts) -> str:
    """Put values into the placeholders of a template; one without a value is a mistake, not a blank."""

    def said(place: re.Match[str]) -> str:
        path, form = place.groups()
        if form is None and path not in facts and path in words:
            return tell(words, path, facts)
        value = reduce(lambda at, key: at[key], path.split("."), words | facts)
        if form in FORMS:
            return FORMS[form](value, words.get("number", {}))
        return str(words[form][value] if form else value)

    return _PLACE.sub(said, text)
