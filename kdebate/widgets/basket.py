"""Open the "hostile policy" basket: what is in it, who could change it, what was asked, granted, taken back."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kdebate import words
from kdebate.evidence import basket
from kdebate.widgets.explorer import Explorer, lever_traits

_OWN = words.of("basket")
_SHOW = _OWN["lever"]["show"]
# The items come from a table, which nobody reads before an explorer is made.
_NO_ITEM = {"default": "none", "choices": ["none"], "help": _OWN["title"]}


def _levers() -> dict[str, dict[str, Any]]:
    """What is shown, and which item is open."""
    items = basket.record()["items"]
    count = len(basket.shown("all"))
    return {
        "show": _SHOW
        | {"choice_labels": [label.format(count=count) for label in _SHOW["choice_labels"]]},
        "item": _NO_ITEM
        | {
            "label": _OWN["head"]["who"],
            "short": _OWN["table"]["item"],
            "choices": ["none", *(item["id"] for item in items)],
            "choice_labels": [_OWN["choice"]["none"], *(item["label"] for item in items)],
        },
    }


class BasketExplorer(lever_traits({"show": _SHOW, "item": _NO_ITEM}), Explorer):  # type: ignore[misc]  # its traits are data
    """
    The items that Pyongyang has put into the basket "hostile policy", by who could change them and by domain.

    Examples
    --------
    >>> explorer = BasketExplorer()
    >>> explorer.show = "taken_back"
    >>> explorer.describe()
    '6 of 38 items were granted and later taken back; 5 of these had been asked for as a price.'
    """

    words_name = "basket"
    levers = ("show", "item")

    @classmethod
    def _read_spec(cls) -> dict[str, Any]:
        own = words.of("basket")
        return {
            "levers": _levers(),
            "presets": own["preset"],
            "own": {
                key: value for key, value in own.items() if key not in ("lever", "preset", "item")
            }
            | {
                "record": basket.record(),
                "domains": list(basket.DOMAINS),
                "holders": list(basket.HOLDERS),
            },
            "example": _OWN["example"],
        }

    @property
    def read_out(self) -> dict[str, Any]:
        """Every number the explorer shows, and the item that is open (None when none is)."""
        opened = next((item for item in basket.record()["items"] if item["id"] == self.item), None)
        return basket.findings(self.show) | {"open": opened}

    def describe(self) -> str:
        """What the page says about the items that are shown."""
        numbers = {k: n for k, n in basket.findings(self.show).items() if isinstance(n, int)}
        return str(_OWN["sentence"][self.show].format(**numbers))

    @property
    def table(self) -> pd.DataFrame:
        """
        The items that are shown.

        Returns
        -------
        pandas.DataFrame
            One row per item: who could change it, domain, asked for, granted, number of dated statements.
        """
        columns = ("item", "who", "domain", "asked", "granted", "statements")
        rows = [_row(item) for item in basket.shown(self.show)]
        return pd.DataFrame(rows, columns=[_OWN["table"][key] for key in columns])


def _row(item: dict[str, Any]) -> list[Any]:
    heads = _OWN["table"]
    granted = _OWN["mark"][item["granted"]]
    if item["granted"] != "none" and "granted_text" in item["unchecked"]:
        granted = heads["unchecked"].format(text=granted)
    return [
        item["component"],
        _OWN["who"][item["who"]],
        _OWN["domain"][item["domain"]],
        heads["yes"] if item["asked"] else heads["no"],
        granted,
        len(item["statements"]),
    ]
