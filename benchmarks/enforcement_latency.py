"""From a key on China's lever to the repainted chart: EnforcementExplorer beside slider + FigureWidget, in turns."""

from __future__ import annotations

import random

from playwright.sync_api import Page

from benchmarks.page import Bench, bench, p50_p95
from benchmarks.slider_latency import PROBE, ROUNDS
from tests.browser.notebooks import run_cell

EXPLORER = """
from kdebate.widgets import EnforcementExplorer
explorer = EnforcementExplorer(["e_china"], views=["enforcement"])
explorer
"""
# The same marks and words in the usual way: party bars, the fewest slices at each pressure, four ranges, the sentence.
FIGURE_WIDGET = """
import ipywidgets, plotly.graph_objects as go
from kdebate.models import number_text, slices_by_pressure, third_party_read_out
from kdebate.widgets import EnforcementExplorer, enforcement_view
own, names = (EnforcementExplorer()._spec[key] for key in ("own", "words"))
sides, parties = names["sides"], ["China", "Russia", "others"]
def levers(e_china):
    return {"e_china": e_china}
def curve(values):
    return [n or None for n in slices_by_pressure(values)]
def notes(read):
    said = [f"{name}: enforces {number_text(e)}" for name, e in zip(parties, read["enforcement"])]
    said += [f"from {number_text(read[key])}" for key in ("s_F", "s_K", "s_1", "s_max")] + [f"pressure {number_text(read['pressure'])}"]
    return [dict(text=text, x=0, y=1 - i / 8, xref="paper", yref="paper", showarrow=False) for i, text in enumerate(said)]
def ranges(read):
    ends = [dict(type="rect", xref="x", yref="paper", x0=min(1, read[key]), x1=1, y0=0.05 * i, y1=0.05 * i + 0.03) for i, key in enumerate(("s_F", "s_K", "s_1", "s_max"))]
    return [*ends, dict(type="line", xref="x", yref="paper", x0=read["pressure"], x1=read["pressure"], y0=0, y1=0.7)]
read = third_party_read_out(levers(0.8))
figure = go.FigureWidget([go.Bar(x=read["enforcement"], y=parties, orientation="h", yaxis="y2", marker=dict(pattern=dict(shape="/"))), go.Scatter(x=[i / 100 for i in range(101)], y=curve(levers(0.8)), mode="markers")])
figure.update_layout(height=421, showlegend=False, annotations=notes(read), shapes=ranges(read), xaxis={"range": [0, 1]}, yaxis={"range": [0, 25], "domain": [0.25, 0.65]}, yaxis2={"domain": [0.7, 1]})
slider = ipywidgets.FloatSlider(value=0.8, min=0, max=1, step=0.05)
said = ipywidgets.Label(enforcement_view.sentence(own, sides, enforcement_view.findings(levers(0.8))))
def redraw(change):
    values = levers(change["new"])
    read = third_party_read_out(values)
    with figure.batch_update():
        figure.data[0].x = read["enforcement"]
        figure.data[1].y = curve(values)
        figure.layout.annotations = notes(read)
        figure.layout.shapes = ranges(read)
    said.value = enforcement_view.sentence(own, sides, enforcement_view.findings(values))
slider.observe(redraw, names="value")
ipywidgets.VBox([slider, said, figure])
"""
PRESSES = 20  # five to the left, five to the right, and again: a round ends where it began
ARMS = {
    "explorer": (EXPLORER, "[data-kdebate=EnforcementExplorer] input[type=range]", ".kd-chart"),
    "figurewidget": (FIGURE_WIDGET, ".widget-hslider [role=slider]", ".js-plotly-plot"),
}


def _press(page: Page, key: str) -> float:
    page.evaluate("() => { window.kdWait = window.kdPress() }")
    page.keyboard.press(key)
    return float(page.evaluate("() => window.kdWait"))


def _round(page: Page, arm: str) -> list[float]:
    page.bring_to_front()
    page.locator(ARMS[arm][1]).first.focus()
    keys = ["ArrowLeft", "ArrowRight"]
    return [_press(page, keys[i // 5 % 2]) for i in range(PRESSES)]


def _open(shared: Bench, arm: str) -> Page:
    source, _, chart = ARMS[arm]
    page = shared.open(arm, [source])
    run_cell(page, 1)
    page.wait_for_function(
        "chart => document.querySelectorAll(`${chart} .point`).length > 0", arg=chart
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
        name = f"enforcement, input to repaint, {arm}"
        rows.append({"name": f"{name}, p50", "value": p50, "unit": "ms"})
        row = {"name": f"{name}, p95", "value": p95, "unit": "ms"}
        rows.append(row | ({"ratio": ratio, "budget": 1 / 2} if arm == "explorer" else {}))
    return rows


if __name__ == "__main__":
    for line in run():
        print(line)
