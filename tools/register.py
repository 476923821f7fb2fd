"""
The register: what proves each number and each finding that a learner reads.

``python -m tools.register`` prints every number and every finding without a proof, with an entry to
fill in, and every entry that no longer holds. `tests/register/numbers.toml` is the register and says how an entry looks.
"""

from __future__ import annotations

import json
import re
import string
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kdebate import words
from kdebate.questions import bank
from kdebate.tables import cite
from tools import claims, facts, passages, review
from tools.claims import Claim, Rules
from tools.passages import NUMBER_WORDS, Number, Passage

FILE = passages.ROOT / "tests" / "register" / "numbers.toml"
PROOFS = ("is", "holds", "rows", "reading", "free")
Span = tuple[int, int]
Found = tuple[Passage, re.Match[str]]
_MONTHS = words.of("language")["months"]
# A date in words; a month alone is none.
_DATE = re.compile(rf"(?:(\d{{1,2}}) )?\b({'|'.join(_MONTHS)})(?: ((?:19|20)\d\d))?\b")
# Whatever may stand in the place of a computed value.
_ANY = rf"((?:[+−]?\d[\d.,]*)?\d|\b(?i:{'|'.join(NUMBER_WORDS)}|one|none)\b)"
# Marks that stand together, with what they say of doubt.
_RUN = re.compile(rf"(?:{cite.CITATION.pattern}(?:\s*\((?:partly )?not checked\))?\s*)+")


@dataclass(frozen=True)
class Entry:
    """A piece of a sentence and its proof."""

    at: str
    says: str
    proof: dict[str, Any]

    @cached_property
    def kind(self) -> str:
        """Which of the proofs it has."""
        return next(iter(self.proof))

    @cached_property
    def parts(self) -> list[tuple[str, str | None]]:
        """Literal text, each followed by the format of a computed value (None at the end)."""
        return [
            (text, None if name is None else spec)
            for text, name, spec, _ in string.Formatter().parse(self.says)
        ]

    @cached_property
    def expected(self) -> str:
        """The piece of the sentence as data and model would have it."""
        found = facts.value(self.proof["is"]) if "is" in self.proof else ()
        values = list(found if isinstance(found, tuple | list) else (found,))
        wanted = sum(spec is not None for _, spec in self.parts)
        if len(values) != wanted:
            raise ValueError(f"{wanted} values are wanted, and there are {len(values)}")
        return "".join(
            text + ("" if spec is None else written(values.pop(0), spec))
            for text, spec in self.parts
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the piece whatever stands in place of the computed values."""
        return re.compile(
            "".join(re.escape(text) + ("" if spec is None else _ANY) for text, spec in self.parts)
        )

    def found_in(self, there: Iterable[Passage]) -> list[Found]:
        """Where the piece stands among the passages of its place, right or wrong."""
        return [(each, match) for each in there for match in self.pattern.finditer(each.text)]


@dataclass(frozen=True)
class Harmless:
    """Numbers that say nothing about data or model, and why."""

    pattern: re.Pattern[str]
    why: str
    at: list[str] = field(default_factory=list)

    def spans(self, passage: Passage) -> list[Span]:
        """The pieces of a passage that it covers."""
        if self.at and not any(passage.is_at(place) for place in self.at):
            return []
        return [match.span() for match in self.pattern.finditer(passage.text)]


@dataclass(frozen=True)
class Register:
    """All entries, and the harmless kinds."""

    entries: list[Entry]
    harmless: list[Harmless]
    answers: dict[str, str]
    claims: Rules | None = None

    def problems(self, texts: list[Passage]) -> list[str]:
        """Everything that is wrong, a paragraph each."""
        found = self.found_in(texts)
        wrong = [each for entry in self.entries for each in problems(entry, found[id(entry)])]
        wrong += [
            problem
            for question, rule in self.answers.items()
            for problem in wrong_answer(question, rule)
        ]
        covered = _spans(found)
        wrong += [no_proof(text, number) for text, number in self.unproved(texts, covered)]
        return [*wrong, *self.unhedged(found), *self.unclaimed(texts, covered)]

    def found_in(self, texts: list[Passage]) -> dict[int, list[Found]]:
        """Where each entry's piece stands."""
        places = {entry.at for entry in self.entries}
        there = {place: [text for text in texts if text.is_at(place)] for place in places}
        return {id(entry): entry.found_in(there[entry.at]) for entry in self.entries}

    def unclaimed(self, texts: list[Passage], covered: dict[int, list[Span]]) -> Iterator[str]:
        """Findings with words that no entry speaks of."""
        for text in texts if self.claims is not None else []:
            spans = covered.get(id(text), [])
            for claim in self.claims.found_in(text):
                bare = [word for word in claim.words if not _inside(word, spans)]
                if bare:
                    yield no_claim(text, claim, [text.text[start:end] for start, end in bare])

    def unhedged(self, found: dict[int, list[Found]]) -> Iterator[str]:
        """Readings in sentences that are not worded as readings."""
        for entry in self.entries:
            if entry.kind == "reading" and self.claims is not None:
                for passage, match in found[id(entry)]:
                    whole = _sentence_of(passage.text, match.span())
                    if not self.claims.is_hedged(whole):
                        yield f"{passage.where}: “{whole}” is a reading, and not worded as one"

    def unproved(
        self, texts: list[Passage], covered: dict[int, list[Span]]
    ) -> Iterator[tuple[Passage, Number]]:
        """Numbers that nothing covers."""
        for passage in texts:
            spans: list[Span] | None = None
            for number in passages.numbers(passage.text):
                spans = spans or covered.get(id(passage), []) + self._free(passage)
                inside = _inside((number.start, number.end), spans)
                if not inside and not cited_rows_say(passage.text, number):
                    yield passage, number

    def _free(self, passage: Passage) -> list[Span]:
        """Harmless pieces; a cited sentence has none, because its rows must say its numbers."""
        if cite.CITATION.search(passage.text):
            return []
        return [span for kind in self.harmless for span in kind.spans(passage)]


def load(path: Path = FILE) -> Register:
    """Read a register."""
    file = tomllib.loads(path.read_text("utf-8"))
    return Register(
        [entry(each) for each in file["entry"]],
        [
            Harmless(re.compile(each["pattern"]), each["why"], each.get("at", []))
            for each in file["harmless"]
        ],
        {each["question"]: each["is"] for each in file["answer"]},
        claims.rules(file),
    )


def entry(each: dict[str, Any]) -> Entry:
    """Check the keys of one entry."""
    proof = {key: value for key, value in each.items() if key not in ("at", "says")}
    if len(proof) != 1 or next(iter(proof)) not in PROOFS or not {"at", "says"} <= each.keys():
        raise ValueError(
            f"An entry has `at`, `says` and exactly one of {', '.join(PROOFS)}; this one: {each}"
        )
    return Entry(each["at"], each["says"], proof)


# ---- is an entry true? ----------------------------------------------------------------------------


def problems(entry: Entry, found: list[Found]) -> Iterator[str]:
    """What is wrong with one entry: not in the text, not what data and model say, not proved at all."""
    try:
        expected = entry.expected
        untrue = entry.kind == "holds" and facts.value(entry.proof["holds"]) is not True
    except Exception as error:  # whatever an expression throws is a finding about its entry
        yield f"{entry.at}: “{entry.says}”\n  cannot be worked out: {error!r} in {entry.proof}"
        return
    if not found:
        yield (
            f"{entry.at}: the register expects “{expected}”, and nothing there reads like it.\n"
            "  Was the sentence changed, moved or removed? Then change its entry."
        )
    for passage, match in found:
        if match[0] != expected:
            yield f"{passage.where}\n  the text says: “{match[0]}”\n  it should be:  “{expected}”\n  by {entry.proof['is']}"
    if untrue:
        yield f"{entry.at}: “{entry.says}”\n  is not true any more: {entry.proof['holds']}"
    yield from (f"{entry.at}: “{entry.says}”\n  {lack}" for lack in lacking(entry))
    yield from (
        f"{entry.at}: “{entry.says}”\n  its proof says nothing about {number.text!r}: {entry.proof}"
        for number in loose_numbers(entry)
    )


def wrong_answer(question: str, rule: str) -> Iterator[str]:
    """A right answer that is not what data and model say."""
    try:
        stated, computed = review.right(bank.question(question)), facts.value(rule)
    except Exception as error:  # an unknown question, or whatever the expression throws
        yield f"{question}: its right answer cannot be worked out: {error!r} in {rule}"
        return
    if stated != computed:
        yield f"{question}\n  the right answer is said to be: {stated}\n  it should be: {computed}\n  by {rule}"


def lacking(entry: Entry) -> Iterator[str]:
    """Rows that no longer say what an entry quotes of them."""
    rows = entry.proof.get("rows")
    for name, piece in rows.items() if isinstance(rows, dict) else ():
        if not any(piece in cell for cell in facts.all_rows()[name].values()):
            yield f"{name} does not say “{piece}”: {facts.all_rows()[name]}"


def loose_numbers(entry: Entry) -> list[Number]:
    """Numbers that stand in the words of an entry and not in its proof."""
    if entry.kind in ("reading", "free"):
        return []
    literal = "".join(text + " " * (spec is not None) for text, spec in entry.parts)
    said = passages.numbers(literal)
    if entry.kind == "rows":
        return [each for each in said if not rows_say(literal, each, tuple(entry.proof["rows"]))]
    known = _values(str(entry.proof[entry.kind]))
    return [each for each in said if not _is_among(each, known)]


def written(value: Any, spec: str) -> str:
    """A value as the text writes it: a format of Python, or `word` and `Word` for a number in words."""
    if spec.lower() == "word":
        word = facts.word(value)
        return word.capitalize() if spec == "Word" else word
    return format(value, spec).replace("-", "−") if not isinstance(value, str) else value


# ---- does a cited row say it? -----------------------------------------------------------------------


def cited_rows_say(text: str, number: Number) -> bool:
    """Whether the rows that a piece of a sentence cites hold a number; a table or a document is no proof."""
    return rows_say(text, number, cited_rows(text, number))


def cited_rows(text: str, number: Number) -> tuple[str, ...]:
    """The rows cited next after a number, or last before it; marks that stand together count together."""
    runs = list(_RUN.finditer(text))
    after = [run for run in runs if run.start() >= number.end]
    run = next(iter(after), runs[-1] if runs else None)
    marks = cite.CITATION.finditer(run[0] if run else "")
    return tuple(mark[2] for mark in marks if mark[1] == "row")


def rows_say(text: str, number: Number, rows: tuple[str, ...]) -> bool:
    """Whether rows hold a number of a text; if it is part of a date, the whole date."""
    for date in _DATE.finditer(text):
        if date.start() <= number.start and number.end <= date.end():
            return any(_fits(_parts(date), known) for known in _row_dates(rows))
    return _is_among(number, _row_values(rows))


def _parts(date: re.Match[str]) -> tuple[int | None, ...]:
    """Year, month, day of a date in words; None for what is not said."""
    day, month, year = date.groups()
    return (int(year) if year else None, _MONTHS.index(month) + 1, int(day) if day else None)


def _fits(said: tuple[int | None, ...], known: tuple[int | None, ...]) -> bool:
    """Whether a known date has all that is said."""
    return all(part is None or part == other for part, other in zip(said, known, strict=True))


@cache
def _row_dates(ids: tuple[str, ...]) -> list[tuple[int | None, ...]]:
    """Every date that rows hold, in figures or in words."""
    text = " ; ".join(cell for name in ids for cell in facts.all_rows()[name].values())
    figures = re.findall(r"\b(\d{4})-(\d\d)-(\d\d)\b", text)
    written = [_parts(date) for date in _DATE.finditer(text)]
    return [*(tuple(int(part) for part in date) for date in figures), *written]


@cache
def _row_values(ids: tuple[str, ...]) -> frozenset[float]:
    """Every number that rows hold, dates in their parts, numbers in words too."""
    found: set[float] = set()
    for name in ids:
        if name not in facts.all_rows():
            raise ValueError(f"there is no row {name}")
        text = " ; ".join(facts.all_rows()[name].values())
        found |= _values(re.sub(r"\b(\d{4})-(\d\d)-(\d\d)\b", r"\1 \2 \3", text))
    return frozenset(found)


def _values(text: str) -> set[float]:
    """All numbers of a text, digits and words."""
    digits = {float(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    return digits | {
        float(NUMBER_WORDS[word])
        for word in re.findall(r"[a-z]+", text.lower())
        if word in NUMBER_WORDS
    }


def _is_among(number: Number, known: Iterable[float]) -> bool:
    """Whether a number is one of them, rounded as it is written, in ones, thousands or millions."""
    scales = (1.0, 1e3, 1e-3, 1e6, 1e-6)
    return any(
        abs(number.value - each * scale)
        <= 0.5 * 10**-number.decimals - 1e-9 + (each * scale == number.value)
        for each in known
        for scale in (scales if number.decimals or number.value >= 1000 else (1.0,))
    )


def _spans(found: dict[int, list[Found]]) -> dict[int, list[Span]]:
    """The pieces of passages that entries speak of."""
    covered: dict[int, list[Span]] = {}
    for matches in found.values():
        for passage, match in matches:
            covered.setdefault(id(passage), []).append(match.span())
    return covered


def _inside(span: Span, spans: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _sentence_of(text: str, span: Span) -> str:
    """The sentences that a piece of a text touches."""
    return " ".join(text[a:b] for a, b in claims.sentences(text) if a < span[1] and span[0] < b)


def no_proof(passage: Passage, number: Number) -> str:
    """The complaint, with an entry to fill in."""
    text = passage.text.strip()
    place = passage.where.rsplit("/", 1)[0] if passage.where.count("/") > 1 else passage.where
    at, says = (
        json.dumps(each, ensure_ascii=False)
        for each in (place, text.replace("{", "{{").replace("}", "}}"))
    )
    rows = cited_rows(passage.text, number)
    doubt = f"  {', '.join(rows)}, cited there, does not say it.\n" if rows else ""
    return (
        f"{passage.where}: nothing proves {number.text!r} in “{text}”.\n{doubt}"
        f"  Cite the row that says it, or add to {FILE.name}, with {{}} in place of the number:\n"
        f"  {{ at = {at}, says = {says}, is = '…' }},"
    )


def no_claim(passage: Passage, claim: Claim, words: list[str]) -> str:
    """The complaint, with an entry to fill in."""
    place = passage.where.rsplit("/", 1)[0] if passage.where.count("/") > 1 else passage.where
    at, says = (json.dumps(each, ensure_ascii=False) for each in (place, claim.text))
    return (
        f"{passage.where}: nothing bears out {', '.join(map(repr, words))} in “{claim.text}”.\n"
        f"  Add to {FILE.name} what proves it; a reading must be worded as one:\n"
        f"  {{ at = {at}, says = {says}, holds = '…' }},"
    )


def main() -> int:
    """Print what is wrong."""
    register, texts = load(), passages.all_passages()
    wrong = register.problems(texts)
    print("\n\n".join(wrong))
    counted = ", ".join(
        f"{sum(each.kind == kind for each in register.entries)} {kind}" for kind in PROOFS
    )
    print(f"{len(register.entries)} entries ({counted}); {len(wrong)} problem(s).")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
