"""The ladder of measures: what each text of the Security Council put on paper, by sector."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from kdebate import datasets
from kdebate.evidence.lines import moment
from kdebate.tables.doubt import doubt, text

# Texts that added measures against North Korea, and the two drafts that failed. The rest renew the group of
# experts, or set rules for all countries.
RUNGS = (
    "S/RES/1695", "S/RES/1718", "S/RES/1874", "S/RES/2087", "S/RES/2094", "S/RES/2270", "S/RES/2321",
    "S/RES/2356", "S/RES/2371", "S/RES/2375", "S/RES/2397", "S/2022/431", "S/2024/255",
)  # fmt: skip

SECTORS = {
    "arms": ("arms", "WMD items"),
    "money": ("finance",),
    "ships": ("shipping", "inspection", "aviation"),
    "luxury": ("luxury",),
    "coal": ("coal", "iron", "lead", "minerals"),
    "oil": ("crude oil", "refined petroleum", "gas", "aviation fuel"),
    "goods": (
        "food/agriculture", "machinery", "metals", "seafood", "statues", "textiles", "tobacco", "vehicles", "wood",
    ),
    "labour": ("labour",),
    "people": ("travel/asset listing", "diplomats", "education", "science"),
    "rules": ("humanitarian exemption", "institutions", "non-proliferation", "reporting", "trigger"),
}  # fmt: skip


def kind(measure_type: str) -> str:
    """Ban, cap, or other."""
    return measure_type if measure_type in {"ban", "cap"} else "other"


def short(resolution_id: str) -> str:
    """Shorten the id of a resolution to its number; a draft keeps its symbol."""
    return resolution_id.removeprefix("S/RES/")


def measures() -> pd.DataFrame:
    """
    List every measure with the date and the fate of its text.

    Returns
    -------
    pandas.DataFrame
        One row per measure, oldest text first; `group` is the row of the ladder, `kind` ban, cap or other.
    """
    groups = {sector: group for group, sectors in SECTORS.items() for sector in sectors}
    texts = datasets.load_unsc_resolutions()[["resolution_id", "adopted_date", "adopted"]]
    rows = datasets.load_unsc_measures().merge(
        texts, on="resolution_id", how="left", validate="many_to_one"
    )
    rows["group"] = rows["sector"].map(groups)
    rows["kind"] = rows["measure_type"].astype(str).map(kind)
    return rows.sort_values("adopted_date", kind="stable", ignore_index=True)


def counts() -> pd.DataFrame:
    """
    Count the measures of each rung by sector.

    Returns
    -------
    pandas.DataFrame
        One row per group of sectors, one column per rung.
    """
    rows = measures()
    table = pd.crosstab(rows["group"], rows["resolution_id"])
    return table.reindex(index=list(SECTORS), columns=list(RUNGS), fill_value=0)


def as_dict() -> dict[str, Any]:
    """The ladder as plain JSON values."""
    texts = datasets.load_unsc_resolutions().sort_values("adopted_date", kind="stable")
    rows = measures()
    return {
        "rungs": list(RUNGS),
        "sectors": list(SECTORS),
        "texts": [_text(row) for _, row in texts.iterrows()],
        "measures": [_measure(row) for _, row in rows.iterrows()],
    }


def _text(row: Any) -> dict[str, Any]:
    return {
        "id": row["resolution_id"],
        "short": short(row["resolution_id"]),
        "date": f"{row['adopted_date']:%Y-%m-%d}",
        "adopted": bool(row["adopted"]),
        "votes": [int(row[column]) for column in ("votes_for", "votes_against", "abstentions")],
        "votes_unchecked": doubt(row).about("votes_for"),
        "trigger": text(row["trigger"]),
        "note": text(row["note"]),
    }


def _measure(row: Any) -> dict[str, Any]:
    value = row["cap_value"]
    return {
        "id": row["measure_id"],
        "text": row["resolution_id"],
        "group": row["group"],
        "kind": row["kind"],
        "what": row["description"],
        "paragraph": text(row["paragraph"]),
        "paragraph_checked": str(row["paragraph_checked"]) == "yes",
        "value": None if pd.isna(value) or row["kind"] != "cap" else float(value),
        "unit": text(row["cap_unit"]),
        "period": text(row["cap_period"]),
        "recalled": doubt(row).whole,
        "part_recalled": bool(doubt(row)),
    }


def totals() -> dict[str, int]:
    """How many measures and texts the ladder counts."""
    texts = datasets.load_unsc_resolutions()
    adopted = int(texts["adopted"].sum())
    return {"measures": len(datasets.load_unsc_measures()), "texts": len(texts), "adopted": adopted}


@cache
def rung_dates() -> list[dict[str, Any]]:
    """The rungs with their dates as numbers of years, for the marks on the lines."""
    texts = datasets.load_unsc_resolutions().set_index("resolution_id")
    return [
        {"id": one, "short": short(one), "t": moment(texts.loc[one, "adopted_date"])}
        for one in RUNGS
    ]
