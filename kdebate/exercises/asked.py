"""What the exported document says of each question, the numbers of its results filled in from the model."""

from __future__ import annotations

from functools import cache

from kdebate.exercises.predict import with_results
from kdebate.journal import document
from kdebate.questions import bank


@cache
def all_asked() -> dict[str, document.Asked]:
    """For every question of the bank, by its id."""
    return {name: document.asked(_filled(one)) for name, one in bank.questions().items()}


def _filled(question: bank.Question) -> bank.Question:
    return with_results(question) if question["kind"] == "predict" else question
