"""
The decision inside one step, and what each side must believe about the other.

Deliver or breach is a prisoner's dilemma while the safety gap is below 0, and a
stag hunt once it is not: both delivering and both breaching are then
equilibria, so an enforceable step still needs trust (Kydd 2005). Small first
steps need little of it (Schelling 1960).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .checks import in_range, whole
from .concession import TOLERANCE, Side, sides, steps_to_come
from .deal import Array, Deal, Value
from .schedules import _one_bargain

CHANCE = "It is a chance: choose a number from 0 to 1."


class Step(NamedTuple):
    """One equal step: what was delivered before it, after it, and what follows."""

    before: float
    after: float
    mean: Value  # discounted mean of the shares delivered from this step on


def _step(deal: Deal, steps: int, step: int) -> Step:
    """Place step number `step` of `steps` equal ones."""
    count = whole("steps", steps, 1)
    k = whole("step", step, 1, count)
    mean = (k + steps_to_come(deal.delta, count - k)) / count
    return Step((k - 1) / count, k / count, mean)


def step_game(deal: Deal, steps: int, step: int = 1) -> Array:
    """
    Payoffs of delivering or breaching in one step.

    Parameters
    ----------
    deal : Deal
        One bargain (single numbers only).
    steps : int
        Number of equal steps.
    step : int
        Which of them, from 1.

    Returns
    -------
    array, shape (2, 2, 2)
        `[a delivers?][b delivers?][payoff of a, of b]`, index 0 = deliver. Worth
        per round from this step on, the rest of the deal kept.

    Raises
    ------
    ValueError
        If the deal holds arrays, or the step does not exist.
    """
    _one_bargain(deal)
    at = _step(deal, steps, step)
    a, b = sides(deal)
    kept = [a.w * at.mean, b.w * at.mean]
    a_breaks = [_breaks(a, at), _is_cheated(b, a, at)]
    b_breaks = [_is_cheated(a, b, at), _breaks(b, at)]
    return np.array([[kept, b_breaks], [a_breaks, [_both(a, b, at), _both(b, a, at)]]])


def _breaks(side: Side, at: Step) -> Value:
    """Worth of breaching alone."""
    gain = side.v * at.after * (1 - side.stick)
    return gain - side.c * (1 - side.rho) * at.before - side.alpha


def _is_cheated(side: Side, other: Side, at: Step) -> Value:
    """Worth of delivering alone."""
    cost = side.c * at.after * (1 - side.held)
    return side.v * (1 - other.rho) * at.before - cost - side.beta


def _both(side: Side, other: Side, at: Step) -> Value:
    """Worth if both breach in the same step."""
    net = side.v * (1 - other.rho) - side.c * (1 - side.rho)
    return net * at.before - side.alpha


def trust_needed(deal: Deal, steps: int, step: int = 1) -> Array:
    """
    Belief that the other delivers from which delivering is the better bet.

    Parameters
    ----------
    deal : Deal
        The bargain; fields may be arrays.
    steps : int
        Number of equal steps.
    step : int
        Which of them, from 1.

    Returns
    -------
    array, shape (..., 2)
        For Washington and Pyongyang, 0 to 1; nan where no belief suffices.
        `loss / (loss + gap)`, derived in docs/model.md.

    Raises
    ------
    ValueError
        If the step does not exist.
    """
    at = _step(deal, steps, step)
    both = [_trust(side, at) for side in sides(deal)]
    return np.stack(np.broadcast_arrays(*both), axis=-1)


def _trust(side: Side, at: Step) -> Array:
    """Belief that one side needs."""
    gap, loss = step_gap(side, at), step_loss(side, at)
    never = (gap < -TOLERANCE) | ((gap <= TOLERANCE) & (loss > TOLERANCE))
    with np.errstate(all="ignore"):
        needed = np.where(loss <= TOLERANCE, 0.0, np.divide(loss, loss + gap))
    return np.where(never, np.nan, needed)


def step_gap(side: Side, at: Step) -> Value:
    """
    What delivering is worth above breaching, if the other delivers.

    Parameters
    ----------
    side : Side
        Whose gap.
    at : Step
        The step.

    Returns
    -------
    float or array
        The safety gap of this step.
    """
    return side.w * at.mean - _breaks(side, at)


def step_loss(side: Side, at: Step) -> Value:
    """
    What delivering costs compared with breaching, if the other breaches.

    Parameters
    ----------
    side : Side
        Whose loss.
    at : Step
        The step.

    Returns
    -------
    float or array
        The loss; 0 or less if delivering is better even then.
    """
    exposed = at.after * (1 - side.held) - (1 - side.rho) * at.before
    return side.c * exposed + side.beta - side.alpha


def first_step_game(deal: Deal, steps: int) -> str:
    """
    Name the game that the two sides play in the first step.

    Parameters
    ----------
    deal : Deal
        One bargain (single numbers only).
    steps : int
        Number of equal steps.

    Returns
    -------
    str
        "prisoners_dilemma": breaching is better for both whatever the other does,
        though both delivering beats both breaching. "stag_hunt": both delivering
        is an equilibrium that beats the other one, both breaching. Else "neither".

    Raises
    ------
    ValueError
        If the deal holds arrays, or `steps` is not a whole number of 1 or more.
    """
    game, at = step_game(deal, steps), _step(deal, steps, 1)
    gaps = [step_gap(side, at) for side in sides(deal)]
    fears = min(step_loss(side, at) for side in sides(deal)) > TOLERANCE
    if not (fears and np.all(game[0, 0] > game[1, 1])):
        return "neither"
    if min(gaps) >= -TOLERANCE:
        return "stag_hunt"
    return "prisoners_dilemma" if max(gaps) < -TOLERANCE else "neither"


def belief(p: float, clean_if_sincere: float, clean_if_cheating: float, reports: int) -> Array:
    """
    Belief that the other side is sincere, as clean inspection reports come in.

    Parameters
    ----------
    p : float
        Belief before any report, 0 to 1.
    clean_if_sincere, clean_if_cheating : float
        Chance of a clean report from a sincere side and from a cheating one.
    reports : int
        Number of clean reports, 0 or more.

    Returns
    -------
    array, shape (reports + 1,)
        Beliefs after 0, 1, ... reports, by Bayes' rule.

    Raises
    ------
    ValueError
        If a chance lies outside 0 to 1, or no report could ever be clean.
    """
    chance, clean, false_clean = (
        in_range(name, value, 0.0, 1.0, CHANCE)
        for name, value in [
            ("p", p),
            ("clean_if_sincere", clean_if_sincere),
            ("clean_if_cheating", clean_if_cheating),
        ]
    )
    return _beliefs(chance, clean, false_clean, np.arange(whole("reports", reports, 0) + 1))


def _beliefs(chance: float, clean: float, false_clean: float, count: ArrayLike) -> Array:
    """Bayes' rule after each number of clean reports."""
    if clean == false_clean == 0:
        raise ValueError(
            "clean_if_sincere and clean_if_cheating are both 0, so no report could be clean. "
            "Choose at least one above 0."
        )
    with np.errstate(divide="ignore", over="ignore"):
        doubt = np.power(np.divide(false_clean, clean), count)
    if chance in (0.0, 1.0):
        return np.full(doubt.shape, chance)
    return chance / (chance + (1 - chance) * doubt)
