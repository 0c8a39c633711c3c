"""The list of accidents against official numbers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.casualties.listed import KINDS, listed_against_official, official_counts, outcome_ratio
from analysis.errors import InsufficientEvidence


@pytest.fixture(scope="module")
def table(study, evidence):
    return listed_against_official(evidence, study.rows, level=0.95, seed=1)


def test_official_numbers_come_by_period_and_by_kind(study, evidence):
    found = {
        (one.end.date().isoformat(), one.kind, one.outcome): one.count for one in official_counts(evidence, study.rows)
    }
    # accidents_coverage: 61 and 253 by 19 September 2023; ANAMA that day: 48 and 13 killed.
    assert found["2023-09-19", "all", "injured"] == 253
    assert found["2023-09-19", "not military", "killed"] == 48
    assert found["2023-09-19", "military", "killed"] == 13


def test_ratios_are_listed_over_official(table, evidence):
    accidents = evidence.table("accidents")
    inside = accidents[(accidents["date_first"] >= "2024-01-01") & (accidents["date_last"] <= "2024-12-31")]
    row = table[(table["start"] == "2024-01-01") & (table["outcome"] == "injured")].iloc[0]
    assert row["listed"] == inside["injured"].sum()
    assert row["ratio"] == pytest.approx(row["listed"] / 36)
    assert row["low"] < row["ratio"] < row["high"]
    kinds = {kind for group in KINDS.values() for kind in group}
    assert not {"mixed", "unknown", "peacekeeper"} & kinds


def test_military_by_hand_without_servicemen_of_another_army(table):
    # accidents.csv to 19 September 2023: 1 killed and 12 injured of 13 and 152; inc-2021-015 (1 and 2) and inc-2022-019
    # (0 and 2) are outside the count.
    rows = table[(table["kind"] == "military") & (table["end"] == "2023-09-19")].set_index("outcome")
    assert rows.loc["killed", ["listed", "official"]].tolist() == [1, 13]
    assert rows.loc["injured", ["listed", "official"]].tolist() == [12, 152]


def test_a_seed_gives_the_same_intervals(table, study, evidence):
    again = listed_against_official(evidence, study.rows, level=0.95, seed=1)
    pd.testing.assert_frame_equal(table, again)


def test_more_listed_than_counted_refuses_the_subset_assumption(study, evidence):
    few = evidence.table("accidents_coverage").assign(official_killed=1)
    other = replace(evidence, _used=dict(evidence._used) | {"accidents_coverage": few})
    lines = listed_against_official(other, study.rows, level=0.95, seed=1)
    line = lines[(lines["kind"] == "all") & (lines["outcome"] == "killed")].iloc[0]
    assert line["probability"] == f"none: {line['listed']} listed of 1 counted, so the subset assumption cannot hold"


def test_one_accident_has_a_ratio_and_no_interval(study, evidence):
    one = evidence.table("accidents")
    one = one[one["accident_id"] == "inc-2020-005"]
    other = replace(evidence, _used=dict(evidence._used) | {"accidents": one})
    line = listed_against_official(other, study.rows, level=0.95, seed=1).iloc[0]
    assert (line["listed"], line["accidents"]) == (1, 1)
    assert pd.isna(line["low"])
    with pytest.raises(InsufficientEvidence, match="at least 2"):
        outcome_ratio(other, level=0.95, seed=1)


def test_an_empty_selection_is_refused(study, evidence):
    none = evidence.table("accidents_coverage").iloc[:0]
    other = replace(evidence, _used=dict(evidence._used) | {"accidents_coverage": none})
    with pytest.raises(InsufficientEvidence, match="no official number of a period"):
        listed_against_official(other, study.rows.iloc[:0], level=0.95, seed=1)


def test_deaths_against_injuries(evidence):
    lines = outcome_ratio(evidence, level=0.95, seed=1)
    first = lines.iloc[0]
    # accidents_coverage, by 14 December 2021: 22 of 36 killed and 34 of 161 injured are listed.
    assert first["ratio"] == pytest.approx((22 / 36) / (34 / 161))
    assert first["low"] < first["ratio"] < first["high"]
