"""
What can be said about a bargain: facts that are true or false, and what a sentence names.

The word files choose sentences by these facts alone. Twin of `static/facts.js`; the tests keep the two equal.
"""

from __future__ import annotations

from typing import Any

from .concession import LIMIT, TOLERANCE
from .deal import Deal
from .enforcing import third_party_read_out
from .readout import effective_deal, read_out
from .rounding import number_text
from .settings import lever_values, parties

SIDES = ("a", "b")


def facts(levers: dict[str, Any]) -> dict[str, Any]:
    """
    Find everything that the sentences about a bargain need.

    Parameters
    ----------
    levers : dict
        Lever id -> value; what is missing takes its default.

    Returns
    -------
    dict
        Plain JSON types: the keys of `read_out` and `third_party_read_out`, and the facts.
    """
    values = lever_values(levers)
    read = read_out(levers) | third_party_read_out(levers)
    n, wait, leader = values["N"], values["wait"], values["first"]
    keeping = [row[n] for row in read["margins"]]
    return {
        **read,
        "n": n,
        "limit": LIMIT,
        "wait": wait,
        "leader": leader,
        "once": n == 1,
        "sliced": n > 1,
        "led": leader in SIDES,
        "waits": wait > 0,
        "waits_once": wait == 1,
        "none": read["minimum_steps"] == 0,
        "one_suffices": read["minimum_steps"] == 1,
        "same_worth": number_text(read["value_a"]) == number_text(read["value_b"]),
        **_signing(effective_deal(levers)),
        **_keeping(keeping, leader),
        **_failing([row[:n] for row in read["margins"]]),
        **_pressure(read),
    }


def _signing(deal: Deal) -> dict[str, Any]:
    """Who would not sign, and what the first of them gains and pays."""
    amounts = {side: [float(getattr(deal, f"{what}_{side}")) for what in "vc"] for side in SIDES}
    unwilling = [side for side, (gain, cost) in amounts.items() if gain < cost - TOLERANCE]
    refuser = next(iter(unwilling), "a")
    return {
        "unwilling": unwilling,
        "refused": bool(unwilling),
        "both_refuse": len(unwilling) == 2,
        "refuser": refuser,
        "gain": amounts[refuser][0],
        "cost": amounts[refuser][1],
    }


def _keeping(keeping: list[float], leader: str) -> dict[str, Any]:
    """Who is the likelier to take back what it gave, in the end."""
    i = 1 if keeping[1] < keeping[0] else 0
    takes_back = keeping[i] < -TOLERANCE
    return {
        "keeping": keeping,
        "taker": SIDES[i],
        "taker_gap": keeping[i],
        "takes_back": takes_back,
        "leader_takes_back": takes_back and SIDES[i] == leader,
    }


def _failing(gaps: list[list[float]]) -> dict[str, Any]:
    """Which slices fail, and where along the bargain those of the one side that fails lie."""
    failing = [[k + 1 for k, gap in enumerate(row) if gap < -TOLERANCE] for row in gaps]
    lowest = [next(k for k, gap in enumerate(row) if gap <= min(row) + TOLERANCE) for row in gaps]
    i = 0 if failing[0] else 1
    mine, n = failing[i], len(gaps[i])
    return {
        "gaps": gaps,
        "failing": failing,
        "lowest": [k + 1 for k in lowest],
        "lowest_slice": {side: k + 1 for side, k in zip(SIDES, lowest, strict=True)},
        "first_gap": {side: row[0] for side, row in zip(SIDES, gaps, strict=True)},
        "last_gap": {side: row[-1] for side, row in zip(SIDES, gaps, strict=True)},
        "both_fail": all(failing),
        "nobody_fails": not any(failing),
        "same_slice": lowest[0] == lowest[1],
        "failer": SIDES[i],
        "failer_slice": lowest[i] + 1,
        "failer_gap": gaps[i][lowest[i]],
        "everywhere": len(mine) == n,
        "at_both_ends": mine[:1] == [1] and mine[-1] == n,
        "at_the_start": mine[:1] == [1],
    }


def _pressure(read: dict[str, Any]) -> dict[str, Any]:
    """Who enforces, and whether pressure reaches its thresholds; None: no pressure does."""
    s, most = read["pressure"], read["s_max"]
    below = {key: read[key] is None or s < read[key] - TOLERANCE for key in ("s_K", "s_F")}
    return {
        "enforces": dict(zip(parties()["willingness"], read["enforcement"], strict=True)),
        "too_much": most is not None and s > most + TOLERANCE,
        "too_little_to_keep": below["s_K"],
        "too_little_to_start": below["s_F"],
        "any_pressure": most is None or most > 1,
        "window_open": read["window_rounds_left"] is None,
    }
