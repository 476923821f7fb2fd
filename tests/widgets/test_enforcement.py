"""EnforcementExplorer without a browser: words, records, locks; and that the page says the same."""

from __future__ import annotations

import json
import random
import re
import runpy
from pathlib import Path

import pandas as pd
import pytest

from kdebate import models, words
from kdebate.exercises import Draw
from kdebate.widgets import EnforcementExplorer, LadderExplorer
from kdebate.widgets.teller import tell
from tests.points import some

WORDS = words.of("enforcement")
NAMES = {"a": "Washington", "b": "Pyongyang"}
HALF = "half-willing-neighbours"
CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture
def explorer() -> EnforcementExplorer:
    return EnforcementExplorer()


# ---- the model view ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sigma", "pressure", "chip", "slices"),
    [(0, "0.51", "No deal", 0), (0.2, "0.62", "A deal can", 2), (0.5, "0.79", "A deal can", 2)],
)
def test_stored_setting(sigma: float, pressure: str, chip: str, slices: int) -> None:
    explorer = EnforcementExplorer(preset=HALF)
    explorer.sigma = sigma
    assert explorer.read_out["minimum_steps"] == slices
    assert tell(
        explorer._told_words, "chip", models.facts(explorer.values) | {"locked": False}
    ).startswith(chip)
    assert explorer.describe().startswith(f"Pressure is {pressure}")


def test_opens_at_the_class_default(explorer: EnforcementExplorer) -> None:
    assert "pressure" not in explorer.values
    assert explorer.read_out["pressure"] == pytest.approx(0.8)
    assert models.number_text(explorer.read_out["relief_worth"]) == "2.00"
    assert models.number_text(explorer.read_out["snapback"]) == "0.60"
    assert explorer.shown == ["e_china", "sigma", "e_russia", "e_others"]
    assert set(models.read_out({})) <= set(explorer.read_out)


def test_too_much_pressure_is_said() -> None:
    explorer = EnforcementExplorer(preset="pyongyang-harder-to-undo")
    assert "too much" in explorer.describe()
    explorer.e_china = 0.5
    assert explorer.read_out["minimum_steps"] == 6
    explorer.e_china = 0.4
    assert "too little" in explorer.describe()


def test_table_adds_up(explorer: EnforcementExplorer) -> None:
    explorer.sigma = 0.3
    heads = WORDS["table"]
    assert explorer.table[heads["adds"]].sum() == pytest.approx(explorer.read_out["pressure"])
    assert list(explorer.table[heads["party"]]) == ["China", "Russia", "others"]


def test_code_undo_and_reset(explorer: EnforcementExplorer) -> None:
    explorer.sigma = 0.4
    assert explorer.code == "class-default,sigma=0.4"
    assert EnforcementExplorer.from_code(explorer.code).sigma == 0.4
    assert explorer.undo().sigma == 0
    assert explorer.redo().sigma == 0.4
    assert explorer.reset(HALF).e_china == 0.5


def test_sentences_are_short(explorer: EnforcementExplorer) -> None:
    draw = random.Random(2371)
    levers = explorer.full_spec()["levers"]
    for _ in range(400):
        found = models.facts(some(draw, levers)) | {"locked": False}
        assert len(tell(explorer._told_words, "sentence", found).split()) <= 24, found


# ---- the view of pressure alone ------------------------------------------------------------------


def every_text(value: object) -> list[str]:
    """All texts in the words of a view."""
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list):
        return [text for one in value for text in every_text(one)]
    return [value] if isinstance(value, str) else []


def test_the_view_of_pressure_says_nothing_of_slices() -> None:
    """Chapter 03 knows pressure only; slices and their bands belong to chapter 04."""
    explorer = EnforcementExplorer(view="pressure")
    said = every_text(explorer._spec["own"])
    assert len(said) > 20
    later = re.compile(r"slice|fewest|minimum_steps|s_K|s_max|at once")
    assert not [text for text in said if later.search(text)]
    assert "record" not in explorer._spec["own"]
    assert explorer.shown == ["e_china", "sigma"]
    assert explorer.page_state()["_module"] == "explorers/pressure.js"


@pytest.mark.parametrize(
    ("levers", "pressure", "worth", "back"),
    [
        ({}, "0.80", "2.00", "0.60"),
        ({"e_china": 0.5}, "0.53", "1.33", "0.40"),
        ({"e_china": 0.5, "sigma": 0.5}, "0.81", "2.02", "0.61"),
    ],
)
def test_the_view_of_pressure_says_what_the_model_says(
    levers: dict[str, float], pressure: str, worth: str, back: str
) -> None:
    explorer = EnforcementExplorer(view="pressure", **levers)
    for number in (pressure, worth, back):
        assert number in explorer.describe()
    assert explorer.read_out == EnforcementExplorer(**levers).read_out


@pytest.mark.parametrize(
    "code",
    [f"{HALF},sigma=0.2", "pyongyang-harder-to-undo,e_china=0.5", "class-default,v_a=3"],
)
def test_codes_of_the_other_view_open_in_the_view_of_pressure(code: str) -> None:
    explorer = EnforcementExplorer(view="pressure")
    explorer.code = code
    assert explorer.code == code
    assert explorer.values == EnforcementExplorer.from_code(code).values


def test_an_unknown_view_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="view='bands': allowed are slices, pressure"):
        EnforcementExplorer(view="bands")


# ---- the events ---------------------------------------------------------------------------------


def test_events_are_all_there_and_dated(explorer: EnforcementExplorer) -> None:
    events = explorer._spec["own"]["record"]["events"]
    assert len(events) == 89
    directions = pd.Series([event["direction"] for event in events]).value_counts()
    assert directions.to_dict() == {
        "tightens": 45,
        "loosens": 22,
        "exposes_evasion": 14,
        "neutral": 8,
    }
    assert [event["year"] for event in events] == sorted(event["year"] for event in events)
    assert all(event["when"].endswith(event["year"]) for event in events)
    assert all(WORDS["events"][event["direction"]] for event in events)


def test_page_state_is_plain(explorer: EnforcementExplorer) -> None:
    state = json.loads(json.dumps(explorer.page_state()))
    assert {"_module", "_spec", "history", "shown"} <= set(state)
    assert len(json.dumps(state)) < 200_000


# ---- chapters of module 0.1.0 -------------------------------------------------------------------


def test_an_earlier_chapter_gets_what_its_views_are_now() -> None:
    """The calls of chapter 03 as learners have them in their own copies."""
    ladder = EnforcementExplorer(views=["ladder"])
    assert isinstance(ladder, LadderExplorer)
    assert ladder.describe().startswith("Shows. ")
    cards = EnforcementExplorer(views=["lines"], lines=["share", "un_list"]).children
    assert all(isinstance(card, Draw) for card in cards)
    assert [card.question_id for card in cards] == ["03-line-share", "03-line-un-list"]
    years = EnforcementExplorer(views=["lines"], lines=["coal", "coal_years"]).children
    assert [card.question_id for card in years] == ["03-line-coal"]
    assert len(EnforcementExplorer(views=["lines"]).children) == 7
    model = EnforcementExplorer(["e_china"], views=["enforcement"], predict="03-china-halves")
    assert isinstance(model, EnforcementExplorer)
    assert (model.shown, model.predict) == (["e_china"], "")  # nobody asks it any more
    whole = EnforcementExplorer(views=["ladder", "lines", "enforcement"])
    assert isinstance(whole, EnforcementExplorer)
    with pytest.raises(ValueError, match="allowed are enforcement, ladder, lines"):
        EnforcementExplorer(views=["map"])


def test_chapter_03_of_the_first_version_still_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner's own copy, cell after cell, as long as the module is the newer one."""
    monkeypatch.chdir(tmp_path)
    left = runpy.run_path(str(CASES / "chapter_03_0_1_0.txt"))
    assert isinstance(left["ladder"], LadderExplorer)
    assert [card.question_id for card in left["oil"].children] == ["03-line-oil"]
    assert left["sandbox"].read_out["s_max"] == pytest.approx(0.72, abs=0.005)
