"""The command `kdebate check`: what is wrong with the tables, and what a widget made from them would trip over."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kdebate.tables import read
from kdebate.tables.check import problems


def main(arguments: Sequence[str] = ()) -> int:
    """Print what is wrong with the tables: 0 nothing, 1 something, 2 no such folder."""
    parser = argparse.ArgumentParser(
        prog="kdebate check", description="Check the tables, in words."
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, help="the data folder (default: the one in use)"
    )
    chosen = parser.parse_args(list(arguments))
    place = chosen.folder or read.folder()
    if not place.is_dir():
        print(f"No folder {place}. Name the folder that holds {read.DESCRIPTOR}.", file=sys.stderr)
        return 2
    found = problems(place)
    for problem in found:
        print(problem)
    tables = read.resources(place) if not found else {}
    print(
        f"{len(found)} problem(s) found."
        if found
        else f"{len(tables)} tables checked, nothing wrong."
    )
    return 1 if found else 0
