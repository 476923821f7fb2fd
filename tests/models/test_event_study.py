"""Counts inside and outside windows, against a slow count day by day and against cases known by hand."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdebate import datasets, models

FIRST, LAST = date(2018, 1, 1), date(2020, 12, 31)
DAYS = [FIRST + timedelta(k) for k in range((LAST - FIRST).days + 1)]

day = st.dates(date(2017, 10, 1), date(2021, 3, 1))
windows = st.lists(st.tuples(day, st.integers(0, 70)), max_size=6)
launches = st.lists(st.tuples(day, st.integers(1, 9)), max_size=25)
margin = st.integers(0, 60)


def spans(drawn):
    return [start for start, _ in drawn], [start + timedelta(length) for start, length in drawn]


def brute_force(starts, ends, before, after):
    """Ask of each day and each exercise whether the one lies in the other."""
    return [
        any(
            start - timedelta(before) <= day <= end + timedelta(after)
            for start, end in zip(starts, ends, strict=True)
        )
        for day in DAYS
    ]


@given(windows, launches, margin, margin)
def test_counts_equal_a_slow_count_day_by_day(drawn, fired, before, after):
    starts, ends = spans(drawn)
    mask = models.window_days(FIRST, LAST, starts, ends, before, after)
    counts = models.daily_counts(FIRST, LAST, [d for d, _ in fired], [n for _, n in fired])
    found = models.event_study(counts, mask, FIRST)
    slow = brute_force(starts, ends, before, after)
    assert mask.tolist() == slow
    assert found.inside == sum(n for d, n in fired if d in DAYS and slow[DAYS.index(d)])
    assert found.total == sum(n for d, n in fired if d in DAYS)
    assert found.days_inside == sum(slow)
    assert found.positions == len(DAYS)


@given(windows, launches)
def test_sliding_equals_rolling_the_windows(drawn, fired):
    mask = models.window_days(FIRST, LAST, *spans(drawn))
    counts = models.daily_counts(FIRST, LAST, [d for d, _ in fired], [n for _, n in fired])
    slid = models.sliding_counts(counts, mask)
    for shift in (0, 1, 58, 365, len(DAYS) - 1):
        assert slid[shift] == counts[np.roll(mask, shift)].sum()
    # Every launch day meets every window day once in a full round.
    assert slid.sum() == counts.sum() * mask.sum()


@given(windows, launches)
def test_swapping_years_equals_moving_each_window_by_a_year(drawn, fired):
    mask = models.window_days(FIRST, LAST, *spans(drawn))
    counts = models.daily_counts(FIRST, LAST, [d for d, _ in fired], [n for _, n in fired])
    marked = {(d.year, d.month, d.day) for d, inside in zip(DAYS, mask, strict=True) if inside}
    slow = [
        sum(
            counts[k]
            for k, d in enumerate(DAYS)
            if (2018 + (d.year - 2018 - shift) % 3, d.month, d.day) in marked
        )
        for shift in range(3)
    ]
    assert models.year_swaps(FIRST, counts, mask).tolist() == slow
    assert slow[0] == models.event_study(counts, mask).inside


def test_a_case_by_hand():
    """Ten days, an exercise on days 3 to 5, launches on days 3, 3, 5 and 9: three of four inside."""
    mask = models.window_days("2019-01-01", "2019-01-10", ["2019-01-03"], ["2019-01-05"])
    fired = ["2019-01-03", "2019-01-03", "2019-01-05", "2019-01-09"]
    found = models.event_study(models.daily_counts("2019-01-01", "2019-01-10", fired), mask)
    assert (found.inside, found.outside, found.days_inside, found.days_outside) == (3, 1, 3, 7)
    assert found.expected == pytest.approx(1.2)

    slid = models.sliding_counts(models.daily_counts("2019-01-01", "2019-01-10", fired), mask)
    assert slid.tolist() == [3, 1, 1, 0, 1, 1, 1, 0, 2, 2]
    assert (found.at_least, found.at_most) == (1, 10)


def test_the_spring_and_summer_of_2019():
    """13 launch days from May to December 2019, of which 6, 10 and 16 August fell into the exercise of August."""
    held = datasets.load_exercises().query("in_event_study")
    missiles = datasets.load_missiles()["date_kst"].to_numpy()
    counts = np.minimum(models.daily_counts("2019-05-01", "2019-12-31", missiles), 1)
    mask = models.window_days(
        "2019-05-01", "2019-12-31", held["start_date"].to_numpy(), held["end_date"].to_numpy()
    )
    found = models.event_study(counts, mask)
    assert (found.inside, found.total) == (3, 13)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        models.window_days("2019-02-01", "2019-01-01", [], [])
    with pytest.raises(ValueError, match="ends before it starts"):
        models.window_days(FIRST, LAST, ["2019-02-01"], ["2019-01-01"])
    with pytest.raises(ValueError, match="before is -1"):
        models.window_days(FIRST, LAST, [], [], before=-1)
    with pytest.raises(ValueError, match="one end per start"):
        models.window_days(FIRST, LAST, ["2019-02-01"], [])
    with pytest.raises(ValueError, match="one of each per day"):
        models.sliding_counts([1, 2], [True])
    with pytest.raises(ValueError, match="whole years"):
        models.year_swaps("2019-02-01", [0, 1], [True, False])
    with pytest.raises(ValueError, match="one code per item"):
        models.agreement(["a"], ["a", "b"])


def test_agreement_of_two_coders_by_hand():
    """20 of 25 alike, 0.4 by chance: kappa is two thirds."""
    first = ["yes"] * 15 + ["no"] * 10
    second = ["yes"] * 10 + ["no"] * 5 + ["no"] * 10
    alike, kappa = models.agreement(first, second)
    assert alike == pytest.approx(0.8)
    # by chance .6 * .4 + .4 * .6 = .48
    assert kappa == pytest.approx((0.8 - 0.48) / 0.52)
    assert models.agreement(["a", "b"], ["a", "b"]) == (1.0, 1.0)
    assert np.isnan(models.agreement(["a"], ["a"])[1])
