"""From a key on a slider to the repainted chart, an explorer beside slider + FigureWidget, in turns."""

from __future__ import annotations

import random
from collections.abc import Mapping

from playwright.sync_api import Page

from benchmarks.page import Bench, bench, p50_p95
from tests.browser.notebooks import run_cell

ROUNDS = 6
# The cell that shows it, its slider, its chart.
Arm = tuple[str, str, str]

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


def _round(page: Page, slider: str, keys: tuple[str, str], presses: int) -> list[float]:
    page.bring_to_front()
    page.locator(slider).first.focus()
    return [_press(page, keys[i // 5 % 2]) for i in range(presses)]


def _open(shared: Bench, name: str, arm: Arm, marks: str) -> Page:
    source, _, chart = arm
    page = shared.open(name, [source])
    run_cell(page, 1)
    drawn = ", ".join(f"{chart} {mark}" for mark in marks.split(", "))
    page.wait_for_function("drawn => document.querySelector(drawn) !== null", arg=drawn)
    page.evaluate(PROBE, chart)
    return page


def compare(
    arms: Mapping[str, Arm],
    marks: str,
    budget: float,
    prefix: str = "",
    keys: tuple[str, str] = ("ArrowLeft", "ArrowRight"),
    presses: int = 15,
) -> list[dict[str, object]]:
    """
    Rows of name, value, unit, ratio, budget for the arms "explorer" and "figurewidget".

    `marks` are selectors of what a drawn chart holds. Five presses go one way and five the other, in turns.
    """
    taken: dict[str, list[float]] = {arm: [] for arm in arms}
    with bench() as shared:
        pages = {name: _open(shared, name, arm, marks) for name, arm in arms.items()}
        for name, page in pages.items():
            _round(
                page, arms[name][1], keys, presses
            )  # warm: the first strokes compile the page's code
        for _ in range(ROUNDS):
            for name in random.sample(list(arms), len(arms)):
                taken[name] += _round(pages[name], arms[name][1], keys, presses)
    figures = {name: p50_p95(values) for name, values in taken.items()}
    ratio = figures["explorer"][1] / figures["figurewidget"][1]
    rows: list[dict[str, object]] = []
    for name, (p50, p95) in figures.items():
        label = f"{prefix}input to repaint, {name}"
        rows.append({"name": f"{label}, p50", "value": p50, "unit": "ms"})
        row = {"name": f"{label}, p95", "value": p95, "unit": "ms"}
        rows.append(row | ({"ratio": ratio, "budget": budget} if name == "explorer" else {}))
    return rows
