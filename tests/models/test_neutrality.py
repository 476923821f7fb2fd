"""The model favours neither answer (R11): drawn blindly, both kinds of bargain are common."""

from __future__ import annotations

import numpy as np
import pytest

from kdebate import models

DRAWS = 200_000


def test_workable_bargains_are_balanced() -> None:
    shares = models.neutrality_shares(np.random.default_rng(11), DRAWS)
    workable = shares["once"] + shares["steps"]
    assert shares["once"] >= 0.35 * workable
    assert shares["steps"] >= 0.35 * workable
    assert sum(shares.values()) == pytest.approx(1)
    assert shares == pytest.approx({"once": 0.092, "steps": 0.103, "unworkable": 0.805}, abs=0.004)


def test_when_sanctions_leak() -> None:
    shares = models.neutrality_shares(np.random.default_rng(12), DRAWS, as_enforced=True)
    workable = shares["once"] + shares["steps"]
    assert workable == pytest.approx(0.07, abs=0.006)
    assert shares["once"] / workable == pytest.approx(0.29, abs=0.02)


def test_chance_comes_only_from_the_generator() -> None:
    first, again = (models.neutrality_shares(np.random.default_rng(5), 1000) for _ in range(2))
    assert first == again != models.neutrality_shares(np.random.default_rng(6), 1000)
