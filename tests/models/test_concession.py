"""The concession game: its limits with known answers, and what must hold for every deal."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdebate import models
from kdebate.models import Deal, concession

DEFAULT = Deal(0.9, 2, 2, rho_a=0.6, rho_b=0.5, q_b=0.5)
shares = st.floats(0, 1).map(lambda x: round(x, 9))  # no denormal numbers
amounts = st.floats(0.05, 20)
audiences = st.one_of(st.just(0.0), st.floats(0.001, 5))


@st.composite
def deals(draw: st.DrawFn, audience: st.SearchStrategy[float] = audiences) -> Deal:
    """Any deal; half of them with prices at home."""
    return Deal(
        *(
            draw(x)
            for x in (shares, amounts, amounts, amounts, amounts, shares, shares, shares, shares)
        ),
        a_a=draw(audience),
        a_b=draw(audience),
    )


def same_side(deal: Deal, **changes: float) -> Deal:
    """A changed copy."""
    return Deal(**{**vars(deal), **changes})


def more(before: np.integer, after: np.integer) -> bool:
    """Whether `after` asks for at least as many steps; 0 means that no number is enough."""
    return bool(after == 0 or 0 < before <= after)


# ---------------------------------------------------------------- limits


def random_deals(count: int, **fixed: float) -> Deal:
    rng = np.random.default_rng(2)
    drawn = {
        "delta": rng.uniform(0.3, 0.99, count),
        "v_a": rng.uniform(1, 5, count),
        "v_b": rng.uniform(1, 5, count),
    }
    drawn |= {name: rng.uniform(0, 1, count) for name in ("rho_a", "rho_b", "q_a", "q_b")}
    return Deal(**{**drawn, "a_a": rng.uniform(0, 3, count), "a_b": 0.0, **fixed})


def test_freely_reversible_steps_buy_nothing() -> None:
    """Limit 1: with rho = 1 on both sides one step is enough, or no number is."""
    deal = random_deals(3000, rho_a=1.0, rho_b=1.0)
    worth = [side.v * side.stick + side.alpha - side.c for side in concession.sides(deal)]
    expected = np.where((worth[0] >= 0) & (worth[1] >= 0), 1, 0)
    assert 100 < expected.sum() < 2900
    assert (models.minimum_steps(deal, limit=200) == expected).all()


def test_nothing_to_take_back_leaves_no_last_step() -> None:
    """Limit 2, first half: with rho = 0 and no audience no finite number of steps holds."""
    deal = random_deals(500, rho_a=0.0, rho_b=0.0, a_a=0.0)
    assert (models.minimum_steps(deal, limit=10_000) == 0).all()
    assert models.fewest_steps_schedule(Deal(0.99, 5, 5)) is None


def test_the_endless_schedule_binds_in_every_step() -> None:
    """Limit 2, second half: z = 1 - (c / (delta v))**t (Lockwood and Thomas 2002)."""
    v, c, delta = 2.0, 1.0, 0.9
    path = 1 - (c / (delta * v)) ** np.arange(400)
    assert path[1] == pytest.approx(0.4444444444444444)
    gaps = models.schedule_margins(Deal(delta, v, v, c, c), path)
    assert np.abs(gaps[:, :300]).max() < 1e-12


@pytest.mark.parametrize(("v", "c"), [(2.0, 1.0), (3.0, 1.2), (1.5, 1.0)])
def test_without_a_stick_the_repeated_prisoners_dilemma_is_left(v: float, c: float) -> None:
    """Limit 3: the first of very many steps is worth starting for iff delta >= c / v."""
    for delta, good in ((c / v - 1e-4, False), (c / v + 1e-4, True)):
        first = models.margins(Deal(delta, v, v, c, c), 200_000)[:, 0]
        assert ((first > 0) == good).all()


def test_the_very_patient() -> None:
    """Limit 4: delta -> 1."""
    found = set()
    for v in (Fraction(6, 5), Fraction(3, 2), Fraction(2), Fraction(3)):
        for own in (Fraction(1, 10), Fraction(3, 10), Fraction(2, 5), Fraction(4, 5)):
            for other in (Fraction(1, 4), Fraction(1, 2), Fraction(9, 10)):
                exact = max(_patient_steps(v, own, other), _patient_steps(v, other, own))
                expected = int(exact) if exact <= 200 else 0
                for delta in (1.0, 1 - 1e-9):
                    deal = Deal(delta, float(v), float(v), rho_a=float(own), rho_b=float(other))
                    # one hair of impatience needs one more step where the limit binds exactly
                    hair = 0 if delta == 1 or expected == 0 else 1
                    assert expected <= models.minimum_steps(deal, limit=200) <= expected + hair
                found.add(expected)
    assert {0, 1, 2, 4} <= found


def _patient_steps(v: Fraction, own: Fraction, other: Fraction) -> float:
    """The limit's formula, for one side with a cost of 1."""
    keep = v * other - own
    if keep <= 0:
        return float("inf") if keep < 0 or own < 1 else 1
    return max(ceil(1 + (1 - v * other) / (v - 1)), ceil((1 - own) / keep), 1)


@given(deals(), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.integers(1, 8))
def test_only_ratios_matter(deal: Deal, of_a: float, of_b: float, steps: int) -> None:
    """Limit 5: scaling (v, c, a) of one side changes no sign."""
    scaled = same_side(
        deal, v_a=deal.v_a * of_a, c_a=deal.c_a * of_a, a_a=deal.a_a * of_a,
        v_b=deal.v_b * of_b, c_b=deal.c_b * of_b, a_b=deal.a_b * of_b,
    )  # fmt: skip
    gaps = models.margins(deal, steps)
    np.testing.assert_allclose(
        models.margins(scaled, steps), gaps * [[of_a], [of_b]], rtol=1e-9, atol=1e-8
    )
    if np.abs(gaps).min() > 1e-6:
        assert models.holds(scaled, steps) == models.holds(deal, steps)


@given(deals(), st.sampled_from(["q_a", "q_b", "a_a", "a_b", "v_a", "v_b"]), shares)
def test_fewer_steps_with_more_proof_audience_or_gain(deal: Deal, name: str, up: float) -> None:
    """Limit 6, first half."""
    value = getattr(deal, name)
    raised = value + up * (1 - value) if name.startswith("q") else value + up
    assert more(models.minimum_steps(same_side(deal, **{name: raised})), models.minimum_steps(deal))


@given(deals(), st.booleans(), shares)
def test_snapback_binds_the_other_and_frees_oneself(deal: Deal, of_a: bool, up: float) -> None:
    """Limit 6, second half, one side at a time: the weakest gap of each."""
    own, other = ("rho_a", 1) if of_a else ("rho_b", 0)
    value = getattr(deal, own)
    raised = same_side(deal, **{own: value + up * (1 - value)})
    before, after = concession.sides(deal), concession.sides(raised)
    steps = np.arange(1, 25)
    to_come = concession.steps_to_come(deal.delta, steps - 1)
    weak = [
        [concession._weakest(side, to_come, steps) for side in both] for both in (before, after)
    ]
    assert (weak[1][other] >= weak[0][other] - 1e-9).all()
    mine = before[1 - other]
    if mine.v * mine.stick + mine.alpha < mine.c and mine.w >= 0:
        good = [row[1 - other] >= 1e-9 for row in weak]
        assert (good[1] <= (weak[0][1 - other] >= -1e-9)).all()


# ---------------------------------------------------------------- for every deal


@settings(max_examples=300)
@given(deals(), st.sampled_from([3, 24, 60]))
def test_fewest_steps_agree_with_the_gaps(deal: Deal, limit: int) -> None:
    fewest = int(models.minimum_steps(deal, limit=limit))
    cost = np.array([[deal.c_a], [deal.c_b]])
    edge = 1e-11 * max(1, deal.v_a, deal.v_b) / min(1.0, cost.min())

    def worst(steps: int) -> float:
        return float((models.margins(deal, steps) / cost).min())

    if deal.v_a < deal.c_a * (1 - 1e-9) or deal.v_b < deal.c_b * (1 - 1e-9):
        assert fewest == 0
    elif fewest == 0:
        assert worst(limit) < edge or min(deal.v_a / deal.c_a, deal.v_b / deal.c_b) < 1
    else:
        assert worst(fewest) >= -edge
        assert fewest == 1 or worst(fewest - 1) < edge


@settings(max_examples=200)
@given(deals(st.just(0.0)), st.sampled_from(["both", "a", "b"]))
def test_the_closed_form_is_the_search(deal: Deal, first: str) -> None:
    assert models.minimum_steps(deal, first) == concession._search(deal, first, 24)


def test_the_closed_form_on_the_grid_of_the_levers() -> None:
    """Round values meet many knife edges: there the two ways must agree as well."""
    rng = np.random.default_rng(3)
    draw = {"delta": (0.3, 0.99, 0.01), "v_a": (0.5, 5, 0.05), "v_b": (0.5, 5, 0.05)}
    draw |= dict.fromkeys(("rho_a", "rho_b", "q_a", "q_b"), (0, 1, 0.05))
    fields = {
        name: low + step * rng.integers(0, round((high - low) / step) + 1, 100_000)
        for name, (low, high, step) in draw.items()
    }
    deal = Deal(**{name: np.clip(x, *draw[name][:2]) for name, x in fields.items()})
    for first in ("both", "a", "b"):
        assert (models.minimum_steps(deal, first) == concession._search(deal, first, 24)).all()


@given(deals(), st.integers(1, 12))
def test_the_weakest_step_is_the_first_or_the_last(deal: Deal, steps: int) -> None:
    gaps = models.margins(deal, steps)
    for row, gain, cost in zip(gaps, (deal.v_a, deal.v_b), (deal.c_a, deal.c_b), strict=True):
        if gain >= cost:
            assert row[:steps].min() >= min(row[0], row[steps - 1]) - 1e-9
            assert row[steps] >= row[steps - 1] - 1e-9  # keeping is never the weakest


@given(deals(), st.integers(1, 12))
def test_equal_steps_are_a_schedule(deal: Deal, steps: int) -> None:
    path = np.minimum(np.arange(steps + 1) / steps, 1.0)
    np.testing.assert_allclose(
        models.margins(deal, steps), models.schedule_margins(deal, path), atol=1e-8
    )


@given(deals(), st.integers(1, 23))
def test_more_steps_never_break_a_deal(deal: Deal, steps: int) -> None:
    assert models.holds(deal, steps + 1) >= models.holds(deal, steps)


@given(deals(), st.integers(1, 23))
def test_delay_costs(deal: Deal, steps: int) -> None:
    less, later = models.deal_value(deal, steps), models.deal_value(deal, steps + 1)
    assert (np.abs(later) <= np.abs(less) + 1e-12).all()


@given(deals())
def test_going_first_takes_the_leaders_temptation_away(deal: Deal) -> None:
    together = models.minimum_steps(deal)
    for first in ("a", "b"):
        assert more(models.minimum_steps(deal, first), together)


@pytest.mark.parametrize("delta", [0.0, 1.0])
def test_ends_of_patience(delta: float) -> None:
    """Without a tomorrow only an audience helps; with endless patience no audience counts."""
    assert models.minimum_steps(Deal(delta, 2, 2, rho_a=0.6, rho_b=0.5)) == round(delta) * 1
    audience = Deal(delta, 2, 2, a_a=1.5, a_b=1.5)
    assert models.minimum_steps(audience) == (1 if delta == 0 else 0)


def test_cheating_that_is_never_proven() -> None:
    deal = Deal(0.9, 5, 5, rho_a=1, rho_b=0.1, q_b=0.0)
    assert models.minimum_steps(deal) == 0
    assert np.isnan(models.price_zone(deal, 4)).all()


def test_a_side_that_would_not_sign() -> None:
    deal = Deal(0.9, 0.99, 5, rho_a=0.2, rho_b=0.9, a_a=3)
    assert models.minimum_steps(deal) == 0
    assert models.largest_share(deal, 24) == 0
    assert models.fewest_steps_schedule(deal) is None


def test_exactly_on_the_edge() -> None:
    assert models.minimum_steps(Deal(0.8, 5, 2.5, rho_a=0.5, rho_b=0.25)) == 1
    keep_is_zero = Deal(0.5, 2, 4, rho_a=0.5, rho_b=0.5)
    assert models.margins(keep_is_zero, 1)[0, -1] == 0
    assert models.minimum_steps(keep_is_zero, limit=1000) == 0
    assert models.minimum_steps(Deal(0.5, 2, 2, rho_a=1, rho_b=1)) == 1


def test_huge_and_tiny_amounts() -> None:
    for unit in (1e-12, 1e-3, 1.0, 1e9, 1e200):
        deal = Deal(0.9, 2 * unit, 2, 1 * unit, 1, rho_a=0.7, rho_b=0.4)
        assert [int(models.minimum_steps(deal, first)) for first in ("both", "a", "b")] == [
            15,
            1,
            15,
        ]
        edge = Deal(0.8, 5 * unit, 2.5, 1 * unit, 1, rho_a=0.5, rho_b=0.25)
        assert models.minimum_steps(edge) == 1


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: models.minimum_steps(DEFAULT, "c"), "first = 'c'"),
        (lambda: models.minimum_steps(DEFAULT, limit=0), "limit = 0"),
        (lambda: models.margins(DEFAULT, 0), "steps = 0"),
        (lambda: models.margins(DEFAULT, 1.5), "steps = 1.5"),
        (lambda: models.trust_needed(DEFAULT, 2, 3), "step = 3"),
        (lambda: models.largest_share(DEFAULT, 0), "deadline = 0"),
        (lambda: models.schedule_margins(DEFAULT, [0, 0.5, 0.4, 1]), "not a schedule"),
        (lambda: models.schedule_margins(DEFAULT, [0.1, 1]), "not a schedule"),
        (lambda: models.schedule_margins(DEFAULT, [0, 1.2]), "shares = 1.2"),
    ],
)
def test_refusals(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
