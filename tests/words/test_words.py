"""Word files: each is read, and each word in them is used somewhere. A dead word is work for a translator."""

import re
from functools import cache

import pytest

from kdebate import words

PACKAGE = words.HERE.parent
FILES = sorted(path.stem for path in words.HERE.glob("*.toml"))
# Tables whose keys come from a column, a preset, a verdict or a kind, so that no code names them one by one.
BY_DATA = {
    "basket": {"item", "preset", "who", "who_more"},
    "enforcement": {"parties", "preset"},
    "exercises": {"kind", "outcome", "rule"},
    "game": {"asked", "moves", "plays"},
    "hanoi_room": {"session"},
    "ladder": {"lever", "preset", "sectors"},
    "language": {"numbers"},
    "region_map": {"place"},
    "tasks": {"at", "task"},
    "time_line": {"mark"},
    "turning_cards": {"sets"},
    "waves": {"lever", "preset"},
}
# Words that are looked up by a value of a table or of the state.
BY_VALUE = {
    "basket": {"card.explicit", "card.implicit"},
    "citations": {f"problem.no_{kind}" for kind in ("row", "source", "table")},
    "pressure": {f"chart.{name}" for name in ("pressure", "relief", "snapback")},
    "enforcement": {
        *(f"events.{direction}" for direction in ("tightens", "loosens", "exposes_evasion")),
        "events.neutral",
    },
    "exercises": {f"reflect.{part}" for part in ("counter", "claim_short", "evidence_short")}
    | {"draw.floor", "draw.ceiling", "draw.span.floor", "draw.span.ceiling", "draw.table.no"}
    | {"reflect.counter_short", "journal.found_apart_more", "journal.found_cleared_more"},
}
PARTS = words.of("exercises")["export"]["parts"]
BY_VALUE["exercises"] |= {f"export.parts.{kind}.{part}" for kind in PARTS for part in PARTS[kind]}
BY_VALUE["exercises"] |= {f"export.parts.{kind}" for kind in PARTS}
# Tables that travel whole, so that the file that reads a word need not name its table.
WHOLE = {
    "buttons",
    "card",
    "code",
    "draw",
    "envelopes",
    "forecast",
    "forecasts",
    "journal",
    "lever",
    "poll",
    "predict",
    "quiz",
    "reflect",
    "in_words",
}
# What a preset says of its numbers to authors; tests/register reads it and proves the numbers in it.
NOT_SAID = {"stylised", "note"}


@cache
def code():
    """Per source file the names it can look up: properties, texts, parts taken from an object, composed names."""
    found = {}
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js")]:
        text = re.sub(r"(?m)^\s*(//|#|\*|/\*).*$", "", path.read_text("utf-8"))
        text = re.sub(r'(?s)""".*?"""', "", text)
        names = set(re.findall(r"[\"'`]([\w.-]+)[\"'`]", text))
        if path.suffix == ".js":
            names |= set(re.findall(r"\.(\w+)", text))
        for taken in re.findall(r"\{([\w\s,:]*)\}\s*=", text):
            names |= set(re.findall(r"\w+", taken))
        found[path] = names, composed(text)
    return found


def composed(text):
    """Patterns of names that are put together, as in `found_${kind}_one`; a count chooses one or many."""
    patterns = [r"\w+_(one|many)"] if "_one" in text else []
    for literal in re.findall(r"`([^`\n]*)`", text) + re.findall(r"f[\"']([^\"'\n]*)[\"']", text):
        parts = re.split(r"\$?\{[^{}]*\}", literal)
        fixed = "".join(parts)
        if len(parts) > 1 and len(fixed) >= 3 and re.fullmatch(r"\w+", fixed):
            patterns.append(r"\w+".join(parts))
    return patterns


def is_used(key, table):
    return any(
        (not table or table in names)
        and (key in names or any(re.fullmatch(pattern, key) for pattern in patterns))
        for names, patterns in code().values()
    )


def unused(name, found, path=()):
    """The words of a file that no code looks up, as dotted keys."""
    by_data, by_value = BY_DATA.get(name, set()), BY_VALUE.get(name, set())
    said = set(re.findall(r"\{(\w+)", str(words.of(name))))
    for key, value in found.items():
        here = (*path, key)
        inside = here[-2] if len(here) > 1 else ""
        table = here[-3] if len(here) > 2 and here[-3] in by_data else inside
        is_free = inside in by_data or ".".join(here) in by_value or key in NOT_SAID
        is_free |= not path and key in said  # a table that another one names
        if not is_free and not is_used(key, "" if table in WHOLE else table):
            yield ".".join(here)
        if isinstance(value, dict):
            yield from unused(name, value, here)


@pytest.mark.parametrize("name", FILES)
def test_every_word_is_used(name):
    assert [*unused(name, words.of(name))] == []


def test_a_dead_word_is_found():
    found = words.of("enforcement")
    dead = found | {"events": found["events"] | {"gap_nothing": "…"}, "unheard_of": "…"}
    assert {*unused("enforcement", dead)} == {"events.gap_nothing", "unheard_of"}


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_read(name):
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert f'words.of("{name}")' in source or f'words_name = "{name}"' in source


def test_what_is_excused_is_there():
    """An exception that nothing needs any more would hide the next dead word."""
    for name, tables in BY_DATA.items():
        held = {key for path in keys(words.of(name)) for key in path}
        assert tables <= held, name
    for name, excused in BY_VALUE.items():
        assert excused <= {".".join(path) for path in keys(words.of(name))}, name


def keys(found, path=()):
    for key, value in found.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from keys(value, (*path, key))
