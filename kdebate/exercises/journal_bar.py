"""The journal as the learner sees it: what is kept where, save, restore, clear."""

from __future__ import annotations

from typing import Any

import anywidget
import ipywidgets
import traitlets

from kdebate import __version__, words
from kdebate.journal.book import Book
from kdebate.journal.portfolio import LARGEST_FILE, LONGEST_ANSWER, MOST_ENTRIES, SCHEMA_VERSION
from kdebate.questions import bank
from kdebate.widgets import _static
from kdebate.widgets.carrier import Carrier, carrier
from kdebate.widgets.in_words import InWords
from kdebate.widgets.journal_link import JournalLink, link


class JournalBar(InWords, anywidget.AnyWidget):
    """
    A bar with the journal's state and its buttons. A `Journal` shows itself with it.

    Parameters
    ----------
    journal : Book, optional
        The current one if not given.
    """

    _esm = _static.LOADER
    _module = traitlets.Unicode("journal/journal_bar.js").tag(sync=True)
    _carrier = traitlets.Instance(Carrier).tag(sync=True, **ipywidgets.widget_serialization)
    _journal = traitlets.Instance(JournalLink).tag(sync=True, **ipywidgets.widget_serialization)
    _start_failed = traitlets.Unicode().tag(sync=True)
    _spec = traitlets.Dict().tag(sync=True)

    def __init__(self, journal: Book | None = None) -> None:
        super().__init__(
            _carrier=carrier(),
            _journal=link(journal),
            _start_failed=words.of("exercises")["card"]["start_failed"],
            _spec={
                "words": words.of("exercises"),
                "module_version": __version__,
                "schema_version": SCHEMA_VERSION,
                "limits": {
                    "file": LARGEST_FILE,
                    "entries": MOST_ENTRIES,
                    "answer": LONGEST_ANSWER,
                },
                # What the exported Markdown says of a question.
                "prompts": {
                    name: {
                        "prompt": one["prompt"],
                        "named": bank.named(one),
                        "told": one.get("told"),
                    }
                    for name, one in bank.questions().items()
                },
            },
        )

    def page_state(self) -> dict[str, Any]:
        """The traits that a page without Jupyter needs, as plain JSON values."""
        return {name: getattr(self, name) for name in ("_module", "_start_failed", "_spec")}

    def in_words(self) -> list[str]:
        """How many answers the journal holds, never what they say."""
        return [repr(self._journal.journal)]
