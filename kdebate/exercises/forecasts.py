"""Many forecasts in one table, sealed together."""

from __future__ import annotations

from kdebate import words
from kdebate.exercises.exercise import shared_spec
from kdebate.questions import bank
from kdebate.widgets.in_words import live
from kdebate.widgets.journal_widget import JournalWidget


class Forecasts(JournalWidget):
    """
    Forecasts in one table: event, last day, percent, "I knew"; the rule and a reason on demand.

    Each line is an answer of its own, of the shape that `Forecast` stores.

    Parameters
    ----------
    *question_ids : str
        Their ids in ``questions/<notebook>.toml``, in the order of the table.

    Raises
    ------
    ValueError
        Where none is given, there is no such question, or it is no forecast.
    """

    def __init__(self, *question_ids: str) -> None:
        if not question_ids:
            raise ValueError(
                "Forecasts() got no id. Give one or more, such as '01-forecast-putin'."
            )
        questions = [bank.question(one, "forecast") for one in question_ids]
        said, first = words.of("exercises"), questions[0]
        super().__init__(
            "exercises/forecasts.js",
            shared_spec()
            | {
                "questions": questions,
                "title": said["forecasts"]["title"].format(day=words.date(first["filed"])),
                "hint": said["forecasts"]["hint"].format(day=words.date(first["opens"])),
            },
        )

    def in_words(self) -> list[str]:
        """The events with their rules; neither answers nor outcomes."""
        rows = [f"- {one['prompt']} {one['resolves']}" for one in self._spec["questions"]]
        return [self._spec["title"], *rows, live("question")]
