"""The search over whole ranges, and the parts of the horizon notebook."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.contamination import horizon_captions, horizon_parts
from analysis.contamination.coverage import ALL
from analysis.contamination.fixed_scenarios import fixed_scenarios, targets_against_reports
from analysis.contamination.horizon_search import (
    MODEL_A,
    MODEL_B,
    MODEL_B_COST,
    indices_by_model,
    share_model_a,
    statement_among_products,
)
from analysis.contamination.product_inputs import INPUTS, assumed_inputs

CHOICES = {"capacity_change": 0.1, "added_share": 0.5, "base_samples": 64, "seed": 1}


def model_a(remaining: float, change: float, added: float) -> float:
    inputs = {"remaining_ha": remaining, "ha_per_year": 100.0, "capacity_change_per_year": change, "added_share": added}
    return float(share_model_a({name: np.array([value]) for name, value in inputs.items()})[0])


def test_model_a_by_hand() -> None:
    # 250 ha at 100 a year: 2.5 years; at 100 then 110: 210 after two years, 40 of 121 in the third
    assert model_a(250, 0.0, 0.0) == pytest.approx(1 / 2.5)
    assert model_a(250, 0.1, 0.0) == pytest.approx(1 / (2 + 40 / 121))
    # half comes back: 50 a year, 5 years; all comes back: no end
    assert model_a(250, 0.0, 0.5) == pytest.approx(1 / 5)
    assert model_a(250, 0.0, 1.0) == 0.0
    # falling by a tenth a year, all years together release 100 / 0.1 = 1,000 ha
    assert model_a(1001, -0.1, 0.0) == 0.0
    assert model_a(900, -0.1, 0.0) > 0


def test_each_outcome_has_the_inputs_that_enter_it(study) -> None:
    found = indices_by_model(study.ranges, study.rates, INPUTS, **CHOICES)
    by_outcome = {outcome: set(own["input"]) for outcome, own in found.groupby("outcome")}
    assert set(by_outcome) == {MODEL_A, MODEL_B, MODEL_B_COST}
    assert "usd_per_ha_by_hand" in by_outcome[MODEL_B_COST] - by_outcome[MODEL_B]
    assert "deminers" in by_outcome[MODEL_B] - by_outcome[MODEL_B_COST]
    assert by_outcome[MODEL_A] == {"remaining_ha", "ha_per_year", "capacity_change_per_year", "added_share"}


def test_a_statement_is_located_by_counting_points(study) -> None:
    located = statement_among_products(study.ranges, INPUTS, years_left=1e9, cost_usd=0.0, points=50, seed=1).set_index(
        "outcome"
    )
    assert located.loc["years", "at_or_below_stated"] == 50
    assert located.loc["cost, USD", "at_or_below_stated"] == 0
    without = assumed_inputs({"machines": 0})
    never = statement_among_products(study.ranges, without, years_left=1e9, cost_usd=0.0, points=50, seed=1)
    assert never["highest"].iloc[0] == math.inf


def test_nothing_to_follow_gives_empty_tables_and_reasons(study) -> None:
    nothing = study.ranges.iloc[:0]
    walks = horizon_parts.walks_or_nothing(nothing, study.rates, origin_year=2026, draws=5, seed=1)
    assert walks.years.empty
    assert walks.fan.empty
    assert horizon_parts.indices_or_nothing(nothing, study.rates, INPUTS, **CHOICES).empty
    assert horizon_captions.fan_text(study, walks, pd.DataFrame())["caption"].startswith("Not estimable")
    assert horizon_captions.search_text(study, pd.DataFrame())["caption"].startswith("Not estimable")


def test_headline_numbers_and_captions(study, evidence) -> None:
    targets = targets_against_reports(evidence.table("claims"), study.records[ALL])
    walks = horizon_parts.walks_or_nothing(study.ranges, study.rates, origin_year=2026, draws=200, seed=1)
    values = horizon_parts.horizon_estimates(study, walks, targets)
    # of 2022 to 2025 only 2023 is below its target
    assert values["yearly_targets_reached"].value == 3
    interval = values["years_if_capacity_walks"].interval
    # (1,166,702 - 248,997.6) / 69,205.7 = 13.26 at a capacity that stays
    assert interval.low < 13.26 < interval.high
    fixed = fixed_scenarios(study.ranges, study.rates, targets, study.changes)
    text = horizon_captions.fan_text(study, walks, fixed)
    assert "no confidence interval" in text["caption"]
    assert text["drawn"]["years_high"].notna().any()
    assert set(text["sources"]) <= set(evidence.sources.index)
    assert "probability of any time to release" in horizon_parts.reasons(study)
