"""
Runs every benchmark in this folder: ``python -m benchmarks [name ...]``.

Each module has ``run() -> list[dict]`` whose rows carry name, value, unit, ratio and budget; a
ratio compares with the usual way, measured in the same run. Prints a table and writes
build/bench.json. Exit code 1 when a ratio misses its budget or a benchmark fails.
"""

import importlib
import json
import os
import platform
import sys
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "bench.json"
COLUMNS = ("name", "value", "unit", "ratio", "budget", "verdict")
Row = dict[str, Any]


def names() -> list[str]:
    """Modules of this folder that can be run; the others serve them."""
    paths = sorted(Path(__file__).parent.glob("[a-z]*.py"))
    return [path.stem for path in paths if "\ndef run(" in path.read_text(encoding="utf-8")]


def verdict(row: Row) -> str:
    """Whether a ratio keeps its budget; a number alone has no verdict."""
    if row.get("ratio") is None or row.get("budget") is None:
        return ""
    return "ok" if row["ratio"] <= row["budget"] else "MISSED"


def measure(name: str) -> tuple[list[Row], bool]:
    """Rows of one benchmark, and whether it ran."""
    print(f"measuring {name}", flush=True)
    try:
        rows: list[Row] = importlib.import_module(f"benchmarks.{name}").run()
    except Exception:
        traceback.print_exc()  # the other benchmarks still run; the exit code tells
        return [], False
    return [{"benchmark": name, **row, "verdict": verdict(row)} for row in rows], True


def show(rows: list[Row]) -> str:
    """A table of plain text."""
    cells = [COLUMNS, *(tuple(_cell(row.get(column)) for column in COLUMNS) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(COLUMNS))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in cells)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def main(wanted: list[str]) -> int:
    """Run, print, write."""
    measured = [measure(name) for name in (wanted or names())]
    rows = [row for found, _ in measured for row in found]
    machine = {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(
        json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n", encoding="utf-8"
    )
    print(show(rows), f"written to {OUT.relative_to(ROOT)}", sep="\n")
    failed = not all(ran for _, ran in measured) or any(row["verdict"] == "MISSED" for row in rows)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
