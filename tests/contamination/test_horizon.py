"""Years to release the rest: toys, published national cases, and the statement among the scenarios."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.contamination.clearance_record import clearance_record
from analysis.contamination.horizon import LEFT, WHOLE, horizon_ranges, horizons, release_rates
from analysis.contamination.stated import stated_areas
from analysis.contamination.time_statements import cost_per_hectare
from analysis.errors import InsufficientEvidence
from analysis.stats.projection import (
    completion_year,
    flow_between,
    projection_error,
    stock_before_change,
    unexplained_change,
    years_to_zero,
)

ORIGIN = pd.Timestamp(2025, 1, 1)


def toy_record(clearance):
    rows = [
        {"period_start": "2023", "period_end": "2023", "period_kind": "year", "area_ha": 101.0},
        {"period_start": "2024", "period_end": "2024", "period_kind": "year", "area_ha": 201.0},
        {"period_start": "2020-11-10", "period_end": "2022-12-31", "period_kind": "cumulative", "area_ha": 301.0},
        {"period_start": "2020-11-10", "period_end": "2023-02-28", "period_kind": "cumulative", "area_ha": 303.0},
        {"period_start": "2020-11-10", "period_end": "2023-12-31", "period_kind": "cumulative", "area_ha": 402.0},
    ]
    return clearance_record(clearance(rows), group="toy", last_date=date(2024, 12, 31))


def test_rates_are_printed_years_and_increments_far_enough_apart(clearance) -> None:
    rates = release_rates(toy_record(clearance), minimum_increment_days=90)
    # the total of February is 59 days after the first and is passed over: 402 - 301 = 101 ha in 365 days
    assert rates["kind"].tolist() == ["year", "year", "increment"]
    assert rates["ha_per_year"].tolist() == [101, 201, pytest.approx(101 / 365 * 365.25)]


def test_two_readings_of_a_stated_area_are_kept_apart(contamination, clearance) -> None:
    record = toy_record(clearance)
    rates = release_rates(record, minimum_increment_days=90)
    areas = stated_areas(contamination([{"as_of": "2023-12-31", "area_ha": 1001.0}]))
    found = horizon_ranges(horizons(areas, record, rates[rates["kind"] == "year"], origin=ORIGIN)).set_index("baseline")
    # whole: 1,001 - 402 - 201 = 398 (+/- 2 from the prints); left at the end of 2023: 1,001 - 201 = 800 at most, and
    # less what December 2023 could have held, since the statement may be from its first day
    assert found.loc[WHOLE, "remaining_high_ha"] == pytest.approx(400, abs=2)
    assert found.loc[LEFT, "remaining_high_ha"] == pytest.approx(801)
    assert found.loc[LEFT, "years_high"] == pytest.approx(801 / 101)
    assert (found["years_low"] <= found["years_high"]).all()


def test_a_class_can_have_had_none_or_all_of_the_release(contamination, clearance) -> None:
    record = toy_record(clearance)
    rates = release_rates(record, minimum_increment_days=90)
    areas = stated_areas(contamination([{"as_of": "2023-12-31", "category": "high", "area_ha": 301.0}]))
    whole = horizons(areas, record, rates, origin=ORIGIN)
    whole = whole[whole["baseline"] == WHOLE]
    assert whole["remaining_low_ha"].tolist() == [0, 0, 0]
    assert whole["remaining_high_ha"].tolist() == [301, 301, 301]


def test_no_rate_and_no_area_are_outcomes(contamination, clearance) -> None:
    week = {"period_start": "2024-05-06", "period_end": "2024-05-12", "period_kind": "week", "area_ha": 31.0}
    record = clearance_record(clearance([week]), group="toy", last_date=date(2024, 12, 31))
    with pytest.raises(InsufficientEvidence, match="no rate of release is known"):
        release_rates(record, minimum_increment_days=90)
    nothing = stated_areas(contamination([{"as_of": "2026", "area_ha": 5.0}]))
    with pytest.raises(InsufficientEvidence, match="no hazardous area is stated before"):
        horizons(nothing, toy_record(clearance), pd.DataFrame(), origin=ORIGIN)


# Landmine Monitor profiles of Bosnia and Herzegovina and Croatia 2011-2019 and Clearing the Mines 2019, 2020, km2. The
# same country and year give 12, 27, 203 or 3,537 years to zero, depending on the rate taken.
def test_bosnia_years_to_zero_by_the_rate_taken() -> None:
    assert years_to_zero(1340, flow_between(1556, 1340, years=2)) == pytest.approx(12.40740741, abs=0.1)
    assert years_to_zero(1061, flow_between(1219, 1061, years=4)) == pytest.approx(26.86075949, abs=0.1)
    assert years_to_zero(1061, 0.3 + 2.48 + 2.45) == pytest.approx(202.8680688, abs=0.1)
    assert years_to_zero(1061, 0.3) == pytest.approx(3536.666667, abs=0.1)
    slope = flow_between(1556, 1340, years=2)
    assert completion_year(1340, slope, origin_year=2012) == pytest.approx(2024.407407, abs=0.1)


def test_bosnia_past_projections_and_fall_without_release() -> None:
    first, second = projection_error(1259, 1442), projection_error(1183, 1340)
    assert (first.difference, 100 * first.share_of_projection) == (183, pytest.approx(14.54, abs=0.05))
    assert (second.difference, 100 * second.share_of_projection) == (157, pytest.approx(13.27, abs=0.05))
    assert unexplained_change(1091, 1061, released=5.23) == pytest.approx(-24.77, abs=0.01)
    assert stock_before_change(1219, relative_change=-0.035) == pytest.approx(1263.2, abs=0.05)


def test_croatia_2015_is_above_what_release_leaves() -> None:
    assert unexplained_change(285.35 + 244.82, 294 + 189, released=40.6 + 27.15) == pytest.approx(20.58, abs=0.01)


def test_evidence_scenarios_and_the_thirty_years(study) -> None:
    rates = study.rates[study.rates["kind"] == "year"]["ha_per_year"].tolist()
    assert rates == [41915.77, 53081.8, 62023.9, 69205.7]
    assert study.origin == pd.Timestamp(2026, 1, 1)
    said = study.located[study.located["claim_id"] == "con-036"].iloc[0]
    # stated October 2022, 3.25 years before 2026
    assert said["years_left_high"] == pytest.approx(30 - 3.25, abs=0.01)
    assert said["shorter"] + said["within"] + said["longer"] == said["scenarios"]
    totals = study.ranges[(study.ranges["category"] == "total") & (study.ranges["baseline"] == WHOLE)]
    # (1,166,702 - 248,997.6) / 69,205.7 = 13.26 lies inside the widest range
    assert totals["years_low"].min() < 13.26 < totals["years_high"].max()


def test_a_time_for_another_area_or_task_is_listed_and_not_located(study) -> None:
    # gap-035: 15 to 20 years, Nagorno-Karabakh; con-157: 10 to 14 years, stated in 2009; con-119: 5 to 6 years for
    # unexploded shells, where con-120 of the same page has 10 to 13 for mines
    assert not {"gap-035", "con-157", "con-119"} & set(study.located["claim_id"])
    assert "con-120" in set(study.located["claim_id"])
    assert study.elsewhere["claim_id"].tolist() == ["con-157", "con-119", "gap-035"]
    assert study.elsewhere["years_stated_high"].tolist() == [14, 6, 20]
    reasons = study.elsewhere["compared"].tolist()
    assert reasons == ["no: another area", "no: unexploded ordnance only", "no: another area"]


def test_cost_of_the_statement_over_each_stated_area(study) -> None:
    # 25 billion USD over 1,166,702 ha
    assert study.costs["per_ha"].min() == pytest.approx(25e9 / 1166702)
    assert set(study.costs["currency"]) == {"USD"}


def test_a_cost_is_not_divided_by_an_area_of_nothing(contamination) -> None:
    cost = {"claim_id": "c", "as_of": "2024", "as_of_first": pd.Timestamp(2024, 1, 1), "attributed_to": "x"}
    costs = pd.DataFrame([cost | {"value": 10.0, "unit": "USD", "source_id": "s"}])
    areas = stated_areas(contamination([{"as_of": "2020", "area_ha": 0.0}, {"as_of": "2021", "area_ha": 5.0}]))
    assert cost_per_hectare(costs, areas)["per_ha"].tolist() == [2]
