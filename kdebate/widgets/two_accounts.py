"""Show a contested fact as two accounts side by side, with what both accept."""

from __future__ import annotations

import html

from kdebate import words
from kdebate.tables import cite, read
from kdebate.tables.doubt import doubt

_CARD = "border:1px solid var(--jp-border-color1,#767680);border-radius:8px;padding:12px 16px;box-sizing:border-box;max-width:860px"
_COLUMNS = (
    "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,240px),1fr));gap:0 24px"
)


class TwoAccounts:
    """
    A contested fact, told twice: who says what, by which source, and what both accept.

    Parameters
    ----------
    point_id : str
        A row of the table ``contested_points``, such as ``"CP01"``.
    folded : bool, default False
        Show it closed, where it would answer a question that stands above.

    Raises
    ------
    ValueError
        Where the table has no such row.
    """

    def __init__(self, point_id: str, folded: bool = False) -> None:
        self.words = words.of("two_accounts")
        table = read.resource("contested_points")
        rows = {row["point_id"]: row for row in read.rows(table)}
        if point_id not in rows:
            known = ", ".join(rows)
            raise ValueError(self.words["no_point"].format(id=point_id, known=known))
        self.row = rows[point_id]
        self.folded = folded

    def _parts(self) -> list[tuple[str, str, list[cite.Target], str]]:
        """Each account: its heading, its words, its documents, and its doubt where nobody has checked it."""
        row, own = self.row, self.words
        return [
            (
                own[heading],
                row[f"account_{side}"],
                cite.documents(row[f"source_ids_{side}"]),
                own["unchecked"] if doubt(row, f"status_{side}").whole else "",
            )
            for heading, side in (("first", "a"), ("second", "b"))
        ]

    def __repr__(self) -> str:
        """The same in plain text, for hosts that show no HTML."""
        lines = [self.row["point"]]
        for heading, account, documents, mark in self._parts():
            sources = "; ".join(f"{found.reference} <{found.url}>" for found in documents)
            lines.append(f"{heading}: {account} {mark}".rstrip())
            lines.append(f"{self.words['sources']} {sources}")
        return "\n".join([*lines, f"{self.words['both']}: {self.row['both_accept']}"])

    def _repr_html_(self) -> str:
        point = html.escape(self.row["point"])
        label = html.escape(self.words["label"].format(point=self.row["point"]))
        accounts = "".join(self._account(*part) for part in self._parts())
        both = f"<strong>{self.words['both']}</strong><br>{html.escape(self.row['both_accept'])}"
        card = (
            f'<section aria-label="{label}" style="{_CARD}"><p><strong>{point}</strong></p>'
            f'<div style="{_COLUMNS}">{accounts}</div><p style="margin-bottom:0">{both}</p></section>'
        )
        if not self.folded:
            return card
        summary = html.escape(self.words["fold"].format(point=self.row["point"]))
        return f"<details><summary>{summary}</summary>{card}</details>"

    def _account(self, heading: str, account: str, documents: list[cite.Target], doubt: str) -> str:
        links = "; ".join(
            f'<a href="{html.escape(found.url)}" target="_blank" rel="noopener noreferrer">'
            f"{html.escape(found.reference)}</a>"
            for found in documents
        )
        said = html.escape(f"{account} {doubt}".rstrip())
        return (
            f"<div><p><strong>{heading}</strong><br>{said}</p>"
            f'<p style="font-size:0.85em;overflow-wrap:anywhere">{self.words["sources"]} {links}</p></div>'
        )
