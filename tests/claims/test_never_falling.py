"""Limits of a count that never falls, worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.never_falling import never_falling
from analysis.errors import InsufficientEvidence


def prints(*rows: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["first", "last", "value"])
    return frame.assign(first=pd.to_datetime(frame["first"]), last=pd.to_datetime(frame["last"]))


def limits(count: object, day: str) -> tuple[float, float]:
    when = pd.Timestamp(day)
    return count.at_least(when), count.at_most(when)  # type: ignore[attr-defined]


def test_between_two_counts_and_beyond_them() -> None:
    count = never_falling(prints(("2021-12-31", "2021-12-31", 77), ("2023-06-19", "2023-06-19", 179)))
    assert limits(count, "2022-10-26") == (77, 179)
    assert limits(count, "2021-12-31") == (77, 77)
    assert limits(count, "2021-01-01") == (0, 77)
    assert limits(count, "2024-01-01") == (179, math.inf)
    assert (count.reached(pd.Timestamp("2021-01-01")), count.reached(pd.Timestamp("2022-01-01"))) == (0, 77)


def test_a_stale_count_is_outvoted_where_two_others_agree() -> None:
    # 189 at the end of September; 180 is told again in November; 219 in June. A path of least disagreement moves one of
    # the two by nine, so every number from 180 to 189 is as good at both dates.
    told = (("2023-09-29", "2023-09-29", 189), ("2023-11-15", "2023-11-15", 180), ("2024-06-30", "2024-06-30", 219))
    assert limits(never_falling(prints(*told)), "2023-12-31") == (180, 219)
    twice = (*told, ("2023-09-30", "2023-09-30", 189))
    assert limits(never_falling(prints(*twice)), "2023-12-31") == (189, 219)


def test_a_month_is_not_its_first_day() -> None:
    # 100 in March: at least 100 at its end, at most 100 at its start; on the 15th nothing but what lies around it.
    count = never_falling(prints(("2022-03-01", "2022-03-31", 100), ("2021-01-01", "2021-01-01", 40)))
    assert limits(count, "2022-03-01")[1] == 100
    assert limits(count, "2022-03-31")[0] == 100
    assert limits(count, "2022-03-15")[0] == 40


def test_after_the_first_day_of_a_month_its_count_is_no_upper_limit() -> None:
    count = never_falling(prints(("2022-12-01", "2022-12-31", 2728)))
    assert limits(count, "2022-12-01") == (0, 2728)
    assert limits(count, "2022-12-02") == (0, math.inf)
    assert limits(count, "2022-12-31") == (2728, math.inf)


def test_a_page_that_does_not_say_who_counted_bounds_from_below_only() -> None:
    told = prints(("2023-09-29", "2023-09-29", 189), ("2023-11-15", "2023-11-15", 180))
    assert limits(never_falling(told.assign(heard=[False, True])), "2023-09-29") == (189, 189)
    assert limits(never_falling(told.iloc[1:].assign(heard=True)), "2023-09-29") == (0, math.inf)
    assert limits(never_falling(told.iloc[1:].assign(heard=True)), "2023-12-01") == (180, math.inf)


def test_nothing_printed_is_refused() -> None:
    with pytest.raises(InsufficientEvidence, match="no such count"):
        never_falling(prints())


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), min_size=1, max_size=6), st.integers(0, 400))
def test_limits_hold_each_other_and_grow_with_time(told: list[tuple[int, int]], day: int) -> None:
    start = pd.Timestamp("2021-01-01")
    days = [start + pd.Timedelta(days=when) for when, _ in told]
    count = never_falling(pd.DataFrame({"first": days, "last": days, "value": [value for _, value in told]}))
    here, later = (start + pd.Timedelta(days=one) for one in (day, day + 30))
    assert count.at_least(here) <= count.at_most(here)
    assert count.at_least(here) <= count.at_least(later)
    assert count.at_most(here) <= count.at_most(later)
