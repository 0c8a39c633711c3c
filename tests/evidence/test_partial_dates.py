"""A printed date keeps its precision and stands for a span of days."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence.partial_dates import Precision, parse, span_columns


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR),
        ("2024-06", date(2024, 6, 1), date(2024, 6, 30), Precision.MONTH),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),  # leap year
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), Precision.MONTH),
        ("2024-06-03", date(2024, 6, 3), date(2024, 6, 3), Precision.DAY),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), Precision.DAY),
    ],
)
def test_span_and_precision(text: str, first: date, last: date, precision: Precision) -> None:
    parsed = parse(text)
    assert (parsed.first, parsed.last, parsed.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2024-02-30", "February 2024 has 29 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("2024-13", "there is no month 13"),
        ("2024-00", "there is no month 0"),
        ("2024-06-00", "June 2024 has 30 days"),
        ("2024-6-3", "a date is written 2024, 2024-06 or 2024-06-03"),
        ("03.06.2024", "a date is written 2024, 2024-06 or 2024-06-03"),
        ("2024-06-03T00:00", "a date is written 2024, 2024-06 or 2024-06-03"),
        ("\u0662\u0660\u0662\u0664", "a date is written 2024, 2024-06 or 2024-06-03"),  # digits of another script
        ("2024-06-03\n", "a date is written 2024, 2024-06 or 2024-06-03"),
        ("0000", "there is no year 0"),
        ("", "a date is written 2024, 2024-06 or 2024-06-03"),
    ],
)
def test_a_date_that_does_not_exist_is_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="found") as caught:
        parse(text)
    assert says in str(caught.value)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_lies_in_its_month_and_its_year(day: date) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"):
        parsed = parse(text)
        assert parsed.first <= day <= parsed.last
    month = parse(f"{day:%Y-%m}")
    assert (month.last + timedelta(days=1)).day == 1


def test_columns_keep_missing_dates_missing() -> None:
    columns = span_columns("as_of", ["2024-06", None])
    assert pd.Timestamp(columns["as_of_last"][0]) == pd.Timestamp("2024-06-30")
    assert pd.isna(columns["as_of_first"][1])
    assert columns["as_of_precision"][0] == "month"
    assert pd.isna(columns["as_of_precision"][1])
