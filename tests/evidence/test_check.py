"""`kdebate check` finds what importing or making a widget would trip over."""

import pytest

from kdebate import check as command
from kdebate.evidence import basket, check, ladder
from kdebate.tables import read, record
from tests.spoiled import edit


def spoil(place, name, change):
    """Change the rows of a table; return the line on which the last changed or added row stands."""
    line = []
    edit(place, name, lambda rows: line.append(change(rows) + 2))
    return line[0]


def test_the_tables_in_use_make_every_widget():
    assert check.problems(read.folder()) == []


def test_a_component_without_a_label_is_named_with_file_and_line(place, capsys):
    def add(rows):
        rows.append(rows[0] | {"component_id": "new_complaint"})
        return len(rows) - 1

    line = spoil(place, "hostile_policy_components", add)
    for _ in ("before it is recorded", "after"):
        assert command.main([str(place)]) == 1
        said = capsys.readouterr().out
        assert (
            f"data/hostile_policy_components.csv, row {line}, column component_id: (new_complaint) "
            "'new_complaint' is missing in kdebate/words/basket.toml, [item]." in said
        )
        record.refresh(place)


def test_a_component_without_a_label_breaks_no_widget(place):
    spoil(place, "hostile_policy_components", lambda rows: _set(rows, 0, "component_id", "new_one"))
    with read.instead(place):
        items = basket.record.__wrapped__()["items"]
    assert (items[0]["id"], items[0]["label"]) == ("new_one", items[0]["component"])


@pytest.mark.parametrize(
    ("table", "column", "value", "where"),
    [
        ("hostile_policy_components", "domain", "cyber", "kdebate/words/basket.toml, [domain]"),
        ("hostile_policy_components", "changeable_by", "eu", "kdebate/words/basket.toml, [who]"),
        ("hostile_policy_components", "granted", "later", "kdebate/words/basket.toml, [mark]"),
        ("enforcement_events", "direction", "shakes", "kdebate/words/enforcement.toml, [events]"),
        ("unsc_measures", "sector", "games", "kdebate/evidence/ladder.py, SECTORS"),
    ],
)
def test_a_value_that_no_widget_knows_is_named(place, table, column, value, where):
    line = spoil(place, table, lambda rows: _set(rows, 1, column, value))
    (problem, *_) = check.problems(place)
    assert (problem.file, problem.row, problem.column) == (f"{table}.csv", line, column)
    assert where in problem.sentence


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("unsc_resolutions", lambda rows: _drop(rows, "resolution_id", ladder.RUNGS[3])),
        ("exercises", lambda rows: _set(rows, _studied(rows), "end_date", "")),
        ("unsc_measures", lambda rows: _drop(rows, "measure_id", "UM-2321-12")),
        ("enforcement_events", lambda rows: _set(rows, 0, "date", "")),
    ],
    ids=["rung", "wave", "cap", "event"],
)
def test_a_table_that_no_widget_can_be_made_of_is_named(place, table, change):
    spoil(place, table, change)
    said = [str(problem) for problem in check.problems(place)]
    assert said, "nothing was reported"
    assert all("A widget would fail." in one for one in said)


def test_the_tables_in_use_are_read_again_afterwards(place):
    check.problems(place)
    assert read.folder() != place


def _set(rows, at, column, value):
    rows[at][column] = value
    return at


def _drop(rows, column, value):
    at = next(at for at, row in enumerate(rows) if row[column] == value)
    del rows[at]
    return at


def _studied(rows):
    """An exercise of the event study."""
    return next(
        at
        for at, row in enumerate(rows)
        if row["in_event_study"] == "true" and row["start_date"] > "2012"
    )
