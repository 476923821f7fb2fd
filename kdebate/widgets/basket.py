"""Open the "hostile policy" basket: what is in it, who could change it, what was asked, granted, taken back."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kdebate import words
from kdebate.widgets import basket_view
from kdebate.widgets.explorer import Explorer, lever_traits


def _levers() -> dict[str, dict[str, Any]]:
    """What is shown, and which item is open; the items come from the table."""
    own = words.of("basket")
    names = [item["id"] for item in basket_view.record()["items"]]
    labels = [item["label"] for item in basket_view.record()["items"]]
    count = len(basket_view.shown("all"))
    show = own["lever"]["show"]
    return {
        "show": show
        | {"choice_labels": [label.format(count=count) for label in show["choice_labels"]]},
        "item": {
            "label": own["head"]["who"],
            "short": own["table"]["item"],
            "default": "none",
            "choices": ["none", *names],
            "choice_labels": [own["choice"]["none"], *labels],
            "help": own["title"],
        },
    }


class BasketExplorer(lever_traits(_levers()), Explorer):  # type: ignore[misc]  # its traits are data
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
                "record": basket_view.record(),
                "domains": list(basket_view.DOMAINS),
                "holders": list(basket_view.HOLDERS),
            },
            "example": own["example"],
        }

    @property
    def read_out(self) -> dict[str, Any]:
        """Every number the explorer shows, and the item that is open (None when none is)."""
        opened = next(
            (item for item in basket_view.record()["items"] if item["id"] == self.item), None
        )
        return basket_view.findings(self.show) | {"open": opened}

    def describe(self) -> str:
        """What the page says about the items that are shown."""
        return basket_view.sentence(self._spec["own"], self.show)

    @property
    def table(self) -> pd.DataFrame:
        """
        The items that are shown.

        Returns
        -------
        pandas.DataFrame
            One row per item: who could change it, domain, asked for, granted, number of dated statements.
        """
        return basket_view.table(self._spec["own"], self.show)
