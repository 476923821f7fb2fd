"""
The never-shown widget through which the page writes to the journal and hears that it is on disk.

Large journals travel in pieces: a message above ten megabytes closes the connection for good. Every answer
names the page that asked, as all pages of one Python hear it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import anywidget
import traitlets
from IPython import get_ipython

from kdebate import words
from kdebate.journal import portfolio
from kdebate.journal.book import Book, CannotWrite, Contents, current
from kdebate.journal.portfolio import Entry

Message = dict[str, Any]

PIECE = 700_000  # bytes of one message; the server takes ten megabytes
_SAME_TIME = 30 * 60  # seconds in which two browsers that were heard count as working side by side


class JournalLink(anywidget.AnyWidget):
    """
    Answers the page's messages: one link per journal, shared by all exercises of a notebook.

    Parameters
    ----------
    journal : Book
        Where answers go. With a page to talk to, its file is made at once: the browser's copy is known
        by the identity in it.
    """

    _esm = "export default {}"
    file = traitlets.Unicode().tag(sync=True)
    identity = traitlets.Unicode().tag(sync=True)

    def __init__(self, journal: Book) -> None:
        identity = journal.settle() if _has_page() else journal.identity
        super().__init__(file=journal.path.name, identity=identity)
        self.journal = journal
        self._browsers: dict[str, float] = {}  # random names, and when each was heard last
        self.on_msg(self._hear)

    def _hear(self, widget: Any, content: Any, buffers: Any) -> None:
        """Do what a message asks; whatever it holds, the page gets an answer."""
        asked = content.get("ask") if isinstance(content, dict) else None
        answers = {
            "hello": self._hello,
            "give": self._give,
            "put": self._put,
            "clear": self._clear,
            "saved": self._saved,
        }
        if asked not in answers:
            return
        self._note_browser(str(content.get("browser", ""))[:40])
        try:
            told = answers[asked](content)
        except CannotWrite as reason:
            told = {"tell": "refused", "problem": str(reason)}
        self.send(told | {"to": str(content.get("to", ""))[:80]})

    def _note_browser(self, name: str) -> None:
        """Tell all pages once when a second browser writes to this journal."""
        if not name:
            return  # a browser that keeps nothing cannot be told from another
        present = time.monotonic()
        is_new = name not in self._browsers
        self._browsers[name] = present
        recent = {one: at for one, at in self._browsers.items() if present - at < _SAME_TIME}
        self._browsers = recent
        if is_new and len(recent) > 1:
            self.send({"tell": "shared"})

    def _check_same(self) -> None:
        """Raise where the file is another journal than the one that the page was told of."""
        if self.journal.identity != self.identity:
            raise CannotWrite(words.of("exercises")["disk"]["exchanged"])

    def _contents(self) -> tuple[Contents, str]:
        """What the file holds, or nothing and the reason."""
        try:
            self.journal.settle()
            self._check_same()
            return self.journal.contents(), ""
        except CannotWrite as reason:
            return Contents(), str(reason)

    def _facts(self, problem: str) -> Message:
        if problem:
            return {"learner": "", "exported_at": ""}
        return {"learner": self.journal.learner, "exported_at": self.journal.exported_at}

    def _hello(self, content: Message) -> Message:
        """Compare what the page holds with the file: tell what is missing on either side."""
        found, problem = self._contents()
        here = {entry.entry_id: entry for entry in found.entries}
        have = {str(one): str(stamp) for one, stamp in content.get("have", [])}
        stale = [entry for one, entry in here.items() if entry.answered_at > have.get(one, "")]
        want = [
            one for one, stamp in have.items() if one not in here or stamp > here[one].answered_at
        ]
        first, rest = _piece(stale)
        return {
            "tell": "welcome",
            "want": [] if problem else want,
            "entries": first,
            "more": [entry.entry_id for entry in rest],
            "apart": _piece(found.apart)[0],
            "notice": self._notice(found, problem),
            "problem": problem,
            "shared": len(self._browsers) > 1,
            **self._facts(problem),
        }

    def _notice(self, found: Contents, problem: str) -> str:
        """What happened to the file, and what in it cannot be read."""
        said = words.of("exercises")["disk"]
        lines = [] if self.journal.notice == problem else [self.journal.notice]
        if found.unreadable:
            key = "unreadable_one" if found.unreadable == 1 else "unreadable_many"
            lines.append(said[key].format(count=found.unreadable))
        return " ".join(line for line in lines if line)

    def _give(self, content: Message) -> Message:
        """The next piece of what a page lacks; it asks again for the rest."""
        wanted = {str(one) for one in content.get("ids", [])}
        first, _ = _piece([entry for entry in self.journal.all() if entry.entry_id in wanted])
        return {"tell": "given", "entries": first}

    def _put(self, content: Message) -> Message:
        """Write entries; say so only after the commit."""
        entries, refused, problem = [], [], ""
        for given in content.get("entries", []):
            try:
                entries.append(portfolio.read_entry(given))
            except ValueError as error:
                refused.append(str(given.get("entry_id", "")) if isinstance(given, dict) else "")
                if isinstance(error, portfolio.OutOfTime):
                    problem = words.of("exercises")["disk"]["out_of_time"]
        before, was_there = self.journal.notice, self.journal.is_there
        self._check_same()
        self.journal.merge(entries)
        ids = [[entry.entry_id, entry.answered_at] for entry in entries]
        # A new notice means that a damaged file was replaced, and one that was gone is made anew: the page then
        # gives what it holds.
        again = self.journal.notice != before or not was_there
        told = {"tell": "written", "ids": ids, "refused": refused, "problem": problem}
        return told | {"again": again}

    def _clear(self, content: Message) -> Message:
        self._check_same()
        try:
            self.journal.clear()
        except OSError as error:
            raise CannotWrite(
                words.of("exercises")["disk"]["other"].format(reason=error.strerror)
            ) from error
        self.journal.settle()  # an empty file of the same name: other pages then know that they are to forget
        return {"tell": "cleared"}

    def _saved(self, content: Message) -> Message:
        """The page saved a file by itself: remember when, and the name on it."""
        self._check_same()
        self.journal.note_export(str(content.get("at", ""))[:40], str(content.get("learner", "")))
        return {"tell": "noted"}


def _has_page() -> bool:
    """Whether this Python is a notebook's, and not a script that builds pages."""
    return getattr(get_ipython(), "kernel", None) is not None


def _piece(entries: Iterable[Entry]) -> tuple[list[Message], list[Entry]]:
    """As many entries as one message may carry, at least one; and the rest."""
    listed, size = list(entries), 0
    first: list[Message] = []
    for entry in listed:
        given = asdict(entry)
        size += len(json.dumps(given, ensure_ascii=False).encode())
        if first and size > PIECE:
            break
        first.append(given)
    return first, listed[len(first) :]


_links: dict[int, JournalLink] = {}


def link(journal: Book | None = None) -> JournalLink:
    """The one link of a journal; the current journal's if none is given."""
    chosen = journal or current()
    known = _links.get(id(chosen))
    if known is None or known.journal is not chosen:
        known = _links[id(chosen)] = JournalLink(chosen)
    return known
