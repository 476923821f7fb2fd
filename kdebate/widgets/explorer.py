"""
What all explorers share on the Python side.

Everything that moves lives in the page (``static/frame/``): Python mirrors the levers, so that a notebook can read
them, set them, undo, and say in words what the page shows.
"""

from __future__ import annotations

import types
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

import pandas as pd
import traitlets

from kdebate import models, words
from kdebate.questions import bank
from kdebate.widgets import codes
from kdebate.widgets.in_words import live
from kdebate.widgets.page_widget import PageWidget
from kdebate.widgets.place import place

_DEEPEST = 200  # remembered changes, as in static/frame/store.js


class Lever(traitlets.TraitType[Any, Any]):
    """A number, or a choice, that stays inside the lever's range of ``levers.toml``."""

    def __init__(self, name: str, lever: dict[str, Any]) -> None:
        self.lever = lever
        super().__init__(default_value=lever["default"], help=lever["help"])
        self.tag(sync=True)
        self.lever_name = name

    def validate(self, obj: Any, value: Any) -> Any:
        """Refuse what lies outside, naming lever, value and range."""
        # The explorer's own levers count: their choices may come from a table, which no class reads.
        lever = obj._spec.get("levers", {}).get(self.lever_name, self.lever)
        if "choices" in lever:
            allowed = f"one of {', '.join(lever['choices'])}"
            fits = value in lever["choices"]
        else:
            low, high, whole = lever["min"], lever["max"], lever["step"] == 1
            allowed = f"a {'whole ' * whole}number from {low} to {high}"
            fits = isinstance(value, (int, float)) and low <= value <= high
            fits = fits and not (whole and value != int(value))
        if not fits:
            raise traitlets.TraitError(f"{self.lever_name} is {value!r}; allowed is {allowed}.")
        return int(value) if lever.get("step") == 1 else value


def lever_traits(levers: dict[str, dict[str, Any]]) -> type[traitlets.HasTraits]:
    """One synced trait per lever, ready to inherit from."""
    traits = {name: Lever(name, lever) for name, lever in levers.items()}
    return types.new_class(
        "LeverTraits", (traitlets.HasTraits,), {}, lambda body: body.update(traits)
    )


class Explorer(PageWidget):
    """
    Base of the explorers: levers, presets, history and code, kept equal in page and Python.

    Parameters
    ----------
    levers : sequence of str, optional
        Lever ids on screen, in order. The others keep their preset's value.
    preset : str, optional
        Where to start; the first preset if not given.
    predict : str, optional
        Ids of `kdebate.exercises.Predict`, with spaces between: the levers stay locked until the first is
        answered or skipped, then stop where each asks them to stand until the next one is.
    **values
        Lever values to start with, where they differ from the preset's: ``N=6, pressure=0.6``.

    Raises
    ------
    ValueError
        For a lever, a preset or a question that does not exist.
    traitlets.TraitError
        For a value outside its lever's range.
    """

    words_name: ClassVar[str]
    levers: ClassVar[tuple[str, ...]]

    _spec = traitlets.Dict().tag(sync=True)
    shown = traitlets.List(traitlets.Unicode()).tag(sync=True)
    preset = traitlets.Unicode().tag(sync=True)
    history = traitlets.Dict().tag(sync=True)
    locked = traitlets.Bool(False).tag(sync=True)
    predict = traitlets.Unicode().tag(sync=True)
    asks = traitlets.Dict().tag(sync=True)  # by question, where its levers must stand
    # By these the page knows an explorer again that Python makes anew; see static/frame/lever_memory.js.
    _place = traitlets.Unicode().tag(sync=True)
    _began = traitlets.Unicode().tag(sync=True)
    _met = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        levers: Sequence[str] | None = None,
        preset: str | None = None,
        predict: str | None = None,
        **values: Any,
    ) -> None:
        spec = self.full_spec()
        shown = tuple(levers or self.levers)
        _require("lever", (*shown, *values), spec["levers"])
        start = preset or next(iter(spec["presets"]))
        _require("preset", (start,), spec["presets"])
        values = codes.preset_values(spec, start) | values
        tied = known_predictions(predict)
        asks = {name: bank.asked_setting(bank.question(name)) for name in tied.split()}
        for asked in asks.values():
            _require("lever", tuple(asked), spec["levers"] | {"preset": {}})
        self._told_by_page = True  # nothing to remember while the widget is being built
        super().__init__(
            f"explorers/{self.words_name}.js",
            spec["words"]["status"]["start_failed"],
            _spec=spec,
            shown=list(shown),
            preset=start,
            predict=tied,
            asks={name: asked for name, asked in asks.items() if asked},
            history={"codes": [codes.encode(spec, start, values)], "at": 0},
            **values,
            _place=place(),
            _began=codes.encode(spec, start, values),
        )
        self._told_by_page = False
        self._shown_once = False
        self.observe(self._remember, names=[*spec["levers"]])
        self.observe(self._preset_chosen, names="preset")

    @classmethod
    def full_spec(cls) -> dict[str, Any]:
        """All that the page knows of this kind of explorer, as plain JSON values."""
        shared = words.of("explorer") | {"sides": words.of("sides")}
        return {"words": shared, "codes": codes.past()} | cls._read_spec()

    @classmethod
    def _read_spec(cls) -> dict[str, Any]:
        """Levers, presets and own words; an explorer with levers of its own overrides this."""
        own = words.of(cls.words_name)
        return {"levers": models.levers(), "presets": models.presets(), "own": own}

    @traitlets.validate("preset")
    def _known_preset(self, proposal: Any) -> str:
        _require("preset", (proposal["value"],), self._spec["presets"])
        return str(proposal["value"])

    # ---- page and Python ------------------------------------------------------------------------------------------

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what the page reports; it keeps its own history."""
        with self._as_told():
            super().set_state(sync_data)

    @contextmanager
    def _as_told(self) -> Iterator[None]:
        before, self._told_by_page = self._told_by_page, True
        try:
            yield
        finally:
            self._told_by_page = before

    def _remember(self, change: Any) -> None:
        """A lever was set from Python: one more step of the history."""
        if self._told_by_page:
            return
        past = self.history["codes"][: self.history["at"] + 1]
        if past[-1] != self.code:
            kept = [*past, self.code][-_DEEPEST:]
            self.history = {"codes": kept, "at": len(kept) - 1}

    def _preset_chosen(self, change: Any) -> None:
        if not self._told_by_page:
            self.reset(change["new"])

    def _take(self, preset: str, values: codes.Values) -> None:
        with self._as_told(), self.hold_sync():
            self._set_all(preset, values)
        self._remember(None)

    def _travel(self, step: int) -> Self:
        at = self.history["at"] + step
        if 0 <= at < len(self.history["codes"]):
            preset, values, _ = codes.decode(self._spec, self.history["codes"][at])
            with self.hold_sync(), self._as_told():
                self.history = {**self.history, "at": at}
                self._set_all(preset, values)
        return self

    def _set_all(self, preset: str, values: codes.Values) -> None:
        self.preset = preset
        for name, value in values.items():
            setattr(self, name, value)

    # ---- what a notebook uses ---------------------------------------------------------------------------------------

    @property
    def values(self) -> codes.Values:
        """Every lever's present value."""
        return {name: getattr(self, name) for name in self._spec["levers"]}

    @property
    def code(self) -> str:
        """The present state as a short text; set it to restore a state."""
        return codes.encode(self._spec, self.preset, self.values)

    @code.setter
    def code(self, text: str) -> None:
        preset, values, notes = codes.decode(self._spec, text)
        for note in notes:
            warnings.warn(note, stacklevel=2)
        self._take(preset, values)

    @classmethod
    def from_code(
        cls, text: str, levers: Sequence[str] | None = None, predict: str | None = None
    ) -> Self:
        """
        Make an explorer that starts in the state of a code.

        Parameters
        ----------
        text : str
            For example ``"class-default,N=2"``.
        levers : sequence of str, optional
            Lever ids on screen, as for the class itself.
        predict : str, optional
            The question that locks it, as for the class itself.

        Raises
        ------
        ValueError
            When the code cannot be read; the message says how a code looks.
        """
        explorer = cls(levers=levers, predict=predict)
        explorer.code = text
        explorer._began = explorer.code
        explorer.history = {"codes": [explorer.code], "at": 0}
        return explorer

    def undo(self) -> Self:
        """Take back the last change; without one, nothing happens."""
        return self._travel(-1)

    def redo(self) -> Self:
        """Make again the change that was last taken back."""
        return self._travel(1)

    def reset(self, preset: str | None = None) -> Self:
        """Go to a preset: the present one, or the one named."""
        start = preset or self.preset
        _require("preset", (start,), self._spec["presets"])
        self._take(start, codes.preset_values(self._spec, start))
        return self

    def in_words(self) -> list[str]:
        """What it shows, in sentences; nothing that a prediction asks for."""
        said = live("tied") if self.predict or self.locked else self.describe()
        return [self._spec["own"]["title"], said, live("explorer")]

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Show it; what its cell set up to here is how it began."""
        if not self._shown_once:
            self._began, self._shown_once = self.code, True
        return super()._repr_mimebundle_(**options)

    def page_state(self) -> dict[str, Any]:
        """What a page without Jupyter needs; what it shows now is how it begins there."""
        return super().page_state() | {"_began": self.code}

    @property
    def _told_words(self) -> dict[str, Any]:
        """Own words, and under ``side`` the names of the sides: what the teller needs."""
        return self._spec["own"] | {"side": self._spec["words"]["sides"]}

    @property
    def read_out(self) -> dict[str, Any]:
        """Every number the explorer shows, as plain Python values."""
        raise NotImplementedError

    @property
    def table(self) -> pd.DataFrame:
        """The chart as a table."""
        raise NotImplementedError

    def describe(self) -> str:
        """What the page says, in sentences."""
        raise NotImplementedError


def _require(kind: str, given: tuple[str, ...], known: dict[str, Any]) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"No {kind} named {name!r}. Choose from: {', '.join(known)}.")


def known_predictions(question_ids: str | None) -> str:
    """The ids, with spaces between; an unknown one would lock the levers for ever, and one no longer asked locks nothing."""
    asked = [name for name in (question_ids or "").split() if name not in bank.retired()]
    return " ".join(str(bank.question(name, "predict")["id"]) for name in asked)
