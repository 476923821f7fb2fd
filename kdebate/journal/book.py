"""
The journal: every answer of one working folder, in one SQLite file.

Nothing is ever overwritten by an older answer, and no version is dropped: the newest counts, the
others stay as history. Each operation opens the file anew, so that a journal that was moved or
deleted is noticed and several notebooks can write to one file.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import secrets
import shutil
import sqlite3
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from kdebate import words
from kdebate.journal import disk, document, portfolio
from kdebate.journal.portfolio import Answer, Entry, now
from kdebate.questions import bank

FILE = "kdebate-journal.sqlite"
COLUMNS = ["question_id", "kind", "answer", "answered_at", "version", "notebook"]
_PATIENCE = 10.0  # seconds to wait while another notebook writes
_PROBE_BEYOND = 1000  # row numbers tried past the last readable one of a damaged file
_SIDE_FILES = ("-wal", "-shm", "-journal")

_TABLES = """
CREATE TABLE entries (
    entry_id TEXT PRIMARY KEY, question_id TEXT NOT NULL, kind TEXT NOT NULL, notebook TEXT NOT NULL,
    answer TEXT NOT NULL, answered_at TEXT NOT NULL, module_version TEXT NOT NULL
);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_READ = "SELECT *, rowid AS place FROM entries"  # every column: a damaged table may lack one or have more
_IDENTITY = re.compile(r"[0-9a-f]{24}")


class CannotWrite(OSError):
    """The journal file cannot be used; the message is a sentence for the learner."""


class _Foreign(Exception):
    """The file is not a journal of ours, or of a later version; nobody may touch it."""


class _Empty(Exception):
    """The file has no tables yet: there is nothing to read."""


@dataclass
class Contents:
    """What a journal file holds."""

    entries: list[Entry] = field(default_factory=list)
    apart: list[Entry] = field(default_factory=list)  # their dates cannot be true
    unreadable: int = 0  # rows that are no entries; they stay in the file


def _after(latest: str | None) -> str:
    """A moment that sorts behind the latest one, even when that came from a clock that was ahead."""
    present = max(now(), portfolio.EARLIEST)  # a clock may be behind all answers, too
    if latest is None or present > latest:
        return present
    ahead = datetime.datetime.fromisoformat(latest) + datetime.timedelta(milliseconds=1)
    return ahead.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Book:
    """
    The answers of one working folder; notebooks use it as `kdebate.exercises.Journal`.

    Parameters
    ----------
    path : path, optional
        The SQLite file. It is made at the first answer, not before.
    """

    def __init__(self, path: str | Path = FILE) -> None:
        self.path = Path(path).absolute()
        self.notice = ""  # what happened to the file, as a sentence; empty when nothing did
        self._refusal = ""  # the notice that holds only until the file can be used
        self._identity = ""
        self._is_known = False  # whether this file was read or written as ours
        _remember(self)
        if self.is_there:
            self._recover_if_damaged()

    # ---- what a notebook uses ---------------------------------------------------------------------

    def record(self, question_id: str, answer: Answer) -> None:
        """
        Store one answer; an earlier one to the same question stays as history.

        Parameters
        ----------
        question_id : str
            Of the question bank, or any short name of your own.
        answer : JSON value
            Text, number, True or False, or lists and dictionaries of these.

        Raises
        ------
        TypeError
            For an answer that JSON cannot hold.
        ValueError
            For an empty or overlong `question_id`.
        CannotWrite
            When the file cannot be written; the message says why and what to do.
        """
        asked = bank.questions().get(question_id, {})
        given = {
            "entry_id": uuid.uuid4().hex,
            "question_id": question_id,
            "kind": asked.get("kind", "note"),
            "notebook": asked.get("notebook", ""),
            "answered_at": _after(self._latest(question_id)),
        }
        try:
            answer = portfolio.clean_answer(answer)
        except (TypeError, ValueError, RecursionError) as error:
            said = words.of("exercises")["record"]["not_json"]
            raise TypeError(said.format(question_id=question_id, answer=answer)) from error
        try:
            entry = portfolio.read_entry(given | {"answer": answer})
        except ValueError as error:
            said = words.of("exercises")["record"]["bad_id"]
            raise ValueError(said.format(question_id=question_id)) from error
        self.merge([entry])

    def entries(self, history: bool = False) -> pd.DataFrame:
        """
        List the answers, oldest first.

        Parameters
        ----------
        history : bool
            Every version of every answer; without it only the newest of each question.

        Returns
        -------
        pandas.DataFrame
            Columns ``question_id, kind, answer, answered_at, version, notebook``; `version` counts
            the answers to the same question from 1.
        """
        listed = portfolio.numbered(self.all())
        rows = [entry.__dict__ | {"version": version} for version, entry in listed]
        table = pd.DataFrame(rows, columns=COLUMNS)
        return (
            table
            if history
            else table.drop_duplicates("question_id", keep="last", ignore_index=True)
        )

    def export(self, folder: str | Path = ".", learner: str | None = None) -> tuple[Path, Path]:
        """
        Save everything as one Markdown file to read and one JSON file to restore from.

        Parameters
        ----------
        folder : path
            Made when missing.
        learner : str, optional
            A name for the file; a made-up one is fine. The last one used if not given.

        Returns
        -------
        tuple of Path
            ``kdebate-portfolio-<receipt>.md`` and ``.json``.
        """
        found, moment = self.all(), now()
        name = self.learner if learner is None else portfolio.clean(learner)[:120]
        stem = Path(folder) / f"kdebate-portfolio-{portfolio.receipt(found)}"
        stem.parent.mkdir(parents=True, exist_ok=True)
        markdown, data = stem.with_suffix(".md"), stem.with_suffix(".json")
        _write_whole(markdown, document.to_markdown(found, name, moment, self._asked()))
        _write_whole(data, portfolio.to_json(found, name))
        self.note_export(moment, name)
        return markdown, data

    def _asked(self) -> dict[str, document.Asked]:
        """What the file to read says of each question."""
        return document.all_asked()

    def restore(self, file: str | Path, accept_changed: bool = False) -> int:
        """
        Put back what an exported JSON file holds; what is here stays.

        Parameters
        ----------
        file : path
            ``kdebate-portfolio-<receipt>.json``.
        accept_changed : bool
            Also take a file that was changed by hand or damaged, as far as it can be read.

        Returns
        -------
        int
            How many versions were new. Answers whose date cannot be true are left out, with a warning.

        Raises
        ------
        kdebate.journal.portfolio.NotAPortfolio
            Where the file is not one; the journal is then unchanged.
        """
        held = portfolio.read(file, accept_changed)
        fresh = portfolio.new_among(held.entries, self.all())
        self.merge(fresh)
        if held.learner and not self.learner:
            self._set("learner", held.learner)
        if held.apart:
            warnings.warn(set_apart(len(held.apart)), stacklevel=2)
        return len(fresh)

    def clear(self) -> None:
        """Remove the journal file and all answers in it. Exported files stay."""
        self._check_way()
        for path in self._files():
            path.unlink(missing_ok=True)
        self.notice = ""

    def __repr__(self) -> str:
        try:
            count = len(self.entries())
        except CannotWrite as reason:  # the bar shows itself all the same; its text says why
            return str(reason)
        key = {0: "open_none", 1: "open_one"}.get(count, "open_many")
        return str(words.of("exercises")["journal"][key].format(count=count))

    # ---- what the page uses --------------------------------------------------------------------------

    def all(self) -> list[Entry]:
        """Every version of every answer, oldest first."""
        return self.contents().entries

    def contents(self) -> Contents:
        """Every version of every answer, oldest first, and what could not be counted among them."""
        return (self._try(_read_all) if self.is_there else None) or Contents()

    @property
    def identity(self) -> str:
        """
        The journal's own random name, by which the browser knows its copy.

        It stands in the file. Before there is one, it is the name that the file will get; where none can
        be made, it follows from the path, so that it is the same after a restart.
        """
        self._identity = self._named() or self._identity or secrets.token_hex(12)
        return self._identity

    def _named(self) -> str:
        """The identity in the file; an empty text where there is none to read."""
        try:
            found = self._get("identity")
        except CannotWrite:
            return ""  # a file that is none of ours, or out of reach
        return found if _IDENTITY.fullmatch(found) else ""

    def settle(self) -> str:
        """
        Make the file, so that its identity is known before the first answer; returns the identity.

        A copy of a folder is another journal as soon as both are there: each then has its own copy in the browser.
        """
        try:
            if not self._named() or self._get("place") != disk.address(self.path):
                self._try(lambda connection: None, write=True)
        except CannotWrite:
            place = hashlib.sha256(str(self.path).encode("utf-8", "surrogatepass")).hexdigest()
            self._identity = self._identity or place[:24]
        return self.identity

    def merge(self, entries: Iterable[Entry]) -> None:
        """Add entries; of two states of the same entry the newer one stays. Committed on return."""
        listed = list(entries)
        if listed:
            self._try(lambda connection: _merge(connection, listed), write=True)
            if self.notice == self._refusal:
                self.notice = self._refusal = ""

    @property
    def learner(self) -> str:
        """The name on exported files, or an empty text."""
        return self._get("learner")

    @property
    def exported_at(self) -> str:
        """When a file was last saved, or an empty text."""
        return self._get("exported_at")

    def note_export(self, moment: str, learner: str) -> None:
        """Remember when a file was saved, and the name on it; an empty journal remembers nothing."""
        if self.is_there:
            self._set("exported_at", moment)
            self._set("learner", portfolio.clean(learner)[:120])

    def _get(self, name: str) -> str:
        if not self.is_there:
            return ""
        asked = "SELECT value FROM facts WHERE name = ?"
        row = self._try(lambda connection: connection.execute(asked, (name,)).fetchone())
        return str(row[0]) if row else ""

    def _set(self, name: str, value: str) -> None:
        told = "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        self._try(lambda connection: connection.execute(told, (name, value)), write=True)

    def _latest(self, question_id: str) -> str | None:
        stamps = (one.answered_at for one in self.all() if one.question_id == question_id)
        return max(stamps, default=None)

    @property
    def is_there(self) -> bool:
        """Whether something stands at the path, other than a file that is still empty."""
        is_empty = self.path.is_file() and self.path.stat().st_size == 0
        return (self.path.exists() or self.path.is_symlink()) and not is_empty

    # ---- the file ------------------------------------------------------------------------------------

    def _try(self, work: Callable[[sqlite3.Connection], Any], write: bool = False) -> Any:
        """Do work on the file; set a damaged file aside and do it again; say the rest in words."""
        said = words.of("exercises")["disk"]
        self._check_way()
        for attempt in (1, 2):
            try:
                with self._open(write) as connection:
                    return work(connection)
            except _Empty:
                return None
            except _Foreign as error:
                raise CannotWrite(said[str(error)].format(name=self.path.name)) from error
            except (sqlite3.DatabaseError, OSError) as error:
                if not _is_damage(error) or attempt == 2:
                    raise CannotWrite(disk.why(error, self.path)) from error
                if not self._is_known and not disk.is_ours(self.path):
                    raise CannotWrite(said["foreign"].format(name=self.path.name)) from error
                self._set_aside()
        raise AssertionError("the loop returns or raises")

    def _check_way(self) -> None:
        """Raise where something else than a file stands at the path, or where SQLite puts its side files."""
        for path in self._files():
            obstacle = disk.obstacle(path)
            if obstacle:
                raise CannotWrite(words.of("exercises")["disk"][obstacle].format(name=path.name))

    @contextmanager
    def _open(self, write: bool) -> Iterator[sqlite3.Connection]:
        """A connection whose work is on the disk when the block ends without a fault."""
        with closing(_connect(self.path, write)) as connection:
            filled = _check_mark(connection)
            self._is_known = self._is_known or filled
            if not write:
                if not filled:
                    raise _Empty
                yield connection
                return
            _make_durable(connection, disk.shares_memory(self.path))
            connection.execute("BEGIN IMMEDIATE")
            try:
                _make_tables(connection)
                self._identity = _name_file(connection, self._identity, self.path)
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
            self._is_known = True

    def _recover_if_damaged(self) -> None:
        """Look at the whole file once when the journal opens."""
        try:
            self._try(_check_whole)
        except CannotWrite as reason:
            self.notice = self._refusal = str(reason)

    def _set_aside(self) -> None:
        """Move the damaged file away, and start a new one with all that could be read."""
        saved, facts = _salvage(self.path)
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S-%f")
        aside = self.path.with_name(f"{self.path.name}.damaged-{stamp}")
        for path in self._files():
            if path.exists():
                path.replace(aside.with_name(aside.name + path.name[len(self.path.name) :]))
        self.notice = words.of("exercises")["disk"]["damaged"].format(
            aside=aside.name, count=len(saved)
        )
        if not self._identity and _IDENTITY.fullmatch(facts.get("identity", "")):
            self._identity = facts["identity"]
        if saved:
            with self._open(write=True) as connection:
                _merge(connection, saved)
                for name, value in facts.items():
                    connection.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", (name, value))

    def _files(self) -> list[Path]:
        return [self.path, *(self.path.with_name(self.path.name + end) for end in _SIDE_FILES)]


# ---- SQLite, in words ------------------------------------------------------------------------------


def set_apart(count: int) -> str:
    """Say how many answers carry a date that cannot be true."""
    said = words.of("exercises")["disk"]
    return str(said["apart_one"] if count == 1 else said["apart_many"].format(count=count))


def _connect(path: Path, write: bool) -> sqlite3.Connection:
    """Open the file; in a read-only folder it can be read only as one that nobody changes."""
    still = not write and not os.access(path.parent, os.W_OK)
    address = disk.address(path, still)
    connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
    connection.text_factory = _text
    return connection


def _text(content: bytes) -> str:
    """The text in a field: one wrong byte costs one letter, not the journal."""
    return content.decode("utf-8", "replace")


def _check_mark(connection: sqlite3.Connection) -> bool:
    """Refuse another program's database and a later version's; whether there are tables yet."""
    # In this order: another notebook may be making the tables, which it marks in the same commit.
    filled = [kind for (kind,) in connection.execute("SELECT type FROM sqlite_master")]
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if filled and mark != disk.MARK:
        raise _Foreign("foreign")
    if filled and version > portfolio.SCHEMA_VERSION:
        raise _Foreign("newer")
    if {"trigger", "view"} & {*filled}:
        raise sqlite3.DatabaseError("malformed: a trigger could eat answers, and we make none")
    return bool(filled)


def _make_durable(connection: sqlite3.Connection, shares_memory: bool) -> None:
    """A commit is on the disk when it returns. A write-ahead log is for one machine and some file systems only."""
    try:
        connection.execute(f"PRAGMA journal_mode = {'WAL' if shares_memory else 'DELETE'}")
    except sqlite3.OperationalError:
        if shares_memory:
            connection.execute("PRAGMA journal_mode = DELETE")
        # Otherwise another notebook has the file open in its old mode just now: the next write changes it.
    connection.execute("PRAGMA synchronous = FULL")


def _name_file(connection: sqlite3.Connection, wanted: str, path: Path) -> str:
    """Give the file its identity and its place, unless it has them; returns the identity."""
    told = dict(connection.execute("SELECT name, value FROM facts").fetchall())
    here, place = disk.address(path), str(told.get("place", ""))
    name = str(told.get("identity", ""))
    if not _IDENTITY.fullmatch(name):
        name = wanted or secrets.token_hex(12)
    elif place != here and _is_copy(place, path, name):
        name = secrets.token_hex(12)
    facts = {"identity": name, "place": here}
    for fact in facts.items() - told.items():
        connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", fact)
    return name


def _is_copy(place: str, path: Path, name: str) -> bool:
    """Whether the journal of this name still stands at its own place; otherwise it was moved here."""
    try:
        if not disk.is_other_file(place, path):
            return False
        with closing(sqlite3.connect(f"{place}?mode=ro", uri=True)) as connection:
            asked = "SELECT value FROM facts WHERE name = 'identity'"
            return connection.execute(asked).fetchone() == (name,)
    except (OSError, ValueError, sqlite3.Error):
        return False


def _make_tables(connection: sqlite3.Connection) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return
    connection.execute(f"PRAGMA application_id = {disk.MARK}")
    connection.execute(f"PRAGMA user_version = {portfolio.SCHEMA_VERSION}")
    for statement in filter(str.strip, _TABLES.split(";")):
        connection.execute(statement)


def _check_whole(connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(f"malformed: {found}")


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is broken, rather than out of reach."""
    text = str(error)
    return (
        "malformed" in text
        or "not a database" in text
        or "no such table" in text
        or "no such column" in text
        or "has no column" in text
        or "NOT NULL constraint" in text  # a column that we do not know asks for a value
        or "ON CONFLICT clause" in text  # the table has lost its key
    )


def _rows(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Every row, by the names of its columns."""
    cursor = connection.execute(_READ)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, values, strict=True)) for values in cursor)


def _entry(row: dict[str, Any]) -> Entry | None:
    """The entry in a row, checked as if it came from elsewhere; None where it is none."""
    try:
        return portfolio.read_entry(row | {"answer": json.loads(row["answer"])}, any_time=True)
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _read_all(connection: sqlite3.Connection) -> Contents:
    found = Contents()
    for row in _rows(connection):
        entry = _entry(row)
        if entry is None:
            found.unreadable += 1
        else:
            (found.entries if portfolio.in_time(entry.answered_at) else found.apart).append(entry)
    found.entries.sort(key=lambda entry: entry.order)
    return found


def _merge(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    told = (
        "INSERT INTO entries (entry_id, question_id, kind, notebook, answer, answered_at, module_version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entry_id) DO UPDATE SET "
        "answer = excluded.answer, answered_at = excluded.answered_at "
        "WHERE excluded.answered_at > entries.answered_at"
    )
    for entry in entries:
        answer = json.dumps(entry.answer, ensure_ascii=False, allow_nan=False)
        values = (entry.entry_id, entry.question_id, entry.kind, entry.notebook, answer)
        connection.execute(told, (*values, entry.answered_at, entry.module_version))


def _salvage(path: Path) -> tuple[list[Entry], dict[str, str]]:
    """Every entry and fact of a damaged file that can still be read, whichever way it is reached."""
    found: dict[str, Entry] = {}
    facts: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="kdebate-") as folder:
        copy = Path(folder) / path.name
        _copy_whole(path, copy)
        try:
            with closing(sqlite3.connect(copy)) as connection:
                connection.row_factory = sqlite3.Row
                connection.text_factory = _text
                top = _collect(connection, f"{_READ} ORDER BY rowid", found)
                top = max(top, _collect(connection, f"{_READ} ORDER BY rowid DESC", found))
                for number in range(1, top + _PROBE_BEYOND):
                    _collect(connection, f"{_READ} WHERE rowid = {number}", found)
                facts |= {str(k): str(v) for k, v in connection.execute("SELECT * FROM facts")}
        except (sqlite3.DatabaseError, ValueError):
            return list(found.values()), facts
    return list(found.values()), facts


def _copy_whole(path: Path, copy: Path) -> None:
    """Copy a file with its log; a cut one is filled up, as SQLite refuses one that is too short."""
    content = path.read_bytes()
    size, pages = int.from_bytes(content[16:18]), int.from_bytes(content[28:32])
    whole = min(size * pages, 4 * len(content) + 2**20)  # a damaged header may ask for anything
    copy.write_bytes(content.ljust(whole, b"\0"))
    log = path.with_name(path.name + "-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name(copy.name + "-wal"))


def _collect(connection: sqlite3.Connection, asked: str, found: dict[str, Entry]) -> int:
    """Read until the first fault; returns the highest row number met."""
    top = 0
    try:
        for values in connection.execute(asked):
            row = dict(values)
            top = max(top, row["place"] or 0)  # a view in the table's place has no row numbers
            entry = _entry(row)
            if entry:
                found[entry.entry_id] = entry
    except sqlite3.DatabaseError:
        return top  # the rest lies behind the damage; other ways are tried
    return top


def _write_whole(path: Path, text: str) -> None:
    """Write beside, then put in place: a full disk leaves no half file."""
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


# ---- the journal that the exercises of this Python write to -----------------------------------------

_opened: list[Book] = []


def _remember(book: Book) -> None:
    _opened[:] = [book]


def current() -> Book:
    """The journal opened last, or the working folder's own."""
    return _opened[0] if _opened else Book()
