"""The list of faults: each can still be seeded, and names a test that is there. `make soak` seeds them all."""

import os
import re
from collections import Counter

import pytest

from tools import seed_faults

FAULTS = seed_faults.faults()
KINDS = {"data", "model", "twin", "words", "questions", "prose", "cells", "links", "targets"}
KINDS |= {"licences", "launcher", "journal", "widgets"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_can_still_be_seeded(fault, root):
    """Where its text is gone, the message says what to write anew."""
    content = fault.applied(root)
    assert content != (root / fault.file).read_bytes()


def test_the_list_is_long_and_of_every_kind():
    assert len(FAULTS) >= 60
    assert {fault.kind for fault in FAULTS} == KINDS
    assert max(Counter(fault.name for fault in FAULTS).values()) == 1


@pytest.mark.parametrize("test", sorted({fault.test for fault in FAULTS}))
def test_the_test_that_should_see_it_is_there(test, root):
    file, _, name = test.partition("::")
    text = (root / file).read_text(encoding="utf-8")
    assert not name or re.search(rf"^def {name}\(", text, flags=re.MULTILINE)


def test_a_fault_without_its_text_is_an_error(tmp_path):
    (tmp_path / "a.txt").write_text("one two two", encoding="utf-8")
    fault = {"name": "x", "kind": "prose", "test": "t", "file": "a.txt"}
    assert seed_faults.Fault(**fault, old="one", new="1").applied(tmp_path) == b"1 two two"
    for old in ("two", "three"):
        with pytest.raises(seed_faults.Stale, match="must stand there once"):
            seed_faults.Fault(**fault, old=old, new="2").applied(tmp_path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the tool forks")
def test_one_that_is_seen_and_one_that_is_not(root, capfd):
    """End to end, in a copy; the checkout stays as it is."""
    common = {"kind": "licences", "file": "LICENSE", "old": "free of charge", "new": "for a fee"}
    tests = "tests/test_house.py::test_licence_is_there_and_unchanged", "tests/test_cli.py"
    seen = seed_faults.Fault(name="seen", test=tests[0], **common)
    unseen = seed_faults.Fault(
        name="unseen", test=tests[1] + "::test_two_folders_are_one_too_many", **common
    )
    stale = seed_faults.Fault(name="stale", test=tests[0], **common | {"old": "not in there"})
    results, wrong = seed_faults.run([seen, unseen, stale], workers=1)
    assert [(result.fault.name, result.caught) for result in results] == [
        ("seen", True),
        ("unseen", False),
    ]
    assert [reason.partition(":")[0] for reason in wrong] == ["stale"]
    assert "SURVIVED" in capfd.readouterr().out
    assert "free of charge" in (root / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.soak
@pytest.mark.browser
def test_every_fault_is_caught():
    assert seed_faults.main(["--browser"]) == 0
