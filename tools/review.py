"""
What a person has read and found right: questions with their answers, what each chapter shows, the tables.

``python -m tools.review`` prints what differs from the last review, for somebody to read;
``python -m tools.review --accept`` writes it down as reviewed.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from kdebate.exercises.predict import with_results
from tools.passages import QUESTIONS, ROOT

FOLDER = ROOT / "tests" / "register"
REVIEWED = FOLDER / "questions.toml"
CHAPTERS = FOLDER / "chapters.toml"
TABLES = FOLDER / "tables.toml"
# Where a question stands and what it is called may change without another reading.
PLACE = {"label", "objectives", "place"}
HEADS = {
    REVIEWED: "# What somebody has read whole: per question its right answers and a digest of its words.",
    TABLES: "# The tables as somebody has read their changes: rows and a digest. `kdebate.tables --refresh` leaves this alone.",
    CHAPTERS: "# What each cell of a chapter shows, and the questions it is tied to.",
}


# ---- questions ------------------------------------------------------------------------------------


def all_questions() -> dict[str, dict[str, Any]]:
    """Every question as its file has it."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(ROOT.glob(QUESTIONS))]
    return {name: asked for file in files for name, asked in file["question"].items()}


def right(asked: dict[str, Any]) -> str:
    """The right answers of a question, by id; a dash where it has none."""
    options = [option["id"] for option in asked.get("options", []) if option.get("right")]
    return " ".join(options) or str(asked.get("answer", "-"))


def digest(asked: dict[str, Any]) -> str:
    """A few letters that change with any word, option, answer or setting of a question."""
    kept = {key: value for key, value in asked.items() if key not in PLACE}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def questions_now() -> dict[str, str]:
    """What a review would write down."""
    return {name: f"{right(asked)} | {digest(asked)}" for name, asked in all_questions().items()}


def words(asked: dict[str, Any]) -> list[str]:
    """A question in lines that a person can read, its numbers filled in."""
    filled = with_results(asked) if asked["kind"] == "predict" else asked
    return json.dumps(filled, ensure_ascii=False, indent=1).splitlines()


# ---- chapters -------------------------------------------------------------------------------------


@cache
def notebook(chapter: str) -> NotebookNode:
    """A chapter by its number."""
    return nbformat.read(next((ROOT / "notebooks").glob(f"{chapter}-*.ipynb")), as_version=4)


def shown(cell: NotebookNode, names: dict[str, ast.expr]) -> tuple[str, list[str]] | None:
    """What a code cell's last line calls, and the ids and codes it is given; `names` are kept for later cells."""
    lines = ast.parse(cell.source).body
    for line in lines:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            names[line.targets[0].id] = line.value
    last = lines[-1] if lines else None
    call = _meant(last.value, names) if isinstance(last, ast.Expr) else None
    return _described(call, names) if isinstance(call, ast.Call) else None


def _meant(node: ast.expr, names: dict[str, ast.expr]) -> ast.expr:
    return names.get(node.id, node) if isinstance(node, ast.Name) else node


def _described(call: ast.Call, names: dict[str, ast.expr]) -> tuple[str, list[str]]:
    """A call's name, and what it is given: texts, and the names of figures."""
    given = [] if ast.unparse(call.func) == "Folded" else [*call.args]
    given += [keyword.value for keyword in call.keywords if keyword.arg not in ("result", "answer")]
    texts: list[str] = []
    for node in (_meant(each, names) for each in given):
        if isinstance(node, ast.Call):
            texts.append(ast.unparse(node.func))
        else:
            texts += [
                word
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
                for word in part.value.split()
            ]
    return ast.unparse(call.func), texts


def calls(chapter: str) -> Iterator[tuple[str, list[str]]]:
    """What a chapter shows, in order."""
    names: dict[str, ast.expr] = {}
    for cell in notebook(chapter).cells:
        if cell.cell_type == "code" and (found := shown(cell, names)):
            yield found


def chapters_now() -> dict[str, str]:
    """What a review would write down: ``chapter/cell`` and what stands there."""
    found = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        names: dict[str, ast.expr] = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                name, texts = shown(cell, names) or ("-", [])
                found[f"{path.stem[:2]}/{cell.id}"] = " ".join([name, *texts])
    return found


# ---- tables ---------------------------------------------------------------------------------------


def tables_now() -> dict[str, str]:
    """What a review would write down."""
    found = {}
    for path in sorted((ROOT / "data").glob("*.csv")):
        text = path.read_bytes()
        lines = len(text.splitlines()) - 1
        found[path.stem] = f"{lines} lines | {hashlib.sha256(text).hexdigest()[:12]}"
    return found


def changed_rows() -> str:
    """The rows that differ from what git has."""
    command = ["git", "diff", "HEAD", "--unified=0", "--no-color", "--", "data/*.csv"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return "\n".join(
        line for line in found.splitlines() if not line.startswith(("index", "@@", "diff"))
    )


# ---- comparing ------------------------------------------------------------------------------------


def recorded(path: Path) -> dict[str, str]:
    """What was written down last."""
    return dict(tomllib.loads(path.read_text("utf-8"))) if path.is_file() else {}


def differences(path: Path, now: dict[str, str]) -> list[str]:
    """What differs from the last review, a line each."""
    before = recorded(path)
    found = [f"gone: {name} ({before[name]})" for name in before if name not in now]
    found += [f"new: {name} ({now[name]})" for name in now if name not in before]
    found += [
        f"changed: {name}: was {before[name]}, is {now[name]}"
        for name in now
        if name in before and before[name] != now[name]
    ]
    kept = [name for name in now if name in before]
    if kept != [name for name in before if name in now]:
        found.append("the order differs")
    return found


def committed() -> dict[str, dict[str, Any]]:
    """The questions as git has them, to show what was changed."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(ROOT.glob(QUESTIONS)):
        command = ["git", "show", f"HEAD:{path.relative_to(ROOT)}"]
        old = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        found |= tomllib.loads(old.stdout.decode()).get("question", {})
    return found


def to_read() -> str:
    """Every question whose words or answers differ from the last review: what changed, or the whole of it."""
    before, now, old, lines = recorded(REVIEWED), questions_now(), committed(), []
    for name, asked in all_questions().items():
        if before.get(name) != now[name]:
            same = name not in old or digest(old[name]) == digest(asked)
            was = [] if same else words(old[name])
            lines += [f"\n== {name}: right: {right(asked)}"]
            lines += difflib.unified_diff(was, words(asked), "before", "now", lineterm="", n=2)
    return "\n".join(lines)


def write(path: Path, now: dict[str, str]) -> None:
    """Write a review down, one line each."""
    head = f"{HEADS[path]}\n# Written by `python -m tools.review --accept`, after somebody has read what differs.\n"
    lines = [
        f"{json.dumps(name)} = {json.dumps(said, ensure_ascii=False)}" for name, said in now.items()
    ]
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def everything_now() -> dict[Path, dict[str, str]]:
    """All three records as they would be written."""
    return {REVIEWED: questions_now(), CHAPTERS: chapters_now(), TABLES: tables_now()}


def main(arguments: list[str]) -> int:
    """Print what differs; with --accept write it down."""
    kinds = everything_now()
    found = [line for path, now in kinds.items() for line in differences(path, now)]
    print(to_read(), changed_rows(), *found, f"{len(found)} difference(s).", sep="\n")
    if "--accept" in arguments:
        for path, now in kinds.items():
            write(path, now)
        return 0
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
