"""Citations: what they point at, how they read, and the rule for sentences that need one."""

import re

import nbformat
import pytest

from kdebate.tables import cite
from tools.cite_notebooks import cited, is_current, main
from tools.store_notebooks import text

WHERE = {"repository": "kdebate/kdebate", "tag": "v0.1.0"}


@pytest.fixture(scope="module")
def paths(root):
    return sorted((root / "notebooks").glob("*.ipynb"))


def prose(path):
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def test_every_citation_points_somewhere_and_shows_its_doubt(paths):
    for path in paths:
        for cell in prose(path):
            if cell.id != cite.SOURCES_CELL:
                assert not list(cite.wrong_citations(cell.source, f"{path.stem}/{cell.id}"))


def test_no_number_about_the_world_without_a_source(paths):
    found = [
        complaint
        for path in paths
        for cell in prose(path)
        for complaint in cite.problems(cell.id, cell.source, cell.metadata.get("tags", ()))
    ]
    assert found == []


def test_links_and_lists_of_sources_are_current(paths):
    assert [path.stem for path in paths if not is_current(path)] == []


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("The test was on 17 April.", True),
        ("Two launches followed.", True),
        ("Twelve of them were held.", True),
        ("No one was named.", False),
        ("One person coded them.", False),
        ("Look at `N=2` and go on.", False),
        ("See [chapter](04-concede.ipynb).", False),
        ("## 3 things", False),
        ("|--:|:--|", False),
    ],
)
def test_what_counts_as_a_number(line, needs):
    assert cite.needs_citation(line) is needs


def test_unknown_ids_are_refused_in_words():
    wrong = "One [row:HP999], one [cite:NOSUCH], one [table:nosuch]."
    complaints = list(cite.wrong_citations(wrong, "here"))
    assert [complaint.split(".")[0] for complaint in complaints] == [
        "here: there is no row HP999",
        "here: there is no source NOSUCH",
        "here: there is no table nosuch",
    ]
    # a row is not a source, and the other way round
    assert list(cite.wrong_citations("[cite:HP080] [row:SCMP]", "here"))


def test_a_doubt_is_neither_hidden_nor_invented():
    assert list(cite.wrong_citations("Said so [row:SP36].", "here"))
    assert not list(cite.wrong_citations("Said so [row:SP36] (not checked).", "here"))
    assert list(cite.wrong_citations("Said so [row:SP01] (not checked).", "here"))
    assert list(cite.wrong_citations("Said so [row:C27] (not checked).", "here"))


def test_tags_free_a_cell_from_the_rule_but_not_its_citations():
    assert cite.problems("a", "It took 9 days.")
    assert not cite.problems("a", "It took 9 days.", ["model"])
    assert cite.problems("a", "It took 9 days [row:NOPE].", ["task"])


def written(text):
    """A cell of a chapter that holds nothing else."""
    return cite.written(text, cite.numbered([text]))


def test_definitions_are_written_once_and_read_as_markdown():
    once = written("A [row:HP080] and again [row:HP080].")
    assert once.startswith("A<sup>[1][row:HP080]</sup> and again<sup>[1][row:HP080]</sup>.\n")
    assert once.count("[row:HP080]: #Sources-of-this-chapter ") == 1
    assert written(once) == once
    assert len(cite.found_in(once)) == 2
    # the title may hold no quote that would end it
    title = once.split(' "', 1)[1]
    assert title.endswith('"')
    assert '"' not in title[:-1]


@pytest.mark.parametrize(
    ("author", "raised"),
    [
        ("In 2019 [row:C03] [row:C24].", "In 2019<sup>[1][row:C03], [2][row:C24]</sup>."),
        ("Said [row:SP36] (not checked).", "Said<sup>[1?][row:SP36]</sup>."),
        (
            "Asked [row:PO05] (partly not checked) [row:PO04] too.",
            "Asked<sup>[1?][row:PO05], [2][row:PO04]</sup> too.",
        ),
        ("| 9 | [row:C03] |", "| 9 |<sup>[1][row:C03]</sup> |"),
        ("([row:C03])", "(<sup>[1][row:C03]</sup>)"),
        (
            "Two [row:C03].\n[row:C24] one.",
            "Two<sup>[1][row:C03]</sup>.\n<sup>[2][row:C24]</sup> one.",
        ),
    ],
)
def test_ids_become_small_numbers_and_come_back(author, raised):
    """What is read has no id in mid-sentence; every check still reads what the author wrote."""
    made = written(author)
    assert made.split("\n\n[row:")[0] == raised
    assert cite.prose(made).strip() == author
    assert written(made) == made


def test_a_chapter_is_numbered_in_its_own_order():
    numbers = cite.numbered(["One [row:C24], two [row:C03].", "Again [row:C24], new [row:C04]."])
    assert numbers == {"row:C24": 1, "row:C03": 2, "row:C04": 3}


def test_a_citation_that_points_nowhere_stays_to_be_found():
    assert written("One [row:HP999].").startswith("One [row:HP999].")


def test_a_cell_without_citations_stays_as_it_is():
    assert written("Nothing here.\n") == "Nothing here."


def test_every_row_can_be_cited():
    """Whatever table it stands in, and whatever its source's title holds."""
    for name in (
        "X002",
        "MT0159",
        "MT0421",
        "PF22",
        "C19",
        "HP080",
        "SP13",
        "A1994-04",
        "joint_exercises",
        "PO57",
        "CP04",
        "PL08",
    ):
        assert cite.definition("row", name).startswith(f"[row:{name}]: #Sources-of-this-chapter ")
        line = cite.sources_text({f"row:{name}": 1}, WHERE).splitlines()[-3]
        assert re.fullmatch(rf"\| 1 \| [^|]+ \| \[[^|]+\]\(<http[^|]+ \| row:{name} \|", line), line


def test_a_word_without_a_source_leads_to_its_table():
    assert "/docs/tables.md#glossary>" in cite.sources_text({"row:CNS": 1}, WHERE)
    assert "James Martin Center" in cite.definition("row", "CNS")


def test_the_list_says_what_is_not_checked():
    assert "(not checked) | row:SP36 |" in cite.sources_text({"row:SP36": 1}, WHERE)


def test_the_tool_adds_one_list_of_sources():
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("So [row:HP080].", id="so")]
    )
    first = text(cited(notebook))
    assert notebook.cells[-1].id == cite.SOURCES_CELL
    assert "| 1 | " in notebook.cells[-1].source
    assert "| row:HP080 |" in notebook.cells[-1].source
    assert text(cited(notebook)) == first


def test_what_is_out_of_date_is_said_and_left_alone(tmp_path, capsys):
    stale = tmp_path / "a.ipynb"
    cell = nbformat.v4.new_markdown_cell("So [row:HP080].", id="so")
    stale.write_text(text(nbformat.v4.new_notebook(cells=[cell])), "utf-8")
    before = stale.read_text("utf-8")
    assert main(["--check", str(stale)]) == 1
    assert f"{stale}: its links or its lists are out of date" in capsys.readouterr().err
    assert stale.read_text("utf-8") == before


def test_no_chapter_shows_an_id_in_its_text(paths):
    """Links may carry one; what is read may not."""
    for path in paths:
        for cell in prose(path):
            if cell.id != cite.SOURCES_CELL:
                shown = re.sub(r"\]\[[^\]]+\]", "]", cite.DEFINITION.sub("", cell.source))
                assert not cite.CITATION.search(shown), f"{path.stem}/{cell.id}"
