"""A line of one's own, drawn before the record shows."""

from __future__ import annotations

from kdebate.exercises.exercise import Exercise
from kdebate.figures import sanction_ladder
from kdebate.questions import bank, records


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
            "rungs": sanction_ladder.dates(),
        }
