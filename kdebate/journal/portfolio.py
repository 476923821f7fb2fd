"""
The exported file that restores: its entries, its receipt, and how a strange file is turned away. `document` writes the one to read.

``widgets/static/journal/portfolio.js`` is the twin of this module, so that a page without Python writes and reads the
same files.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kdebate import __version__, words

SCHEMA_VERSION = 1
LARGEST_FILE = 20_000_000  # bytes; a thousand long answers are about one million
MOST_ENTRIES = 20_000
LONGEST_ANSWER = 200_000  # characters of JSON
DEEPEST_ANSWER = 32  # lists and objects inside each other; ours have three
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,120}")
_STAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\.[0-9]{1,6})?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)
EARLIEST = "2019-01-01T00:00:00.000Z"  # nobody answered before the summit that this is about
# A clock set to the wrong time zone is up to 14 hours off, and page and Python may stand on two computers:
# a day loses no word to a wrong clock, and holds nothing up for longer than a day.
AHEAD = datetime.timedelta(days=1)
_NAMES = ("question_id", "kind", "notebook", "module_version")

Answer = Any


class NotAPortfolio(ValueError):
    """A file that cannot be restored; the message is a sentence for the learner."""


class ChangedPortfolio(NotAPortfolio):
    """A portfolio whose receipt does not fit its answers."""


class OutOfTime(ValueError):
    """An entry that is well but for its date, which has not come yet or lies before all answers."""


@dataclass(frozen=True)
class Entry:
    """One version of one answer."""

    entry_id: str
    question_id: str
    kind: str
    notebook: str
    answer: Answer
    answered_at: str
    module_version: str = __version__

    @property
    def order(self) -> tuple[str, str]:
        """Newer entries sort later."""
        return self.answered_at, self.entry_id


# ---- reading what others wrote ------------------------------------------------------------------


def clean(text: str) -> str:
    """Text that every file can hold: half characters (lone surrogates) become the replacement sign."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def clean_answer(answer: Answer) -> Answer:
    """
    Take an answer apart and put it together from plain JSON values.

    Raises
    ------
    TypeError, ValueError
        For anything that JSON cannot hold, numbers without end, very long and very deep answers included.
    """
    text = clean(json.dumps(answer, ensure_ascii=False, allow_nan=False))
    if len(text) > LONGEST_ANSWER:
        raise ValueError(f"an answer of {len(text)} characters; the limit is {LONGEST_ANSWER}")
    return _plain(json.loads(text), DEEPEST_ANSWER)


def _plain(value: Any, deeper: int) -> Any:
    if isinstance(value, dict | list) and deeper == 0:
        raise ValueError(f"lists and objects lie more than {DEEPEST_ANSWER} deep")
    match value:
        case dict():
            return {str(key): _plain(part, deeper - 1) for key, part in value.items()}
        case list():
            return [_plain(part, deeper - 1) for part in value]
        case int() if not isinstance(value, bool) and abs(value) > 2**53:
            raise ValueError(f"the number {value} is too large for a browser")
    return value


def now() -> str:
    """The present moment as the journal writes it: UTC, milliseconds."""
    return _written(_present())


def _present() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _written(moment: datetime.datetime) -> str:
    utc = moment.astimezone(datetime.UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def in_time(stamp: str) -> bool:
    """Whether a date can be that of an answer: neither before the module's time nor ahead of any clock."""
    # A computer whose clock lost the year dates its answers with the earliest moment; they are in time there.
    latest = max(_present(), datetime.datetime.fromisoformat(EARLIEST))
    return EARLIEST <= stamp <= _written(latest + AHEAD)


def read_entry(given: Any, any_time: bool = False) -> Entry:
    """
    Check one entry that came from a browser or a file.

    Parameters
    ----------
    given : JSON value
        The entry, or whatever came instead.
    any_time : bool
        Also take one whose date is not `in_time`.

    Raises
    ------
    OutOfTime
        Where nothing but the date is wrong.
    ValueError
        Where it is not of our shape.
    """
    if not isinstance(given, dict) or "answer" not in given:
        raise ValueError("not an entry")
    names = {name: _name(name, given.get(name, ""), name == "question_id") for name in _NAMES}
    moment = _moment(given.get("answered_at"))
    try:
        answer = clean_answer(given["answer"])
    except (TypeError, RecursionError) as error:
        raise ValueError("the answer is not plain JSON") from error
    entry_id = _name("entry_id", given.get("entry_id", ""), False)
    # A file from elsewhere may lack ids: the same answer then gets the same one each time.
    derived = canonical([names["question_id"], moment, answer])
    entry_id = entry_id or f"x{hashlib.sha256(derived).hexdigest()[:24]}"
    entry = Entry(entry_id=entry_id, answer=answer, answered_at=moment, **names)
    if not any_time and not in_time(moment):
        raise OutOfTime(f"answered_at is {moment}")
    return entry


def _name(field: str, text: Any, needed: bool) -> str:
    if not isinstance(text, str) or not (_NAME.fullmatch(text) or (not text and not needed)):
        raise ValueError(f"{field} is {text!r:.80}")
    return clean(text)


def _moment(text: Any) -> str:
    """A time stamp as the journal writes it, whatever zone it came in."""
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        raise ValueError(f"answered_at is {text!r:.80}")
    try:
        return _written(datetime.datetime.fromisoformat(text))
    except (OverflowError, ValueError) as error:
        raise ValueError(f"answered_at is {text!r}") from error


@dataclass(frozen=True)
class Portfolio:
    """What an exported file holds."""

    module_version: str
    schema_version: int
    learner: str
    receipt: str
    entries: list[Entry]
    apart: list[Entry]  # those whose date cannot be true; they are not put back

    @property
    def is_unchanged(self) -> bool:
        """Whether the receipt fits the answers."""
        return self.receipt == receipt(self.entries + self.apart)


def read(path: str | Path, accept_changed: bool = False) -> Portfolio:
    """
    Read an exported JSON file, or say in a sentence why not.

    Parameters
    ----------
    path : path
        The file.
    accept_changed : bool
        Also take a file whose receipt does not fit.

    Raises
    ------
    NotAPortfolio
        Where the file is missing, too big, damaged or something else.
    """
    path = Path(path)
    said = words.of("exercises")["file"]
    if not path.is_file():
        raise NotAPortfolio(said["not_found"].format(name=path.name))
    size = path.stat().st_size
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // 10**6
        raise NotAPortfolio(said["too_big"].format(name=path.name, size=size // 10**6, limit=limit))
    portfolio = _parse(path.name, path.read_bytes())
    if not portfolio.is_unchanged and not accept_changed:
        raise ChangedPortfolio(said["changed"].format(name=path.name))
    return portfolio


def _parse(name: str, content: bytes) -> Portfolio:
    said = words.of("exercises")["file"]
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotAPortfolio(said["not_json"].format(name=name)) from error
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
        raise NotAPortfolio(said["foreign"].format(name=name, reason=said["no_entries"]))
    if len(data["entries"]) > MOST_ENTRIES:
        reason = said["too_many"].format(limit=MOST_ENTRIES)
        raise NotAPortfolio(said["foreign"].format(name=name, reason=reason))
    schema = data.get("schema_version")
    if isinstance(schema, int) and schema > SCHEMA_VERSION:
        raise NotAPortfolio(said["newer"].format(name=name, found=schema, known=SCHEMA_VERSION))
    entries = []
    for n, given in enumerate(data["entries"], 1):
        try:
            entries.append(read_entry(given, any_time=True))
        except ValueError as error:
            reason = said["bad_entry"].format(n=n)
            raise NotAPortfolio(said["foreign"].format(name=name, reason=reason)) from error
    texts = {key: _short(data.get(key)) for key in ("module_version", "learner", "receipt")}
    good = [entry for entry in entries if in_time(entry.answered_at)]
    apart = [entry for entry in entries if not in_time(entry.answered_at)]
    return Portfolio(schema_version=SCHEMA_VERSION, entries=good, apart=apart, **texts)


def _short(value: Any) -> str:
    """A short text of a file; whatever else stands in its place is none."""
    return clean(value)[:120] if isinstance(value, str) else ""


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def new_among(entries: Iterable[Entry], here: Iterable[Entry]) -> list[Entry]:
    """
    The entries of a file that are not here yet, as they can stand beside those that are.

    Another state of the same sitting becomes a version of its own, also where one file holds both, so that
    nothing is dropped.
    """
    known = {entry.entry_id: entry for entry in here}
    fresh = [_beside(entry, known) for entry in entries]
    return [entry for entry in fresh if entry]


def _beside(entry: Entry, known: dict[str, Entry]) -> Entry | None:
    here = known.get(entry.entry_id, entry)
    if _values(here) != _values(entry):
        own = f"{entry.entry_id[:100]}~{receipt([entry])[2:10]}"
        entry = replace(entry, entry_id=own)
    return entry if known.setdefault(entry.entry_id, entry) is entry else None


# ---- the receipt ----------------------------------------------------------------------------------


def receipt(entries: Iterable[Entry]) -> str:
    """
    Number of answered questions and a short hash of everything, such as ``14-3fa9c2d41b7e``.

    Equal in Python and in the page: texts count by their bytes, numbers by their 64 bits.
    """
    listed = sorted(entries, key=lambda entry: (entry.question_id.encode(), *entry.order))
    digest = hashlib.sha256(canonical([_values(entry) for entry in listed])).hexdigest()
    return f"{len({entry.question_id for entry in listed})}-{digest[:12]}"


def _values(entry: Entry) -> list[Any]:
    return [entry.entry_id, entry.question_id, entry.answered_at, entry.answer]


def canonical(value: Any) -> bytes:
    """The same bytes for the same JSON value, whoever writes it."""
    match value:
        case None | bool():
            return {None: b"n", True: b"t", False: b"f"}[value]
        case int() | float():
            return b"d" + struct.pack(">d", value + 0.0).hex().encode()
        case str():
            text = value.encode()
            return b"s%d:%s" % (len(text), text)
        case dict():
            pairs = sorted((key.encode(), part) for key, part in value.items())
            return (
                b"{"
                + b"".join(canonical(key.decode()) + canonical(part) for key, part in pairs)
                + b"}"
            )
    return b"[" + b"".join(canonical(part) for part in value) + b"]"


def numbered(entries: Iterable[Entry]) -> Iterator[tuple[int, Entry]]:
    """Entries from old to new, each with its version: the how-manieth answer to its question it is."""
    counts: Counter[str] = Counter()
    for entry in sorted(entries, key=lambda one: one.order):
        counts[entry.question_id] += 1
        yield counts[entry.question_id], entry


# ---- writing ----------------------------------------------------------------------------------------


def to_json(entries: Sequence[Entry], learner: str) -> str:
    """The file that restores everything."""
    data = {
        "module_version": __version__,
        "schema_version": SCHEMA_VERSION,
        "learner": learner,
        "receipt": receipt(entries),
        "entries": [asdict(entry) | {"version": n} for n, entry in numbered(entries)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
