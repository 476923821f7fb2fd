"""At 200 % zoom no chart lies over the control that has the focus (WCAG 2.4.11)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kdebate.widgets import ConcessionExplorer, EnforcementExplorer, WavesExplorer

from .conftest import open_ready, served_page

pytestmark = pytest.mark.browser
KINDS = [ConcessionExplorer, EnforcementExplorer, WavesExplorer]
# Where the focus is, and whether anything of it can be seen; null when it has left the explorer.
FOCUSED = """root => {
  const one = document.activeElement;
  if (!one.closest(root)) return null;
  const box = one.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y => [box.x + x * box.width, box.y + y * box.height]));
  const seen = points.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (one.contains(top) || top.contains(one)); });
  return [one.name || one.dataset.action || one.className || one.tagName, seen];
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_the_focus_can_be_seen(
    open_page: Callable[..., Page], tmp_path: Path, kind: type
) -> None:
    root = f"[data-kdebate={kind.__name__}]"
    with served_page(tmp_path, "Zoomed", kind()) as url:
        page = open_ready(open_page, url, root, 640, height=450)
        found = []
        for _ in range(60):
            page.keyboard.press("Tab")
            told = page.evaluate(FOCUSED, root)
            if told is None:
                break
            found.append(told)
        assert len(found) > 10
        assert [name for name, seen in found if not seen] == []
