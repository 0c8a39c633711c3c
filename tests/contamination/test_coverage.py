"""Whose work a monthly figure counts: toys and the evidence."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.contamination.coverage import (
    ALL,
    ANAMA,
    UNDECIDED,
    find_coverage,
    limits_with_same_stretch,
    month_to_week_ratios,
    operator_groups,
)
from analysis.errors import InsufficientEvidence


def months_and_weeks(ratios: dict[str, float], *, operator: str = "anama_as_printed") -> list[dict[str, object]]:
    """Each month has one week of 70 ha; the month is `ratio` times 10 ha a day."""
    rows: list[dict[str, object]] = []
    for month, ratio in ratios.items():
        days = pd.Period(month).days_in_month
        whole = {"period_start": f"{month}-01", "period_end": f"{month}-{days}", "period_kind": "month"}
        week = {"period_start": f"{month}-08", "period_end": f"{month}-14", "period_kind": "week"}
        rows.append(whole | {"area_ha": 10.0 * days * ratio, "operator": operator})
        rows.append(week | {"area_ha": 70.0, "operator": operator})
    return rows


STEP = {"2022-01": 1.0, "2022-02": 1.1, "2022-04": 2.0, "2022-05": 3.0, "2022-08": 0.9, "2022-09": 1.0}


def test_ratio_is_the_month_over_its_weeks_whatever_the_label(clearance) -> None:
    found = month_to_week_ratios(clearance(months_and_weeks({"2022-01": 1.4}, operator="anama")))
    assert found["ratio"].tolist() == [pytest.approx(1.4)]


def test_stretch_lies_between_the_months_on_either_side(clearance) -> None:
    found = find_coverage(clearance(months_and_weeks(STEP)))
    assert [f"{day:%Y-%m}" for day in (found.last_narrow, found.months_widen)] == ["2022-02", "2022-04"]
    assert [f"{day:%Y-%m}" for day in (found.last_wide, found.weeks_widen)] == ["2022-05", "2022-08"]
    assert found.ratios["fits"].all()
    # any limit above 1.1 and up to 2.0 separates the same months; the grid has steps of 0.05
    assert limits_with_same_stretch(found) == (1.15, 2.0)


def test_row_order_does_not_matter(clearance) -> None:
    frame = clearance(months_and_weeks(STEP))
    shuffled = find_coverage(frame.sample(frac=1, random_state=3))
    assert shuffled.months_widen == find_coverage(frame).months_widen


def test_groups_follow_the_stretch_and_are_undecided_without_one(clearance) -> None:
    frame = clearance(months_and_weeks(STEP))
    groups = operator_groups(frame, coverage=find_coverage(frame))
    by_kind = {kind: groups[frame["period_kind"] == kind].tolist() for kind in ("month", "week")}
    assert by_kind["month"] == [ANAMA, ANAMA, ALL, ALL, ALL, ALL]
    assert by_kind["week"] == [ANAMA, ANAMA, ANAMA, ANAMA, ALL, ALL]
    assert set(operator_groups(frame, coverage=None)) == {UNDECIDED}


def test_a_span_the_change_was_not_found_from_has_no_known_coverage(clearance) -> None:
    frame = clearance(months_and_weeks(STEP))
    base = {"period_start": "2024-01-01", "period_end": "2024-03-31", "operator": "anama_as_printed", "area_ha": 9.0}
    quarter = clearance([base | {"period_kind": "other"}, base | {"period_kind": "month"}])
    assert operator_groups(quarter, coverage=find_coverage(frame)).tolist() == [UNDECIDED, ALL]


def test_an_operator_without_a_group_keeps_its_own_name(clearance) -> None:
    rows = [{"period_start": "2022-01", "period_end": "2022-01", "period_kind": "month", "operator": "azcbl_project"}]
    assert operator_groups(clearance(rows), coverage=None).tolist() == ["azcbl project"]


def test_no_stretch_is_an_outcome(clearance) -> None:
    frame = clearance(months_and_weeks({"2022-01": 1.0, "2022-02": 1.0, "2022-03": 1.0}))
    with pytest.raises(InsufficientEvidence, match="coverage of monthly figures cannot be told: in 3 months"):
        find_coverage(frame)


def test_evidence_changes_coverage_in_mid_2022_and_at_the_turn_of_2023(study) -> None:
    # trap 14 of the evidence: months ANAMA-only until May 2022, all operators from July 2022; weeks until the end of
    # 2023 and from 2024
    coverage = study.coverage
    assert (coverage.last_narrow, coverage.months_widen) == (pd.Timestamp(2022, 5, 1), pd.Timestamp(2022, 7, 1))
    assert coverage.last_wide == pd.Timestamp(2023, 11, 1)
    assert coverage.weeks_widen == pd.Timestamp(2024, 2, 1)
    low, high = study.coverage_limits
    assert low < 1.5 < high
