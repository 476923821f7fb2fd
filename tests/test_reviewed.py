"""
What a person has read stays as it was read: questions with their answers, what the chapters show, the tables.

On red, read what `python -m tools.review` prints; if it is right, `python -m tools.review --accept`.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path

import nbformat
import pytest

from kdebate.tables import read
from tools import review
from tools.facts import asked_by

PATHS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
ASK = "read what `python -m tools.review` prints, then run it with --accept"


def test_questions_are_as_they_were_read():
    assert review.differences(review.REVIEWED, review.questions_now()) == [], ASK


def test_chapters_show_what_the_list_says():
    assert review.differences(review.CHAPTERS, review.chapters_now()) == [], ASK


def test_tables_are_as_they_were_read():
    """A refreshed checksum is one command; this is the look at the changed rows."""
    assert review.differences(review.TABLES, review.tables_now()) == [], ASK


def test_every_question_stands_in_one_chapter():
    """One that nothing shows is a deleted call, or a question to retire; a vote may have its second round elsewhere."""
    shown = Counter(
        name
        for said in review.chapters_now().values()
        for call, *names in [said.split()]
        for name in asked_by(call, names)
    )
    chapters = "\n".join(path.read_text("utf-8") for path in PATHS)
    shown.subtract(re.findall(r'Poll\(\\"([\w-]+)\\", round=2\)', chapters))
    asked = {name for name, one in review.all_questions().items() if one["kind"] != "play"}
    assert shown == Counter(dict.fromkeys(asked, 1))


def test_what_is_tied_to_a_prediction_names_one_above_it():
    seen: set[str] = set()
    for cell, said in review.chapters_now().items():
        kind, *names = said.split()
        asked = [name for name in names if re.match(rf"{cell[:2]}-", name)]
        if kind == "Predict":
            seen.update(asked[:1])
        elif "Explorer" in kind or kind in {"FigureCard", "BargainGame"}:
            assert set(asked) <= seen, cell


def test_codes_are_the_categories_of_the_table():
    """The reference answers of chapter 01 stand in the table's own words."""
    asked = review.all_questions()["01-sort-claims"]
    kinds = {read.find(item["row"])[1]["kind"] for item in asked["items"]}
    assert kinds == {code["id"] for code in asked["codes"]}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_minutes_in_the_opening_add_up(path):
    notebook = nbformat.read(path, as_version=4)
    title, front = notebook.cells[0].source, notebook.metadata.kdebate
    rows = [int(number) for number in re.findall(r"^\| (\d+) \|", title, flags=re.MULTILINE)]
    assert sum(rows) == front["minutes"]
    if front["where"] == "class":
        assert f"In class, session {front['session']}, {front['minutes']} minutes." in title


def test_questions_are_counted_right():
    """`Quiz, 2 of 3` stands beside a first and a third."""
    places = defaultdict(list)
    for name, asked in review.all_questions().items():
        if found := re.match(r"Quiz, (\d) of (\d)", asked.get("label", "")):
            place = "end" if asked["place"] == "end" else "start"
            places[name[:2], place].append((int(found[1]), int(found[2])))
    assert places
    for place, found in places.items():
        assert found == [(number, len(found)) for number in range(1, len(found) + 1)], place


def test_moving_or_removing_a_right_answer_changes_the_digest():
    quiz = review.all_questions()["00-both-accounts"]
    before = review.digest(quiz), review.right(quiz)
    options = [option | {"right": option["id"] == "all-of-it"} for option in quiz["options"]]
    moved = quiz | {"options": options}
    assert review.digest(moved) != before[0]
    assert review.right(moved) == "all-of-it"
    assert review.digest(quiz | {"label": "another"}) == before[0]


def test_a_deleted_call_is_named():
    now = review.chapters_now()
    gone = {name: said for name, said in now.items() if name != "04/slices"}
    assert review.differences(review.CHAPTERS, gone) == [f"gone: 04/slices ({now['04/slices']})"]
    hidden = now | {"04/slices": "-"}
    assert "changed: 04/slices" in review.differences(review.CHAPTERS, hidden)[0]
