"""From a key on the slider to the repainted chart: ConcessionExplorer beside slider + FigureWidget, in turns."""

from __future__ import annotations

import random

from playwright.sync_api import Page

from benchmarks.page import EXPLORER, FIGURE_WIDGET, Bench, bench, p50_p95
from tests.browser.notebooks import run_cell

ROUNDS = 6
PRESSES = 15
ARMS = {
    "explorer": (EXPLORER, "[data-kdebate=ConcessionExplorer] input[type=range]", ".kd-marks"),
    "figurewidget": (FIGURE_WIDGET, ".widget-hslider [role=slider]", ".js-plotly-plot"),
}

# From the key press until the frame that shows the changed bars is done: the same probe for both. A frame's own
# message runs after the frame is drawn, whether the bars changed in a task before it or in the frame itself.
PROBE = """chart => {
  let changed = false, start = null, done = null;
  new MutationObserver(() => { changed = start !== null; })
    .observe(document.querySelector(chart), { subtree: true, childList: true, attributes: true, attributeFilter: ["d", "height"] });
  window.addEventListener("keydown", () => { start ??= performance.now(); }, { capture: true });
  const drawn = new MessageChannel();
  drawn.port1.onmessage = () => {
    if (!changed || !done) return;
    done(performance.now() - start);
    done = null;
  };
  const frame = () => { drawn.port2.postMessage(0); requestAnimationFrame(frame); };
  frame();
  window.kdPress = () => new Promise(resolve => { changed = false; start = null; done = resolve; });
}"""


def _press(page: Page, key: str) -> float:
    page.evaluate("() => { window.kdWait = window.kdPress() }")
    page.keyboard.press(key)
    return float(page.evaluate("() => window.kdWait"))


def _round(page: Page, arm: str) -> list[float]:
    _, slider, _ = ARMS[arm]
    page.bring_to_front()
    page.locator(slider).first.focus()
    keys = ["ArrowLeft", "ArrowRight"]
    return [_press(page, keys[i // 5 % 2]) for i in range(PRESSES)]


def _open(shared: Bench, arm: str) -> Page:
    source, _, chart = ARMS[arm]
    page = shared.open(arm, [source])
    run_cell(page, 1)
    page.wait_for_function(
        "chart => document.querySelectorAll(`${chart} .point path, ${chart} .kd-bar`).length > 0",
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
        rows.append({"name": f"input to repaint, {arm}, p50", "value": p50, "unit": "ms"})
        row = {"name": f"input to repaint, {arm}, p95", "value": p95, "unit": "ms"}
        rows.append(row | ({"ratio": ratio, "budget": 1 / 3} if arm == "explorer" else {}))
    return rows


if __name__ == "__main__":
    for line in run():
        print(line)
