"""Candidates for printed slips."""

from __future__ import annotations

from analysis.contamination.slips import find_slips


def week(day: int, area: float | None, **more: object) -> dict[str, object]:
    start, end = f"2024-05-{day:02d}", f"2024-05-{day + 6:02d}"
    return {"period_kind": "week", "period_start": start, "period_end": end, "area_ha": area, **more}


def test_a_tenfold_week_is_found_and_kept(clearance) -> None:
    frame = clearance([week(1, 400.0), week(8, 380.0), week(15, 4100.0), week(22, 410.0)])
    found = find_slips(frame, frame)
    assert found["row_ids"].tolist() == ["cl-002"]
    # median of the weeks around it: 380, 400, 410
    assert "4,100 ha" in found["found"].iloc[0]
    assert found["handled"].tolist() == ["kept"]


def test_an_area_of_nothing_is_found_and_a_missing_one_is_not(clearance) -> None:
    frame = clearance([week(1, 0.0), week(8, 380.0), week(15, None)])
    found = find_slips(frame, frame)
    assert found[["rule", "row_ids", "found"]].to_numpy().tolist() == [["an area of 0 is printed", "cl-000", "0 ha"]]


def month(number: int, area: float) -> dict[str, object]:
    named = f"2024-0{number}"
    return {"period_kind": "month", "period_start": named, "period_end": named, "area_ha": area}


def test_a_tenfold_month_is_found_beside_months_and_never_beside_weeks(clearance) -> None:
    months = [month(1, 4000.0), month(2, 3800.0), month(3, 410.0), month(4, 4100.0)]
    frame = clearance([*months, week(1, 400.0), week(8, 380.0)])
    found = find_slips(frame, frame)
    assert found["rule"].tolist() == ["far from the months around it"]
    # median of 4,000, 3,800 and 4,100
    assert found["found"].tolist() == ["410 ha, 0.102 times the median of the months around it (4,000 ha)"]


def test_handling_says_corrected_or_excluded(clearance) -> None:
    frame = clearance([week(1, 400.0), week(8, 380.0), week(15, 4100.0), week(22, 410.0)])
    corrected = frame.assign(area_ha=frame["area_ha"].replace(4100.0, 410.0))
    assert find_slips(frame, corrected)["handled"].tolist() == ["corrected"]
    assert find_slips(frame, frame.drop(index=2))["handled"].tolist() == ["excluded"]


def test_repeated_months_swapped_columns_and_wrong_sums(clearance) -> None:
    july = {"period_kind": "month", "period_start": "2024-07", "period_end": "2024-07", "area_ha": 677.0}
    september = {"period_kind": "month", "period_start": "2024-09", "period_end": "2024-09", "area_ha": 677.0}
    august = {"period_kind": "month", "period_start": "2024-08", "period_end": "2024-08"}
    frame = clearance(
        [
            july,
            september,
            august | {"ap_mines": 972, "at_mines": 1020, "source_id": "first"},
            august | {"ap_mines": 1020, "at_mines": 972, "alternative": True, "notes": "see first"},
            week(1, None, ap_mines=1, at_mines=2, uxo=3, all_devices=7),
        ]
    )
    found = find_slips(frame, frame).set_index("rule")
    assert found.loc["same area for different periods", "row_ids"] == "cl-000, cl-001"
    assert found.loc["columns swapped between renderings", "row_ids"] == "cl-002, cl-003"
    assert found.loc["columns swapped between renderings", "handled"] == "alternative not used"
    assert found.loc["parts do not add up", "found"] == "parts 6, total 7"


def test_a_falling_running_total_of_devices_is_found_and_a_bound_is_not(clearance) -> None:
    def total(until: str, mines: int, **more: object) -> dict[str, object]:
        return {
            "period_kind": "cumulative",
            "period_start": "2020-11-10",
            "period_end": until,
            "at_mines": mines,
            **more,
        }

    frame = clearance([total("2024-01-31", 900), total("2024-03-31", 90), total("2024-05-31", 80, comparator=">")])
    found = find_slips(frame, frame)
    assert found["row_ids"].tolist() == ["cl-000, cl-001"]
    assert found["found"].tolist() == ["at_mines 90, by 2024-01-31 900"]


def test_slips_named_in_the_evidence_are_found(evidence) -> None:
    found = find_slips(evidence.printed("clearance_period"), evidence.table("clearance_period"))
    named = " ".join(found["row_ids"])
    # 7-12 Jun 2021, 6-11 Jun 2022, 4-10 Sep 2023, Aug 2024, 10-16 Jun 2025, Jul and Sep 2021 (traps of the evidence)
    for row_id in ("cl-0077", "cl-0132", "cl-0182", "cl-0181", "cl-0250", "cl-0297", "cl-0083", "cl-0091"):
        assert row_id in named
    assert found.loc[found["row_ids"].str.contains("cl-0182"), "handled"].eq("corrected").all()
