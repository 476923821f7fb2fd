"""
Seconds from navigation to the first chart: alive on opening, beside Run All Cells by hand.

Cold: no kernel, a browser profile of its own. Warm: a reload while the kernel lives. "By hand" is
the same page with our page extension switched off and the button pressed the moment it is there,
so a real reader, who first has to find it, is slower. Order is drawn anew in each round.
"""

import os
import random
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from kdebate.lab.chapters import lay_out
from kdebate.lab.launcher import LAB
from tests.browser.conftest import FLAGS, Lab, running_lab
from tools.chromium import find

ROUNDS = 5
CHAPTER = "04-concede-step-by-step.ipynb"
CHART = "[data-kdebate][data-state=ready]"
IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
CELLS = ".jp-Notebook .jp-MarkdownOutput h1"


def run() -> list[dict[str, Any]]:
    """Medians over the rounds."""
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        ours, by_hand = Path(folder, "ours"), Path(folder, "by-hand")
        ours.mkdir()
        by_hand.mkdir()
        with running_lab(ours) as alive:
            # Read when the second server starts: the same settings, the page extension off.
            os.environ["JUPYTER_CONFIG_PATH"] = str(LAB / "still")
            with running_lab(by_hand) as still:
                for _ in range(ROUNDS):
                    ways = [(alive, False), (still, True)]
                    random.shuffle(ways)
                    for lab, hand in ways:
                        for name, value in open_once(browser, lab, hand).items():
                            seconds.setdefault(name, []).append(value)
        browser.close()
    return rows({name: statistics.median(values) for name, values in seconds.items()})


def open_once(browser: Browser, lab: Lab, by_hand: bool) -> dict[str, float]:
    """Open the chapter cold, then reload it."""
    as_on_the_first_day(lab)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(lab.address(CHAPTER))
    page.wait_for_selector(CELLS, timeout=60_000)
    cells = time.perf_counter() - start
    if by_hand:
        page.wait_for_selector(IDLE, timeout=60_000)  # pressed earlier, the button does nothing
        page.get_by_role("button", name="Run everything").click()
    chart = until_chart(page, start)
    if by_hand:
        context.close()
        return {"by hand": chart}
    page.wait_for_function("!document.title.includes('*')")
    start = time.perf_counter()
    page.reload()
    warm = until_chart(page, start)
    context.close()
    return {"cells": cells, "alive": chart, "warm": warm}


def until_chart(page: Page, start: float) -> float:
    """Seconds from `start` until the first chart is drawn."""
    page.wait_for_selector(CHART, timeout=60_000)
    return time.perf_counter() - start


def as_on_the_first_day(lab: Lab) -> None:
    """No kernel runs, the copy is as published."""
    sessions: Any = lab.ask("sessions")
    for session in sessions:
        url = f"{lab.url}/api/sessions/{session['id']}?token={lab.token}"
        urllib.request.urlopen(urllib.request.Request(url, method="DELETE"), timeout=30).close()
    (lab.folder / CHAPTER).unlink()
    lay_out(lab.folder)


def rows(median: dict[str, float]) -> list[dict[str, Any]]:
    """In the runner's form. Our way must not be slower than a button pressed at once."""
    by_hand = median["by hand"]
    return [
        {"name": "navigation to cells, cold", "value": median["cells"], "unit": "s"},
        {
            "name": "navigation to first chart, cold, no click",
            "value": median["alive"],
            "unit": "s",
            "ratio": median["alive"] / by_hand,
            "budget": 1.25,
        },
        {
            "name": "navigation to first chart, Run everything at once",
            "value": by_hand,
            "unit": "s",
        },
        {
            "name": "reload to first chart, warm",
            "value": median["warm"],
            "unit": "s",
            "ratio": median["warm"] / by_hand,
            "budget": 1.25,
        },
    ]
