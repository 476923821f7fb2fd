"""
The step-by-step concession game with equal steps.

Both sides move at the same time, or one is seen to move before the other
answers; one step per round. Falling short of the schedule is a breach: there is no next step, the breacher takes back at once what
it can, and the victim can take back its own share from the round after the
breach is proven. A step is self-enforcing if what a breach brings now is at most
the discounted value of what it forfeits. `docs/model.md` derives every formula.

Assumptions, and where a critic would press: linear gains and costs; equal
progress on both tracks; no renegotiation after a breach (the harshest credible
punishment; Abreu 1988); nothing hidden under a clean inspection report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .checks import whole
from .deal import Array, Deal, Value, deal_shape, flat, pick

First: TypeAlias = Literal["both", "a", "b"] | None

TOLERANCE = 1e-12  # a gap this far below 0, in units of one's own cost, still counts as 0
LIMIT = 24  # most equal steps that are looked at
CHUNK = 16384  # bargains solved at once: small enough for the processor's cache
CLEAR = 1e-6  # closer than this to a knife edge, the closed form is checked step by step
TINY = 1e-300


class Side(NamedTuple):
    """One side's view of a deal: all that its temptation depends on."""

    v: Value  # gain from the other's full concession
    c: Value  # cost of its own full concession
    w: Value  # what it nets from the whole deal
    rho: Value  # share of its own concession that it can take back
    stick: Value  # discounted share of the other's concession that a breach forfeits
    held: Value  # the stick that it holds itself, over the other
    alpha: Value  # price at home of breaking its word, per round
    beta: Value  # humiliation of being cheated, per round
    keep: Value  # what keeping the finished deal is worth, above breaking it


def proof_weight(delta: Value, q: Value) -> Value:
    """
    Discounted weight of the time after a breach is proven.

    Parameters
    ----------
    delta, q : float or array
        Discount factor; chance of proof at the end of each round.

    Returns
    -------
    float or array
        `q delta / (1 - (1 - q) delta)`: delta if q = 1, and 0 if q = 0.
    """
    return q * delta / np.maximum(1 - (1 - q) * delta, TINY)


def sides(deal: Deal) -> tuple[Side, Side]:
    """
    Describe a deal as each side sees it.

    Parameters
    ----------
    deal : Deal
        The bargain.

    Returns
    -------
    tuple of Side
        Washington's view and Pyongyang's.
    """
    stick_a = proof_weight(deal.delta, deal.q_a) * deal.rho_b
    stick_b = proof_weight(deal.delta, deal.q_b) * deal.rho_a
    late = 1 - deal.delta
    return (
        _side(deal.v_a, deal.c_a, deal.rho_a, stick_a, stick_b, late * deal.a_a, late * deal.b_a),
        _side(deal.v_b, deal.c_b, deal.rho_b, stick_b, stick_a, late * deal.a_b, late * deal.b_b),
    )


def _side(
    v: Value, c: Value, rho: Value, stick: Value, held: Value, alpha: Value, beta: Value
) -> Side:
    """Fill in what follows from the rest: the net gain and the worth of keeping."""
    return Side(v, c, v - c, rho, stick, held, alpha, beta, v * stick + alpha - c * rho)


def steps_to_come(delta: Value, steps: Value) -> Array:
    """
    Discounted number of steps still to come.

    Parameters
    ----------
    delta : float or array
        Discount factor, 0 to 1.
    steps : int or array
        Steps still to be made.

    Returns
    -------
    array
        `delta + delta**2 + ... + delta**steps`; `steps` itself if delta = 1.
    """
    late = 1 - np.asarray(delta, dtype=float)
    total = -delta * np.expm1(steps * np.log(np.maximum(delta, TINY))) / np.maximum(late, TINY)
    to_come: Array = np.where(late > 0, total, steps)
    return to_come


def margins(deal: Deal, steps: int, first: First = "both") -> Array:
    """
    Safety gap of every equal step: how much worse breaking it is than making it.

    Parameters
    ----------
    deal : Deal
        The bargain; fields may be arrays.
    steps : int
        Number of equal steps, 1 or more; 1 is all or nothing.
    first : {"both", "a", "b"}
        Who moves first inside a step; "both" (or None) is at the same time. A leader
        that falls short meets a partner that has not moved yet.

    Returns
    -------
    array, shape (..., 2, steps + 1)
        Rows: Washington, Pyongyang. Columns: step 1 to `steps`, then keeping the
        finished deal (also where nothing can be taken back). Below 0, the side
        would rather cheat. Incentive condition, derived in docs/model.md.

    Raises
    ------
    ValueError
        If `steps` is not a whole number of 1 or more, or `first` not one of the choices.
    """
    count, leader = whole("steps", steps, 1), check_first(first)
    k = np.arange(1, count + 1)
    to_come = steps_to_come(np.asarray(deal.delta)[..., None], count - k)
    both = zip("ab", sides(deal), strict=True)
    rows = [_gaps(side, k, to_come, count, name == leader) for name, side in both]
    return np.stack(np.broadcast_arrays(*rows), axis=-2)


def _gaps(side: Side, k: NDArray[np.int64], to_come: Array, count: int, leads: bool) -> Array:
    """Safety gaps of one side, steps and keeping on the last axis."""
    v, c, w, rho, stick, _, alpha, _, keep = (np.asarray(part)[..., None] for part in side)
    unseen = v * (1 - stick) if leads else 0.0  # this step's gain, which the other still holds back
    gaps = (w * to_come + k * (v * stick - c * rho) - c * (1 - rho) + unseen) / count + alpha
    shape = np.broadcast_shapes(gaps.shape[:-1], keep.shape[:-1])
    parts = [np.broadcast_to(part, shape + part.shape[-1:]) for part in (gaps, keep)]
    return np.concatenate(parts, axis=-1)


def deal_value(deal: Deal, steps: int) -> Array:
    """
    What the deal is worth to each side if it is kept, delay counted.

    Parameters
    ----------
    deal : Deal
        The bargain.
    steps : int
        Number of equal steps, 1 or more.

    Returns
    -------
    array, shape (..., 2)
        Worth per round to Washington and to Pyongyang; the whole deal at once is worth `v - c`.

    Raises
    ------
    ValueError
        If `steps` is not a whole number of 1 or more.
    """
    count = whole("steps", steps, 1)
    share = (1 + steps_to_come(deal.delta, count - 1)) / count
    return np.stack(np.broadcast_arrays(*[side.w * share for side in sides(deal)]), axis=-1)


def holds(deal: Deal, steps: Value, first: First = "both") -> NDArray[np.bool_]:
    """
    Whether both sides would sign a deal in equal steps, and make every one of them.

    Only the first and the last step can be the weakest, so only they are tried.

    Parameters
    ----------
    deal : Deal
        The bargain.
    steps : int or array
        Number of equal steps.
    first : {"both", "a", "b"}
        Who moves first inside a step. The first mover is seen before the other
        answers, so only keeping the finished deal can tempt it.

    Returns
    -------
    bool array
        True where the deal holds; False also where a side would lose from the whole deal.
    """
    leader = check_first(first)
    to_come = steps_to_come(deal.delta, steps - 1)
    good = np.ones(deal_shape(deal), dtype=bool)
    for name, side in zip("ab", sides(deal), strict=True):
        gap = side.keep if name == leader else _weakest(side, to_come, steps)
        good = good & (np.minimum(gap, side.w) >= -TOLERANCE * side.c)
    return good


def _weakest(side: Side, to_come: Value, steps: Value) -> Value:
    """Smaller of the first and the last step's gap."""
    first = (side.w * to_come + side.v * side.stick - side.c) / steps + side.alpha
    last = side.keep - side.c * (1 - side.rho) / steps
    return np.minimum(first, last)


def minimum_steps(deal: Deal, first: First = "both", limit: int = LIMIT) -> NDArray[np.int64]:
    """
    Fewest equal steps that both sides would keep.

    Parameters
    ----------
    deal : Deal
        The bargain; fields may be arrays.
    first : {"both", "a", "b"}
        Who moves first inside a step; "both" (or None) is at the same time.
    limit : int
        Largest number of steps that is tried.

    Returns
    -------
    int array
        The number of steps, 0 where none within `limit` holds. Closed form of the
        first-step and last-step conditions, derived in docs/model.md.

    Raises
    ------
    ValueError
        If `first` or `limit` is not one of the choices.
    """
    leader, top = check_first(first), whole("limit", limit, 1)
    shape, deals = deal_shape(deal), flat(deal)
    fewest = np.empty(int(np.prod(shape)), dtype=np.int64)
    with np.errstate(all="ignore"):
        for part in _parts(fewest.size):
            fewest[part] = _fewest(pick(deals, part), leader, top)
    return fewest.reshape(shape)[()]


def _parts(size: int) -> Iterator[slice]:
    """Cut `size` bargains into chunks that fit the cache."""
    return (slice(start, min(start + CHUNK, size)) for start in range(0, size, CHUNK))


def _fewest(deal: Deal, leader: str, limit: int) -> NDArray[np.int64]:
    """Solve one chunk: the closed form, and a search where it is not clear-cut."""
    if np.any(deal.a_a) or np.any(deal.a_b):
        return _search(deal, leader, limit)
    needed, unclear = _needed(deal, leader)
    fewest = np.where(needed <= limit, np.maximum(np.ceil(needed), 1), 0).astype(np.int64)
    if np.any(unclear):
        chosen = pick(deal, unclear) if np.ndim(unclear) else deal
        np.place(fewest, unclear, _search(chosen, leader, limit))
    return fewest


def _needed(deal: Deal, leader: str) -> tuple[Value, Value]:
    """Number of steps as a real number, and where that is too close to a whole one."""
    log_delta = np.log(deal.delta)
    needed, unclear = 0.0, 1 - deal.delta < CLEAR
    for name, side in zip("ab", sides(deal), strict=True):
        more, doubt = _needed_by(side, deal.delta, log_delta, name == leader)
        needed, unclear = np.maximum(needed, more), unclear | doubt
    return needed, unclear | (abs(needed - np.rint(needed)) <= 10 * CLEAR * needed)


def _needed_by(side: Side, delta: Value, log_delta: Value, leads: bool) -> tuple[Value, Value]:
    """Steps that one side needs (no audience costs), and where that is in doubt."""
    edge = CLEAR * side.c
    if leads:
        worst = np.minimum(side.keep, side.w)
        return np.where(worst > 0, 1e-3, np.inf), abs(worst) < edge
    future = delta * side.w
    reach = future - (1 - delta) * (side.c - side.v * side.stick)
    start = 1 + np.log(reach / future) / log_delta
    end = side.c * (1 - side.rho) / side.keep
    worst = np.minimum(np.minimum(side.keep, reach), side.w)
    return np.where(worst > 0, np.maximum(start, end), np.inf), abs(worst) < edge


def _search(deal: Deal, leader: str, limit: int) -> NDArray[np.int64]:
    """Halve the range of steps until the fewest that holds is left; more never hurts."""
    low = np.zeros(deal_shape(deal), dtype=np.int64)
    high = np.full_like(low, limit)
    while np.any(high - low > 1):
        middle = (low + high + 1) // 2
        good = holds(deal, middle, leader)  # type: ignore[arg-type]
        low, high = np.where(good, low, middle), np.where(good, middle, high)
    return np.where(holds(deal, high, leader), high, 0)  # type: ignore[arg-type]


def check_first(first: First) -> Literal["both", "a", "b"]:
    """
    Read who moves first.

    Parameters
    ----------
    first : {"both", "a", "b"} or None
        The choice; None means both at once.

    Returns
    -------
    str
        "both", "a" or "b".

    Raises
    ------
    ValueError
        If it is none of these.
    """
    if first is None:
        return "both"
    if first not in ("both", "a", "b"):
        raise ValueError(f"first = {first!r} is not a choice. Choose one of: 'both', 'a', 'b'.")
    return first
