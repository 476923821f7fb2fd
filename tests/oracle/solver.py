"""
A slow, exact solver of the concession game, from its rules alone.

It plays the game out period by period in exact fractions and compares what each
side gets by honouring the schedule with what it gets by each way of breaking it.
It shares nothing with `kdebate.models`: no closed forms, no floats. Player 0 is
Washington (`a`), player 1 is Pyongyang (`b`).

The rules. In period k both sides move at once; who honours the schedule stands at
z[k]. Who breaches stands, in that period and after, anywhere from (1 - rho) z[k-1]
to just below z[k], and the schedule ends. The victim stands at z[k] in the period of
the breach. At the end of that and of each further period the breach is proven with
chance q; from the period after proof the victim stands at (1 - rho) z[k].
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

EXPLICIT = 2  # periods played out before the rest, which no longer changes, is summed exactly
Pair = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Timing:
    """When the victim of a breach can answer; the defaults are the rules of the game."""

    first_proof: int = 1  # periods from the breach to the first in which it may stand lower
    victim_has_moved: bool = True  # it has delivered this period's step before it sees the breach


RULES = Timing()
SAME_PERIOD = Timing(first_proof=0)
PROOF_LATE = Timing(first_proof=2)
HELD_BEFORE = Timing(victim_has_moved=False)


@dataclass(frozen=True)
class Game:
    """One bargain in exact numbers; pairs are (Washington, Pyongyang)."""

    delta: Fraction
    v: Pair
    c: Pair
    rho: Pair
    q: Pair
    a: Pair = (Fraction(0), Fraction(0))
    b: Pair = (Fraction(0), Fraction(0))

    def flow(self, i: int, own: Fraction, other: Fraction) -> Fraction:
        """Payoff of one period."""
        return self.v[i] * other - self.c[i] * own

    def scaled(self, share: Fraction) -> Game:
        """The same bargain over a share of the package; audiences do not shrink with it."""
        v, c = ((pair[0] * share, pair[1] * share) for pair in (self.v, self.c))
        return Game(self.delta, v, c, self.rho, self.q, self.a, self.b)

    def at_price(self, theta: Fraction) -> Game:
        """The same bargain with relief per unit of disarmament multiplied."""
        v, c = (self.v[0], self.v[1] * theta), (self.c[0] * theta, self.c[1])
        return Game(self.delta, v, c, self.rho, self.q, self.a, self.b)

    def floats(self) -> dict[str, float]:
        """The fields of a `Deal`."""
        pairs = {"v": self.v, "c": self.c, "rho": self.rho, "q": self.q, "a": self.a, "b": self.b}
        fields = {
            f"{key}_{s}": float(x)
            for key, pair in pairs.items()
            for s, x in zip("ab", pair, strict=True)
        }
        return {"delta": float(self.delta), **fields}


# ------------------------------------------------------------------ playing it out


def equal_steps(count: int) -> list[Fraction]:
    """Shares delivered after each of `count` equal steps, 0 first."""
    return [Fraction(k, count) for k in range(count + 1)]


def level(path: Sequence[Fraction], k: int) -> Fraction:
    """Share that the schedule asks for in period k; the last one for ever."""
    return path[min(k, len(path) - 1)]


def kept_by(game: Game, path: Sequence[Fraction], k: int, i: int) -> Fraction:
    """Worth to i, per period, of the schedule from period k on."""
    end = max(k, len(path) - 1)
    flows = [game.flow(i, level(path, t), level(path, t)) for t in range(k, end + 1)]
    total = sum((game.delta**n * x for n, x in enumerate(flows)), Fraction(0))
    return (1 - game.delta) * total + game.delta ** (end + 1 - k) * flows[-1]


def kept(game: Game, path: Sequence[Fraction], k: int) -> list[Fraction]:
    """Worth to both, per period, of the schedule from period k on."""
    return [kept_by(game, path, k, i) for i in (0, 1)]


def after_breach(
    game: Game, i: int, who: int, own: Fraction, holds_at: Fraction, timing: Timing = RULES
) -> Fraction:
    """Worth to `who`, per period, from when i falls to `own` and the victim holds on."""
    j, delta, q = 1 - i, game.delta, game.q[i]
    open_, proven = (
        game.flow(who, *((own, victim) if who == i else (victim, own)))
        for victim in (holds_at, (1 - game.rho[j]) * holds_at)
    )
    unproven, total = Fraction(1), Fraction(0)
    for t in range(EXPLICIT):
        if t >= timing.first_proof:
            unproven *= 1 - q
        total += delta**t * (unproven * open_ + (1 - unproven) * proven)
    # From here on nothing changes but the proof: waiting = open_ + delta * (q * proven for ever
    # + (1 - q) * waiting), the same equation in every period.
    for_ever = proven / (1 - delta)
    waiting = (open_ + delta * q * for_ever) / (1 - delta * (1 - q))
    still_open = unproven * (1 - q)
    total += delta**EXPLICIT * (still_open * waiting + (1 - still_open) * for_ever)
    return (1 - delta) * (total - (game.a[i] if who == i else game.b[j]))


def both_breach(game: Game, before: Fraction) -> list[Fraction]:
    """Worth, per period, if both fall in the same period."""
    low = [(1 - rho) * before for rho in game.rho]
    return [game.flow(i, low[i], low[1 - i]) - (1 - game.delta) * game.a[i] for i in (0, 1)]


def ways_to_breach(game: Game, i: int, before: Fraction, now: Fraction) -> list[Fraction]:
    """Some of the levels that i may fall to: the lowest, halfway, just short of the step."""
    low = (1 - game.rho[i]) * before
    between = [low, (low + now) / 2, low + (now - low) * Fraction(99, 100)]
    return sorted({x for x in between if x < now})


def breach(
    game: Game, path: Sequence[Fraction], i: int, k: int, first: int | None, timing: Timing
) -> tuple[Fraction, Fraction, Fraction] | None:
    """Best breach of i in period k: its worth, its level, the victim's; None if i cannot fall."""
    before, now = level(path, k - 1), level(path, k)
    seen_first = first == i or not timing.victim_has_moved
    holds_at = before if seen_first else now
    levels = ways_to_breach(game, i, before, now)
    plays = ((after_breach(game, i, i, x, holds_at, timing), x, holds_at) for x in levels)
    return max(plays, default=None)


def gap(
    game: Game, path: Sequence[Fraction], i: int, k: int, first: int | None, timing: Timing
) -> Fraction | None:
    """What honouring the schedule in period k is worth to i above the best breach."""
    broken = breach(game, path, i, k, first, timing)
    return None if broken is None else kept_by(game, path, k, i) - broken[0]


def gaps(
    game: Game, path: Sequence[Fraction], first: int | None = None, timing: Timing = RULES
) -> list[list[Fraction | None]]:
    """Gaps of both sides in every step, then of keeping."""
    periods = range(1, len(path) + 1)
    return [[gap(game, path, i, k, first, timing) for k in periods] for i in (0, 1)]


def signs(game: Game, i: int) -> bool:
    """Whether side i gains from the whole deal."""
    return game.v[i] >= game.c[i]


def tempted(
    game: Game, path: Sequence[Fraction], i: int, first: int | None, timing: Timing
) -> bool:
    """Whether i would rather breach somewhere; looked for from the end."""
    periods = range(len(path), 0, -1)
    found = (gap(game, path, i, k, first, timing) for k in periods)
    return any(x is not None and x < 0 for x in found)


def enforceable(
    game: Game, path: Sequence[Fraction], first: int | None = None, timing: Timing = RULES
) -> bool:
    """Whether both sign and nobody would rather breach anywhere."""
    both = (0, 1)
    return all(signs(game, i) for i in both) and not any(
        tempted(game, path, i, first, timing) for i in both
    )


def fewest_steps(
    game: Game, first: int | None = None, limit: int = 12, timing: Timing = RULES
) -> int:
    """Fewest equal steps that hold, tried one after the other; 0 if none."""
    tries = (n for n in range(1, limit + 1) if enforceable(game, equal_steps(n), first, timing))
    return next(tries, 0)


# ------------------------------------------------------------------ the 2x2 game and trees


def matrix(game: Game, path: Sequence[Fraction], k: int) -> list[list[list[Fraction]]]:
    """Payoffs in step k: [a delivers?][b delivers?][side], index 0 = deliver; lowest breaches."""
    before, now = level(path, k - 1), level(path, k)
    low = [(1 - rho) * before for rho in game.rho]
    falls = [[after_breach(game, i, who, low[i], now) for who in (0, 1)] for i in (0, 1)]
    return [[kept(game, path, k), falls[1]], [falls[0], both_breach(game, before)]]


def belief_needed(cells: list[list[list[Fraction]]], i: int) -> Fraction | None:
    """Least chance of the other's delivering at which i rather delivers; None if none will do."""
    mine = [[cells[x][y][i] if i == 0 else cells[y][x][i] for y in (0, 1)] for x in (0, 1)]
    if_kept, if_cheated = mine[0][0] - mine[1][0], mine[0][1] - mine[1][1]
    if if_kept < 0 or (if_kept == 0 and if_cheated < 0):
        return None
    return Fraction(0) if if_cheated >= 0 else -if_cheated / (if_kept - if_cheated)


def seen_from(
    game: Game, path: Sequence[Fraction], start: int, k: int, worth: Sequence[Fraction]
) -> list[Fraction]:
    """Add what the periods from `start` to before k bring to what follows from k on."""
    seen = []
    for i in (0, 1):
        flows = (game.flow(i, path[t], path[t]) for t in range(start, k))
        before = sum((game.delta**n * x for n, x in enumerate(flows)), Fraction(0))
        seen.append((1 - game.delta) * before + game.delta ** (k - start) * worth[i])
    return seen


def from_start(
    game: Game, path: Sequence[Fraction], k: int, worth: Sequence[Fraction]
) -> list[Fraction]:
    """Add what the periods before k brought to what follows from k on, seen from period 1."""
    return seen_from(game, path, 1, k, worth)


def tree(game: Game, count: int, first: int) -> tuple[str, list[Fraction]]:
    """
    Backward induction if `first` moves first in every step; who is indifferent delivers.

    Each choice is weighed in its own period: seen from the start, one that comes later
    would count nothing where the future counts nothing.
    """
    path = equal_steps(count)
    ahead, end = kept(game, path, count + 1), "deal completed and kept"
    for k in range(count + 1, 0, -1):
        ahead = seen_from(game, path, k, k + 1, ahead) if k <= count else ahead
        for i in (1 - first, first):
            broken = breach(game, path, i, k, first, RULES)
            if broken is None:
                continue
            worth = [after_breach(game, i, who, *broken[1:]) for who in (0, 1)]
            if worth[i] > ahead[i]:
                where = f"step {k}" if k <= count else "keeping"
                ahead, end = worth, f"{'AB'[i]} breaches at {where}"
    return end, ahead


# ------------------------------------------------------------------ chance games


def share(rng: random.Random, parts: int = 20) -> Fraction:
    """A share, its ends included."""
    return Fraction(rng.randint(0, parts), parts)


def amount(rng: random.Random, low: int, high: int, parts: int = 10) -> Fraction:
    """An amount."""
    return Fraction(rng.randint(low * parts, high * parts), parts)


def pair(draw: Any) -> Pair:
    """The same draw for both sides."""
    return (draw(), draw())


def random_game(rng: random.Random) -> Game:
    """A bargain; half of them without audiences, a few with a side that would not sign."""
    audience = rng.random() < 0.5
    return Game(
        delta=Fraction(rng.randint(0, 19), 20)
        if rng.random() < 0.2
        else Fraction(rng.randint(12, 19), 20),
        v=pair(lambda: amount(rng, 1, 5)),
        c=pair(lambda: Fraction(rng.randint(5, 15), 10)),
        rho=pair(lambda: share(rng)),
        q=pair(lambda: Fraction(1) if rng.random() < 0.5 else share(rng, 10)),
        a=pair(lambda: amount(rng, 0, 2, 2) if audience else Fraction(0)),
        b=pair(lambda: amount(rng, 0, 2, 2) if audience else Fraction(0)),
    )


def random_path(rng: random.Random, count: int) -> list[Fraction]:
    """A schedule of `count` steps, sometimes with a pause."""
    inner = sorted(Fraction(rng.randint(0, 12), 12) for _ in range(count - 1))
    return [Fraction(0), *inner, Fraction(1)]


def paths_on_grid(count: int, parts: int) -> Iterator[list[Fraction]]:
    """All schedules of `count` growing steps on a grid."""

    def grow(start: int, left: int) -> Iterator[list[int]]:
        if left == 1:
            yield [parts]
            return
        for x in range(start + 1, parts):
            for rest in grow(x, left - 1):
                yield [x, *rest]

    for marks in grow(0, count):
        yield [Fraction(0), *[Fraction(x, parts) for x in marks]]
