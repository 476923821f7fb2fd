"""From Run All to controls and chart: explorer, bare slider, FigureWidget; and what crosses the wire."""

from __future__ import annotations

import random
import statistics

from playwright.sync_api import CDPSession

from benchmarks.page import BARE_SLIDER, EXPLORER, FIGURE_WIDGET, Bench, bench

ROUNDS = 5
SLIDER = ".widget-hslider [role=slider]"
CONTROLS = "[data-kdebate=ConcessionExplorer] input[type=range]"
# The explorers' page holds a bare slider too: how much longer does an explorer take, in the same page?
ARMS = {
    "explorer": (
        [EXPLORER, BARE_SLIDER, EXPLORER],
        {"bare slider": SLIDER, "controls": CONTROLS, "chart": ".kd-bar[height]"},
    ),
    "figurewidget": ([FIGURE_WIDGET], {"chart": ".js-plotly-plot .point path"}),
}

WATCH = """marks => {
  window.kdSeen = {};
  window.kdStart = performance.now();
  const look = () => {
    for (const [name, selector] of Object.entries(marks)) {
      if (!(name in window.kdSeen) && document.querySelector(selector)) window.kdSeen[name] = performance.now() - window.kdStart;
    }
    if (Object.keys(window.kdSeen).length < Object.keys(marks).length) requestAnimationFrame(look);
  };
  look();
}"""


def _count_bytes(session: CDPSession) -> list[int]:
    sizes: list[int] = []
    session.send("Network.enable")
    session.on(
        "Network.webSocketFrameReceived", lambda event: sizes.append(_size(event["response"]))
    )
    return sizes


def _size(response: dict[str, object]) -> int:
    data = str(response["payloadData"])
    # Binary frames arrive as base64: three bytes in four characters.
    return len(data) if response["opcode"] == 1 else len(data) * 3 // 4


def _measure(shared: Bench, arm: str, turn: int) -> tuple[dict[str, float], int]:
    cells, marks = ARMS[arm]
    page = shared.open(f"{arm}-{turn}", cells)
    sizes = _count_bytes(page.context.new_cdp_session(page))
    page.get_by_role("menuitem", name="Run", exact=True).click()
    item = page.get_by_role("menuitem", name="Run All Cells", exact=True)
    item.wait_for()
    page.evaluate(WATCH, marks)
    item.click()
    page.wait_for_function("count => Object.keys(window.kdSeen).length === count", arg=len(marks))
    page.locator(".jp-OutputArea-output").nth(len(cells)).wait_for(state="attached")
    found = page.evaluate("() => window.kdSeen")
    page.close()
    return found, sum(sizes)


def _ratio(name: str, ratio: float, budget: float) -> dict[str, object]:
    return {"name": name, "value": ratio, "unit": "", "ratio": ratio, "budget": budget}


def run() -> list[dict[str, object]]:
    """Rows of name, value, unit, ratio, budget."""
    seen: dict[tuple[str, str], list[float]] = {}
    sizes: dict[str, int] = {}
    with bench() as shared:
        for turn in range(ROUNDS):
            for arm in random.sample(list(ARMS), len(ARMS)):
                found, sizes[arm] = _measure(shared, arm, turn)
                for mark, value in found.items():
                    seen.setdefault((arm, mark), []).append(value)
    middle = {key: statistics.median(values) for key, values in seen.items()}
    rows: list[dict[str, object]] = [
        {"name": f"Run All to {mark}, {arm}, median", "value": value, "unit": "ms"}
        for (arm, mark), value in sorted(middle.items())
    ]
    bare, controls, chart = (
        middle["explorer", mark] for mark in ("bare slider", "controls", "chart")
    )
    return [
        *rows,
        _ratio("controls / bare slider in the same page", controls / bare, 1.5),
        _ratio("chart / bare slider in the same page", chart / bare, 3),
        _ratio("chart / FigureWidget", chart / middle["figurewidget", "chart"], 0.25),
        *(
            {"name": f"websocket, {arm}", "value": size / 1e6, "unit": "MB"}
            for arm, size in sizes.items()
        ),
    ]


if __name__ == "__main__":
    for line in run():
        print(line)
