"""Show a licensed copy of the article where a lecturer has laid one; it is never part of the module."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import traitlets

from kdebate import words
from kdebate.widgets.page_widget import PageWidget

NAMES = ("article.txt", "article.md")


def find(start: Path | None = None) -> Path | None:
    """The copy in ``local/`` beside the notebook or one folder above, None where there is none."""
    here = (start or Path.cwd()).resolve()
    places = [folder / "local" / name for folder in (here, here.parent) for name in NAMES]
    return next((place for place in places if place.is_file()), None)


class LocalCopy(PageWidget):
    """
    The article in place, when a copy lies in ``local/article.txt``; else a link to its publisher.

    The text travels only as an answer to the open page. It is neither an output nor a part of the widget's state, so
    no saved notebook, no export and no built page ever holds it.

    Parameters
    ----------
    start : Path, optional
        Where to look; the working folder if not given.
    """

    _words = traitlets.Dict().tag(sync=True)
    _there = traitlets.Bool(False).tag(sync=True)

    def __init__(self, start: Path | None = None) -> None:
        self._place = find(start)
        super().__init__(
            "explorers/local_copy.js",
            words.of("explorer")["status"]["start_failed"],
            _words=words.of("local_copy"),
            _there=self._place is not None,
        )
        self.on_msg(self._hear)

    def _hear(self, widget: Any, content: Any, buffers: Any) -> None:
        """Give the open page the text when it asks for it."""
        if isinstance(content, dict) and content.get("ask") == "text":
            self.send({"paragraphs": self._paragraphs()})

    def _paragraphs(self) -> list[str]:
        if self._place is None or not self._place.is_file():
            return []
        text = self._place.read_text("utf-8", errors="replace")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def in_words(self) -> list[str]:
        """Where the article was published; whether a copy lies here; never a word of it."""
        words = self._words
        return [words["there" if self._there else "none"], f"{words['title']}: {words['url']}"]

    def _repr_mimebundle_(self, **options: Any) -> Any:
        data, metadata = super()._repr_mimebundle_(**options)
        said, link = self._words["there" if self._there else "none"], self._words["title"]
        anchor = f'<a href="{html.escape(self._words["url"])}">{html.escape(link)}</a>'
        return data | {"text/html": f"<p>{html.escape(said)} {anchor}.</p>"}, metadata

    def page_state(self) -> dict[str, Any]:
        """What a page without Jupyter needs: there, only the link."""
        return super().page_state() | {"_there": False}
