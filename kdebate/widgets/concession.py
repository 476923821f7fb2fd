"""Slice the bargain and see which slice someone would rather break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import traitlets

from kdebate import models, words
from kdebate.models.concession import TOLERANCE
from kdebate.widgets.explorer import Explorer, lever_traits
from kdebate.widgets.teller import tell


class ConcessionExplorer(lever_traits(models.levers()), Explorer):  # type: ignore[misc]  # its traits are data
    """
    The concession model under four levers: slices, who goes first, sanctions pressure, proof of cheating.

    Parameters
    ----------
    levers, preset, predict, **values
        As for every explorer.
    tasks : bool
        Show the tasks of ``words/tasks.toml`` below it, each with a hint and a mark when it is solved.

    Examples
    --------
    >>> explorer = ConcessionExplorer()
    >>> explorer.N = 2
    >>> explorer.describe()
    '2 slices hold. The weakest is slice 2, for Washington: +0.10. The deal is worth 0.95 to each side.'
    """

    words_name = "concession"
    levers = ("N", "first", "pressure", "q_b")

    tasks = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        levers: Sequence[str] | None = None,
        preset: str | None = None,
        predict: str | None = None,
        *,
        tasks: bool = False,
        **values: Any,
    ) -> None:
        super().__init__(levers, preset, predict, **values)
        if tasks:
            self.tasks = words.of("tasks")

    def in_words(self) -> list[str]:
        """What it shows, and its tasks."""
        return [
            *super().in_words(),
            *(f"- {task['text']}" for task in self.tasks.get("task", {}).values()),
        ]

    @traitlets.validate("shown")
    def _only_levers_that_move(self, proposal: Any) -> list[str]:
        """A lever that moves nothing here would teach that the thing does not matter."""
        for name in proposal["value"]:
            if why := self._spec["levers"][name].get("waits"):
                raise ValueError(f"The lever {name!r} is not on screen. {why} Leave it out.")
        return list(proposal["value"])

    @property
    def read_out(self) -> dict[str, Any]:
        """Every number the explorer shows, as plain Python values; see `kdebate.models.read_out`."""
        return models.read_out(self.values)

    def describe(self) -> str:
        """What the page says about the present levers, in a sentence or three."""
        return tell(self._told_words, "sentence", models.facts(self.values) | {"locked": False})

    @property
    def table(self) -> pd.DataFrame:
        """
        The safety gaps slice by slice.

        Returns
        -------
        pandas.DataFrame
            One row per slice and a last one for keeping: the share delivered after it, both gaps, who would cheat.
        """
        words, n, gaps = self._told_words, self.N, self.read_out["margins"]
        heads, names = words["table"], words["side"]
        return pd.DataFrame(
            {
                heads["slice"]: [*range(1, n + 1), heads["keeping"]],
                heads["delivered"]: [min(1.0, k / n) for k in range(1, n + 2)],
                names["a"]: gaps[0],
                names["b"]: gaps[1],
                heads["cheat"]: [
                    ", ".join(names[side] for side in "ab" if pair[side] < -TOLERANCE)
                    or heads["nobody"]
                    for pair in (
                        dict(zip("ab", pair, strict=True)) for pair in zip(*gaps, strict=True)
                    )
                ],
            }
        )
