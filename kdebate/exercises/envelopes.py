"""Sealed forecasts are opened: what was said, and what happened."""

from __future__ import annotations

from typing import Any

from kdebate import words
from kdebate.questions import bank
from kdebate.tables import cite, read
from kdebate.widgets.in_words import live
from kdebate.widgets.journal_widget import JournalWidget

OUTCOMES = "forecast_outcomes"


class Envelopes(JournalWidget):
    """
    Forecasts of another chapter, to open one by one or all; read only.

    An open one shows the learner's probability and reason, what happened, on which day, and whether its rule decides.

    Parameters
    ----------
    *question_ids : str
        Ids of forecasts that the table ``forecast_outcomes`` knows.

    Raises
    ------
    ValueError
        Where none is given, there is no such forecast, or nothing is known of what became of it.
    """

    def __init__(self, *question_ids: str) -> None:
        if not question_ids:
            raise ValueError(
                "Envelopes() got no id. Give one or more, such as '01-forecast-putin'."
            )
        said = words.of("exercises")
        outcomes = {row["forecast_id"]: row for row in read.rows(read.resource(OUTCOMES))}
        super().__init__(
            "exercises/envelopes.js",
            {
                "words": said["envelopes"],
                "fault": said["card"]["fault"],
                "forecasts": [_envelope(one, outcomes) for one in question_ids],
            },
        )

    def in_words(self) -> list[str]:
        """The events; what became of them shows in a live notebook only."""
        events = [f"- {one['question']['prompt']}" for one in self._spec["forecasts"]]
        return [words.of("exercises")["envelopes"]["title"], *events, live("question")]


def _envelope(question_id: str, outcomes: dict[str, read.Row]) -> dict[str, Any]:
    """One forecast with its outcome."""
    question = bank.question(question_id, "forecast")
    if question_id not in outcomes:
        raise ValueError(
            f"The table {OUTCOMES} does not know {question_id!r}. It knows: {', '.join(outcomes)}."
        )
    row = outcomes[question_id]
    kept = {name: row[name] for name in ("outcome", "decided_on", "scoreable", "happened", "doubt")}
    marks = [_mark(one) for one in row["row_ids"].split(";")]
    return {
        "question": {name: question[name] for name in ("id", "prompt", "resolves")},
        "outcome": kept | {"rows": marks},
    }


def _mark(row_id: str) -> dict[str, str]:
    """A row as a source: what it says, and where it can be read."""
    found = cite.target("row", row_id)
    if found is None:
        raise ValueError(f"The table {OUTCOMES} names {row_id!r}, which is no row.")
    url = "" if found.url.startswith("tables:") else found.url
    return {
        "id": row_id,
        "title": ", ".join(filter(None, (found.label.rstrip("."), found.reference))),
        "url": url,
    }
