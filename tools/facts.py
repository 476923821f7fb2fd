"""
What the expressions of the register may use: the tables by name, and the model.

`t.missiles` is a table as its loader gives it, `row("TR420", "value")` one cell, `m("class-default", N=2)`
everything that the explorers show at a setting.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from kdebate import datasets, models, words
from kdebate.evidence import lines as sanction_lines
from kdebate.figures.five_shapes import SHAPES
from kdebate.figures.promised_steps import codes_of, counts, reader_agreement, recode
from kdebate.figures.promised_steps import promised as once_each
from kdebate.questions import bank
from kdebate.tables import read
from kdebate.widgets import BasketExplorer, ConcessionExplorer, WavesExplorer
from kdebate.widgets.waves_view import day_arrays
from tools.passages import NUMBER_WORDS, ROOT, numbers


@cache
def table(name: str) -> pd.DataFrame:
    """A table, read once."""
    if name not in datasets.names():
        raise AttributeError(f"there is no table {name}")
    return getattr(datasets, f"load_{name}")()


class Tables:
    """Every table by its name."""

    def __getattr__(self, name: str) -> pd.DataFrame:
        return table(name)


@cache
def all_rows() -> dict[str, read.Row]:
    """Every row that can be cited, by its id."""
    known = [(each, read.id_column(each)) for each in read.resources().values()]
    return {found[column]: found for each, column in known if column for found in read.rows(each)}


def row(row_id: str, column: str) -> str:
    """One cell, as the file has it."""
    if row_id not in all_rows():
        raise ValueError(f"there is no row {row_id}")
    return str(all_rows()[row_id][column])


def m(preset: str = "class-default", **levers: Any) -> dict[str, Any]:
    """What the model says at a setting: a preset, and the levers that differ."""
    return models.read_out({**_start(preset), **levers})


@cache
def _start(preset: str) -> dict[str, Any]:
    """The levers of a starting point, of the model's or of one explorer's own."""
    own = words.of("enforcement")["preset"]
    return dict((models.presets() | own)[preset]["levers"])


def gap(side: str, k: int, preset: str = "class-default", **levers: Any) -> float:
    """One safety gap; the first slice is 1."""
    return float(m(preset, **levers)["margins"]["ab".index(side)][k - 1])


def fewest(preset: str = "class-default", **levers: Any) -> int:
    """The fewest slices that hold; 0 where no number within the lever's range does."""
    found = int(m(preset, **levers)["minimum_steps"])
    return found if found <= models.levers()["N"]["max"] else 0


def n(name: str, query: str = "index == index") -> int:
    """How many rows of a table a query of pandas finds."""
    return len(table(name).query(query))


def total(name: str, column: str, query: str = "index == index") -> float:
    """The sum of a column over the rows that a query finds."""
    return table(name).query(query)[column].sum()


def us_names(year: int) -> tuple[int, int]:
    """Names on Washington's list by year of listing: all, and those of third countries."""
    rounds = table("listing_rounds").query(f"list == 'US' and date.dt.year == {year}")
    return int((rounds["individuals"] + rounds["entities"]).sum()), int(
        rounds["third_country_count"].sum()
    )


def un_names(first: str, last: str) -> int:
    """Names added to the UN list between two days."""
    return n("un_list_entries", f"'{first}' <= listed_date <= '{last}'")


def cells(chapter: str, kind: str, *places: str) -> int:
    """How many questions of a kind a chapter shows, at the start, at the end, ..."""
    from tools.review import calls

    asked = [
        bank.question(name) for call, names in calls(chapter) for name in asked_by(call, names)
    ]
    of_kind = [question for question in asked if question["kind"] == kind.lower()]
    return sum(not places or question.get("place") in places for question in of_kind)


def asked_by(call: str, names: list[str]) -> list[str]:
    """The questions that a call asks: one, or several in a frame; an explorer only waits for one."""
    known = bank.questions()
    frames = {"questions", "forecasts", *(question["kind"] for question in known.values())}
    return [name for name in names if name in known] if call.lower() in frames else []


def forecasts() -> list[dict[str, Any]]:
    """The forecasts that chapter 01 files."""
    from tools.review import calls

    asked = [bank.question(name) for call, names in calls("01") for name in asked_by(call, names)]
    return [question for question in asked if question["kind"] == "forecast"]


def chapters() -> int:
    """How many chapters there are, 00 counted."""
    return len(list((ROOT / "notebooks").glob("*.ipynb")))


def minutes(chapter: str) -> int:
    """Minutes of a chapter, from its front matter."""
    from tools.review import notebook

    return int(notebook(chapter).metadata.kdebate["minutes"])


def option(question: str, slices: int) -> str:
    """Which option of a question is right if a bargain needs so many slices, read from the options' words."""
    for each in bank.question(question)["options"]:
        said = [int(number.value) for number in numbers(each["text"])]
        low_high = {"No": (0, 0), "Nothing": (0, 0), "All": (1, 1)}.get(each["text"].split()[0])
        low, high = low_high or (said[0], said[-1])
        if low <= slices <= high:
            return str(each["id"])
    raise ValueError(f"no option of {question} fits {slices} slices")


def default(lever: str) -> Any:
    """Where a lever stands at first."""
    return models.levers()[lever]["default"]


def can_stand(lever: str, *values: float) -> bool:
    """Whether a lever can be moved to each of these values."""
    known = models.levers()[lever]
    steps = [(value - known["min"]) / known["step"] for value in values]
    inside = all(known["min"] <= value <= known["max"] for value in values)
    return inside and all(abs(step - round(step)) < 1e-9 for step in steps)


def word(number: int) -> str:
    """A small number in words."""
    names = {value: name for name, value in NUMBER_WORDS.items()} | {0: "none", 1: "one"}
    if int(number) not in names:
        raise ValueError(f"{number} has no word here; write it in digits")
    return names[int(number)]


def half_up(number: float, digits: int = 0) -> float:
    """Round as the screen does."""
    found = float(models.round_half_away(number, digits))
    return found if digits else int(found)


def start(preset: str) -> dict[str, Any]:
    """The levers that a start sets."""
    return _start(preset)


@cache
def more_slices_never_break() -> bool:
    """Whether no bargain of the starts, at no pressure, is lost by cutting it into one slice more."""
    every = range(1, most_slices() + 1)
    for preset in models.presets():
        for pressure in (0.4, 0.7, 1.0):
            held = [m(preset, N=slices, pressure=pressure)["holds"] for slices in every]
            if held != sorted(held):
                return False
    return True


def starts() -> list[str]:
    """The starts that chapter 04 compares; the mirror of the first is named apart."""
    return [name for name in models.presets() if name != "mirror"]


def shapes() -> dict[str, dict[str, Any]]:
    """The shapes that chapter 04 lays side by side, with their levers."""
    return SHAPES


def mirrors(**levers: Any) -> bool:
    """Whether the mirror shows each side the other's gaps."""
    one, other = m(**levers)["margins"], m("mirror", **levers)["margins"]
    return bool(np.allclose(one, other[::-1]))


def gaps(**levers: Any) -> list[float]:
    """The gaps as docs/model.md prints them: both sides at once, then Washington's two, then Pyongyang's two."""
    once, two = m(N=1, **levers)["margins"], m(N=2, **levers)["margins"]
    return [half_up(gap, 2) for gap in (once[0][0], once[1][0], *two[0][:2], *two[1][:2])]


def waited(rounds: int) -> tuple[bool, float, float]:
    """One swap of two sides that want it more, after pressure has grown from a half."""
    found = m("both-want-it-more", N=1, pressure=0.5, drift=0.03, wait=rounds)
    return bool(found["holds"]), half_up(found["value_a"], 2), half_up(found["value_b"], 2)


def date(row_id: str) -> pd.Timestamp:
    """The day of a row."""
    return pd.Timestamp(row(row_id, "date"))


def enforced(preset: str = "class-default", **levers: Any) -> dict[str, Any]:
    """What the third parties make of a setting."""
    return models.third_party_read_out({**_start(preset), **levers})


@cache
def shares(as_enforced: bool = False) -> dict[str, float]:
    """Share of bargains drawn blindly that hold at once, in slices only, or not: as chapter 04 draws them."""
    chance = np.random.default_rng(2019)
    first = models.neutrality_shares(chance, 200_000)
    return models.neutrality_shares(chance, 200_000, as_enforced=True) if as_enforced else first


def neutral(as_enforced: bool = False, of: int = 100) -> tuple[int, int]:
    """Of so many bargains that can be kept at all: how many at once, how many only in slices."""
    found = shares(as_enforced)
    kept = found["once"] + found["steps"]
    return half_up(of * found["once"] / kept), half_up(of * found["steps"] / kept)


@cache
def waves(code: str = "exercise-days") -> dict[str, Any]:
    """What the launches explorer shows at a setting."""
    return WavesExplorer.from_code(code).read_out


def days_per_exercise_day() -> int:
    """One day in so many is a day of an exercise, under Kim Jong Un."""
    found = waves()
    return int(half_up((found["days_inside"] + found["days_outside"]) / found["days_inside"]))


@cache
def by_month(what: str) -> pd.Series:
    """Missiles or exercise days by month, under Kim Jong Un."""
    explorer = WavesExplorer.from_code("exercise-days")
    launches, mask, first = day_arrays(explorer.values)
    counted = mask.astype(int) if what == "exercise days" else launches
    days = pd.Series(counted, pd.date_range(str(first), periods=len(counted)))
    return days.groupby(days.index.month).sum()


def oldest_use(**where: str) -> tuple[int, str]:
    """Year and target of the oldest statement that uses the phrase, of those whose cells hold some words."""
    uses = table("hostile_policy_statements").query("uses_phrase == 'yes'")
    for column, part in where.items():
        uses = uses[uses[column].astype(str).str.contains(part)]
    oldest = uses.sort_values("date").iloc[0]
    return int(oldest["date"].year), str(oldest["target"])


def unchecked_grants() -> float:
    """Of the items of the basket with a detail that nobody has checked, the share in which it is the grant."""
    fields = [row["recalled_fields"].split(";") for row in rows("hostile_policy_components")]
    doubtful = [names for names in fields if names != [""]]
    return sum("granted_text" in names for names in doubtful) / len(doubtful)


def triggers() -> list[str]:
    """What came before each resolution on North Korea that bans, limits or lists something."""
    kinds = table("unsc_measures").query("measure_type in ['ban', 'cap', 'listing', 'expulsion']")
    texts = table("unsc_resolutions").query("adopted == True")
    texts = texts[texts["resolution_id"].isin(kinds["resolution_id"])]
    return [str(said) for said in texts["trigger"] if "not specific" not in str(said)]


@cache
def basket() -> dict[str, Any]:
    """What the basket shows."""
    return BasketExplorer().read_out


def jong_il(rule: str = "missiles") -> dict[str, Any]:
    """What the launches explorer shows under Kim Jong Il."""
    return waves(f"exercise-days,leader=kim_jong_il,rule={rule}")


def promised(**equal: str) -> pd.DataFrame:
    """Promised steps of the agreements, each event once, as the chart counts them."""
    steps = once_each(table("agreement_steps"))
    return steps[
        np.logical_and.reduce(
            [steps[name] == said for name, said in equal.items()] or [[True] * len(steps)]
        )
    ]


def undone() -> pd.DataFrame:
    """Promised steps that were delivered at least in part and undone later."""
    return promised(reversed="yes")


def coded(reader: str = "most") -> pd.DataFrame:
    """What became of promised steps by their order, on one reader's coding or on that of most."""
    steps = table("agreement_steps")
    if reader != "most":
        steps = recode(steps, codes_of(table("step_codings"), reader))
    return counts(steps)


def done(reader: str = "most") -> pd.Series:
    """The share delivered at least in part, by order."""
    found = coded(reader).drop("unclear")
    return (found["yes"] + found["partly"]) / found["total"]


def alike(one: str, other: str) -> int:
    """Of a hundred steps, how many two readers coded alike."""
    return int(half_up(100 * reader_agreement(table("step_codings"))["alike"][one, other]))


def phrase(phrase_id: str = "PH-hostile-policy", corpus: str = "UNGDC_PRK") -> pd.Series:
    """Uses of a phrase by year."""
    counts = table("phrase_counts").query(
        f"corpus_id == '{corpus}' and phrase_id == '{phrase_id}' and documents > 0"
    )
    return counts.set_index("year")["count"]


def trade(series: str, year: int, **equal: str) -> float:
    """A yearly value of the trade table."""
    rows = table("trade").query(f"series == '{series}' and period_start.dt.year == {year}")
    for name, said in equal.items():
        rows = rows[rows[name] == said]
    return float(rows["value"].iloc[0])


def rows(name: str) -> list[read.Row]:
    """The rows of a table as its file has them."""
    return list(read.rows(read.resource(name)))


def magnitudes(test: int) -> pd.Series:
    """What the agencies say of a nuclear test."""
    return table("nuclear_magnitudes").query(f"test_no == {test}")["value"]


def months(row_id: str) -> int:
    """How many months a row of the trade table covers."""
    return len(pd.period_range(row(row_id, "period_start"), row(row_id, "period_end"), freq="M"))


def coal(month: str) -> float:
    """Coal that China recorded in a month, in tonnes."""
    rows = table("trade").query("series == 'coal_china_monthly' and unit == 'tonnes'")
    month_only = rows[(rows["period_end"] - rows["period_start"]).dt.days < 31]
    return float(month_only[month_only["period_start"] == f"{month}-01"]["value"].item())


def coal_year(year: int) -> float:
    """Coal that China recorded in a year, in tonnes."""
    return trade("coal_china", year, unit="tonnes")


def exports(year: int) -> float:
    """Recorded exports, in millions of dollars."""
    return trade("kotra_world", year, flow="exports")


def oil_cap() -> float:
    """Barrels of refined oil that all suppliers together may send in a year."""
    return float(row("UM-2397-05", "cap_value"))


def oil() -> list[float]:
    """Reported barrels, year by year."""
    return [1000 * value for value in record("oil")["value"].dropna()]


def reported_in_full() -> list[float]:
    """Barrels of the years that were reported in full."""
    known = record("oil").query("bound == 'point'")["value"].dropna()
    return [1000 * value for value in known]


def first_cap(*sectors: str) -> str:
    """The number of the resolution that first set a limit on one of these goods."""
    caps = table("unsc_measures").query(f"measure_type == 'cap' and sector in {sectors}")
    dated = caps.merge(table("unsc_resolutions"), on="resolution_id").sort_values("adopted_date")
    return str(dated["resolution_id"].iloc[0]).removeprefix("S/RES/")


def un_rounds(year: int) -> list[str]:
    """What the rounds of names on the UN list were, in a year."""
    rounds = table("listing_rounds").query(f"list == 'UN' and date.dt.year == {year}")
    return [str(label) for label in rounds["label"]]


def oil_estimates(before: str = "9999") -> list[float]:
    """Estimated barrels that cover most of a year, for years before another."""
    rows = table("trade").query("series == 'refined_illicit_est'")
    rows = rows[rows["period_start"].dt.strftime("%Y") < before]
    long = rows[(rows["period_end"] - rows["period_start"]).dt.days > 230]
    return list(long["value"])


def record(line: str) -> pd.DataFrame:
    """A line of the chapter on sanctions."""
    return sanction_lines.record(line)


def others(line: str) -> dict[str, Any]:
    """What stands beside a line."""
    return sanction_lines.line(line).others


def four_levers() -> list[str]:
    """The levers of the bargain as chapter 04 hands them over."""
    return list(ConcessionExplorer().levers)


def most_slices() -> int:
    """Where the slices end."""
    return int(models.levers()["N"]["max"])


def rights(question: str) -> list[str]:
    """The right options of a quiz."""
    return [each["id"] for each in bank.question(question)["options"] if each.get("right")]


def reviewed(cell: str) -> str:
    """What a cell shows, as `tests/register/chapters.toml` has it."""
    from tools.review import CHAPTERS, recorded

    return recorded(CHAPTERS)[cell]


def wave_words() -> dict[str, Any]:
    """The words and levers of the launches explorer."""
    return {"lever": WavesExplorer()._spec["levers"], "preset": WavesExplorer()._spec["presets"]}


@cache
def names() -> dict[str, Any]:
    """Everything an expression may name: what this file defines, and a few libraries."""
    here = {
        name: found
        for name, found in globals().items()
        if getattr(found, "__module__", None) == __name__
    }
    return here | {
        "t": Tables(),
        "np": np,
        "pd": pd,
        "models": models,
        "bank": bank,
        "words": words,
    }


def value(expression: str) -> Any:
    """Work out one expression of the register."""
    found = eval(f"({expression})", dict(names()))  # the register is our own file
    return found.item() if isinstance(found, np.generic) else found
