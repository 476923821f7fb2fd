"""Hold launches against exercise windows: does wind bring waves?"""

from __future__ import annotations

from typing import Any

import pandas as pd

from kdebate import words
from kdebate.evidence import waves
from kdebate.widgets import waves_view
from kdebate.widgets.explorer import Explorer, lever_traits
from kdebate.widgets.teller import fill


class WavesExplorer(lever_traits(words.of("waves")["lever"]), Explorer):  # type: ignore[misc]  # its traits are data
    """
    Launches inside and outside exercise windows, by leader, counting rule, window and kind of exercise.

    Examples
    --------
    >>> explorer = WavesExplorer()
    >>> explorer.rule = "days"
    >>> explorer.describe().startswith("33 of 146 launch days fell inside.")
    True
    """

    words_name = "waves"
    levers = ("leader", "rule", "before", "after", "type", "disputed")

    @classmethod
    def _read_spec(cls) -> dict[str, Any]:
        own = words.of("waves")
        chart = own["chart"] | {"months": words.of("language")["months_short"]}
        return {
            "levers": own["lever"],
            "presets": own["preset"],
            "own": {key: value for key, value in own.items() if key not in ("lever", "preset")}
            | {"record": waves.record(), "chart": chart},
            "example": own["example"],
        }

    @property
    def read_out(self) -> dict[str, Any]:
        """Every number the explorer shows, as plain Python values."""
        return waves_view.findings(self.values)

    def describe(self) -> str:
        """What the page says about the present levers, in sentences."""
        found = waves_view.facts(self.values) | {"locked": False}
        return fill(self._told_words, "{sentence} {note}", found)

    @property
    def table(self) -> pd.DataFrame:
        """
        The calendar in numbers.

        Returns
        -------
        pandas.DataFrame
            One row per year and a last one for all: days inside windows, launches inside and outside, exercises whose
            dates nobody has checked.
        """
        return waves_view.table(self._spec["own"], waves_view.findings(self.values))
