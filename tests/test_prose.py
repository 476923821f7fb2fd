"""What stands in the chapters' prose: nothing is answered too early, no side is alone, no word is unexplained."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from kdebate import words
from kdebate.questions import bank
from kdebate.tables import cite, read
from kdebate.widgets import TurningCards
from tools.cite_notebooks import GLOSSARY

ROOT = Path(__file__).resolve().parents[1]
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MADE = {cite.SOURCES_CELL, cite.WORDS_CELL}
FOLD = re.compile(r"<details>.*?</details>", re.DOTALL)
CHAPTER_01 = ROOT / "kdebate/questions/01-read-the-argument.toml"
POSITIONS = {row["position_id"]: row for row in read.rows(read.resource("positions"))}


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def cells(request):
    return nbformat.read(request.param, as_version=4).cells


def prose(cells):
    return [cell for cell in cells if cell.cell_type == "markdown" and cell.id not in MADE]


def plain(text):
    """What is read: no definitions, no citations, no addresses."""
    text = cite.CITATION.sub("", cite.prose(text))
    return re.sub(r"\]\([^)]*\)|!\[[^\]]*\]|\]\[term:[^\]]*\]", "]", text)


# ---- a prediction is not answered before it is made ----------------------------------------------------------------------


def predictions(cells):
    """Every prediction of a chapter, with the text that stands open up to the end of its section."""
    for at, cell in enumerate(cells):
        found = re.search(r'^Predict\("([^"]+)"', cell.source, re.MULTILINE)
        if cell.cell_type == "code" and found:
            section = next(
                (i for i in range(at + 1, len(cells)) if re.match(r"## ", cells[i].source)),
                len(cells),
            )
            until = "\n".join(FOLD.sub("", plain(c.source)) for c in prose(cells[:section]))
            yield bank.question(found[1]), until


def test_nothing_open_gives_a_prediction_away(cells):
    for asked, text in predictions(cells):
        for pattern in asked["quiet"]:
            found = re.search(pattern, text, re.IGNORECASE)
            assert not found, f"{asked['id']}: “{found[0]}” stands open"


def test_what_must_keep_quiet_is_what_the_answer_says(cells):
    """A pattern that matches no answer would guard nothing."""
    answers = "\n".join(c.source for c in cells)
    for asked, _ in predictions(cells):
        told = f"{answers}\n{asked.get('result', '')}"
        for pattern in asked["quiet"]:
            assert re.search(pattern, told, re.IGNORECASE), f"{asked['id']}: {pattern}"


# What must not stand open above a question that asks for it.
KEPT_QUIET = {
    "01-one-or-two": "Biegun",
    "01-start-hanoi": "Trump",
    "01-start-council": "Security Council",
    "01-left-out": "Seoul",
    "01-end-kind": "weighing",
    "02-start-reading": "interpretation",
    "02-start-audiences": "Seoul",
    "02-spaced-hanoi": "Yongbyon",
    "02-wind": "Spread evenly|spread evenly",
    "02-end-missing-year": "not a zero|missing text",
}


@pytest.mark.parametrize("name", KEPT_QUIET)
def test_nothing_above_a_question_answers_it(name):
    path = next(path for path in PATHS if path.stem[:2] == name[:2])
    found = nbformat.read(path, as_version=4).cells
    at = next(i for i, c in enumerate(found) if c.cell_type == "code" and f'"{name}"' in c.source)
    told = "\n".join(FOLD.sub("", plain(cell.source)) for cell in prose(found[:at]))
    assert not re.search(KEPT_QUIET[name], told)


# ---- nothing later than the day on which the forecasts are filed ---------------------------------------------------------

MONTHS = [month[:3] for month in words.of("language")["months"]]
DAY = re.compile(
    rf"(?:(\d{{1,2}}) )?\b({'|'.join(MONTHS)})[a-z]* ((?:19|20)\d\d)|\b((?:19|20)\d\d)\b"
)


def latest(text):
    """The last day that a text names, as year, month, day; a month or a year counts from its first day."""
    found = [
        (int(m[3]), MONTHS.index(m[2]) + 1, int(m[1] or 1)) if m[3] else (int(m[4]), 1, 1)
        for m in DAY.finditer(text)
    ]
    return max(found, default=(0, 0, 0))


def above_the_seal():
    """What chapter 01 shows until the forecasts are filed: prose, hovers, the sources behind its marks."""
    found = nbformat.read(ROOT / "notebooks/01-read-the-argument.ipynb", as_version=4).cells
    seal = next(
        i for i, c in enumerate(found) if re.search(r"^Forecasts?\(", c.source, re.MULTILINE)
    )
    return prose(found[:seal])


def test_nothing_later_than_the_article_stands_above_the_seal():
    """A source of 2022 in a hover tells how a forecast of 2019 ended."""
    file = tomllib.loads(CHAPTER_01.read_text("utf-8"))
    filed = tuple(int(part) for part in file["filed"].split("-"))
    for cell in above_the_seal():
        assert latest(cell.source) <= filed, cell.id
        for mark in cite.found_in(cell.source):
            said = cite.target(mark.kind, mark.id)
            assert latest(f"{said.label} {said.reference}") <= filed, (cell.id, mark.key)


def test_nothing_later_stands_behind_the_cards_and_the_list_above_the_seal():
    filed = tuple(
        int(part) for part in tomllib.loads(CHAPTER_01.read_text("utf-8"))["filed"].split("-")
    )
    for key in ("two_speeches", "listeners"):
        spec = TurningCards(key)._spec
        said = [spec["after"], *(text for card in spec["cards"] for text in strings(card))]
        assert max(map(latest, said)) <= filed, key
    forecasts = {name for name, asked in bank.questions().items() if asked["kind"] == "forecast"}
    assert set(bank.question("01-sort-claims")["sources_after"]) == forecasts


def test_a_later_source_would_be_seen():
    assert latest("SC/14911 (26 May 2022); (17 Apr 2019)") == (2022, 5, 26)
    assert latest(cite.target("row", "C47").reference) > (2019, 4, 20)
    assert latest("on 20 April 2019, and in 2018") == (2019, 4, 20)


# ---- two sides ------------------------------------------------------------------------------------------------------------


def stances(cells):
    """How many positions of each side a chapter cites; the article counts as one for steps."""
    cited = {c.id for cell in prose(cells) for c in cite.found_in(cell.source)}
    found = Counter(POSITIONS[name]["stance"] for name in cited & {*POSITIONS} - {"PO22"})
    found["steps"] += bool(cited & {"SCMP", "PO22", "C67"})
    return found


def test_a_chapter_that_quotes_panda_names_a_text_of_the_other_side(cells):
    text = "\n".join(cite.prose(cell.source) for cell in prose(cells))
    if "Panda" in text:
        assert stances(cells)["big_deal"] or "heritage.org" in text


def test_no_chapter_names_texts_of_one_side_only(cells):
    found = stances(cells)
    assert bool(found["big_deal"]) == bool(found["steps"]), found


def test_positions_are_balanced():
    """Over all chapters neither side has more than one and a half times as many named texts as the other."""
    total = Counter()
    for path in PATHS:
        total += stances(nbformat.read(path, as_version=4).cells)
    few, many = sorted([total["big_deal"], total["steps"]])
    assert few >= 8
    assert many <= 1.5 * few, total


# In the closing sections: where each side's part begins.
CLOSING = [
    (
        "04-concede-step-by-step",
        "vote-again",
        ("Critics of step by step", "Critics of all or nothing"),
        ("Critics of all or nothing", "**Name to"),
    ),
    (
        "03-enforce-sanctions",
        "last-word",
        ("Ankit Panda", "Bruce Klingner"),
        ("Bruce Klingner", "Which of"),
    ),
    (
        "01-read-the-argument",
        "reading-list",
        ("For a big deal", "For steps"),
        ("For steps", "Neither"),
    ),
]


@pytest.mark.parametrize(("chapter", "cell_id", "one", "other"), CLOSING)
def test_closing_words_are_shared_out(chapter, cell_id, one, other):
    """Neither side gets more than twice the other's words."""
    found = nbformat.read(ROOT / "notebooks" / f"{chapter}.ipynb", as_version=4).cells
    text = plain(next(cell.source for cell in found if cell.id == cell_id))
    words = [len(text[text.index(a) : text.index(b)].split()) for a, b in (one, other)]
    assert max(words) <= 2 * min(words), words


# ---- words ----------------------------------------------------------------------------------------------------------------

KNOWN = {"US", "UN", "TV"}
ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*\b")
EXPLORERS = {
    "02": ["basket", "waves"],
    "03": ["ladder", "enforcement"],
    "04": ["concession", "game"],
}


def strings(value):
    """Every text in a file of words or questions; ids, tables and patterns are not read by learners."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"rows", "items", "quiet", "id", "row", "help"}:
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_no_abbreviation_is_unexplained(cells, request):
    number = next(p.stem[:2] for p in PATHS if p.stem in request.node.name)
    text = "\n".join(cite.prose(cell.source) for cell in prose(cells))
    explained = set(cite.terms_in(text))
    for path in sorted((ROOT / "kdebate/questions").glob(f"{number}-*.toml")):
        text += "\n".join(strings(tomllib.loads(path.read_text("utf-8"))["question"]))
    for name in EXPLORERS.get(number, []):
        words = (ROOT / f"kdebate/words/{name}.toml").read_text("utf-8")
        text += "\n".join(strings(tomllib.loads(words)))
    told = re.findall(r"\(([A-Z]{2,})\)|\b([A-Z]{2,}), (?:a|the|North|South)\b", text)
    expanded = KNOWN | {name for pair in told for name in pair}
    found = {*ABBREVIATION.findall(plain(text))} - expanded
    assert {name for name in found if cite.slug(name) not in explained} == set()


def test_a_term_is_linked_where_its_word_first_stands(cells):
    text = "\n".join(cite.prose(cell.source) for cell in prose(cells))
    for match in cite.TERM.finditer(text):
        word = match[0][1 : match[0].index("]")]
        if ABBREVIATION.fullmatch(word):
            assert not re.search(rf"\b{word}\b", plain(text[: match.start()])), word


def test_the_glossary_page_is_that_of_the_table():
    assert GLOSSARY.read_text("utf-8") == cite.glossary_page()


def test_a_term_becomes_a_link_with_its_meaning():
    once = cite.written("Said by [KCNA][term:kcna].", {})
    assert '\n[term:kcna]: #Words-of-this-chapter "Korean Central News Agency' in once
    assert cite.written(once, {}) == once
    assert "- **KCNA**: Korean Central" in cite.words_text([once])
    assert list(cite.wrong_citations("A [word][term:nosuchword].", "here"))
