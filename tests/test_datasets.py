"""The loaders: what a notebook calls, and what `help()` says about it."""

import inspect
import subprocess
import sys

import pandas as pd
import pytest

from kdebate import datasets
from kdebate.tables import read

NAMES = datasets.names()
CITABLE = {name: read.id_column(table) for name, table in read.resources().items()}


def load(name):
    return getattr(datasets, f"load_{name}")()


def test_names_are_the_tables_of_the_descriptor():
    assert list(read.resources()) == NAMES
    assert {"agreements", "agreement_steps", "missiles", "trade", "sources"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_table_has_a_documented_loader(name):
    loader = getattr(datasets, f"load_{name}")
    assert inspect.isfunction(loader)
    assert loader.__name__ in datasets.__all__
    assert loader.__name__ in dir(datasets)
    assert not inspect.signature(loader).parameters
    for word in ("Coverage:", "Gap:", "Columns:", "source_ids"):
        assert word in loader.__doc__


@pytest.mark.parametrize("name", NAMES)
def test_a_loader_returns_the_same_table_every_time(name):
    first, second = load(name), load(name)
    assert first is not second
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize("name", NAMES)
def test_types_come_from_the_descriptor(name):
    table, fields = load(name), read.resource(name)["schema"]["fields"]
    assert list(table.columns) == [field["name"] for field in fields]
    for field in fields:
        column = table[field["name"]]
        match field["type"]:
            case "date":
                assert pd.api.types.is_datetime64_any_dtype(column)
            case "integer":
                assert column.dtype == "Int64"
            case "number":
                assert column.dtype == "float64"
            case "boolean":
                assert column.dtype == "boolean"
        if "categories" in field and field["type"] == "string":
            assert column.cat.categories.tolist() == field["categories"]


def test_not_applicable_is_a_value_and_an_empty_cell_is_missing():
    steps = datasets.load_agreement_steps()
    assert (steps.delivered == "n/a").sum() == 23
    assert steps.same_event_as.isna().sum() == len(steps) - 4


def test_precision_is_ordered_from_day_to_year():
    steps = datasets.load_agreement_steps()
    assert steps.due_date_precision.cat.ordered
    assert (steps.due_date_precision.dropna() <= "year").all()


def test_an_unknown_loader_names_the_tables():
    with pytest.raises(
        AttributeError, match=r"No dataset named 'sanction'\. Choose one of: sources"
    ):
        datasets.load_sanction()
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = datasets.nonsense


# Citations.


@pytest.mark.parametrize("name", [name for name, column in CITABLE.items() if column])
def test_each_row_of_each_table_can_be_cited(name):
    row_id = load(name)[CITABLE[name]].iloc[0]
    text = datasets.source(row_id)
    assert text
    assert "nan" not in text.split()


def test_a_citation_names_documents_status_and_doubts():
    text = datasets.source("A1994-04")
    assert text.startswith("A1994-04 (Steps promised")
    assert "Arms Control Today" in text
    assert "[primary source]" in text
    assert "Not checked against a document: due_date." in text


def test_a_citation_without_doubts_says_nothing_about_them():
    assert "Not checked" not in datasets.source("JS2005-01")


def test_a_word_without_a_date_is_cited_without_sources():
    assert datasets.source("CNS").startswith("CNS (Words of this debate): CNS, James Martin")
    assert "Sources:" not in datasets.source("CNS")


def test_a_source_is_cited_as_itself():
    text = datasets.source("GAO98")
    assert text.startswith("Nuclear Nonproliferation")
    assert "[GAO98, primary]" in text


@pytest.mark.parametrize(
    ("row_id", "says"),
    [
        ("MT0158", ": 2017-11-29, Hwasong-15, ICBM, Pyongsong Field ["),
        ("MT0004", ": 1984-09, Scud-B"),
        ("HP002", ": 1991, Yon Hyong Muk, First General Debate speech"),
        ("X003", ": Team Spirit 94, 1994-03 ["),
    ],
)
def test_a_citation_shows_dates_no_more_exact_than_they_are(row_id, says):
    assert says in datasets.source(row_id)


def test_a_resolution_is_cited_by_its_symbol():
    assert "Hwasong-15" in datasets.source("S/RES/2397")


def test_an_unknown_row_is_answered_with_near_ids():
    with pytest.raises(ValueError, match=r"No row with the id 'A1994-4'\. Did you mean .*A1994-04"):
        datasets.source("A1994-4")
    with pytest.raises(ValueError, match="Ids stand in the first column"):
        datasets.source("?")


def test_a_table_is_cited_as_text():
    text = datasets.cite("trade")
    assert "[table trade]" in text
    assert "CC BY 4.0" in text


def test_a_table_is_cited_as_bibtex():
    entry = datasets.cite("trade", fmt="bibtex")
    assert entry.startswith("@misc{kdebate-trade,\n  author = {{The kdebate contributors}},")
    assert entry.count("{") == entry.count("}")


def test_wrong_citations_say_what_to_choose():
    with pytest.raises(ValueError, match=r"No dataset named 'trades'\. Choose one of: sources"):
        datasets.cite("trades")
    with pytest.raises(ValueError, match=r"No citation format 'apa'\. Choose one of: text, bibtex"):
        datasets.cite("trade", fmt="apa")


def test_version_of_the_data_is_the_version_of_the_package():
    from kdebate import __version__

    assert read.descriptor()["version"] == __version__


def test_the_package_finds_its_tables_from_any_folder(tmp_path):
    code = "from kdebate import datasets; print(len(datasets.load_agreements()))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(read.folder().parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "17", done.stderr


def test_tables_inside_the_package_come_first(tmp_path, monkeypatch):
    inside = tmp_path / "kdebate" / "data"
    inside.mkdir(parents=True)
    (inside / read.DESCRIPTOR).write_text("{}")
    monkeypatch.setattr(read, "__file__", str(tmp_path / "kdebate" / "tables" / "read.py"))
    assert read.folder() == inside


def test_missing_tables_are_explained(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "__file__", str(tmp_path / "kdebate" / "tables" / "read.py"))
    with pytest.raises(FileNotFoundError, match="Install kdebate again"):
        read.folder()
