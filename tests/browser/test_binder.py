"""
What Binder would build, read with Binder's own builder and run in a fresh environment.

The builder's classes say which files they take and which commands they run; those commands run
here, then its start script starts a server, and a browser sees the chapter alive.
"""

import json
import os
import shutil
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kdebate.lab import content
from kdebate.lab.launcher import free_port
from tests.browser.conftest import Lab, started
from tools import links

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Binder's builder needs POSIX")

ROOT = Path(__file__).resolve().parents[2]
# The commands install, so they may use the network; nothing else here does.
MAY_INSTALL = {"KDEBATE_TESTS_MAY_INSTALL": "1"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """The files that git knows, minus those that binder/.dockerignore leaves out."""
    from repo2docker.buildpacks.base import exclude_paths

    copy = tmp_path_factory.mktemp("binder") / "repo"
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    ignored = (copy / "binder" / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in ignored if line and not line.startswith("#")]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        kept = {Path(name) for name in exclude_paths(".", patterns)}
    for path in sorted(copy.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(copy) not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return copy


@pytest.fixture
def buildpack(checkout, monkeypatch):
    """The builder that would take this repository."""
    monkeypatch.chdir(checkout)
    return _detected()


def _detected():
    """As the builder's own loop: the first class that says this is mine."""
    from repo2docker.app import Repo2Docker

    builder = Repo2Docker()
    packs = (kind(base_image=builder.base_image) for kind in builder.buildpacks)
    pack = next(pack for pack in packs if pack.detect())
    pack.platform = "linux/amd64"
    return pack


@pytest.fixture(scope="module")
def environment(checkout, tmp_path_factory) -> dict[str, str]:
    """A fresh environment in which the builder's own commands ran."""
    prefix = tmp_path_factory.mktemp("image") / "env"
    subprocess.run([sys.executable, "-m", "venv", str(prefix)], check=True)
    env = {
        **{
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("VIRTUAL_ENV", "JUPYTER"))
        },
        "PATH": f"{prefix / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "KERNEL_PYTHON_PREFIX": str(prefix),
        "NB_PYTHON_PREFIX": str(prefix),
        "REPO_DIR": str(checkout),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(checkout)
        pack = _detected()
        # Binder builds without pip's cache; here the cache spares a second download.
        commands = [
            script.replace("--no-cache-dir ", "")
            for _, script in [*pack.get_preassemble_scripts(), *pack.get_assemble_scripts()]
            if "/bin/pip install" in script
        ]
        commands += [f"./{script}" for script in pack.get_post_build_scripts()]
    assert len(commands) == 2, commands
    for command in commands:
        done = subprocess.run(
            ["bash", "-euc", command],
            cwd=checkout,
            env=env | MAY_INSTALL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return env


def test_builder_takes_python_and_the_lock(buildpack):
    assert type(buildpack).__name__ == "PythonBuildPack"
    assert buildpack.python_version == "3.12"
    (install,) = [
        script for _, script in buildpack.get_assemble_scripts() if "/bin/pip install" in script
    ]
    assert 'install --no-cache-dir -r "binder/requirements.txt"' in install
    lines = Path(buildpack.binder_path("requirements.txt")).read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line and not line.startswith("#")] == [
        "-r ../requirements.lock"
    ]


def test_builder_finds_the_scripts_and_they_can_be_run(buildpack):
    assert buildpack.get_post_build_scripts() == ["binder/postBuild"]
    assert buildpack.get_start_script() == "${REPO_DIR}/binder/start"
    assert all(os.access(f"binder/{name}", os.X_OK) for name in ("postBuild", "start"))
    assert "binder/start" in buildpack.render()


def test_image_leaves_out_what_a_student_does_not_need(checkout):
    assert not {"tests", "teaching", "benchmarks", "tools"} & {
        path.name for path in checkout.iterdir()
    }
    assert {"kdebate", "notebooks", "data", "binder"} <= {path.name for path in checkout.iterdir()}


def test_image_holds_nothing_that_only_tests_need(environment):
    listed = subprocess.run(
        ["python", "-m", "pip", "list", "--format=freeze"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    names = {line.partition("==")[0].lower() for line in listed.stdout.splitlines()}
    assert {"kdebate", "jupyterlab", "plotly", "anywidget"} <= names
    assert not {"pytest", "playwright", "nbval", "mypy"} & names


@pytest.fixture
def server(environment, checkout, tmp_path) -> Iterator[Lab]:
    """Started as Binder starts it: the start script, then the command that Binder chooses."""
    port = free_port()
    command = [
        *("binder/start", "jupyter", "lab", "--ip=127.0.0.1", f"--port={port}", "--no-browser"),
        *(
            "--IdentityProvider.token=kdebate",
            "--ServerApp.base_url=/user/someone/",
            "--allow-root",
        ),
    ]
    lab = Lab(f"http://127.0.0.1:{port}/user/someone", "kdebate", checkout)
    with started(command, environment, lab, tmp_path / "server.log", cwd=checkout) as up:
        yield up


@pytest.mark.browser
def test_the_link_opens_a_chapter_that_is_alive(server, open_page):
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(links.binder()).query)
    first = query["urlpath"][0]
    page = open_page(f"{server.url}/{first}?token={server.token}")
    expect(page.locator(".kdebate-quiet")).to_be_visible(timeout=60_000)
    page.goto(f"{server.url}/{first.replace('00-start-here', '04-concede-step-by-step')}")
    expect(page.locator("[data-kdebate][data-state=ready]").first).to_be_visible(timeout=60_000)
    copies = sorted((server.folder / "my-notebooks").glob("*.ipynb"))
    assert copies
    assert all(content.is_locked(json.loads(copy.read_text("utf-8"))) for copy in copies)
