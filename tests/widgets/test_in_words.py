"""Where nothing is live, every widget says in words what it is; what a prediction asks for stays unsaid."""

import html
import re

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from kdebate import exercises, models, widgets
from kdebate.figures import keep_or_cheat
from kdebate.questions import bank
from kdebate.widgets.in_words import InWords, as_html

EXPLORERS = [
    "BasketExplorer",
    "ConcessionExplorer",
    "EnforcementExplorer",
    "LadderExplorer",
    "WavesExplorer",
]
ADDRESS = re.compile(r"0x[0-9a-f]{6}")


def shown(widget):
    """Both text forms of a widget."""
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == repr(widget)
    return data["text/plain"], data["text/html"]


@pytest.mark.parametrize("name", EXPLORERS)
def test_an_explorer_says_what_it_shows(name):
    explorer = getattr(widgets, name)()
    plain, page = shown(explorer)
    assert explorer.describe() in plain
    assert plain.startswith(explorer._spec["own"]["title"])
    assert not ADDRESS.search(plain + page)


def test_an_explorer_that_waits_for_a_prediction_gives_nothing_away():
    explorer = widgets.ConcessionExplorer(predict="04-two-slices")
    plain, page = shown(explorer)
    assert explorer.describe() not in plain + page
    assert "waits for a prediction" in plain
    card = widgets.FigureCard(keep_or_cheat(models.effective_deal({})), predict="04-two-slices")
    assert card.describe() not in "".join(shown(card))


@pytest.mark.parametrize(
    "question_id", [i for i, q in bank.questions().items() if q["kind"] != "play"]
)
def test_a_question_stands_there_with_its_options_but_no_answer(question_id):
    question = bank.questions()[question_id]
    card = getattr(exercises, question["kind"].capitalize())(question_id)
    plain, page = shown(card)
    assert plain.startswith(question["prompt"])
    for option in question.get("options", []):
        assert f"- {option['text']}" in plain
        assert option.get("feedback", "no feedback") not in plain
    assert not ADDRESS.search(plain + page)


def test_the_journal_says_how_many_answers_it_holds(tmp_path):
    journal = exercises.Journal(tmp_path / "journal.sqlite")
    journal.record("04-first-vote", "both")
    data, _ = journal._repr_mimebundle_()
    assert data["text/plain"] == repr(journal)
    assert repr(journal) in data["text/html"]
    assert "both" not in data["text/html"]


def test_what_is_said_is_escaped():
    assert as_html(["a < b", "- <script>"]) == (
        "<blockquote><p>a &lt; b</p><ul><li>&lt;script&gt;</li></ul></blockquote>"
    )


def test_every_widget_that_is_shown_has_words():
    kinds = [getattr(module, name) for module in (widgets, exercises) for name in module.__all__]
    shown_ones = [kind for kind in kinds if hasattr(kind, "model_id")]
    assert len(shown_ones) >= 10
    assert all(issubclass(kind, InWords) for kind in shown_ones)


def test_an_exported_chapter_shows_questions_and_sentences(root, tmp_path):
    notebook = nbformat.read(root / "notebooks" / "02-unpack-hostile-policy.ipynb", as_version=4)
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=300,
        store_widget_state=False,
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    page, _ = HTMLExporter().from_notebook_node(notebook)
    asked = [
        one for one in bank.questions().values() if one["notebook"] == "02-unpack-hostile-policy"
    ]
    missing = [one["prompt"] for one in asked if html.escape(one["prompt"]) not in page]
    assert missing == []
    assert not ADDRESS.search(page)
    assert "waits for a prediction" in page
