"""What the drawings share: one look in light and dark, and beside each drawing the same in words."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kdebate import words
from kdebate.tables import cite, read
from kdebate.tables.doubt import doubt

_STYLE = Path(__file__).parent / "picture.css"
_MONTHS = words.of("language")["months_short"]
# A month of a year, with its day where there is one; or a year alone.
_DATED = re.compile(rf"(?:(?:(\d{{1,2}}) )?\b({'|'.join(_MONTHS)})[a-z]*\.? )?\b(20\d\d)\b")


@dataclass(frozen=True)
class Picture:
    """
    A drawing that needs no script: shown by any notebook, read aloud, printed.

    Parameters
    ----------
    title : str
        What stands above it.
    alt : str
        The drawing in one or two sentences.
    drawing : str
        Its HTML or SVG.
    tables : tuple of Table
        The same in words; each opens below the drawing.
    note : str, optional
        A line in small print beside the title.
    """

    title: str
    alt: str
    drawing: str
    tables: tuple[Table, ...]
    note: str = ""

    def __repr__(self) -> str:
        """The same in plain text, for hosts that show no HTML."""
        parts = [self.title, self.alt, *(table.text() for table in self.tables), self.note]
        return "\n".join(filter(None, parts))

    def _repr_html_(self) -> str:
        tables = "".join(table.page() for table in self.tables)
        return (
            f'<style>{style()}</style><figure class="kdp">'
            f"<figcaption>{html.escape(self.title)} <small>{html.escape(self.note)}</small></figcaption>"
            f"{self.drawing}{tables and f'<div class=kdp-words>{tables}</div>'}</figure>"
        )


@dataclass(frozen=True)
class Table:
    """The words of a drawing: a heading that opens them, column heads, and rows of HTML."""

    heading: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def text(self) -> str:
        """As lines, without addresses."""
        lines = [self.heading, *(": ".join(filter(None, map(plain, row))) for row in self.rows)]
        return "\n".join(lines)

    def page(self) -> str:
        """Folded, as a table."""
        head = "".join(f'<th scope="col">{name}</th>' for name in self.head)
        body = "".join(
            f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in self.rows
        )
        return (
            f"<details><summary>{self.heading}</summary>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>"
        )


@cache
def style() -> str:
    """The style sheet of all drawings; each carries it, since a notebook may show any one alone."""
    return _STYLE.read_text("utf-8")


def plain(cell: str) -> str:
    """A cell without its marks of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", cell))


def rows(table: str) -> list[dict[str, Any]]:
    """The rows of a table as text."""
    return list(read.rows(read.resource(table)))


def day(text: str) -> date:
    """A day written as in the tables, or a sentence that says how to write it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(words.of("picture")["no_day"].format(day=text)) from None


def day_text(text: str) -> str:
    """A day as it is read aloud: 28 February 2019."""
    when = day(text)
    return f"{when.day} {words.of('language')['months'][when.month - 1]} {when.year}"


def short_day(text: str) -> str:
    """A day where there is little room: 28 Feb 2019."""
    when = day(text)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


@cache
def _sources() -> dict[str, read.Row]:
    """The rows of `sources` by their id, read once: a drawing names dozens of them."""
    return read.documents()


def _latest(title: str) -> date:
    """The latest day that a title names; of a month or a year its first day."""
    found = [
        date(int(year), _MONTHS.index(month) + 1 if month else 1, int(number or 1))
        for number, month, year in _DATED.findall(title)
    ]
    return max(found, default=date.min)


def links(source_ids: str, until: date, short: bool = False) -> str:
    """
    The documents of a row, as a reader of that day may see them.

    Parameters
    ----------
    source_ids : str
        As in the tables, separated by ``;``.
    until : date
        A title that names a later day would tell what came after: of such a document only the publisher is
        shown, and only where a row has no other.
    short : bool, default False
        Where there is little room: the publishers, with the titles on hovering.
    """
    documents = [_sources()[name] for name in source_ids.split(";")]
    early = [each for each in documents if _latest(f"{each['title']} {each['publisher']}") <= until]
    if early and not short:
        return "; ".join(_link(each, each["title"]) for each in early)
    shown = {_publisher(each): each for each in early or documents[:1]}
    return "; ".join(
        _link(each, name, each["title"] if early else "") for name, each in shown.items()
    )


def _publisher(document: dict[str, Any]) -> str:
    return re.split(r" \(| /|, ", document["publisher"])[0]


def _link(document: dict[str, Any], said: str, title: str = "") -> str:
    """A link, or the words alone where there is no address; with its doubt."""
    text, mark = html.escape(said), cite.mark_of(doubt(document))
    if document["url"]:
        address = html.escape(document["url"])
        named = title and f' title="{html.escape(title)}"'
        text = f'<a href="{address}"{named} target="_blank" rel="noopener noreferrer">{text}</a>'
    return f"{text} {mark}".rstrip()


def marked(text: str, row: dict[str, Any], *columns: str) -> str:
    """A cell, with its mark where nobody has checked one of these columns."""
    found = doubt(row)
    mark = words.of("citations")["unchecked"] if found.about(*columns) else ""
    return f"{html.escape(text)} {mark}".rstrip()
