"""What a wording allows, at its edges."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.stated import Range, StatedNumber, last_digit
from analysis.errors import ParameterError
from analysis.evidence.comparators import Comparator


def stated(value: float, comparator: str = "=", step: float = 1.0) -> StatedNumber:
    return StatedNumber(low=value, high=value, comparator=Comparator(comparator), step=step)


def allows(number: StatedNumber, value: float, about_tolerance: float = 0.1) -> bool:
    return number.allowed(about_tolerance=about_tolerance).meets(Range(low=value, high=value))


@pytest.mark.parametrize(
    ("number", "inside", "outside"),
    [
        (stated(25), (24.5, 25.4, 25.49), (24.49, 25.5)),  # halves are rounded up
        (stated(25.4, step=0.1), (25.36, 25.44), (25.34, 25.46)),
        (stated(3400), (3399.5, 3400.4), (3399.4, 3467)),  # trailing zeros are printed digits
        (stated(3400, ">"), (3400.1, 3467), (3400, 3399)),  # more than does not contain itself
        (stated(3400, ">="), (3400, 3467), (3399.9,)),
        (stated(20, "<"), (19.9, 0), (20, 25)),
        (stated(20, "<="), (20, 0), (20.1,)),
        (stated(100, "~"), (90, 110), (89.9, 110.1)),  # within 10 per cent, ends included
        (stated(-100, "~"), (-110, -90), (-110.1, -89.9)),
    ],
)
def test_wording_allows(number: StatedNumber, inside: tuple[float, ...], outside: tuple[float, ...]) -> None:
    assert [value for value in inside if not allows(number, value)] == []
    assert [value for value in outside if allows(number, value)] == []


def test_about_takes_the_tolerance_it_is_given() -> None:
    assert allows(stated(100, "~"), 119, about_tolerance=0.2)
    assert not allows(stated(100, "~"), 119, about_tolerance=0.18)
    assert allows(stated(100, "~"), 100, about_tolerance=0.0)
    for wrong in (-0.1, 1.0, math.nan):
        with pytest.raises(ParameterError, match="about_tolerance: a share from 0 up to below 1"):
            stated(100, "~").allowed(about_tolerance=wrong)


@pytest.mark.parametrize(("value", "size"), [(38, 1), (3400, 1), (25.4, 0.1), (0.25, 0.01), (0, 1), (1.5e6, 1)])
def test_last_printed_digit(value: float, size: float) -> None:
    assert last_digit(value) == size


def test_a_tenth_survives_binary_arithmetic() -> None:
    # 0.1 + 0.2 is 0.30000000000000004; 'up to 0.3' still contains it, 'less than 0.3' does not contain 0.3 - 1e-17.
    assert allows(stated(0.3, "<="), 0.1 + 0.2)
    assert not allows(stated(0.1 + 0.2, "<"), 0.3)


def test_a_range_is_ordered_and_a_number_is_finite() -> None:
    with pytest.raises(ValueError, match="low <= high"):
        Range(low=2, high=1)
    with pytest.raises(ValueError, match="finite"):
        stated(math.inf)
    with pytest.raises(ValueError, match="step"):
        stated(1, step=0)


NUMBERS = st.floats(-1e6, 1e6)


@given(a=NUMBERS, b=NUMBERS, c=NUMBERS, d=NUMBERS)
def test_meeting_is_symmetric_and_is_both_orders(a: float, b: float, c: float, d: float) -> None:
    first, second = Range(low=min(a, b), high=max(a, b)), Range(low=min(c, d), high=max(c, d))
    assert first.meets(second) == second.meets(first)
    assert first.can_be_at_most(second) or second.can_be_at_most(first)


@given(value=st.floats(0.01, 1e6), comparator=st.sampled_from(["=", "~", ">=", "<="]))
def test_a_figure_allows_itself(value: float, comparator: str) -> None:
    assert allows(stated(value, comparator), value)
