"""The records behind the lines that learners draw: rows, sources, words, and what an exported file says of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from kdebate import datasets, words
from kdebate.evidence import lines
from kdebate.exercises import Draw, Journal
from kdebate.exercises.asked import all_asked
from kdebate.exercises.journal_bar import JournalBar
from kdebate.journal import document, portfolio
from kdebate.questions import bank, records
from tests.page.in_node import ask

RECORDS = {
    name: said
    for one in bank.questions().values()
    if one["kind"] == "draw"
    for name, said in one["record"].items()
}
EARLIER = Path(__file__).parents[1] / "cases" / "portfolio-lines-0.1.0.json"


@pytest.mark.parametrize("name", lines.names())
def test_every_point_is_a_row_of_the_tables(name: str) -> None:
    trade = datasets.load_trade().set_index("obs_id")
    one = lines.line(name)
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


@pytest.mark.parametrize("name", lines.names())
def test_no_line_mixes_sources(name: str) -> None:
    """One series per line; KOTRA and customs never share one."""
    trade = datasets.load_trade().set_index("obs_id")
    one = lines.line(name)
    for points in (one.points, *one.others.values()):
        ids = [row for point in points for row in point.row_ids if row.startswith("TR")]
        assert trade.loc[ids, "series"].nunique() <= 1
        assert trade.loc[ids, "unit"].nunique() <= 1
        assert trade.loc[ids, "flow"].nunique() <= 1


def test_lines_have_words_and_room() -> None:
    asked = [one for one in bank.questions().values() if one["kind"] == "draw"]
    assert list(RECORDS) == lines.names(), "every line stands in one question"
    for name, said in RECORDS.items():
        one = lines.line(name)
        values = [point.value for point in one.points if point.value is not None]
        values += [end for span in one.spans for end in (span.low, span.high) if end is not None]
        values += [
            point.value
            for points in one.others.values()
            for point in points
            if point.value is not None
        ]
        assert 0 <= min(values) <= max(values) <= said["top"], name
        assert set(said.get("others", {})) == set(one.others)
        assert set(one.draw) <= {point.label for point in one.points}
    for one in asked:
        first, *later = one["record"]
        assert lines.line(first).draw, "the first record of a question is there to be drawn"
        assert "step" in one["record"][first]
        assert not any(lines.line(name).draw for name in later)
        assert all("says" in one["record"][name] for name in later)
    assert len(lines.line("exports").draw) == 9


def test_numbers_in_the_words_are_those_of_the_tables() -> None:
    share, added = lines.designations(), lines.un_additions()
    exports = lines.record("exports").set_index("when")["value"]
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
        words = RECORDS[name]
        text = re.sub(r"(?<=\d),(?=\d)", "", f"{words['shows']} {words['does_not_show']}")
        assert [int(found) for found in re.findall(r"\d+", text)] == [
            int(number) for number in expected
        ]
    assert added[2019:].sum() == 0
    assert exports["2018":].max() < exports["2016"] / 4
    assert lines.record("russia")["value"].max() < 100
    oil = lines.record("oil")
    assert (oil["value"] < 500).all()
    assert (oil["bound"] == "floor").sum() == 3  # of these years the words say nothing
    estimates = [span for span in lines.line("oil_estimates").spans if span.kind != "cap"]
    long = [span for span in estimates if span.end - span.start > 0.5]
    assert min(span.low or span.high or 0 for span in long) > 500
    assert max(span.high or 0 for span in estimates) / 500 > 7
    coal = lines.record("coal").set_index("when")["value"]
    assert coal[["2017-03", "2017-04", "2017-05"]].max() < 0.01 < coal["2017-08"] > coal["2017-01"]


def test_known_years_with_doubt_are_marked() -> None:
    exports = lines.record("exports").set_index("when")["unchecked"]
    assert list(exports[exports].index) == ["2010", "2011", "2012", "2015", "2019"]
    coal = lines.record("coal_years").set_index("when")
    assert list(coal[coal["unchecked"]].index) == ["2014", "2015", "2017"]
    assert pd.isna(coal.loc["2018", "value"]), "what is not recorded stays a gap"


# ---- the page and the exported file ---------------------------------------------------------------


def test_records_are_told_in_words() -> None:
    coal, years = records.records("03-line-coal")
    assert [point["when"] for point in coal["points"]][:3] == ["Jan", "Feb", "Mar"]
    assert [point["when"] for point in years["points"]][:2] == ["2012", "2013"]
    assert [span["text"] for span in years["spans"]] == ["limit 7.50", "3.70"]
    assert years["spans"][1]["when"] == "Jan 2019 to Aug 2019"
    oil = records.records("03-line-oil")[1]
    assert {"at most 3,780", "at least 800", "1,016 to 1,523"} <= {
        one["text"] for one in oil["spans"]
    }
    json.dumps([coal, years, oil])


def test_record_is_hidden_until_its_line_is_drawn_or_skipped() -> None:
    """Of the real records, by what the page writes: before, neither table nor words hold what is to be drawn."""
    told = [
        one
        for name, q in bank.questions().items()
        if q["kind"] == "draw"
        for one in records.records(name)
    ]
    question = """({ altText, hidden, sentence, tables }, words, records) => {
        const open = (record, is) => [
            hidden(record, is),
            tables(words, record, is, {})[0].rows,
            altText(words, record, is, sentence(words, record, null)),
        ];
        return records.map((one) => [open(one, false), open(one, true)]);
    }"""
    shown = ask(["exercises/drawing.js"], question, words.of("exercises")["draw"], told)
    locked = words.of("exercises")["draw"]["table"]["hidden"]
    for record, [(gone, rows, alt), (left, open_rows, _)] in zip(told, shown, strict=True):
        assert gone == record["draw"] or (not record["draw"] and len(gone) == len(record["points"]))
        assert left == []
        for point, row, open_row in zip(record["points"], rows, open_rows, strict=True):
            is_gone = point["label"] in gone
            assert (row[1] == locked) == is_gone
            assert open_row[1] != locked
            assert not is_gone or not any(one in " ".join(row) for one in point["row_ids"])
            assert not is_gone or f"{point['when']}: " not in alt


def test_a_card_says_in_words_only_its_question() -> None:
    said = repr(Draw("03-line-coal"))
    assert "Draw what its records show" in said
    assert RECORDS["coal"]["shows"] not in said


@pytest.fixture
def earlier(tmp_path: Path) -> Journal:
    """A journal into which a file of module 0.1.0 was restored, whose lines were answers of no known question."""
    journal = Journal(tmp_path / "journal.sqlite")
    assert journal.restore(EARLIER) == 8
    return journal


def test_lines_of_the_first_version_come_back(earlier: Journal) -> None:
    assert portfolio.receipt(earlier.all()) == json.loads(EARLIER.read_text("utf-8"))["receipt"]
    assert Draw("03-line-coal").answer["values"]["2017-08"] == 0.05
    assert Draw("03-line-oil").answer == {"skipped": True}
    asked = [name for name, one in bank.questions().items() if one["kind"] == "draw"]
    assert {entry.question_id for entry in earlier.all()} == set(asked)


def test_the_exported_file_sets_drawn_against_recorded(earlier: Journal, tmp_path: Path) -> None:
    text = earlier.export(tmp_path / "out")[0].read_text("utf-8")
    assert f"### {bank.question('03-line-coal')['prompt']}\n\n> In million tonnes.  \n" in text
    newest = """
> In million tonnes.
> Mar 2017: drawn 0.3, recorded 0.01
> Apr 2017: drawn 0.2, recorded 0.00
> May 2017: drawn 0.1, recorded 0.00
> Jun 2017: drawn 0.1; nothing is recorded
> Jul 2017: drawn 0.1; nothing is recorded
> Aug 2017: drawn 0.05, recorded 1.60
"""
    text = text.replace("  \n", "\n")
    assert newest in text
    assert text.index(newest) < text.index("> Aug 2017: drawn 0.2, recorded 1.60"), (
        "an earlier version"
    )
    assert (
        "> In percent of people and firms listed in the year.\n> 2016: drawn 10, recorded 6" in text
    )


def test_bounds_and_strange_labels_are_said() -> None:
    values = {"2018": 300, "2019": 1e3, "now": [1]}
    entry = portfolio.Entry(
        "1", "03-line-oil", "draw", "", {"values": values}, "2026-01-02T00:00:00.000Z"
    )
    assert document.answer_text(entry).split("\n")[1:] == [
        "2018: drawn 300, recorded at least 241",
        "2019: drawn 1000.0, recorded 418",
        "now: 1",
    ]
    strange = portfolio.Entry("1", "03-line-oil", "draw", "", ["<x>"], "2026-01-02T00:00:00.000Z")
    assert document.answer_text(strange) == "&lt;x>"


def test_the_page_exports_what_python_exports(earlier: Journal) -> None:
    spec = JournalBar(earlier)._spec
    entries = [portfolio.asdict(entry) for entry in earlier.all()]
    said = {"words": spec["words"]["export"], "prompts": all_asked()}
    said["moduleVersion"] = spec["module_version"]
    at = "2026-03-03T00:00:00.000Z"
    question = "({ toMarkdown }, entries, at, said) => toMarkdown(entries, 'Heron', at, said)"
    text = ask(["journal/document.js"], question, entries, at, said)
    assert text == document.to_markdown(earlier.all(), "Heron", at)
