"""The list of faults: each can still be seeded, and names a test that is there. `make soak` seeds them all."""

import dataclasses
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


class FakeCopy:
    """Stands for a copy of the checkout: remembers what was asked of it, and answers as told."""

    def __init__(self, code):
        self.code, self.asked = code, []

    def seed(self, fault):
        self.asked.append("seed")
        if fault.old == "gone":
            raise seed_faults.Stale(fault.name)

    def pytest(self, *tests):
        self.asked += tests
        return seed_faults.Done(self.code, "FAILED tests/x.py::test_y\n1 failed")

    def restore(self):
        self.asked.append("restore")


FAULT = seed_faults.Fault("x", "prose", "tests/x.py", "a.txt", old="a", new="b")


@pytest.mark.parametrize(("code", "caught", "word"), [(1, True, "caught"), (0, False, "SURVIVED")])
def test_a_red_test_has_caught_the_fault(code, caught, word):
    copy = FakeCopy(code)
    result = seed_faults.tried(copy, FAULT, [])
    assert (result.caught, result.is_as_it_should) == (caught, caught)
    assert str(result).startswith(word)
    assert copy.asked == ["seed", "tests/x.py", "restore"]


def test_a_fault_that_is_known_to_survive_must_survive():
    known = dataclasses.replace(FAULT, survives="only a browser sees it")
    assert seed_faults.tried(FakeCopy(0), known, []).is_as_it_should
    assert not seed_faults.tried(FakeCopy(1), known, []).is_as_it_should


@pytest.mark.parametrize("code", sorted(seed_faults.NOT_RUN))
def test_a_test_that_did_not_run_has_caught_nothing(code):
    copy = FakeCopy(code)
    with pytest.raises(seed_faults.Stale, match=seed_faults.NOT_RUN[code]):
        seed_faults.tried(copy, FAULT, [])
    assert copy.asked[-1] == "restore"


def test_what_cannot_be_seeded_is_taken_out_again():
    copy = FakeCopy(1)
    with pytest.raises(seed_faults.Stale):
        seed_faults.tried(copy, dataclasses.replace(FAULT, old="gone"), [])
    assert copy.asked == ["seed", "restore"]


@pytest.mark.soak
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
