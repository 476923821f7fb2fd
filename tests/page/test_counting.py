"""The page counts as Python does: the basket's marks, and the calendar of waves, slid and with its years swapped."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kdebate.evidence import basket, waves
from kdebate.widgets import BasketExplorer, WavesExplorer, waves_view
from tests.page.in_node import ask


def test_the_basket() -> None:
    own = {key: BasketExplorer()._spec["own"][key] for key in ("record", "domains", "holders")}
    shows = ["all", "asked", "granted", "taken_back"]
    question = "(view, own, shows) => shows.map((show) => view.findings(own, show))"
    told = ask(["explorers/basket.js"], question, own, shows)
    assert told == [basket.findings(show) for show in shows]


def random_levers(chance: random.Random) -> dict[str, Any]:
    levers = WavesExplorer()._spec["levers"]
    return {
        name: chance.choice(lever["choices"])
        if "choices" in lever
        else chance.randint(lever["min"], lever["max"])
        for name, lever in levers.items()
    }


def test_the_waves() -> None:
    chance = random.Random(2019)
    states = [random_levers(chance) for _ in range(120)]
    question = """(view, record, states) => states.map((levers) => {
      const { marks, ...found } = view.findings(record, levers);
      return found;
    })"""
    told = ask(["explorers/waves_view.js"], question, waves.record(), states)
    for levers, found in zip(states, told, strict=True):
        for key, value in waves_view.findings(levers).items():
            expected = pytest.approx(value) if isinstance(value, float) else value
            assert found[key] == expected, (levers, key)
