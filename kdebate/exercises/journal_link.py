"""The never-shown widget through which the page writes to the journal and hears that it is on disk."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import anywidget
import traitlets

from kdebate.exercises import bank, portfolio
from kdebate.exercises.journal import CannotWrite, Journal, current

Message = dict[str, Any]


class JournalLink(anywidget.AnyWidget):
    """
    Answers the page's messages: one link per journal, shared by all exercises of a notebook.

    Parameters
    ----------
    journal : Journal
        Where answers go.
    """

    _esm = "export default {}"
    file = traitlets.Unicode().tag(sync=True)

    def __init__(self, journal: Journal) -> None:
        super().__init__(file=journal.path.name)
        self.journal = journal
        self.on_msg(self._hear)

    def _hear(self, widget: Any, content: Any, buffers: Any) -> None:
        """Do what a message asks; whatever it holds, the page gets an answer."""
        asked = content.get("ask") if isinstance(content, dict) else None
        answers = {
            "hello": self._hello,
            "put": self._put,
            "clear": self._clear,
            "saved": self._saved,
        }
        if asked in answers:
            self.send(answers[asked](content))

    def _hello(self, content: Message) -> Message:
        """Compare what the page holds with the file: tell what is missing on either side."""
        problem = ""
        try:
            here = {entry.entry_id: entry for entry in self.journal.all()}
            facts = {"learner": self.journal.learner, "exported_at": self.journal.exported_at}
        except CannotWrite as reason:
            here, facts, problem = {}, {"learner": "", "exported_at": ""}, str(reason)
        have = {str(one): str(stamp) for one, stamp in content.get("have", [])}
        stale = [one for one, entry in here.items() if entry.answered_at > have.get(one, "")]
        want = [
            one for one, stamp in have.items() if one not in here or stamp > here[one].answered_at
        ]
        return {
            "tell": "welcome",
            "want": want,
            "entries": [asdict(here[one]) for one in stale],
            "on_disk": [[entry.entry_id, entry.answered_at] for entry in here.values()],
            "notice": "" if self.journal.notice == problem else self.journal.notice,
            "problem": problem,
            **facts,
        }

    def _put(self, content: Message) -> Message:
        """Write entries; say so only after the commit."""
        entries, refused = [], []
        for given in content.get("entries", []):
            try:
                entries.append(portfolio.read_entry(given))
            except ValueError:
                refused.append(str(given.get("entry_id", "")) if isinstance(given, dict) else "")
        before = self.journal.notice
        try:
            self.journal.merge(entries)
        except CannotWrite as reason:
            return {
                "tell": "refused",
                "ids": [entry.entry_id for entry in entries],
                "problem": str(reason),
            }
        ids = [[entry.entry_id, entry.answered_at] for entry in entries]
        # A new notice means that a damaged file was replaced: the page then gives what it holds.
        again = self.journal.notice != before
        return {"tell": "written", "ids": ids, "refused": refused, "again": again}

    def _clear(self, content: Message) -> Message:
        try:
            self.journal.clear()
        except OSError as error:
            sentence = bank.words()["disk"]["other"].format(reason=error.strerror)
            return {"tell": "refused", "ids": [], "problem": sentence}
        return {"tell": "cleared"}

    def _saved(self, content: Message) -> Message:
        """The page saved a file by itself: remember when, and the name on it."""
        try:
            self.journal.note_export(
                str(content.get("at", ""))[:40], str(content.get("learner", ""))
            )
        except CannotWrite as reason:
            return {"tell": "refused", "ids": [], "problem": str(reason)}
        return {"tell": "noted"}


_links: dict[int, JournalLink] = {}


def link(journal: Journal | None = None) -> JournalLink:
    """The one link of a journal; the current journal's if none is given."""
    chosen = journal or current()
    known = _links.get(id(chosen))
    if known is None or known.journal is not chosen:
        known = _links[id(chosen)] = JournalLink(chosen)
    return known
