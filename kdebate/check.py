"""The command `kdebate check`: what is wrong with the tables, and what a widget would trip over in them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kdebate.evidence import check as widgets
from kdebate.tables import check as tables
from kdebate.tables import read


def main(arguments: Sequence[str] = ()) -> int:
    """Print what is wrong with the tables: 0 nothing, 1 something, 2 no such folder."""
    parser = argparse.ArgumentParser(
        prog="kdebate check", description="Check the tables, in words."
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, help="the data folder (default: the one in use)"
    )
    place = parser.parse_args(list(arguments)).folder or read.folder()
    if not place.is_dir():
        print(f"No folder {place}. Name the folder that holds {read.DESCRIPTOR}.", file=sys.stderr)
        return 2
    found = tables.problems(place)
    if all(problem.is_change for problem in found):  # otherwise it would say the same twice
        found += widgets.problems(place)
    for problem in found:
        print(problem)
    count = len(read.resources(place)) if not found else 0
    print(f"{len(found)} problem(s) found." if found else f"{count} tables checked, nothing wrong.")
    return 1 if found else 0
