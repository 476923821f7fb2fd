"""Code quotations against a codebook, then compare with a partner by exchanging a short code."""

from __future__ import annotations

from typing import Any

from kdebate import datasets
from kdebate.exercises.exercise import Exercise
from kdebate.questions import bank
from kdebate.tables import read


class Code(Exercise):
    """
    Quotations to sort by a codebook, each with its source.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    """

    kind = "code"

    def _asked(self, question: bank.Question) -> bank.Question:
        return question | {"items": [_item(question, item) for item in question["items"]]}


def _item(question: bank.Question, item: dict[str, Any]) -> dict[str, Any]:
    """One quotation with its words and its source; from the table, where it names a row."""
    if "row" not in item:
        return item
    found = read.find(item["row"])
    if found is None or found[0]["name"] != question["table"]:
        raise ValueError(
            f"Question {question['id']!r}: table {question['table']!r} has no row {item['row']!r}."
        )
    return {"text": found[1][question["column"]], "source": datasets.source(item["row"])} | item
