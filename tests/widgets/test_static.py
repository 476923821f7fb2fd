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
