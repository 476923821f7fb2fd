"""The question files obey the rules, and each rule refuses what breaks it."""

import copy
import json
import re

import nbformat
import pytest

from kdebate import models
from kdebate.questions import bank

GOOD = {
    "notebook": "09-test",
    "filed": "2019-04-20",
    "question": {
        "09-quiz": {
            "kind": "quiz",
            "prompt": "Which?",
            "hints": ["Look at the first row.", "Look at the second row."],
            "options": [
                {"id": "one", "text": "One", "right": True, "feedback": "Yes, as the row says."},
                {"id": "two", "text": "Two", "feedback": "Look at the row again."},
            ],
        },
        "09-predict": {
            "kind": "predict",
            "prompt": "What?",
            "ask": "choice",
            "options": [{"id": "up", "text": "Up"}, {"id": "down", "text": "Down"}],
            "answer": "up",
        },
        "09-forecast": {
            "kind": "forecast",
            "prompt": "Will it?",
            "resolves": "the table has one from 21 April 2019 to 31 December 2019.",
            "opens": "2019-04-21",
            "date": "2019-12-31",
            "source": "The table.",
            "rows": [{"table": "missiles", "day": "date_kst", "where": {"class": ["SRBM"]}}],
        },
        "09-code": {
            "kind": "code",
            "prompt": "Sort these.",
            "codes": [
                {"id": "a", "label": "A", "meaning": "The one."},
                {"id": "b", "label": "B", "meaning": "The other."},
            ],
            "items": [{"text": "First words."}, {"text": "Second words."}],
        },
    },
}


def toml(value) -> str:
    """JSON is TOML where it stands on the right of an equals sign, but for its colons."""
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


@pytest.fixture
def faults(tmp_path):
    """What the check says about one file."""

    def check(file, name="09-test.toml"):
        text = "\n".join(f"{key} = {toml(value)}" for key, value in file.items())
        (tmp_path / name).write_text(text)
        return bank.faults(tmp_path)

    return check


def test_the_package_has_no_faults():
    assert bank.faults() == []
    assert len(bank.questions()) >= 10


def test_a_good_file_has_no_faults(faults):
    assert faults(GOOD) == []


def _at(file, path):
    *parents, last = path
    for key in parents:
        file = file[key]
    return file, last


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("question", "09-quiz", "options", 1, "feedback"), None, "'feedback' is a required"),
        (("question", "09-quiz", "options", 1, "feedback"), "No.", "too short"),
        (("question", "09-quiz", "options", 0, "right"), None, "does not contain"),
        (("question", "09-quiz", "options", 1, "right"), True, "Too many items"),
        (("question", "09-quiz", "options", 1, "id"), "one", "same id"),
        (("question", "09-quiz", "hints"), ["Only one hint here."], "too short"),
        (("question", "09-quiz", "colour"), "red", "'colour' was unexpected"),
        (("question", "09-quiz", "kind"), "riddle", "'riddle' is not one of"),
        (("question", "09-predict", "options"), None, "'options' is a required"),
        (("question", "09-predict", "answer"), "left", "none of the options"),
        (("question", "09-code", "items", 0, "ours"), ["c"], "ours is none of the codes: c"),
        (("question", "09-code", "sources_after"), ["09-nowhere"], "no question of this file"),
        (("question", "09-code", "ours_column"), "kind", "'table' is a dependency"),
        (("question", "09-forecast", "date"), "2021-02-30", "no day of the calendar"),
        (("question", "09-forecast", "resolves"), None, "'resolves' is a required"),
        (("question", "09-forecast", "opens"), None, "'opens' is a required"),
        (("question", "09-forecast", "source"), None, "'source' is a required"),
        (("question", "09-forecast", "opens"), "2020-01-01", "not after date"),
        (("question", "09-forecast", "resolves"), "one on or before that day.", "in words"),
        (
            ("question", "09-forecast", "opens"),
            "2019-04-17",
            "already decided on the day of filing",
        ),
        (("question", "09-forecast", "vague"), True, "'detail' is a required"),
        (("filed",), None, "say"),
        (("question", "09-code", "items", 0), {"row": "X1"}, "need table and column"),
        (("question", "9-quiz"), {"kind": "reflect", "prompt": "Why?"}, "does not match"),
        (("question", "08-quiz"), {"kind": "reflect", "prompt": "Why?"}, "begin with the"),
        (("notebook",), "09-other", "must have that name"),
    ],
)
def test_a_rule_refuses(faults, path, value, said):
    file = copy.deepcopy(GOOD)
    place, last = _at(file, path)
    if value is None:
        del place[last]
    else:
        place[last] = value
    found = faults(file)
    assert any(said in fault for fault in found), found


def test_ids_are_unique_and_never_reused(faults, monkeypatch, tmp_path):
    monkeypatch.setattr(bank, "retired", lambda: {"09-quiz"})
    assert faults(GOOD) == ["09-quiz: this id is retired; choose a new one."]
    monkeypatch.setattr(bank, "retired", set)
    (tmp_path / "09-twin.toml").write_text((tmp_path / "09-test.toml").read_text())
    assert any("stands in two files" in fault for fault in bank.faults(tmp_path))


def test_a_file_that_is_not_toml_is_named(tmp_path):
    (tmp_path / "09-test.toml").write_text("this is = = not")
    assert "09-test.toml: is not TOML" in bank.faults(tmp_path)[0]


def test_an_unknown_id_names_its_neighbours():
    with pytest.raises(ValueError, match="04-two-slices"):
        bank.question("04-three-slices")
    with pytest.raises(ValueError, match=r"Quiz\('04-end-last-slice'\)"):
        bank.question("04-end-last-slice", "predict")


def test_objectives_are_those_of_the_notebook(root):
    for asked in bank.questions().values():
        path = root / "notebooks" / f"{asked['notebook']}.ipynb"
        if path.is_file():
            known = nbformat.read(path, as_version=4).metadata.kdebate["objectives"]
            assert set(asked.get("objectives", [])) <= set(known), asked["id"]


def test_every_objective_is_asked_about(root):
    """One without a question would be a promise that nobody can look after."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        known = nbformat.read(path, as_version=4).metadata.kdebate["objectives"]
        asked = {
            objective
            for question in bank.questions().values()
            if question["notebook"] == path.stem
            for objective in question.get("objectives", [])
        }
        assert set(known) - asked == set(), path.stem


def test_results_hold_no_typed_decimals():
    """Numbers with decimals come from the model or the data, through a name in braces."""
    for asked in bank.questions().values():
        assert not re.search(r"\d\.\d", asked.get("result", "")), asked["id"]


def forecasts():
    return [asked for asked in bank.questions().values() if asked["kind"] == "forecast"]


def test_every_forecast_can_be_scored_but_the_one_that_is_vague_on_purpose():
    """The tables decide what they can; before its first day each rule is open, and without one some never were."""
    assert [asked["id"] for asked in forecasts() if asked.get("vague")] == ["01-forecast-turn"]
    decided = {
        asked["id"].removeprefix("01-forecast-"): bool(bank.decided_by(asked, asked["date"]))
        for asked in forecasts()
        if "rows" in asked
    }
    assert decided == {
        "putin": True,
        "meeting": True,
        "missile": True,
        "long-range": False,
        "listing": False,
        "nuclear": False,
    }
    always = [a for a in forecasts() if bank.decided_by(a, "2019-04-20", since="1900-01-01")]
    assert len(always) >= 5
    assert not any(bank.decided_by(asked, "2019-04-20") for asked in forecasts())


def test_the_right_rule_of_the_quiz_keeps_the_lesson():
    """The model answer names a first and a last day, as every forecast of the chapter does."""
    right = [o for o in bank.question("01-end-rule")["options"] if o.get("right")]
    assert re.search(r"from \d+ \w+ to \d+ \w+ \d{4}", right[0]["text"])


def minimum(**levers) -> int:
    return models.read_out(models.lever_values(levers))["minimum_steps"]


# What the options of notebook 04 stand for, worked out by the model.
def band(steps: int) -> str:
    bands = {0: "none", 1: "one", 2: "two"}
    return bands.get(steps) or ("few" if steps <= 6 else "many")


def test_answers_of_notebook_04_are_the_models():
    answers = {name: asked.get("answer") for name, asked in bank.questions().items()}
    for name, pressure in {"60": 0.6, "50": 0.5, "100": 1.0}.items():
        assert answers[f"04-pressure-{name}"] == band(minimum(pressure=pressure))
    gaps = models.read_out(models.lever_values({"N": 1}))["margins"]
    assert [row[0] < 0 for row in gaps] == [True, True]
    assert answers["04-who-cheats"] == "both"
    once, two = (models.read_out(models.lever_values({"N": n})) for n in (1, 2))
    assert two["holds"]
    assert two["value_a"] < once["value_a"]
    assert answers["04-two-slices"] == "holds-worth-less"
    assert minimum(v_a=2.4, v_b_full=3.0) == 1
    assert answers["04-both-want-more"] == "once"
    assert minimum(rho_b=0.3) == 0
    assert answers["04-harder-to-undo"] == "nothing"
