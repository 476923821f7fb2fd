"""Scratch notebooks for tests and benchmarks: written plainly, run by the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect


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
