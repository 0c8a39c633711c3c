"""Ranges of sums over periods: hand-worked systems, contradictions, order, and properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.difference_bounds import PeriodSum, sum_ranges


def exact(start: int, end: int, value: float) -> PeriodSum:
    return PeriodSum(start=start, end=end, low=value, high=value)


def test_the_rest_of_a_year_is_the_year_less_its_printed_part() -> None:
    # days 0-365 sum to 100, days 0-31 to 30: days 31-365 must sum to 70
    found = sum_ranges([exact(0, 365, 100), exact(0, 31, 30)])
    assert found.between(31, 365) == (70, 70)
    assert found.gaps == (0, 0)


def test_part_of_a_known_period_lies_between_nothing_and_all_of_it() -> None:
    found = sum_ranges([exact(0, 10, 8)], points=[5])
    assert found.between(0, 5) == (0, 8)
    assert found.between(5, 10) == (0, 8)


def test_two_running_totals_bound_a_month_that_straddles_neither() -> None:
    # total to day 10 is 50, to day 40 is 80; days 10-20 printed as 12: days 20-40 are 80 - 50 - 12 = 18
    found = sum_ranges([exact(0, 10, 50), exact(0, 40, 80), exact(10, 20, 12)])
    assert found.between(20, 40) == (18, 18)


def test_a_lower_bound_leaves_the_top_open() -> None:
    found = sum_ranges([PeriodSum(start=0, end=10, low=5, high=math.inf)])
    assert found.between(0, 10) == (5, math.inf)


def test_a_part_larger_than_its_whole_is_left_out_with_its_gap() -> None:
    # whole 10 first; a part of 13 is 3 above what is left, so the known range lies 3 below it
    found = sum_ranges([exact(0, 10, 10), exact(2, 4, 13)])
    assert found.gaps == (0, -3)
    assert found.between(2, 4) == (0, 10)


def test_the_statement_given_last_gives_way() -> None:
    found = sum_ranges([exact(2, 4, 13), exact(0, 10, 10)])
    assert found.gaps == (0, 3)
    assert found.between(2, 4) == (13, 13)


def test_a_day_that_was_not_named_is_refused() -> None:
    with pytest.raises(ValueError, match="day 7 is not one of the points"):
        sum_ranges([exact(0, 10, 1)]).between(0, 7)


@pytest.mark.parametrize(
    ("start", "end", "low", "high", "message"),
    [
        (5, 5, 0, 1, "a period ends after it starts"),
        (0, 5, 2, 1, "low <= high"),
        (0, 5, -3, -1, "never negative"),
    ],
)
def test_impossible_statements_are_refused(start: int, end: int, low: float, high: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PeriodSum(start=start, end=end, low=low, high=high)


@given(
    daily=st.lists(st.integers(0, 20), min_size=3, max_size=12),
    cuts=st.lists(st.tuples(st.integers(0, 11), st.integers(1, 12)), min_size=1, max_size=8),
    width=st.integers(0, 3),
)
def test_ranges_from_true_statements_hold_the_truth(daily: list[int], cuts: list[tuple[int, int]], width: int) -> None:
    days = len(daily)
    spans = [(start, end) for start, end in cuts if start < end <= days]
    statements = [
        PeriodSum(start=a, end=b, low=max(sum(daily[a:b]) - width, 0), high=sum(daily[a:b]) + width) for a, b in spans
    ]
    found = sum_ranges(statements, points=range(days + 1))
    assert all(gap == 0 for gap in found.gaps)
    for start in range(days):
        for end in range(start + 1, days + 1):
            low, high = found.between(start, end)
            assert low - 1e-9 <= sum(daily[start:end]) <= high + 1e-9
