"""The page's model and facts beside Python's: equal to 1e-9, and no word apart."""

from __future__ import annotations

import json
import math
import random
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kdebate import models
from kdebate.models import Deal, read_out
from tests import points
from tests.page.in_node import ask
from tests.points import same

CASES = json.loads((Path(__file__).parents[1] / "cases" / "model_cases.json").read_text("utf-8"))
LEVERS = models.levers()
POINTS = 10_000
AWKWARD = [
    *(
        sign * x
        for sign in (1, -1)
        for x in (0.0, 0.004999999, 0.005, 0.0049999999999, 1.125, 1.135, 2.675)
    ),
    *(
        0.285,
        1.005,
        0.1 + 0.2,
        0.615,
        8.345,
        1e-13,
        1e-9,
        4.999999e-3,
        1e6 + 0.005,
        1e15 + 0.3,
        1e20,
        1e22,
    ),
    *(1.125 - 5e-10, 1.125 - 2e-9, -0.018181818, 0.994999999, 0.995, 999.995),
]


def call(name: str, rows: list[list[Any]], module: str = "model.js") -> list[Any]:
    """Call one function of the page for every row of arguments; nan comes back as None."""
    question = "(twin, name, rows) => rows.map((row) => twin[name](...row))"
    return list(ask([module], question, name, rows))


def plain(found: Any) -> Any:
    """What JSON makes of an answer of Python's."""
    if isinstance(found, (tuple, list, np.ndarray)):
        return [plain(x) for x in found]
    if isinstance(found, dict):
        return {key: plain(x) for key, x in found.items()}
    if isinstance(found, (float, np.floating)):
        return float(found) if math.isfinite(found) else None
    return found.item() if isinstance(found, np.generic) else found


def compare(settings: list[dict[str, Any]]) -> None:
    """All read-outs and facts of some settings, in both languages."""
    told = call("facts", [[one] for one in settings], "facts.js")
    for given, theirs in zip(settings, told, strict=True):
        same(models.facts(given), theirs, given)


def test_random_lever_settings() -> None:
    rng = random.Random(20190228)
    settings = [points.some(rng, LEVERS) for _ in range(POINTS)]
    orders = [one.get("first", "both") for one in settings]
    assert min(orders.count(first) for first in LEVERS["first"]["choices"]) > POINTS / 5
    compare(settings)


def test_corners() -> None:
    """Every pair of ends of the levers that the class moves, with and without pressure."""
    names = ["N", "delta", "v_a", "v_b_full", "rho_a_legal", "rho_b", "q_b", "pressure", "theta"]
    ends = [(LEVERS[name]["min"], LEVERS[name]["max"]) for name in names]
    settings = [dict(zip(names, values, strict=True)) for values in product(*ends)]
    others = ["h_a", "h_b", "a_a", "a_b", "sigma", "e_china", "deadline"]
    waiting = ["wait", "drift", "growth", "q_a", "rho_b", "pressure"]
    for more in (others, waiting):
        wide = [(LEVERS[name]["min"], LEVERS[name]["max"]) for name in more]
        settings += [{"N": 3, **dict(zip(more, values, strict=True))} for values in product(*wide)]
    settings += [
        {"first": first, "N": n, "rho_b": 0.3}
        for first in LEVERS["first"]["choices"]
        for n in (1, 24)
    ]
    compare(settings)


def test_slices_at_every_pressure() -> None:
    rng = random.Random(2397)
    settings = [points.some(rng, LEVERS) for _ in range(400)]
    told = call("slicesByPressure", [[one, 21] for one in settings])
    for given, theirs in zip(settings, told, strict=True):
        assert models.slices_by_pressure(given, 21) == theirs, given


def test_presets_and_nothing_given() -> None:
    settings = [{}, *(preset["levers"] for preset in models.presets().values())]
    assert call("readOut", [[]])[0] == call("readOut", [[{}]])[0]
    compare(settings)


def stored_deals() -> list[dict[str, float]]:
    """The deals of all stored cases that describe one completely."""
    known = {
        "delta": "delta",
        "vA": "v_a",
        "vB": "v_b",
        "cA": "c_a",
        "cB": "c_b",
        "rhoA": "rho_a",
        "rhoB": "rho_b",
    }
    known |= {"qA": "q_a", "qB": "q_b", "aA": "a_a", "aB": "a_b", "bA": "b_a", "bB": "b_b"}
    kinds = ("core", "schedule", "price", "share")
    inputs = [case["input"] for case in CASES["cases"] if case["kind"] in kinds]
    return [{known[key]: _number(x) for key, x in one.items() if key in known} for one in inputs]


def _number(text: str) -> float:
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)


def random_deal(rng: random.Random) -> dict[str, float]:
    """Any deal, with the fields that no lever moves."""
    deal = {
        "delta": rng.choice([0.0, 1.0, rng.random(), rng.random()]),
        "v_a": 5 * rng.random(),
        "v_b": 5 * rng.random(),
    }
    deal |= {name: 0.2 + rng.random() for name in ("c_a", "c_b")}
    deal |= {
        name: rng.choice([0.0, 1.0, rng.random(), rng.random()])
        for name in ("rho_a", "rho_b", "q_a", "q_b")
    }
    return deal | {
        name: rng.choice([0.0, 2 * rng.random()]) for name in ("a_a", "a_b", "b_a", "b_b")
    }


def test_single_functions() -> None:
    rng = random.Random(7)
    deals = stored_deals() + [random_deal(rng) for _ in range(300)]
    assert len(stored_deals()) == 16
    for steps in (1, 2, 3, 7):
        rows = [[deal, steps] for deal in deals]
        for name, mine in (
            ("margins", models.margins),
            ("priceZone", models.price_zone),
            ("dealValue", models.deal_value),
            ("holds", lambda deal, steps: bool(models.holds(deal, steps))),
        ):
            for deal, theirs in zip(deals, call(name, rows), strict=True):
                same(plain(mine(Deal(**deal), steps)), theirs, (name, deal, steps))
        for first, (name, mine) in product(
            ("both", "a", "b", None),
            (("margins", models.margins), ("priceZone", models.price_zone)),
        ):
            rows = [[deal, steps, {"first": first}] for deal in deals]
            for deal, theirs in zip(deals, call(name, rows), strict=True):
                same(plain(mine(Deal(**deal), steps, first)), theirs, (name, first, deal, steps))
        step = (steps + 1) // 2
        for deal, theirs in zip(
            deals, call("trustNeeded", [[d, steps, step] for d in deals]), strict=True
        ):
            same(
                plain(models.trust_needed(Deal(**deal), steps, step)),
                theirs,
                ("trust", deal, steps),
            )


def test_fewest_steps_and_schedules() -> None:
    rng = random.Random(8)
    deals = stored_deals() + [random_deal(rng) for _ in range(300)]
    for first, limit in (("both", 24), ("a", 24), ("b", 24), (None, 60)):
        rows = [[deal, {"first": first, "limit": limit}] for deal in deals]
        for deal, theirs in zip(deals, call("minimumSteps", rows), strict=True):
            assert theirs == models.minimum_steps(Deal(**deal), first, limit), (first, deal)
    for deal, theirs in zip(
        deals, call("fewestStepsSchedule", [[deal] for deal in deals]), strict=True
    ):
        same(plain(models.fewest_steps_schedule(Deal(**deal))), theirs, deal)


def test_numbers_on_screen() -> None:
    rng = random.Random(9)
    numbers = (
        AWKWARD
        + [rng.uniform(-3, 3) for _ in range(2000)]
        + [round(rng.uniform(-3, 3), 3) for _ in range(2000)]
    )
    for name, mine in (
        ("roundHalfAway", models.round_half_away),
        ("numberText", models.number_text),
        ("signedText", models.signed_text),
    ):
        for digits in (2, 0, 3):
            for x, theirs in zip(numbers, call(name, [[x, digits] for x in numbers]), strict=True):
                if abs(x) < 1e21:
                    assert mine(x, digits) == theirs, (name, x, digits)
    for x, theirs in zip(numbers, call("gapText", [[x] for x in numbers]), strict=True):
        if abs(x) < 1e21:
            assert models.gap_text(x) == theirs, x
    assert call("numberText", [[1.125], [-1.125]]) == ["1.13", "\N{MINUS SIGN}1.13"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"pressure": 1.2}, "pressure = 1.2"),
        ({"N": 2.5}, "N = 2.5"),
        ({"presure": 0.5}, "presure"),
        ({"first": "c"}, "first = c"),
    ],
)
def test_refusals(given: dict[str, Any], words: str) -> None:
    question = "(twin, given) => { try { twin.readOut(given); return '' } catch (error) { return error.message } }"
    assert words in ask(["model.js"], question, given)
    with pytest.raises(ValueError, match=words.split(" = ")[0]):
        read_out(given)
