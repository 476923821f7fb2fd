"""The five shapes side by side show what the model says of each, from every start."""

import pytest

from kdebate import models
from kdebate.figures import five_shapes_by_start
from kdebate.figures.five_shapes import SHAPES, STARTS, read_shapes

FIGURES = five_shapes_by_start()


def test_one_figure_for_each_start():
    assert list(FIGURES) == [models.presets()[preset]["label"] for preset in STARTS]


@pytest.mark.parametrize("preset", STARTS)
def test_the_bars_are_the_gaps_of_the_model(preset):
    figure, read = FIGURES[models.presets()[preset]["label"]], read_shapes(preset)
    assert len(figure.layout.annotations) == len(SHAPES) == 5
    for i, trace in enumerate(figure.data[:2]):
        gaps = [gap for one in read.values() for gap in one["margins"][i][:-1]]
        assert list(trace.x) == pytest.approx(gaps)
        told = [text.split(": ")[1] for text in trace.text]
        assert told == [models.gap_text(gap) for gap in gaps]
        hatched = [bool(shape) for shape in trace.marker.pattern.shape]
        assert hatched == [gap < 0 for gap in gaps]


def test_the_sentence_names_those_that_hold():
    default, both, undo = (figure.layout.meta["shows"] for figure in FIGURES.values())
    assert "From this start parallel steps and a freeze first hold" in default
    assert "no shapes fail" in both
    assert "no shapes hold" in undo


def test_waiting_costs_what_the_model_says():
    both = read_shapes("both-want-it-more")
    assert both["pressure_first"]["value_a"] == pytest.approx(1.4 * 0.9**8)
    assert both["pressure_first"]["holds"]
    assert both["one_swap"]["value_a"] == pytest.approx(1.4)


def test_order_moves_only_the_leaders_gaps():
    read = read_shapes("class-default")
    for together, led in (("one_swap", "disarm_first"), ("parallel", "freeze_first")):
        assert read[led]["margins"][0] == read[together]["margins"][0]
        pairs = zip(read[led]["margins"][1][:-1], read[together]["margins"][1][:-1], strict=True)
        assert all(new > old for new, old in pairs)
