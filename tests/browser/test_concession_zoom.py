"""Zoomed in, or on a phone's side, nothing lies over the control that has the focus, and nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kdebate import models
from kdebate.figures import keep_or_cheat
from kdebate.widgets import (
    BasketExplorer,
    ConcessionExplorer,
    EnforcementExplorer,
    FigureCard,
    LadderExplorer,
    WavesExplorer,
)

from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
KINDS = [
    ConcessionExplorer,
    EnforcementExplorer,
    LadderExplorer,
    WavesExplorer,
    BasketExplorer,
    FigureCard,
]
SIZES = {"200 %": (640, 450), "400 %": (320, 225), "on its side": (568, 320)}
# Where the focus is, and whether anything of it can be seen; null when it has left the explorer.
FOCUSED = """root => {
  const one = document.activeElement;
  if (!one.closest(root)) return null;
  const box = one.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y => [box.x + x * box.width, box.y + y * box.height]));
  const seen = points.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (one.contains(top) || top.contains(one)); });
  return [one.name || one.dataset.action || one.className || one.tagName, seen];
}"""


def walk(page: Page, root: str) -> list[list[object]]:
    """What has the focus on the way through by Tab: its name, and whether it is seen."""
    found = []
    for _ in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate(FOCUSED, root)
        if told is None:
            break
        found.append(told)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_the_focus_can_be_seen(
    open_page: Callable[..., Page], tmp_path: Path, kind: type
) -> None:
    root = f"[data-kdebate={kind.__name__}]"
    given = [keep_or_cheat(models.effective_deal({}))] if kind is FigureCard else []
    with served_page(tmp_path, "Zoomed", kind(*given)) as url:
        for name, (width, height) in SIZES.items():
            page = open_ready(open_page, url, root, width, height=height)
            found = walk(page, root)
            assert found, name
            assert [one for one, seen in found if not seen] == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
