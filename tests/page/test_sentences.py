"""What the page and Python say from the tables of the words: the same, and every row of every table is said."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest

from kdebate import models
from kdebate.widgets import ConcessionExplorer, EnforcementExplorer, WavesExplorer, waves_view
from kdebate.widgets.explorer import Explorer
from kdebate.widgets.teller import choose, tell
from tests import points
from tests.page.in_node import ask

# Per explorer: how Python finds the facts, the page's module that does, the module that knows what a change did.
Facts = Callable[[dict[str, Any]], dict[str, Any]]
PRESSURE = type(EnforcementExplorer(view="pressure"))
EXPLORERS: dict[type[Explorer], tuple[Facts, str, str]] = {
    PRESSURE: (models.facts, "facts.js", "explorers/enforcement_view.js"),
    ConcessionExplorer: (models.facts, "facts.js", "explorers/concession_view.js"),
    EnforcementExplorer: (models.facts, "facts.js", "explorers/enforcement_view.js"),
    WavesExplorer: (waves_view.facts, "explorers/waves_view.js", ""),
}
NEAR = ("N", "first", "pressure", "q_b", "rho_b", "rho_a_legal", "delta", "e_china", "sigma")
RARE = [  # states that chance seldom meets
    {"N": 8, "v_a": 2.2, "v_b_full": 1.8, "delta": 0.84, "rho_b": 0.35, "rho_a_legal": 0.9, "q_b": 0.35, "pressure": 0.64},
    {"N": 2, "pressure": 0.6},
    {"N": 4, "v_a": 4.4, "rho_b": 0.3, "h_b": 1.0, "theta": 1.06, "q_a": 0.2},
    {"N": 3, "delta": 0.88, "rho_a_legal": 0.2, "rho_b": 0.2, "pressure": 0.91},
    {"N": 2, "delta": 0.83, "rho_a_legal": 0.15, "rho_b": 0.1, "q_b": 0.6, "pressure": 0.79, "first": "b"},
    {"wait": 1, "first": "a"},
]  # fmt: skip
QUESTION = """(teller, source, view, words, states) => {
  const find = (levers) => source.facts.length === 2 ? source.facts(words.record, levers) : source.facts(levers);
  const change = view.change ?? ((before, after) => ({ before, after }));
  const names = Object.keys(words).filter((name) => typeof words[name] === "string" || words[name][0]?.text !== undefined);
  return states.map(([levers, locked, other]) => {
    const found = { ...find(levers), locked };
    const changed = change(find(other), found);
    const said = names.filter((name) => name !== "change").map((name) => [name, teller.tell(words, name, found)]);
    return { ...Object.fromEntries(said), change: teller.tell(words, "change", changed), shown: teller.told(words, found, null) };
  });
}"""


def states(
    explorer: type[Explorer], count: int
) -> list[tuple[dict[str, Any], bool, dict[str, Any]]]:
    """Settings, whether the levers are locked, and the setting before the last change."""
    draw = random.Random(1)
    levers = explorer.full_spec()["levers"]
    start = {name: lever["default"] for name, lever in levers.items()}
    near = [name for name in NEAR if name in levers] or [*levers]
    found = []
    for i in range(count):
        names = near if i % 2 else [name for name in levers if draw.random() < 0.5]
        point = (
            start
            | points.values(draw, levers, names)
            | ({"N": 1} if i % 3 == 0 and "N" in levers else {})
        )
        other = point | points.values(draw, levers, [draw.choice(near)])
        found.append((point, i % 7 == 6, other))
    rare = [{name: value for name, value in one.items() if name in levers} for one in RARE]
    return found + [(start | one, False, start) for one in rare if one]


def tables(words: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The tables among the words: lists of rows with a text."""
    return {
        name: rows
        for name, rows in words.items()
        if isinstance(rows, list) and isinstance(rows[0], dict) and "text" in rows[0]
    }


def tagged(words: dict[str, Any]) -> dict[str, Any]:
    """The same words, but every row of a table says where it stands too."""
    marked = {
        name: [row | {"text": f"<{name} {i}>{row['text']}"} for i, row in enumerate(rows)]
        for name, rows in tables(words).items()
    }
    return words | marked


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_page_and_python_say_the_same_and_every_row_is_said(explorer: type[Explorer]) -> None:
    facts, source, view = EXPLORERS[explorer]
    words = tagged(explorer()._told_words)
    settings = states(explorer, 150 if explorer is WavesExplorer else 1500)
    page = ask(["teller.js", source, view or source], QUESTION, words, settings)
    said = set()
    for (levers, locked, _), told in zip(settings, page, strict=True):
        shown, found = told.pop("shown"), facts(levers) | {"locked": locked}
        change = told.pop("change")
        assert told == {name: tell(words, name, found) for name in told if name != "change"}, levers
        chip = choose(words["chip"], found)
        assert (shown["verdict"], shown["sentence"]) == (chip["is"], told["sentence"])
        assert "{" not in "".join([*told.values(), change])
        assert re.sub("<[^>]*>", "", told["sentence"]), levers
        # What stands in no sentence, chip, read-out, picture in words or change is said nowhere.
        said |= set(re.findall(r"<(\w+) (\d+)>", str(shown) + change))
    rows = {(name, str(i)) for name, rows in tables(words).items() for i in range(len(rows))}
    assert rows == said
