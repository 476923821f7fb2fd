"""What SQLite lays beside the journal goes with it: answers stand in there too."""

import os
import sqlite3
from contextlib import closing

import pytest

from kdebate.exercises import Journal


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be removed elsewhere")
def test_clear_takes_the_side_files_too(tmp_path):
    journal = Journal(tmp_path / "kdebate-journal.sqlite")
    journal.record("q", "kept in the side file")
    with closing(sqlite3.connect(journal.path)) as other:
        other.execute("SELECT count(*) FROM entries").fetchone()
        journal.record("q", "while another notebook is open")
        assert len(list(tmp_path.iterdir())) > 1, "no side file: this test would prove nothing"
        journal.clear()
        assert list(tmp_path.iterdir()) == []
