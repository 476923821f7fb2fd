"""From a key on "days added before" to the repainted calendar: WavesExplorer beside slider + FigureWidget, in turns."""

from __future__ import annotations

import random

from playwright.sync_api import Page

from benchmarks.page import Bench, bench, p50_p95
from benchmarks.slider_latency import PRESSES, PROBE, ROUNDS
from tests.browser.notebooks import run_cell

EXPLORER = """
from kdebate.widgets import WavesExplorer
explorer = WavesExplorer(["before"])
explorer
"""
# The same boxes and dots in the usual way: Python counts and fills a FigureWidget.
FIGURE_WIDGET = """
import ipywidgets, numpy as np, pandas as pd, plotly.graph_objects as go
from kdebate.widgets import WavesExplorer, waves_view
explorer = WavesExplorer()
own, first = explorer._spec["own"], pd.Timestamp(2002, 1, 1)
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
    said.value = waves_view.sentence(own, values, waves_view.findings(values))
slider.observe(redraw, names="value")
ipywidgets.VBox([slider, said, figure])
"""
ARMS = {
    "explorer": (EXPLORER, "[data-kdebate=WavesExplorer] input[type=range]", ".kd-calendar-marks"),
    "figurewidget": (FIGURE_WIDGET, ".widget-hslider [role=slider]", ".js-plotly-plot"),
}


def _press(page: Page, key: str) -> float:
    page.evaluate("() => { window.kdWait = window.kdPress() }")
    page.keyboard.press(key)
    return float(page.evaluate("() => window.kdWait"))


def _round(page: Page, arm: str) -> list[float]:
    page.bring_to_front()
    page.locator(ARMS[arm][1]).first.focus()
    return [_press(page, "ArrowLeft" if i // 5 % 2 else "ArrowRight") for i in range(PRESSES)]


def _open(shared: Bench, arm: str) -> Page:
    source, _, chart = ARMS[arm]
    page = shared.open(arm, [source])
    run_cell(page, 1)
    page.wait_for_function(
        "chart => document.querySelectorAll(`${chart} .point, ${chart} circle`).length > 0",
        arg=chart,
    )
    page.evaluate(PROBE, chart)
    _round(page, arm)  # warm: the first strokes compile the page's code
    return page


def run() -> list[dict[str, object]]:
    """Rows of name, value, unit, ratio, budget."""
    taken: dict[str, list[float]] = {arm: [] for arm in ARMS}
    with bench() as shared:
        pages = {arm: _open(shared, arm) for arm in ARMS}
        for _ in range(ROUNDS):
            for arm in random.sample(list(ARMS), len(ARMS)):
                taken[arm] += _round(pages[arm], arm)
    figures = {arm: p50_p95(values) for arm, values in taken.items()}
    ratio = figures["explorer"][1] / figures["figurewidget"][1]
    rows: list[dict[str, object]] = []
    for arm, (p50, p95) in figures.items():
        rows.append({"name": f"waves, input to repaint, {arm}, p50", "value": p50, "unit": "ms"})
        row = {"name": f"waves, input to repaint, {arm}, p95", "value": p95, "unit": "ms"}
        rows.append(row | ({"ratio": ratio, "budget": 1 / 2} if arm == "explorer" else {}))
    return rows


if __name__ == "__main__":
    for line in run():
        print(line)
