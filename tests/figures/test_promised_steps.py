"""The chart of promised steps counts what the table holds."""

from kdebate.datasets import load_agreement_steps
from kdebate.figures import promised_steps
from kdebate.figures.promised_steps import counts


def test_counts_are_those_of_the_rows():
    table = counts(load_agreement_steps())
    assert table[["yes", "partly", "no"]].to_numpy().tolist() == [
        [3, 4, 0],
        [16, 18, 3],
        [3, 3, 13],
        [0, 1, 11],
    ]


def test_one_changed_row_changes_bars_and_sentences():
    steps = load_agreement_steps()
    before = promised_steps(steps)
    row = steps.index[(steps["row_type"] == "promised") & (steps["delivered"] == "yes")][0]
    steps.loc[row, "delivered"] = "no"
    after = promised_steps(steps)
    assert sum(after.data[0].x) == sum(before.data[0].x) - 1
    assert "21 were delivered, 26 in part, 28 not at all" in after.layout.meta["shows"]


def test_the_same_event_counts_once():
    steps = load_agreement_steps()
    row = steps.index[steps["row_type"] == "promised"][0]
    steps.loc[row, "same_event_as"] = "SG2018-01"
    assert counts(steps)["total"].sum() == counts(load_agreement_steps())["total"].sum() - 1
