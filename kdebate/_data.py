"""
Find and read the tables of the package.

`data/datapackage.json` is the one place that describes them: the types, the
order of categories, the docstrings of the loaders and the page `docs/tables.md`
all come from it. `python -m kdebate._data --refresh` renews what it records
about the files (size, hash, row counts) after an edit.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

Resource = dict[str, Any]
Row = dict[str, str]

DESCRIPTOR = "datapackage.json"
CHECKSUMS = "checksums.txt"
REFRESH = "python -m kdebate._data --refresh"
STATUSES = ("primary", "secondary", "dataset", "recalled")


def folder() -> Path:
    """Return the folder of the tables: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent
    for place in (package / "data", package.parent / "data"):
        if (place / DESCRIPTOR).is_file():
            return place
    raise FileNotFoundError(
        f"No {DESCRIPTOR} beside the package. Install kdebate again, or work in a full checkout."
    )


def descriptor(place: Path | None = None) -> dict[str, Any]:
    """Return the descriptor of all tables."""
    text = ((place or folder()) / DESCRIPTOR).read_text(encoding="utf-8")
    return dict(json.loads(text))


def resources(place: Path | None = None) -> dict[str, Resource]:
    """Return the description of each table by its name, in the order of the descriptor."""
    return {table["name"]: table for table in descriptor(place)["resources"]}


def resource(name: str) -> Resource:
    """Return the description of one table, or say which names exist."""
    known = resources()
    if name not in known:
        raise ValueError(f"No dataset named {name!r}. Choose one of: {', '.join(known)}.")
    return known[name]


def read(name: str) -> pd.DataFrame:
    """Return one table, typed as the descriptor says."""
    table = resource(name)
    frame = pd.read_csv(
        folder() / table["path"], dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    for field in table["schema"]["fields"]:
        frame[field["name"]] = _typed(frame[field["name"]], field)
    return frame


def _typed(column: pd.Series, field: dict[str, Any]) -> pd.Series:
    """Return a column of text in the type of its field; missing values stay missing."""
    match field["type"]:
        case "integer":
            return pd.to_numeric(column).astype("Int64")
        case "number":
            return pd.to_numeric(column).astype("float64")
        case "boolean":
            return column.map({"true": True, "false": False}).astype("boolean")
        case "date":
            return pd.to_datetime(column, format="%Y-%m-%d")
    if "categories" in field:
        kind = pd.CategoricalDtype(field["categories"], field.get("categoriesOrdered", False))
        return column.astype(kind)
    return column


def rows(table: Resource, place: Path | None = None) -> Iterator[Row]:
    """Yield the rows of a table as plain text, by column."""
    with ((place or folder()) / table["path"]).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def key(table: Resource, row: Row) -> str:
    """Return the primary key of a row as one text."""
    return "|".join(row[name] for name in table["schema"]["primaryKey"])


def id_column(table: Resource) -> str | None:
    """Return the column whose values can be cited, None where the key is composite."""
    columns = table["schema"]["primaryKey"]
    return columns[0] if len(columns) == 1 else None


def find(row_id: str) -> tuple[Resource, Row] | None:
    """Return the table and the row with this id, None where there is none."""
    for table in resources().values():
        column = id_column(table)
        if column is None:
            continue
        for row in rows(table):
            if row[column] == row_id:
                return table, row
    return None


def label(table: Resource, row: Row) -> str:
    """Return a row in a few words: its `labelFields`, dates no more exact than they are known."""
    shown = (_shown(row, column) for column in table["labelFields"])
    return ", ".join(part for part in shown if part)


def _shown(row: Row, column: str) -> str:
    own = row.get(f"{column}_precision", "")
    shared = row.get("date_precision", "") if column in ("date", "start_date") else ""
    return row[column][: {"year": 4, "month": 7}.get(own or shared)]


# What the descriptor and the checksums record about the files.


def row_checksum(row: Row) -> str:
    """Return a short fingerprint of one row."""
    text = "\x1f".join(f"{name}={value}" for name, value in row.items())
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:10]


def checksums(place: Path) -> dict[str, dict[str, str]]:
    """Return the recorded fingerprint of each row by key, for each table."""
    recorded: dict[str, dict[str, str]] = {}
    for line in (place / CHECKSUMS).read_text(encoding="utf-8").splitlines():
        table, row_key, digest = line.split("\t")
        recorded.setdefault(table, {})[row_key] = digest
    return recorded


def file_facts(path: Path) -> tuple[int, str]:
    """Return the size of a file and its hash as the descriptor writes them."""
    content = path.read_bytes()
    return len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"


def refresh(place: Path) -> list[str]:
    """Renew size, hash and row counts in the descriptor, the checksums and `docs/tables.md`."""
    package = descriptor(place)
    lines = []
    for table in package["resources"]:
        table["bytes"], table["hash"] = file_facts(place / table["path"])
        found = list(rows(table, place))
        table["rows"] = len(found)
        table["statusCounts"] = _status_counts(found)
        lines += [f"{table['name']}\t{key(table, row)}\t{row_checksum(row)}" for row in found]
    written = [_write(place / DESCRIPTOR, json.dumps(package, ensure_ascii=False, indent=1))]
    written.append(_write(place / CHECKSUMS, "\n".join(lines)))
    docs = place.parent / "docs"
    if (place.parent / "pyproject.toml").is_file():
        docs.mkdir(exist_ok=True)
        written.append(_write(docs / "tables.md", tables_page(package)))
    return written


def _status_counts(found: Sequence[Row]) -> dict[str, int]:
    counts = Counter(row["status"] for row in found)
    return {status: counts[status] for status in STATUSES}


def _write(path: Path, text: str) -> str:
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    return path.name


# The documentation page and the docstrings, both from the descriptor.


def tables_page(package: dict[str, Any]) -> str:
    """Return the documentation page of all tables in Markdown."""
    parts = [
        "# Tables",
        "",
        f"Generated from `data/{DESCRIPTOR}` by `{REFRESH}`; edit the descriptor, not this page.",
        "",
        package["description"],
        "",
        "Load them with `kdebate.datasets` (`names()`, `load_<name>()`, `source(row_id)`, `cite(table)`)."
        " Who reads the files directly should know that an empty cell means unknown while `n/a` is a"
        ' value (pandas: `keep_default_na=False, na_values=[""]`), and that a date with a precision'
        " coarser than a day is written as the first day of its period.",
        "",
        "| table | rows | primary | secondary | dataset | recalled | coverage |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    parts += [_overview_line(table) for table in package["resources"]]
    for table in package["resources"]:
        parts += ["", *_table_section(table)]
    return "\n".join(parts)


def _overview_line(table: Resource) -> str:
    counts = [str(table["statusCounts"][status]) for status in STATUSES]
    cells = [
        f"[`{table['name']}`](#{table['name']})",
        str(table["rows"]),
        *counts,
        table["coverage"],
    ]
    return f"| {' | '.join(cells)} |"


def _table_section(table: Resource) -> list[str]:
    lines = [f"## {table['name']}", "", f"**{table['title']}.** {table['description']}", ""]
    lines += [f"- Coverage: {table['coverage']}"]
    lines += [f"- Gap: {gap}" for gap in table["gaps"]]
    lines += [f"- Bias: {table['bias']}"] if table["bias"] else []
    lines += [f"- Attribution: {table['attribution']}"]
    lines += [f"- Key: {', '.join(f'`{name}`' for name in table['schema']['primaryKey'])}"]
    lines += [f"- {_reference(link)}" for link in table["schema"].get("foreignKeys", [])]
    lines += ["", "| column | type | unit | values | meaning |", "|---|---|---|---|---|"]
    return lines + [_field_line(field) for field in table["schema"]["fields"]]


def _reference(link: dict[str, Any]) -> str:
    target = link["reference"].get("resource", "this table")
    return f"`{', '.join(link['fields'])}` points at `{', '.join(link['reference']['fields'])}` of {target}"


def _field_line(field: dict[str, Any]) -> str:
    values = ", ".join(f"`{value}`" for value in field.get("categories", []))
    meaning = field["description"].replace("|", "\\|")
    return (
        f"| `{field['name']}` | {field['type']} | {field.get('unit', '')} | {values} | {meaning} |"
    )


def data_sheet(table: Resource) -> str:
    """Return the docstring of a loader: what the table holds, covers, lacks and leans to."""
    lines = [f"{table['title']}.", "", table["description"], "", f"Coverage: {table['coverage']}"]
    lines += [f"Gap: {gap}" for gap in table["gaps"]]
    lines += [f"Bias: {table['bias']}"] if table["bias"] else []
    lines += [f"Attribution: {table['attribution']}"]
    lines += ["", "Returns", "-------", "pandas.DataFrame"]
    lines += [f"    {table['rows']} rows, in the order of the file. Columns:", ""]
    for field in table["schema"]["fields"]:
        unit = f" [{field['unit']}]" if "unit" in field else ""
        lines.append(f"    {field['name']}{unit}: {field['description']}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Run `python -m kdebate._data`: 0 done, 2 wrong usage (argparse)."""
    parser = argparse.ArgumentParser(prog="python -m kdebate._data", description=__doc__)
    parser.add_argument(
        "--refresh", action="store_true", required=True, help="record the files as they are now"
    )
    parser.add_argument("--data", type=Path, default=None, help="another data folder")
    chosen = parser.parse_args(arguments)
    print("Renewed:", ", ".join(refresh(chosen.data or folder())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
