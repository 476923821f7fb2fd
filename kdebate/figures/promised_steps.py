"""What became of promised steps, by the order in which the two sides were to act, on each reader's coding."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kdebate import words
from kdebate.figures import theme
from kdebate.models import agreement, number_text
from kdebate.tables.doubt import doubt

ORDERS = ("front_loaded", "simultaneous", "conditional", "unspecified")
UNCLEAR = "unclear"
OUTCOMES = ("yes", "partly", "no")
READERS = ("first", "second", "third")

# The codebook's words for an order, and those of `agreement_steps`.
CODES = {
    "first": "front_loaded",
    "together": "simultaneous",
    "after": "conditional",
    "no_order": "unspecified",
    "cannot_say": "cannot_say",
}

# Filled, hatched, hollow: the three outcomes differ in more than shade.
_MARKS: dict[str, dict[str, Any]] = {
    "yes": {"color": theme.INK},
    "partly": {
        "color": theme.BG,
        "pattern": {"shape": "/", "fgcolor": theme.INK2, "solidity": 0.08},
    },
    "no": {"color": theme.BG},
}

# Where the bracket below a bar begins and ends, in rows.
_BRACKET = (0.20, 0.25)


def promised(steps: pd.DataFrame) -> pd.DataFrame:
    """The steps that somebody promised, each event once."""
    return steps[(steps["row_type"] == "promised") & steps["same_event_as"].isna()]


def recode(steps: pd.DataFrame, codes: Mapping[str, str]) -> pd.DataFrame:
    """
    Put other codes of the order into the table of steps.

    Parameters
    ----------
    steps : pandas.DataFrame
        `kdebate.datasets.load_agreement_steps()`.
    codes : mapping
        Order by ``step_id``, in the words of the codebook: first, together, after, no_order, cannot_say. Steps that
        are not named keep their code.

    Returns
    -------
    pandas.DataFrame
        A copy of the table with these codes in ``sequencing``.
    """
    wrong = set(codes.values()) - set(CODES)
    if wrong:
        raise ValueError(f"No order named {min(wrong)!r}. Choose from: {', '.join(CODES)}.")
    unknown = set(codes) - set(steps["step_id"])
    if unknown:
        raise ValueError(f"No step {min(unknown)!r}. Ids stand in the column step_id.")
    new = steps["step_id"].map(codes).map(CODES)
    return steps.assign(sequencing=new.fillna(steps["sequencing"].astype(str)))


def codes_of(codings: pd.DataFrame, reader: str) -> dict[str, str]:
    """
    One reader's codes of the order.

    Parameters
    ----------
    codings : pandas.DataFrame
        `kdebate.datasets.load_step_codings()`.
    reader : str
        first, second or third.

    Returns
    -------
    dict
        Order by ``step_id``, as `recode` takes it.
    """
    if reader not in READERS:
        raise ValueError(f"No reader named {reader!r}. Choose from: {', '.join(READERS)}.")
    rows = codings[codings["reader"] == reader]
    return dict(zip(rows["step_id"], rows["order"].astype(str), strict=True))


def reader_agreement(codings: pd.DataFrame, column: str = "order") -> pd.DataFrame:
    """
    How far each pair of readers agrees.

    Parameters
    ----------
    codings : pandas.DataFrame
        `kdebate.datasets.load_step_codings()`.
    column : {"order", "undoing"}
        What they coded.

    Returns
    -------
    pandas.DataFrame
        One row per pair of readers: ``alike``, the share of steps coded alike, and ``kappa`` (Cohen's).
    """
    table = codings.pivot(index="step_id", columns="reader", values=column).astype(str)
    pairs = list(combinations(READERS, 2))
    found = [agreement(table[one].to_numpy(), table[two].to_numpy()) for one, two in pairs]
    index = pd.MultiIndex.from_tuples(pairs, names=["reader", "other"])
    return pd.DataFrame(found, index=index, columns=["alike", "kappa"])


def counts(steps: pd.DataFrame) -> pd.DataFrame:
    """
    Count promised steps by order and outcome.

    Parameters
    ----------
    steps : pandas.DataFrame
        `kdebate.datasets.load_agreement_steps()`, or what `recode` makes of it.

    Returns
    -------
    pandas.DataFrame
        One row per order of acting, and one for steps whose order is unclear; columns ``yes``, ``partly``, ``no``,
        ``total``, ``undone`` (undone later), ``undone_yes`` (of these, fully delivered) and ``recalled`` (rows with
        details nobody has checked against a document).
    """
    rows = promised(steps)
    order = rows["sequencing"].astype(str)
    order = order.where(order.isin(ORDERS), UNCLEAR)
    delivered, undone = rows["delivered"].astype(str), rows["reversed"].astype(str) == "yes"
    marks = {name: delivered == name for name in OUTCOMES} | {
        "total": pd.Series(True, rows.index),
        "undone": undone,
        "undone_yes": undone & (delivered == "yes"),
        "recalled": [bool(doubt(row)) for row in rows.to_dict("records")],
    }
    table = pd.DataFrame(marks).groupby(order).sum()
    return table.reindex([*ORDERS, UNCLEAR], fill_value=0).astype(int)


def promised_steps(steps: pd.DataFrame, codings: pd.DataFrame, reader: str = "most") -> go.Figure:
    """
    Draw what became of promised steps, by the order in which the sides were to act.

    Parameters
    ----------
    steps : pandas.DataFrame
        `kdebate.datasets.load_agreement_steps()`, or what `recode` makes of it.
    codings : pandas.DataFrame
        `kdebate.datasets.load_step_codings()`: whose readings the sentences compare.
    reader : {"most", "first", "second", "third", "own"}
        Whose codes the steps carry: those that two of three readers share, one reader's, or the learner's.

    Returns
    -------
    plotly.graph_objects.Figure
        One bar per order, cut into delivered, in part and not delivered; a bracket below it marks what was undone.
    """
    said = words.of("promised_steps")
    table = counts(steps)
    groups = [
        said["group"].format(name=said["sequencing"][order], total=table.loc[order, "total"])
        for order in table.index
    ]
    figure = go.Figure([_bar(said, table, groups, outcome) for outcome in OUTCOMES])
    figure.update_layout(_layout(said))
    figure.update_layout(
        annotations=[_label(group) for group in groups]
        + [note for place in range(len(groups)) for note in _undone_text(said, table, place)],
        shapes=[line for place in range(len(groups)) for line in _bracket(table, place)],
    )
    values = _values(said, steps, table) | {"reader": said["reader"][reader].lower()}
    answers = {"least": said["least_often"], "undone": said["undone_of"]}
    told: dict[str, Any] = {key: text.format(**values) for key, text in answers.items()}
    values["answers"] = " ".join(told.values())
    theme.finish(figure, said, _as_text(said, table), **values)
    how = said["how"]["text"].format(**_agreements(codings))
    told["of_ten"] = round(10 * table["undone"].sum() / table[["yes", "partly"]].sum().sum())
    more = {"more": [[said["how"]["head"], how]], "choose": said["choose"], "answers": told}
    figure.layout.meta = {**figure.layout.meta, **more}
    return figure


def promised_steps_by_reader(
    steps: pd.DataFrame, codings: pd.DataFrame, own: Mapping[str, str] | None = None
) -> dict[str, go.Figure]:
    """
    The chart on each coding, by the name of its reader: what `FigureCard` shows with a switch.

    Parameters
    ----------
    steps, codings : pandas.DataFrame
        `kdebate.datasets.load_agreement_steps()` and `load_step_codings()`.
    own : mapping, optional
        The learner's codes by ``step_id``, in the words of the codebook; they are put over those of the majority.

    Returns
    -------
    dict of plotly.graph_objects.Figure
        Two of three readers first, then each reader, then the learner's own codes if there are any.
    """
    names = words.of("promised_steps")["reader"]
    tables = {"most": steps} | {
        reader: recode(steps, codes_of(codings, reader)) for reader in READERS
    }
    if own:
        tables["own"] = recode(steps, own)
    return {
        names[reader]: promised_steps(table, codings, reader) for reader, table in tables.items()
    }


def _layout(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "barmode": "stack",
        "bargap": 0.66,
        "height": 560,
        "margin": {"l": 8, "r": 8, "t": 36, "b": 48},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 13},
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "xaxis": {
            "title": {"text": said["axis"], "font": {"size": 13}},
            "gridcolor": theme.LINE,
            "zeroline": False,
            "fixedrange": True,
            "range": [0, 50],
        },
        "yaxis": {"range": [4.6, -0.6], "visible": False, "fixedrange": True},
        # On a phone one step is five pixels wide: no number there rather than one too small to read.
        "uniformtext": {"mode": "hide", "minsize": 11},
    }


def _label(group: str) -> dict[str, Any]:
    """The name of a group, above its bar: beside it, a phone would have no room for both."""
    return {
        "text": group,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": group,
        "yanchor": "bottom",
        "yshift": 16,
        "showarrow": False,
        "font": {"size": 14},
    }


def _undone_range(table: pd.DataFrame, place: int) -> tuple[int, int]:
    """Where the steps that were undone lie in a bar: the last of the delivered, then the first in part."""
    row = table.iloc[place]
    start = int(row["yes"] - row["undone_yes"])
    return start, start + int(row["undone"])


def _bracket(table: pd.DataFrame, place: int) -> list[dict[str, Any]]:
    """A bracket below the part of a bar that was undone: a mark, not a colour."""
    start, end = _undone_range(table, place)
    if start == end:
        return []
    low, high = place + _BRACKET[0], place + _BRACKET[1]
    ends = [(start, low, start, high), (start, high, end, high), (end, high, end, low)]
    return [
        {
            "type": "line",
            "x0": x0,
            "y0": y0,
            "x1": x1,
            "y1": y1,
            "line": {"color": theme.INK, "width": 2},
        }
        for x0, y0, x1, y1 in ends
    ]


def _undone_text(said: dict[str, Any], table: pd.DataFrame, place: int) -> list[dict[str, Any]]:
    start, end = _undone_range(table, place)
    if start == end:
        return []
    return [
        {
            "text": said["undone"].format(undone=end - start),
            "x": start,
            "xanchor": "left",
            "y": place + _BRACKET[1],
            "yanchor": "top",
            "showarrow": False,
            "font": {"size": 13, "color": theme.INK},
        }
    ]


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
    columns = [*OUTCOMES, "total", "undone", "recalled"]
    text = table[columns].rename(
        columns=said["delivered"] | {name: heads[name] for name in columns[3:]}
    )
    text.insert(0, heads["group"], [said["sequencing"][order] for order in table.index])
    return text


def _values(said: dict[str, Any], steps: pd.DataFrame, table: pd.DataFrame) -> dict[str, object]:
    shown = [*OUTCOMES, "undone"]
    lines = [
        said["alt_line"].format(
            group=said["sequencing"][order],
            **dict(zip(shown, table.loc[order, shown], strict=True)),
        )
        for order in table.index
        if table.loc[order, "total"]
    ]
    totals = {key: int(table[key].sum()) for key in (*OUTCOMES, "total", "undone", "recalled")}
    known = table.loc[list(ORDERS)]
    share = ((known["yes"] + known["partly"]) / known["total"]).sort_values()
    events = steps[steps["same_event_as"].isna()]
    return {
        **totals,
        "done": totals["yes"] + totals["partly"],
        "smallest": int(known["total"].min()),
        "largest": int(known["total"].max()),
        "least": said["steps"][share.index[0]],
        "next": said["steps"][share.index[1]],
        "agreements": promised(steps)["agreement_id"].nunique(),
        "unpromised": int((events["row_type"] == "delivered_unpromised").sum()),
        "lines": "; ".join(lines),
    }


def _agreements(codings: pd.DataFrame) -> dict[str, object]:
    """The numbers of the sentence on how the steps were coded."""
    pairs: dict[Any, Any] = reader_agreement(codings).to_dict("index")
    values: dict[str, object] = {}
    for one, two in combinations(READERS, 2):
        name = f"{READERS.index(one) + 1}{READERS.index(two) + 1}"
        values[f"alike_{name}"] = f"{100 * pairs[one, two]['alike']:.0f}"
        values[f"kappa_{name}"] = number_text(pairs[one, two]["kappa"])
    later = codings[codings["text_seen"].notna()]
    return {
        **values,
        "coded": codings["step_id"].nunique(),
        "codes": len(later),
        "memory": int((later["text_seen"] != "opened").sum()),
    }
