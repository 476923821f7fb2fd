"""Codes mean for ever what they meant when they were written down; the page's twin: tests/browser/test_concession_codes.py."""

import re

import pytest

from kdebate.widgets import ConcessionExplorer, codes
from tests import stored_codes

STORED = stored_codes.stored()
EXPLORERS = stored_codes.explorers()


@pytest.mark.parametrize(("release", "name", "case"), STORED)
def test_stored_codes_still_mean_what_they_meant(release, name, case):
    spec = EXPLORERS[name]
    preset, values, notes = codes.decode(spec, case["code"])
    for lever, value in case["values"].items():
        assert values[lever] == value, (
            f"{release}: “{case['code']}” meant {lever} = {value}. In widgets/codes.toml, "
            f"[silent.{preset}] must say: {lever} = {value!r}"
        )
    assert notes == []
    assert codes.decode(spec, codes.encode(spec, preset, values))[1] == values


def test_each_release_has_its_codes_stored(root):
    released = re.findall(r"^## (\d+\.\d+\.\d+)", (root / "CHANGELOG.md").read_text(), re.M)
    have = {release for release, *_ in STORED}
    missing = {f"codes_{version.replace('.', '_')}" for version in released} - have
    assert not missing, "run: python -m tools.store_codes"


def test_what_is_retired_leads_somewhere():
    for spec in EXPLORERS.values():
        for old, lead in spec["codes"]["retired"].items():
            assert old not in spec["presets"], f"{old} is a starting point again"
            if lead["now"] in spec["presets"]:
                assert set(lead["levers"]) <= set(spec["levers"])


def test_codes_survive_new_defaults_new_names_and_new_levers():
    before = ConcessionExplorer.full_spec()
    after = stored_codes.later(before)
    for _, name, case in STORED:
        if name == "ConcessionExplorer":
            _, values, _ = codes.decode(after, case["code"])
            assert {lever: values[lever] for lever in case["values"]} == case["values"]
            assert values["haste"] == 0.0
    preset, values, _ = codes.decode(after, "patient-inspectors,N=2")
    assert (preset, values["q_b"], values["N"]) == ("class-default", 0.25, 2)


def test_a_retired_name_is_strange_where_it_was_never_known():
    spec = EXPLORERS["WavesExplorer"] | {
        "codes": stored_codes.later(ConcessionExplorer.full_spec())["codes"]
    }
    with pytest.raises(ValueError, match="“patient-inspectors” is not a starting point"):
        codes.decode(spec, "patient-inspectors")


def test_a_code_names_a_lever_whose_default_has_moved():
    after = stored_codes.later(ConcessionExplorer.full_spec())
    start = codes.preset_values(after, "class-default")
    assert codes.encode(after, "class-default", start) == "class-default,pressure=0.85"
    assert codes.encode(after, "class-default", start | {"pressure": 0.8}) == "class-default"
    assert codes.encode(after, "in-haste", codes.preset_values(after, "in-haste")) == "in-haste"


def test_an_explorer_whose_default_has_moved_starts_at_the_new_one(monkeypatch):
    after = stored_codes.later(ConcessionExplorer.full_spec())
    del after["levers"]["haste"], after["presets"]["in-haste"]
    monkeypatch.setattr(ConcessionExplorer, "full_spec", staticmethod(lambda: after))
    explorer = ConcessionExplorer()
    explorer.pressure = 0.85
    explorer.N = 2
    assert explorer.undo().pressure == 0.85
    assert explorer.reset().code == "class-default,pressure=0.85"
    assert ConcessionExplorer.from_code("class-default").pressure == 0.80


@pytest.mark.parametrize("text", ["N=٣", "N=３", "N=²", "N=2=3", "N=\u20033", "N=\x853"])
def test_digits_and_spaces_of_other_scripts_are_refused(text):
    with pytest.raises(ValueError, match="is not a number for Number of slices"):
        codes.decode(ConcessionExplorer.full_spec(), f"class-default,{text}")


def test_what_a_paste_brings_along_is_left_away():
    said = "\ufeff class-default ,\n N\u00a0=\t2 ,, "
    assert codes.decode(ConcessionExplorer.full_spec(), said)[1]["N"] == 2
