"""Task-level records: findings, and sums that lose no task."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.contamination.task_checks import findings_by_rule, task_findings
from analysis.contamination.task_summary import summarise_tasks


def tasks(*rows: dict[str, object]) -> pd.DataFrame:
    plain = {
        "start": "2024-01-01", "end": "2024-01-31", "operator": "A", "district": "North", "product": "cleared",
        "area_ha": 10.0, "devices": 1.0,
    }  # fmt: skip
    frame = pd.DataFrame([plain | row | {"task_id": f"t-{place}", "row": place + 2} for place, row in enumerate(rows)])
    for name in ("start", "end"):
        frame[name] = pd.to_datetime(frame[name])
    for name in ("area_ha", "devices"):
        frame[name] = frame[name].astype(float)
    for name in ("operator", "district", "product"):
        frame[name] = frame[name].astype("category")
    return frame


def rules(frame: pd.DataFrame) -> dict[str, list[int]]:
    found = task_findings(frame)
    return {str(rule): own["row"].tolist() for rule, own in found.groupby("rule", sort=False)}


def test_each_rule_names_its_row() -> None:
    frame = tasks(
        {},
        {"start": "2024-03-01", "end": "2024-02-01", "area_ha": 11},
        {"operator": None, "area_ha": 12},
        {"area_ha": 0},
        {"area_ha": -3},
        {"devices": -1, "area_ha": 13},
        {"devices": 1.5, "area_ha": 14},
        {"area_ha": None},
    )
    assert rules(frame) == {
        "the end is before the start": [3],
        "operator is missing": [4],
        "area_ha is missing": [9],
        "the area is 0 or less": [5, 6],
        "the number of devices is below 0": [7],
        "the number of devices is not whole": [8],
    }
    said = task_findings(frame).set_index("row")["found"]
    assert said[3] == "start 2024-03-01, end 2024-02-01"
    assert said[6] == "area_ha -3"


def test_a_task_of_more_than_ten_years_is_listed() -> None:
    ten = {"start": "2014-01-31", "end": "2024-01-31"}
    longer = {"start": "2014-01-30", "end": "2024-01-31"}
    assert rules(tasks(ten, longer | {"area_ha": 11})) == {"the task lasts more than 10 years": [3]}


def test_a_tenfold_area_among_alike_ones_is_listed_and_a_wide_group_is_left_alone() -> None:
    alike = [{"area_ha": 10 + 0.1 * place} for place in range(11)]
    # the middle is about 10.5: 105 is ten times it, 1.05 a tenth, 105,000 in m2, 0.105 in km2, 31 none
    odd = [{"area_ha": area} for area in (105, 1.05, 105000, 0.105, 31)]
    rule = "the area is about 10, 100 or 10,000 times others of its group, or that part: a slip of the unit?"
    assert rules(tasks(*alike, *odd)) == {rule: [13, 14, 15, 16]}
    wide = [{"area_ha": 10 ** (place / 4)} for place in range(12)]
    assert rules(tasks(*wide)) == {}
    few = [{"area_ha": 10 + 0.1 * place} for place in range(5)]
    assert rules(tasks(*few, {"area_ha": 105})) == {}


def test_the_same_work_twice_in_overlapping_periods_is_listed() -> None:
    frame = tasks(
        {"start": "2024-01-01", "end": "2024-12-31"},
        {"start": "2024-02-01", "end": "2024-02-05"},
        # within the first period, though after the end of the one before it
        {"start": "2024-06-01", "end": "2024-06-30"},
        {"start": "2025-01-01", "end": "2025-01-05"},
        {"start": "2024-06-01", "end": "2024-06-30", "area_ha": 11.0},
        {"start": "2024-06-01", "end": "2024-06-30", "operator": "B"},
    )
    rule = "the same area, operator, district and product stand twice in overlapping periods"
    assert rules(frame) == {rule: [3, 4]}


def test_findings_are_counted_by_rule() -> None:
    counted = findings_by_rule(task_findings(tasks({"area_ha": 0}, {"area_ha": -1}, {"devices": -1})))
    assert counted["tasks"].tolist() == [2, 1]
    assert counted["first_row"].tolist() == [2, 4]
    assert findings_by_rule(task_findings(tasks({}))).empty


def test_sums_by_hand() -> None:
    found = summarise_tasks(
        tasks(
            {"area_ha": 10, "devices": 4},
            {"area_ha": 30, "devices": None},
            {"area_ha": 5, "devices": 1, "operator": None},
            {"area_ha": 7, "start": "2024-02-02"},
        )
    )
    cells = found.cells.set_index("operator")
    # A: 10 + 30 ha, 4 devices on the 10 ha that give a number; the last task ends before it starts
    assert cells.loc["A", ["tasks", "area_ha", "devices", "devices_missing", "per_ha"]].tolist() == [2, 40, 4, 1, 0.4]
    assert cells.loc["not given", "area_ha"] == 5
    assert found.unplaced[["tasks", "area_ha"]].iloc[0].tolist() == [1, 7]


def test_devices_of_which_nothing_is_printed_are_missing_and_not_zero() -> None:
    found = summarise_tasks(tasks({"devices": None}, {"devices": None, "area_ha": 11}, {"operator": "B", "devices": 0}))
    cells = found.cells.set_index("operator")
    assert np.isnan(cells.loc["A", "devices"])
    assert np.isnan(cells.loc["A", "per_ha"])
    assert cells.loc["A", "devices_missing"] == 2
    assert cells.loc["B", "devices"] == 0


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(["A", "B", None]), st.sampled_from([-1.0, 0.0, 2.0, None]), st.booleans()),
        min_size=1,
        max_size=30,
    )
)
def test_no_task_is_lost_and_order_does_not_matter(rows) -> None:
    frame = tasks(
        *(
            {"operator": who, "area_ha": area, "end": "2023-01-01" if turned else "2024-05-01"}
            for who, area, turned in rows
        )
    )
    found = summarise_tasks(frame)
    assert found.cells["tasks"].sum() + found.unplaced["tasks"].sum() == len(rows)
    assert found.cells["area_ha"].sum() + found.unplaced["area_ha"].sum() == pytest.approx(frame["area_ha"].sum())
    mixed = summarise_tasks(frame.iloc[np.random.default_rng(1).permutation(len(frame))])
    pd.testing.assert_frame_equal(found.cells, mixed.cells)
