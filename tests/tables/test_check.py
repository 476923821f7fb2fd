"""
The check turns red for each fault a hand can make, and names file, row and column.

Each fault stands in a copy of the tables, in one place. "Row" is the line in the
file as an editor counts it.
"""

import json
import re
import shutil

import pytest

from kdebate import check as command
from kdebate.tables import check, read, record
from tests.spoiled import edit


def spoil(place, name, row_id, column, value):
    """Put a value into one cell; return the line of the row."""
    key = read.resource(name)["schema"]["primaryKey"][0]
    line = []

    def change(found):
        index = next(i for i, row in enumerate(found) if row[key] == row_id)
        found[index][column] = value
        line.append(index + 2)

    edit(place, name, change)
    return line[0]


def found(place, **wanted):
    """Return the sentences of the problems at a place."""
    problems = check.problems(place)
    assert problems, "nothing was reported"
    return [
        problem.sentence
        for problem in problems
        if all(getattr(problem, name) == value for name, value in wanted.items())
    ]


CELLS = [
    # table, row, column, value, what the sentence says
    ("trade", "TR100", "value", "3251,7", r"'3251,7' is not a number \(use a point"),
    ("agreement_steps", "A1994-01", "days_late", "about 3", "is not a whole number"),
    ("agreement_steps", "A1994-01", "delivered", "maybe", "'maybe' is not one of: yes, partly, no"),
    ("agreements", "A1994", "is_agreement", "yes", "'yes' is not true or false"),
    ("agreements", "A1994", "title", "", "A value is required"),
    ("agreements", "A1994", "title", "Agreed Framework ", "blanks at an end"),
    ("agreements", "A1994", "agreement_date", "21.10.1994", "is not a date written YYYY-MM-DD"),
    ("agreements", "A1994", "agreement_date", "1994-02-30", "is not a date written YYYY-MM-DD"),
    ("nuclear_tests", "NT1", "test_no", "7", "7 is above 6"),
    ("missiles", "MT0001", "lat_deg", "4.08", "4.08 is below 30"),
    ("missiles", "MT0002", "cns_id", "1", "stands in row 2 already"),
    ("sources", "GAO98", "url", "nautilus.org", "does not look like"),
    ("sources", "GAO98", "status", "good", "'good' is not one of: primary"),
    (
        "agreement_steps",
        "A1994-01",
        "agreement_id",
        "A1995",
        "A1995 does not exist in agreements.csv",
    ),
    (
        "agreement_steps",
        "HN2019-10",
        "same_event_as",
        "SG2018-99",
        "does not exist in agreement_steps.csv",
    ),
    (
        "provocations",
        "PV0170",
        "cross_listed_id",
        "MT9999",
        "does not exist in missiles.csv or launch_events.csv",
    ),
    ("agreement_steps", "A1994-01", "source_ids", "GAO98;GAO99", "The source GAO99 does not exist"),
    ("agreement_steps", "A1994-01", "source_ids", "", "A value is required"),
    ("agreement_steps", "A1994-01", "source_ids", "GAO98;GAO98", "A source stands twice"),
    (
        "contested_points",
        "CP01",
        "source_ids_a",
        "VICE1902;GAO98",
        "GAO98 is not among the source_",
    ),
    (
        "agreement_steps",
        "A1994-01",
        "status",
        "verified",
        "is not one of: primary, secondary, dataset, recalled",
    ),
    (
        "agreement_steps",
        "A1994-03",
        "status",
        "primary",
        "No source of the row is better than secondary",
    ),
    ("agreement_steps", "A1994-01", "recalled_fields", "due", "'due' is no column of this table"),
    ("agreement_steps", "A1991-07", "recalled_fields", "", "must say what is recalled"),
    ("agreement_steps", "A1994-01", "note", "seen in a stored copy", "means nothing to a reader"),
    ("agreement_steps", "A1994-01", "note", "from memory", "means nothing to a reader"),
    ("speech_passages", "SP02", "quote", "word " * 25 + "word", "26 words. Quote at most 25"),
    ("exercises", "X002", "end_date", "1993-03-01", "is before start_date 1993-03-09"),
]


PRECISIONS = [
    ("agreement_steps", "A1994-01", "due_date_precision", "month", "more exact than a month"),
    ("agreement_steps", "A1994-01", "due_date_precision", "year", "more exact than a year"),
    ("agreement_steps", "A1994-01", "due_date_precision", "", "fill both or neither"),
    ("exercises", "X002", "date_precision", "month", "more exact than a month"),
    ("enforcement_events", "EE01", "date_precision", "year", "more exact than a year"),
]


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """
    Spoil all the cells, and return line and problems of each fault.

    One check takes a second, so a copy carries every fault that has a cell of its own; those of the
    sources, on which other rows lean, stand in a copy apart.
    """
    rounds, told = {}, {}
    for fault in CELLS + PRECISIONS:
        name, *cell = fault[:3]
        before = sum(fault[:3] == (name, *cell) for one in rounds.values() for fault in one)
        rounds.setdefault((name == "sources", before), []).append(fault)
    for number, faults in enumerate(rounds.values()):
        place = shutil.copytree(read.folder(), tmp_path_factory.mktemp("spoiled") / str(number))
        lines = [spoil(place, *fault[:4]) for fault in faults]
        problems = check.problems(place)
        told |= {fault: (line, problems) for fault, line in zip(faults, lines, strict=True)}
    return told


@pytest.mark.parametrize("fault", CELLS + PRECISIONS, ids="-".join)
def test_a_spoiled_cell_is_named(reported, fault):
    name, row_id, column, _, says = fault
    line, problems = reported[fault]
    place = (f"{name}.csv", line, column)
    sentences = [one.sentence for one in problems if (one.file, one.row, one.column) == place]
    assert any(re.search(says, sentence) for sentence in sentences), sentences
    assert all(row_id in sentence for sentence in sentences)


def test_a_changed_digit_is_named_with_its_row(place):
    line = spoil(place, "trade", "TR088", "value", "278.7")
    (sentence,) = found(place)
    assert sentence.startswith("(TR088) The row differs from what was recorded.")
    assert record.REFRESH in sentence
    assert found(place, file="trade.csv", row=line) == [sentence]


def test_a_changed_digit_in_a_table_with_a_double_key_is_named(place):
    path = place / "phrase_counts.csv"
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    lines[9] = re.sub(r",(\d+),(\d+),", lambda m: f",{m[1]},{int(m[2]) + 1},", lines[9], count=1)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    assert len(found(place, file="phrase_counts.csv", row=10)) == 1


def test_a_removed_source_is_named_by_every_row_that_needs_it(place):
    edit(place, "sources", lambda rows: [row for row in rows if row["source_id"] != "GAO98"])
    missing = [each for each in found(place) if "The source GAO98 does not exist" in each]
    assert len(missing) >= 4
    assert found(place, file="sources.csv")[0].startswith("The row GAO98 is gone.")
    assert found(place, file="agreement_steps.csv", column="source_ids")


def test_a_renamed_column_is_named(place):
    path = place / "missiles.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",outcome,", ",result,", 1), encoding="utf-8", newline="\n")
    sentences = found(place, file="missiles.csv", row=1, column="outcome")
    assert sentences == ["The column is missing. Was it renamed to result?"]


def test_columns_in_another_order_are_named(place):
    path = place / "phrases.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("label_en,label_ko", "label_ko,label_en", 1), encoding="utf-8")
    assert "this order: phrase_id, label_en, label_ko" in found(place, file="phrases.csv", row=1)[0]


def test_an_extra_column_is_named(place):
    path = place / "phrases.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n", ",x\n"), encoding="utf-8", newline="\n")
    assert found(place, file="phrases.csv", row=1, column="x")


def test_a_new_row_asks_for_a_record_only(place):
    def add(rows):
        rows.append({**rows[-1], "phrase_id": "PH-new", "label_en": "new"})

    edit(place, "phrases", add)
    (sentence,) = found(place)
    assert "The row is new since the last record." in sentence


def test_a_repeated_id_is_named(place):
    edit(place, "phrases", lambda rows: [*rows, rows[0]])
    assert any("stands in row 2 already" in each for each in found(place, column="phrase_id"))


def test_an_id_of_another_table_is_named(place):
    spoil(place, "agreements", "A1994", "agreement_id", "GAO98")
    sentences = found(place, file="agreements.csv", column="agreement_id")
    assert any("GAO98 is an id of sources.csv too." in each for each in sentences)


def test_a_ragged_row_is_named(place):
    path = place / "phrases.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[3] = "PH-x,a,b,with,commas\n"
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    assert "Put text with commas in quotes." in found(place, file="phrases.csv", row=4)[0]


def test_windows_line_ends_and_other_encodings_are_named(place):
    path = place / "phrases.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8"))
    assert any("CR LF" in each for each in found(place, file="phrases.csv"))
    path.write_bytes(text.encode("utf-16"))
    assert any("Not UTF-8" in each for each in found(place, file="phrases.csv"))


def test_a_missing_last_line_end_is_named(place):
    path = place / "phrases.csv"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8", newline="\n")
    assert any("lacks its line end" in each for each in found(place, file="phrases.csv"))


def test_rows_in_another_order_are_named(place):
    edit(place, "phrases", lambda rows: rows[::-1])
    assert "order of the rows" in found(place, file="phrases.csv")[0]


def test_missing_and_stray_files_are_named(place):
    (place / "phrases.csv").unlink()
    (place / "extra.csv").write_text("a\n")
    assert found(place, file="phrases.csv") == ["The file is missing."]
    assert "No table of datapackage.json" in found(place, file="extra.csv")[0]


def test_a_broken_descriptor_is_named(place):
    (place / read.DESCRIPTOR).write_text("{")
    assert "cannot be read" in found(place, file=read.DESCRIPTOR)[0]
    (place / read.DESCRIPTOR).unlink()
    assert found(place, file=read.DESCRIPTOR) == ["The file is missing."]


def test_missing_checksums_are_named(place):
    (place / record.CHECKSUMS).unlink()
    assert record.REFRESH in found(place, file=record.CHECKSUMS)[0]


def test_refresh_records_a_wanted_change(place):
    spoil(place, "trade", "TR088", "value", "278.7")
    record.refresh(place)
    assert check.problems(place) == []
    assert json.loads((place / read.DESCRIPTOR).read_text(encoding="utf-8"))["version"]


def test_refresh_without_a_change_changes_nothing(place):
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    record.refresh(place)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_the_command_prints_sentences_and_counts(place, capsys):
    assert command.main([str(place)]) == 0
    assert f"{len(read.resources())} tables checked, nothing wrong." in capsys.readouterr().out
    line = spoil(place, "trade", "TR088", "partner", "Mars")
    assert command.main([str(place)]) == 1
    output = capsys.readouterr().out
    assert (
        f"data/trade.csv, row {line}, column partner: (TR088) 'Mars' is not one of: China" in output
    )


def test_the_command_explains_a_wrong_folder(tmp_path, capsys):
    assert command.main([str(tmp_path / "nowhere")]) == 2
    assert "Name the folder that holds datapackage.json" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        command.main(["--nonsense"])
    assert stopped.value.code == 2


def test_the_command_checks_the_tables_in_use_by_default():
    assert command.main() == 0


def test_refresh_as_a_command(place, capsys):
    assert record.main(["--refresh", "--data", str(place)]) == 0
    assert "datapackage.json" in capsys.readouterr().out


def test_the_recipe_works_as_written(place):
    original = read.folder().parent / "docs" / "add-a-row.md"
    if not original.is_file():
        pytest.skip("the recipe lives in a checkout")
    recipe = original.read_text(encoding="utf-8")
    assert record.REFRESH in recipe
    assert "kdebate check" in recipe
    examples = re.findall(r"```csv (\w+)\n(.*?)```", recipe, re.DOTALL)
    assert [name for name, _ in examples] == ["sources", "chronology"]
    for name, row in examples:
        with (place / f"{name}.csv").open("a", encoding="utf-8", newline="\n") as file:
            file.write(row)
    sentences = found(place)
    assert len(sentences) == 2, sentences
    assert all("The row is new since the last record." in sentence for sentence in sentences)
    record.refresh(place)
    assert check.problems(place) == []
