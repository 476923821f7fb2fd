"""The settings in `model.js` are those of `levers.toml`."""

from __future__ import annotations

import re

from tools import twin


def test_the_copy_is_current() -> None:
    text = twin.TWIN.read_text("utf-8")
    assert twin.twin_block() in text, "Run: python -m tools.twin"


def test_writing_changes_nothing_else(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    text, copy = twin.TWIN.read_text("utf-8"), tmp_path / "model.js"
    stale = re.sub(r'"default": [\d.]+', '"default": 9', text)
    assert stale != text
    copy.write_text(stale, "utf-8")
    monkeypatch.setattr(twin, "TWIN", copy)
    twin.write_twin()
    assert copy.read_text("utf-8") == text


def test_it_stands_alone() -> None:
    assert not re.search(
        r"^\s*import\b|\brequire\(|\bimport\(", twin.TWIN.read_text("utf-8"), re.MULTILINE
    )
