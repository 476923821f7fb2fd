"""
The tables of the module as data frames.

`names()` lists them; each has a function `load_<name>()` whose docstring is its
data sheet (coverage, gaps, bias, columns). A loader takes no arguments, needs
no network and returns the same table every time. `source("A1994-04")` prints
where a row comes from, `cite("trade")` how to cite a table.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

import pandas as pd

from kdebate.tables import read, record
from kdebate.tables.doubt import doubt

Loader = Callable[[], pd.DataFrame]


def names() -> list[str]:
    """Return the names of all tables."""
    return list(read.resources())


def source(row_id: str) -> str:
    """
    Return a printable citation for one row of any table.

    Parameters
    ----------
    row_id : str
        The id of a row ("A1994-04", "HP080", "S/RES/2397") or of a source ("GAO98").

    Returns
    -------
    str
        The row in a few words, its sources, its status, and the parts of it
        that nobody has checked against a document.
    """
    found = read.find(row_id)
    if found is None:
        raise ValueError(_no_such_row(row_id))
    table, row = found
    words = read.descriptor()["citation"]
    if table["name"] == "sources":
        return _document(row)
    label = read.label(table, row)
    if not row["source_ids"]:
        return str(words["unsourced"].format(id=row_id, table=table["title"], label=label))
    named, known = ", ".join(doubt(row).named), read.documents()
    return str(
        words["row"].format(
            id=row_id,
            table=table["title"],
            label=label,
            sources=" ".join(_document(known[name]) for name in row["source_ids"].split(";")),
            status=words["status"][row["status"]],
            recalled=f" {words['recalled'].format(fields=named)}" if named else "",
        )
    )


def cite(table: str, fmt: str = "text") -> str:
    """
    Return how to cite a table.

    Parameters
    ----------
    table : str
        One of `names()`.
    fmt : {"text", "bibtex"}
        A sentence, or an entry for a BibTeX file.
    """
    formats = {"text": _cite_text, "bibtex": _cite_bibtex}
    if fmt not in formats:
        raise ValueError(f"No citation format {fmt!r}. Choose one of: {', '.join(formats)}.")
    return formats[fmt](read.resource(table))


def _cite_text(table: read.Resource) -> str:
    package = read.descriptor()
    template = package["citation"]["text"]
    return str(
        template.format(title=table["title"], name=table["name"], version=package["version"])
    )


def _cite_bibtex(table: read.Resource) -> str:
    package = read.descriptor()
    words = package["citation"]
    how = words["howpublished"].format(name=table["name"], version=package["version"])
    fields = {
        "author": words["author"],
        "title": f"{{{table['title']}}}",
        "year": words["year"],
        "howpublished": how,
        "note": words["licence"],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{kdebate-{table['name']},", *lines, "}"])


def _document(row: read.Row) -> str:
    """Return one source as a short reference."""
    words = read.descriptor()["citation"]
    publisher = "" if row["publisher"] in row["title"] else row["publisher"]
    parts = [part for part in (row["title"], publisher, row["url"]) if part]
    return str(
        words["document"].format(
            id=row["source_id"], reference=". ".join(parts), status=row["status"]
        )
    )


def _no_such_row(row_id: str) -> str:
    """Return what to try instead of an id that does not exist."""
    known = [
        row[column]
        for table in read.resources().values()
        if (column := read.id_column(table)) is not None
        for row in read.rows(table)
    ]
    near = difflib.get_close_matches(row_id, known, n=3)
    hint = (
        f"Did you mean {' or '.join(near)}?"
        if near
        else "Ids stand in the first column of each table."
    )
    return f"No row with the id {row_id!r}. {hint} `names()` lists the tables."


def _make_loader(table: read.Resource) -> Loader:
    """Return `load_<name>` for one table, documented by its data sheet."""
    name = table["name"]

    def load() -> pd.DataFrame:
        return read.frame(name)

    load.__name__ = load.__qualname__ = f"load_{name}"
    load.__doc__ = record.data_sheet(table)
    return load


_LOADERS: dict[str, Loader] = {
    f"load_{name}": _make_loader(table) for name, table in read.resources().items()
}
globals().update(_LOADERS)
__all__ = ["cite", "names", "source", *_LOADERS]


def __getattr__(name: str) -> Any:
    """Say which loaders exist when a wrong one is asked for."""
    if name.startswith("load_"):
        table = name.removeprefix("load_")
        raise AttributeError(f"No dataset named {table!r}. Choose one of: {', '.join(names())}.")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
