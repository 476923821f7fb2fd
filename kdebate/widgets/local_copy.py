"""Show a licensed copy of the article where a lecturer has laid one; it is never part of the module."""

from __future__ import annotations

import html
from pathlib import Path

from kdebate.widgets import _static

NAMES = ("article.txt", "article.md")


def find(start: Path | None = None) -> Path | None:
    """The copy in ``local/`` beside the notebook or one folder above, None where there is none."""
    here = (start or Path.cwd()).resolve()
    places = [folder / "local" / name for folder in (here, here.parent) for name in NAMES]
    return next((place for place in places if place.is_file()), None)


class LocalCopy:
    """
    The article in place, when a copy lies in ``local/article.txt``; else a link to its publisher.

    Parameters
    ----------
    start : Path, optional
        Where to look; the working folder if not given.
    """

    def __init__(self, start: Path | None = None) -> None:
        self.words = _static.words("local_copy")
        place = find(start)
        self.text = place.read_text("utf-8", errors="replace") if place else ""

    def __repr__(self) -> str:
        """For hosts that show no HTML."""
        return self.text or f"{self.words['none']} {self.words['title']}: {self.words['url']}"

    def _repr_html_(self) -> str:
        if not self.text:
            return f'<p>{self.words["none"]} <a href="{self.words["url"]}">{html.escape(self.words["title"])}</a>.</p>'
        paragraphs = "".join(
            f"<p>{html.escape(part)}</p>" for part in self.text.split("\n") if part.strip()
        )
        return f"<details><summary>{self.words['summary']}</summary>{paragraphs}</details>"
