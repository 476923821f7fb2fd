"""The drawings of chapter 00: nothing later than their day, both sides alike, words beside every mark."""

import html
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kdebate import words
from kdebate.figures import hanoi_accounts, hanoi_room, picture, region_map, time_line
from kdebate.figures.hanoi_room import SIDES, accounts
from kdebate.figures.region_map import INSET, REGION
from kdebate.figures.time_line import marks
from kdebate.widgets import _static

ROOT = Path(__file__).parents[2]
DAY = "2019-04-20"
LAST = date.fromisoformat(DAY)
DRAWN = {"room": hanoi_room, "accounts": hanoi_accounts, "map": region_map, "line": time_line}
MONTHS = words.of("language")["months"]


def read(text):
    """What is read of a drawing: no style sheet, no addresses, no positions."""
    return picture.plain(re.sub(r"<style>.*?</style>|<svg.*?</svg>", " ", text, flags=re.DOTALL))


@pytest.fixture(params=DRAWN.values(), ids=DRAWN)
def drawn(request):
    return request.param(until=DAY)


# ---- nothing later than the day --------------------------------------------------------------------------------


def days_in(text):
    """Every day, month or year that a text names, as its first day."""
    names = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
    for number, name, year in re.findall(
        rf"(?:(\d{{1,2}}) )?(?:\b({names}) )?\b(20[012]\d)\b", text
    ):
        month = 1 + [each[:3] for each in MONTHS].index(name[:3]) if name else 1
        yield date(int(year), month, int(number or 1) if name else 1)


def test_no_drawing_names_a_day_after_the_one_it_ends_on(drawn):
    text = read(drawn._repr_html_()) + repr(drawn)
    assert text
    assert [each for each in days_in(text) if each > LAST] == []


@pytest.mark.parametrize("until", ["2017-09-03", "2018-06-12", DAY, "2019-12-31", "2020-12-31"])
def test_the_line_never_goes_past_its_end(until):
    last = date.fromisoformat(until)
    shown = marks(last)
    assert shown
    assert all(date.fromisoformat(row["start_date"]) <= last for row in shown)
    days = [row["start_date"] for row in shown]
    assert days == sorted(days)
    text = read(time_line(until)._repr_html_())
    assert [each for each in days_in(text) if each > last] == []


def test_on_the_day_of_the_article_the_line_has_ten_marks_and_no_meeting_to_come():
    shown = {row["event_id"] for row in marks(LAST)}
    assert len(shown) == 10
    assert not shown & {
        "D152",
        "D157",
    }  # Vladivostok and the meeting of June: asked about in chapter 01
    assert (
        "D133" not in words.of("time_line")["mark"]
    )  # who spoke on 31 January is asked in chapter 01
    assert {"D152", "D157"} <= {row["event_id"] for row in marks(date(2020, 12, 31))}


def test_what_was_printed_later_is_left_out_of_the_room():
    later = [row for row in picture.rows("hanoi_room") if row["said_on"] > DAY]
    early, late = (repr(hanoi_room(until)) for until in (DAY, "2020-12-31"))
    assert len(later) > 3
    assert not [row["room_id"] for row in later if row["said"] in early]
    assert not [row["room_id"] for row in later if row["said"] not in late]


@pytest.mark.parametrize("until", [DAY, "2020-12-31"])
def test_everybody_who_sat_there_is_in_the_table_and_nobody_is_silent_and_heard(until):
    """Whatever was printed later: a person stays in the room, and "nothing found" stands alone."""
    people = {(row["session"], row["office"], row["side"]) for row in picture.rows("hanoi_room")}
    table = hanoi_room(until).tables[0].rows
    assert len({tuple(row[:3]) for row in table}) == len(people)
    for row in table:
        alike = [other[3] for other in table if other[:3] == row[:3]]
        assert len(alike) == 1 or words.of("hanoi_room")["seats"]["nothing"] not in alike


def test_a_title_that_tells_the_future_gives_way_to_its_publisher():
    assert "DMZ" not in picture.links("YNA630", LAST)
    assert ">Yonhap<" in picture.links("YNA630", LAST)
    assert "DMZ" in picture.links("YNA630", date(2019, 7, 1))
    # where a row has an early document too, only that one is shown
    assert "Yonhap" not in picture.links("YNA630;DOD618", LAST)


@pytest.mark.parametrize("wrong", ["", "April 2019", "2019-02-30"])
def test_what_is_no_day_is_said(wrong):
    with pytest.raises(ValueError, match="year, month and day"):
        time_line(wrong)


def test_a_line_without_marks_says_when_the_first_is():
    with pytest.raises(ValueError, match="4 July 2017"):
        time_line("2017-01-01")


# ---- both sides alike ------------------------------------------------------------------------------------------


def test_each_side_asks_and_offers_as_often_by_each_account():
    found = Counter(
        (row["side"], row["matter"], row["told_by"])
        for side in SIDES
        for row in accounts(side, LAST)
    )
    assert len(found) == 8
    assert set(found.values()) == {1}


def test_neither_side_gets_many_more_words():
    said = {
        side: sum(len(row["account"].split()) for row in accounts(side, LAST)) for side in SIDES
    }
    assert max(said.values()) <= 1.5 * min(said.values()), said


def test_each_side_is_told_first_in_its_own_words():
    for side in SIDES:
        tellers = [row["told_by"] for row in accounts(side, LAST)]
        assert tellers[::2] == [side, side]
        assert side not in tellers[1::2]


def test_the_two_sides_of_the_table_are_equally_long():
    page = hanoi_room()._repr_html_()
    sides = re.findall(r"<ol .*?</ol>", page, re.DOTALL)
    assert [side.count("<li") for side in sides] == [5, 5]
    assert page.count(words.of("hanoi_room")["empty"]) == 1


def test_offices_come_first_and_interpreters_are_not_named():
    for row in picture.rows("hanoi_room"):
        assert row["office"]
        assert bool(row["person"]) == (row["office"] != "Interpreter")
    drawing = re.search(
        r'<div class="kdp-room">.*<div class=kdp-words>', hanoi_room()._repr_html_()
    )
    assert drawing
    assert not re.search("Trump|Kim|Bolton|Pompeo|Ri Yong", drawing[0])


# ---- words beside every mark -----------------------------------------------------------------------------------


def test_a_drawing_is_html_without_a_script_with_its_words_and_sources(drawn):
    page = drawn._repr_html_()
    assert "<script" not in page
    assert page.count("<table>") == len(drawn.tables)
    assert page.count("<details>") >= len(drawn.tables)
    assert re.search(r'<a href="https?://[^"]+"[^>]* target="_blank" rel="noopener', page)
    assert drawn.title in repr(drawn)
    assert drawn.alt in repr(drawn)
    for table in drawn.tables:
        assert all(len(row) == len(table.head) for row in table.rows), table.heading


def test_the_map_is_named_and_what_is_only_drawn_is_hidden_from_readers():
    page = region_map()._repr_html_()
    assert f'role="img" aria-label="{html.escape(region_map().alt)}"' in page
    for drawing in DRAWN.values():
        for svg in re.findall(r"<svg[^>]*>", drawing()._repr_html_()):
            assert 'aria-hidden="true"' in svg


def test_every_place_lies_in_its_map_and_is_told_in_the_table():
    shown = words.of("region_map")["place"]
    known = {row["place_id"]: row for row in picture.rows("places")}
    assert len(shown) == 6
    for name in shown:
        lon, lat = float(known[name]["lon_deg"]), float(known[name]["lat_deg"])
        assert REGION.holds(lon, lat) or INSET.holds(lon, lat), name
        x, y = REGION.at(lon, lat)
        assert 0 <= x <= REGION.width
        assert 0 <= y <= REGION.height
        assert known[name]["name"] in repr(region_map())


def test_every_mark_of_the_line_stands_in_the_chronology():
    known = {row["event_id"] for row in picture.rows("chronology")}
    assert set(words.of("time_line")["mark"]) <= known


def test_what_nobody_checked_is_marked():
    rows = [row for table in hanoi_room("2020-12-31").tables for row in table.rows]
    marked = [row for row in rows if "not checked" in "".join(row)]
    table = [
        *picture.rows("hanoi_room"),
        *picture.rows("hanoi_moments"),
    ]
    assert len(marked) == sum(bool(row["recalled_fields"]) for row in table) > 0


def test_the_memoir_is_cited_as_a_book_without_an_address():
    book = next(row for row in picture.rows("sources") if row["source_id"] == "BOLTON20")
    assert book["url"] == ""
    assert "Simon & Schuster" in book["publisher"]


def test_a_border_is_no_judgement():
    assert "no judgement" in region_map()._repr_html_()


# ---- chapter 00 ------------------------------------------------------------------------------------------------


def test_chapter_00_names_no_day_after_the_article():
    cells = json.loads((ROOT / "notebooks/00-start-here.ipynb").read_text())["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    visible = re.sub(r"\]\([^)]*\)|<https?:[^>]*>", "]", prose)
    assert "2019" in visible
    assert [each for each in days_in(visible) if each > LAST] == []


def test_chapters_end_their_line_before_the_forecasts_are_opened():
    """In 00 to 03 the line ends on the day of the article; only what comes after the envelopes may show more."""
    for path in sorted((ROOT / "notebooks").glob("0[0-4]-*.ipynb")):
        for until in re.findall(r'time_line\(until=\\"([\d-]+)\\"\)', path.read_text()):
            assert until <= DAY, path.stem


def test_the_question_for_a_still_page_stands_where_the_first_widget_hides_it():
    """Its style comes with the widgets: what runs brings the sheet that hides the question."""
    sheets = [path.name for path in _static.style_sheets()]
    assert "still.css" in sheets
    for path in sorted((ROOT / "notebooks").glob("0[0-3]-*.ipynb")):
        title = "".join(json.loads(path.read_text())["cells"][0]["source"])
        assert title.count("Nothing moving below?") == 1, path.stem
        assert '<p class="kdebate-still">Nothing moving below?' in title, path.stem
