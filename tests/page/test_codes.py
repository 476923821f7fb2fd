"""The page reads and writes codes as Python does: the stored ones of each release, and those that are refused."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from kdebate import models
from kdebate.widgets import ConcessionExplorer, WavesExplorer, codes
from tests import stored_codes
from tests.page.in_node import ask

WRONG = [
    "N=٣",
    "N=３",
    "N=²",
    "N=2=3",
    "N=\u20033",
    "N=\x853",
    "N=",
    "N",
    "=3",
    "speed=3",
    "first=me",
    "N=many",
    "N=1e999",
]


READ = """(codes, spec, texts) => texts.map((text) => {
  try {
    const { state, notes } = codes.decode(spec, spec.words.code, text);
    return [state.preset, state.values, notes, codes.encode(spec, state)];
  } catch (error) { return error.message }
})"""


def read(spec: dict[str, Any], texts: list[str]) -> list[Any]:
    """What the page makes of codes: preset, values, notes and the code written anew, or its refusal."""
    return ask(["frame/codes.js"], READ, spec, texts)


@pytest.mark.parametrize("name", stored_codes.explorers())
def test_stored_codes_mean_the_same_in_page_and_python(name: str) -> None:
    spec = stored_codes.explorers()[name]
    cases = [case for _, one, case in stored_codes.stored() if one == name]
    told = read(spec, [case["code"] for case in cases])
    for case, (preset, values, notes, again) in zip(cases, told, strict=True):
        assert values.items() >= case["values"].items(), case["code"]
        assert [preset, values, notes] == [*codes.decode(spec, case["code"])]
        assert again == codes.encode(spec, preset, values)


def test_codes_survive_new_defaults_new_names_and_new_levers() -> None:
    spec = stored_codes.later(ConcessionExplorer.full_spec())
    cases = [case for _, name, case in stored_codes.stored() if name == "ConcessionExplorer"]
    texts = [*(case["code"] for case in cases), "patient-inspectors,N=2", "in-haste"]
    told = read(spec, texts)
    for text, (preset, values, notes, again) in zip(texts, told, strict=True):
        assert [preset, values, notes] == [*codes.decode(spec, text)], text
        assert again == codes.encode(spec, preset, values)
    for case, (_, values, *_) in zip(cases, told[: len(cases)], strict=True):
        assert values.items() >= case["values"].items(), case["code"]


def test_what_is_refused_is_refused_alike() -> None:
    spec = ConcessionExplorer.full_spec()
    texts = [f"class-default,{part}" for part in WRONG] + [
        *("", "nonsense", "constructor", "__proto__,N=2", "٣")
    ]
    for text, told in zip(texts, read(spec, texts), strict=True):
        with pytest.raises(ValueError, match=r"\w") as refusal:
            codes.decode(spec, text)
        assert told == str(refusal.value), text


def test_a_retired_name_is_strange_where_it_was_never_known() -> None:
    past = stored_codes.later(ConcessionExplorer.full_spec())["codes"]
    (told,) = read(WavesExplorer.full_spec() | {"codes": past}, ["patient-inspectors"])
    assert told.startswith("“patient-inspectors” is not a starting point.")


def test_what_a_paste_brings_along_is_left_away() -> None:
    said = "\ufeff class-default ,\n N\u00a0=\t2 ,, "
    ((_, values, _, _),) = read(ConcessionExplorer.full_spec(), [said])
    assert values["N"] == 2


def random_state(chance: random.Random) -> dict[str, Any]:
    """Every lever anywhere on its steps."""
    values: dict[str, Any] = {}
    for name, lever in models.levers().items():
        if "choices" in lever:
            values[name] = chance.choice(lever["choices"])
            continue
        low, high, step = lever["min"], lever["max"], lever["step"]
        value = low + step * chance.randrange(round((high - low) / step) + 1)
        values[name] = round(value) if step == 1 else round(value, 3)
    return values


def test_page_and_python_write_the_same_codes() -> None:
    spec = ConcessionExplorer()._spec
    chance = random.Random(20190228)
    states = [random_state(chance) for _ in range(300)]
    write = """(codes, spec, states) => states.map((values) => {
      const code = codes.encode(spec, { preset: "class-default", values });
      return [code, codes.decode(spec, spec.words.code, code).state.values];
    })"""
    told = ask(["frame/codes.js"], write, spec, states)
    for state, (text, back) in zip(states, told, strict=True):
        assert codes.encode(spec, "class-default", state) == text
        assert back == json.loads(json.dumps(state))
