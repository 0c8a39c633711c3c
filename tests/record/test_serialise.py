"""Results become the same text everywhere."""

from __future__ import annotations

import json
import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimate import Interval, IntervalKind, Period
from analysis.record.serialise import as_csv, as_json, plain, rounded


@given(st.floats(min_value=-1e300, max_value=1e300))
def test_rounding_keeps_ten_significant_digits_and_is_stable(value: float) -> None:
    once = rounded(value)
    assert isinstance(once, float)
    assert math.isclose(once, value, rel_tol=1e-9, abs_tol=5e-324)
    assert rounded(once) == once


def test_machine_noise_disappears() -> None:
    assert rounded(0.1 + 0.2) == 0.3
    assert rounded(1 / 3) == rounded(1 / 3 + 1e-14)


def test_infinite_ends_are_words_because_json_has_none() -> None:
    assert plain(Interval(low=-math.inf, high=math.inf, kind=IntervalKind.BOUND)) == {
        "low": "-inf",
        "high": "inf",
        "kind": "bound",
        "level": None,
    }


def test_json_is_sorted_and_keeps_letters() -> None:
    text = as_json({"b": (1, np.int64(2)), "a": {"place": "Ağdam", "day": date(2024, 6, 3)}})
    assert list(json.loads(text)) == ["a", "b"]
    assert "Ağdam" in text
    assert json.loads(text)["a"]["day"] == "2024-06-03"
    assert json.loads(text)["b"] == [1, 2]
    assert text.endswith("}\n")


def test_a_period_is_two_dates() -> None:
    assert plain(Period(start=date(2024, 1, 1), end=date(2024, 1, 2))) == {"start": "2024-01-01", "end": "2024-01-02"}


@pytest.mark.parametrize("value", [math.nan, {1, 2}, object()])
def test_what_has_no_form_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        as_json(value)


def test_csv_has_iso_dates_ten_digits_and_empty_missing() -> None:
    frame = pd.DataFrame(
        {"day": pd.to_datetime(["2024-06-03", None]), "share": [1 / 3, np.nan], "n": pd.array([3, None], dtype="Int64")}
    )
    assert as_csv(frame) == "day,share,n\n2024-06-03,0.3333333333,3\n,,\n"
