"""From a key on the slider to the repainted chart: ConcessionExplorer beside slider + FigureWidget, in turns."""

from __future__ import annotations

from benchmarks.latency import compare
from benchmarks.page import EXPLORER, FIGURE_WIDGET

ARMS = {
    "explorer": (EXPLORER, "[data-kdebate=ConcessionExplorer] input[type=range]", ".kd-chart"),
    "figurewidget": (FIGURE_WIDGET, ".widget-hslider [role=slider]", ".js-plotly-plot"),
}


def run() -> list[dict[str, object]]:
    """Rows of name, value, unit, ratio, budget."""
    return compare(ARMS, ".point path, .kd-bar", budget=1 / 3)


if __name__ == "__main__":
    for line in run():
        print(line)
