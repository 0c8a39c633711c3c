"""Printed tables: at most six significant digits, nothing missing shown as zero."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.reporting.tables import MISSING, estimates_table, interval_text, not_estimable_table, number, printed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (3, "3"),
        (1234567.0, "1,234,570"),
        (1166702, "1,166,700"),
        (0.000012345678, "0.0000123457"),
        (-1234.5, "-1,234.5"),
        (-0.25, "-0.25"),
        (2.51243762e169, "2.51244e+169"),
        (math.inf, "no upper limit"),
        (-math.inf, "no lower limit"),
        (math.nan, MISSING),
    ],
)
def test_numbers_have_at_most_six_significant_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_a_count_is_never_rounded() -> None:
    assert printed(pd.DataFrame({"ha": pd.array([1166702], dtype="Int64")})).loc[0, "ha"] == "1,166,702"
    assert printed(pd.DataFrame({"ha": [1166702.0]})).loc[0, "ha"] == "1,166,702"
    assert printed(pd.DataFrame({"ha": [1166702.4]})).loc[0, "ha"] == "1,166,700"


def test_a_number_nobody_can_read_has_an_exponent() -> None:
    assert printed(pd.DataFrame({"width": [2.51243762e169]})).loc[0, "width"] == "2.51244e+169"


def test_missing_is_a_dash_and_not_zero() -> None:
    frame = pd.DataFrame(
        {
            "count": pd.array([0, None], dtype="Int64"),
            "share": [0.5, np.nan],
            "who": ["ANAMA", None],
            "day": pd.to_datetime(["2024-06-03", None]),
            "known": pd.array([True, None], dtype="boolean"),
        }
    )
    shown = printed(frame)
    assert shown.loc[0].tolist() == ["0", "0.5", "ANAMA", "2024-06-03", "yes"]
    assert shown.loc[1].tolist() == [MISSING] * 5


def test_the_estimates_table_says_what_each_number_rests_on() -> None:
    estimate = Estimate(
        quantity="outside share",
        value=0.7436,
        unit="share",
        interval=Interval(low=0.67, high=0.806, kind=IntervalKind.CONFIDENCE, level=0.95),
        method="Wilson (1927)",
        n=156,
        n_unit="accidents",
        period=Period(start=date(2020, 11, 10), end=date(2022, 10, 26)),
        geography="regained districts",
        sources=("s",),
    )
    row = estimates_table({"maps.outside": estimate}).loc["maps.outside"]
    assert row["value"] == "0.7436"
    assert row["interval"] == "0.67 to 0.806"
    assert row["kind of interval"] == "95 % confidence interval"
    assert row["n"] == "156 accidents"


def test_an_unbounded_end_is_said_in_words() -> None:
    assert interval_text(Interval(low=1, high=math.inf, kind=IntervalKind.BOUND)) == "1 to no upper limit"
    assert interval_text(None) == MISSING


def test_what_cannot_be_estimated_is_listed_with_its_reason() -> None:
    table = not_estimable_table({"accuracy": InsufficientEvidence("no denominator published")})
    assert table.loc["accuracy"].tolist() == ["no denominator published"]
    assert not_estimable_table({}).empty
