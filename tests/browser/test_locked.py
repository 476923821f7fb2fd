"""A published page is read and answered, not edited: no key, click or menu changes its cells."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CHAPTER, KIND

pytestmark = pytest.mark.browser

PATIENCE = 60_000
EXPLORER = '[data-kdebate=ConcessionExplorer][data-levers="4"][data-state=ready]'
PROSE = ".jp-MarkdownCell .jp-RenderedMarkdown > p:not(.kdebate-still)"
SCROLLER = ".jp-WindowedPanel-outer"
# All that JupyterLab binds in its command mode, and what clickers send; no key of a group undoes another's work.
GROUPS = [
    list("abcefhjklnopqstuvw.-=123456789"),
    *(["d", "d"], ["x"], ["z"], ["y"], ["m"], ["r"], ["g", "Escape"], ["i", "i"], ["0", "0"]),
    *(
        ["Enter", "Escape"],
        ["Shift+Enter", "Control+Enter"],
        ["Alt+Enter"],
        ["Delete"],
        ["Backspace"],
    ),
    [
        "Shift+A",
        "Shift+B",
        "Shift+D",
        "Shift+J",
        "Shift+K",
        "Shift+L",
        "Shift+M",
        "Shift+O",
        "Shift+V",
    ],
    *(["Control+Shift+ArrowUp"], ["Control+Shift+ArrowDown"], ["Control+Shift+Minus"]),
    *(["Control+x"], ["Control+v"], ["Control+z"], ["Control+Shift+z"], ["Control+Shift+m"]),
    [
        "Control+m",
        "b",
        "Control+b",
        "ArrowUp",
        "ArrowLeft",
        "ArrowRight",
        "Shift+ArrowUp",
        "Shift+ArrowDown",
    ],
]
STATE = """() => [[...document.querySelectorAll('.jp-Notebook .jp-Cell')].map(cell => [
    ['jp-CodeCell', 'jp-MarkdownCell', 'jp-RawCell'].find(kind => cell.classList.contains(kind)),
    cell.classList.contains('jp-mod-rendered'),
    cell.querySelector('.jp-RenderedMarkdown')?.textContent ?? '',
    cell.querySelectorAll('.jp-OutputArea-output').length,
    cell.classList.contains('jp-mod-outputsScrolled'),
    cell.offsetHeight > 0,
]), document.querySelectorAll('.jp-Dialog').length]"""


# Cells and their outputs come one by one: until nothing comes any more.
ALL_THERE = f"""async () => {{
    for (let before = "", now = "x"; now !== before;) {{
        before = now;
        await new Promise((done) => setTimeout(done, 1500));
        now = JSON.stringify(({STATE})());
    }}
}}"""


def alive(page: Page) -> Page:
    expect(page.locator(EXPLORER).first).to_be_visible(timeout=PATIENCE)
    page.evaluate(ALL_THERE)
    return page


@pytest.fixture(scope="module")
def page(app, server, browser) -> Iterator[Page]:
    """One published page for all tests: whatever they do, it stays as it is."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(server.address(CHAPTER, KIND[app]))
    yield alive(page)
    context.close()


def press_all(page: Page, groups: list[list[str]], before: list | None = None) -> None:
    before = before or page.evaluate(STATE)
    for group in groups:
        for key in group:
            page.keyboard.press(key)
        assert page.evaluate(STATE) == before, group


# Each with the place in it where one clicks.
PLACES = {
    "prose": (PROSE, (2, 2)),
    "a heading": (".jp-MarkdownCell h2", (2, 2)),
    "a question's own words": ("[data-kdebate-exercise] :is(h3, legend, label, p):visible", (2, 2)),
    "an explorer's own words": (f"{EXPLORER} .kd-head", (2, 2)),
    "the edge of an output": (".jp-CodeCell .jp-OutputArea", (1, 1)),
    "the place beside an output": (".jp-CodeCell .jp-OutputArea-prompt", (8, 8)),
    "the empty margin": (SCROLLER, (1200, 300)),
    "the tool bar": (".jp-NotebookPanel-toolbar", (500, 8)),
}


@pytest.mark.parametrize("place", PLACES)
def test_no_key_changes_a_page_wherever_one_has_clicked(page, place):
    selector, (x, y) = PLACES[place]
    before = page.evaluate(STATE)
    target = page.locator(selector).first
    target.scroll_into_view_if_needed()
    target.click(position={"x": x, "y": y}, force=True)
    press_all(page, GROUPS, before)


def test_a_clicker_changes_nothing_in_the_big_view(page):
    """Its buttons send these; the browser alone ends the view."""
    page.locator(".jp-NotebookPanel-toolbar").get_by_role("button", name="Present").click()
    page.wait_for_function("document.fullscreenElement !== null")
    page.locator(PROSE).first.click()
    press_all(page, [["b"], ["."], ["PageDown", "PageUp"], ["ArrowDown", "ArrowUp"]])
    assert page.evaluate("document.fullscreenElement !== null")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function("document.fullscreenElement === null")


def test_the_same_keys_do_change_a_page_of_ones_own(app, server, open_page):
    """Else the test above proves nothing; and a copy under another name is free to be edited."""
    (server.folder / "mine.ipynb").write_bytes((server.folder / CHAPTER).read_bytes())
    page = open_page(server.address("mine.ipynb", KIND[app]))
    expect(page.locator(".kdebate-bar[data-kdebate-bar=unknown]")).to_be_visible(timeout=PATIENCE)
    count = len(json.loads((server.folder / "mine.ipynb").read_text("utf-8"))["cells"])
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(count)  # cells come one by one
    page.locator(PROSE).first.click()
    page.keyboard.press("b")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(count + 1)
    page.locator(PROSE).first.click()
    page.keyboard.press("d")
    page.keyboard.press("d")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(count)


def test_scrolling_keys_scroll(page):
    page.locator(SCROLLER).evaluate("node => node.scrollTo(0, 0)")
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


def test_a_double_click_does_not_open_the_source_of_a_text(page):
    for text in page.locator(PROSE).all()[:3]:
        text.dblclick()
        page.keyboard.press("x")
    expect(page.locator(".jp-MarkdownCell:not(.jp-mod-rendered)")).to_have_count(0)


def test_shown_code_is_there_to_be_read(page):
    page.get_by_role("button", name="Show code").click()
    code = page.locator(".jp-CodeCell .jp-InputArea-editor .cm-content:visible").first
    code.click()
    before = code.inner_text()
    press_all(page, GROUPS)
    assert code.inner_text() == before
    page.locator(PROSE).first.click()
    press_all(page, [["b"], ["a"], ["d", "d"], ["x"], ["y"], ["m"], ["r"]])
    expect(page.locator(".jp-Notebook-footer:visible, .jp-cell-toolbar:visible")).to_have_count(0)
    page.get_by_role("button", name="Hide code").click()


HELD = {
    "Edit": [
        *("notebook:cut-cell", "notebook:paste-cell-below", "notebook:delete-cell"),
        *("notebook:split-cell-at-cursor", "notebook:merge-cells", "editmenu:clear-all"),
    ],
    "View": ["notebook:hide-all-cell-outputs"],
    "Kernel": ["kernelmenu:restart-and-clear"],
}
OPEN = ".lm-Menu:visible .lm-Menu-item[data-command]:not(.lm-mod-hidden)"
CHANGES = "notebook:(cut|delete|paste|split|merge|insert|clear|move|undo|redo|toggle-output)"
ITEMS = "all => all.map(one => [one.dataset.command, !one.classList.contains('lm-mod-disabled')])"


@pytest.mark.parametrize("menu", HELD)
def test_menus_offer_no_change(page, menu):
    page.get_by_role("menuitem", name=menu, exact=True).click()
    expect(page.locator(OPEN).first).to_be_visible()
    offered = dict(page.locator(OPEN).evaluate_all(ITEMS))
    page.keyboard.press("Escape")
    found = [offered[name] for name in HELD[menu] if name in offered]
    assert found
    assert not any(found)


def test_a_right_click_offers_no_change(page):
    for selector in (PROSE, ".jp-MarkdownCell", ".jp-CodeCell .jp-OutputArea"):
        page.locator(selector).first.click(button="right", position={"x": 3, "y": 3}, force=True)
        expect(page.locator(OPEN).first).to_be_visible()
        offered = dict(page.locator(OPEN).evaluate_all(ITEMS))
        page.keyboard.press("Escape")
        expect(page.locator(OPEN)).to_have_count(0)
        changing = [name for name in offered if re.match(CHANGES, name)]
        assert changing, "the menu of a cell was not reached"
        assert not [name for name in changing if offered[name]]


def test_find_and_replace_replaces_nothing(page):
    before = page.evaluate(STATE)
    page.get_by_role("menuitem", name="Edit", exact=True).click()
    page.locator('.lm-Menu-item[data-command="documentsearch:startWithReplace"]').click()
    box = page.locator(".jp-DocumentSearch-overlay")
    box.locator("textarea").first.fill("bargain")
    expect(box.locator(".jp-DocumentSearch-index-counter")).to_contain_text("/")
    box.locator("textarea").nth(1).fill("a stranger's word")
    box.get_by_text("Replace All").click()
    page.evaluate(ALL_THERE)  # what is found is shown a moment later
    assert page.evaluate(STATE) == before
    box.locator("textarea").first.press("Escape")
    expect(box).to_have_count(0)
    page.evaluate(ALL_THERE)
    assert page.evaluate(STATE) == before


# A file, cells of another page and a text, dragged from elsewhere, and the same pasted.
BRING = """(node, kinds) => {
    const bag = new DataTransfer();
    const bytes = Uint8Array.from(atob('iVBORw0KGgo='), one => one.charCodeAt(0));
    bag.items.add(new File([bytes], 'a.png', { type: 'image/png' }));
    bag.setData('text/plain', 'a stranger');
    for (const kind of kinds) {
        const about = { bubbles: true, cancelable: true };
        node.dispatchEvent(kind === 'paste' ? new ClipboardEvent(kind, { ...about, clipboardData: bag })
            : new DragEvent(kind, { ...about, dataTransfer: bag }));
    }
}"""


@pytest.mark.parametrize("kinds", [["dragenter", "dragover", "drop"], ["paste"]], ids="+".join)
def test_nothing_can_be_dropped_or_pasted_on_a_page(page, kinds):
    before = page.evaluate(STATE)
    for selector in (PROSE, ".jp-CodeCell .jp-OutputArea", ".jp-Notebook", SCROLLER):
        page.locator(selector).first.evaluate(BRING, kinds)
        page.locator(selector).first.click(button="middle", position={"x": 1, "y": 1}, force=True)
    assert page.evaluate(STATE) == before


def test_no_cell_can_be_dragged_away(page):
    before = page.evaluate(STATE)
    box = page.locator(".jp-MarkdownCell").first.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    for way in (60, 160, 260):
        page.mouse.move(box["x"] + 30, box["y"] + way)
    page.mouse.up()
    assert page.evaluate(STATE) == before


def test_nothing_of_all_this_is_on_the_disk(page):
    """What the tests above did left no trace: the page is saved, and its next opening finds nothing changed."""
    with page.expect_response(lambda reply: reply.request.method == "PUT" and reply.ok):
        page.keyboard.press("Control+s")
    page.reload()
    alive(page)
    expect(page.locator(".kdebate-bar:visible")).to_have_count(0)


def test_originals_are_not_locked(root):
    for path in (root / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not [
            cell["id"] for cell in cells if {"editable", "deletable"} & set(cell["metadata"])
        ]
