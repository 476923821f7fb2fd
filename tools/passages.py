"""
Every piece of text that a learner reads, and the numbers in it.

`all_passages` walks the chapters' Markdown, the question files, the word files, the documents and the
data sheets of the tables.
A passage is one line of Markdown or one string of a word file; `where` says which cell, question or key.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from kdebate.tables import cite
from kdebate.words import of as words_of

ROOT = Path(__file__).resolve().parents[1]
MARKDOWN = ["README.md", "docs/model.md", "docs/data-attribution.md", "docs/add-a-row.md"]
WORDS = [
    "kdebate/lab/labextensions/kdebate/static/words.json",
    "kdebate/models/levers.toml",
    "kdebate/models/presets.toml",
    "kdebate/words/*.toml",
]
# What docs/tables.md shows of each table.
DESCRIPTOR = "data/datapackage.json"
DATA_SHEET = ("title", "description", "coverage", "gaps", "bias")
QUESTIONS = "kdebate/questions/[0-9]*.toml"
# Parts of a question or of a lever that are settings, not words.
NOT_WORDS = {
    "id",
    "date",
    "opens",
    "quiet",
    "answer",
    "objectives",
    "table",
    "column",
    "ours",
    "ours_column",
    "sources_after",
    "row",
    "kind",
    "ask",
    "place",
}
_BLANK = re.compile(
    r"`[^`]*`|<[^>]+>|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|^\s*\d+\. |\{[^{}]*\}|\[(?:row|cite|table):[^\]]+\]"
)


@dataclass(frozen=True)
class Passage:
    """A line or a string, and where it stands."""

    where: str
    text: str

    def is_at(self, place: str) -> bool:
        """Whether it stands at a place or below it: a file, cell, question or key; `*` and `?` as in file names."""
        return bool(_place(place).fullmatch(self.where))


@cache
def _place(place: str) -> re.Pattern[str]:
    """Matches a place and all below it."""
    return re.compile(f"{translate(place)}|{translate(place + '/*')}")


@dataclass(frozen=True)
class Number:
    """A number as it is written in a passage."""

    start: int
    end: int
    text: str

    @property
    def value(self) -> float:
        """What it says."""
        word = NUMBER_WORDS.get(self.text.lower())
        return float(self.text.replace(",", "")) if word is None else float(word)

    @property
    def decimals(self) -> int:
        """Digits behind the point."""
        return len(self.text.partition(".")[2])


NUMBER_WORDS = {word: n for word, n in words_of("language")["numbers"].items() if n <= 100}
_NUMBER = re.compile(
    rf"(?<![\w.])\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE
)


def without_marks(text: str) -> str:
    """A passage with blanks in place of code, addresses, marks and names in braces."""
    return _BLANK.sub(lambda match: " " * len(match[0]), text)


def numbers(text: str) -> list[Number]:
    """The numbers of a passage; code, addresses, marks and names in braces are left out."""
    found = _NUMBER.finditer(without_marks(text))
    return [Number(match.start(), match.end(), match[0]) for match in found]


def all_passages(root: Path = ROOT) -> list[Passage]:
    """Everything a learner reads."""
    return [*chapters(root), *questions(root), *words(root), *documents(root), *data_sheets(root)]


def chapters(root: Path = ROOT) -> Iterator[Passage]:
    """The lines of the Markdown cells; `where` is the chapter's number and the cell."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown" and cell.id != cite.SOURCES_CELL:
                text = cite.prose(cell.source)
                yield from _lines(f"{path.stem[:2]}/{cell.id}", text)


def questions(root: Path = ROOT) -> Iterator[Passage]:
    """The words of the questions; `where` is the question's id and the key."""
    for path in sorted(root.glob(QUESTIONS)):
        for name, asked in tomllib.loads(path.read_text("utf-8"))["question"].items():
            yield from strings(name, asked)


def words(root: Path = ROOT) -> Iterator[Passage]:
    """The word files; `where` is the file's name and the key."""
    for pattern in WORDS:
        for path in sorted(root.glob(pattern)):
            text = path.read_text("utf-8")
            found = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
            yield from strings(path.name, found)


def documents(root: Path = ROOT) -> Iterator[Passage]:
    """The lines of the documents outside code blocks."""
    for name in MARKDOWN:
        text = re.sub(r"^```.*?^```$", "", (root / name).read_text("utf-8"), flags=re.M | re.S)
        yield from _lines(name, text)


def data_sheets(root: Path = ROOT) -> Iterator[Passage]:
    """What the descriptor says of each table; `where` is the table and the key."""
    for table in json.loads((root / DESCRIPTOR).read_text("utf-8"))["resources"]:
        for key in DATA_SHEET:
            yield from strings(f"tables/{table['name']}/{key}", table[key])


def strings(where: str, found: Any) -> Iterator[Passage]:
    """Every string below a value; options are named by their id."""
    if isinstance(found, str):
        yield Passage(where, found)
    elif isinstance(found, dict):
        for key, value in found.items():
            if key not in NOT_WORDS:
                yield from strings(f"{where}/{key}", value)
    elif isinstance(found, list):
        for place, value in enumerate(found, 1):
            name = value.get("id", place) if isinstance(value, dict) else place
            yield from strings(f"{where}/{name}", value)


def _lines(where: str, text: str) -> Iterator[Passage]:
    return (Passage(where, line) for line in text.splitlines() if line.strip())
