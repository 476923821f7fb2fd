"""Explorers in a JupyterLab whose Python dies: each goes on, and says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Lab
from .notebooks import dismiss_dialog, kill_kernel, open_scratch

pytestmark = pytest.mark.browser
CELL = """from kdebate.widgets import BasketExplorer, ConcessionExplorer, WavesExplorer
display(ConcessionExplorer(), WavesExplorer(), BasketExplorer())"""
KINDS = ("Concession", "Waves", "Basket")


def test_a_killed_python_leaves_a_working_page(lab: Lab, open_page: Callable[..., Page]) -> None:
    first, *others = (f"[data-kdebate={kind}Explorer]" for kind in KINDS)
    page = open_scratch(open_page, lab, "killed", [CELL], first)
    for root in others:
        page.wait_for_selector(f"{root}[data-state=ready]")
    kill_kernel(lab, page)
    expect(page.locator(".kd-stopped:visible")).to_have_count(len(KINDS), timeout=60_000)
    dismiss_dialog(page)
    for root, moves in zip((first, *others), (concession, waves, basket), strict=True):
        explorer = page.locator(root)
        moves(explorer, explorer.locator("[data-readout=sentence]"))
        assert explorer.get_attribute("data-errors") == "0"


def concession(explorer: Locator, sentence: Locator) -> None:
    stopped = explorer.locator(".kd-stopped")
    expect(stopped).to_contain_text("Python has stopped. This page still works.")

    def lever(name: str) -> Locator:
        return explorer.locator(f"input[type=range][name={name}]")

    for name, value in (("N", "2"), ("pressure", "0.6"), ("q_b", "0.35")):
        before = sentence.text_content() or ""
        lever(name).focus()
        lever(name).fill(value)
        expect(sentence).not_to_have_text(before)
    lever("N").press("ArrowRight")
    expect(sentence).to_contain_text("At 3, the weakest is slice 3")
    explorer.locator("[data-action=undo]").click()
    expect(sentence).to_contain_text("At 2, the weakest is slice 2")
    stopped.get_by_role("button", name="What to do").click()
    expect(stopped).to_contain_text("Run All Cells")


def waves(explorer: Locator, sentence: Locator) -> None:
    explorer.locator("select[name=rule]").select_option("days")
    expect(sentence).to_contain_text("33 of 146 launch days")


def basket(explorer: Locator, sentence: Locator) -> None:
    explorer.locator("[data-item=terrorism_list]").click()
    expect(explorer.locator("[data-card]")).to_have_attribute("data-card", "terrorism_list")
    explorer.locator("[data-show=asked]").click()
    expect(sentence).to_contain_text("26 of 38 items")
