"""What became of promised steps, by the order in which the two sides were to act."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kdebate.figures import theme

ORDERS = ("front_loaded", "simultaneous", "conditional", "unspecified")
OUTCOMES = ("yes", "partly", "no")

# Filled, hatched, hollow: the three outcomes differ in more than shade.
_MARKS: dict[str, dict[str, Any]] = {
    "yes": {"color": theme.INK},
    "partly": {
        "color": theme.BG,
        "pattern": {"shape": "/", "fgcolor": theme.INK2, "solidity": 0.08},
    },
    "no": {"color": theme.BG},
}


def promised(steps: pd.DataFrame) -> pd.DataFrame:
    """The steps that somebody promised, each event once."""
    return steps[(steps["row_type"] == "promised") & steps["same_event_as"].isna()]


def counts(steps: pd.DataFrame) -> pd.DataFrame:
    """
    Count promised steps by order and outcome.

    Parameters
    ----------
    steps : pandas.DataFrame
        `kdebate.datasets.load_agreement_steps()`.

    Returns
    -------
    pandas.DataFrame
        One row per order of acting; columns ``yes``, ``partly``, ``no``, ``total`` and ``recalled``
        (rows with details nobody has checked against a document).
    """
    rows = promised(steps)
    table = pd.crosstab(rows["sequencing"].astype(str), rows["delivered"].astype(str))
    table = table.reindex(index=list(ORDERS), columns=list(OUTCOMES), fill_value=0)
    recalled = rows["recalled_fields"].notna().groupby(rows["sequencing"].astype(str)).sum()
    return table.assign(
        total=table.sum(axis=1), recalled=recalled.reindex(list(ORDERS)).fillna(0).astype(int)
    )


def promised_steps(steps: pd.DataFrame) -> go.Figure:
    """
    Draw what became of promised steps, by the order in which the sides were to act.

    Parameters
    ----------
    steps : pandas.DataFrame
        `kdebate.datasets.load_agreement_steps()`.

    Returns
    -------
    plotly.graph_objects.Figure
        One bar per order, cut into delivered, in part and not delivered.
    """
    said = theme.words("promised_steps")
    table = counts(steps)
    groups = [
        said["group"].format(name=said["sequencing"][order], total=table.loc[order, "total"])
        for order in ORDERS
    ]
    figure = go.Figure([_bar(said, table, groups, outcome) for outcome in OUTCOMES])
    figure.update_layout(
        barmode="stack",
        bargap=0.5,
        height=340,
        margin={"l": 8, "r": 8, "t": 36, "b": 48},
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 13},
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis={
            "title": {"text": said["axis"], "font": {"size": 13}},
            "gridcolor": theme.LINE,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"autorange": "reversed", "visible": False, "fixedrange": True},
        annotations=[_label(group) for group in groups],
    )
    return theme.finish(figure, said, _as_text(said, table), **_values(said, steps, table))


def _label(group: str) -> dict[str, Any]:
    """The name of a group, above its bar: beside it, a phone would have no room for both."""
    return {
        "text": group,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": group,
        "yanchor": "bottom",
        "yshift": 17,
        "showarrow": False,
        "font": {"size": 14},
    }


def _bar(said: dict[str, Any], table: pd.DataFrame, groups: list[str], outcome: str) -> go.Bar:
    numbers = table[outcome]
    return go.Bar(
        y=groups,
        x=numbers,
        name=said["delivered"][outcome],
        orientation="h",
        marker={**_MARKS[outcome], "line": {"color": theme.INK, "width": 1.5}},
        text=[str(number) if number else "" for number in numbers],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"size": 15, "color": theme.BG if outcome == "yes" else theme.INK},
        hoverinfo="skip",
    )


def _as_text(said: dict[str, Any], table: pd.DataFrame) -> pd.DataFrame:
    heads = said["table"]
    text = table.rename(
        columns=said["delivered"] | {"total": heads["total"], "recalled": heads["recalled"]}
    )
    text.insert(0, heads["group"], [said["sequencing"][order] for order in ORDERS])
    return text


def _values(said: dict[str, Any], steps: pd.DataFrame, table: pd.DataFrame) -> dict[str, object]:
    lines = [
        said["alt_line"].format(
            group=said["sequencing"][order],
            **dict(zip(OUTCOMES, table.loc[order, list(OUTCOMES)], strict=True)),
        )
        for order in ORDERS
    ]
    totals = {key: int(table[key].sum()) for key in (*OUTCOMES, "total", "recalled")}
    sizes = {"smallest": int(table["total"].min()), "largest": int(table["total"].max())}
    agreements = promised(steps)["agreement_id"].nunique()
    return {**totals, **sizes, "agreements": agreements, "lines": "; ".join(lines)}
