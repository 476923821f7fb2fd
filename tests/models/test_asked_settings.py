"""Where a prediction sends the lever, its explorer shows what the card then says; and nothing of it before."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kdebate import models, widgets
from kdebate.exercises.predict import with_results
from kdebate.questions import bank
from kdebate.widgets.explorer import Explorer

TESTS = Path(__file__).parents[1]
CLAIMS = tomllib.loads((TESTS / "cases" / "asked_settings.toml").read_text("utf-8"))
PLAYED = CLAIMS.pop("play")


def explorers() -> list[Explorer]:
    """Every explorer of the chapters that a prediction sends somewhere, as its cell makes it."""
    found = []
    for path in sorted((TESTS.parent / "notebooks").glob("0[234]-*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        for source in sources:
            if "predict=" in source and ("Explorer(" in source or "Explorer.from_code(" in source):
                names: dict[str, Any] = dict(vars(widgets))
                exec(source, names)
                found += [one for one in names.values() if isinstance(one, Explorer) and one.asks]
    return found


EXPLORERS = explorers()
ASKED = [(name, one) for one in EXPLORERS for name in one.asks]
IDS = [name for name, _ in ASKED]


def sent(explorer: Explorer, asked: dict[str, Any]) -> dict[str, Any]:
    """What a fresh explorer of this kind reads out at an asked setting."""
    preset = asked.get("preset", explorer.preset)
    fresh = type(explorer)(preset=preset)
    moved = explorer.values if preset == explorer.preset else {}
    for lever, value in (moved | asked).items():
        setattr(fresh, lever, value)
    return fresh.read_out


def test_every_prediction_with_a_setting_has_its_explorer_and_its_claims() -> None:
    asking = {name for name, asked in bank.questions().items() if bank.asked_setting(asked)}
    assert asking == set(IDS) == CLAIMS.keys()


@pytest.mark.parametrize(("name", "explorer"), ASKED, ids=IDS)
def test_the_stated_answer_is_what_the_explorer_shows_there(name: str, explorer: Explorer) -> None:
    asked = with_results(bank.question(name))
    shown = sent(explorer, explorer.asks[name])
    if asked["ask"] == "value":
        assert asked["answer"] == pytest.approx(shown[CLAIMS[name]["value"]], abs=1e-9)
        return
    options = {one["id"] for one in asked.get("options", [])} or {"up", "same", "down"}
    assert CLAIMS[name].keys() == options
    known = shown | {"before": explorer.read_out}
    true = [option for option, claim in CLAIMS[name].items() if eval(claim, {}, known)]
    assert true == [asked["answer"]]


@pytest.mark.parametrize(("name", "explorer"), ASKED, ids=IDS)
def test_the_setting_can_be_reached_and_is_not_where_the_levers_begin(
    name: str, explorer: Explorer
) -> None:
    asked = explorer.asks[name]
    levers = {lever: value for lever, value in asked.items() if lever != "preset"}
    assert levers.keys() <= set(explorer.shown)
    assert any(getattr(explorer, lever) != value for lever, value in asked.items())
    for lever, value in levers.items():
        one = models.levers()[lever]
        if "choices" not in one:
            assert ((value - one["min"]) / one["step"]) % 1 == pytest.approx(0, abs=1e-6) or (
                ((value - one["min"]) / one["step"]) % 1 == pytest.approx(1, abs=1e-6)
            )


@pytest.mark.parametrize("explorer", EXPLORERS, ids=lambda one: one.predict)
def test_no_later_answer_lies_on_the_way_to_an_earlier_one(explorer: Explorer) -> None:
    """The stretch that an answer frees holds no setting that a later question asks for."""
    asks = list(explorer.asks.values())
    stands = dict(explorer.values) | {"preset": explorer.preset}
    for k, asked in enumerate(asks):
        for later in asks[k + 1 :]:
            levers = later.keys() - {"preset"}
            assert not levers or not all(_met(stands, asked, later, lever) for lever in levers)
        stands |= asked


def _met(stands: dict[str, Any], asked: dict[str, Any], later: dict[str, Any], lever: str) -> bool:
    """Whether a lever passes, on its way to one setting, the place where a later question asks it to stand."""
    ends = (stands[lever], asked.get(lever, stands[lever]))
    if isinstance(later[lever], str):
        return later[lever] in ends
    return min(ends) <= later[lever] <= max(ends)


def test_every_prediction_with_a_play_has_its_claims() -> None:
    assert {name for name, asked in bank.questions().items() if "play" in asked} == PLAYED.keys()


@pytest.mark.parametrize("name", PLAYED)
def test_the_stated_answer_is_what_the_play_brings(name: str) -> None:
    asked = bank.question(name)
    settings = bank.named_settings(asked)
    known = {key: models.read_out(models.lever_values(levers)) for key, levers in settings.items()}
    assert PLAYED[name].keys() == {one["id"] for one in asked["options"]}
    true = [option for option, claim in PLAYED[name].items() if eval(claim, {}, known)]
    assert true == [asked["answer"]]
