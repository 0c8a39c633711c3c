"""What a printed area can mean."""

from __future__ import annotations

import math

import pytest

from analysis.contamination.printed_precision import area_ranges, printed_unit


@pytest.mark.parametrize(
    ("printed", "unit"),
    [(41915.77, 0.01), (53081.8, 0.1), (69205.7, 0.1), (64000, 1000), (1.0, 1), (0.0955, 0.0001), (0, 1), (1166702, 1)],
)
def test_unit_of_the_last_printed_digit(printed: float, unit: float) -> None:
    assert printed_unit(printed) == pytest.approx(unit)


def week(value: float | None, comparator: str) -> dict[str, object]:
    return {
        "period_start": "2024-01-01",
        "period_end": "2024-01-07",
        "period_kind": "week",
        "area_ha": value,
        "comparator": comparator,
    }


def test_comparators_as_bounds(clearance) -> None:
    frame = clearance([week(53081, "="), week(6900, ">"), week(640, "<="), week(64000, "~"), week(None, "=")])
    found = area_ranges(frame, inexact_rows="as bounds")
    # '=' one hectare either way, so that 53,081.8 cut to 53,081 is allowed
    assert found["low"].tolist()[:4] == [53080, 6900, 0, 63000]
    assert found["high"].tolist()[:4] == [53082, math.inf, 640, 65000]
    assert found.iloc[4].isna().all()


def test_as_printed_and_leave_out(clearance) -> None:
    frame = clearance([week(6900, ">"), week(12, "=")])
    assert area_ranges(frame, inexact_rows="as printed")["high"].tolist() == [7000, 13]
    left = area_ranges(frame, inexact_rows="leave out")
    assert left["low"].isna().tolist() == [True, False]
