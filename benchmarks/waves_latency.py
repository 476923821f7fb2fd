"""From a key on "days added before" to the repainted calendar: WavesExplorer beside slider + FigureWidget, in turns."""

from __future__ import annotations

from benchmarks.latency import compare

EXPLORER = """
from kdebate.widgets import WavesExplorer
explorer = WavesExplorer(["before"])
explorer
"""
# The same boxes and dots in the usual way: Python counts and fills a FigureWidget.
FIGURE_WIDGET = """
import ipywidgets, numpy as np, pandas as pd, plotly.graph_objects as go
from kdebate.widgets import WavesExplorer, waves_view
from kdebate.widgets.teller import tell
explorer = WavesExplorer()
words, first = explorer._told_words, pd.Timestamp(2002, 1, 1)
def place(day):
    when = first + pd.Timedelta(days=int(day))
    return when.dayofyear, when.year
def boxes(spans):
    x, y = [], []
    for start, end in spans:
        (left, year), (right, _) = place(start), place(end)
        x += [left, right + 1, right + 1, left, left, None]
        y += [year - .36, year - .36, year + .36, year + .36, year - .36, None]
    return x, y
def parts(levers):
    counts, mask, start = waves_view.day_arrays(levers)
    offset = int((start - np.datetime64("2002-01-01")).astype(int))
    dots = [[place(day + offset) for day in np.flatnonzero(counts * (mask == kind))] for kind in (False, True)]
    spans = [window[:2] for window in waves_view.chosen_windows(levers)]
    return [boxes([(a - levers["before"], a) for a, _ in spans]), boxes(spans), *[tuple(zip(*d)) or ((), ()) for d in dots]]
levers = explorer.values
drawn = parts(levers)
area = dict(mode="lines", fill="toself")
figure = go.FigureWidget([go.Scatter(x=x, y=y, **(area if i < 2 else dict(mode="markers"))) for i, (x, y) in enumerate(drawn)])
figure.update_layout(height=410, showlegend=False, xaxis={"range": [0, 366]}, yaxis={"range": [2025.5, 2001.5]})
slider = ipywidgets.IntSlider(value=0, min=0, max=60)
said = ipywidgets.Label(explorer.describe())
def redraw(change):
    values = levers | {"before": change["new"]}
    with figure.batch_update():
        for trace, (x, y) in zip(figure.data, parts(values)):
            trace.x, trace.y = x, y
    said.value = tell(words, "sentence", waves_view.facts(values) | {"locked": False})
slider.observe(redraw, names="value")
ipywidgets.VBox([slider, said, figure])
"""
ARMS = {
    "explorer": (EXPLORER, "[data-kdebate=WavesExplorer] input[type=range]", ".kd-chart"),
    "figurewidget": (FIGURE_WIDGET, ".widget-hslider [role=slider]", ".js-plotly-plot"),
}


def run() -> list[dict[str, object]]:
    """Rows of name, value, unit, ratio, budget."""
    return compare(ARMS, ".point, circle", 1 / 2, "waves, ", keys=("ArrowRight", "ArrowLeft"))


if __name__ == "__main__":
    for line in run():
        print(line)
