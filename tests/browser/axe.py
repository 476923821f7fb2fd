"""Ask axe-core what it has against a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js")


WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def violations(
    page: Page, within: str = "[data-kdebate]", rules: tuple[str, ...] = (*WCAG, "best-practice")
) -> list[str]:
    """One line per violation of WCAG A or AA, or of good practice, inside our own markup."""
    page.add_script_tag(content=AXE.read_text("utf-8"))
    found = page.evaluate(
        """async ([within, runOnly]) => (await axe.run([...document.querySelectorAll(within)], { runOnly })).violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 150)).join(" | ")}`)""",
        [within, [*rules]],
    )
    return [str(line) for line in found]
