"""LadderExplorer without a browser: every measure on its rung, and what every explorer promises."""

from __future__ import annotations

import json

import pytest
import traitlets

from kdebate import datasets, words
from kdebate.evidence import ladder as evidence
from kdebate.widgets import LadderExplorer

WORDS = words.of("ladder")


def test_ladder_totals() -> None:
    assert evidence.totals() == {"measures": 167, "texts": 30, "adopted": 28}
    rows = evidence.measures()
    assert rows["group"].notna().all(), "every sector has a row on the ladder"
    assert (rows["resolution_id"] == "S/RES/2397").sum() == 23
    assert evidence.counts()["S/RES/2397"].sum() == 23
    assert list(rows["adopted_date"]) == sorted(rows["adopted_date"])


def test_every_group_of_sectors_has_its_words() -> None:
    assert set(evidence.SECTORS) == set(WORDS["sectors"])
    sectors = [sector for group in evidence.SECTORS.values() for sector in group]
    assert sorted(sectors) == sorted(set(datasets.load_unsc_measures()["sector"]))


def test_caps_keep_their_units() -> None:
    ladder = evidence.as_dict()
    caps = {one["id"]: one for one in ladder["measures"] if one["value"] is not None}
    assert caps["UM-2397-05"] | {"what": ""} == caps["UM-2397-05"] | {
        "value": 500000.0,
        "unit": "barrels",
        "what": "",
    }
    assert all(one["unit"] for one in caps.values())
    failed = [text["short"] for text in ladder["texts"] if not text["adopted"]]
    assert failed == ["S/2022/431", "S/2024/255"]
    assert set(failed) <= {evidence.short(one) for one in ladder["rungs"]}


def test_an_open_text_is_a_step_that_can_be_undone_and_sent() -> None:
    explorer = LadderExplorer()
    assert explorer.describe().startswith("Shows. ")
    assert explorer.read_out["open"] is None
    explorer.rung = "2397"
    assert explorer.code == "whole-ladder,rung=2397"
    assert explorer.describe() == "2397, 22 Dec 2017: 23 measures"
    assert sum(explorer.read_out["open"].values()) == 23
    explorer.rung = "S/2022/431"
    assert LadderExplorer.from_code(explorer.code).rung == "S/2022/431"
    assert explorer.undo().rung == "2397"
    assert explorer.redo().rung == "S/2022/431"
    assert explorer.reset().rung == "none"
    with pytest.raises(traitlets.TraitError, match="2397"):
        explorer.rung = "2398"


def test_every_text_can_be_opened() -> None:
    for rung in LadderExplorer().full_spec()["levers"]["rung"]["choices"][1:]:
        assert LadderExplorer(rung=rung).describe().startswith(f"{rung}, ")


def test_page_state_is_plain() -> None:
    state = json.loads(json.dumps(LadderExplorer().page_state()))
    assert len(state["_spec"]["own"]["record"]["measures"]) == 167
    assert len(json.dumps(state)) < 120_000
