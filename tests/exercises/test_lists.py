"""What lists hand to the page: the table's codes, the sources of items, the outcomes of forecasts."""

import json
from collections import defaultdict

import pytest

from kdebate.exercises import Code, Envelopes, Forecasts, Journal
from kdebate.questions import bank
from kdebate.tables import read

FILED = [name for name, asked in bank.questions().items() if asked["kind"] == "forecast"]


@pytest.fixture(autouse=True)
def journal(tmp_path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def outcomes():
    return {row["forecast_id"]: row for row in read.rows(read.resource("forecast_outcomes"))}


def test_every_forecast_has_an_outcome_and_only_the_vague_one_is_left_open():
    assert [*outcomes()] == FILED
    for name, row in outcomes().items():
        is_vague = bank.question(name).get("vague", False)
        assert (row["scoreable"] == "no") == (row["outcome"] == "ambiguous") == is_vague, name
        assert bool(row["decided_on"]) != is_vague, name


@pytest.mark.parametrize("name", [name for name in FILED if "rows" in bank.question(name)])
def test_an_outcome_is_what_the_rows_of_the_rule_decide(name):
    asked, row = bank.question(name), outcomes()[name]
    deciding = bank.decided_by(asked, asked["date"])
    assert (row["outcome"] == "yes") == bool(deciding)
    days = [read.find(one)[1][asked["rows"][0]["day"]] for one in deciding]
    assert row["decided_on"] == min(days, default=asked["date"])


def test_numbers_in_the_outcomes_are_those_of_the_tables():
    asked = bank.question("01-forecast-missile")
    deciding = bank.decided_by(asked, asked["date"])
    assert f"the first of {len(deciding)} " in outcomes()[asked["id"]]["happened"]
    assert {"MT0160", "MT0161"} <= {*deciding[:2]}
    adopted = [row["adopted_date"] for row in read.rows(read.resource("unsc_resolutions"))]
    assert sum("2019-04-21" <= day <= "2020-12-31" for day in adopted) == 1
    newest = max(row["listed_date"] for row in read.rows(read.resource("un_list_entries")))
    assert newest == "2018-03-30"


def test_every_row_that_an_outcome_names_is_there_and_leads_to_a_source():
    shown = Envelopes(*FILED)._spec["forecasts"]
    for one in shown:
        assert one["outcome"]["rows"], one["question"]["id"]
        assert all(mark["title"] for mark in one["outcome"]["rows"])


def test_outside_a_live_notebook_an_envelope_stays_closed():
    said = repr(Envelopes(*FILED))
    assert bank.question(FILED[0])["prompt"] in said
    for row in outcomes().values():
        assert row["happened"] not in said


@pytest.mark.parametrize("call", [Forecasts, Envelopes])
def test_what_is_no_forecast_is_refused_in_words(call):
    with pytest.raises(ValueError, match="got no id"):
        call()
    with pytest.raises(ValueError, match="Show it with Quiz"):
        call("01-start-hanoi")


def test_an_outcome_that_nobody_knows_is_said(monkeypatch):
    known = bank.questions()
    later = known | {"09-later": known[FILED[0]] | {"id": "09-later"}}
    monkeypatch.setattr(bank, "questions", lambda: later)
    with pytest.raises(ValueError, match="does not know '09-later'"):
        Envelopes("09-later")


def test_a_table_of_forecasts_names_its_days():
    state = json.loads(json.dumps(Forecasts(*FILED).page_state()))
    assert "20 Apr 2019" in state["_spec"]["title"]
    assert "21 Apr 2019" in state["_spec"]["hint"]


def test_claims_bring_the_tables_kind_and_their_documents():
    for item in Code("01-sort-claims")._spec["question"]["items"]:
        row = read.find(item["row"])[1]
        assert item["ours"] == [row["kind"]]
        assert len(item["sources"]) == len(row["source_ids"].split(";"))


def test_quotations_bring_the_domains_that_the_table_finds_in_the_whole_statement():
    components = {
        row["component_id"]: row["domain"]
        for row in read.rows(read.resource("hostile_policy_components"))
    }
    found = defaultdict(set)
    for link in read.rows(read.resource("statement_components")):
        found[link["statement_id"]].add(
            components[link["component_id"]].replace("general", "whole")
        )
    for item in bank.question("02-code-quotations")["items"]:
        assert {*item["ours"]} == found[item["row"]], item["row"]


def test_no_source_of_a_claim_shows_before_the_last_forecast_is_filed():
    """They may be later than the day on which the learner pretends to stand."""
    assert bank.question("01-sort-claims")["sources_after"] == FILED
