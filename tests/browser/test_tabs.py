"""A row of tabs under the keyboard: one stop of the Tab key, arrows choose, and each panel is named by its tab."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BUILD = """async () => {
    const { tabRow } = await import('./frame/tabs.js');
    const tabs = ['one', 'two', 'three'].map((id) =>
        ({ id, name: id, panel: Object.assign(document.createElement('div'), { textContent: `panel ${id}` }) }));
    const row = tabRow('t', 'Parts', tabs, (id) => row.show(id));
    const after = Object.assign(document.createElement('button'), { textContent: 'after' });
    document.body.replaceChildren(row.node, ...tabs.map(({ panel }) => panel), after);
    row.show('two');
}"""


@pytest.fixture
def page(open_page, static_url) -> Page:
    opened = open_page(f"{static_url}/package.json")
    opened.evaluate(BUILD)
    return opened


def chosen(page: Page) -> list[str]:
    """The marked tab, what is in sight, and where the focus stands."""
    return [
        page.get_by_role("tab", selected=True).inner_text(),
        page.get_by_role("tabpanel").inner_text(),
        page.evaluate("document.activeElement.textContent"),
    ]


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("Tab", "two"),
        ("Tab ArrowRight ArrowRight", "one"),
        ("Tab End ArrowLeft", "two"),
        ("Tab Home", "one"),
    ],
)
def test_keys_choose_a_tab_and_its_panel(page: Page, keys: str, name: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)
    assert chosen(page) == [name, f"panel {name}", name]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "after"


def test_a_click_chooses_and_a_panel_bears_its_tabs_name(page: Page) -> None:
    page.get_by_role("tab", name="three").click()
    expect(page.get_by_role("tabpanel", name="three")).to_have_text("panel three")
    expect(page.get_by_role("tabpanel")).to_have_count(1)
