"""Scratch notebooks for tests and benchmarks: written plainly, run by the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from playwright.sync_api import Locator, Page, TimeoutError, expect

if TYPE_CHECKING:
    from .conftest import Lab


def write_notebook(folder: Path, name: str, sources: list[str]) -> None:
    """A page of the learner's own: it runs only when told."""
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{i}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": text,
        }
        for i, text in enumerate(sources)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / name).write_text(json.dumps(notebook))


def run_cell(page: Page, index: int) -> Locator:
    """Run one cell and leave the selection on it."""
    cell = page.locator(".jp-CodeCell").nth(index)
    prompt = cell.locator(".jp-InputArea-prompt")
    before = prompt.text_content()
    for _ in range(5):
        if page.locator(".jp-Dialog").count():
            page.keyboard.press("Escape")  # a slow server makes JupyterLab ask whether to wait
        try:
            prompt.click(timeout=10_000)
            page.keyboard.press("Control+Enter")
            expect(prompt).not_to_have_text(before, timeout=10_000)
        except (AssertionError, TimeoutError):
            continue  # a bar that appears just then can swallow the click
        return cell
    raise AssertionError(f"cell {index} did not run")


def open_scratch(
    open_page: Callable[..., Page], lab: Lab, name: str, sources: list[str], root: str
) -> Page:
    """A fresh notebook whose first cell, already run, shows a widget."""
    write_notebook(lab.folder, f"{name}.ipynb", sources)
    page = open_page(lab.address(f"{name}.ipynb"), width=1400, height=1000)
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
    page.wait_for_selector(
        "[data-status=idle], .jp-Toolbar-kernelStatus[title*=Idle]", state="attached"
    )
    run_cell(page, 0)
    page.wait_for_selector(f"{root}[data-state=ready]")
    return page


def sources(page: Page) -> list[str]:
    """The source of every cell, read from the notebook's own model."""
    return page.locator(".jp-CodeCell").evaluate_all(
        "cells => cells.map(c => c.querySelector('.cm-content')?.textContent ?? '')"
    )


def kernel_processes(lab: Lab, name: str | None = None) -> list[psutil.Process]:
    """The processes behind a server's notebooks, or behind one of them: a kernel's command carries its id."""
    ids = [one["kernel"]["id"] for one in lab.ask("sessions") if name in (None, one["path"])]
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(kernel in word for kernel in ids for word in process.info["cmdline"] or [])
    ]


def kill_kernel(lab: Lab, page: Page) -> None:
    """End the process of this page's kernel."""
    (process,) = kernel_processes(lab, page.url.split("/")[-1].split("?")[0])
    process.kill()


def dismiss_dialog(page: Page) -> None:
    """JupyterLab tells of the restart in a dialog of its own; it comes when it comes."""
    page.add_locator_handler(page.locator(".jp-Dialog"), lambda: page.keyboard.press("Escape"))
