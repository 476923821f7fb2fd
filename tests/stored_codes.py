"""The codes that each release stored, and settings as a later version may have them: for both twins."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from kdebate import widgets

CASES = Path(__file__).parent / "cases"


def explorers() -> dict[str, dict[str, Any]]:
    """The present settings of every explorer that has stored codes, by class name."""
    names = {name for path in CASES.glob("codes_*.json") for name in json.loads(path.read_text())}
    return {name: getattr(widgets, name).full_spec() for name in sorted(names)}


def stored() -> list[tuple[str, str, dict[str, Any]]]:
    """Every stored code: its release, its explorer's name, and the case."""
    return [
        (path.stem, name, case)
        for path in sorted(CASES.glob("codes_*.json"))
        for name, cases in json.loads(path.read_text("utf-8")).items()
        for case in cases
    ]


def later(spec: dict[str, Any]) -> dict[str, Any]:
    """
    The concession model's settings after an eventful year.

    A default moved, a preset sets another value, one preset has a new name and one is gone, a lever and a preset came.
    """
    spec = deepcopy(spec)
    presets = spec["presets"]
    spec["levers"]["pressure"]["default"] = 0.85
    spec["levers"]["haste"] = spec["levers"]["sigma"] | {"default": 0.0}
    old = presets["both-want-it-more"]["levers"]
    presets["both-want-it-more"]["levers"] = old | {"v_a": 2.6}
    presets["hard-to-rebuild"] = presets.pop("pyongyang-harder-to-undo")
    presets["in-haste"] = presets["class-default"] | {"levers": {"haste": 0.5}}
    spec["codes"] = {
        "silent": {
            "class-default": {"pressure": 0.80},
            "both-want-it-more": {"pressure": 0.80, "v_a": 2.4},
            "hard-to-rebuild": {"pressure": 0.80},
        },
        "retired": {
            "pyongyang-harder-to-undo": {"now": "hard-to-rebuild", "levers": {}},
            "patient-inspectors": {"now": "class-default", "levers": {"q_b": 0.25}},
        },
    }
    return spec
