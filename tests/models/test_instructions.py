"""What chapter 04 tells the learner to do can be done, on the screen where it is said."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from kdebate import models, words
from kdebate.questions import bank
from kdebate.widgets import ConcessionExplorer
from tests.page.in_node import ask

TESTS = Path(__file__).parents[1]
LISTED = tomllib.loads((TESTS / "cases" / "instructions.toml").read_text("utf-8"))
NOTEBOOK = json.loads(
    (TESTS.parent / "notebooks" / "04-concede-step-by-step.ipynb").read_text("utf-8")
)
TASKS = words.of("tasks")["task"]
CELLS = {cell["id"]: "".join(cell["source"]) for cell in NOTEBOOK["cells"]}
# Words that send a learner to a setting. A line with one of them must stand in the list.
SENDS = re.compile(
    r"\b(find (a|an|one|some|the \w+est)\b|make all\b|move\b.*\bto \d|choose \*[^*]|start from “)",
    re.I,
)


def explorer_of(cell: str) -> ConcessionExplorer:
    """The explorer that a cell of the notebook shows."""
    names: dict[str, Any] = {"ConcessionExplorer": ConcessionExplorer}
    exec(CELLS[cell], names)
    (found,) = [one for one in names.values() if isinstance(one, ConcessionExplorer)]
    return found


def explorers() -> dict[str, ConcessionExplorer]:
    """All explorers of the notebook that a learner can touch, by cell."""
    shown = [
        cell["id"]
        for cell in NOTEBOOK["cells"]
        if cell["cell_type"] == "code"
        and "ConcessionExplorer" in "".join(cell["source"])
        and "Folded(" not in "".join(cell["source"])
        and "import" not in "".join(cell["source"])
    ]
    return {cell: explorer_of(cell) for cell in shown}


def positions(lever: str) -> list[Any]:
    """Every position of a lever on the screen."""
    one = models.levers()[lever]
    if "choices" in one:
        return list(one["choices"])
    count = round((one["max"] - one["min"]) / one["step"])
    found = [round(one["min"] + k * one["step"], 4) for k in range(count + 1)]
    return [round(x) for x in found] if one["step"] == 1 else found


def settings(task: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every setting that the learner can reach by moving the free levers from the start."""
    start = ConcessionExplorer.from_code(task["start"]).values
    for values in product(*map(positions, task["free"])):
        yield {**start, **dict(zip(task["free"], values, strict=True))}


def solves(task: dict[str, Any], levers: dict[str, Any]) -> bool:
    read = models.read_out(levers)
    return all(read[key] == value for key, value in task["want"].items())


def asked() -> list[dict[str, Any]]:
    """All entries of the list."""
    return [entry for kind in LISTED.values() for entry in kind]


@pytest.mark.parametrize("entry", asked(), ids=lambda entry: entry["says"][:40])
def test_it_is_said_where_the_list_says(entry: dict[str, Any]) -> None:
    if "task" in entry:
        said = TASKS[entry["task"]]["text"]
    else:
        said = CELLS.get(entry.get("cell", "")) or bank.question(entry["question"])["prompt"]
    assert entry["says"] in said


@pytest.mark.parametrize("task", LISTED["find"], ids=lambda task: task["says"][:40])
def test_what_is_to_be_found_can_be_found(task: dict[str, Any]) -> None:
    explorer = explorer_of(task["explorer"])
    assert set(task["free"]) <= set(explorer.shown)
    begun = ConcessionExplorer.from_code(task["start"])
    assert begun.preset in explorer._spec["presets"]
    begins = _start(explorer, begun.preset)
    moved = {name for name, value in begun.values.items() if value != begins[name]}
    assert moved <= set(explorer.shown), "the start cannot be reached"
    assert not solves(task, begun.values), "done before it is begun"
    for code in task["solutions"]:
        levers = ConcessionExplorer.from_code(code).values
        assert levers in settings(task), code
        assert solves(task, levers), code
        if "best" in task:
            assert not better(task, begun.values, levers), code


def test_the_page_ticks_a_task_where_it_is_solved_and_nowhere_near() -> None:
    """Every task has solutions and settings beside them; the page's own rule tells them apart."""
    question = """(tasks, codes, spec, list, said, cases) => cases.map(([task, code]) =>
      tasks.solves(spec.levers, list[task], codes.decode(spec, said, code).state))"""
    assert {entry["task"] for entry in LISTED["find"]} == TASKS.keys()
    cases = [
        (entry["task"], code, is_solved)
        for entry in LISTED["find"]
        for codes, is_solved in ((entry["solutions"], True), (entry["near"], False))
        for code in codes
    ]
    spec, said = ConcessionExplorer.full_spec(), words.of("explorer")["code"]
    modules = ["explorers/tasks.js", "frame/codes.js"]
    found = ask(modules, question, spec, TASKS, said, [case[:2] for case in cases])
    assert found == [is_solved for *_, is_solved in cases]


def better(
    task: dict[str, Any], begun: dict[str, Any], levers: dict[str, Any]
) -> list[dict[str, Any]]:
    """Solutions that go further than one that is named, from the start on."""
    of, least = task["of"], task["best"] == "least"
    further = (
        one
        for one in settings(task)
        if one[of] < begun[of] and (one[of] < levers[of] if least else one[of] > levers[of])
    )
    return [one for one in further if solves(task, one)]


@pytest.mark.parametrize("task", LISTED["move"], ids=lambda task: task["says"][:40])
def test_what_is_to_be_watched_moves(task: dict[str, Any]) -> None:
    explorer = explorer_of(task["explorer"])
    assert task["lever"] in explorer.shown
    assert set(task["to"]) <= set(positions(task["lever"]))
    levers = [explorer.values] + [{**explorer.values, task["lever"]: to} for to in task["to"]]
    for before, after in pairwise(map(models.read_out, levers)):
        for key in task["watch"]:
            assert before[key] != after[key], key


@pytest.mark.parametrize("task", LISTED["choose"], ids=lambda task: task["says"][:40])
def test_a_start_that_is_named_is_there_under_that_name(task: dict[str, Any]) -> None:
    label = explorer_of(task["explorer"])._spec["presets"][task["preset"]]["label"]
    assert label.replace("'", "’") in task["says"].replace("'", "’")


@pytest.mark.parametrize("cell", explorers())
def test_what_a_prediction_asks_about_can_be_set_where_it_is_asked(cell: str) -> None:
    """A prediction that locks an explorer speaks of settings that its levers and starts can reach."""
    explorer = explorers()[cell]
    for name in explorer.asks:
        for setting in bank.named_settings(bank.question(name, "predict")).values():
            assert any(
                {id_ for id_, value in setting.items() if value != _start(explorer, preset)[id_]}
                <= set(explorer.shown)
                for preset in explorer._spec["presets"]
            ), (name, setting)


def _start(explorer: ConcessionExplorer, preset: str) -> dict[str, Any]:
    """Lever values of a start on this screen: as the explorer stands, if it has not been left."""
    levers = explorer._spec["presets"][preset]["levers"]
    if preset == explorer.preset:
        return explorer.values
    defaults = {name: lever["default"] for name, lever in models.levers().items()}
    return defaults | levers


def lines() -> Iterator[str]:
    """Every line of the chapter that could send a learner somewhere."""
    for cell in NOTEBOOK["cells"]:
        if cell["cell_type"] == "markdown":
            yield from "".join(cell["source"]).splitlines()
    for name, question in bank.questions().items():
        if name.startswith("04-"):
            yield question["prompt"]
    for task in TASKS.values():
        yield task["text"]


def test_no_instruction_is_missing_from_the_list() -> None:
    known = [entry["says"] for entry in asked()]
    for line in lines():
        if SENDS.search(line):
            assert any(said in line for said in known), line
