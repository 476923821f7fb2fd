"""EnforcementExplorer without a browser: words, records, locks; and that the page says the same."""

from __future__ import annotations

import json
import random
import re

import pandas as pd
import pytest

from kdebate import datasets, models, words
from kdebate.evidence import ladder as sanction_ladder
from kdebate.evidence import lines as sanction_lines
from kdebate.widgets import EnforcementExplorer
from kdebate.widgets.enforcement import AFTER, VIEWS
from kdebate.widgets.teller import tell
from tests.points import some

WORDS = words.of("enforcement")
NAMES = {"a": "Washington", "b": "Pyongyang"}
HALF = "half-willing-neighbours"


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


# ---- the ladder -------------------------------------------------------------------------------


def test_ladder_totals() -> None:
    assert sanction_ladder.totals() == {"measures": 167, "texts": 30, "adopted": 28}
    rows = sanction_ladder.measures()
    assert rows["group"].notna().all(), "every sector has a row on the ladder"
    assert (rows["resolution_id"] == "S/RES/2397").sum() == 23
    assert sanction_ladder.counts()["S/RES/2397"].sum() == 23
    assert list(rows["adopted_date"]) == sorted(rows["adopted_date"])


def test_every_group_of_sectors_has_its_words() -> None:
    assert set(sanction_ladder.SECTORS) == set(WORDS["ladder"]["sectors"])
    sectors = [sector for group in sanction_ladder.SECTORS.values() for sector in group]
    assert sorted(sectors) == sorted(set(datasets.load_unsc_measures()["sector"]))


def test_caps_keep_their_units() -> None:
    ladder = sanction_ladder.as_dict()
    caps = {one["id"]: one for one in ladder["measures"] if one["value"] is not None}
    assert caps["UM-2397-05"] | {"what": ""} == caps["UM-2397-05"] | {
        "value": 500000.0,
        "unit": "barrels",
        "what": "",
    }
    assert all(one["unit"] for one in caps.values())
    failed = [text["short"] for text in ladder["texts"] if not text["adopted"]]
    assert failed == ["S/2022/431", "S/2024/255"]
    assert set(failed) <= {sanction_ladder.short(one) for one in ladder["rungs"]}


# ---- the lines --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sanction_lines.names())
def test_every_point_is_a_row_of_the_tables(name: str) -> None:
    trade = datasets.load_trade().set_index("obs_id")
    one = sanction_lines.line(name)
    for point in one.points:
        if point.value is None or not point.row_ids or not point.row_ids[0].startswith("TR"):
            continue
        value = sum(trade.loc[list(point.row_ids), "value"])
        assert point.value in (
            pytest.approx(value, abs=1e-5),
            pytest.approx(value / 1e3),
            pytest.approx(value / 1e6),
        )
        recalled = trade.loc[list(point.row_ids), "status"].astype(str).eq("recalled").any()
        assert point.unchecked or not recalled
    for row_id in [row for span in one.spans for row in span.row_ids]:
        datasets.source(row_id)


@pytest.mark.parametrize("name", sanction_lines.names())
def test_no_line_mixes_sources(name: str) -> None:
    """One series per line; KOTRA and customs never share one."""
    trade = datasets.load_trade().set_index("obs_id")
    one = sanction_lines.line(name)
    for points in (one.points, *one.others.values()):
        ids = [row for point in points for row in point.row_ids if row.startswith("TR")]
        assert trade.loc[ids, "series"].nunique() <= 1
        assert trade.loc[ids, "unit"].nunique() <= 1
        assert trade.loc[ids, "flow"].nunique() <= 1


def test_lines_have_words_and_room() -> None:
    assert list(WORDS["line"]) == sanction_lines.names()
    for name in sanction_lines.names():
        one, words = sanction_lines.line(name), WORDS["line"][name]
        values = [point.value for point in one.points if point.value is not None]
        values += [end for span in one.spans for end in (span.low, span.high) if end is not None]
        values += [
            point.value
            for points in one.others.values()
            for point in points
            if point.value is not None
        ]
        assert 0 <= min(values) <= max(values) <= words["top"], name
        assert set(words.get("others", {})) == set(one.others)
        assert set(one.draw) <= {point.label for point in one.points}
        assert bool(one.draw) != (name in AFTER)
    assert len(sanction_lines.line("exports").draw) == 9


def test_numbers_in_the_words_are_those_of_the_tables() -> None:
    share, added = sanction_lines.designations(), sanction_lines.un_additions()
    exports = sanction_lines.record("exports").set_index("when")["value"]
    numbers = {
        "share": [
            *share.loc[2016, ["third_country", "listed"]],
            2016,
            *share.loc[2019, ["third_country", "listed"]],
            2019,
            share.loc[2017, "listed"],
            2017,
            share.loc[2019, "listed"],
            2019,
        ],
        "un_list": [added[2017], 2017, added[2018], 2018, 2025],
        "exports": [exports["2016"], 2016, exports["2018"], 2018, 2020],
    }
    for name, expected in numbers.items():
        words = WORDS["line"][name]
        text = re.sub(r"(?<=\d),(?=\d)", "", f"{words['shows']} {words['does_not_show']}")
        assert [int(found) for found in re.findall(r"\d+", text)] == [
            int(number) for number in expected
        ]
    assert added[2019:].sum() == 0
    assert exports["2018":].max() < exports["2016"] / 4
    assert sanction_lines.record("russia")["value"].max() < 100
    oil = sanction_lines.record("oil")
    assert (oil["value"] < 500).all()
    assert (oil["bound"] == "floor").sum() == 3  # of these years the words say nothing
    estimates = [span for span in sanction_lines.line("oil_estimates").spans if span.kind != "cap"]
    long = [span for span in estimates if span.end - span.start > 0.5]
    assert min(span.low or span.high or 0 for span in long) > 500
    assert max(span.high or 0 for span in estimates) / 500 > 7
    coal = sanction_lines.record("coal").set_index("when")["value"]
    assert coal[["2017-03", "2017-04", "2017-05"]].max() < 0.01 < coal["2017-08"] > coal["2017-01"]


def test_known_years_with_doubt_are_marked() -> None:
    exports = sanction_lines.record("exports").set_index("when")["unchecked"]
    assert list(exports[exports].index) == ["2010", "2011", "2012", "2015", "2019"]
    coal = sanction_lines.record("coal_years").set_index("when")
    assert list(coal[coal["unchecked"]].index) == ["2014", "2015", "2017"]
    assert pd.isna(coal.loc["2018", "value"]), "what is not recorded stays a gap"


def test_record_is_hidden_until_its_line_is_drawn_or_skipped() -> None:
    explorer = EnforcementExplorer(views=["lines"], lines=["coal", "coal_years"])
    assert explorer.view == "lines"
    hidden = explorer.table.set_index("when")["value"]
    assert hidden["2017-01":"2017-02"].notna().all()
    assert hidden["2017-03":].isna().all()
    assert explorer.describe() == WORDS["line"]["coal"]["ask"]
    explorer.line = "coal_years"
    assert explorer.table["value"].isna().all()
    explorer.drawn = {"coal": {"skipped": True}}
    assert explorer.table["value"].notna().any()
    explorer.line = "coal"
    assert explorer.table.set_index("when").loc["2017-08", "value"] == 1.6
    assert explorer.describe() == WORDS["line"]["coal"]["shows"]


def test_views_and_lines_can_be_chosen(explorer: EnforcementExplorer) -> None:
    assert explorer.views == list(VIEWS)
    only = EnforcementExplorer(views=["ladder"])
    assert only.describe().startswith("Shows. ")
    assert only._data["lines"] == {}
    assert only._data["events"] == []
    assert len(only.table) == 167
    with pytest.raises(ValueError, match="No line named 'gold'"):
        EnforcementExplorer(lines=["gold"])


def test_events_are_all_there_and_dated(explorer: EnforcementExplorer) -> None:
    events = explorer._data["events"]
    assert len(events) == 89
    directions = pd.Series([event["direction"] for event in events]).value_counts()
    assert directions.to_dict() == {
        "tightens": 45,
        "loosens": 22,
        "exposes_evasion": 14,
        "neutral": 8,
    }
    assert [event["date"] for event in events] == sorted(event["date"] for event in events)
    assert all(WORDS["events"][event["direction"]] for event in events)


def test_page_state_is_plain(explorer: EnforcementExplorer) -> None:
    state = json.loads(json.dumps(explorer.page_state()))
    assert {"view", "views", "lines", "line", "drawn", "_data"} <= set(state)
    assert len(json.dumps(state)) < 200_000
