"""The numbers that the lessons quote: if one of these moves, the prose is wrong."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kdebate import models
from kdebate.models import Deal, read_out

DEFAULT = Deal(0.9, 2, 2, rho_a=0.6, rho_b=0.5, q_b=0.5)


def texts(numbers: object, digits: int = 2) -> list[str]:
    """Numbers as the screen shows them."""
    return [models.number_text(x, digits) for x in np.ravel(np.asarray(numbers, dtype=float))]


# ---------------------------------------------------------------- the opening script of notebook 04


def test_at_once_both_would_rather_cheat() -> None:
    game = models.step_game(DEFAULT, 1)
    assert texts(game[0, 0]) == ["1.00", "1.00"]
    assert texts([game[1, 0, 0], game[0, 1, 1]]) == ["1.10", "1.02"]
    once = read_out({})
    assert not once["holds"]
    assert [models.gap_text(row[0]) for row in once["margins"]] == ["−0.10", "−0.02"]
    assert once["weakest"] == {"side": "a", "slice": 1, "gap": pytest.approx(-0.1)}
    assert once["game"] == "prisoners_dilemma"
    assert once["trust_a"] is once["trust_b"] is once["zone_low"] is once["zone_high"] is None


def test_two_slices_hold() -> None:
    two = read_out({"N": 2})
    assert two["holds"]
    assert two["minimum_steps"] == 2
    assert [[models.gap_text(x) for x in row] for row in two["margins"]] == [
        ["+0.40", "+0.10", "+0.30"],
        ["+0.44", "+0.23", "+0.48"],
    ]
    assert texts([two["value_a"], two["value_b"]]) == ["0.95", "0.95"]
    assert two["weakest"]["side"] == "a"
    assert two["weakest"]["slice"] == 2
    assert two["game"] == "stag_hunt"


@pytest.mark.parametrize(("pressure", "steps"), [(0.6, 10), (0.5, 0), (1.0, 2), (0.8, 2)])
def test_pressure(pressure: float, steps: int) -> None:
    assert read_out({"pressure": pressure})["minimum_steps"] == steps


def test_full_pressure_still_fails_at_once() -> None:
    once = read_out({"pressure": 1.0})
    assert not once["holds"]
    assert models.gap_text(once["margins"][0][0]) == "−0.10"
    assert once["margins"][1][0] > 0


def test_both_want_it_more() -> None:
    levers = models.presets()["both-want-it-more"]["levers"]
    once, two = read_out(levers), read_out({**levers, "N": 2})
    assert once["holds"]
    assert once["minimum_steps"] == 1
    assert [models.gap_text(row[0]) for row in once["margins"]] == ["+0.08", "+0.18"]
    assert texts([once["value_a"], two["value_a"]]) == ["1.40", "1.33"]


def test_pyongyangs_steps_are_harder_to_undo() -> None:
    levers = models.presets()["pyongyang-harder-to-undo"]["levers"]
    assert read_out(levers)["minimum_steps"] == 0
    assert (
        read_out({**levers, "N": 24})["margins"][0][-1] < 0
    )  # Washington fears nothing in the end
    assert read_out({**levers, "N": 24})["margins"][1][-1] > 0


def test_the_dead_slider() -> None:
    """Why the gaps are the main read-out: the fewest steps hardly move near the default."""
    assert {read_out({"q_b": q / 20})["minimum_steps"] for q in range(4, 21)} == {2}
    assert {read_out({"pressure": s / 100})["minimum_steps"] for s in range(70, 101)} == {2}


@pytest.mark.parametrize(
    ("steps", "theta", "accepted"),
    [(1, 1.02, False), (2, 1.02, True), (2, 1.125, True), (2, 1.126, False)],
)
def test_prices_accepted_and_refused(steps: int, theta: float, accepted: bool) -> None:
    assert read_out({"N": steps, "theta": theta})["holds"] is accepted
    low, high = models.price_zone(DEFAULT, steps)
    assert bool(low <= theta <= high + 1e-12) is accepted


# ---------------------------------------------------------------- closed forms


def test_price_zone() -> None:
    assert np.isnan(models.price_zone(DEFAULT, 1)).all()
    zones = {n: models.price_zone(DEFAULT, n) for n in (2, 3, 6, 50)}
    assert texts(zones[2], 4) == ["0.7639", "1.1250"]
    assert texts(zones[3], 3) == ["0.679", "1.227"]
    assert texts(zones[6]) == ["0.59", "1.35"]
    assert texts(zones[50]) == ["0.53", "1.48"]
    only_b = Deal(**{**vars(DEFAULT), "v_a": 5.0})
    assert models.price_zone(only_b, 1)[0] == pytest.approx(55 / 54)
    only_a = Deal(**{**vars(DEFAULT), "v_b": 5.0})
    assert models.price_zone(only_a, 1)[1] == pytest.approx(9 / 10)


def test_delay_is_the_price_of_enforceability() -> None:
    worth = [models.deal_value(DEFAULT, n)[0] for n in range(1, 5)]
    assert texts(worth, 3) == ["1.000", "0.950", "0.903", "0.860"]


def critical(good: object) -> float:
    """Smallest discount factor at which something holds, to 1e-9."""
    low, high = 0.01, 0.999
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (low, middle) if good(middle) else (middle, high)  # type: ignore[operator]
    return high


def test_critical_patience() -> None:
    """One side: gain 2, cost 1; it can take back .4, the other .7. The other side is never tempted."""

    def deal(delta: float, q: float = 1.0) -> Deal:
        return Deal(delta, 1e6, 2, rho_a=0.7, rho_b=0.4, q_b=q)

    at_once = critical(lambda delta: models.holds(deal(delta), 1))
    step_by_step = critical(lambda delta: models.holds(deal(delta), 10**5))
    assert texts([at_once, step_by_step], 3) == ["0.714", "0.342"]
    start = (1.7 - math.sqrt(1.7**2 - 4 * 0.7 / 2)) / 1.4
    assert step_by_step == pytest.approx(max(start, 0.4 / (2 * 0.7)), abs=1e-5)
    tau = 1 / (0.7 * 2)
    for q in (0.3, 0.8):
        seen = critical(lambda delta, q=q: models.holds(deal(delta, q), 1))
        assert seen == pytest.approx(tau / (q + (1 - q) * tau), abs=1e-6)


@pytest.mark.parametrize(
    ("deal", "sizes", "equal"),
    [
        (Deal(0.95, 3, 3, a_a=2, a_b=2), ["0.61", "0.29", "0.10"], 10),
        (Deal(0.9, 2, 2, rho_a=0.7, rho_b=0.4), ["0.67", "0.26", "0.07"], 15),
        (Deal(0.9, 1.5, 2, rho_a=0.5, rho_b=0.5), ["0.11", "0.54", "0.35"], None),
    ],
)
def test_unequal_steps(deal: Deal, sizes: list[str], equal: int | None) -> None:
    path = models.fewest_steps_schedule(deal)
    assert path is not None
    assert texts(np.diff(path)) == sizes
    assert (models.schedule_margins(deal, path) > -1e-9).all()
    assert equal is None or models.minimum_steps(deal) == equal


# ---------------------------------------------------------------- trust, belief, pressure, deadline


def test_trust() -> None:
    assert np.isnan(models.trust_needed(DEFAULT, 1)).all()
    found = {n: texts(models.trust_needed(DEFAULT, n)) for n in (2, 4, 6)}
    assert found == {2: ["0.39", "0.38"], 4: ["0.18", "0.19"], 6: ["0.12", "0.13"]}
    proud = Deal(**{**vars(DEFAULT), "a_a": 1, "a_b": 1, "b_a": 1, "b_b": 1})
    assert texts(models.trust_needed(proud, 2), 3)[0] == "0.337"


def test_belief() -> None:
    assert texts(models.belief(0.1, 0.98, 0.4, 6)) == [
        "0.10",
        "0.21",
        "0.40",
        "0.62",
        "0.80",
        "0.91",
        "0.96",
    ]


def test_window() -> None:
    deal = Deal(0.9, 2, 3, rho_a=0.8, rho_b=0.55, q_b=0.9)
    found = models.closing_window(deal, 0.9, 0.03, 0.02, 14, limit=12)
    assert found.tolist() == [2] * 10 + [3, 3, 5, 9, 0]
    assert models.rounds_left(models.under_pressure(deal, 0.9), 0.03, 0.02) == 14
    never_undone = Deal(0.9, 2, 3, rho_a=0.8, q_b=0.9)
    assert models.rounds_left(never_undone, 0.03, 0.02) == math.inf
    assert read_out({"rho_b": 0.0})["window_rounds_left"] is None
    assert read_out({"q_b": 0.0, "rho_b": 0.0})["window_rounds_left"] == 0
    assert read_out({})["window_rounds_left"] == 8


def window(**levers: float) -> int | None:
    """Rounds left until Pyongyang would no longer keep any deal."""
    left: int | None = read_out(levers)["window_rounds_left"]
    return left


def test_window_by_the_levers() -> None:
    """Where drift or growth is set, they count; else the assumed speed. Counted from the start of the bargain."""
    assert window(drift=-0.03, growth=0.02) == window() == 8
    assert window(drift=-0.05) < window(drift=-0.01)
    assert window(growth=0.01) > window(growth=0.05)
    assert window(drift=0.05) is None
    assert window(q_b=0.0, drift=0.05) == 0
    for wait in (1, 3, 8):
        assert window(drift=-0.03, growth=0.02, wait=wait) == 8 - wait
    assert window(drift=-0.03, growth=0.02, wait=12) == 0


def test_full_pressure_cannot_grow() -> None:
    """Rising pressure holds the window open only until it is full; then a growing cost closes it."""
    levers = {"pressure": 0.9, "drift": 0.05, "growth": 0.05}
    left = window(**levers)
    assert left is not None
    for rounds, keeps in ((left, True), (left + 1, False)):
        if rounds <= 24:
            kept = read_out({**levers, "wait": rounds})["margins"][1][-1]
            assert (kept >= 0) == keeps


def test_waiting_for_pressure() -> None:
    """Pressure first: nothing holds now; after 14 rounds one swap does, and is worth a quarter of what it would be now."""
    levers = {**models.presets()["both-want-it-more"]["levers"], "pressure": 0.5}
    now, later = read_out(levers), read_out({**levers, "wait": 14, "drift": 0.03})
    assert (now["minimum_steps"], later["minimum_steps"], later["holds"]) == (0, 1, True)
    assert texts([later["pressure_then"], later["value_a"], later["value_b"]]) == [
        "0.76",
        "0.32",
        "0.29",
    ]
    assert texts([later["value_now_a"], later["value_now_b"]]) == ["1.40", "0.50"]
    dearer = read_out({**levers, "wait": 14, "drift": 0.03, "growth": 0.02})
    assert not dearer["holds"]


# ---------------------------------------------------------------- what the model leaves out, with numbers


def test_physical_time() -> None:
    """If the package takes ten rounds of work anyway, slices pay as they go and one swap pays at the end."""
    delta, rounds = 0.9, 10
    at_the_end = delta ** (rounds - 1)
    as_it_goes = float(models.deal_value(DEFAULT, rounds)[0])
    assert texts([at_the_end, as_it_goes]) == ["0.39", "0.65"]


def test_leaky_relief_that_costs_less() -> None:
    """A critic's reading: then pressure is too much from 0.85 on, not from 0.72, and one swap can hold."""
    full = Deal(0.9, 2, 2.5, rho_a=0.75, rho_b=0.3, q_b=0.5)
    s = np.array([0.71, 0.73, 0.84, 0.86])
    keeps = {
        cheap: models.margins(models.under_pressure(full, s, cheap), 1)[:, 0, -1] >= 0
        for cheap in (False, True)
    }
    assert keeps[False].tolist() == [True, False, False, False]
    assert keeps[True].tolist() == [True, True, True, False]
    easier = Deal(0.9, 2, 2.5, rho_a=0.75, rho_b=0.5, q_b=0.5)
    found = [models.minimum_steps(models.under_pressure(easier, 0.9, x)) for x in (False, True)]
    assert found == [2, 1]
    assert models.under_pressure(full, 0.5, scale_cost=True).c_a == 0.5
    assert models.under_pressure(full, 0.5).c_a == 1


def test_deadline() -> None:
    audience = Deal(0.95, 3, 3, a_a=2, a_b=2)
    assert texts([models.largest_share(audience, t) for t in (4, 8, 10, 11)]) == [
        "0.40",
        "0.80",
        "1.00",
        "1.00",
    ]
    scale_free = Deal(0.9, 2, 2, rho_a=0.7, rho_b=0.4)
    assert [float(models.largest_share(scale_free, t)) for t in (14, 15)] == [0, 1]


# ---------------------------------------------------------------- paradoxes


def test_goldilocks() -> None:
    rho = np.array([0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75])
    found = models.minimum_steps(Deal(0.9, 2, 2, rho_a=rho, rho_b=0.4))
    assert found.tolist() == [12, 5, 3, 2, 3, 4, 5, 15, 0]


def test_the_tempted_side_should_go_first() -> None:
    deal = Deal(0.9, 2, 2, rho_a=0.7, rho_b=0.4)
    assert [models.minimum_steps(deal, first) for first in (None, "a", "b")] == [15, 1, 15]


def test_small_deals_are_not_safer_without_an_audience() -> None:
    for scale in (1.0, 0.1, 0.01):
        small = Deal(0.9, 2 * scale, 2 * scale, scale, scale, rho_a=0.6, rho_b=0.5, q_b=0.5)
        assert models.minimum_steps(small) == 2


def test_more_pressure_can_overshoot() -> None:
    """Above s_max Washington's relief is not believed."""
    edge = 0.9 * 0.3 * 2 / 0.75
    assert read_out({"rho_b": 0.3, "pressure": edge - 0.03})["minimum_steps"] > 0
    assert read_out({"rho_b": 0.3, "pressure": edge + 0.01})["minimum_steps"] == 0


def test_a_near_deadline_kills_step_by_step_first() -> None:
    patient = {"pressure": 0.6}
    assert read_out({**patient, "deadline": 10})["largest_share_by_deadline"] == 1
    assert read_out({**patient, "deadline": 9})["largest_share_by_deadline"] == 0
    willing = models.presets()["both-want-it-more"]["levers"]
    assert read_out({**willing, "deadline": 1})["largest_share_by_deadline"] == 1
