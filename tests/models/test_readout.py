"""The read-outs: plain JSON for every setting, and refusals that help."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdebate import models
from kdebate.models import Deal, read_out

ORDER = [
    "N",
    "delta",
    "v_a",
    "v_b_full",
    "rho_a_legal",
    "rho_b",
    "q_b",
    "pressure",
    "e_china",
    "sigma",
    "h_a",
    "h_b",
    "a_a",
    "a_b",
    "deadline",
    "p",
    "theta",
    "first",
    "e_russia",
    "e_others",
    "q_a",
    "wait",
    "drift",
    "growth",
    "clean_sincere",
    "clean_cheating",
    "reports",
]
KEYS = [
    "margins",
    "weakest",
    "holds",
    "value_a",
    "value_b",
    "minimum_steps",
    "zone_low",
    "zone_high",
    "trust_a",
    "trust_b",
    "game",
    "pressure",
    "largest_share_by_deadline",
    "window_rounds_left",
    "value_now_a",
    "value_now_b",
    "pressure_then",
]


def value_of(name: str) -> st.SearchStrategy[Any]:
    lever = models.levers()[name]
    if "choices" in lever:
        return st.sampled_from(lever["choices"])
    if lever["step"] == 1:
        return st.integers(lever["min"], lever["max"])
    return st.floats(lever["min"], lever["max"]).map(lambda x: round(x, 9))  # no denormal numbers


settings_of_levers = st.fixed_dictionaries(
    {}, optional={name: value_of(name) for name in models.levers()}
)


def test_levers_and_their_order() -> None:
    assert list(models.levers()) == ORDER
    for name, lever in models.levers().items():
        words = {"label", "help", "unit", "short", "default"}
        assert words <= lever.keys(), name
        assert all(lever[word] != "" for word in words)
        if name != "first":
            assert lever["min"] <= lever["default"] <= lever["max"]
            steps = (lever["default"] - lever["min"]) / lever["step"]
            assert steps == pytest.approx(round(steps))


def test_labels_of_the_four_main_levers() -> None:
    found = {
        name: (models.levers()[name]["label"], models.levers()[name]["ends"])
        for name in ("N", "pressure", "q_b")
    }
    assert found == {
        "N": ("Number of slices", ["all at once", "24 slices"]),
        "pressure": ("Sanctions pressure", ["none", "full"]),
        "q_b": ("Chance per round that cheating is proven", ["never", "at once"]),
    }
    assert models.levers()["first"]["choice_labels"] == ["both at once", "Washington", "Pyongyang"]


def test_a_lever_that_moves_nothing_says_so() -> None:
    """A dead lever on screen would teach that the thing does not matter."""
    settings = [{}, {"N": 3, "first": "a", "wait": 3, "drift": -0.02}, {"N": 2, "pressure": 0.6}]
    for name, lever in models.levers().items():
        values = lever.get("choices") or [lever["min"], lever["max"]]
        found = [[read_out({**one, name: value}) for value in values] for one in settings]
        moves = any(row[0] != other for row in found for other in row[1:])
        assert moves != ("waits" in lever), name


def test_settings_are_copies() -> None:
    models.levers()["N"]["default"] = 99
    models.presets()["class-default"]["levers"]["N"] = 99
    assert models.levers()["N"]["default"] == 1
    assert models.presets()["class-default"]["levers"] == {}
    json.dumps([models.levers(), models.presets()], allow_nan=False)


def test_presets_show_one_of_each_kind() -> None:
    """Balanced: as many favour once as favour steps, and the names give nothing away."""
    found = {
        name: read_out(preset["levers"])["minimum_steps"]
        for name, preset in models.presets().items()
    }
    assert found.pop("mirror") == found["class-default"]
    assert found == {"class-default": 2, "both-want-it-more": 1, "pyongyang-harder-to-undo": 0}
    assert all(preset["stylised"] and preset["note"] for preset in models.presets().values())
    labels = [preset["label"] for preset in models.presets().values()]
    assert labels == [
        "Class default",
        "Both want it more",
        "Pyongyang's steps are harder to undo",
        "Mirror: the two sides swapped",
    ]


def weak_side(levers: dict[str, Any]) -> str:
    """The side whose gaps are the smaller ones, at one slice and at two."""
    sides = {read_out({**levers, "N": n})["weakest"]["side"] for n in (1, 2)}
    return sides.pop() if len(sides) == 1 else "both"


def test_the_opening_and_its_mirror_lean_to_opposite_sides() -> None:
    """The class default makes Washington the weaker side by its numbers alone; the mirror undoes that."""
    presets = models.presets()
    assert weak_side(presets["class-default"]["levers"]) == "a"
    assert weak_side(presets["mirror"]["levers"]) == "b"


def test_as_many_presets_favour_once_as_steps() -> None:
    """A mirror stands for the preset that it mirrors: it says the same of steps."""
    found = [
        read_out(preset["levers"])["minimum_steps"]
        for name, preset in models.presets().items()
        if name != "mirror"
    ]
    assert sum(n == 1 for n in found) == sum(n > 1 for n in found)


@pytest.mark.parametrize("first", ["both", "a", "b"])
@pytest.mark.parametrize("steps", [1, 2, 5, 24])
def test_the_mirror_is_exact_where_pressure_is_held(first: str, steps: int) -> None:
    swapped = {"both": "both", "a": "b", "b": "a"}[first]
    mirror = models.presets()["mirror"]
    plain = {"N": steps, "pressure": 0.8}
    here = read_out({**plain, "first": first})
    there = read_out({**plain, **mirror["levers"], "first": swapped})
    np.testing.assert_allclose(there["margins"], here["margins"][::-1], atol=1e-12)
    assert there["minimum_steps"] == here["minimum_steps"]
    for side, other in ("ab", "ba"):
        for key in ("value", "trust"):
            x, y = there[f"{key}_{side}"], here[f"{key}_{other}"]
            assert x == y or x == pytest.approx(y, abs=1e-12)


def test_the_mirror_breaks_when_pressure_moves() -> None:
    """Why the preset locks the lever."""
    mirror = models.presets()["mirror"]
    assert mirror["locked"] == ["pressure"]
    assert mirror["locked_why"]
    moved = {"N": 2, "pressure": 0.6}
    here, there = read_out(moved), read_out({**moved, **mirror["levers"]})
    assert np.abs(np.subtract(there["margins"], here["margins"][::-1])).max() > 0.05


def test_locks_name_levers_and_say_why() -> None:
    for preset in models.presets().values():
        assert set(preset.get("locked", [])) <= set(models.levers())
        assert ("locked" in preset) == bool(preset.get("locked_why"))


@settings(max_examples=200)
@given(settings_of_levers)
def test_plain_types_and_agreement(levers: dict[str, Any]) -> None:
    found = read_out(levers)
    assert list(found) == KEYS
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert type(found["holds"]) is bool
    assert type(found["minimum_steps"]) is int
    count, first = levers.get("N", 1), levers.get("first", "both")
    deal = models.effective_deal(levers)
    assert [len(row) for row in found["margins"]] == [count + 1] * 2
    assert found["holds"] == bool(0 < found["minimum_steps"] <= count)
    assert found["weakest"]["gap"] == pytest.approx(
        min(x for row in found["margins"] for x in row[:-1])
    )
    if found["holds"]:
        assert found["weakest"]["gap"] >= -1e-11
    assert (found["zone_low"] is None) == (found["zone_high"] is None)
    assert 0 <= found["pressure"] <= 1
    assert 0 <= found["largest_share_by_deadline"] <= 1
    if first != "both":
        assert found["trust_a"] is found["trust_b"] is found["game"] is None
        return
    expected = models.trust_needed(deal, count)
    assert [found["trust_a"] is None, found["trust_b"] is None] == np.isnan(expected).tolist()


@given(settings_of_levers.filter(lambda levers: levers.get("a_a", 0) == levers.get("a_b", 0) == 0))
def test_price_zone_says_what_holds(levers: dict[str, Any]) -> None:
    """Inside the zone the deal holds at that price, outside it does not."""
    levers = {**levers, "a_a": 0.0, "a_b": 0.0}
    low, high = read_out(levers)["zone_low"], read_out(levers)["zone_high"]

    def holds(theta: float) -> bool | None:
        return read_out({**levers, "theta": theta})["holds"] if 0.2 <= theta <= 4 else None

    if low is None:
        assert not any(holds(theta) for theta in np.linspace(0.2, 4, 20))
        return
    if high - low > 1e-6 * high:
        assert holds(low * (1 + 1e-7)) is not False
        assert holds(high * (1 - 1e-7)) is not False
    assert not holds(low * (1 - 1e-6))
    assert not holds(high * (1 + 1e-6))


def test_values_in_range_are_never_snapped() -> None:
    assert read_out({"pressure": 0.8004321})["pressure"] == 0.8004321
    assert models.effective_deal({"theta": 1.0012}).c_a == 1.0012


def test_no_pressure_means_the_parties() -> None:
    assert read_out({})["pressure"] == pytest.approx(0.8)
    assert read_out({"pressure": None, "e_china": 0.0})["pressure"] == pytest.approx(0.08)
    assert read_out({"e_china": 0.5, "sigma": 0.5})["pressure"] == pytest.approx(
        0.9 * 0.8 + 0.05 * 0.9 + 0.05 * 0.85
    )
    assert read_out({"pressure": 0.3, "e_china": 1.0})["pressure"] == 0.3


def test_effective_deal() -> None:
    deal = models.effective_deal(
        {"pressure": 0.5, "theta": 2.0, "h_a": 0.5, "h_b": 1.0, "v_b_full": 3.0, "rho_a_legal": 0.6}
    )
    assert (deal.v_b, deal.c_a, deal.c_b, deal.rho_a) == (3.0, 3.0, 2.0, 0.3)


def test_ties_name_the_earliest_slice_then_washington() -> None:
    tie = np.array([[0.2, 0.1, 0.1, -9.0], [0.1 + 5e-13, 0.3, 0.1, -9.0]])
    assert models.weakest(tie) == {"side": "b", "slice": 1, "gap": 0.1 + 5e-13}
    assert models.weakest(np.array([[0.1, 0.5], [0.1, 0.5]]))["side"] == "a"


def test_the_first_mover_counts_everywhere() -> None:
    levers = {"rho_a_legal": 0.7, "rho_b": 0.4, "pressure": 1.0, "v_b_full": 2.0, "q_b": 1.0}
    both, led = read_out(levers), read_out({**levers, "first": "a"})
    assert (both["holds"], both["minimum_steps"]) == (False, 15)
    assert (led["holds"], led["minimum_steps"]) == (True, 1)
    assert both["margins"][1] == led["margins"][1]
    assert led["margins"][0][0] > 0 > both["margins"][0][0]
    assert both["zone_high"] is None
    assert led["zone_low"] <= 1 <= led["zone_high"]
    assert read_out({**levers, "deadline": 14})["largest_share_by_deadline"] == 0
    assert read_out({**levers, "deadline": 14, "first": "a"})["largest_share_by_deadline"] == 1
    assert both["window_rounds_left"] == led["window_rounds_left"]  # keeping is the same for both


@pytest.mark.parametrize(
    ("deal", "steps", "game"),
    [
        (Deal(0.9, 2, 2, rho_a=0.6, rho_b=0.5, q_b=0.5), 1, "prisoners_dilemma"),
        (Deal(0.9, 2, 2, rho_a=0.6, rho_b=0.5, q_b=0.5), 2, "stag_hunt"),
        (Deal(0.9, 2, 2, rho_a=0.6, rho_b=0.3), 1, "neither"),
        (Deal(0.1, 2, 2, a_a=3, a_b=3), 1, "neither"),
    ],
)
def test_names_of_games(deal: Deal, steps: int, game: str) -> None:
    assert models.first_step_game(deal, steps) == game


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        ({"delta": 1.0}, "delta = 1 is outside its range, 0.3 to 0.99"),
        ({"N": 25}, "N = 25 .* 1 to 24"),
        ({"N": 2.5}, "N = 2.5 .* whole number"),
        ({"deadline": 0}, "deadline = 0"),
        ({"presure": 0.5}, "No lever named 'presure'. Choose one of: N, delta"),
        ({"first": "c"}, "first = 'c' is not a choice"),
        ({"theta": "dear"}, "theta = 'dear' is not a number"),
        ({"q_b": float("nan")}, "q_b = nan"),
        ({"q_b": [0.1, 0.2]}, "q_b = .* is not one number"),
    ],
)
def test_refusals(levers: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_out(levers)
