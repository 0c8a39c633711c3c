"""Bounds of two lists together, and when two numbers allow none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.casualties.two_lists import ListCount, union_bounds
from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind, Period

YEAR = Period(start=date(2009, 1, 1), end=date(2009, 12, 31))
FIRST = ListCount(body="anama", area="Azerbaijan", period=YEAR, devices="mines and ERW", count=22)
SECOND = replace(FIRST, body="azcbl", count=34)


def test_the_union_is_between_the_longer_list_and_the_sum():
    # Landmine Monitor for 2009: ANAMA 22, AzCBL 34.
    bound = union_bounds(FIRST, SECOND)
    assert (bound.low, bound.high, bound.kind) == (34, 56, IntervalKind.BOUND)


@given(st.integers(0, 50), st.integers(0, 50), st.data())
def test_every_possible_union_is_inside(first, second, data):
    on_both = data.draw(st.integers(0, min(first, second)))
    bound = union_bounds(replace(FIRST, count=first), replace(SECOND, count=second))
    assert bound.low <= first + second - on_both <= bound.high


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"area": "Armenia"}, r"area \(Azerbaijan and Armenia\)"),
        ({"period": Period(start=date(2010, 1, 1), end=date(2010, 12, 31))}, "period"),
        ({"devices": "mines"}, r"devices \(mines and ERW and mines\)"),
        ({"devices": ""}, r"devices \(mines and ERW and not stated\)"),
    ],
)
def test_lists_of_different_things_have_no_bound(change, named):
    with pytest.raises(InsufficientEvidence, match=f"anama and azcbl are not known to count the same: {named}"):
        union_bounds(FIRST, replace(SECOND, **change))


def test_unstated_devices_are_not_the_same_devices():
    with pytest.raises(InsufficientEvidence, match="not stated and not stated"):
        union_bounds(replace(FIRST, devices=""), replace(SECOND, devices=""))


def test_two_prints_of_one_body_are_not_two_lists():
    with pytest.raises(InsufficientEvidence, match="two prints of one list"):
        union_bounds(FIRST, replace(SECOND, body="anama"))
    with pytest.raises(ValueError, match="anama: a list has 0 casualties or more, got -1"):
        replace(FIRST, count=-1)
