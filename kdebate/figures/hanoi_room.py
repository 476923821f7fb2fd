"""The room in Hanoi: a table seen from above, offices and no faces, and both accounts of what each side wanted."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from typing import Any

from kdebate import words
from kdebate.figures.picture import Picture, Table, day, day_text, links, marked, rows

SIDES = {"US": "a", "DPRK": "b"}  # as in the tables, and in words/sides.toml
MATTERS = ("asked", "offered")
_SEATS = 5
_SESSION = "expanded"
_BEGINS = "HM05"
_CHAIR = (
    '<svg viewBox="0 0 40 30" aria-hidden="true"><rect x="6" y="9" width="28" height="19" rx="6"/>'
    '<path d="M4 14V8q0-6 8-6h16q8 0 8 6v6"/></svg>'
)


def hanoi_room(until: str = "2019-04-20") -> Picture:
    """
    Draw the room in Hanoi as it was known on a day.

    Parameters
    ----------
    until : str, default "2019-04-20"
        What was said or printed later is left out.

    Returns
    -------
    Picture
        The table with its chairs; who sat where, what each said, and the clock open below.
    """
    said, last = words.of("hanoi_room"), day(until)
    seats = {side: _seats(side) for side in SIDES}
    listed = {side: ", ".join(name or said["empty"] for name in seats[side]) for side in SIDES}
    begins = next(row for row in rows("hanoi_moments") if row["moment_id"] == _BEGINS)
    above, below = (_side(said, side, seats[side]) for side in SIDES)
    return Picture(
        title=said["title"].format(day=day_text(begins["date"]), time=begins["local_time"]),
        alt=said["alt"].format(**listed),
        drawing=f'<div class="kdp-room">{above}<div class="kdp-table"></div>{below}</div>',
        tables=(_seat_table(said, last), _moment_table(said, last)),
        note=said["ours"],
    )


def hanoi_accounts(until: str = "2019-04-20") -> Picture:
    """
    Set side by side what each side asked and offered in Hanoi, each by its own account and by the other's.

    Parameters
    ----------
    until : str, default "2019-04-20"
        What was told later is left out.

    Returns
    -------
    Picture
        Two columns, one for each side.
    """
    said, last = words.of("hanoi_room"), day(until)
    columns = "".join(_accounts(said, side, last) for side in SIDES)
    return Picture(said["told"], said["told_alt"], f'<div class="kdp-sides">{columns}</div>', ())


def accounts(side: str, until: date) -> list[dict[str, Any]]:
    """What one side asked and offered, each by its own account and then by the other's, as known on a day."""
    return [
        row
        for row in rows("hanoi_accounts")
        if row["side"] == side and day(row["told_on"]) <= until
    ]


def _seats(side: str) -> list[str]:
    """The offices along one side of the table, "" for the chair that stayed empty."""
    found = {
        int(row["seat"]): row["office"]
        for row in rows("hanoi_room")
        if row["session"] == _SESSION and row["side"] == side
    }
    return [found.get(seat, "") for seat in range(1, _SEATS + 1)]


def _side(said: dict[str, Any], side: str, offices: Sequence[str]) -> str:
    chairs = "".join(
        f"<li{'' if office else ' class=kdp-empty'}>{_CHAIR}<span>{html.escape(office or said['empty'])}</span></li>"
        for office in offices
    )
    name = html.escape(_name(side))
    kind = f"kdp-{side.lower()}"
    return f'<div class="kdp-side {kind}"><p>{name}</p><ol aria-label="{name}">{chairs}</ol></div>'


def _accounts(said: dict[str, Any], side: str, until: date) -> str:
    found = accounts(side, until)
    parts = []
    for matter in MATTERS:
        told = [row for row in found if row["matter"] == matter]
        lines = "".join(f"<dd>{_account(said, side, row, until)}</dd>" for row in told)
        parts.append(f"<dt>{said['matter'][matter]}</dt>{lines}")
    return f'<div class="kdp-{side.lower()}"><p>{_name(side)}</p><dl>{"".join(parts)}</dl></div>'


def _account(said: dict[str, Any], side: str, row: dict[str, Any], until: date) -> str:
    teller = said["own" if row["told_by"] == side else "other"]
    text = marked(row["account"], row, "account")
    return f"<strong>{teller}:</strong> {text} <small>{links(row['source_ids'], until, short=True)}</small>"


def _reported(until: date) -> list[dict[str, Any]]:
    """Who sat at which meeting, with what was known by then of each: one row a statement, or one with none."""
    known = [
        row if not row["said_on"] or day(row["said_on"]) <= until else row | {"said": ""}
        for row in rows("hanoi_room")
    ]
    heard = {_chair(row) for row in known if row["said"]}
    silent = {_chair(row): row for row in known if _chair(row) not in heard}
    return [row for row in known if row["said"] or silent.get(_chair(row)) is row]


def _chair(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["session"], row["side"], row["seat"]


def _seat_table(said: dict[str, Any], until: date) -> Table:
    return Table(
        said["seats"]["heading"],
        said["seats"]["head"],
        [
            [
                said["session"][row["session"]],
                _name(row["side"]),
                marked(" ".join(filter(None, [row["office"], _named(row)])), row, "session"),
                marked(row["said"], row, "said") if row["said"] else said["seats"]["nothing"],
                links(row["source_ids"], until),
            ]
            for row in _reported(until)
        ],
    )


def _name(side: str) -> str:
    return str(words.of("sides")[SIDES[side]])


def _named(row: dict[str, Any]) -> str:
    return f"({row['person']})" if row["person"] else ""


def _moment_table(said: dict[str, Any], until: date) -> Table:
    return Table(
        said["moments"]["heading"],
        said["moments"]["head"],
        [
            [
                day_text(row["date"]),
                marked(row["local_time"], row, "local_time"),
                html.escape(row["event"]),
                links(row["source_ids"], until),
            ]
            for row in rows("hanoi_moments")
        ],
    )
