"""A known running total split in two: by hand, against enumeration of all splits, and invariants."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InsufficientEvidence
from analysis.stats.monotone import reconcile_split
from analysis.stats.statements import Statement


def said(position, target, kind, value, weight=1):
    return Statement(position=position, target=target, kind=kind, value=value, weight=weight)


def all_splits(whole):
    for part in product(*(range(total + 1) for total in whole)):
        remainder = tuple(total - value for total, value in zip(whole, part, strict=True))
        if all(np.all(np.diff(values) >= 0) for values in (part, remainder)):
            yield part, remainder


def cost_of(statements, part, remainder):
    values = {"first": part, "second": remainder}
    return sum(
        statement.weight * statement.shortfall(values[statement.target][statement.position]) for statement in statements
    )


wholes = st.lists(st.integers(0, 2), min_size=4, max_size=4).map(lambda steps: np.cumsum(steps).tolist())
statement_lists = st.lists(
    st.builds(
        said,
        st.integers(0, 3),
        st.sampled_from(["first", "second"]),
        st.sampled_from(["equal", "at least", "at most"]),
        st.integers(0, 8),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=6,
)


def test_a_split_by_hand():
    # Whole 0, 1, 3, 5, 5, 7, 9; part 2 on day 3 and remainder 3 on day 5, so part 4 there.
    statements = [said(3, "first", "equal", 2), said(5, "second", "equal", 3)]
    split = reconcile_split(statements, whole=[0, 1, 3, 5, 5, 7, 9])
    found = split.ranges()
    assert (split.cost, split.conflicts()) == (0, ())
    # From day 0 (0) to day 3 (2) the line is at 2/3 and 4/3: 1 and 1. Day 4 has no new event. After day 5 no line.
    assert split.part.tolist() == [0, 1, 1, 2, 2, 4, 4]
    assert split.remainder.tolist() == [0, 0, 2, 3, 3, 3, 5]
    assert (found.part_low.tolist(), found.part_high.tolist()) == ([0, 0, 0, 2, 2, 4, 4], [0, 1, 2, 2, 2, 4, 6])
    assert found.remainder_high.tolist() == [0, 1, 3, 3, 3, 3, 5]


def test_a_part_above_the_whole_is_cut_down_and_listed():
    split = reconcile_split([said(1, "first", "equal", 9, 2)], whole=[3, 4])
    assert split.part.tolist()[1] == 4
    assert [(conflict.value, conflict.shortfall) for conflict in split.conflicts()] == [(4, 5)]
    assert split.cost == 10


@settings(max_examples=80)
@given(statement_lists, wholes)
def test_cost_and_ranges_are_those_of_all_splits_enumerated(statements, whole):
    split = reconcile_split(statements, whole=whole)
    costs = {parts: cost_of(statements, *parts) for parts in all_splits(whole)}
    assert split.cost == min(costs.values()) == cost_of(statements, split.part, split.remainder)
    for slack in (0, 2):
        near = np.array([parts[0] for parts, cost in costs.items() if cost <= split.cost + slack])
        found = split.ranges(slack=slack)
        assert found.part_low.tolist() == near.min(axis=0).tolist()
        assert found.part_high.tolist() == near.max(axis=0).tolist()
        assert found.remainder_low.tolist() == (np.array(whole) - near.max(axis=0)).tolist()


@settings(max_examples=60)
@given(statement_lists, wholes)
def test_neither_part_falls_and_order_does_not_matter(statements, whole):
    split, other = (reconcile_split(rows, whole=whole) for rows in (statements, statements[::-1]))
    assert np.all(np.diff(split.part) >= 0)
    assert np.all(np.diff(split.remainder) >= 0)
    assert (split.part + split.remainder).tolist() == whole
    assert split.part.tolist() == other.part.tolist()
    narrow, wide = split.ranges(tolerance=0.0), split.ranges(tolerance=1.0)
    assert np.all(wide.part_low <= narrow.part_low)
    assert np.all((narrow.part_low <= split.part) & (split.part <= narrow.part_high))
    assert np.all(narrow.part_high <= wide.part_high)


def test_day_numbers_set_the_line():
    # Part 0 on day 100 and 4 on day 110; on day 109 the line is at 3.6, on day 101 it would be at 0.4.
    statements = [said(100, "first", "equal", 0), said(110, "first", "equal", 4)]
    late = reconcile_split(statements, whole=[0, 8, 8], positions=[100, 109, 110])
    early = reconcile_split(statements, whole=[0, 4, 8], positions=[100, 101, 110])
    assert late.part.tolist() == [0, 4, 4]
    assert early.part.tolist() == [0, 0, 4]


def test_refusals_say_what_is_wrong():
    one = [said(0, "first", "equal", 1)]
    with pytest.raises(InsufficientEvidence, match="no statement about either part"):
        reconcile_split([], whole=[1, 2])
    with pytest.raises(ValueError, match="the sum is the known whole"):
        reconcile_split([said(0, "sum", "equal", 1)], whole=[1, 2])
    with pytest.raises(ValueError, match="never fall"):
        reconcile_split(one, whole=[2, 1])
    with pytest.raises(ValueError, match="one value for each of the 3 positions"):
        reconcile_split(one, whole=[1, 2], positions=[0, 1, 2])
    with pytest.raises(ValueError, match="tolerance, slack"):
        reconcile_split(one, whole=[1, 2]).ranges(slack=-1)
    with pytest.raises(ValueError, match="weights are too large"):
        reconcile_split([said(0, "first", "equal", 1, 2**61)], whole=[0, 2])
