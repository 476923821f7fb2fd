"""Paper and practice: the ladder of sanctions, what the records say, and who enforces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets
import pandas as pd
import traitlets

from kdebate import __version__, models, words
from kdebate.evidence import events, ladder
from kdebate.evidence import lines as records
from kdebate.widgets.carrier import carrier_with_plotly
from kdebate.widgets.explorer import Explorer, lever_traits
from kdebate.widgets.journal_link import link
from kdebate.widgets.teller import tell

VIEWS = ("ladder", "lines", "enforcement")
# A record without a line to draw opens with the prediction of another.
AFTER = {"coal_years": "coal", "oil_estimates": "oil"}


def _own_levers() -> dict[str, dict[str, Any]]:
    """All levers but pressure, which here follows from the parties."""
    return {name: lever for name, lever in models.levers().items() if name != "pressure"}


class EnforcementExplorer(lever_traits(_own_levers()), Explorer):  # type: ignore[misc]  # its traits are data
    """
    Three linked views: what was forbidden, what the records say, and who enforces.

    Parameters
    ----------
    levers, preset
        As for every explorer.
    views : sequence of str, optional
        Which of ``ladder``, ``lines`` and ``enforcement`` can be chosen; all if not given.
    view : str, optional
        Where to start; the last of `views` if not given.
    lines : sequence of str, optional
        Which records can be chosen, of `kdebate.evidence.lines.names()`; all if not given.
    **options
        Passed on to every explorer.

    Examples
    --------
    >>> explorer = EnforcementExplorer(preset="half-willing-neighbours")
    >>> explorer.sigma = 0.2
    >>> explorer.read_out["minimum_steps"]
    2
    """

    words_name = "enforcement"
    levers = ("e_china", "sigma", "e_russia", "e_others")

    view = traitlets.Enum(VIEWS, "enforcement").tag(sync=True)
    views = traitlets.List(traitlets.Enum(VIEWS)).tag(sync=True)
    lines = traitlets.List(traitlets.Unicode()).tag(sync=True)
    line = traitlets.Unicode().tag(sync=True)
    rung = traitlets.Unicode().tag(sync=True)
    drawn = traitlets.Dict().tag(sync=True)
    _data = traitlets.Dict().tag(sync=True)
    _version = traitlets.Unicode(__version__).tag(sync=True)
    _journal = traitlets.Instance(ipywidgets.Widget, allow_none=True).tag(
        sync=True, **ipywidgets.widget_serialization
    )

    def __init__(
        self,
        levers: Sequence[str] | None = None,
        preset: str | None = None,
        *,
        views: Sequence[str] | None = None,
        view: str | None = None,
        lines: Sequence[str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(levers, preset, **options)
        self.views = [one for one in VIEWS if one in (views or VIEWS)]
        self.view = view or self.views[-1]
        self.lines = list(lines or records.names())
        self.line = self.lines[0]
        self._data = self._collect()
        if "lines" in self.views:
            carrier_with_plotly()
            self._journal = link()

    def _collect(self) -> dict[str, Any]:
        """What the chosen views show, and nothing else."""
        records = {name: self._record(name) for name in self.lines if "lines" in self.views}
        return {
            "ladder": ladder.as_dict() if "ladder" in self.views else None,
            "rungs": ladder.rung_dates(),
            "lines": records,
            "events": events.record() if "enforcement" in self.views else [],
            "parties": models.parties(),
        }

    @staticmethod
    def _record(name: str) -> dict[str, Any]:
        return records.as_dict(records.line(name)) | {"after": AFTER.get(name)}

    @classmethod
    def _read_spec(cls) -> dict[str, Any]:
        months = enumerate(words.of("language")["months_short"], 1)
        own = words.of(cls.words_name) | {"months": {f"{n:02}": name for n, name in months}}
        # Pressure follows from the parties here: a preset that holds it has no place.
        free = {name: one for name, one in models.presets().items() if "locked" not in one}
        return {"levers": _own_levers(), "presets": free | own["preset"], "own": own}

    def page_state(self) -> dict[str, Any]:
        """The traits that a page without Jupyter needs, as plain JSON values."""
        names = ("view", "views", "line", "lines", "rung", "drawn", "_data", "_version")
        return super().page_state() | {name: getattr(self, name) for name in names}

    # ---- what a notebook uses ---------------------------------------------------------------------

    @property
    def read_out(self) -> dict[str, Any]:
        """Every number the model view shows: `kdebate.models.read_out` and `third_party_read_out`."""
        return models.read_out(self.values) | models.third_party_read_out(self.values)

    def describe(self) -> str:
        """What the present view says, in a sentence or two."""
        own = self._spec["own"]
        if self.view == "ladder":
            return str(own["ladder"]["shows"].format(**ladder.totals()))
        if self.view == "lines":
            said = own["line"][self.line]
            return str(said["shows"] if self._open(self.line) else said["ask"])
        found = models.facts(self.values) | {"locked": self.locked}
        return tell(self._told_words, "sentence", found)

    def _open(self, name: str) -> bool:
        """Whether the record may be seen: its line, or the one before it, was drawn or skipped."""
        return AFTER.get(name, name) in self.drawn

    @property
    def table(self) -> pd.DataFrame:
        """The present view as a table; a record stays hidden until its line is drawn or skipped."""
        if self.view == "ladder":
            return ladder.measures()
        if self.view == "lines":
            record = records.record(self.line)
            hidden = (
                []
                if self._open(self.line)
                else self._data["lines"][self.line]["draw"] or list(record["when"])
            )
            record.loc[record["when"].isin(hidden), ["value", "note"]] = None
            return record
        return self._party_table()

    def _party_table(self) -> pd.DataFrame:
        own, known, read = self._spec["own"], models.parties(), self.read_out
        heads = own["table"]
        rows = [
            (own["parties"][lever], weight, will, e - will, e, weight * e)
            for lever, weight, will, e in zip(
                known["willingness"],
                known["weights"],
                read["willingness"],
                read["enforcement"],
                strict=True,
            )
        ]
        columns = [heads[key] for key in ("party", "weight", "will", "push", "enforces", "adds")]
        return pd.DataFrame(rows, columns=columns)
