"""What README, CONTRIBUTING, the documents, the chapters and the Makefile point at is there."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest

from kdebate import cli

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "kdebate/questions/README.md",
    ROOT / "kdebate/words/README.md",
    *sorted((ROOT / "notebooks").glob("*.ipynb")),
]
OWN = re.compile(
    rf"https://github\.com/{PROJECT['tool']['kdebate']['repository']}/blob/[^/]+/([^#]+)(?:#(.*))?"
)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = sorted(set(re.findall(r"^([a-z]+):(?!=)", MAKEFILE, flags=re.MULTILINE)))


@pytest.fixture(params=PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def page(request) -> Path:
    return request.param


def markdown(path: Path) -> str:
    """The Markdown of a page or a chapter, without code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = nbformat.reads(text, as_version=4).cells
        text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)


def code(path: Path) -> str:
    """What a page shows as code, fenced, indented or in a line: commands to type."""
    text = path.read_text(encoding="utf-8")
    shown = r"^```[^\n]*\n(.*?)^```$|^ {4}(\S[^\n]*)$|`([^`\n]+)`"
    found = re.finditer(shown, text, re.MULTILINE | re.DOTALL)
    return "\n".join(match[1] or match[2] or match[3] for match in found)


def targets(path: Path) -> set[str]:
    """Everything that a page links to."""
    text = markdown(path)
    found = re.findall(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)", text)
    found += re.findall(r"^\[[^\]]+\]: <?([^\s>]+)", text, flags=re.MULTILINE)
    found += re.findall(r"""(?:href|src)=["']([^"']+)["']""", text)
    return {target for target in found if not target.startswith("data:")}


def headings_of(path: Path) -> str:
    """Text with the headings, their code kept."""
    return markdown(path) if path.suffix == ".ipynb" else path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """What a link may name behind #: headings, as GitHub and as JupyterLab write them."""
    headings = re.findall(r"^#+ (.+)$", headings_of(path), flags=re.MULTILINE)
    found = set(re.findall(r"""\bid=["']([^"']+)["']""", markdown(path)))
    for heading in headings:
        plain = re.sub(r"[`*]", "", heading.strip())
        found |= {re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-"), plain.replace(" ", "-")}
    return found


def broken(path: Path, target: str) -> str | None:
    """What is wrong with one link, None when it leads somewhere."""
    if own := OWN.fullmatch(target):
        file, fragment = ROOT / own[1], own[2] or ""
    elif re.match(r"[a-z]+:", target):
        return (
            None
            if re.fullmatch(r"(https?://[\w.-]+\.\w+(/\S*)?|mailto:\S+)", target)
            else "no address"
        )
    else:
        name, _, fragment = target.partition("#")
        file = (path.parent / unquote(name)).resolve() if name else path
    if not file.exists():
        return f"there is no {file.name}"
    if fragment and unquote(fragment) not in anchors(file):
        return f"{file.name} has no heading #{fragment}"
    return None


def test_links_lead_somewhere(page):
    wrong = {target: broken(page, target) for target in targets(page)}
    assert {target: said for target, said in wrong.items() if said} == {}


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("docs/model.md", None),
        ("docs/tables.md#trade", None),
        ("docs/tables.md#nosuch", "no heading"),
        ("docs/nosuch.md", "there is no"),
        ("notebooks/04-concede-step-by-step.ipynb#Break-the-model", None),
        ("notebooks/04-concede-step-by-step.ipynb#Move-two-levers", "no heading"),
        ("https://github.com/kdebate/kdebate/blob/v0.1.0/docs/tables.md#nosuch", "no heading"),
        ("https:/example.org", "no address"),
    ],
)
def test_a_broken_link_is_seen(target, said):
    found = broken(ROOT / "README.md", target)
    assert said in found if said else found is None


def test_commands_on_the_pages_exist(page):
    if page.suffix == ".ipynb":
        return
    text = code(page)
    assert set(re.findall(r"\bmake ([a-z]+)\b(?! command)", text)) <= set(TARGETS)
    assert set(re.findall(r"^kdebate ([a-z]+)\b", text, re.MULTILINE)) <= commands()
    missing = [name for name in re.findall(r"python3? -m ([\w.]+)", text) if not is_module(name)]
    assert missing == []


def test_files_named_on_the_pages_exist(page):
    """What a recipe says to open is there; a name in angle brackets is the reader's to choose."""
    if page.suffix == ".ipynb" or page.name == "CHANGELOG.md":
        return  # a chapter's code runs, and a change may tell of what has gone
    assert absent(code(page)) == []


@pytest.mark.parametrize(
    "recipe", sorted((ROOT / "docs").glob("add-*.md")), ids=lambda path: path.stem
)
def test_a_recipe_is_a_page_and_contributing_leads_to_it(recipe):
    assert len(recipe.read_text(encoding="utf-8").splitlines()) <= 60
    assert f"docs/{recipe.name}" in targets(ROOT / "CONTRIBUTING.md")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("kdebate/widgets/static/frame/card.js", []),
        ("`frame/card.js`, `tests/page`, tests/widgets/test_<name>.py, data/*.csv", []),
        ("edit kdebate/widgets/nosuch.js", ["kdebate/widgets/nosuch.js"]),
        ("ame/card.js", ["ame/card.js"]),
        ("pytest -q tests/nosuch", ["tests/nosuch"]),
    ],
)
def test_a_file_that_is_gone_is_seen(text, gone):
    assert absent(text) == gone


NAMED = re.compile(
    r"(?<![\w./*<>-])(?:\w[\w./-]*\.(?:css|ipynb|js|json|lock|md|mjs|py|toml|txt|yml)"
    r"|(?:data|docs|kdebate|notebooks|tests|tools)/[\w/-]*\w)(?![\w.*/<-])"
)


def absent(text: str) -> list[str]:
    """The files and folders named in a text that are not there, by their path or the end of it."""
    return [
        name
        for name in NAMED.findall(text)
        if not (ROOT / name).is_dir()
        and not any(f"/{path}".endswith(f"/{name}") for path in known())
    ]


@cache
def known() -> list[str]:
    """Every file that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def commands() -> set[str]:
    """The subcommands of `kdebate`."""
    return {name for action in cli._parser()._actions for name in action.choices or ()}


def is_module(name: str) -> bool:
    """Whether `python -m name` would find something to run."""
    try:
        found = importlib.util.find_spec(name)
        return found is not None and (
            found.submodule_search_locations is None
            or importlib.util.find_spec(f"{name}.__main__") is not None
        )
    except ModuleNotFoundError:
        return False


# ---- make -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=TARGETS)
def recipe(request) -> str:
    """The commands that a target would run, those of what it needs included."""
    dry = subprocess.run(
        ["make", "--dry-run", "--always-make", "--no-print-directory", request.param],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert dry.returncode == 0, dry.stderr
    return dry.stdout


def test_make_knows_what_its_targets_call(recipe):
    missing = [name for name in re.findall(r"python\S* -m ([\w.]+)", recipe) if not is_module(name)]
    assert missing == []
    tools = set(re.findall(r"\.venv/bin/([\w-]+)", recipe)) - {"python"}
    assert [name for name in tools if not (Path(sys.executable).parent / name).exists()] == []
    files = re.findall(
        r"(?<![\w./-])((?:tests|tools|notebooks|kdebate|docs)/[\w./-]+|[\w-]+\.(?:lock|toml))",
        recipe,
    )
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_make_selects_tests_by_markers_that_exist(recipe):
    declared = {
        mark.partition(":")[0] for mark in PROJECT["tool"]["pytest"]["ini_options"]["markers"]
    }
    assert set(re.findall(r"pytest .*?-m (\w+)", recipe)) <= declared


def test_make_test_leaves_no_notebook_out():
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", MAKEFILE, flags=re.MULTILINE)
    assert recipe
    assert " --notebooks-required " in recipe[1]


def test_every_target_says_what_it_does():
    """In `make help`, but for the two that only others need."""
    said = set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, flags=re.MULTILINE))
    assert set(TARGETS) - said == {"lint", "browser"}
    phony = " ".join(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, flags=re.MULTILINE)).split()
    assert set(phony) == set(TARGETS)
