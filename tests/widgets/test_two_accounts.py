"""TwoAccounts: both accounts, their sources and what both accept, in HTML and in plain text."""

import re

import pytest

from kdebate.tables import cite, read
from kdebate.widgets import TwoAccounts

POINTS = {row["point_id"]: row for row in read.rows(read.resource("contested_points"))}


@pytest.mark.parametrize("point_id", POINTS)
def test_every_point_gives_each_side_its_words_and_a_source(point_id):
    row, text = POINTS[point_id], repr(TwoAccounts(point_id))
    for part in ("point", "account_a", "account_b", "both_accept"):
        assert row[part] in text
    for side in "ab":
        documents = [cite.target("cite", name) for name in row[f"source_ids_{side}"].split(";")]
        assert documents
        assert all(found and found.url in text for found in documents)


def test_the_page_is_plain_html_that_needs_no_script():
    page = TwoAccounts("CP01")._repr_html_()
    assert "<script" not in page
    assert page.count("<section") == page.count("</section>") == 1
    assert len(re.findall(r'<a href="https?://[^"]+" target="_blank" rel="noopener', page)) >= 4
    # every colour is the host's, so that it is readable in the dark
    assert not re.findall(r"(?<!-)color:(?!var)", page)


def test_folded_it_shows_only_the_point():
    page = TwoAccounts("CP04", folded=True)._repr_html_()
    assert page.startswith("<details><summary>")
    assert POINTS["CP04"]["account_a"][:30] not in page[: page.index("</summary>")]


def test_what_is_quoted_is_escaped(monkeypatch):
    card = TwoAccounts("CP01")
    card.row = card.row | {"account_a": "<b>5 & 6</b>"}
    assert "&lt;b&gt;5 &amp; 6&lt;/b&gt;" in card._repr_html_()


def test_a_doubt_is_said():
    card = TwoAccounts("CP01")
    card.row = card.row | {"status_b": "recalled"}
    assert repr(card).count(card.words["unchecked"]) == 1


def test_an_unknown_point_names_those_that_exist():
    with pytest.raises(ValueError, match=r"CP99.*CP01, CP02"):
        TwoAccounts("CP99")
