"""The house itself: locks, addresses, make targets, launch links, licences."""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import kdebate
from tools import links

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-test.lock"]
TARGETS = [
    "help",
    "install",
    "lab",
    "edit",
    "test",
    "check",
    "proofs",
    "faults",
    "bench",
    "soak",
    "lock",
]


def locked(name: str) -> dict[str, list[Requirement]]:
    """Requirements of a lock file by canonical name (numpy stands twice, by Python version)."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[a-zA-Z0-9].*?(?= \\$)", text, flags=re.MULTILINE):
        requirement = Requirement(line)
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def tracked() -> list[Path]:
    """Files that git knows."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    return [ROOT / name for name in names.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        (
            "requirements-test.lock",
            PROJECT["project"]["dependencies"]
            + PROJECT["project"]["optional-dependencies"]["test"],
        ),
    ],
)
def test_lock_holds_what_pyproject_asks(name, wanted):
    lock = locked(name)
    for requirement in map(Requirement, wanted):
        pins = lock[canonicalize_name(requirement.name)]
        assert all(pin.specifier and next(iter(pin.specifier)).operator == "==" for pin in pins)
        assert all(
            requirement.specifier.contains(next(iter(pin.specifier)).version) for pin in pins
        )


@pytest.mark.parametrize("name", LOCKS)
def test_lock_is_hashed_universal_and_without_addresses(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if re.match(r"[a-zA-Z0-9]", line)]
    assert all(line.endswith("\\") for line in pins), "a pin without a hash"
    assert not re.search(r"://|^-|@ |/simple", text, flags=re.MULTILINE)
    assert not re.search(r"==\S*\+", text), "a local version cannot be installed elsewhere"
    assert "sys_platform" in text, "compiled for one platform only"


def test_the_lock_of_the_page_checks_is_hashed_and_without_addresses():
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(lock)["packages"].items() if name}
    assert packages
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "://" not in lock
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert asked == {name: packages[f"node_modules/{name}"]["version"] for name in asked}


def test_test_lock_agrees_with_the_first():
    runtime, test = locked("requirements.lock"), locked("requirements-test.lock")
    for name, pins in runtime.items():
        assert {str(pin.specifier) for pin in pins} <= {str(pin.specifier) for pin in test[name]}


def test_lock_is_what_is_installed():
    """Every pin whose marker holds here is importable metadata at exactly that version."""
    from importlib.metadata import version

    for name, pins in locked("requirements-test.lock").items():
        here = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
        assert all(pin.specifier.contains(version(name), prereleases=True) for pin in here), name


def test_build_back_end_is_pinned():
    assert all("==" in requirement for requirement in PROJECT["build-system"]["requires"])


# Written so that this file does not match itself.
FORBIDDEN = {
    "a package registry's address": r"(np[m]js|py[p]i|pythonh[o]sted|debia[n])\.org",
    "a path of one machine": r"(?<![\w.])/(wor[k]|roo[t]|hom[e]/(?!jovyan)\w+|Use[r]s/\w+)/\w",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures and archives
        match = re.search(FORBIDDEN[what], text)
        found += [f"{path.relative_to(ROOT)}: {match[0]}"] if match else []
    assert not found


def test_no_file_is_very_large():
    assert not [path for path in tracked() if path.stat().st_size > 1_500_000]


def test_make_help_lists_the_targets():
    text = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert [name for name in TARGETS if f"make {name} " not in text] == []


def test_ci_runs_make_test():
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    for workflow in (ROOT / ".github/workflows").glob("*.yml"):
        steps = re.findall(r"run: (.*)", workflow.read_text(encoding="utf-8"))
        assert steps
        assert all(step.startswith("make ") for step in steps), workflow.name


def test_readme_starts_with_exactly_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    top = text[: text.index("## What it is")]
    assert re.findall(r"^```\n(.*?)\n```$", top, flags=re.MULTILINE | re.DOTALL) == [
        "make lab",
        "make test",
    ]


def test_readme_links_come_from_the_setting():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert links.written(text) == text, "run: make links"
    assert set(re.findall(r"https://mybinder\.org/v2/[^)\s]+", text)) == {links.binder()}


def test_launch_links_point_at_the_tag_of_this_version():
    setting = PROJECT["tool"]["kdebate"]
    assert setting["tag"] == f"v{kdebate.__version__}"
    assert f"/gh/{setting['repository']}/{setting['tag']}?" in links.binder()


def test_one_version_everywhere():
    page = json.loads(
        (ROOT / "kdebate/lab/labextensions/kdebate/package.json").read_text(encoding="utf-8")
    )
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert page["version"] == kdebate.__version__
    assert f"\nversion: {kdebate.__version__}\n" in citation
    assert f"## {kdebate.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# What each must begin with, and a digest of the whole: a licence is not edited by the way.
LICENCES = {
    "LICENSE": ("MIT License", "a83f16efef906af8"),
    "LICENSE-CONTENT": ("Creative Commons Attribution 4.0 International", "0a241e8d2bd5bd99"),
    "kdebate/widgets/static/plotly-basic.LICENSE": ("MIT License", "8c45d9eaf50c2f72"),
    "kdebate/widgets/static/charts/plot.LICENSE": ("@observablehq/plot 0.6.17", "d63ba575ae712b42"),
}


@pytest.mark.parametrize("name", LICENCES)
def test_licence_is_there_and_unchanged(name):
    first, digest = LICENCES[name]
    text = (ROOT / name).read_bytes()
    assert text.decode().startswith(first)
    assert hashlib.sha256(text).hexdigest()[:16] == digest, f"{name} was edited; is that meant?"


def test_the_licences_named_are_those_that_lie_here():
    """In the project's file, in CITATION.cff, in the notebooks' terms and in README."""
    assert PROJECT["project"]["license"] == "MIT AND CC-BY-4.0"
    assert set(PROJECT["project"]["license-files"]) == {"LICENSE", "LICENSE-CONTENT"}
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert citation.startswith("cff-version: 1.2.0\n")
    assert "license:\n  - MIT\n  - CC-BY-4.0\n" in citation
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "[MIT](LICENSE)" in readme
    assert "[CC BY 4.0](LICENSE-CONTENT)" in readme


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Wheel and source archive, built without isolation, so that no network is needed."""
    folder = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "build", "--sdist", "--wheel", "--no-isolation", "--outdir"]
    subprocess.run([*build, str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


def test_wheel_carries_everything(built):
    names = set(ZipFile(next(built.glob("*.whl"))).namelist())
    carried = {f"kdebate/{path.relative_to(ROOT)}" for path in ROOT.glob("notebooks/*.ipynb")}
    carried |= {f"kdebate/{path.relative_to(ROOT)}" for path in ROOT.glob("data/*.csv")}
    carried |= {
        str(path.relative_to(ROOT)) for path in tracked() if path.is_relative_to(ROOT / "kdebate")
    }
    extension = f"kdebate-{kdebate.__version__}.data/data/share/jupyter/labextensions/kdebate/"
    carried |= {extension + "package.json", extension + "static/remoteEntry.js"}
    terms = f"kdebate-{kdebate.__version__}.dist-info/licenses/"
    carried |= {terms + "LICENSE", terms + "LICENSE-CONTENT"}
    carried.add("kdebate/widgets/static/plotly-basic.LICENSE")
    assert not carried - names
    assert not [name for name in names if name.startswith(("tests/", "tools/", "benchmarks/"))]


def test_source_archive_carries_the_terms(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert not {*LICENCES, "CITATION.cff", "README.md", "CHANGELOG.md", "pyproject.toml"} - names


def test_every_budget_is_for_a_file_that_is_there():
    budget = tomllib.loads((ROOT / "tests" / "budget.toml").read_text(encoding="utf-8"))
    assert [name for name in budget["files"] if not (ROOT / name).is_file()] == []
    assert budget["all"] <= 2 * 8 * 60, "two workers, eight minutes"
