"""The chart of promised steps counts what the table holds, and its sentences are true on every coding."""

import pytest

from kdebate.datasets import load_agreement_steps, load_step_codings
from kdebate.figures import promised_steps, promised_steps_by_reader
from kdebate.figures.promised_steps import (
    CODES,
    ORDERS,
    READERS,
    codes_of,
    counts,
    promised,
    reader_agreement,
    recode,
)

STEPS, CODINGS = load_agreement_steps(), load_step_codings()
BY_READER = {reader: recode(STEPS, codes_of(CODINGS, reader)) for reader in READERS}


def test_counts_are_those_of_the_rows():
    table = counts(STEPS)
    assert table[["yes", "partly", "no", "undone"]].to_numpy().tolist() == [
        [4, 5, 3, 5],
        [15, 16, 11, 20],
        [1, 1, 7, 1],
        [0, 1, 5, 1],
        [1, 1, 1, 0],
    ]
    assert table["total"].sum() == len(promised(STEPS)) == 72


def test_one_changed_row_changes_bars_and_sentences():
    steps = STEPS.copy()
    before = promised_steps(steps, CODINGS)
    row = steps.index[
        (steps["row_type"] == "promised")
        & (steps["delivered"] == "yes")
        & (steps["reversed"] == "yes")
    ][0]
    steps.loc[row, "delivered"] = "no"
    steps.loc[row, "reversed"] = "n/a"
    after = promised_steps(steps, CODINGS)
    assert sum(after.data[0].x) == sum(before.data[0].x) - 1
    shows = after.layout.meta["shows"]
    assert "20 were delivered, 24 in part, 28 not at all" in shows
    assert "Of the 44 delivered at least in part, 26 were undone later" in shows


def test_the_same_event_counts_once():
    steps = STEPS.copy()
    row = promised(steps).index[0]
    steps.loc[row, "same_event_as"] = "SG2018-01"
    assert counts(steps)["total"].sum() == counts(STEPS)["total"].sum() - 1


@pytest.mark.parametrize("steps", [STEPS, *BY_READER.values()], ids=["most", *READERS])
def test_what_the_chart_says_is_true_on_every_coding(steps):
    figure = promised_steps(steps, CODINGS)
    table = counts(steps)
    known = table.loc[list(ORDERS)]
    share = (known["yes"] + known["partly"]) / known["total"]
    assert set(share.nsmallest(2).index) == {"conditional", "unspecified"}
    shows = figure.layout.meta["shows"]
    assert "steps with no order and steps that had to wait for the other side were" in shows
    assert (table["undone"] <= table["yes"] + table["partly"]).all()
    assert (table["undone_yes"] <= table["yes"]).all()


@pytest.mark.parametrize("steps", [STEPS, *BY_READER.values()], ids=["most", *READERS])
def test_the_bracket_lies_under_the_steps_that_were_undone(steps):
    table = counts(steps)
    lines = promised_steps(steps, CODINGS).layout.shapes
    for place, (_, row) in enumerate(table.iterrows()):
        below = [line for line in lines if place < line.y0 < place + 0.5]
        ends = [x for line in below for x in (line.x0, line.x1)]
        assert (max(ends) - min(ends) if ends else 0) == row["undone"]
        if ends:
            assert min(ends) == row["yes"] - row["undone_yes"]
            assert max(ends) <= row["yes"] + row["partly"]


def test_the_table_holds_the_code_of_two_of_three_readers():
    codes = CODINGS.pivot(index="step_id", columns="reader", values="order").astype(str)
    coded = STEPS.set_index("step_id").sequencing.astype(str)
    for step_id, row in codes.iterrows():
        code, votes = row.value_counts().index[0], row.value_counts().iloc[0]
        assert coded[step_id] == ("disputed" if votes == 1 else CODES[code]), step_id


def test_readers_agree_as_the_text_says():
    order, undoing = reader_agreement(CODINGS), reader_agreement(CODINGS, "undoing")
    assert order["kappa"].round(2).tolist() == [0.44, 0.41, 0.78]
    assert order["alike"].round(2).tolist() == [0.63, 0.63, 0.87]
    assert undoing["kappa"].round(2).tolist() == [0.36, 0.30, 0.89]
    ((_, how),) = promised_steps(STEPS, CODINGS).layout.meta["more"]
    assert "agree on 87 of 100 steps" in how
    assert "0.78 against 0.44 and 0.41" in how
    assert "53 of their 150 codes" in how


def test_one_figure_for_each_reader_and_for_own_codes():
    assert list(promised_steps_by_reader(STEPS, CODINGS)) == [
        "Two of three",
        "First reader",
        "Second reader",
        "Third reader",
    ]
    own = promised_steps_by_reader(STEPS, CODINGS, {"PY2018-01": "after"})["Your own codes"]
    drawn = [sum(trace.x[2] for trace in own.data), sum(trace.x[0] for trace in own.data)]
    assert drawn == [counts(STEPS).loc["conditional", "total"] + 1, 11]


def test_recoding_names_what_is_wrong():
    with pytest.raises(ValueError, match=r"No order named 'later'\. Choose from: first, together"):
        recode(STEPS, {"PY2018-01": "later"})
    with pytest.raises(ValueError, match="No step 'PY2018-99'"):
        recode(STEPS, {"PY2018-99": "after"})
    with pytest.raises(ValueError, match="No reader named 'fourth'"):
        codes_of(CODINGS, "fourth")
    assert recode(STEPS, {}).sequencing.tolist() == STEPS.sequencing.astype(str).tolist()


def test_each_prediction_gets_its_own_answer():
    """The answer to one question must not tell that of the next."""
    meta = promised_steps(STEPS, CODINGS).layout.meta
    answers = meta["answers"]
    assert "27 were undone later" in answers["undone"]
    assert "undone" not in answers["least"]
    assert f"{answers['least']} {answers['undone']}" in meta["shows"]
    assert answers["of_ten"] == round(10 * 27 / 45)


@pytest.mark.parametrize("steps", [STEPS, *BY_READER.values()], ids=["most", *READERS])
def test_steps_without_an_order_were_delivered_least_often_on_every_coding(steps):
    known = counts(steps).loc[list(ORDERS)]
    assert ((known["yes"] + known["partly"]) / known["total"]).idxmin() == "unspecified"
