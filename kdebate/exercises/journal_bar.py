"""The journal as the learner sees it: what is kept where, save, restore, clear."""

from __future__ import annotations

from kdebate import __version__, words
from kdebate.exercises.asked import all_asked
from kdebate.exercises.exercise import sealed
from kdebate.journal.book import Book
from kdebate.journal.portfolio import (
    LARGEST_FILE,
    LONGEST_ANSWER,
    MOST_ENTRIES,
    SCHEMA_VERSION,
)
from kdebate.widgets.journal_widget import JournalWidget


class JournalBar(JournalWidget):
    """
    A bar with the journal's state and its buttons. A `Journal` shows itself with it.

    Parameters
    ----------
    journal : Book, optional
        The current one if not given.
    """

    def __init__(self, journal: Book | None = None) -> None:
        super().__init__(
            "journal/journal_bar.js",
            {
                "words": words.of("exercises"),
                "module_version": __version__,
                "schema_version": SCHEMA_VERSION,
                "limits": {
                    "file": LARGEST_FILE,
                    "entries": MOST_ENTRIES,
                    "answer": LONGEST_ANSWER,
                },
                "prompts": sealed(all_asked()),
            },
            journal,
        )

    def in_words(self) -> list[str]:
        """How many answers the journal holds, never what they say."""
        return [repr(self._journal.journal)]
