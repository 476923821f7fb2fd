"""The phrase by year: a missing text is not a zero."""

import pandas as pd

from kdebate import datasets
from kdebate.figures import phrase_years
from kdebate.figures.phrase_years import by_year


def test_un_speeches_as_the_chapter_states_them():
    spoken = by_year(datasets.load_phrase_counts())["UNGDC_PRK"]
    assert (int(spoken.sum()), int((spoken > 0).sum()), spoken.notna().sum()) == (57, 22, 34)


def test_years_without_texts_stay_empty():
    table = by_year(datasets.load_phrase_counts())
    assert table.loc[2000, "KCNA_headlines_en"] == 0
    assert table["KCNA_headlines_en"].isna()[[1996, 2015, 2019]].all()
    assert pd.isna(table.loc[2020, "NYA_KO"])


def test_a_year_without_documents_is_empty_and_no_zero():
    counts = datasets.load_phrase_counts()
    counts.loc[(counts["corpus_id"] == "UNGDC_PRK") & (counts["year"] == 2019), "documents"] = 0
    assert pd.isna(by_year(counts).loc[2019, "UNGDC_PRK"])


def test_missing_years_are_hatched_and_named_in_the_table():
    figure = phrase_years(datasets.load_phrase_counts())
    meta = figure.layout.meta
    row = next(row for row in meta["rows"] if row[0] == "2019")
    assert row[1:] == ["1", "0", "no texts"]
    hatched = [trace for trace in figure.data if trace.marker.pattern.shape]
    assert len(hatched) == 3
    drawn = sum(value is not None for trace in hatched for value in trace.y)
    assert drawn == sum(cell == "no texts" for row in meta["rows"] for cell in row)
    assert meta["shows"]
    assert meta["does_not_show"]
    assert "57 times" in meta["shows"]
