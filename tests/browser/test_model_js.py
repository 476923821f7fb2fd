"""The browser's model beside Python's, in a real browser: equal to 1e-9, and no word apart."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from kdebate import models
from kdebate.models import Deal, read_out

pytestmark = pytest.mark.browser

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


@pytest.fixture(scope="module")
def twin(browser: Browser, static_url: str) -> Iterator[Page]:
    """A page that has imported `model.js`, and nothing else."""
    page = browser.new_page()
    page.goto(f"{static_url}/model.js")
    page.evaluate(
        "url => import(url).then(model => { globalThis.model = model })", f"{static_url}/model.js"
    )
    yield page
    page.close()


def call(twin: Page, name: str, rows: list[list[Any]]) -> list[Any]:
    """Call one function of the twin for every row of arguments; nan comes back as None."""
    script = "([name, rows]) => JSON.parse(JSON.stringify(rows.map(row => globalThis.model[name](...row))))"
    return list(twin.evaluate(script, [name, rows]))


def plain(found: Any) -> Any:
    """What JSON makes of an answer of Python's."""
    if isinstance(found, (tuple, list, np.ndarray)):
        return [plain(x) for x in found]
    if isinstance(found, dict):
        return {key: plain(x) for key, x in found.items()}
    if isinstance(found, (float, np.floating)):
        return float(found) if math.isfinite(found) else None
    return found.item() if isinstance(found, np.generic) else found


def same(mine: Any, theirs: Any, where: Any) -> None:
    """Equal, numbers to 1e-9; a truth value is no number."""
    assert isinstance(mine, bool) == isinstance(theirs, bool), where
    if isinstance(mine, dict):
        assert mine.keys() == theirs.keys(), where
        for key in mine:
            same(mine[key], theirs[key], (key, where))
    elif isinstance(mine, list):
        assert len(mine) == len(theirs), where
        for x, y in zip(mine, theirs, strict=True):
            same(x, y, where)
    elif isinstance(mine, float):
        assert theirs == pytest.approx(mine, rel=1e-9, abs=1e-9), where
    else:
        assert mine == theirs, where


def random_levers(rng: random.Random) -> dict[str, Any]:
    """Values for some of the levers: anywhere in the range, on a step, or at an end."""
    chosen = {name: one for name, one in LEVERS.items() if rng.random() < 0.7}
    return {name: random_value(rng, name, one) for name, one in chosen.items()}


def random_value(rng: random.Random, name: str, lever: dict[str, Any]) -> Any:
    if "choices" in lever:
        return rng.choice(lever["choices"])
    low, high, step = lever["min"], lever["max"], lever["step"]
    if step == 1:
        return rng.randint(low, high)
    kind = rng.random()
    if kind < 0.5:
        return rng.uniform(low, high)
    ends = (
        (low, high)
        if kind > 0.9
        else (min(low + step * rng.randrange(round((high - low) / step)), high),)
    )
    return rng.choice(ends)


def test_random_lever_settings(twin: Page) -> None:
    rng = random.Random(20190228)
    settings = [random_levers(rng) for _ in range(POINTS)]
    orders = [one.get("first", "both") for one in settings]
    assert min(orders.count(first) for first in LEVERS["first"]["choices"]) > POINTS / 5
    for given, theirs in zip(
        settings, call(twin, "readOut", [[one] for one in settings]), strict=True
    ):
        same(read_out(given), theirs, given)


def test_corners(twin: Page) -> None:
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
    for given, theirs in zip(
        settings, call(twin, "readOut", [[one] for one in settings]), strict=True
    ):
        same(read_out(given), theirs, given)


def test_presets_and_nothing_given(twin: Page) -> None:
    settings = [{}, *(preset["levers"] for preset in models.presets().values())]
    assert call(twin, "readOut", [[]])[0] == call(twin, "readOut", [[{}]])[0]
    for given, theirs in zip(
        settings, call(twin, "readOut", [[one] for one in settings]), strict=True
    ):
        same(read_out(given), theirs, given)


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


def test_single_functions(twin: Page) -> None:
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
            for deal, theirs in zip(deals, call(twin, name, rows), strict=True):
                same(plain(mine(Deal(**deal), steps)), theirs, (name, deal, steps))
        for first, (name, mine) in product(
            ("both", "a", "b", None),
            (("margins", models.margins), ("priceZone", models.price_zone)),
        ):
            rows = [[deal, steps, {"first": first}] for deal in deals]
            for deal, theirs in zip(deals, call(twin, name, rows), strict=True):
                same(plain(mine(Deal(**deal), steps, first)), theirs, (name, first, deal, steps))
        step = (steps + 1) // 2
        for deal, theirs in zip(
            deals, call(twin, "trustNeeded", [[d, steps, step] for d in deals]), strict=True
        ):
            same(
                plain(models.trust_needed(Deal(**deal), steps, step)),
                theirs,
                ("trust", deal, steps),
            )


def test_fewest_steps_and_schedules(twin: Page) -> None:
    rng = random.Random(8)
    deals = stored_deals() + [random_deal(rng) for _ in range(300)]
    for first, limit in (("both", 24), ("a", 24), ("b", 24), (None, 60)):
        rows = [[deal, {"first": first, "limit": limit}] for deal in deals]
        for deal, theirs in zip(deals, call(twin, "minimumSteps", rows), strict=True):
            assert theirs == models.minimum_steps(Deal(**deal), first, limit), (first, deal)
    for deal, theirs in zip(
        deals, call(twin, "fewestStepsSchedule", [[deal] for deal in deals]), strict=True
    ):
        same(plain(models.fewest_steps_schedule(Deal(**deal))), theirs, deal)


def test_numbers_on_screen(twin: Page) -> None:
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
            for x, theirs in zip(
                numbers, call(twin, name, [[x, digits] for x in numbers]), strict=True
            ):
                if abs(x) < 1e21:
                    assert mine(x, digits) == theirs, (name, x, digits)
    for x, theirs in zip(numbers, call(twin, "gapText", [[x] for x in numbers]), strict=True):
        if abs(x) < 1e21:
            assert models.gap_text(x) == theirs, x
    assert call(twin, "numberText", [[1.125], [-1.125]]) == ["1.13", "\N{MINUS SIGN}1.13"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"pressure": 1.2}, "pressure = 1.2"),
        ({"N": 2.5}, "N = 2.5"),
        ({"presure": 0.5}, "presure"),
        ({"first": "c"}, "first = c"),
    ],
)
def test_refusals(twin: Page, given: dict[str, Any], words: str) -> None:
    script = "given => { try { globalThis.model.readOut(given); return '' } catch (error) { return error.message } }"
    assert words in twin.evaluate(script, given)
    with pytest.raises(ValueError, match=words.split(" = ")[0]):
        read_out(given)
