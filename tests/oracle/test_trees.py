"""The trees, built and solved by pygambit: it must agree with the slow solver and the models."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pygambit as gambit
import pytest

from kdebate import models
from kdebate.models import Deal

from .solver import (
    RULES,
    Game,
    after_breach,
    both_breach,
    breach,
    enforceable,
    equal_steps,
    from_start,
    kept,
    level,
    matrix,
    random_game,
    tree,
)
from .stored import cases, game_of

PLAYERS = ["a", "b"]
DELIVER, BREACH = MOVES = ("deliver", "breach")


def cells_of(game: Game, steps: int) -> list[list[list[Fraction]]]:
    return matrix(game, equal_steps(steps), 1)


def pure_equilibria(cells: Any) -> list[str]:
    """Names of the pure equilibria of a 2x2 game, found by pygambit."""
    tables = [np.array([[cells[x][y][i] for y in (0, 1)] for x in (0, 1)]) for i in (0, 1)]
    form = gambit.Game.from_arrays(*tables)
    found = []
    for profile in gambit.nash.enumpure_solve(form).equilibria:
        played = [
            [strategy for strategy, p in mixed if p == 1] for _, mixed in profile.mixed_strategies()
        ]
        found.append(
            "".join(
                "CD"[list(player.strategies).index(own[0])]
                for player, own in zip(form.players, played, strict=True)
            )
        )
    return sorted(found)


@pytest.mark.parametrize("case", cases("core"))
def test_equilibria_inside_a_step(case: dict[str, Any]) -> None:
    game = game_of(case["input"])
    for n in (1, 2, 3):
        stored = sorted(case["output"][f"step1_equilibria_N{n}"])
        assert pure_equilibria(cells_of(game, n)) == stored


def simultaneous_tree(game: Game, steps: int) -> Any:
    """The whole exchange as a tree: in each period Washington moves unseen, then Pyongyang."""
    path, form = equal_steps(steps), gambit.Game.new_tree(players=PLAYERS)
    node = form.root
    for k in range(1, steps + 2):
        before, now = level(path, k - 1), level(path, k)
        low = [(1 - rho) * before for rho in game.rho]
        form.append_move(node, "a", [DELIVER, BREACH])
        form.append_move(list(node.children), "b", [DELIVER, BREACH])
        alone = [[after_breach(game, i, who, low[i], now) for who in (0, 1)] for i in (0, 1)]
        ends = {(0, 1): alone[1], (1, 0): alone[0], (1, 1): both_breach(game, before)}
        for (x, y), worth in ends.items():
            end(form, node.children[MOVES[x]].children[MOVES[y]], from_start(game, path, k, worth))
        node = node.children[DELIVER].children[DELIVER]
    end(form, node, from_start(game, path, 1, kept(game, path, 1)))
    return form


def end(form: Any, node: Any, worth: list[Fraction]) -> None:
    """End the tree at a node."""
    payoffs = [gambit.Rational(x.numerator, x.denominator) for x in worth]
    form.set_outcome(node, form.add_outcome(f"end {len(form.outcomes) + 1}", payoffs))


def all_deliver_is_an_equilibrium(form: Any) -> bool:
    """Whether pygambit finds the profile in which everybody always delivers."""
    return any(
        all(profile[infoset][DELIVER] == 1 for infoset in form.infosets)
        for profile in gambit.nash.enumpure_agent_solve(form).equilibria
    )


def can_fall(game: Game) -> bool:
    return all(rho > 0 for rho in game.rho) and all(
        v >= c for v, c in zip(game.v, game.c, strict=True)
    )


def test_delivering_throughout_is_an_equilibrium_iff_the_deal_holds(seed: int) -> None:
    rng, seen = random.Random(seed + 2), {True: 0, False: 0}
    while min(seen.values()) < 8 and sum(seen.values()) < 120:
        game, steps = random_game(rng), rng.randint(1, 2)
        if not can_fall(game):
            continue
        holds = all_deliver_is_an_equilibrium(simultaneous_tree(game, steps))
        assert holds == bool(models.holds(Deal(**game.floats()), steps)), (seed, game, steps)
        assert holds == enforceable(game, equal_steps(steps)), (seed, game, steps)
        seen[holds] += 1
    assert min(seen.values()) >= 3


def sequential_tree(game: Game, steps: int, first: int) -> Any:
    """The exchange as a tree in which `first` is seen to move before the other."""
    path, form = equal_steps(steps), gambit.Game.new_tree(players=PLAYERS)
    node = form.root
    for k, i in product(range(1, steps + 2), (first, 1 - first)):
        broken = breach(game, path, i, k, first, RULES)
        if broken is None:
            continue
        form.append_move(node, PLAYERS[i], [DELIVER, BREACH])
        worth = [after_breach(game, i, who, *broken[1:]) for who in (0, 1)]
        end(form, node.children[BREACH], from_start(game, path, k, worth))
        node = node.children[DELIVER]
    end(form, node, from_start(game, path, 1, kept(game, path, 1)))
    return form


def backward_induction(form: Any) -> list[Fraction]:
    """Payoffs of the subgame-perfect play, every node valued by pygambit."""
    profile = form.mixed_behavior_profile(rational=True)
    infosets = list(form.infosets)
    for infoset in sorted(infosets, key=lambda one: depth(node_of(one)), reverse=True):
        after = node_of(infoset).children
        worth = [profile.node_value(infoset.player, after[move]) for move in MOVES]
        delivers = worth[0] >= worth[1]
        profile[infoset] = [gambit.Rational(int(chance)) for chance in (delivers, not delivers)]
    return [Fraction(str(profile.payoff(player))) for player in form.players]


def node_of(infoset: Any) -> Any:
    """The only node of an information set."""
    (node,) = infoset.members
    return node


def depth(node: Any) -> int:
    return 0 if node.parent is None else 1 + depth(node.parent)


def test_backward_induction_with_a_first_mover(seed: int) -> None:
    rng, outcomes = random.Random(seed + 3), set()
    for _ in range(40):
        game, steps, first = random_game(rng), rng.randint(1, 4), rng.randint(0, 1)
        outcome, payoffs = tree(game, steps, first)
        assert backward_induction(sequential_tree(game, steps, first)) == payoffs, (
            seed,
            game,
            steps,
        )
        outcomes.add(outcome)
        if all(v >= c for v, c in zip(game.v, game.c, strict=True)):
            kept_ = outcome == "deal completed and kept"
            assert kept_ == bool(models.holds(Deal(**game.floats()), steps, "ab"[first])), (
                seed,
                game,
                steps,
            )
    assert len(outcomes) >= 2


def test_where_the_future_counts_nothing_each_choice_is_weighed_in_its_own_period() -> None:
    third, game = Fraction(1, 3), random_game(random.Random(0))
    game = replace(game, delta=Fraction(0), v=(2 * third, 2 * third), c=(third, third))
    game = replace(game, rho=(third, third), a=(Fraction(0),) * 2)
    for steps, first in product((1, 2, 3), (0, 1)):
        outcome, payoffs = tree(game, steps, first)
        assert backward_induction(sequential_tree(game, steps, first)) == payoffs
        assert outcome != "deal completed and kept"
        assert not models.holds(Deal(**game.floats()), steps, "ab"[first])


@pytest.mark.parametrize("case", cases("core"))
def test_stored_trees(case: dict[str, Any]) -> None:
    game = game_of(case["input"])
    for key, stored in case["output"].items():
        if key.startswith("tree_"):
            who, n = key.removeprefix("tree_").split("_first_N")
            payoffs = backward_induction(sequential_tree(game, int(n), "AB".index(who)))
            assert [float(x) for x in payoffs] == pytest.approx(stored["payoffs"], abs=1e-12)
