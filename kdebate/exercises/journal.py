"""The journal as notebooks use it: the book of answers, which shows itself as a bar."""

from __future__ import annotations

from typing import Any

from kdebate.exercises.asked import all_asked
from kdebate.exercises.journal_bar import JournalBar
from kdebate.journal import document
from kdebate.journal.book import Book


class Journal(Book):
    """
    The answers of one working folder.

    Parameters
    ----------
    path : path, optional
        The SQLite file. It is made at the first answer, not before.

    Examples
    --------
    >>> journal = Journal("notes.sqlite")               # doctest: +SKIP
    >>> journal.record("04-first-vote", "both")         # doctest: +SKIP
    >>> journal.entries()                               # doctest: +SKIP
    """

    def _asked(self) -> dict[str, document.Asked]:
        return all_asked()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show the journal's bar in a notebook."""
        return JournalBar(self)._repr_mimebundle_(**kwargs)
