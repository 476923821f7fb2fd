"""Sort a list by a codebook, then compare with a partner, by exchanging a short code, and with the table."""

from __future__ import annotations

from typing import Any

from kdebate import words
from kdebate.exercises.exercise import Exercise
from kdebate.questions import bank
from kdebate.tables import cite, read


class Code(Exercise):
    """
    A list to sort by a codebook: each item on one line with its choices, its sources behind a mark.

    Once all are coded, "Compare with the table" shows beside each what the table says, or what we say, and why.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    """

    kind = "code"

    def _asked(self, question: bank.Question) -> bank.Question:
        items = [_item(question, item) for item in question["items"]]
        said, who = words.of("exercises")["code"], question.get("ours_by", "table")
        ours = {"ours_by": said[f"by_{who}"], "reveal": said[f"reveal_{who}"]}
        has_ours = any("ours" in item for item in items)
        return question | {"items": items} | (ours if has_ours else {"ours_by": None})


def _item(question: bank.Question, item: dict[str, Any]) -> dict[str, Any]:
    """One item with its words, its code and its sources."""
    known, row = bank.coded_item(question, item)
    if row is not None:
        return {"sources": _sources(row)} | known
    return known | {"sources": [{"reference": item["source"]}] if "source" in item else []}


def _sources(row: read.Row) -> list[dict[str, str]]:
    """The documents of a row: what they are, where they lie, and how good they are."""
    return [
        {"reference": one.reference, "url": one.url, "status": one.status}
        for one in cite.documents(row["source_ids"])
    ]
