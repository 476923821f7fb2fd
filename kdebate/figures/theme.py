"""One look for all charts: readable from the last row, no meaning by colour alone, words beside the marks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

# The tokens of widgets/static/frame/explorer.css in their light form; the dark one stands there, and the page swaps them.
INK = "#1A1A1F"
INK2 = "#54555E"
LINE = "#D5D5DC"
BG = "#FFFFFF"
SIDE_A = "#5E2A84"
SIDE_B = "#A15F00"
SIDE_B_FILL = "#F8E6C8"
TOKENS = {
    INK: "ink",
    INK2: "ink2",
    LINE: "line",
    BG: "bg",
    SIDE_A: "a",
    SIDE_B: "b",
    SIDE_B_FILL: "b-fill",
}

_FONT = '-apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'


def finish(
    figure: go.Figure, said: dict[str, Any], table: pd.DataFrame, **values: object
) -> go.Figure:
    """
    Give a chart its fonts, its two sentences, its alt text and its table.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The marks.
    said : dict
        Words of the chart: ``title``, ``shows``, ``does_not_show``, ``alt``; names in braces are filled in.
    table : pandas.DataFrame
        The same numbers as text, for those who do not see the chart.
    **values
        What the names in braces stand for.

    Returns
    -------
    plotly.graph_objects.Figure
        The same figure; ``layout.meta`` holds sentences, alt text, table and colour tokens.
    """
    sentences = {
        key: said[key].format(**values) for key in ("title", "shows", "does_not_show", "alt")
    }
    rows = [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    figure.update_layout(
        template="none",
        font={"family": _FONT, "size": 14, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        meta={**sentences, "head": list(table.columns), "rows": rows, "tokens": TOKENS},
    )
    return figure
