"""
What ConcessionExplorer says about a state: chip, sentences, table.

Twin of ``static/concession_view.js``; the two are tested against each other on random states. The words themselves
stand in ``words/concession.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kdebate import models

SIDES = ("a", "b")
LIMIT = 24
_EPSILON = 1e-12

Words = dict[str, Any]


@dataclass(frozen=True)
class Findings:
    """Everything the sentences need, worked out once."""

    n: int
    leader: str
    wait: int
    read: dict[str, Any]
    deal: models.Deal
    gaps: list[list[float]]
    keeping: list[float]
    failing: list[list[int]]
    lowest: list[int]
    unwilling: list[str]


def findings(levers: dict[str, Any]) -> Findings:
    """Read the model at one state."""
    n = int(levers["N"])
    read = models.read_out(levers)
    deal = models.effective_deal(levers)
    gaps = [row[:n] for row in read["margins"]]
    return Findings(
        n=n,
        leader=levers["first"] if levers["first"] in SIDES else "",
        wait=int(levers["wait"]),
        read=read,
        deal=deal,
        gaps=gaps,
        keeping=[row[n] for row in read["margins"]],
        failing=[[k + 1 for k, gap in enumerate(row) if gap < -_EPSILON] for row in gaps],
        lowest=[_lowest(row) for row in gaps],
        unwilling=[side for side in SIDES if _gain(deal, side) < _cost(deal, side) - _EPSILON],
    )


def _lowest(row: list[float]) -> int:
    """The first slice that is as low as any, within rounding."""
    return next(k + 1 for k, gap in enumerate(row) if gap <= min(row) + _EPSILON)


def _gain(deal: models.Deal, side: str) -> float:
    return float(getattr(deal, f"v_{side}"))


def _cost(deal: models.Deal, side: str) -> float:
    return float(getattr(deal, f"c_{side}"))


def _loss_text(words: Words, gap: float) -> str:
    return str(words["number"]["tiny"]) if abs(gap) < 0.005 else models.number_text(abs(gap))


def verdict(found: Findings, locked: bool = False) -> str:
    """Which of the chips describes the state; the first that fits."""
    if locked:
        return "locked"
    if found.unwilling:
        return "would_not_sign"
    if found.read["minimum_steps"] == 0 and found.n > 1:
        return "none"
    return "holds" if found.read["holds"] else "fails"


def sentence(words: Words, names: Words, found: Findings, locked: bool = False) -> str:
    """The live sentence: who goes first and how long both wait, if so; then the verdict."""
    key = verdict(found, locked)
    if key == "locked":
        return str(words["sentence"]["locked"])
    if key == "would_not_sign":
        return _unwilling(words, names, found)
    return " ".join([*_order(words, names, found), _said(words, names, found, key)])


def _order(words: Words, names: Words, found: Findings) -> list[str]:
    """How the bargain starts, where it is not both at once and now."""
    said = words["order"]
    waits = [said["wait_one" if found.wait == 1 else "wait"].format(wait=found.wait)]
    leads = [said["first"].format(side=names[found.leader])] if found.leader else []
    return (waits if found.wait else []) + leads


def _said(words: Words, names: Words, found: Findings, key: str) -> str:
    """The verdict in words."""
    if key == "none":
        return _none(words, names, found)
    if key == "fails":
        return (
            _once_fails(words, names, found) if found.n == 1 else _slices_fail(words, names, found)
        )
    template = words["sentence"]["once_holds" if found.n == 1 else "holds"]
    return str(template.format(**_weakest(words, names, found), worth=_worth(words, names, found)))


def _worth(words: Words, names: Words, found: Findings) -> str:
    worth_a, worth_b = (models.number_text(found.read[f"value_{side}"]) for side in SIDES)
    if worth_a == worth_b:
        return str(words["worth"]["same"].format(worth=worth_a))
    sides = {"side_a": names["a"], "side_b": names["b"]}
    return str(words["worth"]["differ"].format(worth_a=worth_a, worth_b=worth_b, **sides))


def _unwilling(words: Words, names: Words, found: Findings) -> str:
    if len(found.unwilling) == 2:
        return str(words["sentence"]["neither_would_sign"])
    (side,) = found.unwilling
    gain, cost = (
        models.number_text(_gain(found.deal, side)),
        models.number_text(_cost(found.deal, side)),
    )
    return str(words["sentence"]["would_not_sign"].format(side=names[side], gain=gain, cost=cost))


def _weakest(words: Words, names: Words, found: Findings) -> dict[str, Any]:
    weakest = found.read["weakest"]
    gap = models.gap_text(weakest["gap"])
    return {"n": found.n, "k": weakest["slice"], "side": names[weakest["side"]], "gap": gap}


def _none(words: Words, names: Words, found: Findings) -> str:
    below = [i for i in (0, 1) if found.keeping[i] < -_EPSILON]
    if not below:
        return str(
            words["sentence"]["none_other"].format(limit=LIMIT, **_weakest(words, names, found))
        )
    lower = min(below, key=lambda i: found.keeping[i])
    keeping = models.gap_text(found.keeping[lower])
    said = words["sentence"]["none_after" if SIDES[lower] == found.leader else "none"]
    return str(said.format(limit=LIMIT, side=names[SIDES[lower]], keeping=keeping))


def _once_fails(words: Words, names: Words, found: Findings) -> str:
    losses = [_loss_text(words, row[0]) for row in found.gaps]
    failing = [i for i in (0, 1) if found.failing[i]]
    if len(failing) == 2:
        amounts = {
            "side_a": names["a"],
            "gap_a": losses[0],
            "side_b": names["b"],
            "gap_b": losses[1],
        }
        return str(words["sentence"]["once_fails_both"].format(**amounts))
    if not failing:  # only a side that goes first can be tempted after the swap and not by it
        loss = _loss_text(words, found.keeping[SIDES.index(found.leader)])
        said = words["sentence"]["once_fails_after"]
        return str(said.format(side=names[found.leader], loss=loss))
    (i,) = failing
    said = words["sentence"]["once_fails_answer" if found.leader else "once_fails_one"]
    leader = names.get(found.leader, "")
    return str(said.format(side=names[SIDES[i]], loss=losses[i], leader=leader))


def place_of_failure(failing: list[int], n: int) -> str:
    """Where along the bargain a side's failing slices lie: everywhere, both_ends, early or late."""
    if len(failing) == n:
        return "everywhere"
    if 1 in failing and n in failing:
        return "both_ends"
    return "early" if 1 in failing else "late"


def _slices_fail(words: Words, names: Words, found: Findings) -> str:
    failing = [i for i in (0, 1) if found.failing[i]]
    k_a, k_b = found.lowest
    if len(failing) == 2 and k_a == k_b:
        return str(words["sentence"]["fails_both_same"].format(n=found.n, k=k_a))
    if len(failing) == 2:
        sides = {"side_a": names["a"], "side_b": names["b"]}
        return str(words["sentence"]["fails_both"].format(n=found.n, k_a=k_a, k_b=k_b, **sides))
    (i,) = failing
    place = place_of_failure(found.failing[i], found.n)
    gap = models.gap_text(found.gaps[i][found.lowest[i] - 1])
    template = words["sentence"][f"fails_{place}"]
    return str(template.format(n=found.n, side=names[SIDES[i]], k=found.lowest[i], gap=gap))


def slices_text(words: Words, names: Words, found: Findings) -> str:
    """The bargain in words: "all at once", "5 slices, Washington first"."""
    chart = words["chart"]
    said = chart["all_at_once"] if found.n == 1 else chart["slices"].format(n=found.n)
    return str(chart["led"].format(slices=said, side=names[found.leader]) if found.leader else said)


def alt_text(words: Words, names: Words, found: Findings) -> str:
    """The chart in words, for those who do not see it."""
    (first_a, last_a), (first_b, last_b) = (
        [models.gap_text(gap) for gap in (row[0], row[-1])] for row in found.gaps
    )
    ends = {"first_a": first_a, "last_a": last_a, "first_b": first_b, "last_b": last_b}
    said = sentence(words, names, found)
    sides = {"side_a": names["a"], "side_b": names["b"]}
    return str(
        words["chart"]["alt"].format(
            slices=slices_text(words, names, found), sentence=said, **ends, **sides
        )
    )


def who_cheats(words: Words, names: Words, gaps: tuple[float, float]) -> str:
    """The sides that would cheat at these gaps, or "nobody"."""
    cheats = [names[side] for side, gap in zip(SIDES, gaps, strict=True) if gap < -_EPSILON]
    return ", ".join(cheats) or str(words["table"]["nobody"])
