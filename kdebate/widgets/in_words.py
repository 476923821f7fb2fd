"""What a widget says where nothing is live: an exported page, a printed notebook, a site that shows files, a terminal."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from kdebate import words


class InWords:
    """
    Gives a widget a text form, plain and as HTML, beside its live one.

    Mixed in before `anywidget.AnyWidget`. A live notebook shows the widget; whatever cannot takes the HTML, or the
    plain text. A widget says itself in `in_words`.
    """

    def in_words(self) -> list[str]:
        """Paragraphs: the title, then sentences. Those that begin with a dash are items of a list."""
        raise NotImplementedError

    def __repr__(self) -> str:
        """The paragraphs; never an address in memory, which would differ at every run."""
        return "\n".join(self.in_words())

    def _repr_mimebundle_(self, **options: Any) -> Any:
        data, metadata = super()._repr_mimebundle_(**options)  # type: ignore[misc]  # of the widget beside it
        said = self.in_words()
        return data | {"text/plain": "\n".join(said), "text/html": as_html(said)}, metadata


def live(where: str) -> str:
    """The closing line: that there is more to it in a live notebook. `where` is a key of ``[in_words]``."""
    return str(words.of("explorer")["in_words"][where])


def as_html(paragraphs: list[str]) -> str:
    """Paragraphs as HTML that needs neither style sheet nor script."""
    return f"<blockquote>{''.join(_blocks(paragraphs))}</blockquote>"


def _blocks(paragraphs: list[str]) -> Iterator[str]:
    for are_items, group in groupby(paragraphs, lambda one: one.startswith("- ")):
        if are_items:
            yield f"<ul>{''.join(f'<li>{html.escape(one[2:])}</li>' for one in group)}</ul>"
        else:
            yield from (f"<p>{html.escape(one)}</p>" for one in group)
