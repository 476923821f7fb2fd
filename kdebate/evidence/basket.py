"""
The basket "hostile policy": its items with their statements, and how many were asked for, granted, taken back.

Texts, dates and sources are made ready here, once; the page counts and shows.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from kdebate import datasets, words
from kdebate.tables import cite
from kdebate.tables.doubt import doubt, text

DOMAINS = ("military", "diplomatic", "economic", "ideological")
HOLDERS = ("president", "congress", "unsc", "rok", "allies", "rhetoric", "nobody")
GENERAL = "general"

Words = dict[str, Any]
Record = dict[str, Any]


def date_text(date: Any, precision: Any) -> str:
    """A date as it is read aloud, no more exact than it is known: "27 September 2021", "September 2000", "1991"."""
    if pd.isna(date):
        return ""
    month = words.of("language")["months"][date.month - 1]
    forms = {"year": f"{date.year}", "month": f"{month} {date.year}"}
    return forms.get(str(precision), f"{date.day} {month} {date.year}")


def _unchecked(row: dict[str, Any], column: str) -> bool:
    return doubt(row).about(column)


def _source(source_id: str) -> dict[str, str]:
    found = cite.target("cite", source_id)
    return {"title": found.reference, "url": found.url} if found else {}


@cache
def record() -> Record:
    """
    The basket as plain values.

    Returns
    -------
    dict
        ``items``, ``statements`` and ``sources`` by id; an item names the ids of its statements, oldest first.
    """
    own = words.of("basket")
    statements = datasets.load_hostile_policy_statements().sort_values("date", kind="stable")
    links = datasets.load_statement_components()
    order = {name: at for at, name in enumerate(statements["statement_id"])}
    behind = {
        component: sorted(rows["statement_id"], key=order.__getitem__)
        for component, rows in links.groupby("component_id", observed=True)
    }
    said = {row["statement_id"]: _statement(own, row) for row in statements.to_dict("records")}
    items = [
        _item(own, row, behind.get(row["component_id"], []))
        for row in datasets.load_hostile_policy_components().to_dict("records")
    ]
    cited = {source for thing in (*items, *said.values()) for source in thing["sources"]}
    return {
        "items": items,
        "statements": said,
        "sources": {name: _source(name) for name in sorted(cited)},
    }


def _statement(own: Words, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "when": date_text(row["date"], row["date_precision"]),
        "who": text(row["speaker"]) or text(row["organ"]) or own["card"]["unspecified"],
        "where": text(row["venue"]),
        "quote": text(row["quote"]),
        "paraphrase": text(row["paraphrase"]),
        "unchecked_date": _unchecked(row, "date"),
        "unchecked_quote": row["quote_checked"] == "no",
        "sources": row["source_ids"].split(";"),
        "status": cite.status(row),
    }


def _item(own: Words, row: dict[str, Any], statements: list[str]) -> dict[str, Any]:
    texts = ("demanded_text", "granted_text", "changeable_by_text")
    return {
        "id": row["component_id"],
        "label": own["item"].get(
            row["component_id"], row["component"]
        ),  # `kdebate check` asks for one
        "component": row["component"],
        "domain": str(row["domain"]),
        "who": text(row["changeable_by"]) or "nobody",
        "asked": bool(row["demanded"]),
        "granted": str(row["granted"]),
        **{name: text(row[name]) for name in texts},
        "unchecked": [name for name in texts if _unchecked(row, name)],
        "linked": str(row["linked"]),
        "linked_text": text(row["linked_text"]),
        "example": row["example"],
        "is_quote": row["example_type"] == "quote",
        "speaker": text(row["example_speaker"]),
        "when": date_text(row["example_date"], row["example_date_precision"]),
        "unchecked_date": _unchecked(row, "example_date"),
        "statements": statements,
        "sources": row["source_ids"].split(";"),
        "status": cite.status(row),
    }


def shown(show: str) -> list[dict[str, Any]]:
    """The items that a filter leaves, the policy as a whole apart."""
    items = [item for item in record()["items"] if item["domain"] != GENERAL]
    return [item for item in items if fits(item, show)]


def fits(item: dict[str, Any], show: str) -> bool:
    """Whether an item passes a filter."""
    tests = {
        "all": True,
        "asked": item["asked"],
        "granted": item["granted"] != "none",
        "taken_back": item["granted"] == "taken_back",
    }
    return bool(tests[show])


def findings(show: str) -> dict[str, Any]:
    """The numbers of the live sentence and of the heads."""
    items = shown(show)
    both = [item for item in items if item["asked"] and item["granted"] != "none"]
    return {
        "items": len(shown("all")),
        "asked": len(shown("asked")),
        "granted": len(shown("granted")),
        "taken_back": len(shown("taken_back")),
        "also": len([item for item in items if item["asked"]])
        if show == "taken_back"
        else len(both),
        "shown": len(items),
        "by_domain": {name: sum(item["domain"] == name for item in items) for name in DOMAINS},
        "by_who": {name: sum(item["who"] == name for item in items) for name in HOLDERS},
    }
