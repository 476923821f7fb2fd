"""LadderExplorer: what each text of the Security Council put on paper, by sector."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kdebate import words
from kdebate.evidence import ladder as evidence
from kdebate.widgets.explorer import Explorer, lever_traits


def _levers() -> dict[str, dict[str, Any]]:
    """Which text is open."""
    said = words.of("ladder")["lever"]["rung"]
    names = [evidence.short(one) for one in evidence.RUNGS]
    choices = {"choices": ["none", *names], "choice_labels": [said["none"], *names]}
    return {"rung": said | choices | {"default": "none"}}


class LadderExplorer(lever_traits(_levers()), Explorer):  # type: ignore[misc]  # its traits are data
    """
    The ladder of sanctions: what was forbidden on paper, text by text and sector by sector.

    Examples
    --------
    >>> explorer = LadderExplorer()
    >>> explorer.rung = "2397"
    >>> explorer.describe()
    '2397, 22 Dec 2017: 23 measures'
    """

    words_name = "ladder"
    levers = ("rung",)

    @classmethod
    def _read_spec(cls) -> dict[str, Any]:
        own = words.of("ladder")
        return {
            "levers": _levers(),
            "presets": own["preset"],
            "own": own | {"record": _record()},
            "example": own["example"],
        }

    @property
    def read_out(self) -> dict[str, Any]:
        """How many measures and texts there are, and what the open text added, by sector (None when none is open)."""
        rows = self.table
        opened = rows[rows["resolution_id"].map(evidence.short) == self.rung]
        by_sector = opened["group"].value_counts(sort=False).to_dict() if len(opened) else None
        return evidence.totals() | {"open": by_sector}

    def describe(self) -> str:
        """What the ladder holds, or the open text."""
        own, opened = self._spec["own"], self.read_out["open"]
        if opened is None:
            return str(own["shows"].format(**evidence.totals()))
        day = next(one["day"] for one in own["record"]["texts"] if one["short"] == self.rung)
        return str(own["rung"].format(text=self.rung, date=day, n=sum(opened.values())))

    @property
    def table(self) -> pd.DataFrame:
        """Every measure, oldest text first."""
        return evidence.measures()


def _record() -> dict[str, Any]:
    """The ladder as plain JSON values, its dates in words."""
    record = evidence.as_dict()
    for text in record["texts"]:
        text |= {"day": words.date(text["date"]), "month": words.date(text["date"], "month")}
    return record
