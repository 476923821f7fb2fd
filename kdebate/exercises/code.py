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
    """One item with its words, its sources and its code; from the table, where it names a row."""
    if "row" not in item:
        sources = [{"reference": item["source"]}] if "source" in item else []
        return item | {"sources": sources}
    found = read.find(item["row"])
    if found is None or found[0]["name"] != question["table"]:
        raise ValueError(
            f"Question {question['id']!r}: table {question['table']!r} has no row {item['row']!r}."
        )
    row = found[1]
    known = {"text": row[question["column"]], "sources": _sources(row)}
    if "ours_column" in question:
        known["ours"] = [row[question["ours_column"]]]
    return known | item


def _sources(row: read.Row) -> list[dict[str, str]]:
    """The documents of a row: what they are, where they lie, and how good they are."""
    return [
        {"reference": one.reference, "url": one.url, "status": one.status}
        for one in cite.documents(row["source_ids"])
    ]
