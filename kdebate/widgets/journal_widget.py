"""What every widget that keeps or reads answers has: the way to the journal, and what the page is told when it begins."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

from kdebate import words
from kdebate.journal.book import Book
from kdebate.widgets.journal_link import JournalLink, link
from kdebate.widgets.page_widget import PageWidget


class JournalWidget(PageWidget):
    """
    Base of the exercises, of the journal's bar and of the game.

    Parameters
    ----------
    module : str
        The module's path below ``static/``.
    spec : dict
        What the page is told: questions, words, limits, as plain JSON values.
    journal : Book, optional
        The current one if not given.
    start_failed : str, optional
        What the page says when the module cannot be started; that what was stored is kept, if not given.
    **traits
        The widget's own traits.
    """

    _journal = traitlets.Instance(JournalLink).tag(sync=True, **ipywidgets.widget_serialization)
    _spec = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        module: str,
        spec: dict[str, Any],
        journal: Book | None = None,
        start_failed: str | None = None,
        **traits: Any,
    ) -> None:
        said = start_failed or words.of("exercises")["card"]["start_failed"]
        super().__init__(module, said, _journal=link(journal), _spec=spec, **traits)
