"""Every sentence that the launcher and the page show, read from the page's own `words.json`."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "labextensions/kdebate/static/words.json"


def say_whatever_the_terminal_knows() -> None:
    """A sign that the terminal does not know is written by its number, rather than ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@cache
def table() -> dict[str, dict[str, Any]]:
    """All sentences: those for the ``terminal`` and those for the ``page``."""
    tables: dict[str, dict[str, Any]] = json.loads(WORDS.read_text(encoding="utf-8"))
    return tables


def say(key: str, **facts: object) -> str:
    """
    One sentence for the terminal.

    Parameters
    ----------
    key
        Name of the sentence in the ``terminal`` table.
    **facts
        What its braces stand for.
    """
    sentence: str = table()["terminal"][key]
    return sentence.format(**facts)
