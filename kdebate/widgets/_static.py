"""What the widgets send to the page: its modules, its style sheet and plotly, read once from `static/`."""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "static"
PLOTLY = STATIC / "plotly-basic.min.js.gz"

LOADER = (
    STATIC / "page" / "load.js"
)  # starts every widget; the one module that the carrier does not carry


def style_sheets() -> list[Path]:
    """The style sheets in the order in which they count: the one of all explorers first, then each part's own."""
    first = STATIC / "frame" / "explorer.css"
    others = sorted({*STATIC.rglob("*.css")} - {first})
    return [first, *others]


@cache
def modules() -> bytes:
    """Shared modules and style sheet as gzipped JSON: ``{"css": text, "js": {path below static: text}}``."""
    paths = [path for path in sorted(STATIC.rglob("*.js")) if path != LOADER]
    sources = {path.relative_to(STATIC).as_posix(): path.read_text("utf-8") for path in paths}
    css = "\n".join(path.read_text("utf-8") for path in style_sheets())
    # A fixed time stamp: equal sources give equal bytes, so the page links them once.
    return gzip.compress(json.dumps({"css": css, "js": sources}).encode(), mtime=0)


@cache
def digest() -> str:
    """A name for this set of modules; the page keeps one linked set per name."""
    return hashlib.sha256(modules()).hexdigest()[:16]


@cache
def plotly() -> bytes:
    """The gzipped plotly.js bundle (basic: scatter, bar, pie), MIT licence beside it."""
    return PLOTLY.read_bytes()
