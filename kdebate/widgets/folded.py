"""Show what Python computed, folded: a number that gives an answer away must not stand open beside the question."""

from __future__ import annotations

import html

from kdebate import words


class Folded:
    """
    Lines of text that open on demand.

    Parameters
    ----------
    *lines : object
        Each is shown as its own line or block, as `print` would show it.
    """

    def __init__(self, *lines: object) -> None:
        self.text = "\n".join(str(line) for line in lines)

    def __repr__(self) -> str:
        """The lines, for hosts that show no HTML."""
        return self.text

    def _repr_html_(self) -> str:
        summary = words.of("explorer")["folded"]["summary"]
        return f"<details><summary>{summary}</summary><pre>{html.escape(self.text)}</pre></details>"
