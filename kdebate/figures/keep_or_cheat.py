"""Two bars for each side: what keeping the whole bargain brings, and what cheating would bring."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kdebate import words
from kdebate.figures import theme
from kdebate.models import Deal, number_text, step_game


def payoffs(deal: Deal) -> dict[str, float]:
    """
    What each side gets by keeping, and by cheating a partner who keeps, when all is swapped at once.

    Parameters
    ----------
    deal : Deal
        The bargain, scalars only.

    Returns
    -------
    dict
        ``keep_a``, ``cheat_a``, ``keep_b``, ``cheat_b``.
    """
    game = step_game(deal, 1)
    return {
        "keep_a": float(game[0, 0, 0]),
        "cheat_a": float(game[1, 0, 0]),
        "keep_b": float(game[0, 0, 1]),
        "cheat_b": float(game[0, 1, 1]),
    }


def keep_or_cheat(deal: Deal) -> go.Figure:
    """
    Draw what keeping and what cheating brings each side, when all is swapped at once.

    Parameters
    ----------
    deal : Deal
        The bargain, scalars only.

    Returns
    -------
    plotly.graph_objects.Figure
        Four bars with their numbers.
    """
    said, names = words.of("keep_or_cheat"), words.of("sides")
    found = payoffs(deal)
    bars = [(side, act) for side in ("a", "b") for act in ("keep", "cheat")]
    figure = go.Figure([_bar(said, names, found, side, act) for side, act in bars])
    figure.update_layout(
        height=300,
        margin={"l": 8, "r": 8, "t": 24, "b": 56},
        xaxis={"fixedrange": True, "tickangle": 0, "tickfont": {"size": 12}},
        showlegend=False,
        yaxis={
            "visible": False,
            "fixedrange": True,
            "range": [0, 1.15 * max(*found.values(), 0.1)],
        },
    )
    return theme.finish(figure, said, _table(said, names, found), **_values(said, names, found))


def _bar(
    said: dict[str, Any], names: dict[str, str], found: dict[str, float], side: str, act: str
) -> go.Bar:
    ink = {"a": theme.SIDE_A, "b": theme.SIDE_B}[side]
    fill = {"a": theme.SIDE_A, "b": theme.SIDE_B_FILL}[side]
    hatch = {"shape": "/", "fgcolor": ink, "solidity": 0.3}
    value = found[f"{act}_{side}"]
    return go.Bar(
        x=[said["bar"].format(side=names[side], act=said[act])],
        y=[value],
        width=0.6,
        marker={
            "color": fill if act == "keep" else theme.BG,
            "line": {"color": ink, "width": 2},
            "pattern": hatch if act == "cheat" else {},
        },
        text=[number_text(value)],
        textposition="outside",
        textfont={"size": 18},
        hoverinfo="skip",
    )


def _table(said: dict[str, Any], names: dict[str, str], found: dict[str, float]) -> pd.DataFrame:
    rows = [
        [names[side], *(number_text(found[f"{act}_{side}"]) for act in ("keep", "cheat"))]
        for side in ("a", "b")
    ]
    return pd.DataFrame(rows, columns=list(said["table"].values()))


def _values(said: dict[str, Any], names: dict[str, str], found: dict[str, float]) -> dict[str, str]:
    tempted = [side for side in ("a", "b") if found[f"cheat_{side}"] > found[f"keep_{side}"]]
    who = {0: said["nobody"], 2: said["both"]}.get(len(tempted)) or names[tempted[0]]
    numbers = {key: number_text(value) for key, value in found.items()}
    return {**numbers, "tempted": who, "side_a": names["a"], "side_b": names["b"]}
