"""
What all exercises share on the Python side.

Everything that a learner does lives in the page (``widgets/static/exercises/card.js``): Python hands over the question
and reads the answers from the journal.
"""

from __future__ import annotations

import base64
import html
import json
from typing import Any, ClassVar

import ipywidgets

from kdebate import __version__, words
from kdebate.journal.portfolio import LONGEST_ANSWER, SCHEMA_VERSION, Answer
from kdebate.questions import bank
from kdebate.widgets.in_words import live
from kdebate.widgets.journal_widget import JournalWidget


def shared_spec() -> dict[str, Any]:
    """What the page needs for any exercise beside its question."""
    return {
        "words": words.of("exercises"),
        "module_version": __version__,
        "schema_version": SCHEMA_VERSION,
        "limits": {"answer": LONGEST_ANSWER},
    }


def sealed(value: Any) -> str:
    """Plain JSON values so that no reader of the page's text meets them; ``page/sealed.js`` opens them."""
    return base64.b64encode(json.dumps(value).encode()).decode()


class Exercise(JournalWidget):
    """
    Base of the exercises: one question of the question bank, answered in the page.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.

    Raises
    ------
    ValueError
        Where there is no such question, or it is of another kind.
    """

    kind: ClassVar[str]

    def __new__(cls, question_id: str = "", *given: Any, **options: Any) -> Any:
        """Make it; for a question that has left its chapter, say so, since learners keep their copies of chapters."""
        if question_id in bank.retired():
            gone = words.of("exercises")["card"]["retired"]
            return ipywidgets.HTML(f"<p>{html.escape(gone)}</p>")
        return super().__new__(cls, question_id, *given, **options)

    def __init__(self, question_id: str) -> None:
        self.question_id = question_id
        super().__init__(
            f"exercises/{self.kind}.js",
            shared_spec() | {"question": self._asked(bank.question(question_id, self.kind))},
        )

    def _asked(self, question: bank.Question) -> bank.Question:
        """The question as the page gets it."""
        return question

    @property
    def answer(self) -> Answer:
        """The newest answer in the journal file, None where there is none."""
        found = [one for one in self._journal.journal.all() if one.question_id == self.question_id]
        return found[-1].answer if found else None

    def in_words(self) -> list[str]:
        """The question with its options; neither answer nor feedback."""
        return [*question_in_words(self._spec["question"]), live("question")]


def question_in_words(question: bank.Question) -> list[str]:
    """A question with its options, in paragraphs; neither answer nor feedback."""
    options = [option["text"] for option in question.get("options", [])]
    options += [f"{code['label']}: {code['meaning']}" for code in question.get("codes", [])]
    said = [question["prompt"], *filter(None, [question.get("detail")])]
    return [*said, *(f"- {option}" for option in options)]
