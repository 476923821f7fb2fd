"""
The question bank: what every exercise asks and answers, read from the files beside this one.

``python -m kdebate.questions`` checks all files against ``schema.json`` and says, in
a sentence each, what has to be mended.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kdebate.tables import read

QUESTIONS = Path(__file__).parent
_RETIRED = "retired.toml"

Question = dict[str, Any]


@cache
def questions() -> dict[str, Question]:
    """Every question by its id; each also carries ``id``, ``notebook`` and the day on which its file is ``filed``."""
    found: dict[str, Question] = {}
    for path in _files():
        file = tomllib.loads(path.read_text("utf-8"))
        shared = {"notebook": file["notebook"]} | {k: file[k] for k in ("filed",) if k in file}
        for question_id, question in file["question"].items():
            found[question_id] = question | shared | {"id": question_id}
    return found


def question(question_id: str, kind: str | None = None) -> Question:
    """
    One question.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    kind : str, optional
        The kind that it must be of.

    Raises
    ------
    ValueError
        Where there is no such question, or it is of another kind.
    """
    known = questions()
    if question_id not in known:
        near = [name for name in known if name[:2] == question_id[:2]] or [*known]
        raise ValueError(
            f"No question has the id {question_id!r}. Choose one of: {', '.join(near)}; "
            "or add it to kdebate/questions/."
        )
    found = known[question_id]
    if kind is not None and found["kind"] != kind:
        raise ValueError(
            f"Question {question_id!r} is of kind {found['kind']!r}, not {kind!r}. "
            f"Show it with {found['kind'].capitalize()}({question_id!r})."
        )
    return found


def named(asked: Question) -> dict[str, str]:
    """The options and codes of a question by their ids, in the words that a reader knows."""
    codes = {code["id"]: code["label"] for code in asked.get("codes", [])}
    return {option["id"]: option["text"] for option in asked.get("options", [])} | codes


def coded_item(asked: Question, item: dict[str, Any]) -> tuple[dict[str, Any], read.Row | None]:
    """
    An item to code with its words and its code, from the question's table where it names a row; and that row.

    Raises
    ------
    ValueError
        Where the table has no such row.
    """
    if "row" not in item:
        return item, None
    found = read.find(item["row"])
    if found is None or found[0]["name"] != asked["table"]:
        raise ValueError(
            f"Question {asked['id']!r}: table {asked['table']!r} has no row {item['row']!r}."
        )
    row = found[1]
    known: dict[str, Any] = {"text": row[asked["column"]]}
    if "ours_column" in asked:
        known["ours"] = [row[asked["ours_column"]]]
    return known | item, row


def asked_setting(asked: Question) -> dict[str, Any]:
    """Where the levers must stand for a prediction's card to open; empty where no lever answers it."""
    return {lever: value for lever, value in asked.get("at", {}).items() if not _is_named(value)}


def named_settings(asked: Question) -> dict[str, dict[str, Any]]:
    """The lever settings whose numbers a prediction's result may name."""
    return {name: levers for name, levers in asked.get("at", {}).items() if _is_named(levers)}


def _is_named(value: Any) -> bool:
    return isinstance(value, dict)


@cache
def retired() -> set[str]:
    """Ids that may never be used again."""
    return set(tomllib.loads((QUESTIONS / _RETIRED).read_text("utf-8"))["ids"])


def _files(folder: Path | None = None) -> list[Path]:
    return [path for path in sorted((folder or QUESTIONS).glob("*.toml")) if path.name != _RETIRED]


# ---- the author's check -----------------------------------------------------------------------


def faults(folder: Path | None = None) -> list[str]:
    """
    Say what is wrong with the question files.

    Parameters
    ----------
    folder : Path, optional
        Where the files lie; the package's own if not given.

    Returns
    -------
    list of str
        One sentence per fault; empty when all is well.
    """
    ids: Counter[str] = Counter()
    found: list[str] = []
    for path in _files(folder):
        try:
            file = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            found.append(f"{path.name}: is not TOML ({error}).")
            continue
        wrong = list(_schema_faults(path.name, file))
        found += wrong or list(_sense_faults(path, file))
        ids.update([*file.get("question", {})])
    found += [
        f"{name}: this id stands in two files; ids are unique." for name in ids if ids[name] > 1
    ]
    found += [f"{name}: this id is retired; choose a new one." for name in ids if name in retired()]
    return found


def _schema_faults(name: str, file: dict[str, Any]) -> Iterator[str]:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
    from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

    schema = json.loads((QUESTIONS / "schema.json").read_text("utf-8"))
    for error in Draft202012Validator(schema).iter_errors(file):
        deepest = best_match([error])
        place = " / ".join(map(str, deepest.absolute_path)) or "the file"
        yield f"{name}: {place}: {deepest.message}"


def _sense_faults(path: Path, file: dict[str, Any]) -> Iterator[str]:
    """What a schema cannot say."""
    if path.stem != file["notebook"]:
        yield f"{path.name}: says notebook = {file['notebook']!r}; the file must have that name."
    for name, asked in file["question"].items():
        if name[:2] != file["notebook"][:2]:
            yield f"{path.name}: {name}: ids begin with the notebook's number, {file['notebook'][:2]}."
        for group in ("options", "codes"):
            ids = [option["id"] for option in asked.get(group, [])]
            if len(ids) != len(set(ids)):
                yield f"{path.name}: {name}: two {group} have the same id."
        found = [*_kind_faults(asked)]
        if lost := set(asked.get("sources_after", [])) - {*file["question"]}:
            found.append(
                f"sources_after names no question of this file: {', '.join(sorted(lost))}."
            )
        if asked["kind"] == "forecast" and not found:
            found = [*_forecast_faults(asked, file.get("filed", ""))]
        yield from (f"{path.name}: {name}: {fault}" for fault in found)


def _kind_faults(asked: Question) -> Iterator[str]:
    if asked["kind"] == "forecast":
        yield from _day_faults(asked)
    if asked["kind"] == "code" and "table" not in asked and any("row" in i for i in asked["items"]):
        yield "items with a row need table and column, which say where the words stand."
    if asked["kind"] == "code":
        said = {code for item in asked["items"] for code in item.get("ours", [])}
        if strange := said - {code["id"] for code in asked["codes"]}:
            yield f"ours is none of the codes: {', '.join(sorted(strange))}."
    if asked["kind"] == "predict":
        yield from _predict_faults(asked)


def _day_faults(asked: Question) -> Iterator[str]:
    for name in ("opens", "date"):
        try:
            datetime.date.fromisoformat(asked[name])
        except ValueError:
            yield f"{name} {asked[name]!r} is no day of the calendar; write it as 2026-12-31."


def _forecast_faults(asked: Question, filed: str) -> Iterator[str]:
    """Why a stranger could not score a forecast, or need not wait to do so."""
    if not filed:
        yield "a file with forecasts says on which day they are filed: filed = '2019-04-20'."
    if not filed < asked["opens"] <= asked["date"]:
        yield (
            f"opens {asked['opens']} must come after the day of filing ({filed or 'not given'}) "
            f"and not after date {asked['date']}."
        )
    if asked.get("vague"):
        return
    window = f"from {_long(asked['opens'])} to {_long(asked['date'])}"
    if window not in asked["resolves"]:
        yield f"resolves must name its first and last day in words: {window!r}."
    if early := decided_by(asked, filed):
        yield f"already decided on the day of filing, by {', '.join(early)}."


def _long(day: str) -> str:
    date = datetime.date.fromisoformat(day)
    return f"{date.day} {date:%B} {date.year}"


def decided_by(asked: Question, day: str, since: str | None = None) -> list[str]:
    """
    The rows of the tables that decide a forecast with yes, as known on a day.

    Parameters
    ----------
    asked : dict
        A forecast; without ``rows`` no table decides it.
    day : str
        The last day of which rows count, as ``2019-12-31``.
    since : str, optional
        The first one; that of the forecast if not given.

    Returns
    -------
    list of str
        Their ids.
    """
    return [
        next(iter(row.values()))
        for rule in asked.get("rows", [])
        for row in read.rows(read.resource(rule["table"]))
        if (since or asked["opens"]) <= row[rule["day"]] <= day
        and all(row[column] in allowed for column, allowed in rule.get("where", {}).items())
    ]


def _predict_faults(asked: Question) -> Iterator[str]:
    if asked["ask"] == "value" and not asked["min"] < asked["max"]:
        yield f"min {asked['min']} must be below max {asked['max']}."
    ids = {option["id"] for option in asked.get("options", [])} or {"up", "same", "down"}
    answer = asked.get("answer")
    if asked["ask"] in {"choice", "direction"} and answer is not None and answer not in ids:
        yield f"answer {answer!r} is none of the options: {', '.join(sorted(ids))}."


def main() -> int:
    """
    Print what is wrong.

    Returns
    -------
    int
        0 when all is well, 1 when something has to be mended.
    """
    found = faults()
    for fault in found:
        print(fault)
    counts = Counter(asked["kind"] for asked in questions().values()) if not found else {}
    if not found:
        print("All is well:", ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())))
    return 1 if found else 0
