"""Write one page of live widgets that needs no kernel, only files beside it."""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from kdebate.widgets import _static
from kdebate.widgets.page_widget import PageWidget

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{styles}
<style>:root {{ color-scheme: light dark }} body {{ margin: 0 auto; padding: 8px; max-width: 1256px; font-family: sans-serif }}</style>
<main>
<h1>{title}</h1>
{widgets}
</main>
<script type="module" src="kdebate/page/load.js"></script>
</html>
"""


def _script(widget: PageWidget) -> str:
    state = widget.page_state()
    # "</script>" inside a string would end the element; "<" as an escape means the same to JSON.
    text = json.dumps(state).replace("<", "\\u003c")
    return f'<script type="application/json" data-kdebate-widget>{text}</script>'


def write_page(folder: Path, title: str, widgets: Sequence[PageWidget]) -> Path:
    """
    Write ``index.html`` with live widgets, and the files it needs, into a folder.

    Parameters
    ----------
    folder : Path
        Made when missing; files of an earlier page are replaced.
    title : str
        Heading of the page.
    widgets : sequence of PageWidget
        Shown one below the other, in their present state.

    Returns
    -------
    Path
        The page. Serve the folder over HTTP; browsers refuse modules from ``file://``.
    """
    target = folder / "kdebate"
    shutil.copytree(_static.STATIC, target, dirs_exist_ok=True)
    page = folder / "index.html"
    blocks = "\n".join(_script(widget) for widget in widgets)
    styles = "\n".join(
        f'<link rel="stylesheet" href="kdebate/{sheet.relative_to(_static.STATIC).as_posix()}">'
        for sheet in _static.style_sheets()
    )
    page.write_text(
        _PAGE.format(title=html.escape(title), widgets=blocks, styles=styles), encoding="utf-8"
    )
    return page
