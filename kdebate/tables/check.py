"""
Check the data folder and say in words what is wrong, with file, row and column.

`problems(folder)` returns everything it finds; `kdebate check` prints it. The
rules come from the descriptor (types, categories, keys) plus a few of our own:
every row has sources and a status, dates agree with their precision, no row id
stands twice, and every row still has the fingerprint that was recorded for it.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kdebate.tables import read, record

PRECISION = "_precision"
QUOTE_LIMIT = 25
SOURCE_COLUMN = "source_ids"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands, and a sentence."""

    file: str
    row: int | None  # the line in the file as an editor counts it; the header is line 1
    column: str | None
    sentence: str
    is_change: bool = False  # nothing is wrong with the row; it differs from what was recorded

    def __str__(self) -> str:
        place = [f"data/{self.file}"]
        place += [f"row {self.row}"] if self.row is not None else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.sentence}"


@dataclass
class _Table:
    """One table as it stands in its file."""

    description: dict[str, Any]
    rows: list[read.Row] = field(default_factory=list)
    readable: bool = True

    @property
    def name(self) -> str:
        return str(self.description["name"])

    @property
    def file(self) -> str:
        return str(self.description["path"])

    @property
    def fields(self) -> list[dict[str, Any]]:
        return list(self.description["schema"]["fields"])

    @property
    def columns(self) -> list[str]:
        return [each["name"] for each in self.fields]

    def keys(self) -> list[str]:
        return [read.key(self.description, row) for row in self.rows]

    def problem(self, index: int | None, column: str | None, sentence: str) -> Problem:
        """Return a problem in the row with this index (the first data row is line 2)."""
        if index is None:
            return Problem(self.file, None, column, sentence)
        return Problem(self.file, index + 2, column, f"({self.keys_at(index)}) {sentence}")

    def keys_at(self, index: int) -> str:
        return read.key(self.description, self.rows[index])


def problems(data_dir: Path) -> list[Problem]:
    """Return everything that is wrong with the tables in a folder, in the order of the descriptor."""
    try:
        package = read.descriptor(data_dir)
        tables = {each["name"]: _Table(each) for each in package["resources"]}
    except FileNotFoundError:
        return [Problem(read.DESCRIPTOR, None, None, "The file is missing.")]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        return [Problem(read.DESCRIPTOR, None, None, f"The file cannot be read: {error}.")]
    found: list[Problem] = []
    for table in tables.values():
        found += _load(table, data_dir)
    usable = {name: table for name, table in tables.items() if table.readable}
    for table in usable.values():
        found += [each for rule in _RULES for each in rule(table)]
        found += _references(table, usable)
        found += _open_references(table, usable)
        found += _sources(table, usable)
        found += _wording(table, package.get("wording", {}))
    return found + _ids_twice(usable) + _fingerprints(usable, data_dir) + _strays(tables, data_dir)


# Reading a file.


def _load(table: _Table, place: Path) -> list[Problem]:
    """Read the rows of a table; a file that cannot be read as its table is left out of all later rules."""
    table.readable = False
    path = place / table.file
    if not path.is_file():
        return [table.problem(None, None, "The file is missing.")]
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return [
            table.problem(
                None, None, f"Not UTF-8 ({error.reason} at byte {error.start}). Save it as UTF-8."
            )
        ]
    lines = list(csv.reader(text.splitlines(keepends=True)))
    wrong = _wrong_header(table, lines[0] if lines else [])
    if wrong:
        return wrong
    ragged = [index for index, cells in enumerate(lines[1:]) if len(cells) != len(table.columns)]
    if ragged:
        return [_ragged(table, index, lines[index + 1]) for index in ragged]
    table.rows = [dict(zip(table.columns, cells, strict=True)) for cells in lines[1:]]
    table.readable = True
    return list(_layout(table, text))


def _ragged(table: _Table, index: int, cells: list[str]) -> Problem:
    sentence = f"{len(cells)} cells where the header has {len(table.columns)}. Put text with commas in quotes."
    return Problem(table.file, index + 2, None, sentence)


def _wrong_header(table: _Table, header: list[str]) -> list[Problem]:
    """Return what is wrong with the first line: a column missing, unknown, twice or out of order."""
    missing = [name for name in table.columns if name not in header]
    extra = [name for name in header if name not in table.columns]
    found = []
    for name in missing:
        hint = f" Was it renamed to {' or '.join(extra)}?" if extra else ""
        found.append(Problem(table.file, 1, name, f"The column is missing.{hint}"))
    if not missing:
        found += [
            Problem(table.file, 1, name, "The descriptor does not know this column.")
            for name in extra
        ]
    if not found and header != table.columns:
        found.append(
            Problem(
                table.file,
                1,
                None,
                f"Columns should stand in this order: {', '.join(table.columns)}.",
            )
        )
    return found


def _layout(table: _Table, text: str) -> Iterator[Problem]:
    if "\r" in text:
        yield table.problem(None, None, "Lines end in CR LF. Save the file with LF line ends.")
    if not text.endswith("\n"):
        yield table.problem(None, None, "The last line lacks its line end. Add one.")


# Rules for one table; each takes the table and yields what is wrong.


def _cells(table: _Table) -> Iterator[Problem]:
    for each in table.fields:
        name = each["name"]
        # Most columns say the same few things over and over.
        wrong = {text: _wrong_cell(text, each) for text in {row[name] for row in table.rows}}
        for index, row in enumerate(table.rows):
            sentence = wrong[row[name]]
            if sentence:
                yield table.problem(index, name, sentence)


def _wrong_cell(text: str, each: dict[str, Any]) -> str | None:
    """Return what is wrong with one cell, None when it is fine."""
    rules = each.get("constraints", {})
    if text == "":
        return "A value is required." if rules.get("required") else None
    if text != text.strip() or "\n" in text:
        return f"{text!r} has blanks at an end or a line break inside. Remove them."
    value = _parsed(text, each["type"])
    if value is None:
        return f"{text!r} is not {_KINDS[each['type']]}."
    if "enum" in rules and text not in rules["enum"]:
        return f"{text!r} is not one of: {', '.join(rules['enum'])}."
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        return f"{text!r} does not look like {rules['pattern']}."
    return _out_of_range(value, rules)


def _out_of_range(value: Any, rules: dict[str, Any]) -> str | None:
    if "minimum" in rules and value < rules["minimum"]:
        return f"{value} is below {rules['minimum']}."
    if "maximum" in rules and value > rules["maximum"]:
        return f"{value} is above {rules['maximum']}."
    return None


_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number (use a point, no thousands separator)",
    "boolean": "true or false",
    "date": "a date written YYYY-MM-DD",
}


def _parsed(text: str, kind: str) -> Any:
    """Return a cell in its type, None when it has another."""
    try:
        match kind:
            case "integer":
                return int(text) if re.fullmatch(r"-?\d+", text) else None
            case "number":
                return float(text) if re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text) else None
            case "boolean":
                return {"true": True, "false": False}.get(text)
            case "date":
                return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return text


def _unique(table: _Table) -> Iterator[Problem]:
    yield from _twice(table, table.description["schema"]["primaryKey"])
    for each in table.fields:
        if (
            each.get("constraints", {}).get("unique")
            and [each["name"]] != table.description["schema"]["primaryKey"]
        ):
            yield from _twice(table, [each["name"]])


def _twice(table: _Table, columns: list[str]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(table.rows):
        value = tuple(row[name] for name in columns)
        if all(value) and value in seen:
            sentence = (
                f"{' | '.join(value)} stands in row {seen[value]} already. Choose another id."
            )
            yield table.problem(index, columns[0], sentence)
        seen.setdefault(value, index + 2)


def _precisions(table: _Table) -> Iterator[Problem]:
    for date, precision in _dated(table.columns):
        for index, row in enumerate(table.rows):
            exact = "" if date == "end_date" and not row[date] else row[precision]
            sentence = _wrong_precision(row[date], exact)
            if sentence:
                yield table.problem(index, precision, sentence)


def _dated(columns: list[str]) -> list[tuple[str, str]]:
    """Return each date column with its precision; start and end may share `date_precision`."""
    pairs = [(name, name + PRECISION) for name in columns if name + PRECISION in columns]
    if "date_precision" in columns:
        shared = [name for name in ("start_date", "end_date") if name in columns]
        pairs += [(name, "date_precision") for name in shared]
    return pairs


def _wrong_precision(date: str, precision: str) -> str | None:
    """Return how a date and its precision contradict each other, None when they agree."""
    if bool(date) != bool(precision):
        return "A date and its precision come together: fill both or neither."
    if precision == "year" and not date.endswith("-01-01"):
        return f"{date} is more exact than a year. Write {date[:4]}-01-01 or change the precision."
    if precision == "month" and not date.endswith("-01"):
        return f"{date} is more exact than a month. Write {date[:7]}-01 or change the precision."
    return None


def _intervals(table: _Table) -> Iterator[Problem]:
    for start, end in (("start_date", "end_date"), ("period_start", "period_end")):
        if start not in table.columns or end not in table.columns:
            continue
        for index, row in enumerate(table.rows):
            if row[start] and row[end] and row[end] < row[start]:
                yield table.problem(index, end, f"{row[end]} is before {start} {row[start]}.")


def _doubts(table: _Table) -> Iterator[Problem]:
    """Check `recalled_fields`: names of columns, and never empty on a recalled row."""
    for index, row in enumerate(table.rows):
        named = [name for name in row["recalled_fields"].split(";") if name]
        for name in named:
            if name != "all" and name not in table.columns:
                sentence = f"{name!r} is no column of this table. Name columns, or write all."
                yield table.problem(index, "recalled_fields", sentence)
        if row["status"] == "recalled" and not named and table.name != "sources":
            yield table.problem(
                index, "recalled_fields", "A recalled row must say what is recalled (or all)."
            )


def _quotes(table: _Table) -> Iterator[Problem]:
    if "quote" not in table.columns:
        return
    for index, row in enumerate(table.rows):
        words = len(row["quote"].split())
        if words > QUOTE_LIMIT:
            yield table.problem(index, "quote", f"{words} words. Quote at most {QUOTE_LIMIT}.")


_RULES: tuple[Callable[[_Table], Iterator[Problem]], ...] = (
    _cells,
    _unique,
    _precisions,
    _intervals,
    _doubts,
    _quotes,
)


# Rules across tables.


def _references(table: _Table, tables: dict[str, _Table]) -> Iterator[Problem]:
    for link in table.description["schema"].get("foreignKeys", []):
        target = tables.get(link["reference"].get("resource", table.name))
        if target is None:
            continue
        known = {tuple(row[name] for name in link["reference"]["fields"]) for row in target.rows}
        for index, row in enumerate(table.rows):
            value = tuple(row[name] for name in link["fields"])
            if any(value) and value not in known:
                sentence = f"{' | '.join(value)} does not exist in {target.file}."
                yield table.problem(index, link["fields"][0], sentence)


def _open_references(table: _Table, tables: dict[str, _Table]) -> Iterator[Problem]:
    """Check columns that point at a row of any of several tables (`references` in the descriptor)."""
    for each in table.fields:
        targets = [tables[name] for name in each.get("references", []) if name in tables]
        known = set[str]().union(*(target.keys() for target in targets))
        for index, row in enumerate(table.rows):
            value = row[each["name"]]
            if targets and value and value not in known:
                files = " or ".join(target.file for target in targets)
                yield table.problem(index, each["name"], f"{value} does not exist in {files}.")


def _sources(table: _Table, tables: dict[str, _Table]) -> Iterator[Problem]:
    if "sources" not in tables:
        return
    ranks = {row["source_id"]: _rank(row["status"]) for row in tables["sources"].rows}
    partial = [name for name in table.columns if name.startswith(f"{SOURCE_COLUMN}_")]
    for index, row in enumerate(table.rows):
        named = row[SOURCE_COLUMN].split(";")
        for name in partial:
            for source_id in set(row[name].split(";")) - {*named, ""}:
                sentence = f"The source {source_id} is not among the {SOURCE_COLUMN} of the row. Add it there."
                yield table.problem(index, name, sentence)
        if len(set(named)) < len(named):
            yield table.problem(index, SOURCE_COLUMN, "A source stands twice. Name it once.")
        for source_id in named:
            if source_id and source_id not in ranks:
                sentence = (
                    f"The source {source_id} does not exist in sources.csv. Add a row for it there."
                )
                yield table.problem(index, SOURCE_COLUMN, sentence)
        best = min((ranks[each] for each in named if each in ranks), default=0)
        if _rank(row["status"]) < best < len(read.STATUSES):
            sentence = (
                f"No source of the row is better than {read.STATUSES[best]}. Lower the status."
            )
            yield table.problem(index, "status", sentence)


def _rank(status: str) -> int:
    """Return the place of a status, 0 the best; an unknown one is reported elsewhere."""
    return read.STATUSES.index(status) if status in read.STATUSES else len(read.STATUSES)


def _wording(table: _Table, wording: dict[str, Any]) -> Iterator[Problem]:
    """Refuse words that only somebody who built the tables can read."""
    if not wording:
        return
    refused = re.compile("|".join(wording["refused"]), re.IGNORECASE)
    open_columns = [
        each["name"]
        for each in table.fields
        if each["type"] == "string"
        and "categories" not in each
        and each["name"] not in wording["exempt"]
    ]
    for name in open_columns:
        for index, row in enumerate(table.rows):
            hit = refused.search(row[name]) if row[name] else None
            if hit:
                sentence = f"{hit.group()!r} means nothing to a reader. {wording['advice']}"
                yield table.problem(index, name, sentence)


def _ids_twice(tables: dict[str, _Table]) -> list[Problem]:
    """Refuse an id that stands in two tables: a citation would be ambiguous."""
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for table in tables.values():
        column = read.id_column(table.description)
        if column is None:
            continue
        for index, row in enumerate(table.rows):
            other = seen.setdefault(row[column], table.file)
            if other != table.file:
                found.append(
                    table.problem(index, column, f"{row[column]} is an id of {other} too.")
                )
    return found


# Fingerprints: has anything changed since `--refresh`?


def _fingerprints(tables: dict[str, _Table], place: Path) -> list[Problem]:
    """Name each row that was changed, added or removed since the last refresh."""
    try:
        recorded = record.checksums(place)
    except (FileNotFoundError, ValueError) as error:
        return [Problem(record.CHECKSUMS, None, None, f"Cannot be read ({error}). {_ADVICE}")]
    found = []
    for table in tables.values():
        changed = list(_changed_rows(table, recorded.get(table.name, {})))
        found += changed or list(_changed_file(table, place))
    return [replace(problem, is_change=True) for problem in found]


_ADVICE = f"If the change is wanted, run `{record.REFRESH}`."


def _changed_rows(table: _Table, recorded: dict[str, str]) -> Iterator[Problem]:
    keys = table.keys()
    for index, row_key in enumerate(keys):
        before = recorded.get(row_key)
        if before is None:
            yield table.problem(index, None, f"The row is new since the last record. {_ADVICE}")
        elif before != record.row_checksum(table.rows[index]):
            yield table.problem(index, None, f"The row differs from what was recorded. {_ADVICE}")
    for row_key in sorted(recorded.keys() - set(keys)):
        yield table.problem(None, None, f"The row {row_key} is gone. {_ADVICE}")


def _changed_file(table: _Table, place: Path) -> Iterator[Problem]:
    size, digest = record.file_facts(place / table.file)
    stated = table.description
    if (size, digest, len(table.rows)) != (stated["bytes"], stated["hash"], stated["rows"]):
        yield table.problem(
            None, None, f"Size, hash or order of the rows differ from the descriptor. {_ADVICE}"
        )


def _strays(tables: dict[str, _Table], place: Path) -> list[Problem]:
    known = {table.file for table in tables.values()}
    strays = sorted(path.name for path in place.glob("*.csv") if path.name not in known)
    return [
        Problem(name, None, None, f"No table of {read.DESCRIPTOR} describes this file.")
        for name in strays
    ]
