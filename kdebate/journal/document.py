"""
The exported file to read: each question with the answer in words, chapter by chapter, and what the record says.

What it says of a question stands in `asked`; how an answer becomes words follows from that alone, so that
``widgets/static/journal/document.js``, the twin of this module, writes the same file without Python.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from typing import Any

from kdebate import __version__, words
from kdebate.journal.portfolio import SCHEMA_VERSION, Answer, Entry, receipt
from kdebate.questions import bank, records

Asked = dict[str, Any]  # what the document says of one question, as plain JSON values

# Where a line ends and what is blank, for both twins: Python and the browser differ on their own.
_LINE_END = re.compile("\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(
    "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+"
)
_LINK = re.compile(r"\](?=[(\[:])")
_CHAPTER = re.compile(r"([0-9]{2})-([a-z0-9-]+)")
_LAST = 10**6  # the place of what no chapter asks


# ---- what is said of a question -----------------------------------------------------------------------


def asked(question: bank.Question) -> Asked:
    """
    What the document says of a question: its prompt, its options by their words, how each part of an answer reads.

    Parameters
    ----------
    question : dict
        As the bank has it, the numbers of its result filled in.
    """
    said = words.of("exercises")["export"]
    found: Asked = {"prompt": question["prompt"], "named": bank.named(question)}
    found["place"] = [*bank.questions()].index(question["id"])
    found |= {name: question[name] for name in ("told", "view") if name in question}
    found["parts"] = [
        {"key": key.replace("_", "."), "as": _kind_of(question, key), "say": text}
        for key, text in said["parts"].get(question["kind"], {}).items()
    ]
    more = {"code": _items, "draw": _drawn, "quiz": _solution, "predict": _result}
    return found | more.get(question["kind"], _nothing)(question, said)


@cache
def all_asked() -> dict[str, Asked]:
    """The same of every question of the bank, by its id; results with open numbers are left out."""
    return {name: asked(_settled(one)) for name, one in bank.questions().items()}


def _settled(question: bank.Question) -> bank.Question:
    open_ = "{" in question.get("result", "")
    return {key: part for key, part in question.items() if key != "result" or not open_}


def _kind_of(question: bank.Question, key: str) -> str:
    """How a part of an answer is read: as text, percent, choice and so on."""
    if key == "claim" and question["kind"] == "predict":
        return {"probability": "percent", "value": "number"}.get(question["ask"], "choice")
    return _KINDS.get(key, "text")


_KINDS = {
    "probability": "percent",
    "confidence": "percent",
    "choice": "choice",
    "first": "choice",
    "second": "choice",
    "codes": "items",
    "room": "counts",
    "hands_first": "counts",
    "hands_second": "counts",
} | dict.fromkeys(("skipped", "solved", "shown", "knew"), "flag")


def _nothing(question: bank.Question, said: dict[str, Any]) -> Asked:
    return {}


def _items(question: bank.Question, said: dict[str, Any]) -> Asked:
    """The sentences to code, and how the table codes them, where it does."""
    by = words.of("exercises")["code"][f"by_{question.get('ours_by', 'table')}"]
    named, found = bank.named(question), []
    for item in question["items"]:
        known, _ = bank.coded_item(question, item)
        codes = "; ".join(named.get(code, code) for code in known.get("ours", []))
        ours = said["ours"].format(who=by, codes=codes) if codes else ""
        found.append({"text": known["text"], "ours": ours})
    return {"items": found}


def _drawn(question: bank.Question, said: dict[str, Any]) -> Asked:
    unit = next(iter(question["record"].values()))["unit"]
    return {"unit": said["in_unit"].format(unit=unit), "drawn": records.drawn_lines(question)}


def _solution(question: bank.Question, said: dict[str, Any]) -> Asked:
    """The right options with their reasons; told once the answer was found or shown."""
    right = [f"{one['text']}. {one['feedback']}" for one in question["options"] if one.get("right")]
    return {"record": said["answer"].format(text=" ".join(right)), "record_if": ["solved", "shown"]}


def _result(question: bank.Question, said: dict[str, Any]) -> Asked:
    return (
        {"record": said["record"].format(text=question["result"])} if "result" in question else {}
    )


# ---- an answer in words -----------------------------------------------------------------------------------


def answer_text(entry: Entry, known: Mapping[str, Asked] | None = None) -> str:
    """An answer for people: options by their words, percent, sentences; whatever else it holds, a part per line."""
    one, answer = _asked(entry, all_asked() if known is None else known), entry.answer
    said = _line_and_record(one, answer) or _plays(one, answer) or _parts(one, answer)
    return _plain_text(said or _readable(answer, one["named"]))


def _asked(entry: Entry, known: Mapping[str, Asked]) -> Asked:
    return known.get(entry.question_id, {"prompt": entry.question_id, "named": {}})


def _parts(one: Asked, answer: Answer) -> str:
    """The parts that this kind of answer has, each in its words."""
    if not isinstance(answer, dict):
        return ""
    lines = (
        part["say"].replace("{value}", text, 1)
        for part in one.get("parts", [])
        if (text := _part(one, part["as"], _at(answer, part["key"])))
    )
    return "\n".join(lines)


def _at(answer: Answer, path: str) -> Answer:
    for name in path.split("."):
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer


def _part(one: Asked, kind: str, value: Answer) -> str:
    """One part in words; empty where it holds nothing of its kind."""
    named = one["named"]
    match kind, value:
        case "text", str():
            return value if _BLANK.sub("", value) else ""
        case "flag", True:
            return "+"
        case "percent", int() | float() if not isinstance(value, bool) and 0 <= value <= 1:
            return str(math.floor(value * 100 + 0.5))
        case "number", int() | float() if not isinstance(value, bool):
            return _readable(value, {})
        case "choice", str():
            return named.get(value, value)
        case "choice", list() if value and all(isinstance(name, str) for name in value):
            return "; ".join(named.get(name, name) for name in value)
        case "counts", dict() if value:
            return "; ".join(
                f"{named.get(name, name)}: {_readable(n, {})}" for name, n in value.items()
            )
        case "items", dict() if value:
            return _coded(one, value)
    return ""


def _coded(one: Asked, codes: dict[str, Answer]) -> str:
    """Each sentence with its code; how the table codes it, once all are coded."""
    items, lines = one.get("items", []), []
    for n, item in enumerate(items, 1):
        if isinstance(code := codes.get(str(n)), str):
            ours = item["ours"] if len(codes) == len(items) else ""
            lines.append(f"{n}. {item['text']}: {one['named'].get(code, code)}{ours}")
    return "\n".join(lines)


def _line_and_record(one: Asked, answer: Answer) -> str | None:
    values = answer.get("values") if isinstance(answer, dict) else None
    if "drawn" not in one or not isinstance(values, dict):
        return None
    lines = (
        one["drawn"].get(label, f"{label}: {{drawn}}").replace("{drawn}", _readable(value, {}))
        for label, value in values.items()
    )
    return "\n".join([one["unit"], *lines])


def _plays(one: Asked, answer: Answer) -> str | None:
    """Plays, a sentence each; None where the answer holds something else."""
    if "told" not in one:
        return None
    try:
        plays = [
            {key: _readable(part, one["named"]) for key, part in play.items()}
            for play in answer["plays"]
        ]
        return "\n".join(one["told"].format(**play) for play in plays)
    except (AttributeError, KeyError, TypeError):
        return None


def _readable(value: Answer, named: dict[str, str]) -> str:
    match value:
        case dict():
            return "\n".join(f"{key}: {_readable(part, named)}" for key, part in value.items())
        case list():
            return ", ".join(_readable(part, named) for part in value)
        case str():
            return named.get(value, value)
    return json.dumps(value)


def _inline(text: str) -> str:
    """Text that stays on one line."""
    return _plain_text(_BLANK.sub(" ", text).strip(" "))


def _plain_text(text: str) -> str:
    """Text that opens no tag, makes no link and fetches no picture, wherever the file is read."""
    return _LINK.sub("&#93;", text).replace("<", "&lt;")


# ---- the document -------------------------------------------------------------------------------------------


def to_markdown(
    entries: Sequence[Entry],
    learner: str,
    saved_at: str,
    known: Mapping[str, Asked] | None = None,
) -> str:
    """
    The file to read: first view beside last, newest answers in the order of the chapters, earlier versions at the end.

    Parameters
    ----------
    entries : sequence of Entry
        Every version of every answer.
    learner : str
        A name, or none.
    saved_at : str
        The moment, as the journal writes it.
    known : mapping, optional
        What is said of each question, by its id; from the bank if not given.
    """
    known = all_asked() if known is None else known
    said = words.of("exercises")["export"]
    versions: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: one.order):
        versions[entry.question_id].append(entry)
    newest = sorted((found[-1] for found in versions.values()), key=lambda one: _place(one, known))
    earlier = [entry for one in newest for entry in versions[one.question_id][:-1]]
    lines = [f"# {said['title']}", "", *_head(entries, len(newest), learner, saved_at)]
    lines += [*_views(newest, known), *_chapters(newest, known)]
    lines += [f"## {said['earlier']}", ""] if earlier else []
    lines += [line for entry in earlier for line in _block(entry, known, with_record=False)]
    return "\n".join(lines)


def _place(entry: Entry, known: Mapping[str, Asked]) -> tuple[str, int, str]:
    return entry.notebook, known.get(entry.question_id, {}).get("place", _LAST), entry.question_id


def _head(entries: Sequence[Entry], answers: int, learner: str, saved_at: str) -> Iterator[str]:
    said = words.of("exercises")["export"]
    if learner:
        yield from (said["learner"].format(learner=_inline(learner)), "")
    facts = {
        "answers": _counted("answers", answers),
        "versions": _counted("versions", len(entries)),
        "receipt": receipt(entries),
        "module_version": __version__,
        "schema_version": SCHEMA_VERSION,
        "saved_at": _when(saved_at),
    }
    yield from (said["summary"].format(**facts), "", said["receipt"], "")
    if not entries:
        yield from (said["empty"], "")


def _counted(name: str, count: int) -> str:
    said = words.of("exercises")["export"]
    return str(said[f"{name}_one" if count == 1 else f"{name}_many"].format(count=count))


def _when(stamp: str) -> str:
    """``2026-01-02T03:04:05.000Z`` is 2026-01-02, 03:04 UTC."""
    return f"{stamp[:10]}, {stamp[11:16]} UTC"


def _views(newest: Iterable[Entry], known: Mapping[str, Asked]) -> Iterator[str]:
    """What was thought first beside what was thought last; nothing where neither was said."""
    said = words.of("exercises")["export"]
    sides: dict[str, list[str]] = {"first": [], "last": []}
    for entry in newest:
        view = known.get(entry.question_id, {}).get("view")
        if view in sides:
            sides[view].append(_cell(entry, known))
    if not any(sides.values()):
        return
    yield from (f"## {said['views']}", "", f"| {said['first']} | {said['last']} |", "|:--|:--|")
    yield from (f"| {one} | {other} |" for one, other in zip_longest(*sides.values(), fillvalue=""))
    yield ""


def _cell(entry: Entry, known: Mapping[str, Asked]) -> str:
    lines = [_inline(line) for line in _LINE_END.split(answer_text(entry, known))]
    text = " / ".join(line for line in lines if line)
    prompt = _inline(_asked(entry, known)["prompt"])
    return f"**{prompt}** {text}".replace("|", "&#124;")


def _chapters(newest: Iterable[Entry], known: Mapping[str, Asked]) -> Iterator[str]:
    said = words.of("exercises")["export"]
    notebook = None
    for entry in newest:
        if entry.notebook != notebook:
            notebook = entry.notebook
            yield from (f"## {_chapter(notebook) or said['unnamed_notebook']}", "")
        yield from _block(entry, known)


def _chapter(notebook: str) -> str:
    """``01-read-the-argument`` is 01 Read the argument."""
    found = _CHAPTER.fullmatch(notebook)
    if not found:
        return _inline(notebook)
    number, name = found[1], found[2].replace("-", " ")
    return f"{number} {name[:1].upper()}{name[1:]}"


def _block(entry: Entry, known: Mapping[str, Asked], with_record: bool = True) -> Iterator[str]:
    """One question: its words, the answer, what the record says, when it was answered."""
    one = _asked(entry, known)
    yield from (f"### {_inline(one['prompt'])}", "")
    lines = _LINE_END.split(answer_text(entry, known))
    yield from ("  \n".join(f"> {line}" for line in lines), "")  # two blanks: lines stay lines
    if with_record and _shows_record(one, entry.answer):
        yield from (_inline(one["record"]), "")
    yield from (f"{_inline(entry.question_id)} · {_when(entry.answered_at)}", "")


def _shows_record(one: Asked, answer: Answer) -> bool:
    needed = one.get("record_if")
    return "record" in one and (needed is None or any(_at(answer, name) is True for name in needed))
