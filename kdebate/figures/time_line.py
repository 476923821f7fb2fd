"""One time line for all chapters: the same marks, up to the day on which a page pretends to be."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kdebate import words
from kdebate.figures.picture import Picture, Table, day, day_text, links, marked, rows, short_day

_FIRST = date(2017, 1, 1)
# How much of the line lies behind "you are here": the reader sees that it goes on.
_AHEAD = timedelta(days=100)


def time_line(until: str = "2019-04-20") -> Picture:
    """
    Draw the time line up to a day.

    Parameters
    ----------
    until : str, default "2019-04-20"
        The last day, marked "you are here"; nothing later is shown.

    Returns
    -------
    Picture
        Marks with their days, and the same as a table with sources.
    """
    said, last = words.of("time_line"), day(until)
    shown = marks(last)
    if not shown:
        first = min(row["start_date"] for row in _events(said))
        raise ValueError(said["too_early"].format(day=day_text(until), first=day_text(first)))
    first, latest = (day_text(shown[at]["start_date"]) for at in (0, -1))
    here = day_text(until)
    return Picture(
        title=said["title"],
        alt=said["alt"].format(count=len(shown), first=first, last=latest, here=here),
        drawing=_drawing(said, shown, last),
        tables=(_table(said, shown, last),),
    )


def marks(until: date) -> list[dict[str, Any]]:
    """The rows of `chronology` on the line up to a day, oldest first, each with its ``label``."""
    found = [row for row in _events(words.of("time_line")) if day(row["start_date"]) <= until]
    return sorted(found, key=lambda row: row["start_date"])


def _events(said: dict[str, Any]) -> list[dict[str, Any]]:
    known = {row["event_id"]: row for row in rows("chronology")}
    for name in said["mark"]:
        if name not in known:
            raise ValueError(said["no_event"].format(id=name))
    return [known[name] | {"label": label} for name, label in said["mark"].items()]


def _drawing(said: dict[str, Any], shown: Sequence[dict[str, Any]], last: date) -> str:
    span = last + _AHEAD - _FIRST

    def at(when: date) -> float:
        return 100 * (when - _FIRST) / span

    places = [at(day(row["start_date"])) for row in shown]
    columns = [100 * (k + 0.5) / len(shown) for k in range(len(shown))]
    leaders = "".join(
        f'<path d="M{column:.2f} 0L{place:.2f} 40"/>'
        for column, place in zip(columns, places, strict=True)
    )
    dots = "".join(f'<i style="left:{place:.2f}%"></i>' for place in places)
    years = "".join(
        f'<b style="left:{at(date(year, 1, 1)):.2f}%">{year}</b>'
        for year in range(_FIRST.year, last.year + 1)
    )
    items = "".join(
        f"<li><time>{short_day(row['start_date'])}</time> {html.escape(row['label'])}</li>"
        for row in shown
    )
    here = f"<strong>{said['here']}</strong> {day_text(last.isoformat())}"
    return (
        f'<div class="kdp-line" style="--marks:{len(shown)};--here:{at(last):.2f}%"><ol>{items}</ol>'
        f'<svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">{leaders}</svg>'
        f'<div class="kdp-axis" aria-hidden="true">{dots}{years}<s>{said["later"]}</s></div>'
        f'<p class="kdp-here">{here}</p></div>'
    )


def _table(said: dict[str, Any], shown: Sequence[dict[str, Any]], last: date) -> Table:
    rows_ = [
        [
            day_text(row["start_date"]),
            marked(row["label"], row, "start_date"),
            links(row["source_ids"], last),
        ]
        for row in shown
    ]
    return Table(said["table"]["heading"], said["table"]["head"], rows_)
