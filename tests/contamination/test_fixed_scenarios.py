"""Targets against reported years, and tasks that grow again."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.contamination.coverage import ALL
from analysis.contamination.fixed_scenarios import fixed_scenarios, targets_against_reports
from analysis.contamination.horizon import WHOLE


@pytest.fixture(scope="module")
def targets(study, evidence) -> pd.DataFrame:
    return targets_against_reports(evidence.table("claims"), study.records[ALL])


def test_targets_stand_beside_the_reported_year(targets) -> None:
    by_claim = targets.set_index("claim_id")
    # 41,915.77 - 40,000; 53,081.8 - 65,000
    assert by_claim.loc["con-005", "reported_less_target_ha"] == pytest.approx(1915.77)
    assert by_claim.loc["con-123", "reported_less_target_ha"] == pytest.approx(-11918.2)
    assert by_claim.loc["con-123", "reading"] == "reported area is below the target"
    assert by_claim.loc["con-006", "reading"] == "no year printed yet"
    # con-014 is a target for one district
    assert "con-014" not in by_claim.index


def toy(**changes: object) -> pd.DataFrame:
    row = {"category": "total", "baseline": WHOLE, "stated_ha": 1000.0, "remaining_low_ha": 600.0}
    ranges = pd.DataFrame([row | {"remaining_high_ha": 800.0}])
    rates = pd.DataFrame({"kind": ["year", "year"], "label": ["2024", "2025"], "ha_per_year": [50.0, 100.0]})
    targets = pd.DataFrame({"claim_id": ["t-1"], "target_ha": [200.0], "year": ["2026"]})
    steps = pd.DataFrame(
        {"from_as_of": ["2023-12-31"], "to_as_of": ["2024"], "from_ha": [900.0], "to_ha": [1000.0]}
    ).iloc[: int(str(changes.get("steps", 1)))]
    return fixed_scenarios(ranges, rates, targets, steps).set_index("scenario")


def test_times_at_fixed_rates_by_hand() -> None:
    found = toy()
    # 600 to 800 ha at 100, at 200, and at 100 less 25, less 50 and less 100 a year
    assert found.loc["rate of the last printed year", ["years_low", "years_high"]].tolist() == [6.0, 8.0]
    assert found.loc["largest stated target", ["years_low", "years_high"]].tolist() == [3.0, 4.0]
    assert found.loc["task grows by 0.25 ha for each hectare released", "years_high"] == pytest.approx(800 / 75)
    assert found.loc["task grows by 0.5 ha for each hectare released", "years_high"] == pytest.approx(16)
    assert found.loc["task grows by 1 ha for each hectare released", "years_low"] == math.inf
    # 100 ha from the end of 2023 to the end of 2024, 366 days: 99.8 ha a year, so 0.2 ha a year are left
    grown = found.loc["task grows as the stated totals did"]
    assert grown["added_ha_per_year"] == pytest.approx(100 / 366 * 365.25)
    assert grown["years_low"] == pytest.approx(600 / (100 - 100 / 366 * 365.25))


def test_without_steps_the_task_is_not_said_to_grow_as_stated() -> None:
    assert "task grows as the stated totals did" not in toy(steps=0).index


def test_nothing_stated_gives_no_scenario(study, targets) -> None:
    assert fixed_scenarios(study.ranges.iloc[:0], study.rates, targets, study.changes).empty
