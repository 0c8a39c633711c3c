"""Years by counting body, side by side."""

from __future__ import annotations

import pandas as pd

from analysis.casualties.annual import (
    NOT_PUBLISHED,
    annual_counts,
    disagreements,
    pairs_of_bodies,
    registered_by_year,
    side_by_side,
)
from analysis.casualties.running_totals import reconcile


def cell(table, year: int, area: str, body: str) -> str:
    return str(table.loc[year, (area, body)])


def test_a_year_without_a_count_is_not_zero_and_zero_is_zero(evidence):
    table = side_by_side(annual_counts(evidence), first_year=1999, last_year=2025)
    assert table.index.tolist() == list(range(1999, 2026))
    assert cell(table, 2018, "Nagorno-Karabakh", "halo_trust") == NOT_PUBLISHED
    # cp-0048 and cp-0054: no casualty identified in Armenia in 2012.
    assert cell(table, 2012, "Armenia", "chde") == "0"
    # cp-0065 and cp-0064: 9, and "at least 13" by another page.
    assert cell(table, 2014, "Nagorno-Karabakh", "halo_trust") == "9; at least 13"
    # cp-0113: only the injured of 2025 are printed.
    assert cell(table, 2025, "Azerbaijan", "prosecutor_general") == "33 injured, killed not printed"


def test_bodies_differ_for_the_same_year_and_scope(evidence):
    pairs = disagreements(annual_counts(evidence))
    line = pairs[(pairs["year"] == 2006)].iloc[0]
    # Evidence trap 7: ANAMA 17 against AzCBL 35 in 2006.
    assert line[["originator_1", "originator_2", "total_1", "total_2", "difference"]].tolist() == [
        *("anama", "azcbl", 17, 35, 18)
    ]
    assert (
        pairs["area"].isin(["Azerbaijan without Nagorno-Karabakh", "Azerbaijan", "Nagorno-Karabakh", "Armenia"])
    ).all()


def test_restatements_of_one_figure_are_one_count(evidence):
    counts = annual_counts(evidence)
    halo = counts[(counts["year"] == 2009) & (counts["originator"] == "halo_trust")]
    # cp-0031 restated by cp-0032.
    assert halo[["total", "prints"]].to_numpy().tolist() == [[5, 2]]


def test_pairs_are_of_two_named_bodies_of_one_year_and_area():
    counts = pd.DataFrame(
        {
            "year": [2006, 2006, 2007, 2007, 2008, 2008, 2008, 2009, 2009],
            "area": ["Azerbaijan"] * 8 + ["Armenia"],
            "originator": ["anama", "azcbl", "unknown", "azcbl", "anama", "azcbl", "azcbl", "anama", "chde"],
            "total": pd.array([17, 35, 20, 32, 16, 23, 16, 5, 7], dtype="Int64"),
            "comparator": ["="] * 9,
        }
    )
    pairs = pairs_of_bodies(counts)
    # 2007: one body is not named. 2008: one of the two prints of AzCBL is what ANAMA says. 2009: two areas.
    assert pairs[["year", "originator_1", "originator_2", "differ"]].to_numpy().tolist() == [
        [2006, "anama", "azcbl", True],
        [2008, "anama", "azcbl", False],
    ]
    assert pairs_of_bodies(counts.iloc[2:4]).empty


def test_without_a_body_its_column_is_gone(evidence):
    counts = annual_counts(evidence, exclude_originators=["halo_trust"])
    assert "halo_trust" not in set(counts["originator"])


def test_the_gain_of_a_year_is_a_range(totals):
    rows = totals(
        {"as_of": "2020-12-20", "total": 30},
        {"as_of": "2021-01-10", "total": 34},
        {"as_of": "2021-12-31", "total": 90},
        {"as_of": "2022-01-05", "total": 91},
    )
    # By 31 December 2020 between 30 and 34, a year later 90: gained 56 to 60.
    assert registered_by_year(reconcile(rows)).to_numpy().tolist() == [[2021, 56, 60]]
