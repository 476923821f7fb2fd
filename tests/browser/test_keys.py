"""Every editing key does in our fields what it does in any field of a page, in JupyterLab and in Notebook 7."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import KIND, pages
from tests.browser.notebooks import run_cell, write_notebook

pytestmark = pytest.mark.browser

CARD = "[data-kdebate-exercise='00-first-view']"
SOURCE = """from IPython.display import display
from kdebate.exercises import Journal, Reflect
from kdebate.widgets import ConcessionExplorer
display(Reflect("00-first-view"), ConcessionExplorer(), Journal())"""
FIELDS = {
    "text": f"{CARD} textarea",
    "name": "[data-kdebate-journal] input[name=learner]",
    "code": "[data-kdebate=ConcessionExplorer] input[name=code]",
    "number": "[data-kdebate=ConcessionExplorer] input[type=number][name=N]",
}
TEXT_KEYS = [
    "Enter t",
    "Enter Enter t",
    "Shift+Enter t",
    "Control+Enter t",
    "u Control+z",
    "u Control+z Control+y",
    "u Control+z Control+Shift+z",
    "Control+a Delete Control+z",
    "Backspace Backspace",
    "Home Delete Delete",
    "ArrowLeft ArrowLeft q ArrowRight r",
    "ArrowUp q ArrowDown r",
    "Home q End r",
    "Control+Home q Control+End r",
    "Control+ArrowLeft q Control+ArrowLeft r Control+ArrowRight s",
    "Shift+ArrowLeft Shift+ArrowLeft q",
    "Control+Backspace",
    "Control+a q",
    "Control+a Control+x Control+v Control+v",
    "Control+a Control+c End Control+v",
    "d d x b a z m y r 0 0 i i",
    "Escape q",
]
NUMBER_KEYS = [
    "Backspace 7",
    "7 Control+z",
    "7 Control+z Control+y",
    "Backspace 7 Control+z Control+z",
    "Backspace 7 Control+z Control+z Control+y",
    "Home Delete 8 Control+z Control+z Control+y Control+y",
    "Control+a 9 Control+z Control+y",
    "Home Delete 8",
    "ArrowUp",
    "ArrowDown ArrowDown",
    "Control+a 9",
    "Control+a Control+x Control+v",
    "d d x b a",
]
TWIN = """(field) => {
  document.querySelector("#twin")?.remove();
  const twin = field.cloneNode();
  twin.id = "twin";
  twin.style.cssText = "position: fixed; top: 0; left: 0; z-index: 100000; width: 300px";
  document.body.append(twin);
}"""
# A page that writes anything while one types makes each key one step of Chromium's undo: so does the number's twin.
ANSWERS = """(twin) => {
  const said = document.createElement("output");
  twin.addEventListener("input", () => { said.textContent = twin.value; });
  document.body.append(said);
}"""
SEEN = "(one) => [one.value, one.selectionStart, one.selectionEnd, one === document.activeElement]"


@pytest.fixture(scope="module")
def page(app, server, browser):
    """One page for both tests: each begins with fields that it fills itself."""
    write_notebook(server.folder, "own.ipynb", [SOURCE, "1 + 1"])
    with pages(browser) as open_page:
        yield shown(open_page(server.address("own.ipynb", KIND[app]), width=1400, height=1000))


def shown(page):
    """The page, once its first cell has run."""
    page.wait_for_selector(".jp-CodeCell")
    page.wait_for_selector(
        "[data-status=idle], .jp-Toolbar-kernelStatus[title*=Idle], .jp-NotebookKernelStatus",
        state="attached",
    )
    run_cell(page, 0)
    page.wait_for_selector("[data-kdebate=ConcessionExplorer][data-state=ready]")
    page.locator("[data-action=share]").click()
    return page


def after(page, field, start, pressed):
    """What a field holds, and where the caret stands, after some keys."""
    field.fill(start)
    for key in pressed.split():
        page.keyboard.press(key)
    return field.evaluate(SEEN)


def test_every_editing_key_does_what_it_does_elsewhere(page):
    cells = page.locator(".jp-Cell").count()
    differ = []
    for name, selector in FIELDS.items():
        field = page.locator(selector)
        field.evaluate(TWIN)
        if name == "number":
            page.locator("#twin").evaluate(ANSWERS)
        start, keys = ("12", NUMBER_KEYS) if name == "number" else ("one two three", TEXT_KEYS)
        for pressed in keys:
            if name != "text" and "Enter" in pressed:
                continue  # in a field of one line Enter is no editing key
            ours = after(page, field, start, pressed)
            plain = after(page, page.locator("#twin"), start, pressed)
            differ += [(name, pressed, ours, plain)] if ours != plain else []
        page.locator("#twin").evaluate("(one) => one.remove()")
    assert differ == []
    assert page.locator(".jp-Cell").count() == cells


def test_paragraphs_reach_the_journal_and_tab_leaves_the_field(page):
    card = page.locator(CARD)
    field = card.locator("textarea")
    field.fill("One.")
    for key in ("Enter", "Enter", "T", "w", "o", "Tab"):
        page.keyboard.press(key)
    expect(card.locator("[data-action=store]")).to_be_focused()
    expect(field).to_have_value("One.\n\nTwo")
    expect(card).to_have_attribute("data-saved", "disk")
    page.locator("[data-kdebate=ConcessionExplorer] input[name=code]").fill("class-default,N=2")
    page.keyboard.press("Enter")
    expect(page.locator("input[type=number][name=N]")).to_have_value("2")
