"""The stored cases of the model, and their inputs as exact games."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from .solver import Game, Pair

FILE = Path(__file__).parents[1] / "cases" / "model_cases.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
DEFAULTS = {"v": None, "c": "1", "rho": None, "q": "1", "a": "0", "b": "0"}


def cases(kind: str) -> list[Any]:
    """All cases of a kind, as pytest parameters."""
    return [pytest.param(case, id=case["name"]) for case in CASES if case["kind"] == kind]


def game_of(given: dict[str, Any]) -> Game:
    """The game that a case describes."""

    def both(key: str) -> Pair:
        return tuple(Fraction(given.get(key + side, DEFAULTS[key])) for side in "AB")  # type: ignore[return-value]

    return Game(Fraction(given["delta"]), *(both(key) for key in DEFAULTS))


def full_pressure(given: dict[str, Any]) -> dict[str, float]:
    """Fields of the `Deal` that a case with third parties describes, before pressure."""
    names = {"delta": "delta", "v_a": "vA", "v_b": "V_B", "c_a": "cA", "c_b": "cB"}
    names |= {"rho_a": "rhoA_bar", "rho_b": "rhoB", "q_b": "qB"}
    return {field: float(Fraction(given[key])) for field, key in names.items()}
