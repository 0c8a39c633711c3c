"""Planning an inspection: sizes that keep their confidence, rows, what is left open, and tasks that are no plan."""

from __future__ import annotations

import math

import pytest

from analysis.contamination.inspection import (
    LOW_END,
    MEASURED,
    PERFECT,
    Task,
    bounds_by_sample,
    not_excluded,
    operating_characteristic,
    rows_to_inspect,
    sample_sizes,
    standards_table,
)
from analysis.errors import ParameterError
from analysis.stats.acceptance import passing_probability


def task(**changes: float) -> Task:
    asked: dict[str, float] = {
        "lot_m2": 5000,
        "unit_m2": 25,
        "unacceptable_units": 6,
        "confidence": 0.95,
        "targets_found": 29,
        "targets_placed": 30,
    }
    return Task(**asked | changes)  # type: ignore[arg-type]


def test_units_of_a_lot_count_the_one_that_is_cut() -> None:
    assert task().units == 200
    assert task(lot_m2=5001).units == 201


def test_detection_has_its_own_interval() -> None:
    # 30 of 30: Clopper and Pearson's low end at 95 % is 0.025^(1/30).
    detections = task(targets_found=30).detections()
    assert detections[MEASURED] == detections[PERFECT] == 1
    assert detections[LOW_END] == pytest.approx(0.025 ** (1 / 30))


def test_each_size_keeps_the_confidence_and_one_less_does_not() -> None:
    table = sample_sizes(task(), unacceptable_numbers=[12])
    assert len(table) == 6
    for _, row in table.iterrows():
        inspected, number = int(row["units_to_inspect"]), int(row["unacceptable_units"])
        plan = {"lot": 200, "detection": row["detection"]}
        assert passing_probability(number, sample=inspected, **plan)[0] <= 0.05 + 1e-12
        assert passing_probability(number, sample=inspected - 1, **plan)[0] > 0.05
        assert row["refused_if_unacceptable"] >= 0.95 - 1e-12
        assert row["area_m2"] == inspected * 25


def test_what_no_sample_can_show_is_said() -> None:
    table = sample_sizes(task(unacceptable_units=1)).set_index("detection_read")
    assert "inspecting all 200 units" in table.loc[LOW_END, "not_possible"]
    assert table["units_to_inspect"].isna()[LOW_END]
    assert table.loc[PERFECT, "units_to_inspect"] == 190  # (200 - n) / 200 <= 0.05


def test_a_number_the_lot_does_not_have_is_said() -> None:
    table = sample_sizes(task(), unacceptable_numbers=[500])
    assert (table.loc[table["unacceptable_units"] == 500, "not_possible"] == "the lot has 200 units").all()


def test_rows_need_more_units_the_more_alike_they_are() -> None:
    table = rows_to_inspect(task(), units_per_row=10, correlations=[0.0, 0.1, 0.5])
    # Singly: ln 0.05 / ln(1 - 0.03 x 29/30) = 101.8; ten a row: 11 rows.
    assert table["rows"].iloc[0] == math.ceil(math.log(0.05) / (10 * math.log(1 - 0.03 * 29 / 30)))
    assert table["units"].is_monotonic_increasing
    assert table["not_possible"].iloc[-1] == "more than the 200 units of the lot"


def test_perfect_detection_leaves_the_least_open() -> None:
    table = not_excluded(task(), 80, priors=[(1, 1)]).set_index("detection_read")
    assert table["units_left"].idxmin() == PERFECT
    assert table.loc[PERFECT, "none_1_1"] == pytest.approx(81 / 201)  # (b + n) / (b + N)
    assert (table["units_left"] > 0).all()


def test_the_planned_sample_excludes_the_unacceptable_number_and_not_one_less() -> None:
    planned = int(sample_sizes(task())["units_to_inspect"].iloc[0])
    bounds = bounds_by_sample(task(), [planned, planned - 1, 10_000]).set_index(["detection_read", "sample"])
    assert bounds.loc[(MEASURED, planned), "units_left"] == 5
    assert bounds.loc[(MEASURED, planned - 1), "units_left"] >= 6
    assert bounds.loc[(PERFECT, 200), "units_left"] == 0


def test_the_curve_starts_at_certain_passing() -> None:
    table = operating_characteristic(task(), 80)
    none = table[table["unacceptable_units"] == 0]
    assert none["passed"].tolist() == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"unit_m2": 6000}, "unit_m2, lot_m2"),
        ({"lot_m2": float("inf")}, "unit_m2, lot_m2"),
        ({"lot_m2": 1e9}, "divide it into lots"),
        ({"unacceptable_units": 201}, "unacceptable_units"),
        ({"confidence": 0.5}, "confidence"),
        ({"targets_found": 31}, "targets_found, targets_placed"),
        ({"targets_found": 0}, "targets_found, targets_placed"),
    ],
)
def test_what_is_no_task_is_refused_by_name(changes: dict[str, float], named: str) -> None:
    with pytest.raises(ParameterError, match=named):
        task(**changes)


def test_every_standard_has_edition_and_status() -> None:
    table = standards_table()
    assert (table[["edition", "status"]] != "").all(axis=None)
    assert "withdrawn" in table.loc["IMAS 09.20", "status"]


@pytest.mark.parametrize("correlation", [1.0, -0.1, float("nan"), float("inf")])
def test_a_likeness_that_is_none_is_refused(correlation: float) -> None:
    with pytest.raises(ParameterError, match="correlation: must be 0 or more and below 1"):
        rows_to_inspect(task(), units_per_row=10, correlations=[0.1, correlation])


@pytest.mark.parametrize("units_per_row", [0, 201])
def test_a_row_that_does_not_fit_the_lot_is_refused(units_per_row: int) -> None:
    with pytest.raises(ParameterError, match=f"units_per_row: 1 to the 200 units of the lot.*{units_per_row}"):
        rows_to_inspect(task(), units_per_row=units_per_row, correlations=[0.1])


@pytest.mark.parametrize("sample", [0, 201])
def test_more_units_than_the_lot_has_cannot_have_been_inspected(sample: int) -> None:
    with pytest.raises(ParameterError, match=f"inspected: 1 to the 200 units of the lot are needed, found {sample}"):
        not_excluded(task(), sample, priors=[(1.0, 1.0)])
