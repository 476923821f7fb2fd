"""
The sentences that state a finding with a comparison, a superlative or a quantifier.

Which words make one, where they are looked for and what says nothing is a list in
`tests/register/numbers.toml`, under `claims`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tools.passages import Passage, without_marks

Span = tuple[int, int]
# Where one sentence ends and the next begins; cells of a table stand apart.
_END = re.compile(r"(?<=[.!?])[\"”*)]*\s+(?=[A-Z“\"*\[])|\s*\|\s*")
_LEAD = re.compile(r"^[\s*“\"-]*(?:\d\. )?(?:\*[^*]+\*: )?")


@dataclass(frozen=True)
class Claim:
    """A sentence that states a finding, and the words that make it one, by their place in the passage."""

    text: str
    words: list[Span]


@dataclass(frozen=True)
class Rules:
    """What makes a sentence a claim."""

    words: list[str]
    aside: list[str]
    imperatives: list[str]
    at: list[str]
    never_at: list[str]
    hedges: list[str]

    @cached_property
    def _word(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(self.words)})\b", re.IGNORECASE)

    @cached_property
    def _aside(self) -> re.Pattern[str]:
        return re.compile("|".join(self.aside))

    @cached_property
    def _hedge(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(self.hedges)})\b", re.IGNORECASE)

    def is_hedged(self, sentence: str) -> bool:
        """Whether a sentence is worded as an interpretation."""
        return bool(self._hedge.search(sentence))

    def found_in(self, passage: Passage) -> Iterator[Claim]:
        """The claims of a passage; questions and instructions are none."""
        if not _stands(passage, self.at) or _stands(passage, self.never_at):
            return
        plain = without_marks(self._aside.sub(lambda match: " " * len(match[0]), passage.text))
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            words = [match.span() for match in self._word.finditer(plain, start, end)]
            if words and not self._asks(text):
                yield Claim(text.strip(), words)

    def _asks(self, sentence: str) -> bool:
        """Whether a sentence is a question or tells somebody to do something."""
        word = _LEAD.sub("", sentence).partition(" ")[0].strip("*,:")
        return sentence.rstrip(' *"”').endswith("?") or word in self.imperatives


def _stands(passage: Passage, places: list[str]) -> bool:
    return any(passage.is_at(place) for place in places)


def sentences(text: str) -> Iterator[Span]:
    """Where each sentence of a text begins and ends."""
    start = 0
    for end in _END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def rules(file: dict[str, Any]) -> Rules:
    """Read the rules of a register."""
    return Rules(**file["claims"])
