"""One reading of "nobody has checked this"; what rests on it in the page is compared where it is shown."""

import re

import pandas as pd
import pytest

from kdebate import datasets, words
from kdebate.tables import read
from kdebate.tables.doubt import doubt

PACKAGE = words.HERE.parent


@pytest.mark.parametrize(
    ("status", "fields", "whole", "columns", "about_date"),
    [
        ("primary", "", False, (), False),
        ("primary", "date", False, ("date",), True),
        ("secondary", "venue;date", False, ("venue", "date"), True),
        ("secondary", "venue", False, ("venue",), False),
        ("recalled", "venue", True, ("venue",), True),
        ("recalled", "all", True, (), True),
        ("dataset", "all;note", True, ("note",), True),
        ("primary", None, False, (), False),
        ("primary", pd.NA, False, (), False),
    ],
)
def test_what_a_row_says_of_its_doubt(status, fields, whole, columns, about_date):
    found = doubt({"status": status, "recalled_fields": fields})
    assert (found.whole, found.columns, found.about("date")) == (whole, columns, about_date)
    assert bool(found) == (whole or bool(columns))


def test_an_account_has_a_status_of_its_own():
    row = {"status": "primary", "status_b": "recalled", "recalled_fields": ""}
    assert (doubt(row).whole, doubt(row, "status_b").whole) == (False, True)


@pytest.mark.parametrize("name", datasets.names())
def test_text_and_typed_rows_say_the_same(name):
    plain = [doubt(row) for row in read.rows(read.resource(name))]
    typed = getattr(datasets, f"load_{name}")().to_dict("records")
    assert plain == [doubt(row) for row in typed]


def test_nothing_else_reads_the_marks_of_doubt():
    """Seven places once parsed them, each in its own way."""
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(r"\[\s*\"recalled_fields\"\s*\]|== \"recalled\"", path.read_text("utf-8"))
    }
    # The check of the tables looks at how the marks are written, not at what they mean.
    assert readers == {"tables/doubt.py", "tables/check.py"}
