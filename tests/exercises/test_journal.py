"""The journal file: nothing that was recorded is ever missing."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from kdebate.exercises import Journal, portfolio
from kdebate.exercises import journal as module
from kdebate.exercises.journal import CannotWrite
from kdebate.exercises.portfolio import Entry


@pytest.fixture
def journal(tmp_path) -> Journal:
    return Journal(tmp_path / "kdebate-journal.sqlite")


def entry(number: int, answer="words", second: int = 0) -> Entry:
    stamp = f"2026-01-01T00:00:{second:02}.000Z"
    return Entry(f"e{number}", f"q{number}", "reflect", "00-start-here", answer, stamp)


# ---- what a notebook uses --------------------------------------------------------------------------


def test_record_and_entries(journal):
    journal.record("04-two-slices", {"claim": "fails"})
    journal.record("free", "first")
    journal.record("free", "second")
    table = journal.entries()
    assert list(table.columns) == [
        "question_id",
        "kind",
        "answer",
        "answered_at",
        "version",
        "notebook",
    ]
    assert list(table.question_id) == ["04-two-slices", "free"]
    assert list(table.kind) == ["predict", "note"]
    assert list(table.version) == [1, 2]
    assert table.notebook[0] == "04-concede-step-by-step"
    assert table.answer[1] == "second"
    assert list(journal.entries(history=True).answer[1:]) == ["first", "second"]


def test_an_empty_journal_makes_no_file(journal, tmp_path):
    assert journal.entries().empty
    assert list(journal.entries().columns) == module.COLUMNS
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "answer", [None, True, 0, 0.25, "", "한국어", ["a", 1], {"a": {"b": [None]}}]
)
def test_answers_come_back_as_they_were(journal, answer):
    journal.record("q", answer)
    assert journal.all()[0].answer == answer


@pytest.mark.parametrize("answer", [float("nan"), {1, 2}, object(), b"bytes", 10**400])
def test_answers_that_cannot_be_stored_are_refused(journal, answer):
    with pytest.raises(TypeError, match="cannot be stored"):
        journal.record("q", answer)
    assert journal.all() == []


@pytest.mark.parametrize("question_id", ["", "x" * 121, "two\nlines"])
def test_bad_ids_are_refused(journal, question_id):
    with pytest.raises(ValueError, match="no question id"):
        journal.record(question_id, 1)


def test_a_new_answer_wins_over_one_from_a_clock_that_is_ahead(journal):
    ahead = Entry("e", "q", "note", "", "from the future", "2999-01-01T00:00:00.000Z")
    journal.merge([ahead])
    journal.record("q", "now")
    assert journal.entries().answer[0] == "now"


def test_merge_keeps_the_newest_state_of_a_sitting_and_all_versions(journal):
    journal.merge([entry(1, "new", 5)])
    journal.merge([entry(1, "old", 3), entry(2)])
    journal.merge([entry(1, "old", 3), entry(2)])
    assert [one.answer for one in journal.all()] == ["words", "new"]


def test_the_last_opened_journal_is_the_current_one(journal, tmp_path):
    other = Journal(tmp_path / "other.sqlite")
    assert module.current() is other


# ---- the file ----------------------------------------------------------------------------------------


def test_every_commit_is_on_the_disk(journal):
    journal.record("q", 1)
    with journal._open(write=True) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_file_system_without_wal_gets_a_rollback_journal(journal, monkeypatch):
    refused = []

    class NoWal(sqlite3.Connection):
        def execute(self, sql, *args):
            if sql.endswith("= WAL"):
                refused.append(sql)
                raise sqlite3.OperationalError("locking protocol")
            return super().execute(sql, *args)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, factory=NoWal, **k))
    journal.record("q", "kept")
    with journal._open(write=True) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert refused
    assert journal.all()[0].answer == "kept"


def fill(journal: Journal, count: int = 400) -> None:
    journal.merge(entry(n, f"answer {n} " + "x" * 300) for n in range(count))


DAMAGE = {
    "html": lambda content: b"<!doctype html><p>gone" * 100,
    "half": lambda content: content[: len(content) // 2],
    "hole": lambda content: content[:40_000] + b"\0" * 8192 + content[48_192:],
    "header": lambda content: b"\0" * 100 + content[100:],
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_set_aside_and_what_is_readable_is_kept(journal, name):
    fill(journal)
    damaged = DAMAGE[name](journal.path.read_bytes())
    journal.path.write_bytes(damaged)
    again = Journal(journal.path)
    kept = {one.entry_id: one for one in again.all()}
    assert all(one == entry(int(one.entry_id[1:]), one.answer) for one in kept.values())
    if name in {"half", "hole"}:
        assert len(kept) > 100
    asides = list(journal.path.parent.glob("*.damaged-*"))
    assert [
        aside.read_bytes() for aside in asides if not aside.name.endswith(("-wal", "-shm"))
    ] == [damaged]
    assert "set aside" in again.notice
    assert str(len(kept)) in again.notice
    again.record("after", "goes on")
    assert again.entries().question_id.iloc[-1] == "after"


def test_another_programs_database_is_not_touched(journal):
    with sqlite3.connect(journal.path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    before = journal.path.read_bytes()
    again = Journal(journal.path)
    assert "not a journal of this module" in again.notice
    with pytest.raises(CannotWrite, match="Move it away"):
        again.record("q", 1)
    assert journal.path.read_bytes() == before


def test_a_later_versions_journal_is_not_touched(journal):
    journal.record("q", 1)
    with sqlite3.connect(journal.path) as connection:
        connection.execute(f"PRAGMA user_version = {portfolio.SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(CannotWrite, match="newer version"):
        journal.record("q", 2)


def test_a_full_disk_is_said_in_words_and_loses_nothing(journal, monkeypatch):
    journal.record("q", "kept")
    durable = module._make_durable

    def small(connection):
        durable(connection)
        connection.execute("PRAGMA max_page_count = 8")

    monkeypatch.setattr(module, "_make_durable", small)
    with pytest.raises(CannotWrite, match="the disk is full"):
        fill(journal)
    assert [one.answer for one in journal.all()] == ["kept"]


READ_ONLY = """
import os, sys
from pathlib import Path
from kdebate.exercises import Journal
from kdebate.exercises.journal import CannotWrite
if os.geteuid() == 0:
    os.setuid(65534)  # root may write everywhere
journal = Journal(sys.argv[1])
print([entry.answer for entry in journal.all()])
try:
    journal.record("q", "more")
except CannotWrite as reason:
    print(reason)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
@pytest.mark.parametrize("filled", [True, False])
def test_a_read_only_folder_is_said_in_words_and_can_be_read(journal, tmp_path, filled):
    if filled:
        journal.record("q", "kept")
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder.owner() == tmp_path.owner() and folder != tmp_path:
            folder.chmod(0o755)
    tmp_path.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, journal.path], capture_output=True, text=True, check=True
    )
    tmp_path.chmod(0o755)
    first, second = done.stdout.splitlines()
    assert first == ("['kept']" if filled else "[]")
    assert "read-only" in second


def test_a_locked_file_is_said_in_words(journal, monkeypatch):
    journal.record("q", 1)
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    holder = sqlite3.connect(journal.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CannotWrite, match="another program holds"):
        journal.record("q", 2)
    holder.rollback()
    holder.close()


WRITER = """
import sys
from kdebate.exercises import Journal
journal = Journal(sys.argv[1])
for n in range(int(sys.argv[2])):
    journal.record(f"{sys.argv[3]}-{n}", f"answer {n}")
    print(n, flush=True)
"""


def writer(journal: Journal, count: int, name: str) -> subprocess.Popen:
    argv = [sys.executable, "-c", textwrap.dedent(WRITER), str(journal.path), str(count), name]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)


def test_several_kernels_write_to_one_file(journal):
    running = [writer(journal, 25, name) for name in ("a", "b", "c")]
    assert [process.communicate()[1] or process.returncode for process in running] == [0, 0, 0]
    assert len(journal.all()) == 75


def kill_while_writing(journal: Journal, rounds: int) -> int:
    """Kill a writer at a random moment, again and again; returns how many answers were promised."""
    chance = random.Random(2019)
    promised = 0
    for turn in range(rounds):
        process = writer(journal, 10_000, f"w{turn}")
        told = [process.stdout.readline().strip() for _ in range(chance.randint(1, 6))]
        process.send_signal(signal.SIGKILL)
        rest = process.communicate()[0].split("\n")
        told += [line for line in rest[:-1] if line]
        there = {one.question_id for one in Journal(journal.path).all()}
        missing = {f"w{turn}-{n}" for n in told} - there
        assert not missing, missing
        promised += len(told)
    return promised


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_nothing_promised_is_missing_after_a_kill(journal):
    assert kill_while_writing(journal, 3) >= 3
    assert not list(journal.path.parent.glob("*.damaged-*"))


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_nothing_promised_is_missing_after_two_hundred_kills(journal):
    promised = kill_while_writing(journal, 200)
    print(f"200 kills of a writer, {promised} answers promised, none missing")
    assert not list(journal.path.parent.glob("*.damaged-*"))


def test_clear_removes_all_files(journal, tmp_path):
    journal.record("q", 1)
    journal.clear()
    assert list(tmp_path.iterdir()) == []
    journal.record("q", 2)
    assert len(journal.all()) == 1
