"""From a key on China's lever to the repainted chart: EnforcementExplorer beside slider + FigureWidget, in turns."""

from __future__ import annotations

from benchmarks.latency import compare

EXPLORER = """
from kdebate.widgets import EnforcementExplorer
explorer = EnforcementExplorer(["e_china"])
explorer
"""
# The same marks and words in the usual way: party bars, the fewest slices at each pressure, four ranges, the sentence.
FIGURE_WIDGET = """
import ipywidgets, plotly.graph_objects as go
from kdebate.models import facts, number_text, slices_by_pressure
from kdebate.widgets import EnforcementExplorer
from kdebate.widgets.teller import tell
words, parties = EnforcementExplorer()._told_words, ["China", "Russia", "others"]
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
read = facts(levers(0.8)) | {"locked": False}
figure = go.FigureWidget([go.Bar(x=read["enforcement"], y=parties, orientation="h", yaxis="y2", marker=dict(pattern=dict(shape="/"))), go.Scatter(x=[i / 100 for i in range(101)], y=curve(levers(0.8)), mode="markers")])
figure.update_layout(height=421, showlegend=False, annotations=notes(read), shapes=ranges(read), xaxis={"range": [0, 1]}, yaxis={"range": [0, 25], "domain": [0.25, 0.65]}, yaxis2={"domain": [0.7, 1]})
slider = ipywidgets.FloatSlider(value=0.8, min=0, max=1, step=0.05)
said = ipywidgets.Label(tell(words, "sentence", read))
def redraw(change):
    values = levers(change["new"])
    read = facts(values) | {"locked": False}
    with figure.batch_update():
        figure.data[0].x = read["enforcement"]
        figure.data[1].y = curve(values)
        figure.layout.annotations = notes(read)
        figure.layout.shapes = ranges(read)
    said.value = tell(words, "sentence", read)
slider.observe(redraw, names="value")
ipywidgets.VBox([slider, said, figure])
"""
ARMS = {
    "explorer": (EXPLORER, "[data-kdebate=EnforcementExplorer] input[type=range]", ".kd-chart"),
    "figurewidget": (FIGURE_WIDGET, ".widget-hslider [role=slider]", ".js-plotly-plot"),
}


def run() -> list[dict[str, object]]:
    """Rows of name, value, unit, ratio, budget."""
    return compare(ARMS, ".point, .kd-fewest", 1 / 2, "enforcement, ", presses=20)


if __name__ == "__main__":
    for line in run():
        print(line)
