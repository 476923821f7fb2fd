"""
What BasketExplorer shows: the items of the basket with their statements, and what it says about them.

Texts, dates and sources are made ready here, once; the page counts and shows.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from kdebate import _data, datasets, words

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


def _plain(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _named(row: dict[str, Any]) -> set[str]:
    """The columns of a row that nobody has checked; "all" stands for every column."""
    return set(_plain(row["recalled_fields"]).split(";")) - {""}


def _unchecked(row: dict[str, Any], column: str) -> bool:
    return bool({"all", column} & _named(row))


@cache
def _sources() -> dict[str, dict[str, Any]]:
    rows = datasets.load_sources().to_dict("records")
    return {
        row["source_id"]: {
            "title": ", ".join(filter(None, map(_plain, (row["title"], row["publisher"])))),
            "url": _plain(row["url"]),
        }
        for row in rows
    }


def _status(row: dict[str, Any]) -> str:
    return str(_data.descriptor()["citation"]["status"][row["status"]])


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
        "sources": {name: _sources()[name] for name in sorted(cited)},
    }


def _statement(words: Words, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "when": date_text(row["date"], row["date_precision"]),
        "who": _plain(row["speaker"]) or _plain(row["organ"]) or words["card"]["unspecified"],
        "where": _plain(row["venue"]),
        "quote": _plain(row["quote"]),
        "paraphrase": _plain(row["paraphrase"]),
        "unchecked_date": _unchecked(row, "date"),
        "unchecked_quote": row["quote_checked"] == "no",
        "sources": row["source_ids"].split(";"),
        "status": _status(row),
    }


def _item(words: Words, row: dict[str, Any], statements: list[str]) -> dict[str, Any]:
    texts = ("demanded_text", "granted_text", "changeable_by_text")
    return {
        "id": row["component_id"],
        "label": words["item"][row["component_id"]],
        "component": row["component"],
        "domain": str(row["domain"]),
        "who": _plain(row["changeable_by"]) or "nobody",
        "asked": bool(row["demanded"]),
        "granted": str(row["granted"]),
        **{name: _plain(row[name]) for name in texts},
        "unchecked": [name for name in texts if _unchecked(row, name)],
        "linked": str(row["linked"]),
        "linked_text": _plain(row["linked_text"]),
        "example": row["example"],
        "is_quote": row["example_type"] == "quote",
        "speaker": _plain(row["example_speaker"]),
        "when": date_text(row["example_date"], row["example_date_precision"]),
        "unchecked_date": _unchecked(row, "example_date"),
        "statements": statements,
        "sources": row["source_ids"].split(";"),
        "status": _status(row),
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


def sentence(words: Words, show: str) -> str:
    """The live sentence."""
    numbers = {key: value for key, value in findings(show).items() if isinstance(value, int)}
    return str(words["sentence"][show].format(**numbers))


def table(words: Words, show: str) -> pd.DataFrame:
    """The basket as a table, the items that the filter leaves."""
    heads = words["table"]
    rows = [
        {
            heads["item"]: item["component"],
            heads["who"]: words["who"][item["who"]],
            heads["domain"]: words["domain"][item["domain"]],
            heads["asked"]: heads["yes"] if item["asked"] else heads["no"],
            heads["granted"]: _granted_text(words, item),
            heads["statements"]: len(item["statements"]),
        }
        for item in shown(show)
    ]
    return pd.DataFrame(
        rows,
        columns=[heads[key] for key in ("item", "who", "domain", "asked", "granted", "statements")],
    )


def _granted_text(words: Words, item: dict[str, Any]) -> str:
    text = str(words["mark"][item["granted"]])
    unchecked = item["granted"] != "none" and "granted_text" in item["unchecked"]
    return str(words["table"]["unchecked"].format(text=text)) if unchecked else text
