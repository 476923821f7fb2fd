"""
The records behind the questions of kind ``draw``: what the page shows of them, and what an exported file says.

The tables give the numbers, the question file the words.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from kdebate import words
from kdebate.evidence import lines
from kdebate.questions import bank


def records(question_id: str) -> list[dict[str, Any]]:
    """
    The records of one question as plain JSON values, the one to draw first.

    Parameters
    ----------
    question_id : str
        The id of a question of kind ``draw``.
    """
    return [_record(question_id, name) for name in bank.question(question_id, "draw")["record"]]


@cache
def _record(question_id: str, name: str) -> dict[str, Any]:
    said = bank.question(question_id)["record"][name]
    shown = lines.as_dict(lines.line(name))
    shown["others"] = [
        {"name": said["others"][one], "points": points} for one, points in shown["others"].items()
    ]
    for points in (shown["points"], *(one["points"] for one in shown["others"])):
        for point in points:
            point["when"] = _when(point["label"])
    for span in shown["spans"]:
        span |= {"when": _months(span), "text": _span_text(span, said["digits"])}
    return said | shown | {"id": name}


def drawn_lines(question: bank.Question) -> dict[str, str]:
    """What an exported file says of each number that can be drawn, by its label; ``{drawn}`` is left open."""
    record, said = (
        _record(question["id"], next(iter(question["record"]))),
        words.of("exercises")["export"],
    )
    points = (point for point in record["points"] if point["label"] in record["draw"])
    return {
        point["label"]: said["drawn_alone" if point["value"] is None else "drawn"].format(
            when=_when_in_full(point["label"]), drawn="{drawn}", value=_recorded(point, record)
        )
        for point in points
    }


def _recorded(point: dict[str, Any], record: dict[str, Any]) -> str:
    if point["value"] is None:
        return ""
    said, value = words.of("exercises")["draw"], amount(point["value"], record["digits"])
    bound = said.get(point["bound"]) if point["bound"] != "point" else None
    return str(said["bound"].format(bound=bound, value=value)) if bound else value


def amount(value: float, digits: int) -> str:
    """A number as the charts write it: 1,750 or 0.01."""
    return f"{value:,.{digits}f}".replace("-", "−")


def _span_text(span: dict[str, Any], digits: int) -> str:
    kind = "estimate" if span["kind"] == "range" and span["low"] == span["high"] else span["kind"]
    ends = {end: "" if span[end] is None else amount(span[end], digits) for end in ("low", "high")}
    return str(words.of("exercises")["draw"]["span"][kind].format(**ends))


def _when(label: str) -> str:
    """``2017-03`` is Mar, ``2019`` stays."""
    return _when_in_full(label).split()[0]


def _when_in_full(label: str) -> str:
    return words.date(f"{label}-01", "month") if "-" in label else label


def _months(span: dict[str, Any]) -> str:
    """The first and the last month of a span, which ends where the next one begins."""
    first, last = (_month_of(t) for t in (span["start"], span["end"] - 0.01))
    return str(
        words.of("exercises")["draw"]["span"]["months"].format(**{"from": first, "to": last})
    )


def _month_of(t: float) -> str:
    year = int(t)
    month = min(12, int((t - year) * 12 + 0.02) + 1)
    return _when_in_full(f"{year}-{month:02}")
