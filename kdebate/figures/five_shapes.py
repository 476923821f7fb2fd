"""Five shapes of one bargain, side by side: who would rather hold back, and where."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kdebate import models, words
from kdebate.figures import theme

WAIT, DRIFT = 8, 0.03
# docs/model.md has the shapes and who argues for each.
SHAPES: dict[str, dict[str, Any]] = {
    "one_swap": {"N": 1},
    "disarm_first": {"N": 1, "first": "b"},
    "pressure_first": {"N": 1, "wait": WAIT, "drift": DRIFT},
    "parallel": {"N": 2},
    "freeze_first": {"N": 2, "first": "b"},
}
STARTS = ("class-default", "both-want-it-more", "pyongyang-harder-to-undo")

_LINE = 22  # px of one bar
_HEAD = 30  # px of a shape's name


def read_shapes(preset: str) -> dict[str, dict[str, Any]]:
    """
    What the model says of each shape.

    Parameters
    ----------
    preset : str
        A start of `kdebate.models.presets`.

    Returns
    -------
    dict
        Shape -> `kdebate.models.read_out` there.
    """
    start = models.presets()[preset]["levers"]
    return {shape: models.read_out(start | levers) for shape, levers in SHAPES.items()}


def five_shapes(preset: str) -> go.Figure:
    """
    Draw the safety gaps of the five shapes from one start.

    Parameters
    ----------
    preset : str
        A start of `kdebate.models.presets`.

    Returns
    -------
    plotly.graph_objects.Figure
        One group of bars per shape, one bar per side and slice.
    """
    said, read = words.of("five_shapes"), read_shapes(preset)
    bars = _bars(said, read)
    figure = go.Figure([*(_side(bars, side) for side in ("a", "b")), _beside(bars)])
    figure.update_layout(
        annotations=[_heading(said, shape, top) for shape, top in _headings(read)],
        height=_height(read) + 60,
        margin={"l": 8, "r": 8, "t": 8, "b": 52},
        bargap=0.25,
        barmode="overlay",
        showlegend=False,
        xaxis={
            "title": {"text": said["axis"], "font": {"size": 13}},
            "range": [-1.0, 3.4],
            "fixedrange": True,
            "gridcolor": theme.LINE,
            "zeroline": True,
            "zerolinecolor": theme.INK,
            "zerolinewidth": 2,
            "tickvals": [-1, 0, 1],
        },
        yaxis={"range": [_height(read), 0], "visible": False, "fixedrange": True},
    )
    start = models.presets()[preset]["label"]
    return _finished(figure, said, read, start)


def five_shapes_by_start() -> dict[str, go.Figure]:
    """
    The chart from each of three starts, by the start's name: what `FigureCard` shows with a switch.

    Returns
    -------
    dict of plotly.graph_objects.Figure
        The class default first.
    """
    return {models.presets()[preset]["label"]: five_shapes(preset) for preset in STARTS}


# ---- marks ------------------------------------------------------------------------------------------


def _slices(read: dict[str, Any]) -> int:
    return len(read["margins"][0]) - 1


def _headings(read: dict[str, dict[str, Any]]) -> list[tuple[str, int]]:
    """Where each shape's name stands, in pixels from the top."""
    found, top = [], 0
    for shape, one in read.items():
        found.append((shape, top))
        top += _HEAD + 2 * _slices(one) * _LINE
    return found


def _height(read: dict[str, dict[str, Any]]) -> int:
    return sum(_HEAD + 2 * _slices(one) * _LINE for one in read.values())


def _bars(said: dict[str, Any], read: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Every bar: its side, its place down the page, its gap and its words."""
    names = words.of("sides")
    found = []
    for shape, top in _headings(read):
        count = _slices(read[shape])
        for place, (k, side) in enumerate((k, side) for k in range(count) for side in "ab"):
            gap = read[shape]["margins"]["ab".index(side)][k]
            label = said["bar"]["once" if count == 1 else "slice"]
            text = f"{label.format(side=names[side], slice=k + 1)}: {models.gap_text(gap)}"
            y = top + _HEAD + (place + 0.5) * _LINE
            found.append({"side": side, "y": y, "gap": gap, "text": text})
    return found


def _side(bars: list[dict[str, Any]], side: str) -> go.Bar:
    mine = [bar for bar in bars if bar["side"] == side]
    ink = {"a": theme.SIDE_A, "b": theme.SIDE_B}[side]
    fill = {"a": theme.SIDE_A, "b": theme.SIDE_B_FILL}[side]
    held = [bar["gap"] >= 0 for bar in mine]
    return go.Bar(
        x=[bar["gap"] for bar in mine],
        y=[bar["y"] for bar in mine],
        width=_LINE * 0.6,
        orientation="h",
        marker={
            "color": [fill if one else theme.BG for one in held],
            "line": {"color": ink, "width": 1.5},
            "pattern": {"shape": ["" if one else "/" for one in held], "fgcolor": ink},
        },
        text=[bar["text"] for bar in mine],
        textposition="none",
        hoverinfo="skip",
    )


def _beside(bars: list[dict[str, Any]]) -> go.Scatter:
    """The words of all bars, to the right of bar and zero."""
    return go.Scatter(
        x=[max(0.0, bar["gap"]) for bar in bars],
        y=[bar["y"] for bar in bars],
        text=[f" {bar['text']}" for bar in bars],
        mode="text",
        textposition="middle right",
        textfont={"size": 13, "color": theme.INK},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _heading(said: dict[str, Any], shape: str, top: int) -> dict[str, Any]:
    return {
        "text": f"<b>{_name(said, shape)}</b>",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top + _HEAD - 4,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13},
    }


# ---- words ------------------------------------------------------------------------------------------


def _name(said: dict[str, Any], shape: str) -> str:
    return str(said["shape"][shape].format(wait=WAIT, growth=round(100 * DRIFT)))


def _listed(said: dict[str, Any], shapes: list[str]) -> str:
    names = [said["short"][shape] for shape in shapes]
    if not names:
        return str(said["none"])
    return said["and"].join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _finished(
    figure: go.Figure, said: dict[str, Any], read: dict[str, dict[str, Any]], start: str
) -> go.Figure:
    gaps = {shape: _gaps(one) for shape, one in read.items()}
    lines = [said["alt_line"].format(shape=_name(said, shape), gaps=gaps[shape]) for shape in read]
    held = [shape for shape, one in read.items() if one["holds"]]
    values = {
        "start": start,
        "lines": "; ".join(lines),
        "held": _listed(said, held),
        "failed": _listed(said, [shape for shape in read if shape not in held]),
    }
    theme.finish(figure, said, _table(said, read, gaps), **values)
    figure.layout.meta = {**figure.layout.meta, "choose": said["choose"]}
    return figure


def _gaps(one: dict[str, Any]) -> str:
    """All gaps of a shape: each side's, slice by slice."""
    names = words.of("sides")
    rows = zip("ab", one["margins"], strict=True)
    return ", ".join(
        f"{names[side]} {' '.join(models.gap_text(gap) for gap in row[:-1])}" for side, row in rows
    )


def _table(
    said: dict[str, Any], read: dict[str, dict[str, Any]], gaps: dict[str, str]
) -> pd.DataFrame:
    heads = said["table"]
    rows = [
        (
            _name(said, shape),
            heads["yes"] if one["holds"] else heads["no"],
            models.number_text(one["value_a"]),
            models.number_text(one["value_b"]),
            gaps[shape],
        )
        for shape, one in read.items()
    ]
    columns = [heads[key] for key in ("shape", "holds", "worth_a", "worth_b", "gaps")]
    return pd.DataFrame(rows, columns=columns)
