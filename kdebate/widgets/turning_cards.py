"""Cards that turn: what was said in front, who said it behind; closed, where a question asks for it, until it is answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from string import Formatter
from typing import Any

import traitlets

from kdebate import words
from kdebate.questions import bank
from kdebate.tables import cite, read
from kdebate.tables.doubt import doubt
from kdebate.widgets.in_words import live
from kdebate.widgets.page_widget import PageWidget


class TurningCards(PageWidget):
    """
    A row of cards with a front and a back.

    Parameters
    ----------
    key : str
        A table ``[sets.<key>]`` of ``words/turning_cards.toml``.
    predict : str, optional
        Id of a question: the cards stay closed until it is answered or skipped.

    Raises
    ------
    ValueError
        Where there are no such cards, no such row or no such question.

    Examples
    --------
    >>> TurningCards("two_speeches", predict="01-one-or-two")     # doctest: +SKIP
    """

    _spec = traitlets.Dict().tag(sync=True)
    predict = traitlets.Unicode().tag(sync=True)

    def __init__(self, key: str, predict: str | None = None) -> None:
        said = words.of("turning_cards")
        if key not in said["sets"]:
            raise ValueError(said["unknown"].format(key=repr(key), known=", ".join(said["sets"])))
        own = said["sets"][key]
        rows = [_row(card["row"]) for card in own["cards"]]
        super().__init__(
            "explorers/turning_cards.js",
            words.of("explorer")["status"]["start_failed"],
            _spec={
                "words": {name: text for name, text in said.items() if name != "sets"},
                "title": own["title"],
                "after": own["after"].format(**rows[0], days=_days(rows)),
                "cards": [_card(*pair) for pair in zip(own["cards"], rows, strict=True)],
            },
            predict=str(bank.question(predict)["id"]) if predict else "",
        )

    def in_words(self) -> list[str]:
        """The fronts; the backs too, where no question asks for them."""
        return [self._spec["title"], *self._lines(), live("tied" if self.predict else "cards")]

    def _lines(self) -> Iterator[str]:
        for card in self._spec["cards"]:
            yield f"- {card['head']}: {card['front']}"
            if card["back"] and not self.predict:
                yield f"- {card['back']}"


def _row(row_id: str) -> dict[str, Any]:
    """A row with its date in words, and its sources."""
    found = read.find(row_id)
    if found is None:
        raise ValueError(f"No table has a row {row_id!r}; mend words/turning_cards.toml.")
    row = dict(found[1])
    day = {"day": row["date"], "date": words.date(row["date"])} if "date" in row else {}
    return row | day


def _days(rows: list[dict[str, Any]]) -> int:
    """How many days lie between the first and the last of the dated rows; 0 where none is dated."""
    days = [datetime.date.fromisoformat(row["day"]) for row in rows if "day" in row]
    return (max(days) - min(days)).days if days else 0


def _card(said: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    """One card as the page gets it: its two faces, and what stands behind them."""
    faces = {name: said.get(name, "").format(**row) for name in ("head", "front", "back")}
    told = {name for _, name, _, _ in Formatter().parse("".join([*said.values()])) if name}
    documents = cite.documents(said.get("documents", row["source_ids"]))
    return faces | {
        "sources": [{"text": one.reference, "url": one.url} for one in documents],
        "unchecked": doubt(row).about(*told),
    }
