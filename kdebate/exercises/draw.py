"""A line of one's own, drawn before the record shows."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets

from kdebate import words
from kdebate.evidence import ladder
from kdebate.exercises.exercise import Exercise
from kdebate.questions import bank, records
from kdebate.widgets.enforcement import EARLIER_VIEWS


class Draw(Exercise):
    """
    A line of one's own, by pointer, by keyboard or in numbers; the record shows when it is stored or skipped.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    """

    kind = "draw"

    def _asked(self, question: bank.Question) -> bank.Question:
        return question | {
            "record": records.records(question["id"]),
            "rungs": ladder.rung_dates(),
            "buttons": words.of("explorer")["buttons"],
        }


def _earlier_lines(lines: Sequence[str] | None) -> ipywidgets.Widget:
    """The cards that chapters of module 0.1.0 asked an explorer for, by the names of their lines."""
    asked = [
        question_id
        for question_id, question in bank.questions().items()
        if question["kind"] == "draw" and (lines is None or next(iter(question["record"])) in lines)
    ]
    return ipywidgets.VBox([Draw(question_id) for question_id in asked])


EARLIER_VIEWS["lines"] = _earlier_lines
