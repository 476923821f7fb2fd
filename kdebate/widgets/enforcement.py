"""EnforcementExplorer: who enforces, how hard that presses, and the dated events beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import ipywidgets
import pandas as pd

from kdebate import models, words
from kdebate.evidence import events
from kdebate.widgets.explorer import Explorer, lever_traits
from kdebate.widgets.ladder import LadderExplorer
from kdebate.widgets.teller import tell


def _own_levers() -> dict[str, dict[str, Any]]:
    """All levers but pressure, which here follows from the parties."""
    return {name: lever for name, lever in models.levers().items() if name != "pressure"}


def _events() -> list[dict[str, Any]]:
    """The dated events, oldest first, their dates in words."""
    return [
        one | {"year": one["date"][:4], "when": words.date(one["date"], one["precision"])}
        for one in events.record()
    ]


# Chapters of module 0.1.0 asked this class for one of three views, and learners keep their copies of them. The ladder is
# a class of its own now; the lines are exercises, which stand above the widgets and put their maker here themselves.
EARLIER_VIEWS: dict[str, Callable[[Sequence[str] | None], ipywidgets.Widget]] = {
    "ladder": lambda lines: LadderExplorer()
}


VIEWS = ("slices", "pressure")
# What the view of pressure says in the words of the other.
SHARED = ("parties", "party", "table", "number")


class EnforcementExplorer(lever_traits(_own_levers()), Explorer):  # type: ignore[misc]  # its traits are data
    """
    Who enforces the sanctions, which pressure that makes, and what the pressure does to the bargain.

    Parameters
    ----------
    levers, preset
        As for every explorer.
    views, lines : sequence of str, optional
        What chapters of module 0.1.0 asked for. ``views=["ladder"]`` is a `LadderExplorer`, ``views=["lines"]`` one
        `kdebate.exercises.Draw` per line; newer chapters name these.
    view : {"slices", "pressure"}
        What the pressure does to a bargain in slices, with the dated events; or no more than what it makes relief worth,
        and how much of it can be taken back.
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
    levers: ClassVar[tuple[str, ...]] = ("e_china", "sigma", "e_russia", "e_others")

    def __new__(
        cls,
        *given: Any,
        views: Sequence[str] = (),
        lines: Sequence[str] | None = None,
        view: str = "slices",
        **options: Any,
    ) -> Any:
        """Make it, its view of pressure alone, or what an earlier chapter means by a view of it."""
        if view not in VIEWS:
            raise ValueError(f"view={view!r}: allowed are {', '.join(VIEWS)}.")
        if view == "pressure":
            return super().__new__(_PressureExplorer, *given, **options)
        if not views or "enforcement" in views:
            return super().__new__(cls, *given, **options)
        if views[0] not in EARLIER_VIEWS:
            raise ValueError(
                f"views={[*views]}: allowed are enforcement, {', '.join(EARLIER_VIEWS)}. "
                "For a line to draw import Draw from kdebate.exercises: Draw('03-line-coal')."
            )
        return EARLIER_VIEWS[views[0]](lines)

    def __init__(
        self,
        levers: Sequence[str] | None = None,
        preset: str | None = None,
        *,
        views: Sequence[str] = (),
        lines: Sequence[str] | None = None,
        view: str = "slices",
        **options: Any,
    ) -> None:
        super().__init__(levers, preset, **options)

    @classmethod
    def _read_spec(cls) -> dict[str, Any]:
        own = words.of("enforcement") | {"record": {"events": _events()}}
        # Pressure follows from the parties here: a preset that holds it has no place.
        free = {name: one for name, one in models.presets().items() if "locked" not in one}
        return {"levers": _own_levers(), "presets": free | own["preset"], "own": own}

    # ---- what a notebook uses ---------------------------------------------------------------------

    @property
    def read_out(self) -> dict[str, Any]:
        """Every number that it shows: `kdebate.models.read_out` and `third_party_read_out`."""
        return models.read_out(self.values) | models.third_party_read_out(self.values)

    def describe(self) -> str:
        """What the page says, in a sentence or two."""
        found = models.facts(self.values) | {"locked": self.locked}
        return tell(self._told_words, "sentence", found)

    @property
    def table(self) -> pd.DataFrame:
        """What each party counts, wants, is pushed to do, does, and adds to pressure."""
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


class _PressureExplorer(EnforcementExplorer):
    """Its view of pressure alone: the same levers, starting points and codes, and not a word about slices."""

    words_name = "pressure"
    levers = ("e_china", "sigma")

    @classmethod
    def _read_spec(cls) -> dict[str, Any]:
        spec = super()._read_spec()
        shared = {name: spec["own"][name] for name in SHARED}
        # All starting points can be opened by their codes, but none is to be chosen: they differ in what this view leaves out.
        return spec | {"own": shared | words.of("pressure"), "choose_start": False}
