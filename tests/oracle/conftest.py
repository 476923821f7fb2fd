"""The seed of the random games: fresh in every run, printed, and settable by KDEBATE_SEED."""

from __future__ import annotations

import os
import random

import pytest

SEED = int(os.environ.get("KDEBATE_SEED") or random.SystemRandom().randrange(10**9))


@pytest.fixture
def seed() -> int:
    """Seed of this run; every failure names it."""
    print(f"KDEBATE_SEED={SEED}")
    return SEED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"random games: repeat with KDEBATE_SEED={SEED}")
