"""No point on the ground leaves a run on somebody's data more exactly than its option says."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reporting.coordinates import WITHHELD, coordinates_notice, rounded_coordinates


def rounded(name: str, cell: object, decimals: int = 2) -> object:
    return rounded_coordinates(pd.DataFrame({name: [cell]}), decimals=decimals)[name].iloc[0]


@pytest.mark.parametrize("name", ["lat", "Latitude", "lon", "accident_longitude", "GPS_lat", "lng_dd", "LONG"])
def test_columns_of_degrees_are_rounded(name: str) -> None:
    assert rounded(name, 39.98765) == 39.99
    assert rounded(name, "39.98765") == "39.99"
    assert rounded(name, 39.98765, decimals=0) == 40


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("39.98765, 46.74321", "39.99, 46.74"),
        ("POINT (46.74321 -39.98765)", "POINT (46.74 -39.99)"),
        ("POLYGON((46.7432 39.98,47 40.00001))", "POLYGON((46.74 39.98,47 40.00))"),
        ("", ""),
        ("39°59'15.5\" N", WITHHELD),
        ("38S MJ 12345 67890", WITHHELD),
        ("POINT (512345.67 4421234.5)", WITHHELD),
        ("near the school", WITHHELD),
    ],
)
def test_coordinates_as_text(text: str, shown: str) -> None:
    assert rounded("gps", text) == shown


def test_x_and_y_are_coordinates_only_side_by_side_and_in_degrees() -> None:
    degrees = pd.DataFrame({"x": [46.74321], "Y": [39.98765], "value": [1.23456]})
    assert rounded_coordinates(degrees, decimals=1).iloc[0].tolist() == [46.7, 40.0, 1.23456]
    for other in (pd.DataFrame({"x": [0.12345]}), pd.DataFrame({"x": [0.12345], "y": [1234.56789]})):
        pd.testing.assert_frame_equal(rounded_coordinates(other, decimals=1), other)


def test_other_columns_and_the_given_table_stay_as_they_are() -> None:
    frame = pd.DataFrame({"rate": [1.23456], "relative": [0.98765], "lat": [39.98765], "language": ["az 1.23456"]})
    before = frame.copy()
    shown = rounded_coordinates(frame, decimals=2)
    pd.testing.assert_frame_equal(frame, before)
    assert shown["rate"].iloc[0] == 1.23456
    assert shown["relative"].iloc[0] == 0.98765
    assert shown["language"].iloc[0] == "az 1.23456"


def test_missing_stays_missing() -> None:
    assert math.isnan(rounded("lat", float("nan")))
    assert rounded("lat", None) is None


@given(st.floats(-180, 180, allow_nan=False), st.integers(0, 7))
def test_a_rounded_degree_is_within_half_a_unit_and_no_more_exact(degree: float, decimals: int) -> None:
    number, text = rounded("lon", degree, decimals), rounded("lon", f"{degree:.12f}", decimals)
    assert abs(number - degree) <= 0.5 * 10.0**-decimals + 1e-9
    assert abs(float(text) - degree) <= 0.5 * 10.0**-decimals + 1e-9
    assert len(text.partition(".")[2]) == decimals


def test_the_reader_is_told() -> None:
    assert "rounded to 3 decimals of a degree (--coordinate-decimals)" in coordinates_notice(3)
