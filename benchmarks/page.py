"""What the page benchmarks share: one JupyterLab, scratch notebooks, and probes inside the page."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, Lab, running_lab
from tests.browser.notebooks import run_cell, write_notebook
from tools.chromium import installed

# The same chart as ConcessionExplorer's in the usual way: a slider in Python, a FigureWidget, a callback. It carries
# the same marks and words: hatched bars below zero, numbers, grey zones, names, the weakest slice, the sentence.
FIGURE_WIDGET = """
import ipywidgets, plotly.graph_objects as go
from kdebate.models import facts, gap_text
from kdebate.widgets import ConcessionExplorer
from kdebate.widgets.teller import tell
slices = 8
def find(pressure):
    return facts({**base.values, "pressure": pressure}) | {"locked": False}
base = ConcessionExplorer.from_code(f"class-default,N={slices}")
words = base._told_words
def look(i, gaps):
    return dict(y=gaps, text=[gap_text(gap) for gap in gaps], marker=dict(color=["#5E2A84", "#A15F00"][i], pattern=dict(shape=["/" if gap < 0 else "" for gap in gaps])))
def notes(state):
    return [dict(text=f"{words['side'][side]}: weakest at slice {state['lowest'][i]}", x=0, y=1.0 - 0.55 * i, xref="paper", yref="paper", showarrow=False) for i, side in enumerate("ab")]
def zone(ref):
    return dict(type="rect", xref="paper", x0=0, x1=1, yref=ref, y0=-0.5, y1=0, fillcolor="#ECECF0", line_width=0, layer="below")
state = find(0.8)
x = [k / slices for k in range(slices)]
figure = go.FigureWidget([go.Bar(x=x, width=1 / slices, offset=0, textposition="outside", yaxis="y2" if i else "y", **look(i, state["gaps"][i])) for i in (0, 1)])
figure.update_layout(height=421, showlegend=False, annotations=notes(state), shapes=[zone("y"), zone("y2")], yaxis={"range": [-0.5, 1.1], "domain": [0.55, 1]}, yaxis2={"range": [-0.5, 1.1], "domain": [0, 0.45]})
slider = ipywidgets.FloatSlider(value=0.8, min=0, max=1, step=0.01)
said = ipywidgets.Label(tell(words, "sentence", state))
def redraw(change):
    state = find(change["new"])
    with figure.batch_update():
        for i in (0, 1):
            figure.data[i].update(**look(i, state["gaps"][i]))
        figure.layout.annotations = notes(state)
    said.value = tell(words, "sentence", state)
slider.observe(redraw, names="value")
ipywidgets.VBox([slider, said, figure])
"""
EXPLORER = """
from kdebate.widgets import ConcessionExplorer
explorer = ConcessionExplorer.from_code("class-default,N=8", levers=["pressure"])
explorer
"""
BARE_SLIDER = "import ipywidgets\nipywidgets.FloatSlider(value=0.8, min=0, max=1, step=0.01)"
IMPORTS = "import ipywidgets, plotly.graph_objects, kdebate.models, kdebate.widgets\nkdebate.widgets._static.modules(), kdebate.widgets._static.plotly()\nprint('imported')"


@dataclass
class Bench:
    """A server and a browser that the rounds share."""

    lab: Lab
    browser: Browser

    def open(self, name: str, cells: list[str]) -> Page:
        """Show a scratch notebook, its kernel running and everything imported."""
        write_notebook(self.lab.folder, f"{name}.ipynb", [IMPORTS, *cells])
        page = self.browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(120_000)
        page.goto(self.lab.address(f"{name}.ipynb"))
        page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
        run_cell(page, 0)
        page.get_by_text("imported", exact=True).wait_for()
        return page


@contextmanager
def bench() -> Iterator[Bench]:
    """Start server and browser for one benchmark."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        yield Bench(lab, browser)
        browser.close()


def p50_p95(values: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[
        min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    ]
