"""
A state as a short code that can be read aloud: ``class-default,N=2,pressure=0.6``.

Twin of ``static/frame/codes.js``; the two are tested against each other.
"""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kdebate import words

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_SPACE = (
    " \t\n\r\f\v\u00a0\ufeff"  # what a paste brings along; Python and JavaScript each strip more
)

Values = dict[str, Any]


@cache
def past() -> dict[str, Any]:
    """What codes meant before a default moved or a preset went: ``silent`` and ``retired`` of ``codes.toml``."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def preset_values(spec: dict[str, Any], preset: str) -> Values:
    """Lever values of a preset: every lever's default, then what the preset changes."""
    values = {name: lever["default"] for name, lever in spec["levers"].items()}
    return values | spec["presets"][preset]["levers"]


def _silent_values(spec: dict[str, Any], preset: str) -> Values:
    """What a code of this preset means where it says nothing: as when the preset was first published."""
    return _with(preset_values(spec, preset), spec["codes"]["silent"].get(preset, {}))


def _with(values: Values, moved: Values) -> Values:
    """Values with some of them moved; explorers share presets but not all levers."""
    return values | {name: value for name, value in moved.items() if name in values}


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def encode(spec: dict[str, Any], preset: str, values: Values) -> str:
    """The code of a state: its preset, then the levers that differ from what the preset alone means."""
    start = _silent_values(spec, preset)
    parts = [
        f"{name}={_text(values[name])}" for name in spec["levers"] if values[name] != start[name]
    ]
    return ",".join([preset, *parts])


def clamp(lever: dict[str, Any], value: float) -> float:
    """A number inside its lever's range; whole where the lever counts."""
    inside = min(lever["max"], max(lever["min"], value))
    return math.floor(inside + 0.5) if lever["step"] == 1 else inside


def _read_part(spec: dict[str, Any], example: str, part: str, values: Values) -> str | None:
    said = words.of("explorer")["code"]
    name, _, text = (piece.strip(_SPACE) for piece in part.partition("="))
    lever = spec["levers"].get(name)
    if lever is None:
        raise ValueError(said["unknown_lever"].format(value=name, example=example))
    wrong = said["not_a_number"].format(value=text, label=lever["label"], example=example)
    if "choices" in lever:
        if text not in lever["choices"]:
            raise ValueError(wrong)
        values[name] = text
        return None
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(wrong)
    values[name] = clamp(lever, float(text))
    if values[name] == float(text):
        return None
    return said["clamped"].format(
        label=lever["label"],
        min=_text(lever["min"]),
        max=_text(lever["max"]),
        value=_text(values[name]),
    )


def _start(spec: dict[str, Any], preset: str) -> tuple[str, Values]:
    """The preset that a code begins with, by its present name, and what it means alone."""
    retired = spec["codes"]["retired"].get(preset)
    if retired and retired["now"] in spec["presets"]:
        return retired["now"], _with(_silent_values(spec, retired["now"]), retired["levers"])
    if preset in spec["presets"]:
        return preset, _silent_values(spec, preset)
    said = words.of("explorer")["code"]
    raise ValueError(
        said["unknown_preset"].format(value=preset, choices=", ".join(spec["presets"]))
    )


def decode(spec: dict[str, Any], text: str) -> tuple[str, Values, list[str]]:
    """
    Read a code.

    Parameters
    ----------
    spec : dict
        Levers and presets, as in ``levers.toml`` and ``presets.toml``, and the past of both (`past`).
    text : str
        For example ``"class-default,N=2"``.

    Returns
    -------
    tuple
        Preset id, lever values, and a sentence for each value that was moved into its lever's range.

    Raises
    ------
    ValueError
        When the code cannot be read; the message is meant for the learner.
    """
    said = words.of("explorer")["code"]
    pieces = [piece for piece in (part.strip(_SPACE) for part in text.split(",")) if piece]
    example = spec.get("example", f"{next(iter(spec['presets']))},N=2")
    if not pieces:
        raise ValueError(said["empty"].format(example=example))
    preset, values = _start(spec, pieces[0])
    notes = [_read_part(spec, example, part, values) for part in pieces[1:]]
    return preset, values, [note for note in notes if note]
