"""What explorers do on the Python side, without a browser: the page is played by setting traits as it would."""

import json

import pytest
import traitlets

from kdebate import models
from kdebate.figures import keep_or_cheat
from kdebate.widgets import (
    BasketExplorer,
    ConcessionExplorer,
    EnforcementExplorer,
    FigureCard,
    Folded,
    LadderExplorer,
    WavesExplorer,
    _static,
)
from kdebate.widgets.carrier import carrier


@pytest.fixture
def explorer():
    return ConcessionExplorer()


def page_says(explorer, **state):
    """Deliver a message from the page."""
    explorer.set_state(state)


def test_starts_at_the_class_default_with_four_levers(explorer):
    assert explorer.shown == ["N", "first", "pressure", "q_b"]
    assert explorer.code == "class-default"
    assert explorer.values == {name: lever["default"] for name, lever in models.levers().items()}
    assert not explorer.locked


def test_read_out_and_words_follow_what_the_page_reports(explorer):
    page_says(explorer, N=2, pressure=0.6)
    assert explorer.read_out["minimum_steps"] == 10
    assert explorer.describe().startswith("2 slices fail. Pyongyang would rather cheat at slice 2")


def test_what_the_page_reports_is_no_new_step_of_the_history(explorer):
    page_says(explorer, N=7)
    assert explorer.history == {"codes": ["class-default"], "at": 0}


def test_python_changes_are_steps_that_undo_walks_back(explorer):
    explorer.N = 2
    explorer.pressure = 0.6
    assert explorer.history["codes"] == [
        "class-default",
        "class-default,N=2",
        "class-default,N=2,pressure=0.6",
    ]
    assert explorer.undo().code == "class-default,N=2"
    assert explorer.undo().undo().undo().code == "class-default"
    assert explorer.redo().code == "class-default,N=2"
    explorer.q_b = 1.0
    assert explorer.redo().code == "class-default,N=2,q_b=1"


def test_undo_walks_the_history_that_the_page_wrote(explorer):
    codes = ["class-default", "class-default,N=4"]
    page_says(explorer, N=4, history={"codes": codes, "at": 1})
    assert explorer.undo().code == "class-default"
    assert explorer.N == 1


def test_presets(explorer):
    explorer.preset = "both-want-it-more"
    assert (explorer.v_a, explorer.v_b_full) == (2.4, 3.0)
    explorer.N = 3
    assert explorer.reset().code == "both-want-it-more"
    assert explorer.reset("class-default").v_a == 2.0
    with pytest.raises(ValueError, match="No preset named 'war'"):
        explorer.reset("war")
    with pytest.raises(ValueError, match="No preset named"):
        explorer.preset = "war"
    assert explorer.preset == "class-default"


@pytest.mark.parametrize(
    ("name", "value"), [("N", 25), ("N", 2.5), ("pressure", -0.1), ("delta", "x"), ("first", "c")]
)
def test_values_outside_their_range_are_refused_in_words(explorer, name, value):
    with pytest.raises(traitlets.TraitError, match=f"{name} is .*; allowed is"):
        setattr(explorer, name, value)


def test_codes_restore_states_and_are_clamped(explorer):
    explorer.code = "pyongyang-harder-to-undo,N=7,first=a"
    assert (explorer.rho_b, explorer.N, explorer.first) == (0.3, 7, "a")
    with pytest.warns(
        UserWarning, match=r"Number of slices goes from 1 to 24, so it was set to 24\."
    ):
        explorer.code = "class-default,N=9999"
    assert explorer.N == 24
    assert ConcessionExplorer.from_code("class-default,N=2", levers=["N"]).history == {
        "codes": ["class-default,N=2"],
        "at": 0,
    }


def test_unknown_levers_are_refused():
    with pytest.raises(ValueError, match="No lever named 'speed'"):
        ConcessionExplorer(levers=["speed"])
    with pytest.raises(
        ValueError, match=r"'p' is not on screen\. .* change nothing\. Leave it out"
    ):
        ConcessionExplorer(levers=["N", "p"])


def test_lever_values_are_keywords_and_the_history_begins_with_them():
    explorer = ConcessionExplorer(N=6, pressure=0.6, preset="both-want-it-more")
    assert explorer.code == "both-want-it-more,N=6,pressure=0.6"
    assert explorer.history == {"codes": [explorer.code], "at": 0}
    assert explorer.undo().code == "both-want-it-more,N=6,pressure=0.6"
    assert explorer.page_state()["_began"] == explorer.code


@pytest.mark.parametrize("value", [25, 2.5, "six"])
def test_a_keyword_out_of_range_is_refused_with_what_is_allowed(value):
    with pytest.raises(
        traitlets.TraitError, match=r"N is .*; allowed is a whole number from 1 to 24\."
    ):
        ConcessionExplorer(N=value)


def test_an_unknown_keyword_is_refused_with_the_levers_that_there_are():
    with pytest.raises(ValueError, match=r"No lever named 'speed'\. Choose from: N, .*pressure"):
        ConcessionExplorer(speed=3)
    with pytest.raises(ValueError, match="No lever named 'pressure'"):
        EnforcementExplorer(pressure=0.5)


def test_a_page_gets_all_synced_traits_but_widgets_and_jupyters_own(explorer):
    state = json.loads(json.dumps(explorer.page_state()))
    own = {"_module", "_spec", "_start_failed", "_place", "_began", "_met", "shown", "preset"}
    own |= {"history", "locked", "predict", "asks", "tasks"}
    assert set(state) == own | set(explorer.values)


def test_table_has_a_row_per_slice_and_one_for_keeping(explorer):
    explorer.N = 5
    table = explorer.table
    assert len(table) == 6
    assert table.iloc[-1, 0] == "after the last: keeping"
    assert table["Washington"].tolist() == pytest.approx(explorer.read_out["margins"][0])


def test_all_explorers_share_one_carrier_and_it_is_small(explorer):
    other = ConcessionExplorer()
    assert explorer._carrier is other._carrier is carrier()
    assert len(carrier().modules) < 300_000


def test_plotly_travels_with_a_figure_card_alone():
    carrier.cache_clear()
    ConcessionExplorer()
    WavesExplorer()
    BasketExplorer()
    EnforcementExplorer()
    LadderExplorer()
    assert carrier().plotly == b""
    FigureCard(keep_or_cheat(models.effective_deal({})))
    assert carrier().plotly == _static.plotly()


def test_every_module_that_a_module_asks_for_travels():
    import gzip
    import json
    import posixpath
    import re

    sources = json.loads(gzip.decompress(_static.modules()))["js"]
    asked = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        for name, text in sources.items()
        for path in re.findall(r'from "(\.[^"]+)"', text)
    }
    assert len(asked) > 20
    assert asked <= set(sources)


def test_every_word_of_the_explorer_stands_in_a_data_file():
    """A sentence typed into a module would escape the translator: modules hold no text of three words or more."""
    import re

    for path in _static.STATIC.rglob("*.js"):
        if path.name in {"model.js", "load.js"}:
            continue
        text = re.sub(
            r"//[^\n]*|/\*.*?\*/|new Error\([^\n]*|console\.\w+\([^\n]*",
            "",
            path.read_text("utf-8"),
            flags=re.S,
        )
        found = re.findall(r'"([A-Z][a-z]+ [a-z]+ [a-z][^"]*)"', text)
        assert found == [], f"{path.name}: {found}"


def test_figure_card_tells_its_chart_in_words():
    from kdebate.figures import keep_or_cheat

    card = FigureCard(keep_or_cheat(models.effective_deal({})))
    assert "Washington: keep 1.00, cheat 1.10. Pyongyang: keep 1.00, cheat 1.02." in card.describe()
    assert card.figure["layout"]["meta"]["rows"] == [
        ["Washington", "1.00", "1.10"],
        ["Pyongyang", "1.00", "1.02"],
    ]


def test_folded_escapes_what_it_shows():
    folded = Folded("<b>", 3)
    assert repr(folded) == "<b>\n3"
    assert "<b>" not in folded._repr_html_()
    assert "&lt;b&gt;" in folded._repr_html_()


def test_a_start_that_holds_pressure_stands_only_where_pressure_is_a_lever():
    assert "locked" in models.presets()["mirror"]
    assert "mirror" in ConcessionExplorer()._spec["presets"]
    assert "mirror" not in EnforcementExplorer()._spec["presets"]
