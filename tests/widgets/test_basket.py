"""BasketExplorer without a browser: every mark has its statement and source, and counts are the table's."""

import pandas as pd
import pytest

from kdebate import datasets
from kdebate.evidence import basket
from kdebate.widgets import BasketExplorer


@pytest.fixture(scope="module")
def components():
    return datasets.load_hostile_policy_components().query("domain != 'general'")


def test_counts_are_the_tables(components):
    found = BasketExplorer().read_out
    assert found["items"] == len(components) == 38
    assert found["asked"] == int(components["demanded"].sum()) == 26
    assert found["granted"] == int(components["granted"].ne("none").sum()) == 14
    assert found["taken_back"] == int(components["granted"].eq("taken_back").sum()) == 5
    assert found["by_who"]["president"] == int(components["changeable_by"].eq("president").sum())
    assert sum(found["by_domain"].values()) == sum(found["by_who"].values()) == 38


def test_each_item_has_a_label_a_source_and_dated_statements():
    record = basket.record()
    assert len({item["label"] for item in record["items"]}) == len(record["items"])
    for item in record["items"]:
        assert item["statements"], item["id"]
        assert all(source in record["sources"] for source in item["sources"])
        assert item["who"] in basket.HOLDERS
        for name in item["statements"]:
            said = record["statements"][name]
            assert said["when"]
            assert said["quote"] or said["paraphrase"]
            assert all(source in record["sources"] for source in said["sources"])


def test_quotations_are_short():
    record = basket.record()
    said = [item["example"] for item in record["items"]]
    said += [row["quote"] for row in record["statements"].values()]
    assert max(len(text.split()) for text in said) <= 25


def test_what_nobody_checked_is_marked(components):
    record = {item["id"]: item for item in basket.record()["items"]}
    for row in components.to_dict("records"):
        fields = "" if pd.isna(row["recalled_fields"]) else row["recalled_fields"]
        assert ("granted_text" in record[row["component_id"]]["unchecked"]) == (
            "granted_text" in fields
        )
    table = BasketExplorer().table
    assert table["Granted"].str.contains("not checked").sum() == sum(
        "granted_text" in item["unchecked"] and item["granted"] != "none"
        for item in basket.shown("all")
    )


def test_filters_and_the_open_item():
    explorer = BasketExplorer()
    explorer.show = "taken_back"
    assert len(explorer.table) == 5
    explorer.item = "terrorism_list"
    assert explorer.read_out["open"]["granted"] == "taken_back"
    assert explorer.undo().read_out["open"] is None
    assert BasketExplorer.from_code("whole-basket,show=asked").describe().startswith("26 of 38")


@pytest.mark.parametrize(
    ("precision", "text"),
    [("day", "27 September 2021"), ("month", "September 2021"), ("year", "2021")],
)
def test_dates_are_no_more_exact_than_known(precision, text):
    assert basket.date_text(pd.Timestamp("2021-09-27"), precision) == text
