"""Moves are measured in half-widths of the old interval, and nothing else that changed is lost."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import ReproductionError
from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.record.movement import Comparison, compare_records, half_width
from analysis.record.reading import StoredRecord
from analysis.record.serialise import as_json


def tree(value: float, low: float | None = None, high: float | None = None, **changed: Any) -> Any:
    interval = None if low is None or high is None else Interval(low=low, high=high, kind=IntervalKind.BOUND)
    parts: dict[str, Any] = {"unit": "persons", "n": 3, "method": "typed", "sources": ("page-a",), **changed}
    estimate = Estimate(
        quantity="level",
        value=value,
        interval=interval,
        n_unit="rows",
        period=Period(start=date(2021, 1, 1), end=date(2021, 12, 31)),
        geography="Azerbaijan",
        **parts,
    )
    return json.loads(as_json(estimate))


def record(values: dict[str, Any], **parameters: dict[str, object]) -> StoredRecord:
    return StoredRecord(folder=Path("folder"), parameters=parameters or {"a": {}}, trees=values, figures={})


def compare(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    return compare_records(record(old), record(new))


def test_a_move_is_measured_in_half_widths_of_the_old_interval() -> None:
    # 10 in 8 to 16: half-width 4. To 13 in 0 to 100: +3, three quarters of 4.
    (moved,) = compare({"a.x": tree(10, 8, 16)}, {"a.x": tree(13, 0, 100)}).movements
    assert moved.shift == 3
    assert moved.shift_in_half_widths == 0.75
    assert moved.changed == ("interval", "value")


@pytest.mark.parametrize(("low", "high"), [(None, None), (10, 10), (0, math.inf), (-math.inf, 20)])
def test_without_a_finite_interval_of_some_width_there_is_no_such_unit(low: float | None, high: float | None) -> None:
    (moved,) = compare({"a.x": tree(10, low, high)}, {"a.x": tree(13)}).movements
    assert moved.shift == 3
    assert moved.shift_in_half_widths is None


def test_half_width_of_a_bound_that_overflows_is_none() -> None:
    assert half_width(Interval(low=-1.7e308, high=1.7e308, kind=IntervalKind.BOUND)) is None


def test_a_value_in_another_unit_has_moved_by_no_number() -> None:
    (moved,) = compare({"a.x": tree(10, 8, 16)}, {"a.x": tree(0.1, unit="share")}).movements
    assert (moved.shift, moved.shift_in_half_widths) == (None, None)
    assert moved.changed == ("interval", "unit", "value")


def test_digits_no_machine_agrees_on_are_no_move() -> None:
    # The tolerance is 1e-8 relative.
    close, far = (
        compare({"a.x": tree(1.0)}, {"a.x": tree(1 + 1e-9)}),
        compare({"a.x": tree(1.0)}, {"a.x": tree(1 + 1e-7)}),
    )
    assert (close.movements, close.agreeing) == ((), 1)
    assert [one.key for one in far.movements] == ["a.x"]


def test_an_end_that_becomes_infinite_is_a_change() -> None:
    (moved,) = compare({"a.x": tree(10, 8, 16)}, {"a.x": tree(10, 8, math.inf)}).movements
    assert moved.changed == ("interval",)
    assert moved.shift is None


def test_method_n_sources_and_unit_are_reported_without_a_move() -> None:
    changed = tree(10, unit="people", n=4, method="other", sources=("page-a", "page-b"))
    (moved,) = compare({"a.x": tree(10)}, {"a.x": changed}).movements
    assert moved.changed == ("method", "n", "sources", "unit")


def test_the_largest_move_comes_first_and_what_has_no_measure_after_it() -> None:
    old = {
        "a.far": tree(10, 8, 12),  # +6 of 2: three half-widths
        "a.near": tree(10, 0, 20),  # -5 of 10: half a half-width
        "a.count": tree(10),  # +10 %
        "a.zero": tree(0),  # from nothing: beyond any ratio
        "a.gone": tree(1),
        "a.method": tree(1),
        "a.same": tree(1),
    }
    new = {
        "a.far": tree(16),
        "a.near": tree(5),
        "a.count": tree(11),
        "a.zero": tree(1),
        "a.new": tree(1),
        "a.method": tree(1, method="other"),
        "a.same": tree(1),
    }
    found = compare(old, new)
    assert [one.key for one in found.movements] == [
        "a.far",
        "a.near",
        "a.zero",
        "a.count",
        "a.gone",
        "a.new",
        "a.method",
    ]
    assert [one.shift_in_half_widths for one in found.movements[:2]] == [3.0, -0.5]
    assert found.agreeing == 1


def test_values_of_a_notebook_that_one_side_did_not_run_are_not_called_gone() -> None:
    old = record({"a.x": tree(1), "b.y": tree(1)}, a={"level": 0.95}, b={})
    new = record({"a.x": tree(1), "c.z": tree(1)}, a={"level": 0.9}, c={})
    found = compare_records(old, new)
    assert found.movements == ()
    assert (found.only_old, found.only_new) == (("b",), ("c",))
    assert [str(each) for each in found.parameters] == ["a.level: 0.95 -> 0.9"]


def test_records_with_nothing_in_common_cannot_be_compared() -> None:
    with pytest.raises(ReproductionError, match="no notebook in common"):
        compare_records(record({}, a={}), record({}, b={}))
