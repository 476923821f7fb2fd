"""
Citations in the chapters: what they point at, how a reader sees them, and where one is missing.

An author writes ``[row:HP080]``, ``[cite:SCMP]`` or ``[table:exercises]`` into a Markdown cell, with "(not checked)" behind
it where that is so. ``python -m tools.cite_notebooks`` makes a small raised number of it, ``<sup>[3][row:HP080]</sup>``, or
``[3?]`` for what is not checked, and ends the cell with one link definition each. This is ordinary Markdown: JupyterLab,
exported pages and code hosts show a number that leads to the list at the chapter's end, with title and status on
hovering; our page shows the entry itself beside the number; in print the list is its notes. `prose` gives back what the
author wrote, so both ways of writing are the same to every reader of the chapters.

A word that needs explaining stands as ``[the text][term:kcna]`` where a chapter first uses it: its meaning shows on
hovering, and a tap or Enter goes to the list of words that ends the chapter. Meanings come from the table ``glossary``.

A sentence needs a citation when it states a number or a date about the world: it holds a digit or a number word from two
upwards, outside code, link targets, headings and table markup, and its cell is not tagged ``model`` (numbers of the
model or made up for class) or ``task`` (instructions: minutes, how many answers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kdebate import words
from kdebate.tables import read
from kdebate.tables.doubt import Doubt, doubt

CITATION = re.compile(r"\[(row|cite|table):([^\]\s]+)\]")
TERM = re.compile(r"\[[^\[\]]+\]\[term:([a-z0-9-]+)\]")
_MARKS = "|".join(
    re.escape(words.of("citations")[key]) for key in ("unchecked", "partly_unchecked")
)
_RUN = re.compile(rf"[ \t]*{CITATION.pattern}(?:[ \t]*(?:{_MARKS}|{CITATION.pattern}))*")
_RAISED = re.compile(r" ?<sup>((?:(?:, )?\[\d+\??\]\[(?:row|cite|table):[^\]\s]+\])+)</sup>")
DEFINITION = re.compile(r"^\[(?:row|cite|table|term):[^\]\s]+\]: .*$", re.MULTILINE)
SOURCES_CELL = "sources"
WORDS_CELL = "words-of-this-chapter"
FREE_TAGS = {"model", "task"}
_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(words.of('language')['numbers'])})\b", re.IGNORECASE)
_NOT_PROSE = re.compile(
    r"`[^`]*`|<[^>]+>|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|\]\[term:[^\]]*\]|^\s*\d+\. "
)


@dataclass(frozen=True)
class Citation:
    """One mark in a text: its kind, its id, and what stands after it."""

    kind: str
    id: str
    after: str

    @property
    def key(self) -> str:
        """As it stands between the brackets."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Target:
    """What a citation points at."""

    label: str
    reference: str
    url: str
    status: str
    mark: str


def found_in(text: str) -> list[Citation]:
    """The citations of a text, in order; the definitions at its foot are not among them."""
    body = prose(text)
    return [Citation(m[1], m[2], body[m.end() : m.end() + 30]) for m in CITATION.finditer(body)]


def prose(text: str) -> str:
    """A cell as its author wrote it: no definitions, citations by their ids, doubts in words."""
    return _RAISED.sub(_lowered, DEFINITION.sub("", text))


def _lowered(raised: re.Match[str]) -> str:
    """Raised numbers as the marks of an author."""
    before = raised.string[: raised.start()]
    marks = (_marked(kind, name) for kind, name in CITATION.findall(raised[1]))
    return ("" if before[-1:] in {"", "(", "\n"} else " ") + " ".join(marks)


def _marked(kind: str, name: str) -> str:
    found = target(kind, name)
    return f"[{kind}:{name}] {found.mark if found else ''}".rstrip()


@cache
def target(kind: str, name: str) -> Target | None:
    """
    What a citation points at.

    Parameters
    ----------
    kind : {"row", "cite", "table"}
        A row of any table, a source, or a whole table.
    name : str
        Its id or name.

    Returns
    -------
    Target or None
        None where there is no such thing.
    """
    if kind == "table":
        return _table(name)
    if kind == "cite":
        return _document(name)
    found = read.find(name)
    return None if found is None or found[0]["name"] == "sources" else _row(*found)


def _table(name: str) -> Target | None:
    known = read.resources()
    if name not in known:
        return None
    table = known[name]
    return Target(table["title"], table["coverage"], f"tables:{name}", "", "")


@cache
def _known_documents() -> dict[str, read.Row]:
    return read.documents()


def _document(name: str) -> Target | None:
    row = _known_documents().get(name)
    if row is None:
        return None
    reference = ", ".join(filter(None, (row["title"], row["publisher"])))
    return Target(row["title"], reference, row["url"], status(row), mark_of(doubt(row)))


def _row(table: read.Resource, row: read.Row) -> Target:
    known = documents(row["source_ids"])
    reference = "; ".join(document.reference for document in known)
    url = next((document.url for document in known if document.url), f"tables:{table['name']}")
    return Target(read.label(table, row), reference, url, status(row), mark_of(doubt(row)))


def documents(source_ids: str) -> list[Target]:
    """The sources that a row names, in its order; ids without a source are left out."""
    found = (target("cite", name) for name in source_ids.split(";"))
    return [document for document in found if document]


def mark_of(found: Doubt) -> str:
    """What stands behind the citation of a row that nobody has checked, or not in all its parts."""
    said = words.of("citations")
    return str(said["unchecked"] if found.whole else said["partly_unchecked"] if found else "")


def status(row: Mapping[str, Any]) -> str:
    """The words for a status; a row that needs no source has none."""
    return _statuses().get(row["status"], "")


@cache
def _statuses() -> dict[str, str]:
    return dict(read.descriptor()["citation"]["status"])


@cache
def glossary() -> dict[str, read.Row]:
    """The rows of the glossary by the short form of their term: "KCNA" is ``kcna``, "DPRK / ROK" is ``dprk-rok``."""
    return {slug(row["term"]): row for row in read.rows(read.resource("glossary"))}


def slug(term: str) -> str:
    """A term as it stands in ``[text][term:...]``."""
    return re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")


def terms_in(text: str) -> list[str]:
    """The terms that a text explains, in order, each once."""
    return [*dict.fromkeys(TERM.findall(DEFINITION.sub("", text)))]


def numbered(texts: Iterable[str]) -> dict[str, int]:
    """The number of every citation of a chapter, in the order in which they first stand there."""
    keys = dict.fromkeys(citation.key for text in texts for citation in found_in(text))
    return {key: number for number, key in enumerate(keys, 1)}


# ---- what a reader sees -----------------------------------------------------------------------------------------------


def definition(kind: str, name: str) -> str:
    """
    The Markdown line that makes a citation a link to the chapter's list of sources.

    Parameters
    ----------
    kind, name : str
        A citation that exists.
    """
    found = target(kind, name)
    if found is None:
        raise ValueError(problem("no_" + {"cite": "source"}.get(kind, kind), where=name, id=name))
    text = " ".join(filter(None, [_said(found.reference or found.label, found), found.mark]))
    return f'[{kind}:{name}]: #{_anchor(words.of("citations")["heading"])} "{_attribute(text)}"'


def _said(title: str, found: Target) -> str:
    """A title with its status, where it has one."""
    if not found.status:
        return title
    return str(words.of("citations")["tooltip"].format(title=title, status=found.status))


def _anchor(heading: str) -> str:
    """What a heading is called in an address."""
    return heading.replace(" ", "-")


def _attribute(text: str) -> str:
    short = text if len(text) <= 240 else text[:239] + "…"
    return short.replace('"', "'").replace("\\", "").replace("<", "(").replace(">", ")")


def term_definition(name: str) -> str:
    """The Markdown line that shows a term's meaning on hovering and leads to the chapter's list of words."""
    anchor = _anchor(words.of("citations")["glossary"]["heading"])
    return f'[term:{name}]: #{anchor} "{_attribute(glossary()[name]["meaning"])}"'


def words_text(texts: Iterable[str]) -> str:
    """The list of words at a chapter's end: every term that it explains, with its meaning."""
    names = sorted({name for text in texts for name in terms_in(text)} & {*glossary()})
    rows = [glossary()[name] for name in names]
    lines = [f"- **{row['term']}**: {row['meaning']}" for row in rows]
    return "\n".join([f"## {words.of('citations')['glossary']['heading']}", "", *lines])


def glossary_page() -> str:
    """The page of all terms in Markdown."""
    said = words.of("citations")["glossary"]
    parts = [f"# {said['title']}", said["intro"]]
    for row in sorted(glossary().values(), key=lambda row: slug(row["term"])):
        first = said["first_use"].format(first_use=row["first_use"]) if row["first_use"] else ""
        mark = mark_of(doubt(row)) if first and doubt(row).whole else ""
        known = documents(row["source_ids"])
        sources = "; ".join(f"[{found.reference}](<{found.url}>)" for found in known)
        line = " ".join(filter(None, [row["meaning"], first, mark, sources]))
        parts.append(f"## {row['term']}\n\n{line}")
    return "\n\n".join(parts) + "\n"


def written(text: str, numbers: Mapping[str, int]) -> str:
    """
    A Markdown cell with its raised numbers and link definitions made anew.

    Parameters
    ----------
    text : str
        The cell, as an author or this function wrote it.
    numbers : mapping
        The number of each citation in the chapter, as `numbered` gives them.
    """
    body = prose(text).rstrip()
    keys = dict.fromkeys((citation.kind, citation.id) for citation in found_in(body))
    lines = [definition(kind, name) for kind, name in keys if target(kind, name)]
    lines += [term_definition(name) for name in terms_in(body) if name in glossary()]
    body = _RUN.sub(lambda run: _raised(run[0], numbers), body)
    return "\n\n".join([body, "\n".join(lines)]) if lines else body


def _raised(run: str, numbers: Mapping[str, int]) -> str:
    """Citations that stand together as small numbers; one that points nowhere stays, for the check to find."""
    keys = [(kind, name, target(kind, name)) for kind, name in CITATION.findall(run)]
    if not all(found for _, _, found in keys):
        return run
    doubt_sign = words.of("citations")["doubt_sign"]
    marks = (
        f"[{numbers[f'{kind}:{name}']}{doubt_sign if found and found.mark else ''}][{kind}:{name}]"
        for kind, name, found in keys
    )
    return f"<sup>{', '.join(marks)}</sup>"


def sources_text(numbers: Mapping[str, int], where: Mapping[str, str]) -> str:
    """
    The table at a chapter's end: every citation once, what it says and where it comes from.

    Parameters
    ----------
    numbers : mapping
        The number of each citation.
    where : mapping
        ``repository`` and ``tag``: where the page of tables lies, for whatever has no address of its own.
    """
    said = words.of("citations")
    lines = [f"## {said['heading']}", "", "<details>", f"<summary>{said['summary']}</summary>", ""]
    lines += [said["intro"], "", f"| {' | '.join(said['head'])} |", "|--:|:--|:--|:--|"]
    for key, number in numbers.items():
        found = target(*key.split(":", 1))
        if found:
            cells = (str(number), found.label, _linked(key, found, where), key)
            lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join([*lines, "", "</details>"])


def _linked(key: str, found: Target, where: Mapping[str, str]) -> str:
    """Where a citation comes from: its documents as links, its status, its doubt."""
    known = _sources_of(key) or [found]
    links = "; ".join(
        f"[{_bare(one.reference or one.label)}](<{_address(one.url, where)}>)" for one in known
    )
    return " ".join(filter(None, [_said(links, found), found.mark]))


def _sources_of(key: str) -> list[Target]:
    """The documents of a row that have an address."""
    kind, name = key.split(":", 1)
    row = read.find(name) if kind == "row" else None
    return [one for one in documents(row[1]["source_ids"]) if one.url] if row else []


def _bare(text: str) -> str:
    """A text that cannot end the link it stands in."""
    return text.replace("[", "(").replace("]", ")")


def _address(url: str, where: Mapping[str, str]) -> str:
    if not url.startswith("tables:"):
        return url
    name = url.removeprefix("tables:")
    return str(words.of("citations")["table_link"].format(name=name, **where))


# ---- what must not be -------------------------------------------------------------------------------------------------


def problem(which: str, /, **values: str) -> str:
    """One complaint, in a sentence."""
    return str(words.of("citations")["problem"][which].format(**values))


def wrong_citations(text: str, where: str) -> Iterator[str]:
    """Citations and terms of a cell that point nowhere, or citations that hide or invent a doubt."""
    for name in terms_in(text):
        if name not in glossary():
            yield problem("no_term", where=where, id=name)
    marks = (words.of("citations")["unchecked"], words.of("citations")["partly_unchecked"])
    for citation in found_in(text):
        found = target(citation.kind, citation.id)
        if found is None:
            yield problem(
                "no_" + {"cite": "source"}.get(citation.kind, citation.kind),
                where=where,
                id=citation.id,
            )
            continue
        after = citation.after.lstrip()
        values = {"where": where, "kind": citation.kind, "id": citation.id}
        if found.mark and not after.startswith(found.mark):
            yield problem("unmarked", mark=found.mark, **values)
        for mark in marks:
            if after.startswith(mark) and mark != found.mark:
                yield problem("overmarked", mark=mark, **values)


def needs_citation(line: str) -> bool:
    """Whether a line of prose states a number or a date: a digit, or a number word from two upwards."""
    if line.lstrip().startswith(("#", "<")) or re.fullmatch(r"[|:\s-]+", line):
        return False
    return bool(_NUMBER.search(_NOT_PROSE.sub("", CITATION.sub("", line))))


def uncited(text: str, where: str) -> Iterator[str]:
    """Sentences of a cell that state a number or a date and name no source."""
    for line in prose(text).splitlines():
        if needs_citation(line) and not CITATION.search(line):
            yield problem("uncited", where=where, line=line.strip())


def problems(cell_id: str, text: str, tags: Iterable[str] = ()) -> list[str]:
    """Everything wrong with the citations of one Markdown cell."""
    if cell_id in {SOURCES_CELL, WORDS_CELL, "title"}:
        return []
    found = list(wrong_citations(text, cell_id))
    return found if FREE_TAGS & set(tags) else [*found, *uncited(text, cell_id)]
