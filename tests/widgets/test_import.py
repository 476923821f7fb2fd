"""What importing the widgets costs: no table is read before an explorer is made."""

import subprocess
import sys

PROGRAM = """
import os, sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
{then}
print(*sorted({{os.path.basename(name) for name in opened if name.endswith(".csv")}}))
"""


def tables_read(then):
    """The tables that a fresh Python opens."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(then=then)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_importing_the_widgets_reads_no_table():
    assert tables_read("import kdebate.widgets, kdebate.exercises") == []


def test_making_an_explorer_reads_its_own():
    then = "from kdebate.widgets import BasketExplorer\nBasketExplorer()"
    assert "hostile_policy_components.csv" in tables_read(then)
    assert tables_read("from kdebate.widgets import ConcessionExplorer\nConcessionExplorer()") == []
