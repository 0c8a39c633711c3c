"""Totals since 1991 against rows of the evidence, added up by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.claims.basis import basis_of
from analysis.claims.casualty_totals import baseline_row, group_since_1991, identity_matches, total_since_1991
from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind
from analysis.evidence import Evidence

APRIL = {"first": pd.Timestamp("2025-04-01"), "last": pd.Timestamp("2025-04-30")}


def test_total_is_the_baseline_plus_the_running_total(evidence: Evidence) -> None:
    one_day = pd.Timestamp("2025-04-04")
    estimate = total_since_1991(basis_of(evidence), first=one_day, last=one_day)
    assert estimate.value == 3079 + 388  # rt-0030 and rt-0206
    april = total_since_1991(basis_of(evidence), **APRIL)
    assert april.value == 3079 + 392  # rt-0208, 6 April; the last of the month
    assert april.interval is not None
    assert april.interval.kind is IntervalKind.REPORTED
    # From the last figure before the month (383, rt-0203) to the first after it (397, rt-0210).
    assert (april.interval.low, april.interval.high) == (3079 + 383, 3079 + 397)


def test_children_lie_between_the_figures_before_and_after(evidence: Evidence) -> None:
    children = group_since_1991(basis_of(evidence), "children", **APRIL)
    assert children.value == 359  # rt-0207
    assert children.interval is not None
    assert (children.interval.low, children.interval.high) == (359, 362)  # rt-0198 and rt-0212


def test_a_group_is_not_extrapolated(evidence: Evidence) -> None:
    late = pd.Timestamp("2026-03-01")
    with pytest.raises(InsufficientEvidence, match="no count of children is printed on both sides of 2026-03-01"):
        group_since_1991(basis_of(evidence), "children", first=late, last=late)


def test_the_all_time_series_repeats_the_running_total(evidence: Evidence) -> None:
    estimate = identity_matches(basis_of(evidence))
    # Not all: 3,345 of 4 April 2023 (rt-0100) is stale, 3,377 of 25 May 2023 (rt-0108) is one short.
    assert 0.5 < estimate.value < 1
    assert estimate.interval is None


def test_reprints_of_one_originator_figure_and_date_are_one_vote(evidence: Evidence) -> None:
    estimate = identity_matches(basis_of(evidence))
    # 15 rows; rt-0073 and rt-0075 (3,336) and rt-0166 and rt-0170 (3,429) are prints of one count each.
    assert estimate.n == 13
    assert estimate.value == pytest.approx(9 / 13)


def test_the_baseline_is_found_by_what_it_says(evidence: Evidence) -> None:
    renamed = evidence.table("casualties_running_total")
    renamed.loc[renamed["row_id"] == "rt-0030", "row_id"] = "other-1"
    elsewhere = replace(evidence, _used=dict(evidence._used) | {"casualties_running_total": renamed})
    assert baseline_row(basis_of(elsewhere))["total"] == 3079
    twice = pd.concat([renamed, renamed[renamed["row_id"] == "other-1"].assign(row_id="other-2", total=3080)])
    doubtful = replace(evidence, _used=dict(evidence._used) | {"casualties_running_total": twice})
    with pytest.raises(InsufficientEvidence, match="rows other-1, other-2 give different totals"):
        baseline_row(basis_of(doubtful))


def test_without_the_agency_there_is_no_baseline(evidence: Evidence) -> None:
    with pytest.raises(InsufficientEvidence, match=r"running total as of 2020-11-10\) is missing or left out"):
        total_since_1991(basis_of(evidence, exclude_originators=["anama"]), **APRIL)
