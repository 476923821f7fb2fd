"""
The copy of the settings that `model.js` computes with.

The browser's model needs the ranges and defaults of the levers, and `levers.toml` is
the only place where they stand. So they are copied: `python -m tools.twin`.
"""

from __future__ import annotations

import json

from kdebate.models.settings import levers, parties, window, words
from tools.passages import ROOT

TWIN = ROOT / "kdebate" / "widgets" / "static" / "model.js"
START, END = "// <levers.toml>", "// </levers.toml>"


def twin_block() -> str:
    """
    Write the settings that `model.js` computes with.

    Returns
    -------
    str
        Lines of JavaScript, from marker to marker.
    """
    kept = ("min", "max", "step", "default", "choices")
    numbers = {
        name: {key: lever[key] for key in kept if key in lever} for name, lever in levers().items()
    }
    block = {"levers": numbers, "parties": parties(), "window": window(), "words": words()}
    lines = json.dumps(block, indent=2, ensure_ascii=False)
    kept_as_written = "// biome-ignore format: written by tools.twin"
    return f"{START}\n{kept_as_written}\nexport const SETTINGS = {lines};\n{END}"


def write_twin() -> None:
    """Bring the settings in `model.js` up to date with `levers.toml`."""
    text = TWIN.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    after = rest.partition(END)[2]
    TWIN.write_text(before + twin_block() + after, encoding="utf-8")


if __name__ == "__main__":
    write_twin()
    print(f"{TWIN.name} is up to date with levers.toml.")
