"""What the widgets share in a page: one style sheet made of several files."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from kdebate.widgets import _static


def classes(sheet: Path) -> set[str]:
    """The classes that a sheet gives a look of their own, such as .kd-sign { ... }."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    while "(" in text:  # what stands in :is() or var() is no selector of its own
        text = re.sub(r"\([^()]*\)", "()", text).replace("()", "")
    selectors = [one.strip() for head in re.findall(r"([^{}]+)\{", text) for one in head.split(",")]
    return {one for one in selectors if re.fullmatch(r"\.[\w-]+", one)}


def test_no_two_sheets_give_one_class_its_look():
    """All sheets are one sheet in the page: the later look would win in both widgets."""
    owners = defaultdict(list)
    for sheet in _static.style_sheets():
        for name in classes(sheet):
            owners[name].append(sheet.name)
    assert len(owners) > 100
    assert {name: sheets for name, sheets in owners.items() if len(sheets) > 1} == {}


@pytest.mark.parametrize("sheet", _static.style_sheets(), ids=lambda sheet: sheet.name)
def test_classes_are_found(sheet):
    assert classes(sheet)


# The loader's own pattern: what it does not see, it does not link.
LOADERS = re.search(r"const IMPORT = /(.*)/g;", _static.LOADER.read_text("utf-8"))
IMPORTS = re.compile(LOADERS[1].replace(r"\/", "/") if LOADERS else "")


@pytest.mark.parametrize(
    ("line", "linked"),
    [
        ('import { el } from "../page/dom.js";', "../page/dom.js"),
        ('import "./dom.js";', "./dom.js"),
        (
            'chart: async () => (await import("../charts/gap_chart.js")).gapChart,',
            "../charts/gap_chart.js",
        ),
        (' * @param {import("./predictions.js").Predictions} predictions', None),
    ],
)
def test_the_loader_links_imports_and_not_the_types_of_comments(line, linked):
    found = IMPORTS.search(line)
    assert (found and found[2]) == linked


def imported(name: str) -> list[str]:
    """What a module brings with it, as paths below the folder of all."""
    path = _static.STATIC / name
    found = [one for _, one in IMPORTS.findall(path.read_text("utf-8"))]
    return [(path.parent / one).resolve().relative_to(_static.STATIC).as_posix() for one in found]


def circle_from(name: str, way: tuple[str, ...], done: set[str]) -> tuple[str, ...] | None:
    if name in way:
        return (*way[way.index(name) :], name)
    if name in done:
        return None
    below = (circle_from(one, (*way, name), done) for one in imported(name))
    found = next((circle for circle in below if circle), None)
    done.add(name)
    return found


def test_no_modules_import_each_other_in_a_circle():
    """The loader links a module's imports before itself: in a circle it never ends, and no explorer starts."""
    names = [path.relative_to(_static.STATIC).as_posix() for path in _static.STATIC.rglob("*.js")]
    done: set[str] = set()
    assert [circle for name in names if (circle := circle_from(name, (), done))] == []
