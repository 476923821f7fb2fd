"""WavesExplorer without a browser: what it counts from the tables, and what it says."""

import json
import random

import numpy as np
import pandas as pd
import pytest
import traitlets

from kdebate import datasets
from kdebate.evidence import waves
from kdebate.widgets import BasketExplorer, WavesExplorer, _static, waves_view


def day_by_day(levers):
    """Count with plain loops over the tables, asking of every launch whether it lies in any exercise."""
    first, last = waves.LEADERS[levers["leader"]]
    held = datasets.load_exercises().query("in_event_study")
    held = held[held["start_date"].dt.year.between(2002, 2025)]
    if levers["type"] != "all":
        held = held[held["type"] == levers["type"]]
    margins = pd.Timedelta(days=levers["before"]), pd.Timedelta(days=levers["after"])
    spans = [
        (row.start_date - margins[0], row.end_date + margins[1], row.start_date)
        for row in held.itertuples()
    ]
    spans = [span[:2] for span in spans if first <= span[2].year <= last]
    missiles = datasets.load_missiles()
    if levers["disputed"] == "without":
        missiles = missiles[missiles["cns_id"] != 119]
    days = list(missiles["date_kst"])
    if levers["rule"] != "missiles":
        days = sorted(set(days))
    if levers["rule"] == "events":
        days += list(
            datasets.load_launch_events().query("cns_relation in ['none', 'dropped']")["date_kst"]
        )
    days = [day for day in days if first <= day.year <= last]
    return sum(any(low <= day <= high for low, high in spans) for day in days), len(days)


def test_counts_equal_plain_loops_over_the_tables():
    draw = random.Random(417)
    levers = WavesExplorer()._spec["levers"]
    for _ in range(40):
        chosen = {
            name: draw.choice(lever["choices"]) if "choices" in lever else draw.randint(0, 30)
            for name, lever in levers.items()
        }
        found = waves_view.findings(chosen)
        assert (found["inside"], found["total"]) == day_by_day(chosen), chosen


@pytest.mark.parametrize(
    ("code", "inside", "total"),
    [
        ("exercise-days", 69, 283),
        ("exercise-days,rule=events", 48, 195),
        ("exercise-days,rule=days", 33, 146),
        ("exercise-days,leader=kim_jong_il", 0, 15),
        ("exercise-days,leader=kim_jong_il,rule=days", 0, 3),
        ("exercise-days,disputed=without", 69, 282),
    ],
)
def test_what_the_chapter_states(code, inside, total):
    found = WavesExplorer.from_code(code).read_out
    assert (found["inside"], found["total"]) == (inside, total)


def test_moving_one_exercise_or_one_launch_changes_the_count(monkeypatch):
    """A wrong date in the tables must not pass unseen."""
    exercises = datasets.load_exercises()
    at = exercises.index[exercises["exercise_id"] == "X078"][0]
    moved = exercises.copy()
    moved.loc[at, ["start_date", "end_date"]] += pd.Timedelta(days=30)
    before = waves.record()
    monkeypatch.setattr(waves_view, "record", lambda: before | {"windows": waves._windows(moved)})
    assert WavesExplorer().read_out["inside"] != 69
    missiles = datasets.load_missiles()
    gone = missiles[missiles["date_kst"] != "2019-08-06"]
    launches = waves._launches(gone, datasets.load_launch_events())
    monkeypatch.setattr(waves_view, "record", lambda: before | {"launches": launches})
    assert WavesExplorer().read_out["inside"] == 67


def test_years_add_up_and_the_table_ends_with_all():
    explorer = WavesExplorer.from_code("two-weeks-around,leader=both")
    table, found = explorer.table, explorer.read_out
    assert table.iloc[:-1, 1:4].sum().tolist() == [
        found["days_inside"],
        found["inside"],
        found["outside"],
    ]
    assert table.iloc[-1, 1:4].tolist() == [found["days_inside"], found["inside"], found["outside"]]
    assert len(table) == 2025 - 2002 + 2


def test_read_out_is_plain():
    found = WavesExplorer().read_out
    flat = [value for value in found.values() if not isinstance(value, list)]
    assert not any(isinstance(value, np.generic) for value in [*flat, *found["swapped"]])


def test_levers_refuse_what_is_not_theirs_and_undo_works():
    explorer = WavesExplorer()
    with pytest.raises(traitlets.TraitError, match="days"):
        explorer.rule = "rockets"
    explorer.rule = "days"
    assert explorer.describe().startswith("33 of 146 launch days")
    assert explorer.undo().describe().startswith("69 of 283 missiles")
    with pytest.raises(ValueError, match="exercise-days"):
        explorer.code = "nonsense"


def test_nothing_to_count_is_said():
    explorer = WavesExplorer.from_code("exercise-days,leader=kim_jong_il,type=air")
    assert explorer.describe().startswith("Under this leader no exercise of this kind")


def test_the_chapters_widgets_fit_the_wire():
    """Modules, plotly and both explorers of chapter 02 together stay below 1 MB."""
    states = [WavesExplorer().page_state(), BasketExplorer().page_state()]
    sent = len(_static.modules()) + len(_static.plotly()) + len(json.dumps(states).encode())
    assert sent < 1_000_000
