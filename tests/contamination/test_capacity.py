"""Walks of capacity: hand-worked paths, the printed steps, and what happens where there is no end."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.contamination.capacity import (
    LONGEST_YEARS,
    NO_DRIFT,
    capacity_walks,
    printed_steps,
    years_until_released,
)
from analysis.contamination.horizon import WHOLE
from analysis.errors import InsufficientEvidence


def yearly(*areas: float) -> pd.DataFrame:
    labels = [str(2022 + place) for place in range(len(areas))]
    return pd.DataFrame({"kind": "year", "label": labels, "ha_per_year": areas})


def total(remaining: float) -> pd.DataFrame:
    row = {"category": "total", "baseline": WHOLE, "as_of": "2024", "stated_ha": 500.0}
    return pd.DataFrame([row | {"remaining_low_ha": remaining, "remaining_high_ha": remaining}])


def test_years_until_released_by_hand() -> None:
    released = np.array([[10.0, 30.0, 60.0], [50.0, 50.0, 50.0], [5.0, 6.0, 7.0]])
    # 45: first path 15 of the 30 of the third year, 2.5; second 45 of the 50 of the first, 0.9; third never
    assert years_until_released(45.0, released).tolist() == [2.5, 0.9, math.inf]
    assert years_until_released(0.0, released).tolist() == [0.0, 0.0, 0.0]


def test_steps_of_the_printed_years(study) -> None:
    steps = printed_steps(study.rates)
    # 53,081.8 / 41,915.77, 62,023.9 / 53,081.8, 69,205.7 / 62,023.9
    assert steps["factor"].tolist() == pytest.approx([1.26639, 1.16846, 1.11579], abs=1e-5)


def test_a_year_that_is_missing_gives_no_step() -> None:
    rates = yearly(10.0, 20.0, 40.0, 80.0).assign(label=["2020", "2021", "2023", "2024"])
    # 2021 to 2023 is no step of a year
    assert printed_steps(rates)["to_year"].tolist() == [2021, 2024]
    with pytest.raises(InsufficientEvidence, match="1 steps between printed years"):
        printed_steps(rates.iloc[:3])


def test_capacity_that_never_stepped_gives_one_time() -> None:
    walks = capacity_walks(total(250.0), yearly(100.0, 100.0, 100.0), origin_year=2026, draws=20, seed=1)
    # 250 ha at 100 ha a year, without spread: 2.5 years in every walk
    assert walks.years[["years_05", "years_50", "years_95"]].to_numpy().ravel().tolist() == pytest.approx([2.5] * 6)
    middle = walks.fan[(walks.fan["walk"] == NO_DRIFT) & (walks.fan["quantile"] == 0.5)]
    assert middle["remaining_ha"].tolist()[:4] == pytest.approx([250, 150, 50, 0])


def test_an_area_beyond_the_years_followed_has_no_end_and_is_not_cut() -> None:
    walks = capacity_walks(
        total(100.0 * (LONGEST_YEARS + 1)), yearly(100.0, 100.0, 100.0), origin_year=2026, draws=5, seed=1
    )
    assert walks.years["years_50"].tolist() == [math.inf, math.inf]
    assert walks.years["no_end_share"].tolist() == [1.0, 1.0]


def test_seed_and_rows(study) -> None:
    choice = {"origin_year": 2026, "draws": 200}
    first = capacity_walks(study.ranges, study.rates, seed=1, **choice)
    again = capacity_walks(study.ranges, study.rates.sample(frac=1, random_state=1), seed=1, **choice)
    pd.testing.assert_frame_equal(first.years, again.years)
    assert not first.years.equals(capacity_walks(study.ranges, study.rates, seed=2, **choice).years)
    ordered = first.years[["years_05", "years_25", "years_50", "years_75", "years_95"]]
    assert (ordered.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


def test_no_total_is_an_outcome(study) -> None:
    high = study.ranges[study.ranges["category"] == "high"]
    with pytest.raises(InsufficientEvidence, match="no total area is stated"):
        capacity_walks(high, study.rates, origin_year=2026, draws=5, seed=1)
