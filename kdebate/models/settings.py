"""
The levers, the presets and the fixed settings, read from `levers.toml` and `presets.toml`.

Defaults, ranges, steps and words stand only there. `model.js` carries a copy of what
it computes with: after a change run `python -m tools.twin`.
"""

from __future__ import annotations

import tomllib
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from .checks import in_range, whole

HERE = Path(__file__).parent


@cache
def _file(name: str) -> dict[str, Any]:
    """Read one of the two files."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def levers() -> dict[str, dict[str, Any]]:
    """
    List the levers, in the order of the screen.

    Returns
    -------
    dict
        Lever id -> `min max step default unit label short ends help`; the lever
        `first` has `choices` and `choice_labels` instead of a range. Where `waits`
        stands, the lever moves no number yet, and it says why.
    """
    return deepcopy(_file("levers.toml")["lever"])


def presets() -> dict[str, dict[str, Any]]:
    """
    List the opening presets, in the order of the screen.

    Returns
    -------
    dict
        Preset id -> `label`, `note`, `stylised`, and `levers`: the values that
        differ from the lever defaults; some have `locked`, levers that must stay
        where they are, with the reason in `locked_why`.
    """
    return deepcopy(_file("presets.toml")["preset"])


def parties() -> dict[str, list[Any]]:
    """
    Describe the third parties: China, Russia, others.

    Returns
    -------
    dict
        `names weights exposure willingness`, one entry per party; `willingness`
        names the lever of each.
    """
    return deepcopy(_file("levers.toml")["parties"])


def window() -> dict[str, float]:
    """
    Give the speed at which the window closes, per round of stalemate.

    Returns
    -------
    dict
        `erosion` of pressure and `growth` of Pyongyang's cost of disarming.
    """
    return dict(_file("levers.toml")["window"])


def words() -> dict[str, str]:
    """
    Give the words for gaps that two decimals would show as 0.00.

    Returns
    -------
    dict
        `just_above just_below zero`.
    """
    return dict(_file("levers.toml")["words"])


def lever_values(values: dict[str, Any]) -> dict[str, Any]:
    """
    Check lever values and fill in the defaults of those that are missing.

    Parameters
    ----------
    values : dict
        Lever id -> value; None counts as missing.

    Returns
    -------
    dict
        A value for every lever. A missing `pressure` stays None: it is computed
        from the third parties.

    Raises
    ------
    ValueError
        If a lever does not exist or a value is outside its range.
    """
    given = {name: value for name, value in values.items() if value is not None}
    known = _file("levers.toml")["lever"]
    if strange := sorted(set(given) - set(known)):
        raise ValueError(f"No lever named {strange[0]!r}. Choose one of: {', '.join(known)}.")
    full = {name: _checked(name, lever, given.get(name)) for name, lever in known.items()}
    return full if "pressure" in given else full | {"pressure": None}


def _checked(name: str, lever: dict[str, Any], value: Any) -> Any:
    """Give one lever's value, or its default."""
    if value is None:
        return lever["default"]
    if "choices" in lever:
        return _chosen(name, lever["choices"], value)
    if lever["step"] == 1:
        return whole(name, value, lever["min"], lever["max"])
    hint = f"Choose a number from {lever['min']:g} to {lever['max']:g}."
    number = in_range(name, value, lever["min"], lever["max"], hint)
    if not isinstance(number, float):
        raise ValueError(f"{name} = {value!r} is not one number. {hint}")
    return number


def _chosen(name: str, choices: list[str], value: Any) -> str:
    """Read one of several choices."""
    if value not in choices:
        raise ValueError(f"{name} = {value!r} is not a choice. Choose one of: {choices}.")
    return str(value)
