"""Chromium, a running JupyterLab and a plain file server for the browser tests."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, expect, sync_playwright

from kdebate.lab.chapters import lay_out
from kdebate.lab.launcher import free_port, server_command
from kdebate.site import write_page
from tools.chromium import lightest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "kdebate" / "widgets" / "static"
PATIENCE = 60_000  # ms; generous, so that a slow machine is not a failure
# Its own five seconds are none for a Python that starts beside others.
expect.set_options(timeout=PATIENCE / 2)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Give a browser test a second chance, and say so in the report.

    A loaded machine can starve JupyterLab's start or a kernel's restart beyond any patience; a fault in
    our own pages fails both times. Lost writing is never given one, nor is a soak.
    """
    for item in items:
        ours = Path(__file__).parent in item.path.parents
        if ours and not item.get_closest_marker("soak"):
            item.add_marker(pytest.mark.flaky(reruns=1, rerun_except="^Lost:"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once per run."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, or the one that Playwright installed."""
    started = playwright.chromium.launch(executable_path=lightest(), args=FLAGS)
    yield started
    started.close()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; yields its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing: the test's output is the report."""

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def served_page(folder: Path, title: str, *widgets: object) -> Iterator[str]:
    """A page without Python that shows widgets; yields its address."""
    write_page(folder, title, list(widgets))
    with serve(folder) as url:
        yield f"{url}/index.html"


def open_ready(
    open_page: Callable[..., Page], url: str, root: str, width: int = 1280, **options: object
) -> Page:
    """Open a page and wait until its explorer is drawn."""
    page = open_page(url, width=width, **options)
    page.wait_for_selector(f"{root}[data-state=ready]")
    return page


@pytest.fixture(scope="session")
def static_url() -> Iterator[str]:
    """Address of the widgets' own modules."""
    with serve(STATIC) as url:
        yield url


@dataclass
class Watched:
    """A page, with what it asked of other machines and what it complained about."""

    page: Page
    strangers: list[str]
    errors: list[str]


@contextmanager
def pages(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages that must stay on this machine; the check runs at the end."""
    opened: list[Watched] = []
    contexts = []

    def open_(url: str, width: int = 1280, height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watched = Watched(page, [], [])
        page.on("request", lambda request: _note_stranger(watched, request))
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        opened.append(watched)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    strangers = [url for watched in opened for url in watched.strangers]
    assert not strangers, f"the page asked other machines for {strangers}"


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of one test."""
    with pages(browser) as open_:
        yield open_


def _note_stranger(watched: Watched, request: Request) -> None:
    parts = urlsplit(request.url)
    if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {
        "127.0.0.1",
        "localhost",
    }:
        watched.strangers.append(request.url)


@dataclass
class Lab:
    """A running Jupyter server with working copies of the chapters."""

    url: str
    token: str
    folder: Path

    def address(self, notebook: str, kind: str = "doc/tree") -> str:
        """Where to open a notebook in the calm single-document view."""
        return f"{self.url}/{kind}/{notebook}?token={self.token}"

    def ask(self, path: str) -> object:
        """The server's REST answer as JSON."""
        with urllib.request.urlopen(
            f"{self.url}/api/{path}?token={self.token}", timeout=30
        ) as answer:
            return json.load(answer)


@contextmanager
def running_lab(folder: Path, app: str = "lab", more: Sequence[str] = ()) -> Iterator[Lab]:
    """Start our own launcher's server on a folder, and stop it with all its kernels."""
    lay_out(folder)
    port, token = free_port(), "kdebate"
    options = ["--no-browser", f"--port={port}", f"--IdentityProvider.token={token}", *more]
    command = server_command(folder, options, app=app)  # type: ignore[arg-type]
    with started(command.argv, command.env, Lab(f"http://127.0.0.1:{port}", token, folder)) as up:
        yield up


@contextmanager
def started(
    argv: Sequence[str],
    env: Mapping[str, str],
    lab: Lab,
    log: Path | None = None,
    cwd: Path | None = None,
) -> Iterator[Lab]:
    """Start a server, wait until it answers, and stop it with all its kernels; the log is its own report."""
    log = log or lab.folder / "server.log"
    # Whoever uses this machine may have set JupyterLab otherwise, and keys that a test presses are not to.
    env = {**env, "JUPYTERLAB_SETTINGS_DIR": str(lab.folder / ".settings")}
    with log.open("w") as out:
        process = subprocess.Popen(argv, cwd=cwd, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_until_up(lab, process, log)
        yield lab
    finally:
        _stop(process)


def _wait_until_up(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended at once:\n{log.read_text()[-3000:]}")
        try:
            lab.ask("status")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)  # between two questions of the loop above
        else:
            return
    pytest.fail(f"the server did not answer:\n{log.read_text()[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    family = (
        [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
    )
    process.terminate()
    psutil.wait_procs(
        [psutil.Process(process.pid)] if psutil.pid_exists(process.pid) else [], timeout=20
    )
    for member in family:
        if member.is_running():
            member.kill()
    if process.poll() is None:  # a loaded machine may take longer to stop than anyone waits
        process.kill()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Lab]]:
    """Our launcher's servers, one for each application and worker, with a second kernel on offer."""
    kernels = tmp_path_factory.mktemp("jupyter") / "kernels" / "other"
    kernels.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Other", "language": "python"}
    (kernels / "kernel.json").write_text(json.dumps(spec))
    running: dict[str, Lab] = {}
    with ExitStack() as stack:

        def server_of(app: str) -> Lab:
            if app not in running:
                with pytest.MonkeyPatch.context() as patch:
                    patch.setenv("JUPYTER_PATH", str(kernels.parents[1]))
                    folder = tmp_path_factory.mktemp(app)
                    running[app] = stack.enter_context(running_lab(folder, app))
            return running[app]

        yield server_of


def as_on_the_first_day(server: Lab) -> Lab:
    """The same server: no kernel runs, copies as published."""
    for session in server.ask("sessions"):  # type: ignore[attr-defined]
        try:
            delete(server, f"sessions/{session['id']}")
        except urllib.error.HTTPError as error:
            if error.code != 404:  # it went by itself between the two requests
                raise
    for leftover in server.folder.iterdir():
        if leftover.name not in {".kdebate", "server.log"}:
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    lay_out(server.folder)
    return server


@pytest.fixture(scope="module")
def lab(servers: Callable[[str], Lab]) -> Lab:
    """JupyterLab, for tests with notebooks of their own."""
    return as_on_the_first_day(servers("lab"))


# Chapters in both applications, for the tests of the page around them.

CHAPTER = "04-concede-step-by-step.ipynb"
KIND = {"lab": "doc/tree", "notebook": "notebooks"}


@pytest.fixture(scope="module", params=["lab", "notebook"])
def app(request: pytest.FixtureRequest) -> str:
    """JupyterLab, then Notebook 7."""
    return str(request.param)


# For what depends on nothing of the application's own: the server, or our modules by themselves.
LAB_ONLY = pytest.mark.parametrize("app", ["lab"], indirect=True)


@pytest.fixture(scope="module")
def server(app: str, servers: Callable[[str], Lab]) -> Lab:
    """The application's server."""
    return as_on_the_first_day(servers(app))


@pytest.fixture
def fresh(server: Lab) -> Lab:
    """For a test that changes copies, or asks which kernels run."""
    return as_on_the_first_day(server)


@pytest.fixture
def show(fresh: Lab, app: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open a notebook of the fresh server."""
    return lambda name=CHAPTER: open_page(fresh.address(name, KIND[app]))


def stored_counts(server: Lab, name: str = CHAPTER) -> list[int | None]:
    """Of each code cell that the server has stored; the file itself may be half written just now."""
    notebook = server.ask(f"contents/{name}")["content"]  # type: ignore[index]
    return [cell["execution_count"] for cell in notebook["cells"] if cell["cell_type"] == "code"]


def wait_until_saved(server: Lab, name: str = CHAPTER) -> None:
    """Wait until the page has saved what it shows, as it does once when it has run."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not all(stored_counts(server, name)):
        assert time.monotonic() < deadline, "the page was not saved after it ran"
        time.sleep(0.1)  # between two looks


def delete(server: Lab, path: str) -> None:
    """Ask a server's REST interface to delete something."""
    url = f"{server.url}/api/{path}?token={server.token}"
    urllib.request.urlopen(urllib.request.Request(url, method="DELETE"), timeout=30).close()
