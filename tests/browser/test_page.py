"""
What the line above a page offers: the published page back, news, everything run once more.

And what it says about places where a page cannot work as usual.
"""

import base64
import http.server
import json
import os
import re
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from kdebate.lab import content
from kdebate.lab.chapters import lay_out
from tests.browser.axe import violations
from tests.browser.conftest import CHAPTER, KIND, LAB_ONLY, running_lab, wait_until_saved

pytestmark = pytest.mark.browser

PATIENCE = 60_000
BAR = ".kdebate-bar"
EXPLORER = '[data-kdebate=ConcessionExplorer][data-levers="4"][data-state=ready]'
HELD = ".jp-Cell[style*=min-height]"  # a cell kept as high as it was, while it is drawn anew
PUT_BACK = "Put the published page back (your answers stay)"


def change(path: Path, act: Callable[[dict], None]) -> None:
    """Change a notebook file as a text."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    act(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def say_something(notebook: dict, text: str = "# My own title") -> None:
    notebook["cells"][0]["source"] = text


def ready(page: Page) -> None:
    expect(page.locator(EXPLORER).first).to_be_visible(timeout=PATIENCE)


def bar(page: Page, key: str):
    shown = page.locator(f"{BAR}[data-kdebate-bar={key}]")
    expect(shown).to_be_visible(timeout=PATIENCE)
    return shown


def cells(path: Path) -> list[str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"]]


# The published page, back in its place


def take_another_kernel(notebook: dict) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "other"}


def say_something_to_another_kernel(notebook: dict) -> None:
    say_something(notebook)
    take_another_kernel(notebook)


def comes_back(page: Page, fresh, published: list[str], kept: str) -> None:
    line = bar(page, "changed")
    assert violations(page, BAR) == []
    line.get_by_role("button", name=PUT_BACK).click()
    ready(page)
    expect(bar(page, "restored").get_by_role("status")).to_contain_text(kept)
    path = fresh.folder / CHAPTER
    assert cells(path) == published
    assert content.is_locked(json.loads(path.read_text(encoding="utf-8")))
    assert cells(fresh.folder / kept)[0] == "# My own title"
    assert [session["kernel"]["name"] for session in fresh.ask("sessions")] == ["python3"]
    page.reload()
    ready(page)
    expect(page.locator(f"{BAR}:visible")).to_have_count(0)


def test_published_page_and_kernel_come_back_and_the_changed_page_is_kept(show, fresh, root):
    change(fresh.folder / CHAPTER, say_something_to_another_kernel)
    published = cells(root / "notebooks" / CHAPTER)
    comes_back(show(), fresh, published, CHAPTER.replace(".ipynb", "-kept.ipynb"))


@LAB_ONLY
def test_a_kept_page_is_not_overwritten_and_a_kernel_alone_comes_back(show, fresh):
    kept = fresh.folder / CHAPTER.replace(".ipynb", "-kept.ipynb")
    kept.write_text("mine")
    change(fresh.folder / CHAPTER, take_another_kernel)
    page = show()
    line = bar(page, "kernel")
    for said in ("another kernel", "nothing runs by itself"):
        expect(line.get_by_role("status")).to_contain_text(said)
    assert page.locator(EXPLORER).count() == 0
    line.get_by_role("button", name=PUT_BACK).click()
    ready(page)
    assert [session["kernel"]["name"] for session in fresh.ask("sessions")] == ["python3"]
    expect(bar(page, "restored").get_by_role("status")).to_contain_text("-kept-2.ipynb")
    assert kept.read_text() == "mine"


@LAB_ONLY
@pytest.mark.parametrize("spec", [{"name": "venv-of-vs-code", "display_name": "x"}, None])
def test_unknown_kernel_brings_no_dialog(show, fresh, spec):
    def forget(notebook):
        notebook["metadata"].pop("kernelspec")
        if spec:
            notebook["metadata"]["kernelspec"] = spec

    change(fresh.folder / CHAPTER, forget)
    page = show()
    ready(page)
    assert page.locator(".jp-Dialog").count() == 0


@LAB_ONLY
def test_page_stays_still_where_it_cannot_be_compared(fresh, app, open_page):
    page = open_page("about:blank")
    page.route(re.compile("published%20by%20kdebate"), lambda route: route.abort())
    page.goto(fresh.address(CHAPTER, KIND[app]))
    expect(bar(page, "unread").get_by_role("status")).to_contain_text("nothing runs by itself")
    assert page.locator(EXPLORER).count() == 0


# Run everything


def run_everything_stays_where_the_reader_is(page: Page) -> None:
    expect(page.locator(HELD)).to_have_count(0, timeout=PATIENCE)  # all is drawn
    page.locator(".jp-MarkdownCell").nth(12).scroll_into_view_if_needed()
    top = page.locator(".jp-WindowedPanel-outer").evaluate("node => node.scrollTop")
    page.evaluate(f"document.querySelectorAll('{EXPLORER}').forEach(one => one.dataset.old = 1)")
    page.get_by_role("button", name="Run everything").click()
    expect(page.locator(f"{EXPLORER}:not([data-old])").first).to_be_attached(timeout=PATIENCE)
    expect(page.locator(HELD)).to_have_count(0, timeout=PATIENCE)
    now = page.locator(".jp-WindowedPanel-outer").evaluate("node => node.scrollTop")
    assert abs(now - top) < 5
    assert top > 500


def a_file_changed_by_another_program_is_seen_when_it_is_read_anew(page: Page, fresh) -> None:
    accept = page.locator(".jp-Dialog .jp-mod-accept")  # it asks where the page is not saved
    page.add_locator_handler(accept, lambda: accept.click())
    change(fresh.folder / CHAPTER, say_something)
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.locator('.lm-Menu-item[data-command="docmanager:reload"]').click()
    bar(page, "changed")
    expect(page.locator(".jp-MarkdownOutput h1")).to_have_text(re.compile("My own title"))


def test_a_page_that_runs_once_more_and_is_read_anew(show, fresh):
    page = show()
    ready(page)
    expect(page.locator(f"{BAR}:visible")).to_have_count(0)
    wait_until_saved(fresh)  # else JupyterLab asks which of the two to keep
    run_everything_stays_where_the_reader_is(page)
    a_file_changed_by_another_program_is_seen_when_it_is_read_anew(page, fresh)


@LAB_ONLY
def test_run_everything_waits_for_python(show, fresh, app, open_page):
    """Pressed before there is a kernel, it says so and runs as soon as there is one."""
    change(fresh.folder / CHAPTER, say_something)
    page = open_page("about:blank")
    held: list[Route] = []
    released: list[bool] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and not released:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/sessions*", hold)
    page.goto(fresh.address(CHAPTER, KIND[app]))
    button = page.get_by_role("button", name="Run everything").first
    expect(page.locator(".jp-MarkdownOutput h1")).to_be_visible(timeout=PATIENCE)
    button.click()
    bar(page, "starting")
    released.append(True)
    for route in held:
        route.continue_()
    ready(page)


# Nothing is fetched from elsewhere


@contextmanager
def stranger() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who asks it for something; its address and its notes."""
    asked: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting) as up:
        threading.Thread(target=up.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{up.server_port}", asked
        up.shutdown()


# One cell each: what a text can carry, and what stored outputs can.
PROSE = [
    "![x]({url}/prose.png)",
    "![x][r]\n\n[r]: {url}/reference.png",
    '<img srcset="{url}/set.png 1x"><picture><source srcset="{url}/source.png"><img src="x"></picture>',
    '<p style="background: url({url}/background.png); list-style: url({url}/list.png)">x</p>',
    '<style>@import url({url}/import.css)</style><link rel="stylesheet" href="{url}/link.css">',
    '<iframe src="{url}/frame"></iframe><object data="{url}/object"></object><embed src="{url}/embed">',
    '<svg><image href="{url}/image.png"/></svg><table background="{url}/table.png"></table>',
    '<video src="{url}/film.mp4" poster="{url}/poster.png" autoplay></video><audio src="{url}/a.mp3"></audio>',
    '<script src="{url}/script.js"></script><img src="x" onerror="fetch(\'{url}/error\')">',
    '<meta http-equiv="refresh" content="0;url={url}/refresh"><input type="image" src="{url}/input.png">',
    '```mermaid\nflowchart LR\nA@{{ img: "{url}/mermaid.png", w: 60, h: 60 }}\n```',
    "![x](attachment:a.svg)",
]
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/attached.png"/></svg>'
OUTPUTS = {
    "text/html": '<b class="stored">stored</b><img src="{url}/output.png">',
    "image/svg+xml": SVG,
    "text/markdown": "![x]({url}/output-text.png)",
    "application/javascript": "fetch('{url}/script')",
    "application/vnd.vegalite.v5+json": {"data": {"url": "{url}/table.json"}, "mark": "bar"},
}


def with_pictures_of(url: str) -> Callable[[dict], None]:
    """A chapter whose prose and stored outputs ask a stranger for pictures and tables."""

    def act(notebook: dict) -> None:
        picture = base64.b64encode(SVG.format(url=url).encode()).decode()
        texts = [
            {"cell_type": "markdown", "id": f"text-{i}", "metadata": {}, "source": text.format(url=url),
             "attachments": {"a.svg": {"image/svg+xml": picture}}}
            for i, text in enumerate(PROSE)
        ]  # fmt: skip
        code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        code["execution_count"] = 1
        code["outputs"] = [
            {"output_type": "display_data", "metadata": {},
             "data": json.loads(json.dumps({kind: data}).replace("{url}", url))}
            for kind, data in OUTPUTS.items()
        ]  # fmt: skip
        notebook["cells"] = texts + notebook["cells"]

    return act


def test_changed_page_fetches_nothing_from_elsewhere(show, fresh):
    with stranger() as (url, asked):
        change(fresh.folder / CHAPTER, with_pictures_of(url))
        page = show()
        bar(page, "changed")
        expect(page.locator(".kdebate-differs img[alt=x]").first).to_be_attached()
        page.wait_for_load_state("networkidle")
        assert page.locator(".stored").count() == 0
        (fresh.folder / "own.ipynb").write_bytes((fresh.folder / CHAPTER).read_bytes())
        own = show("own.ipynb")
        bar(own, "unknown")
        expect(own.locator(".vega-embed")).to_be_attached(timeout=PATIENCE)
        own.wait_for_load_state("networkidle")
        assert asked == []


# Places where a page cannot work as usual


POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self' ws:; img-src 'self' data: blob:"
)


def test_policy_without_blob_is_said_in_words(tmp_path, open_page):
    headers = {"headers": {"Content-Security-Policy": POLICY}}
    with running_lab(tmp_path, more=[f"--ServerApp.tornado_settings={headers}"]) as lab:
        page = open_page(lab.address(CHAPTER))
        expect(bar(page, "blocked").get_by_role("status")).to_contain_text("allow blob:")
        assert page.locator(".jp-OutputArea-output").count() == 0


@pytest.fixture
def npm_that_tells(tmp_path_factory, monkeypatch) -> Path:
    """Put an npm first on the path; the file that it leaves when somebody runs it."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "npm").write_text(f"#!/bin/sh\ntouch {folder}/ran\n")
    (folder / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return folder / "ran"


def test_news_at_a_shared_address_with_a_closed_home_folder(
    tmp_path, open_page, monkeypatch, npm_that_tells
):
    """
    The page runs; it says once that the edited one is kept, and each time that others see it too.

    No language server is sought: with a closed home folder npm, asked where they are, never comes back.
    """
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, "/proc/nobody")
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
    lay_out(tmp_path)
    change(tmp_path / CHAPTER, say_something)
    record = json.loads((tmp_path / ".kdebate" / "copied.json").read_text())
    record[CHAPTER] = {"content": "0" * 64}  # as if laid out from an older chapter
    (tmp_path / ".kdebate" / "copied.json").write_text(json.dumps(record))
    kept = CHAPTER.replace(".ipynb", "-kept.ipynb")
    with running_lab(tmp_path, more=["--ip=0.0.0.0"]) as lab:
        page = open_page(lab.address(CHAPTER))
        ready(page)
        told = bar(page, "updated").get_by_role("status")
        expect(told).to_contain_text(kept)
        expect(told).to_contain_text("one journal")
        assert cells(tmp_path / kept)[0] == "# My own title"
        page.reload()
        ready(page)
        told = bar(page, "shared").get_by_role("status")
        expect(told).to_contain_text("one journal")
        expect(told).not_to_contain_text(kept)
    assert "shares one journal and one set of levers" in (tmp_path / "server.log").read_text()
    assert not npm_that_tells.exists()


@LAB_ONLY
def test_nothing_can_be_installed_or_built_from_the_page(server, app):
    with urllib.request.urlopen(server.address(CHAPTER, KIND[app]), timeout=60) as answer:
        text = answer.read().decode()
    found = re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', text, re.S)
    assert found
    told = json.loads(found[1])
    assert (told.get("extensionManager") or {}).get("can_install", False) is False
    assert not told["buildAvailable"]
    assert not told["buildCheck"]
