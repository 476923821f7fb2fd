"""
The bargain played round by round, each move a choice: the engine of the game and of the summit.

One round is one step of the schedule; after the last slice the deal is kept round after
round. The rules are those of `docs/model.md`. Nothing here knows a clock, and chance
comes from one small stated generator, so that a seed gives the same play in Python and in
the browser: `play.js` is the twin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from .checks import whole
from .concession import First, margins
from .deal import Deal, deal_shape

Side: TypeAlias = Literal["a", "b"]
Action: TypeAlias = Literal["deliver", "hold"]
Strategy: TypeAlias = Callable[["Play", Side], Action]

ACTIONS = ("deliver", "hold")
SIDES: tuple[Side, Side] = ("a", "b")
OTHER: dict[Side, Side] = {"a": "b", "b": "a"}
WORD = 2**32
SURELY = 1e-12  # a gap this close to 0 counts as 0, so that the twins decide alike


def mulberry32(seed: int) -> Callable[[], float]:
    """
    Make the generator of both twins: Tommy Ettinger's mulberry32, one 32-bit word of state.

    Parameters
    ----------
    seed : int
        Where it starts; only the last 32 bits count.

    Returns
    -------
    callable
        Gives the next number, from 0 to just below 1, at each call.
    """
    state = seed % WORD

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) % WORD
        mixed = (state ^ state >> 15) * (state | 1) % WORD
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) % WORD
        return (mixed ^ mixed >> 14) / WORD

    return draw


class Play:
    """
    One bargain, played.

    Parameters
    ----------
    deal : Deal
        The bargain, scalars only.
    steps : int
        Number of equal slices.
    first : {"both", "a", "b"} or None
        Who moves first in each slice; the other one sees that move before it answers.
    seed : int
        Of the dice.

    Attributes
    ----------
    history : list of dict
        The rounds so far: ``slice moves levels payoffs die proven``.
    payoffs : list of float
        What each side got so far, a then b.

    Raises
    ------
    ValueError
        If the deal holds arrays, or `steps` or `first` is none of those.

    Examples
    --------
    >>> play = Play(Deal(delta=0.9, v_a=2, v_b=2, rho_b=0.5), 1)
    >>> play.move("a", "hold")
    >>> play.move("b", "deliver")
    >>> play.wait()
    >>> play.payoffs
    [3.0, -1.5]
    """

    def __init__(self, deal: Deal, steps: int, first: First = "both", seed: int = 0) -> None:
        if deal_shape(deal) != ():
            raise ValueError("A play takes one bargain: give single numbers, not arrays.")
        if (first or "both") not in ("both", "a", "b"):
            raise ValueError(f"first = {first!r} is not a choice. Choose one of: 'both', 'a', 'b'.")
        self.deal, self.steps, self.first = deal, whole("steps", steps, 1), first or "both"
        self.history: list[dict[str, Any]] = []
        self.payoffs = [0.0, 0.0]
        self.roll = mulberry32(seed)
        self._moves: dict[Side, Action] = {}
        self._levels = {"a": 0.0, "b": 0.0}
        self._breach: Side | Literal["both"] | None = None
        self._broken_at: int | None = None
        self._proven = False

    @property
    def state(self) -> dict[str, Any]:
        """What is decided next: ``round slice to_move levels breach broken_at proven``."""
        return {
            "round": len(self.history) + 1,
            "slice": self._slice,
            "to_move": self.to_move,
            "levels": [*self._levels.values()],
            "breach": self._breach,
            "broken_at": self._broken_at,
            "proven": self._proven,
        }

    @property
    def _slice(self) -> int | None:
        """The slice that is due, None when all are delivered or somebody broke the deal."""
        due = len(self.history) + 1
        return due if self._breach is None and due <= self.steps else None

    @property
    def to_move(self) -> list[Side]:
        """Who has a choice now; nobody once the deal is broken or complete."""
        sides: list[Side] = ["a", "b"] if self._slice else []
        if self.first in sides and not self._moves:
            return [side for side in sides if side == self.first]
        return [side for side in sides if side not in self._moves]

    def move(self, side: Side, action: Action) -> None:
        """
        Make one side's choice; the round is over when nobody is left to choose.

        Parameters
        ----------
        side : {"a", "b"}
            Who chooses.
        action : {"deliver", "hold"}
            Give the slice, or hold it back and take back what can be taken back.

        Raises
        ------
        ValueError
            If it is not that side's move, or there is no such action.
        """
        if side not in self.to_move:
            whose = " or ".join(self.to_move) or "nobody: call wait()"
            raise ValueError(f"It is not the turn of {side!r}. To move: {whose}.")
        if action not in ACTIONS:
            raise ValueError(f"{action!r} is no move. Choose one of: {', '.join(ACTIONS)}.")
        self._moves[side] = action
        if (action == "hold" and side == self.first) or not self.to_move:
            self._settle()

    def wait(self) -> None:
        """
        Play a round without a choice: the deal is kept, or its breach goes on.

        Raises
        ------
        ValueError
            If somebody has a choice to make.
        """
        if self.to_move:
            raise ValueError(f"{' and '.join(self.to_move)} must move first: call move().")
        self._pay(None, {})

    def _settle(self) -> None:
        """Turn over the moves of one slice."""
        due, moves = self._slice or 0, self._moves
        now, before = due / self.steps, (due - 1) / self.steps
        holders = [side for side in SIDES if moves.get(side) == "hold"]
        for side in SIDES:
            delivered = now if moves.get(side) == "deliver" else before
            reach = 1 - getattr(self.deal, f"rho_{side}")
            self._levels[side] = reach * before if side in holders else delivered
        self._moves = {}
        if holders:
            self._breach = "both" if len(holders) == 2 else holders[0]
            self._broken_at = due
        self._pay(due, moves)

    def _pay(self, due: int | None, moves: Mapping[Side, Action]) -> None:
        """Add what a round brings; then the die says whether a breach is proven."""
        paid = [self._flow("a"), self._flow("b")]
        if due and due == self._broken_at:
            paid = [paid[0] - self._one_off("a"), paid[1] - self._one_off("b")]
        self.payoffs = [self.payoffs[0] + paid[0], self.payoffs[1] + paid[1]]
        entry = {"slice": due, "moves": dict(moves), "levels": [*self._levels.values()]}
        die = self._prove()
        self.history.append(entry | {"payoffs": paid, "die": die, "proven": self._proven})

    def _flow(self, side: Side) -> float:
        """What one round brings at the present levels."""
        v, c = getattr(self.deal, f"v_{side}"), getattr(self.deal, f"c_{side}")
        return float(v * self._levels[OTHER[side]] - c * self._levels[side])

    def _one_off(self, side: Side) -> float:
        """What the round of the breach costs at home: a broken word, or being cheated."""
        broke = self._breach in (side, "both")
        return float(getattr(self.deal, f"{'a' if broke else 'b'}_{side}"))

    def _prove(self) -> float | None:
        """Roll the die while a breach is unproven; once it is proven, the victim takes back."""
        if self._breach is None or self._breach == "both" or self._proven:
            return None
        die = self.roll()
        self._proven = die < getattr(self.deal, f"q_{self._breach}")
        if self._proven:
            victim = OTHER[self._breach]
            self._levels[victim] *= 1 - getattr(self.deal, f"rho_{victim}")
        return die


# ---- who plays --------------------------------------------------------------------------------


def keeper(play: Play, side: Side) -> Action:
    """Delivers while the other one does."""
    return "deliver"


def taker(play: Play, side: Side) -> Action:
    """Holds back at the last slice."""
    return "hold" if play.state["slice"] == play.steps else "deliver"


def reckoner(play: Play, side: Side) -> Action:
    """Holds back at a slice whose safety gap, with all that is still to come kept, is below 0."""
    gaps = margins(play.deal, play.steps, play.first)["ab".index(side)]
    return "hold" if gaps[play.state["slice"] - 1] < -SURELY else "deliver"


def holder(at: int) -> Strategy:
    """
    Make a strategy that delivers until one slice and holds that one back.

    Parameters
    ----------
    at : int
        The slice, counted from 1.

    Returns
    -------
    callable
        A strategy.
    """
    return lambda play, side: "hold" if play.state["slice"] == at else "deliver"


def run(play: Play, plan: Mapping[Side, Strategy], rounds: int) -> Play:
    """
    Go on with a play until it has so many rounds.

    Parameters
    ----------
    play : Play
        Where it stands; it is changed.
    plan : dict
        The strategy of each side.
    rounds : int
        How long the play is then.

    Returns
    -------
    Play
        The same play.
    """
    while len(play.history) < rounds:
        sides = play.to_move
        if sides:
            play.move(sides[0], plan[sides[0]](play, sides[0]))
        else:
            play.wait()
    return play


def average(
    deal: Deal, steps: int, first: First, plan: Mapping[Side, Strategy], plays: int, seed: int
) -> dict[str, Any]:
    """
    Play many times, each time until the talks end by chance.

    They end after each round with chance 1 - delta. Lengths and dice come from the seed
    alone, so that two plans meet the same fate.

    Parameters
    ----------
    deal, steps, first
        As for `Play`.
    plan : dict
        The strategy of each side.
    plays : int
        How many.
    seed : int
        Of lengths and dice.

    Returns
    -------
    dict
        ``totals`` (pay-offs of each play, a then b), ``rounds`` (of each play), and
        ``worth``: the sum of pay-offs over the sum of rounds, a then b.

    Raises
    ------
    ValueError
        If the talks would never end.
    """
    if deal.delta >= 1:
        raise ValueError("delta = 1: such talks never end. Choose a delta below 1.")
    draw, totals, lengths = mulberry32(seed), [], []
    for _ in range(whole("plays", plays, 1)):
        length = 1
        while draw() < deal.delta:
            length += 1
        play = Play(deal, steps, first, int(draw() * WORD))
        totals.append(run(play, plan, length).payoffs)
        lengths.append(length)
    worth = [sum(total[i] for total in totals) / sum(lengths) for i in (0, 1)]
    return {"totals": totals, "rounds": lengths, "worth": worth}
