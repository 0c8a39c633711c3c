"""Mines on the records over mines laid: pairs by hand, comparators as bounds, unit in every row."""

from __future__ import annotations

import pytest

from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind
from analysis.maps import mine_coverage as mc
from analysis.maps.statements import LAID, ON_RECORDS
from analysis.maps.study import MapReliability


def _table(said, comparator: str, laid: float = 1000.0):
    return said(
        {"topic": ON_RECORDS, "number": 400.0, "unit_counted": "mine"},
        {"topic": LAID, "number": laid, "comparator": comparator, "unit_counted": "mine"},
    )


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [
        ("=", 0.4, 0.4),
        ("~", 0.4, 0.4),
        (">", 0.0, 400 / 1001),  # whole mines: more than 1,000 is at least 1,001; nothing keeps the share above 0
        (">=", 0.0, 0.4),
        ("<", 400 / 999, 1.0),  # at most 999 laid, at least the 400 recorded
        ("<=", 0.4, 1.0),
    ],
)
def test_a_comparator_of_the_number_laid_bounds_the_share(said, comparator: str, low: float, high: float) -> None:
    row = mc.coverage_by_mines(_table(said, comparator)).iloc[0]
    assert (row["low"], row["high"], row["as_printed"]) == pytest.approx((low, high, 0.4))
    assert row["unit"] == "mine"


def test_the_range_by_reading(study: MapReliability) -> None:
    # 390,709 / 1.5 million = 0.26047 and 400,000 / 1 million = 0.4.
    table = study.coverage.readings.set_index("inexact_rows")
    assert (table.loc["as printed", "low"], table.loc["as printed", "high"]) == pytest.approx((0.390709 / 1.5, 0.4))
    assert (table.loc["as bounds", "low"], table.loc["as bounds", "high"]) == pytest.approx((0.0, 0.4))
    assert table.loc["leave out", "high"] == pytest.approx(400 / 1500)


def test_kinds_of_range_are_not_mixed(study: MapReliability) -> None:
    assert mc.coverage_range(study.coverage.pairs, inexact_rows="as printed").kind == IntervalKind.REPORTED
    assert mc.coverage_range(study.coverage.pairs, inexact_rows="as bounds").kind == IntervalKind.BOUND


def test_the_two_pairs_of_one_statement_are_40_and_26_7_per_cent(study: MapReliability) -> None:
    assert mc.stated_pairs(study.rows.statements)["share"].tolist() == pytest.approx([0.4, 4 / 15])


def test_mines_of_single_districts_are_no_numerator(study: MapReliability) -> None:
    assert set(study.coverage.pairs["on_records"]) == {390_709, 400_000}


def test_only_upper_limits_give_no_range(said) -> None:
    pairs = mc.coverage_by_mines(_table(said, "<"))
    with pytest.raises(InsufficientEvidence, match=r"every number of mines laid .* is an upper limit"):
        mc.coverage_range(pairs, inexact_rows="as bounds")


@pytest.mark.parametrize(("topic", "missing"), [(LAID, "mines on all records"), (ON_RECORDS, "mines laid")])
def test_a_missing_part_is_named(said, topic: str, missing: str) -> None:
    table = said({"topic": topic, "number": 5.0, "unit_counted": "mine"})
    with pytest.raises(InsufficientEvidence, match=f"gives a number of {missing}"):
        mc.coverage_by_mines(table)
