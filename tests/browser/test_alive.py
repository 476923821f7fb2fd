"""
Open a chapter and it is alive; open anything else and it stays still, and says why.

In JupyterLab and in Notebook 7, both started by our launcher, touching nothing.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from kdebate.lab.chapters import lay_out
from kdebate.lab.launcher import LAB, free_port
from tests.browser.axe import violations
from tests.browser.conftest import (
    CHAPTER,
    LAB_ONLY,
    Lab,
    delete,
    started,
    stored_counts,
    wait_until_saved,
)
from tests.browser.notebooks import kernel_processes

pytestmark = pytest.mark.browser

# The one with all four levers, the only one that no prediction locks.
EXPLORER = '[data-kdebate=ConcessionExplorer][data-levers="4"]'
BAR = ".kdebate-bar"
PATIENCE = 60_000
TELLTALE = "from pathlib import Path; Path('ran.txt').touch()"


def ready(page: Page):
    """The first explorer, once its chart is drawn."""
    explorer = page.locator(f"{EXPLORER}[data-state=ready]").first
    expect(explorer).to_be_visible(timeout=PATIENCE)
    return explorer


def slices(explorer):
    return explorer.locator("input[type=number][name=N]")


def kernel_process(server: Lab) -> psutil.Process:
    """The one kernel's process."""
    (process,) = kernel_processes(server)
    return process


def edit(path: Path, change: Callable[[dict], None], to: Path | None = None) -> None:
    """Change a notebook file as a text."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    target = to or path
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(notebook), encoding="utf-8")


def code_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def change_a_cell(notebook: dict) -> None:
    first = code_cells(notebook)[0]
    first["source"] = "".join(first["source"]) + "\n" + TELLTALE


def add_a_cell(notebook: dict) -> None:
    cell = {
        "cell_type": "code",
        "id": "added",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].append(cell | {"source": TELLTALE})


def first_prose(notebook: dict) -> dict:
    return next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")


def change_prose(notebook: dict) -> None:
    first_prose(notebook)["source"] = "# Send your password to the stranger"


def change_much(notebook: dict) -> None:
    """Each kind of difference once; `test_page_parts` has them one by one."""
    change_prose(notebook)
    change_a_cell(notebook)
    add_a_cell(notebook)
    prose = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    prose[1]["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}}
    notebook["cells"].remove(prose[-1])
    cell = {"cell_type": "raw", "id": "raw", "metadata": {}, "source": "a stranger's words"}
    notebook["cells"].insert(1, cell)


def swap_prose(notebook: dict) -> None:
    places = [i for i, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "markdown"]
    cells, (a, b) = notebook["cells"], places[-2:]
    cells[a], cells[b] = cells[b], cells[a]


def has_run(page: Page) -> bool:
    """Whether a cell ran: stored outputs carry the number 1, a run counts on or waits with a star."""
    prompts = page.locator(".jp-InputPrompt, .jp-OutputPrompt").all_text_contents()
    return any(re.search(r"\*|[2-9]|1\d", prompt) for prompt in prompts)


# Alive


def is_alive_untouched_and_shows_no_code(page: Page) -> None:
    explorer = ready(page)
    expect(page.locator(".jp-CodeCell .jp-InputArea-editor:visible")).to_have_count(0)
    expect(page.locator(f"{BAR}:visible")).to_have_count(0)
    before = explorer.locator("[data-readout=holds], [data-readout=weakest]").all_inner_texts()
    explorer.locator("input[type=range][name=N]").press("ArrowRight")
    expect(slices(explorer)).to_have_value("2")
    expect(page.locator(f"{EXPLORER}[data-errors='0']").first).to_be_visible()
    after = explorer.locator("[data-readout=holds], [data-readout=weakest]").all_inner_texts()
    assert before != after


def has_its_code_one_button_away(page: Page) -> None:
    page.get_by_role("button", name="Show code").press("Enter")
    expect(page.locator(".jp-CodeCell .jp-InputArea-editor:visible").first).to_be_visible()
    page.get_by_role("button", name="Hide code").click()
    expect(page.locator(".jp-CodeCell .jp-InputArea-editor:visible")).to_have_count(0)


def keeps_its_values_over_a_reload_and_in_a_second_tab(page: Page, server: Lab) -> None:
    """And nothing runs again."""
    explorer = ready(page)
    slices(explorer).fill("5")
    slices(explorer).press("Tab")
    expect(slices(explorer)).to_have_value("5")
    wait_until_saved(server)
    process = kernel_process(server)
    page.reload()
    expect(slices(ready(page))).to_have_value("5")
    tab = page.context.new_page()
    tab.goto(page.url)
    expect(slices(ready(tab))).to_have_value("5")
    assert kernel_process(server) == process
    counts = stored_counts(server)
    assert counts == list(range(1, len(counts) + 1)), "ran more than once"


def test_chapter_is_alive(show, fresh):
    """And no module that lies beside it is imported."""
    (fresh.folder / "kdebate.py").write_text("open('hijacked.txt', 'w')\nraise SystemExit")
    page = show()
    is_alive_untouched_and_shows_no_code(page)
    has_its_code_one_button_away(page)
    keeps_its_values_over_a_reload_and_in_a_second_tab(page, fresh)
    assert not (fresh.folder / "hijacked.txt").exists()


def kill(server: Lab, page: Page) -> None:
    """The server starts another one by itself."""
    kernel_process(server).kill()


def restart(server: Lab, page: Page) -> None:
    """By JupyterLab's own menu, which leaves every widget on the page without its Python."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator('.lm-Menu-item[data-command="kernelmenu:restart"]').click()
    page.locator(".jp-Dialog .jp-mod-accept").click()


def remove(server: Lab, page: Page) -> None:
    """As a server does that saves memory, or that has started a kernel again too often."""
    (session,) = server.ask("sessions")
    delete(server, f"kernels/{session['kernel']['id']}")


def test_one_click_revives(show, fresh, app):
    page = show()
    ready(page)
    # How a kernel ends does not depend on the application; that the line and its button are there does.
    for end in (kill, restart, remove) if app == "lab" else (kill,):
        gone = kernel_process(fresh)
        end(fresh, page)
        bar = page.locator(f"{BAR}[data-kdebate-bar=stopped]")
        expect(bar).to_be_visible(timeout=PATIENCE)
        expect(bar.get_by_role("status")).to_contain_text("Python has stopped")
        assert violations(page, BAR) == []
        page.evaluate(f"document.querySelector('{EXPLORER}').dataset.old = 'yes'")
        bar.get_by_role("button", name="Start Python again").click()
        revived = page.locator(f"{EXPLORER}[data-state=ready]:not([data-old])").first
        expect(revived).to_be_visible(timeout=PATIENCE)
        expect(page.locator(f"{BAR}:visible")).to_have_count(0)
        assert kernel_process(fresh).pid != gone.pid


# Still


def stays_still(page: Page, server: Lab, why: str, what: str) -> None:
    """The page runs nothing, and says why."""
    bar = page.locator(f"{BAR}[data-kdebate-bar={why}]")
    expect(bar).to_be_visible(timeout=PATIENCE)
    expect(bar.get_by_role("status")).to_contain_text("nothing runs by itself")
    expect(bar.get_by_role("status")).to_contain_text(what)
    assert bar.bounding_box()["height"] >= 44
    expect(page.locator(".jp-CodeCell .jp-InputArea-editor:visible").first).to_be_visible()
    assert not has_run(page)
    assert page.locator(EXPLORER).count() == 0
    assert not (server.folder / "ran.txt").exists()


def test_a_changed_page_stays_still_until_its_button_is_pressed(show, fresh):
    edit(fresh.folder / CHAPTER, change_much)
    page = show()
    said = "2 paragraphs were changed, 1 piece of code was changed, 2 cells were added, 1 cell is missing."
    stays_still(page, fresh, "changed", said)
    bar = page.locator(f"{BAR}[data-kdebate-bar=changed]")
    bar.get_by_role("button", name="Run everything").press("Enter")
    ready(page)
    assert has_run(page)
    assert (fresh.folder / "ran.txt").exists(), "else the tests here prove nothing"


@LAB_ONLY
def test_a_page_in_another_order_stays_still(show, fresh):
    edit(fresh.folder / CHAPTER, swap_prose)
    stays_still(show(), fresh, "changed", "the order of the cells was changed.")


# A widget that is stored in the file, with its view: whoever opens the file would see it.
FOREIGN = {
    "cell_type": "code", "id": "foreign", "metadata": {}, "execution_count": 1, "source": "pass",
    "outputs": [{
        "output_type": "display_data", "metadata": {},
        "data": {"application/vnd.jupyter.widget-view+json": {
            "model_id": "f" * 32, "version_major": 2, "version_minor": 0}},
    }],
}  # fmt: skip
WIDGETS = {"application/vnd.jupyter.widget-state+json": {
    "version_major": 2, "version_minor": 0,
    "state": {
        "f" * 32: {"model_module": "@jupyter-widgets/controls", "model_module_version": "2.0.0",
                   "model_name": "HTMLModel",
                   "state": {"value": "<b class=foreign>stored</b>", "layout": "IPY_MODEL_" + "a" * 32}},
        "a" * 32: {"model_module": "@jupyter-widgets/base", "model_module_version": "2.0.0",
                   "model_name": "LayoutModel", "state": {}},
    },
}}  # fmt: skip


def store_a_widget(notebook: dict) -> None:
    notebook["cells"].insert(0, FOREIGN)
    notebook["metadata"]["widgets"] = WIDGETS


@LAB_ONLY
def test_a_chapter_elsewhere_stays_still_and_its_stored_widgets_show_nothing(show, fresh):
    name = f"elsewhere/{CHAPTER}"
    edit(fresh.folder / CHAPTER, store_a_widget, fresh.folder / name)
    page = show(name)
    stays_still(page, fresh, "unknown", "not one of the published")
    assert page.locator(".foreign").count() == 0
    assert "widgets" not in metadata(fresh, name)


def metadata(server: Lab, name: str) -> dict:
    """What the server tells the page about a notebook."""
    return server.ask(f"contents/{name}")["content"]["metadata"]


# Without our launcher, and without our extension


@contextmanager
def plain_lab(folder: Path, **environment: str) -> Iterator[Lab]:
    """JupyterLab as anyone starts it."""
    lay_out(folder)
    port = free_port()
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=kdebate", "--allow-root"]
    # As it is now, not as it was installed.
    options.append(f"--LabServerApp.extra_labextensions_path={LAB / 'labextensions'}")
    argv = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *options]
    env = {key: value for key, value in os.environ.items() if key != "KDEBATE_CHAPTERS"}
    lab = Lab(f"http://127.0.0.1:{port}", "kdebate", folder)
    with started(argv, env | environment, lab) as up:
        yield up


def test_server_not_started_by_us_stays_still(tmp_path, open_page):
    with plain_lab(tmp_path) as lab:
        page = open_page(lab.address(CHAPTER))
        bar = page.locator(f"{BAR}[data-kdebate-bar=server]")
        expect(bar).to_be_visible(timeout=PATIENCE)
        expect(bar.get_by_role("status")).to_contain_text("not started by kdebate")
        assert not has_run(page)
        # The folds are the chapter's own: nobody is greeted by code.
        expect(page.locator(".jp-CodeCell .jp-InputArea-editor:visible")).to_have_count(0)
        edit(tmp_path / CHAPTER, store_a_widget, tmp_path / "foreign.ipynb")
        assert "widgets" in metadata(lab, "foreign.ipynb")  # the danger is real


def press_until_it_runs(page: Page) -> None:
    """JupyterLab's own command does nothing until page and kernel are there, and nothing shows when they are."""
    expect(page.locator(".jp-MarkdownOutput h1")).to_be_visible(timeout=PATIENCE)
    explorer = page.locator(f"{EXPLORER}[data-state=ready]").first
    for _ in range(5):
        page.get_by_role("button", name="Run everything").click()
        try:
            expect(explorer).to_be_visible(timeout=20_000)
        except AssertionError:
            continue
        return


def test_without_the_extension_one_click_runs_it(tmp_path, open_page):
    config = os.pathsep.join([str(LAB / "still"), str(LAB / "config")])
    with plain_lab(tmp_path, JUPYTER_CONFIG_PATH=config) as lab:
        page = open_page(lab.address(CHAPTER))
        press_until_it_runs(page)
        ready(page)
        assert page.locator(BAR).count() == 0
