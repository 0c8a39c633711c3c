"""Printed statements: what each kind costs, merging, and the line between pinned dates."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.statements import (
    Statement,
    cost_table,
    line_between_pins,
    merge_statements,
    require_positions,
    unmet,
)


def said(position, target, kind, value, weight=1):
    return Statement(position=position, target=target, kind=kind, value=value, weight=weight)


def test_costs_by_hand():
    days = np.array([10, 20])
    statements = [
        said(10, "first", "equal", 2, 3),
        said(10, "first", "at least", 3),
        said(20, "first", "at most", 1, 2),
        said(20, "second", "equal", 0, 9),  # another target: no part of this table
    ]
    table = cost_table(statements, target="first", positions=days, largest=4)
    # Day 10: 3 |x - 2| + max(0, 3 - x) = 6+3, 3+2, 0+1, 3+0, 6+0. Day 20: 2 max(0, x - 1).
    assert table.tolist() == [[9, 5, 1, 3, 6], [0, 0, 2, 4, 6]]


@given(st.sampled_from(["equal", "at least", "at most"]), st.integers(0, 9), st.integers(1, 5))
def test_the_table_is_weight_times_shortfall(kind, value, weight):
    statement = said(1, "sum", kind, value, weight)
    table = cost_table([statement], target="sum", positions=np.array([1]), largest=6)
    assert table[0].tolist() == [weight * statement.shortfall(x) for x in range(7)]


def test_equal_statements_merge_and_order_does_not_matter():
    statements = [said(3, "sum", "equal", 5), said(1, "first", "equal", 2), said(3, "sum", "equal", 5, 4)]
    merged = merge_statements(statements)
    assert merged == (said(1, "first", "equal", 2), said(3, "sum", "equal", 5, 5))
    assert merge_statements(statements[::-1]) == merged


def test_unmet_statements_are_listed_with_their_shortfall():
    days = np.array([1, 2])
    values = {"first": np.array([2, 3]), "second": np.array([0, 1]), "sum": np.array([2, 4])}
    statements = [said(1, "first", "equal", 2), said(2, "sum", "at least", 7, 3), said(2, "second", "at most", 0)]
    found = [
        (conflict.statement, conflict.value, conflict.shortfall)
        for conflict in unmet(statements, values, positions=days)
    ]
    assert found == [(statements[1], 4, 3), (statements[2], 1, 1)]


def test_line_between_pins_by_hand():
    days = np.array([0, 1, 3, 4, 9])
    targets, inside = line_between_pins(np.array([0, 0, 2, 0, 2]), np.array([9, 0, 2, 9, 2]), days, grid=1000)
    # Pinned on days 1 (0), 3 (2) and 9 (2); nothing before day 1.
    assert inside.tolist() == [False, True, True, True, True]
    assert targets.tolist()[1:] == [0, 2000, 2000, 2000]


@given(st.integers(0, 400), st.integers(0, 400), st.integers(2, 900), st.data())
def test_the_line_is_the_exact_one_rounded_to_the_grid(start, rise, span, data):
    between = data.draw(st.integers(1, span - 1)) if span > 1 else 0
    days = np.array([100, 100 + between, 100 + span])
    low, high = np.array([start, 0, start + rise]), np.array([start, 999, start + rise])
    targets, _ = line_between_pins(low, high, days, grid=1000)
    exact = 1000 * (start + Fraction(rise * between, span))
    assert targets[1] == floor(exact + Fraction(1, 2))


def test_refusals_say_what_is_wrong():
    with pytest.raises(ValueError, match="day 7 is not one of the 2 positions"):
        cost_table([said(7, "first", "equal", 1)], target="second", positions=np.array([1, 2]), largest=3)
    with pytest.raises(ValueError, match="value must be 0 or more and weight 1 or more, got -1 and 1"):
        said(1, "first", "equal", -1)
    with pytest.raises(ValueError, match="target: first, second or sum is needed, got 'total'"):
        said(1, "total", "equal", 1)
    with pytest.raises(ValueError, match="kind: equal, at least or at most is needed, got '>='"):
        said(1, "first", ">=", 1)
    with pytest.raises(ValueError, match="strictly increasing"):
        require_positions([1, 1, 2])
    with pytest.raises(ValueError, match="at least one day number"):
        require_positions([])
