"""Ask the page's pure modules a question in Node: what needs no page needs no browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tools.node import evaluate

STATIC = Path(__file__).parents[2] / "kdebate" / "widgets" / "static"
FRAME = """
const modules = await Promise.all({modules}.map((name) => import(name)));
const answer = await ({question})(...modules, ...JSON.parse({given}));
process.stdout.write(JSON.stringify(answer));
"""


def ask(modules: list[str], question: str, *given: Any) -> Any:
    """What a JavaScript function answers that gets some modules of the page, then what is given, as JSON."""
    addresses = json.dumps([(STATIC / name).as_uri() for name in modules])
    text = json.dumps(json.dumps(given))  # a text: in a literal "__proto__" is no name
    return evaluate(FRAME.format(modules=addresses, question=question, given=text))
