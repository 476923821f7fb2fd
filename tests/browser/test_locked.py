"""A published page is read and answered, not edited: no key, click or menu changes its cells."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CHAPTER

pytestmark = pytest.mark.browser

PATIENCE = 60_000
EXPLORER = '[data-kdebate=ConcessionExplorer][data-levers="4"][data-state=ready]'
PROSE = ".jp-MarkdownCell .jp-RenderedMarkdown p"
SCROLLER = ".jp-WindowedPanel-outer"
# All that JupyterLab binds in its command mode, and what clickers send.
LETTERS = list("abcefhijklmnopqrstuvwxyz.-=0123456789")
TWICE = ["d", "d", "d", "d", "x", "z", "0", "0", "i", "i"]
OTHERS = [
    *("Enter", "Shift+Enter", "Control+Enter", "Alt+Enter", "Delete", "Backspace", "Escape"),
    *("Shift+A", "Shift+B", "Shift+D", "Shift+K", "Shift+L", "Shift+M", "Shift+O", "Shift+V"),
    *("Control+Shift+ArrowUp", "Control+Shift+ArrowDown", "Control+Shift+Minus", "Control+b"),
    *("Control+Shift+m", "ArrowUp", "ArrowLeft", "ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"),
]
STATE = """() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].map(cell => [
    ['jp-CodeCell', 'jp-MarkdownCell', 'jp-RawCell'].find(kind => cell.classList.contains(kind)),
    cell.classList.contains('jp-mod-rendered'),
    cell.querySelector('.jp-RenderedMarkdown')?.textContent ?? '',
    cell.offsetHeight > 0,
])"""


def opened(show, name: str = CHAPTER) -> Page:
    page = show(name)
    expect(page.locator(EXPLORER).first).to_be_visible(timeout=PATIENCE)
    return page


def press_all(page: Page, keys: list[str]) -> None:
    before = page.evaluate(STATE)
    for key in keys:
        page.keyboard.press(key)
        assert page.evaluate(STATE) == before, key
        assert page.locator(".jp-Dialog").count() == 0, key


def nothing_was_changed(page: Page, server) -> None:
    """Neither on the page nor, once it is saved, on the disk: the next opening says so."""
    with page.expect_response(lambda reply: reply.request.method == "PUT" and reply.ok):
        page.keyboard.press("Control+s")
    page.reload()
    expect(page.locator(EXPLORER).first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".kdebate-bar:visible")).to_have_count(0)


PLACES = {
    "prose": PROSE,
    "a question's own words": "[data-kdebate-exercise] :is(h3, legend, label, p) >> nth=0",
    "an explorer's own words": f"{EXPLORER} .kd-head",
}


@pytest.mark.parametrize("place", PLACES)
def test_no_key_changes_a_page_wherever_one_has_clicked(show, fresh, place):
    page = opened(show)
    target = page.locator(PLACES[place]).first
    target.scroll_into_view_if_needed()
    target.click(position={"x": 2, "y": 2})
    press_all(page, [*LETTERS, *TWICE, *OTHERS])
    nothing_was_changed(page, fresh)


def test_the_same_keys_do_change_a_page_of_ones_own(show, fresh):
    """Else the test above proves nothing; and a copy under another name is free to be edited."""
    (fresh.folder / "mine.ipynb").write_bytes((fresh.folder / CHAPTER).read_bytes())
    page = show("mine.ipynb")
    expect(page.locator(".kdebate-bar[data-kdebate-bar=unknown]")).to_be_visible(timeout=PATIENCE)
    count = page.locator(".jp-Notebook .jp-Cell").count()
    page.locator(PROSE).first.click()
    page.keyboard.press("b")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(count + 1)
    page.locator(PROSE).first.click()
    page.keyboard.press("d")
    page.keyboard.press("d")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(count)


def test_scrolling_keys_scroll(show):
    page = opened(show)
    page.locator(PROSE).first.click()
    scroller = page.locator(SCROLLER)
    top = "node => node.scrollTop"
    for key in ("ArrowDown", "PageDown", " ", "End"):
        before = scroller.evaluate(top)
        page.keyboard.press(key)
        page.wait_for_function(
            f"before => document.querySelector('{SCROLLER}').scrollTop > before", arg=before
        )
    page.keyboard.press("Home")
    page.wait_for_function(f"document.querySelector('{SCROLLER}').scrollTop === 0")


def test_a_double_click_does_not_open_the_source_of_a_text(show):
    page = opened(show)
    for text in page.locator(PROSE).all()[:3]:
        text.dblclick()
        page.keyboard.press("x")
    expect(page.locator(".jp-MarkdownCell:not(.jp-mod-rendered)")).to_have_count(0)


def test_shown_code_is_there_to_be_read(show, fresh):
    page = opened(show)
    page.get_by_role("button", name="Show code").click()
    code = page.locator(".jp-CodeCell .jp-InputArea-editor .cm-content:visible").first
    code.click()
    before = code.inner_text()
    press_all(page, ["b", "a", "d", "d", "x", *OTHERS])
    assert code.inner_text() == before
    page.locator(PROSE).first.click()
    press_all(page, ["b", "a", "d", "d", "x", "y", "m", "r"])
    expect(page.locator(".jp-Notebook-footer:visible, .jp-cell-toolbar:visible")).to_have_count(0)
    page.get_by_role("button", name="Hide code").click()
    nothing_was_changed(page, fresh)


EDITS = ["cut-cell", "paste-cell-below", "delete-cell", "split-cell-at-cursor", "merge-cells"]


def test_menus_offer_no_change(show):
    page = opened(show)
    page.get_by_role("menuitem", name="Edit", exact=True).click()
    menu = page.locator(".lm-Menu:visible")
    offered = menu.locator(
        ", ".join(f'.lm-Menu-item[data-command="notebook:{name}"]' for name in EDITS)
    )
    expect(offered.first).to_be_visible()
    grey = offered.evaluate_all("all => all.map(one => one.classList.contains('lm-mod-disabled'))")
    assert grey
    assert all(grey)
    page.keyboard.press("Escape")
    page.locator(PROSE).first.click(button="right")
    menu = page.locator(".lm-Menu:visible")
    expect(menu.first).to_be_visible()
    names = menu.locator(
        ".lm-Menu-item:not(.lm-mod-disabled):not(.lm-mod-hidden)[data-command]"
    ).evaluate_all("all => all.map(one => one.dataset.command)")
    assert not [name for name in names if name.removeprefix("notebook:") in EDITS]


def test_originals_are_not_locked(root):
    for path in (root / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not [
            cell["id"] for cell in cells if {"editable", "deletable"} & set(cell["metadata"])
        ]
