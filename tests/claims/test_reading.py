"""Rows read as statements: units, per cent, ranges, comparators that belong to another column."""

from __future__ import annotations

import pandas as pd

from analysis.claims.reading import number_from, scope_from
from analysis.evidence.comparators import Comparator

CLAIM = {
    "quantity": "map_accuracy_share",
    "unit": "per cent",
    "value": 25.0,
    "value_low": pd.NA,
    "value_high": pd.NA,
    "comparator": "=",
    "geography": "regained_districts",
    "period_start": pd.NA,
    "period_end": pd.NA,
    "as_of": "2025-04",
    "originator": "anama",
}


def test_per_cent_is_a_share_and_keeps_its_last_digit() -> None:
    number = number_from(pd.Series(CLAIM))
    assert number is not None
    assert (number.low, number.step) == (0.25, 0.01)
    scope = scope_from(pd.Series(CLAIM), population="records")
    assert (scope.unit, scope.period) == ("share", "not stated to 2025-04")


def test_a_printed_range_is_read_where_the_value_is_empty() -> None:
    row = pd.Series({**CLAIM, "unit": "years", "value": pd.NA, "value_low": 10.0, "value_high": 14.0})
    number = number_from(row)
    assert number is not None
    assert (number.low, number.high) == (10, 14)
    assert number_from(pd.Series({**CLAIM, "value": pd.NA})) is None


def test_the_comparator_of_a_running_total_belongs_to_the_total() -> None:
    row = pd.Series({"total": 3400, "children": 359, "comparator": ">"})
    total, children = number_from(row, column="total"), number_from(row, column="children")
    assert total is not None
    assert children is not None
    assert (total.comparator, children.comparator) == (Comparator.MORE_THAN, Comparator.EXACT)
