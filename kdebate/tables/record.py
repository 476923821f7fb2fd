"""
What the descriptor and the checksums record about the files, and the documents made from them.

`python -m kdebate.tables --refresh` renews size, hash, row counts and `docs/tables.md` after an edit; the
docstrings of the loaders come from here, too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kdebate.tables import read

CHECKSUMS = "checksums.txt"
REFRESH = "python -m kdebate.tables --refresh"


def row_checksum(row: read.Row) -> str:
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
    package = read.descriptor(place)
    lines = []
    for table in package["resources"]:
        table["bytes"], table["hash"] = file_facts(place / table["path"])
        found = list(read.rows(table, place))
        table["rows"] = len(found)
        table["statusCounts"] = _status_counts(found)
        lines += [f"{table['name']}\t{read.key(table, row)}\t{row_checksum(row)}" for row in found]
    written = [_write(place / read.DESCRIPTOR, json.dumps(package, ensure_ascii=False, indent=1))]
    written.append(_write(place / CHECKSUMS, "\n".join(lines)))
    docs = place.parent / "docs"
    if (place.parent / "pyproject.toml").is_file():
        docs.mkdir(exist_ok=True)
        written.append(_write(docs / "tables.md", tables_page(package)))
    return written


def _status_counts(found: Sequence[read.Row]) -> dict[str, int]:
    counts = Counter(row["status"] for row in found)
    return {status: counts[status] for status in read.STATUSES}


def _write(path: Path, text: str) -> str:
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    return path.name


# The documentation page and the docstrings, both from the descriptor.


def tables_page(package: dict[str, Any]) -> str:
    """Return the documentation page of all tables in Markdown."""
    parts = [
        "# Tables",
        "",
        f"Generated from `data/{read.DESCRIPTOR}` by `{REFRESH}`; edit the descriptor, not this page.",
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


def _overview_line(table: read.Resource) -> str:
    counts = [str(table["statusCounts"][status]) for status in read.STATUSES]
    cells = [
        f"[`{table['name']}`](#{table['name']})",
        str(table["rows"]),
        *counts,
        table["coverage"],
    ]
    return f"| {' | '.join(cells)} |"


def _table_section(table: read.Resource) -> list[str]:
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


def data_sheet(table: read.Resource) -> str:
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
    """Run `python -m kdebate.tables`: 0 done, 2 wrong usage (argparse)."""
    parser = argparse.ArgumentParser(prog="python -m kdebate.tables", description=__doc__)
    parser.add_argument(
        "--refresh", action="store_true", required=True, help="record the files as they are now"
    )
    parser.add_argument("--data", type=Path, default=None, help="another data folder")
    chosen = parser.parse_args(arguments)
    print("Renewed:", ", ".join(refresh(chosen.data or read.folder())))
    return 0
