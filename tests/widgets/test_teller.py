"""The teller says what the cases say; the same cases are run in Node by tests/page/teller.test.mjs."""

import json
from pathlib import Path

import pytest

from kdebate.widgets.teller import tell

FOUND = json.loads((Path(__file__).parents[1] / "cases" / "teller.json").read_text("utf-8"))


@pytest.mark.parametrize("case", FOUND["cases"], ids=lambda case: case["tell"])
def test_case(case):
    if case["text"] is None:
        with pytest.raises(KeyError, match=r"unheard|c"):
            tell(FOUND["words"], case["tell"], case["facts"])
    else:
        assert tell(FOUND["words"], case["tell"], case["facts"]) == case["text"]
