"""The journal file: nothing that was recorded is ever missing."""

import datetime
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from kdebate import words
from kdebate.exercises import Journal
from kdebate.journal import book, disk, portfolio
from kdebate.journal.book import FILE, CannotWrite
from kdebate.journal.portfolio import Entry
from kdebate.widgets import journal_link


@pytest.fixture
def journal(tmp_path) -> Journal:
    return Journal(tmp_path / "kdebate-journal.sqlite")


def stamp(**ahead: int) -> str:
    """A moment from now, as the journal writes it."""
    return portfolio._written(datetime.datetime.now(datetime.UTC) + datetime.timedelta(**ahead))


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
    assert list(journal.entries().columns) == book.COLUMNS
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
    ahead = Entry("e", "q", "note", "", "from the future", stamp(hours=20))
    journal.merge([ahead])
    journal.record("q", "now")
    table = journal.entries()
    assert table.answer[0] == "now"
    assert table.answered_at[0] > ahead.answered_at


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59.999Z", "2099-01-01T00:00:00.000Z"])
def test_a_date_that_has_not_come_yet_is_set_apart_and_blocks_nothing(journal, date):
    journal.record("q", "before")
    journal.merge([Entry("e", "q", "predict", "", "from the future", date)])
    journal.record("q", "after")
    assert list(journal.entries().answer) == ["after"]
    assert journal.all()[-1].answered_at <= stamp(minutes=1)
    assert [one.answer for one in journal.contents().apart] == ["from the future"]


def test_a_clock_that_lies_behind_all_answers_loses_no_word(journal, monkeypatch):
    monkeypatch.setattr(book, "now", lambda: "1970-01-01T00:00:07.000Z")
    journal.record("q", "one")
    journal.record("q", "two")
    assert [one.answer for one in journal.all()] == ["one", "two"]


def test_merge_keeps_the_newest_state_of_a_sitting_and_all_versions(journal):
    journal.merge([entry(1, "new", 5)])
    journal.merge([entry(1, "old", 3), entry(2)])
    journal.merge([entry(1, "old", 3), entry(2)])
    assert [one.answer for one in journal.all()] == ["words", "new"]


def test_the_last_opened_journal_is_the_current_one(journal, tmp_path):
    other = Journal(tmp_path / "other.sqlite")
    assert book.current() is other


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
    "zeros": lambda content: b"\0" * len(content),
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


FOREIGN = {
    "html": b"<!doctype html><p>gone" * 100,
    "text": b"my notes",
    "binary": bytes(range(256)) * 40,
    "old": b"SQLite format 3\0" + b"\0" * 3000,
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("linked", [False, True])
def test_a_file_that_never_was_a_journal_is_not_touched(journal, tmp_path, name, linked):
    place = tmp_path / "elsewhere" if linked else journal.path
    place.write_bytes(FOREIGN[name])
    if linked:
        journal.path.symlink_to(place)
    again = Journal(journal.path)
    assert "not a journal of this module" in again.notice
    with pytest.raises(CannotWrite, match="Move it away"):
        again.record("q", 1)
    assert place.read_bytes() == FOREIGN[name]
    assert not list(tmp_path.glob("*.damaged-*"))


def test_a_journal_that_is_overwritten_while_it_is_open_is_replaced(journal):
    journal.record("q", "before")
    identity = journal.identity
    journal.path.write_bytes(FOREIGN["html"])
    journal.record("q", "after")
    assert "set aside" in journal.notice
    assert Journal(journal.path).identity == identity, "the browser's copy still belongs to it"


@pytest.mark.parametrize("make", ["folder", "dangling", "special"])
def test_what_is_no_file_gets_its_own_sentence(journal, tmp_path, make):
    if make == "folder":
        journal.path.mkdir()
    elif make == "dangling":
        journal.path.symlink_to(tmp_path / "nowhere")
    else:
        os.mkfifo(journal.path)
    with pytest.raises(CannotWrite) as caught:
        Journal(journal.path).record("q", 1)
    assert str(caught.value) == words.of("exercises")["disk"][make].format(name=journal.path.name)
    assert [one.name for one in tmp_path.iterdir()] == [journal.path.name]


BAD_ROWS = {
    "json": ("answer", "not json"),
    "deep": ("answer", "[" * 100_000),
    "date": ("answered_at", "soon"),
    "february": ("answered_at", "2026-02-30T00:00:00.000Z"),
    "blob": ("question_id", b"\xff"),
    "name": ("question_id", "two\nlines"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_one_bad_row_never_costs_the_journal(journal, name):
    column, value = BAD_ROWS[name]
    journal.merge([entry(1), entry(2)])
    change(journal, f"UPDATE entries SET {column} = ? WHERE entry_id = 'e1'", value)
    again = Journal(journal.path)
    again.record("q1", "goes on")
    assert [one.answer for one in again.all()] == ["words", "goes on"]
    assert again.contents().unreadable == 1
    with sqlite3.connect(journal.path) as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone()[0] == 3


SHAPES = {
    "extra": "ALTER TABLE entries ADD COLUMN more TEXT DEFAULT 'x'",
    "needed": "ALTER TABLE entries ADD COLUMN more TEXT NOT NULL DEFAULT 'x'",
    "lacking": "ALTER TABLE entries DROP COLUMN module_version",
    "trigger": "CREATE TRIGGER eat AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
    "refusing": "CREATE TRIGGER no BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no'); END",
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_table_of_another_shape_keeps_what_is_readable(journal, name):
    journal.merge([entry(1), entry(2)])
    identity = journal.identity
    change(journal, SHAPES[name])
    again = Journal(journal.path)
    again.record("q3", "goes on")
    assert [one.answer for one in again.all()] == ["words", "words", "goes on"]
    assert again.identity == identity


def change(journal: Journal, sql: str, *values: object) -> None:
    connection = sqlite3.connect(journal.path)
    connection.execute(sql, values)
    connection.commit()
    connection.close()


# ---- whose journal it is ---------------------------------------------------------------------------

CASES = Path(__file__).parents[1] / "cases"


def test_an_identity_is_random_and_stays(journal, tmp_path):
    assert len(journal.identity) == 24
    first = journal.identity
    assert not journal.path.exists(), "a script makes no file before the first answer"
    journal.record("q", 1)
    assert Journal(journal.path).identity == journal.identity == first
    assert Journal(tmp_path / "other.sqlite").identity != first
    journal.clear()
    journal.record("q", 1)
    assert journal.identity == first, "an open page still belongs to it"
    journal.clear()
    assert Journal(journal.path).identity != first, "the next person starts anew"


def test_settling_makes_the_file_before_the_first_answer(journal):
    identity = journal.settle()
    assert journal.path.exists()
    assert journal.entries().empty
    assert Journal(journal.path).identity == identity


def test_two_notebooks_that_begin_at_once_agree_on_the_identity(journal):
    other = Journal(journal.path)
    assert journal.identity != other.identity
    assert journal.settle() == other.settle() == journal.identity


def test_where_no_file_can_be_made_the_identity_is_the_same_after_a_restart(journal):
    journal.path.mkdir()
    identity = journal.settle()
    assert Journal(journal.path).settle() == identity
    journal.path.rmdir()
    journal.record("q", 1)
    assert Journal(journal.path).identity == identity


def test_a_damaged_file_keeps_its_identity_and_facts(journal):
    fill(journal)
    journal.note_export("2026-01-02T00:00:00.000Z", "Fox")
    identity, content = journal.identity, journal.path.read_bytes()
    journal.path.write_bytes(DAMAGE["hole"](content))
    again = Journal(journal.path)
    assert (again.identity, again.learner) == (identity, "Fox")


def test_a_journal_of_the_first_version_opens(tmp_path):
    shutil.copy(CASES / "journal-0.1.0.sqlite", tmp_path / "j.sqlite")
    journal = Journal(tmp_path / "j.sqlite")
    assert list(journal.entries().question_id) == ["00-first-view", "04-two-slices", "my-note"]
    assert journal.learner == "Fox"
    assert journal.settle() == Journal(journal.path).identity
    journal.record("00-first-view", "newer")
    assert len(journal.all()) == 5
    other = Journal(tmp_path / "other.sqlite")
    assert other.restore(CASES / "portfolio-0.1.0.json") == 4
    assert other.learner == "Fox"
    assert (
        portfolio.receipt(other.all())
        == json.loads((CASES / "portfolio-0.1.0.json").read_text("utf-8"))["receipt"]
    )


# ---- the machines people have ----------------------------------------------------------------------

ADDRESSES = {
    PureWindowsPath(
        r"\\server\share\me\kdebate-journal.sqlite"
    ): "file:////server/share/me/kdebate-journal.sqlite",
    PureWindowsPath(r"H:\my notes\j.sqlite"): "file:///H:/my%20notes/j.sqlite",
    PureWindowsPath(r"\\?\UNC\server\share\j.sqlite"): "file:////%3F/UNC/server/share/j.sqlite",
    PurePosixPath("/srv/ü/a#b?c%d/j.sqlite"): "file:///srv/%C3%BC/a%23b%3Fc%25d/j.sqlite",
}


@pytest.mark.parametrize("path", ADDRESSES, ids=str)
def test_a_path_as_the_address_of_a_database(path):
    assert disk.address(path) == ADDRESSES[path]


def test_sqlite_takes_an_address_with_an_empty_host(tmp_path):
    """SQLite refuses file://server/share; what stands behind four strokes it takes as a path."""
    there = disk.address(PurePosixPath(f"/{tmp_path}/j.sqlite"))
    with pytest.raises(sqlite3.OperationalError, match="authority"):
        sqlite3.connect("file://server/share/j.sqlite", uri=True)
    connection = sqlite3.connect(there.replace("file:///", "file:////", 1), uri=True)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    assert (tmp_path / "j.sqlite").exists()


@pytest.mark.parametrize("name", ["ü", "a#b", "a?b", "a%20b", "two words", "%41"])
def test_folders_of_any_name(tmp_path, name):
    (tmp_path / name).mkdir()
    Journal(tmp_path / name / "j.sqlite").record("q", name)
    assert Journal(tmp_path / name / "j.sqlite").all()[0].answer == name


def test_on_a_network_drive_a_journal_has_no_log_even_if_it_had_one(journal, monkeypatch):
    journal.record("q", "before")
    monkeypatch.setattr(disk, "shares_memory", lambda path: False)
    journal.record("q", "after")
    with sqlite3.connect(journal.path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert [one.answer for one in journal.all()] == ["before", "after"]


def test_faults_of_a_full_disk_are_called_so(tmp_path, monkeypatch):
    said = words.of("exercises")["disk"]
    room = [0]
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=room[0]))
    for text in ("disk I/O error", "unable to open database file", "database or disk is full"):
        error = sqlite3.OperationalError(text)
        assert disk.why(error, tmp_path / "j") == said["full"]
    room[0] = 10**9
    assert "disk I/O error" in disk.why(sqlite3.OperationalError("disk I/O error"), tmp_path / "j")
    unable = sqlite3.OperationalError("unable to open database file")
    assert disk.why(unable, tmp_path / "j") == said["read_only"]


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
    durable = book._make_durable

    def small(connection, shares_memory):
        durable(connection, shares_memory)
        connection.execute("PRAGMA max_page_count = 8")

    monkeypatch.setattr(book, "_make_durable", small)
    with pytest.raises(CannotWrite, match="the disk is full"):
        fill(journal)
    assert [one.answer for one in journal.all()] == ["kept"]


READ_ONLY = """
import os, sys
from pathlib import Path
from kdebate.exercises import Journal
from kdebate.journal.book import FILE, CannotWrite
if os.geteuid() == 0:
    os.setuid(65534)  # root may write everywhere
journal = Journal(sys.argv[1])
print([entry.answer for entry in journal.all()])
try:
    journal.record("q", "more")
except CannotWrite as reason:
    print(reason)
"""


@pytest.fixture
def open_folder():
    """A folder that everybody may enter. pytest's own are private, and every session that starts makes them so again."""
    with tempfile.TemporaryDirectory(prefix="kdebate-") as folder:
        yield Path(folder)
        Path(folder).chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
@pytest.mark.parametrize("filled", [True, False])
def test_a_read_only_folder_is_said_in_words_and_can_be_read(open_folder, filled):
    path = open_folder / "kdebate-journal.sqlite"
    if filled:
        Journal(path).record("q", "kept")
    open_folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, path], capture_output=True, text=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert first == ("['kept']" if filled else "[]")
    assert "read-only" in second


def test_a_locked_file_is_said_in_words(journal, monkeypatch):
    journal.record("q", 1)
    monkeypatch.setattr(book, "_PATIENCE", 0.05)
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


# ---- the link to the page ----------------------------------------------------------------------------


@pytest.fixture
def ask(journal, monkeypatch):
    """Ask the link something; returns all that it told the pages."""
    link = journal_link.JournalLink(journal)
    sent = []
    monkeypatch.setattr(link, "send", lambda content, buffers=None: sent.append(content))

    def ask_(**content):
        sent.clear()
        link._hear(link, content, [])
        return [json.loads(json.dumps(one)) for one in sent]

    return ask_


def size(message: dict) -> int:
    return len(json.dumps(message, ensure_ascii=False).encode())


def test_a_large_journal_goes_to_the_page_in_pieces(journal, ask):
    journal.merge(entry(n, f"{n} " + "한" * 60_000) for n in range(30))
    (welcome,) = ask(ask="hello", have=[], to="p:1")
    got, missing = [*welcome["entries"]], welcome["more"]
    messages = [welcome]
    while missing:
        (given,) = ask(ask="give", ids=missing)
        messages.append(given)
        got += given["entries"]
        missing = [one for one in missing if one not in {e["entry_id"] for e in given["entries"]}]
    assert max(map(size, messages)) < 1_000_000
    assert sorted(one["entry_id"] for one in got) == sorted(f"e{n}" for n in range(30))
    assert (welcome["to"], len(messages) > 5) == ("p:1", True)


def test_the_page_is_told_what_is_set_apart_and_what_is_unreadable(journal, ask):
    journal.merge([entry(1), entry(2)])
    journal.merge([Entry("f", "q", "note", "", "ahead", "2099-01-01T00:00:00.000Z")])
    change(journal, "UPDATE entries SET answer = 'no' WHERE entry_id = 'e2'")
    (welcome,) = ask(ask="hello", have=[])
    assert [one["answer"] for one in welcome["apart"]] == ["ahead"]
    assert "1 row of the journal file cannot be read" in welcome["notice"]
    assert [one["entry_id"] for one in welcome["entries"]] == ["e1"]


def test_a_date_from_a_page_with_a_wrong_clock_is_refused_in_words(journal, ask):
    ahead = entry(1).__dict__ | {"answered_at": "2099-01-01T00:00:00.000Z"}
    (written,) = ask(ask="put", entries=[ahead, entry(2).__dict__])
    assert (written["refused"], [one for one, _ in written["ids"]]) == (["e1"], ["e2"])
    assert "Set the clock" in written["problem"]


def test_another_journal_in_the_files_place_is_neither_read_nor_written(journal, ask, tmp_path):
    ask(ask="put", entries=[entry(1).__dict__])
    other = Journal(tmp_path / "other.sqlite")
    other.record("q", "of another person")
    os.replace(other.path, journal.path)
    for end in ("-wal", "-shm"):
        journal.path.with_name(journal.path.name + end).unlink(missing_ok=True)
    (welcome,) = ask(ask="hello", have=[["e1", "2026-01-01T00:00:00.000Z"]])
    assert (welcome["entries"], welcome["want"]) == ([], [])
    assert "no longer the one" in welcome["problem"]
    for message in ({"ask": "put", "entries": [entry(1).__dict__]}, {"ask": "clear"}):
        assert ask(**message)[0]["tell"] == "refused"
    assert [one.answer for one in Journal(journal.path).all()] == ["of another person"]


def test_two_browsers_are_told_of_each_other_once_and_two_tabs_are_not(ask):
    def shared(name):
        return [one["tell"] for one in ask(ask="hello", have=[], browser=name)].count("shared")

    assert [shared(name) for name in ("a", "a", "", "b", "a", "b", "c")] == [0, 0, 0, 1, 0, 0, 1]


def test_a_browser_that_is_gone_for_long_is_forgotten(ask, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(journal_link.time, "monotonic", lambda: clock[0])
    ask(ask="hello", have=[], browser="a")
    clock[0] += journal_link._SAME_TIME + 1
    (welcome,) = ask(ask="hello", have=[], browser="b")
    assert welcome["shared"] is False


def test_the_pages_hello_makes_the_file(journal, ask):
    assert not journal.path.exists()
    ask(ask="hello", have=[])
    assert Journal(journal.path).identity == journal.identity
    assert journal.entries().empty


# ---- found by attacking ------------------------------------------------------------------------------


def altered(journal, *statements):
    """Change a journal of three answers behind its back."""
    for n in range(3):
        journal.record(f"q{n}", f"words {n}")
    connection = sqlite3.connect(journal.path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return Journal(journal.path)


def test_one_wrong_byte_costs_a_letter_and_no_journal(journal):
    wrong = "CAST(x'226dff22' AS TEXT)"
    told = f"INSERT INTO facts VALUES ('learner', {wrong})"
    again = altered(journal, f"UPDATE entries SET answer = {wrong} WHERE question_id = 'q1'", told)
    again.record("q3", "new")
    assert [one.answer for one in again.all()] == ["words 0", "m\ufffd", "words 2", "new"]
    assert again.learner == '"m\ufffd"'


BROKEN_TABLES = {
    "no key": ["ALTER TABLE entries RENAME TO old", "CREATE TABLE entries AS SELECT * FROM old", "DROP TABLE old"],
    "a view": ["ALTER TABLE entries RENAME TO old", "CREATE VIEW entries AS SELECT * FROM old"],
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_TABLES)
def test_a_table_that_cannot_take_answers_is_set_aside_and_read(journal, name):
    again = altered(journal, *BROKEN_TABLES[name])
    again.record("q3", "new")
    assert [one.answer for one in again.all()] == ["words 0", "words 1", "words 2", "new"]
    assert "set aside" in again.notice


def test_a_folder_that_is_gone_is_said_as_gone(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    journal = Journal(folder / "kdebate-journal.sqlite")
    journal.record("q", 1)
    folder.rename(tmp_path / "moved")
    with pytest.raises(CannotWrite, match="moved, renamed or removed"):
        journal.record("q", 2)
    assert len(Journal(tmp_path / "moved" / "kdebate-journal.sqlite").all()) == 1


@pytest.mark.parametrize("end", ["", "-wal", "-journal"])
def test_a_folder_in_the_way_is_named_also_to_who_clears(journal, end):
    path = journal.path.with_name(journal.path.name + end)
    journal.record("q", 1)
    path.unlink(missing_ok=True)
    path.mkdir()
    for work in (lambda: journal.record("q", 2), journal.clear):
        with pytest.raises(CannotWrite, match=f"a folder with the name {path.name} stands"):
            work()


@pytest.mark.skipif(sys.platform != "linux", reason="names of folders are bytes on Linux only")
def test_a_folder_whose_name_is_no_text(tmp_path):
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    journal = Journal(folder / "kdebate-journal.sqlite")
    name = journal.settle()
    journal.record("q", 1)
    assert Journal(journal.path).settle() == name
    assert len(journal.all()) == 1


def test_a_copied_folder_is_another_journal_and_a_renamed_one_the_same(tmp_path):
    def named(folder):
        return Journal(tmp_path / folder / "kdebate-journal.sqlite").settle()

    (tmp_path / "one").mkdir()
    first = named("one")
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    second = named("copy")
    assert second != first, "both write to the same browser"
    assert [named("one"), named("copy"), named("one")] == [first, second, first]
    (tmp_path / "one").rename(tmp_path / "renamed")
    assert named("renamed") == first
    (tmp_path / "link").symlink_to(tmp_path / "renamed")
    assert [named("link"), named("renamed"), named("link")] == [first] * 3


def test_a_file_that_is_gone_is_filled_again_by_the_page(journal, monkeypatch):
    monkeypatch.setattr(journal_link, "_has_page", lambda: True)
    link = journal_link.JournalLink(journal)
    told = []
    monkeypatch.setattr(link, "send", told.append)

    def put(number):
        link._hear(link, {"ask": "put", "to": "p", "entries": [entry(number).__dict__]}, [])
        return told[-1]

    assert not put(1)["again"]
    for path in journal._files():
        path.unlink(missing_ok=True)
    assert put(2)["again"], "the page believes that the first answer is on disk"
    assert not put(3)["again"]


def test_a_computer_whose_clock_lost_the_year_takes_answers(journal, monkeypatch):
    monkeypatch.setattr(
        portfolio, "_present", lambda: datetime.datetime(2010, 1, 1, tzinfo=datetime.UTC)
    )
    for answer in ("first", "second"):
        journal.record("q", answer)
    assert [one.answer for one in journal.all()] == ["first", "second"]


def test_a_journal_that_cannot_be_read_still_shows_itself(tmp_path):
    (tmp_path / FILE).mkdir()
    journal = Journal(tmp_path / FILE)
    assert "a folder with the name" in repr(journal)
    assert "application/vnd.jupyter.widget-view+json" in journal._repr_mimebundle_()[0]
