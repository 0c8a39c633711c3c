"""A comparator is a bound, not noise."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence.comparators import Comparator, bounds, is_approximate


def frame_of(comparator: str | None, value: float | None, dtype: str) -> pd.DataFrame:
    return pd.DataFrame({"n": pd.array([value], dtype=dtype), "comparator": pd.array([comparator], dtype="str")})


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [
        ("=", 40, 40),
        ("~", 40, 40),
        (">", 41, math.inf),  # more than 40 persons is at least 41
        (">=", 40, math.inf),
        ("<", -math.inf, 39),
        ("<=", -math.inf, 40),
    ],
)
def test_bounds_of_a_count(comparator: str, low: float, high: float) -> None:
    found = bounds(frame_of(comparator, 40, "Int64"), "n").iloc[0]
    assert (found["low"], found["high"]) == (low, high)


@pytest.mark.parametrize(("comparator", "low", "high"), [(">", 40, math.inf), ("<", -math.inf, 40)])
def test_a_measured_quantity_has_no_next_number(comparator: str, low: float, high: float) -> None:
    found = bounds(frame_of(comparator, 40, "Float64"), "n").iloc[0]
    assert (found["low"], found["high"]) == (low, high)


@pytest.mark.parametrize("comparator", [*Comparator, None])
def test_a_figure_that_is_not_reported_has_no_bounds(comparator: str | None) -> None:
    assert bounds(frame_of(comparator, None, "Int64"), "n").isna().all(axis=None)


def test_rows_keep_their_index() -> None:
    frame = pd.concat([frame_of("=", 1, "Int64"), frame_of(">", 2, "Int64")])
    frame.index = pd.Index([7, 3])
    assert list(bounds(frame, "n").index) == [7, 3]


def test_approximate_rows_are_told_apart() -> None:
    frame = pd.concat([frame_of(each, 1, "Int64") for each in (*Comparator, None)])
    assert is_approximate(frame).tolist() == [False, False, False, True, False, False, False]


@given(st.sampled_from(list(Comparator)), st.integers(min_value=0, max_value=10**6))
def test_low_is_never_above_high(comparator: str, value: int) -> None:
    found = bounds(frame_of(comparator, value, "Int64"), "n")
    assert np.all(found["low"] <= found["high"])
