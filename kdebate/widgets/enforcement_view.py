"""
What EnforcementExplorer says about a state of the model: chip, sentence, read-outs.

Twin of ``static/explorers/enforcement_view.js``; the two are tested against each other. The words stand in
``words/enforcement.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kdebate import models

LIMIT = 24
_EPSILON = 1e-12

Words = dict[str, Any]


@dataclass(frozen=True)
class Findings:
    """Everything the sentences need, worked out once."""

    read: dict[str, Any]
    parties: dict[str, Any]
    deal: models.Deal

    @property
    def fewest(self) -> int:
        """Fewest slices that hold; 0 where none do."""
        return int(self.read["minimum_steps"])


def findings(levers: dict[str, Any]) -> Findings:
    """Read the model at one state."""
    return Findings(
        models.read_out(levers), models.third_party_read_out(levers), models.effective_deal(levers)
    )


def unwilling(found: Findings) -> list[str]:
    """The sides that would not sign."""
    deal = found.deal
    pairs = {"a": (deal.v_a, deal.c_a), "b": (deal.v_b, deal.c_b)}
    return [side for side, (gain, cost) in pairs.items() if gain < cost - _EPSILON]


def verdict(found: Findings, locked: bool = False) -> str:
    """Which of the chips describes the state; the first that fits."""
    if locked:
        return "locked"
    if unwilling(found):
        return "would_not_sign"
    if not found.fewest:
        return "none"
    return "once" if found.fewest == 1 else "slices"


def _above(found: Findings, key: str) -> bool:
    """Whether pressure reaches a threshold; None stands for one that no pressure reaches."""
    threshold = found.parties[key]
    return threshold is not None and found.parties["pressure"] >= threshold - _EPSILON


def reason(found: Findings) -> str:
    """Why no number of slices holds: too much pressure, too little to keep or to start, or neither."""
    most = found.parties["s_max"]
    if most is not None and found.parties["pressure"] > most + _EPSILON:
        return "too_much"
    if not _above(found, "s_K"):
        return "too_little_keep"
    return "none_other" if _above(found, "s_F") else "too_little_start"


def sentence(words: Words, names: Words, found: Findings, locked: bool = False) -> str:
    """The live sentence."""
    key, said = verdict(found, locked), words["sentence"]
    s = models.number_text(found.parties["pressure"])
    if key == "locked":
        return str(said["locked"])
    if key == "would_not_sign":
        return _unwilling(said, names, found, s)
    if key == "none":
        return str(said[reason(found)].format(s=s, limit=LIMIT))
    return str(said[key].format(s=s, n=found.fewest))


def _unwilling(said: Words, names: Words, found: Findings, s: str) -> str:
    sides = unwilling(found)
    if len(sides) == 2:
        return str(said["neither_would_sign"].format(s=s))
    (side,) = sides
    gain, cost = (models.number_text(getattr(found.deal, f"{what}_{side}")) for what in "vc")
    return str(said["would_not_sign"].format(s=s, side=names[side], gain=gain, cost=cost))


def threshold_text(words: Words, value: float | None) -> str:
    """A threshold of pressure in two decimals, or in words where no pressure is meant."""
    return str(words["readouts"]["never"]) if value is None else models.number_text(value)


def most_text(words: Words, value: float | None) -> str:
    """The highest pressure at which Washington keeps its word."""
    if value is None or value > 1:
        return str(words["readouts"]["any"])
    return models.number_text(value)
