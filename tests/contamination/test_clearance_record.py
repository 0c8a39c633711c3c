"""The clearance record: toys of weeks, months, years and running totals, then printed totals of the evidence."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analysis.contamination.clearance_record import MonthStatus, area_statements, clearance_record, months_below_part
from analysis.contamination.coverage import ALL, ANAMA
from analysis.contamination.sensitivity import mixed_month_sums
from analysis.errors import InsufficientEvidence


def row(kind: str, start: str, end: str, area: float | None, **more: object) -> dict[str, object]:
    return {"period_kind": kind, "period_start": start, "period_end": end, "area_ha": area, **more}


def month(text: str, area: float | None, **more: object) -> dict[str, object]:
    return row("month", text, text, area, **more)


def year_2024(frame):
    return clearance_record(frame, group="toy", last_date=date(2024, 12, 31))


def state(record, text: str):
    found = record.months[record.months["month"].dt.strftime("%Y-%m") == text].iloc[0]
    return found["status"], found["low_ha"], found["high_ha"]


ELEVEN = [month(f"2024-{number:02d}", 101.0) for number in range(1, 12)]


def test_the_one_missing_month_is_the_year_less_the_others(clearance) -> None:
    # 1,311 printed for the year less eleven months of 101: 200, give or take 1 for each of the twelve prints
    record = year_2024(clearance([*ELEVEN, row("year", "2024", "2024", 1311.0)]))
    status, low, high = state(record, "2024-12")
    assert (low, high) == (pytest.approx(188), pytest.approx(212))
    assert status == MonthStatus.UNKNOWN  # 24 is more than a tenth of 200
    assert state(record, "2024-03")[0] == MonthStatus.OBSERVED


def test_a_wide_range_is_unknown_and_a_narrow_one_implied(clearance) -> None:
    fine = [month(f"2024-{number:02d}", 101.01) for number in range(1, 12)]
    # 1311.11 - 11 x 101.01 = 200, give or take 0.12
    record = year_2024(clearance([*fine, row("year", "2024", "2024", 1311.11)]))
    assert state(record, "2024-12") == (MonthStatus.IMPLIED, pytest.approx(199.88), pytest.approx(200.12))
    two_missing = year_2024(clearance([*fine[:-1], row("year", "2024", "2024", 1311.11)]))
    status, low, high = state(two_missing, "2024-12")
    assert status == MonthStatus.UNKNOWN
    assert (low, high) == (0, pytest.approx(301.01 + 0.11))


def test_weeks_bound_an_unprinted_month_from_below(clearance) -> None:
    weeks = [
        row("week", "2024-05-06", "2024-05-12", 31.0),
        row("week", "2024-05-13", "2024-05-19", 42.0),
        row("cumulative", "2020-11-10", "2024-04-30", 1001.0),
        row("cumulative", "2020-11-10", "2024-05-31", 1111.0),
    ]
    # 1,111 - 1,001 = 110 +/- 2, and never below the weeks' 73
    status, low, high = state(year_2024(clearance(weeks)), "2024-05")
    assert (low, high) == (108, 112)
    assert status == MonthStatus.IMPLIED
    assert state(year_2024(clearance(weeks[:2])), "2024-05")[1] == 71


def test_alternative_renderings_are_never_counted(clearance) -> None:
    frame = clearance([month("2024-01", 101.0), month("2024-01", 909.0, alternative=True)])
    record = year_2024(frame)
    assert len(record.statements) == 1
    assert record.years.set_index("year").loc[2024, "months_sum_ha"] == 101


def test_a_month_that_does_not_fit_its_year_is_set_aside_and_listed(clearance) -> None:
    frame = clearance([row("year", "2024", "2024", 1311.0), month("2024-02", 2001.0)])
    record = year_2024(frame)
    # at most 1,312 is left for February and the month allows no less than 2,000
    assert record.contradicted["row_id"].tolist() == ["cl-001"]
    assert record.contradicted["gap_ha"].tolist() == [-688]
    assert state(record, "2024-02")[0] == MonthStatus.UNKNOWN


def test_a_stale_rounded_running_total_gives_way_to_the_month(clearance) -> None:
    rows = [
        row("cumulative", "2020-11-10", "2023-12-31", 64686.1),
        month("2024-01", 1504.0, comparator=">"),
        row("cumulative", "2020-11-10", "2024-02-08", 64000.0, comparator="~"),
    ]
    assert year_2024(clearance(rows)).contradicted["row_id"].tolist() == ["cl-002"]


def test_row_order_does_not_matter(clearance) -> None:
    frame = clearance([*ELEVEN, row("year", "2024", "2024", 1311.0), month("2024-02", 2001.0)])
    one, two = year_2024(frame), year_2024(frame.sample(frac=1, random_state=7))
    assert one.months.equals(two.months)
    assert one.statements.equals(two.statements)


def test_a_zero_month_is_observed_and_stays_zero(clearance) -> None:
    record = year_2024(clearance([month("2024-01", 0.0)]))
    status, low, high = state(record, "2024-01")
    assert status == MonthStatus.OBSERVED
    assert (low, high) == (0, 1)


def test_a_printed_year_of_nothing_has_no_share_in_its_months(clearance) -> None:
    years = year_2024(clearance([row("year", "2024", "2024", 0.0)])).years.set_index("year")
    assert years.loc[2024, "printed_ha"] == 0
    assert np.isnan(years.loc[2024, "share_in_months"])


def test_starts_before_the_record_are_moved_to_its_first_day(clearance) -> None:
    frame = clearance([row("cumulative", "2020-01-01", "2024-12-31", 1001.0)])
    found = area_statements(frame, inexact_rows="as bounds")
    assert found["start"].dt.strftime("%Y-%m-%d").tolist() == ["2020-11-10"]


def test_no_area_is_insufficient(clearance) -> None:
    with pytest.raises(InsufficientEvidence, match="toy: no area is reported between 2020-11-10 and 2024-12-31"):
        year_2024(clearance([month("2024-01", None)]))


def test_what_a_part_reports_is_a_lower_bound_of_the_whole(clearance) -> None:
    rows = clearance([row("cumulative", "2020-11-10", "2024-12-31", 1001.0)])
    part = clearance([month("2024-01", 201.0), month("2024-02", 3001.0)])
    record = clearance_record(rows, group="toy", last_date=date(2024, 12, 31), part=part)
    assert state(record, "2024-01")[1:] == (200, 1002)
    # at least 3,000 in February cannot be in a total of at most 1,002, of which 200 are January's: 802 are left
    assert record.parts.loc[record.parts["gap_ha"] != 0, ["row_id", "gap_ha"]].to_numpy().tolist() == [
        ["cl-001", -2198]
    ]


def test_a_part_above_its_whole_is_found(clearance) -> None:
    whole = year_2024(clearance([month("2024-01", 101.0)]))
    part = year_2024(clearance([month("2024-01", 201.0)]))
    below = months_below_part(whole, part)
    assert below["month"].dt.strftime("%Y-%m").tolist() == ["2024-01"]
    assert (below["whole_ha"].iloc[0], below["part_ha"].iloc[0]) == (102, 200)


# Printed yearly totals and the months of them, evidence rows cl-0147, cl-0201, cl-0276, cl-0326. The notes to the
# evidence give 19,269 for the months of 2022 (ANAMA-only months among them) and 34,212 for 2023 (without May, cl-0167).
@pytest.mark.parametrize(
    ("year", "printed", "months", "months_sum"),
    [
        (2022, 41915.77, 3, 14686.81),
        (2023, 53081.8, 8, 34212.24 + 4839.3),
        (2024, 62023.9, 9, 47611.4),
        (2025, 69205.7, 5, 24932.8),
    ],
)
def test_printed_years_of_the_evidence(study, year: int, printed: float, months: int, months_sum: float) -> None:
    own = study.records[ALL].years.set_index("year").loc[year]
    assert own["printed_ha"] == pytest.approx(printed)
    assert own["months_printed"] == months
    assert own["months_sum_ha"] == pytest.approx(months_sum)
    assert own["low_ha"] <= printed <= own["high_ha"]


def test_joining_coverages_gives_the_sum_in_the_notes_to_the_evidence(study) -> None:
    joined = mixed_month_sums(study).set_index("year")["joined_ha"]
    assert joined["2022"] == pytest.approx(19269.41)


def test_five_year_total_leaves_2020_and_2021_what_the_years_do_not_hold(study) -> None:
    # cl-0263: 179,791.9 ha for 2020-2024, less 41,915.77, 53,081.8 and 62,023.9: 22,770.43
    ranges = study.records[ALL].ranges
    low, high = ranges.between(date(2020, 11, 10).toordinal(), date(2022, 1, 1).toordinal())
    assert low <= 22770.43 <= high
    assert high - low < 2


def test_groups_are_kept_apart(study) -> None:
    rows = {group: set(record.statements["row_id"]) for group, record in study.records.items()}
    groups = sorted(rows)
    assert all(not rows[one] & rows[two] for one in groups for two in groups if one < two)
    months = study.records[ANAMA].months
    assert months.loc[months["row_id"].notna(), "month"].max() <= study.coverage.last_narrow
    assert np.isfinite(study.records[ALL].months["low_ha"]).all()
