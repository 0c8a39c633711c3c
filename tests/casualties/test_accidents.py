"""Accidents as the unit: printed numbers, exact rates, sizes."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.casualties.accident_estimates import accident_series
from analysis.casualties.accidents import accident_path, accident_sizes, accident_totals
from analysis.errors import InsufficientEvidence
from analysis.estimate import Period
from analysis.stats.rates import poisson_interval


def test_printed_numbers_of_accidents_are_found_with_their_dates(evidence):
    rows = accident_totals(evidence)
    printed = {(row.as_of, int(row.total)) for row in rows.itertuples()}
    # ANAMA: 156 by 26 October 2022, 180 by 18 August 2023, 189 by 29 September 2023, 253 by 26 December 2025.
    assert {("2022-10-26", 156), ("2023-08-18", 180), ("2023-09-29", 189), ("2025-12-26", 253)} <= printed
    # Fifteen explosions of March 2021 go with civilian casualties only, and are another count.
    assert 15 not in {total for _, total in printed}


def test_a_stale_number_of_accidents_does_not_pull_the_path_down(evidence):
    path = accident_path(accident_totals(evidence)).path.set_index("date")["total"]
    assert path.loc["2023-09-29"] == 189


def test_rates_of_accidents_are_exact_poisson(evidence, study):
    for row in accident_series(evidence, study).itertuples():
        exact = poisson_interval(int(row.accidents), exposure=row.days / 30, level=0.95)
        assert (row.low, row.high) == pytest.approx((exact.low, exact.high))
        assert row.casualties_low <= row.casualties_high


def test_sizes_are_of_accidents_with_a_casualty_in_the_period(evidence, study):
    sizes = accident_sizes(evidence, period=study.period)
    assert sizes.min() >= 1
    first_month = accident_sizes(evidence, period=Period(start=date(2020, 11, 10), end=date(2020, 12, 9)))
    assert 0 < len(first_month) < len(sizes)


def test_an_accident_of_unknown_size_has_no_size(evidence, study):
    listed = evidence.table("accidents")
    blank = listed[["killed", "injured"]].isna().any(axis=1) & listed["date_first"].notna()
    # inc-2024-010 has one killed and the injured blank: not an accident of one.
    assert "inc-2024-010" in set(listed.loc[blank, "accident_id"])
    known = listed[listed["date_first"].notna() & ~blank & (listed["killed"] + listed["injured"] > 0)]
    # Five listed accidents hurt only people whom the official counts do not hold.
    assert len(accident_sizes(evidence, period=study.period)) == len(known) - 5


def test_casualties_outside_the_official_count_are_in_no_size(evidence):
    # Of 2020 to 23 November: inc-2020-003 killed one officer, in the count, and injured five others, who are not.
    sizes = accident_sizes(evidence, period=Period(start=date(2020, 11, 23), end=date(2020, 11, 23)))
    assert sizes.tolist() == [1]


def test_without_every_number_there_is_nothing_to_compute(evidence):
    with pytest.raises(InsufficientEvidence, match="no number of accidents since 10 November 2020 is left"):
        accident_totals(evidence, period_end=date(2020, 12, 31))
