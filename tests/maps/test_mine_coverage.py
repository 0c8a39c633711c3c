"""Mines on the records over mines laid: pairs by hand, comparators as bounds, unit in every row."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind, Period
from analysis.maps import mine_coverage as mc
from analysis.maps.coverage_estimates import coverage_estimates
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
    # 'As many as a million' (ce-0048) is 'up to': 390,709 / 1 million, and up to all mines recorded.
    table = study.coverage.readings.set_index(["inexact_rows", "numbers_laid"])
    ends = {reading: tuple(row) for reading, row in table[["low", "high"]].iterrows()}
    assert ends["as printed", mc.ALL_LAID] == pytest.approx((0.390709 / 1.5, 0.4))
    assert ends["as bounds", mc.ALL_LAID] == (0, 1)
    assert ends["as bounds", mc.WITHOUT_UPPER_LIMITS] == pytest.approx((0.0, 0.4))
    assert ends["as bounds", mc.UPPER_LIMITS_ONLY] == pytest.approx((0.390709, 1.0))
    assert ends["leave out", "exact ones only"][1] == pytest.approx(400 / 1500)
    parts = table.loc["as bounds", "pairs"]
    assert parts[mc.ALL_LAID] == parts[mc.WITHOUT_UPPER_LIMITS] + parts[mc.UPPER_LIMITS_ONLY] == 14


def test_the_headline_bound_keeps_upper_limits_and_stands_beside_the_others(study: MapReliability) -> None:
    keys = ("coverage_by_mines", "coverage_by_mines_without_upper_limits", "coverage_by_mines_as_printed")
    headline, without, printed = (study.estimates[key] for key in keys)
    assert [(one.interval.low, one.interval.high, one.n) for one in (headline, without, printed) if one.interval] == [
        (0, 1, 14), (0, pytest.approx(0.4), 12), (pytest.approx(0.390709 / 1.5), pytest.approx(0.4), 14),
    ]  # fmt: skip
    assert {one.value for one in (headline, without, printed)} == {4 / 15}
    assert "crisisgroup-nd-defusing-landmines" in headline.sources
    assert "2 of the pairs have a number laid that is an upper limit" in headline.assumptions


def test_kinds_of_range_are_not_mixed(study: MapReliability) -> None:
    assert mc.coverage_range(study.coverage.pairs, inexact_rows="as printed").kind == IntervalKind.REPORTED
    assert mc.coverage_range(study.coverage.pairs, inexact_rows="as bounds").kind == IntervalKind.BOUND


def test_the_two_pairs_of_one_statement_are_40_and_26_7_per_cent(study: MapReliability) -> None:
    assert mc.stated_pairs(study.rows.statements)["share"].tolist() == pytest.approx([0.4, 4 / 15])


def test_mines_of_single_districts_are_no_numerator(study: MapReliability) -> None:
    assert set(study.coverage.pairs["on_records"]) == {390_709, 400_000}


def test_upper_limits_alone_leave_nothing_below_all_recorded_and_the_value_stays_inside(said) -> None:
    pairs = mc.coverage_by_mines(_table(said, "<"))
    interval = mc.coverage_range(pairs, inexact_rows="as bounds")
    assert (interval.low, interval.high) == pytest.approx((400 / 999, 1.0))
    period = Period(start=date(2020, 11, 10), end=date(2022, 1, 1))
    found = coverage_estimates(pairs, mc.stated_pairs(_table(said, "<")), inexact_rows="as bounds", period=period)
    assert set(found) == {"coverage_by_mines", "coverage_by_mines_as_printed"}
    # The printed quotient 400 / 1,000 is just what 'fewer than 1,000' excludes.
    assert found["coverage_by_mines"].value == pytest.approx(400 / 999)


@pytest.mark.parametrize(("topic", "missing"), [(LAID, "mines on all records"), (ON_RECORDS, "mines laid")])
def test_a_missing_part_is_named(said, topic: str, missing: str) -> None:
    table = said({"topic": topic, "number": 5.0, "unit_counted": "mine"})
    with pytest.raises(InsufficientEvidence, match=f"gives a number of {missing}"):
        mc.coverage_by_mines(table)
