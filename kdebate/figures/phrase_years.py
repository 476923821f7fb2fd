"""How often a phrase was said, by year and collection; a year without texts is hatched, not zero."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kdebate import words
from kdebate.figures import theme

LANES = ("UNGDC_PRK", "NYA_KO", "KCNA_headlines_en")
PER_THOUSAND = {"KCNA_headlines_en"}
FIRST, LAST = 1991, 2024


def by_year(counts: pd.DataFrame, phrase: str = "PH-hostile-policy") -> pd.DataFrame:
    """
    Uses of a phrase by year, one column per collection.

    Parameters
    ----------
    counts : pandas.DataFrame
        `kdebate.datasets.load_phrase_counts()`.
    phrase : str
        A `phrase_id`.

    Returns
    -------
    pandas.DataFrame
        Indexed by year, 1991 to 2024; headlines per 1,000, the others as counted; empty where there are no texts.
    """
    rows = counts[(counts["phrase_id"] == phrase) & counts["documents"].gt(0)]
    table = pd.DataFrame(index=pd.RangeIndex(FIRST, LAST + 1, name="year"))
    for lane in LANES:
        own = rows[rows["corpus_id"] == lane].set_index("year")
        values = own["count"].astype(float)
        table[lane] = (
            1000 * values / own["documents"].astype(float) if lane in PER_THOUSAND else values
        )
    return table


def phrase_years(counts: pd.DataFrame) -> go.Figure:
    """
    Draw how often "hostile policy" was said, by year, in three collections.

    Parameters
    ----------
    counts : pandas.DataFrame
        `kdebate.datasets.load_phrase_counts()`.

    Returns
    -------
    plotly.graph_objects.Figure
        Three lanes on one time axis; years without texts are hatched.
    """
    said = words.of("phrase_years")
    table = by_year(counts)
    figure = go.Figure()
    axes: dict[str, Any] = {}
    gap, height = 0.12, (1 - 2 * 0.12) / 3
    for at, lane in enumerate(LANES):
        name = "" if at == 0 else str(at + 1)
        top = 1 - at * (height + gap)
        values = table[lane]
        most = float(values.max())
        axes[f"yaxis{name}"] = {
            "domain": [max(0, top - height), top],
            "range": [0, 1.25 * most],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": theme.INK,
            "showticklabels": False,
        }
        figure.add_trace(_bars(values, f"y{name}", most))
        figure.add_trace(_missing(values, f"y{name}", most))
        figure.add_annotation(
            text=said["lane"][lane],
            x=0,
            xref="paper",
            xanchor="left",
            y=top,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            font={"size": 14},
        )
    figure.update_layout(
        height=400,
        bargap=0.25,
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 28, "b": 32},
        showlegend=False,
        xaxis={
            "range": [FIRST - 0.6, LAST + 0.6],
            "fixedrange": True,
            "anchor": "y3",
            "showgrid": False,
            "dtick": 5,
            "tick0": 1990,
        },
        **axes,
    )
    return theme.finish(figure, said, _as_text(said, table), **_values(said, table))


def _bars(values: pd.Series, axis: str, most: float) -> go.Bar:
    return go.Bar(
        x=list(values.index),
        y=[None if pd.isna(value) else value for value in values],
        yaxis=axis,
        text=["" if pd.isna(value) else _text(value) for value in values],
        textposition="outside",
        textangle=0,
        textfont={"size": 10, "color": theme.INK},
        cliponaxis=False,
        marker={"color": theme.INK},
        hoverinfo="skip",
    )


def _missing(values: pd.Series, axis: str, most: float) -> go.Bar:
    """A hatched column where the collection has no texts."""
    return go.Bar(
        x=list(values.index),
        y=[1.2 * most if pd.isna(value) else None for value in values],
        yaxis=axis,
        width=1,
        marker={
            "color": theme.BG,
            "pattern": {"shape": "/", "fgcolor": theme.INK2, "size": 7, "solidity": 0.15},
            "line": {"width": 0},
        },
        hoverinfo="skip",
    )


def _text(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def _as_text(said: dict[str, Any], table: pd.DataFrame) -> pd.DataFrame:
    text = table.map(lambda value: said["table"]["missing"] if pd.isna(value) else _text(value))
    text = text.rename(columns=said["lane"])
    text.insert(0, said["table"]["year"], [str(year) for year in table.index])
    return text


def _values(said: dict[str, Any], table: pd.DataFrame) -> dict[str, object]:
    lines = [
        said["alt_line"].format(
            name=said["lane"][lane],
            peak_year=str(table[lane].idxmax()),
            peak=_text(float(table[lane].max())),
        )
        for lane in LANES
    ]
    spoken = table["UNGDC_PRK"].dropna()
    return {
        "first": FIRST,
        "last": LAST,
        "lines": " ".join(lines),
        "un_total": int(spoken.sum()),
        "un_years": int((spoken > 0).sum()),
        "un_covered": len(spoken),
    }
