"""One frame over two states, as two bargains side by side need it: one history, one code, one count of errors."""

import json

import pytest
from playwright.sync_api import Page, expect

from kdebate.widgets import ConcessionExplorer

pytestmark = pytest.mark.browser
ROOT = "[data-kdebate=Two]"

BUILD = """async (state) => {
    const { memoryModel } = await import('./page/load.js');
    const { Frame } = await import('./frame/frame.js');
    const { leverPanel } = await import('./frame/panel.js');
    const other = Object.fromEntries(Object.entries(state).map(([name, value]) => [`${name}_b`, value]));
    const view = (words, names, values) => ({ verdict: 'holds', chip: '', short: '', effect: '', alt: 'chart', caption: '',
        sentence: `N is ${values.N}`, readouts: [], table: { caption: '', head: [], rows: [] } });
    const chart = async () => () => ({ draw: () => {}, rearrange: () => {} });
    const model = memoryModel({ ...state, ...other });
    const gone = new AbortController();
    new Frame({ model, el: document.body, signal: gone.signal }, { name: 'Two' }, (frame) => [
        leverPanel(frame, frame.store(), { view, chart }),
        leverPanel(frame, frame.store('_b'), { view, chart }, `${frame.prefix}b`),
    ]).mount(document.body);
    globalThis.two = { model, gone };
}"""


@pytest.fixture
def page(open_page, static_url) -> Page:
    opened = open_page(f"{static_url}/package.json")
    opened.evaluate(BUILD, json.loads(json.dumps(ConcessionExplorer().page_state())))
    expect(opened.locator(ROOT)).to_have_attribute("data-state", "ready")
    return opened


def move(page: Page, side: int, value: int) -> None:
    box = page.locator(f"{ROOT} input[type=number][name=N]").nth(side)
    box.fill(str(value))
    box.press("Tab")


def said(page: Page) -> list[str]:
    return page.locator(f"{ROOT} [data-readout=sentence]").all_inner_texts()


def press(page: Page, action: str) -> None:
    page.locator(f"{ROOT} [data-action={action}]").click()


def test_undo_follows_the_hand_from_one_side_to_the_other(page: Page) -> None:
    move(page, 0, 3)
    move(page, 1, 5)
    assert said(page) == ["N is 3", "N is 5"]
    press(page, "undo")
    assert said(page) == ["N is 3", "N is 1"]
    press(page, "undo")
    assert said(page) == ["N is 1", "N is 1"]
    expect(page.locator(f"{ROOT} [data-action=undo]")).to_be_disabled()
    press(page, "redo")
    press(page, "redo")
    assert said(page) == ["N is 3", "N is 5"]
    page.wait_for_function("two.model.get('N') === 3 && two.model.get('N_b') === 5")
    assert page.evaluate("two.model.get('history_b').codes.at(-1)") == "class-default,N=5"


def test_one_code_holds_both_sides(page: Page) -> None:
    move(page, 1, 4)
    press(page, "share")
    code = page.locator(f"{ROOT} input[name=code]")
    expect(code).to_have_value("class-default|class-default,N=4")
    code.fill("class-default,N=7|class-default,N=2")
    code.press("Enter")
    assert said(page) == ["N is 7", "N is 2"]
    assert page.locator(ROOT).get_attribute("data-errors") == "0"


def test_a_frame_that_is_gone_hears_nothing_more(page: Page) -> None:
    page.evaluate("two.gone.abort()")
    page.evaluate("two.model.set('N', 9)")
    assert said(page) == ["N is 1", "N is 1"]
