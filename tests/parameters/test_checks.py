from pathlib import Path

import pytest

from analysis.errors import ParameterError
from analysis.parameters import check_parameters


def test_values_in_range_pass(tmp_path: Path) -> None:
    check_parameters(
        {
            "data": str(tmp_path),
            "period_start": "2020-11-10",
            "period_end": "2020-11-10",
            "confidence_level": 0.95,
            "exclude_originators": ["anama"],
            "inexact_rows": "as bounds",
            "seed": 0,
            "something_else": object(),
        }
    )
    check_parameters({"data": "", "period_start": "", "period_end": None})


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("data", "/nowhere/at/all", "the evidence folder must exist"),
        ("data", "a\0b", "the evidence folder must exist"),
        ("records", "/nowhere/at/all.gpkg", "the file must exist"),
        ("tolerances_m", [], "distances in metres, ascending"),
        ("tolerances_m", [10.0, 5.0], "distances in metres, ascending"),
        ("location_errors_m", [-1.0, 5.0], "distances in metres, ascending"),
        ("location_errors_m", "5", "distances in metres, ascending"),
        ("period_start", "2024-02-30", "a date is written YYYY-MM-DD"),
        ("period_end", "20240101", "a date is written YYYY-MM-DD"),
        ("period_end", "2024-W01-1", "a date is written YYYY-MM-DD"),
        ("period_end", ["2024"], "a date is written YYYY-MM-DD"),
        ("base_samples", 1000, "a power of 2"),
        ("base_samples", True, "a power of 2"),
        ("draws", 0, "a whole number, one or more"),
        ("capacity_change", 1.0, "strictly between 0 and 1"),
        ("added_share", -0.5, "strictly between 0 and 1"),
        ("confidence_level", 95, "strictly between 0.5 and 1"),
        ("confidence_level", 0.5, "strictly between 0.5 and 1"),
        ("confidence_level", 1, "strictly between 0.5 and 1"),
        ("confidence_level", float("nan"), "strictly between 0.5 and 1"),
        ("confidence_level", "0.9", "strictly between 0.5 and 1"),
        ("exclude_originators", "anama", "list of originators"),
        ("exclude_originators", [""], "list of originators"),
        ("inexact_rows", "as bound", "must be one of 'as printed'"),
        ("seed", -1, "zero or more"),
        ("seed", True, "zero or more"),
        ("seed", 1.0, "zero or more"),
        ("about_tolerance", 1, "from 0 up to below 1"),
        ("about_tolerance", True, "from 0 up to below 1"),
        ("minimum_interval_days", 0, "whole number of days, one or more"),
        ("minimum_increment_days", 30.0, "whole number of days, one or more"),
        ("relative_rate_low", 0, "finite number above 0"),
        ("relative_rate_high", float("inf"), "finite number above 0"),
        ("nearly_from", 0.0, "strictly between 0 and 1"),
        ("more_than_to", 1, "strictly between 0 and 1"),
    ],
)
def test_values_out_of_range_are_named(name: str, value: object, rule: str) -> None:
    with pytest.raises(ParameterError) as caught:
        check_parameters({name: value})
    assert f"{name}: " in str(caught.value)
    assert rule in str(caught.value)
    assert "found " in str(caught.value)


def test_dates_in_the_wrong_order_and_every_other_problem_together() -> None:
    with pytest.raises(ParameterError) as caught:
        check_parameters({"period_start": "2024-01-02", "period_end": "2024-01-01", "seed": -1})
    message = str(caught.value)
    assert "period_end: must not be before period_start, found 2024-01-02 to 2024-01-01" in message
    assert "seed: " in message


@pytest.mark.parametrize(
    ("low", "high"), [("relative_rate_low", "relative_rate_high"), ("nearly_from", "more_than_to")]
)
def test_the_ends_of_a_range_are_in_order(low: str, high: str) -> None:
    check_parameters({low: 0.5, high: 0.5})
    with pytest.raises(ParameterError, match=f"{high}: must not be below {low}, found 0.6 to 0.5"):
        check_parameters({low: 0.6, high: 0.5})


def test_a_named_file_may_have_a_layer(tmp_path: Path) -> None:
    (tmp_path / "a.gpkg").touch()
    check_parameters({"records": f"{tmp_path / 'a.gpkg'}|layer", "points": "", "tolerances_m": [0, 25.5]})
