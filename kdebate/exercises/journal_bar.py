"""The journal as the learner sees it: what is kept where, save, restore, clear."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

from kdebate import __version__
from kdebate.exercises import bank
from kdebate.exercises.journal import Journal
from kdebate.exercises.journal_link import JournalLink, link
from kdebate.exercises.portfolio import LARGEST_FILE, LONGEST_ANSWER, MOST_ENTRIES, SCHEMA_VERSION
from kdebate.widgets.page_widget import PageWidget


class JournalBar(PageWidget):
    """
    A bar with the journal's state and its buttons. A `Journal` shows itself with it.

    Parameters
    ----------
    journal : Journal, optional
        The current one if not given.
    """

    _journal = traitlets.Instance(JournalLink).tag(sync=True, **ipywidgets.widget_serialization)
    _spec = traitlets.Dict().tag(sync=True)

    def __init__(self, journal: Journal | None = None) -> None:
        super().__init__(
            "journal/journal_bar.js",
            bank.words()["card"]["start_failed"],
            _journal=link(journal),
            _spec={
                "words": bank.words(),
                "module_version": __version__,
                "schema_version": SCHEMA_VERSION,
                "limits": {
                    "file": LARGEST_FILE,
                    "entries": MOST_ENTRIES,
                    "answer": LONGEST_ANSWER,
                },
                "prompts": {one["id"]: _told(one) for one in bank.questions().values()},
            },
        )

    def in_words(self) -> list[str]:
        """How many answers the journal holds, never what they say."""
        return [repr(self._journal.journal)]


def _told(question: bank.Question) -> dict[str, Any]:
    """What the exported Markdown says of a question: its prompt, and its options by their words."""
    named = {option["id"]: option["text"] for option in question.get("options", [])}
    named |= {code["id"]: code["label"] for code in question.get("codes", [])}
    return {"prompt": question["prompt"], "named": named}
