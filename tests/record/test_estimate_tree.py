"""An estimate that was written comes back the same; what is no estimate is refused with its place and its fault."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Any

import pytest

from analysis.errors import ReproductionError
from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.record.estimate_tree import estimate_from
from analysis.record.serialise import as_json

WRITTEN = Estimate(
    quantity="years to release the rest",
    value=13.25,
    unit="years",
    interval=Interval(low=6.5, high=math.inf, kind=IntervalKind.CONFIDENCE, level=0.9),
    method="typed",
    n=4,
    n_unit="rates",
    period=Period(start=date(2020, 11, 10), end=date(2025, 12, 31)),
    geography="Azerbaijan",
    sources=("page-a", "page-b"),
    assumptions=("rates go on",),
)


def tree(**changed: Any) -> dict[str, Any]:
    return {**json.loads(as_json(WRITTEN)), **changed}


def test_what_was_written_comes_back_with_its_infinite_end() -> None:
    assert estimate_from(tree(), where="here") == WRITTEN


def test_a_lower_end_may_be_infinite_and_an_interval_absent() -> None:
    low = estimate_from(tree(interval={"low": "-inf", "high": 14, "kind": "bound", "level": None}), where="here")
    assert low.interval == Interval(low=-math.inf, high=14.0, kind=IntervalKind.BOUND)
    assert estimate_from(tree(interval=None), where="here").interval is None


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ({"value": "inf"}, "value must be a number, found 'inf'"),
        ({"value": True}, "value must be a number, found True"),
        ({"value": math.nan}, "an estimate is finite"),
        ({"value": 5.0}, "lies outside its interval"),
        ({"n": 2.5}, "n must be a whole number, found 2.5"),
        ({"unit": None}, "unit must be a text, found None"),
        ({"sources": "page-a"}, "sources must be a list of texts"),
        ({"sources": []}, "names at least one source"),
        ({"period": {"start": "2020-13-01", "end": "2021-01-01"}}, "month must be in 1..12"),
        ({"period": []}, "period must be an object"),
        (
            {"interval": {"low": "lots", "high": 14, "kind": "bound", "level": None}},
            "low must be a number, found 'lots'",
        ),
        ({"interval": {"low": 1, "high": 14, "kind": "guess", "level": None}}, "'guess' is not a valid IntervalKind"),
        ({"interval": {"low": 1, "high": 14, "kind": "bound"}}, "it has no 'level'"),
    ],
)
def test_a_damaged_part_is_named(damage: dict[str, Any], fault: str) -> None:
    with pytest.raises(ReproductionError) as caught:
        estimate_from(tree(**damage), where="values.json: a.b")
    assert str(caught.value).startswith("values.json: a.b cannot be read: ")
    assert fault in str(caught.value)


def test_a_missing_part_is_named() -> None:
    whole = tree()
    del whole["method"]
    with pytest.raises(ReproductionError, match=r"a\.b cannot be read: it has no 'method'"):
        estimate_from(whole, where="a.b")


def test_something_else_is_refused() -> None:
    with pytest.raises(ReproductionError, match="the value must be an object, found 3"):
        estimate_from(3, where="a.b")
