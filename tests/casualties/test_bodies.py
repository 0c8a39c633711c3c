"""Bodies against each other: pairs, shared data, unions, spans of the running total, the same day."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.casualties.annual import annual_counts
from analysis.casualties.bodies import (
    UNKNOWN_OVERLAP,
    agreement,
    agreement_without_each,
    beside_registered,
    by_pair,
    same_day_totals,
    unions,
)

PARTIES = pd.Series(
    {
        "anama": "azerbaijan_authorities",
        "prosecutor_general": "azerbaijan_authorities",
        "azcbl": "azerbaijan_civil_society",
    }
)


@pytest.fixture(scope="module")
def pairs(evidence):
    parties = evidence.table("originators").set_index("originator_id")["party"]
    return agreement(annual_counts(evidence), parties)


def counts(*rows: tuple[int, str, object, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["year", "originator", "total", "source_id"])
    frame["total"] = pd.array(frame["total"], dtype="Int64")
    empty = pd.array([pd.NA] * len(frame), dtype="Int64")
    return frame.assign(
        area="Azerbaijan", killed=empty, injured=empty, comparator="=", row_id=[f"r{n}" for n in range(len(frame))]
    )


def test_equal_pairs_are_pairs_and_unnamed_bodies_are_in_none():
    table = agreement(counts((2009, "anama", 4, "a"), (2009, "azcbl", 8, "a"), (2009, "unknown", 8, "a")), PARTIES)
    assert table[["originator_1", "originator_2", "difference", "ratio"]].to_numpy().tolist() == [
        ["anama", "azcbl", 4, 2.0]
    ]
    assert table["overlap"].tolist() == [UNKNOWN_OVERLAP]
    zero = agreement(counts((2009, "anama", 0, "a"), (2009, "azcbl", 3, "a")), PARTIES)
    assert zero["ratio"].isna().all()


def test_two_totals_by_one_body_are_two_lines():
    table = agreement(counts((2008, "anama", 11, "a"), (2008, "azcbl", 16, "b"), (2008, "azcbl", 23, "a")), PARTIES)
    assert table["total_2"].tolist() == [16, 23]


def test_two_totals_by_one_body_are_one_pair():
    table = agreement(counts((2008, "anama", 11, "a"), (2008, "azcbl", 16, "b"), (2008, "azcbl", 23, "a")), PARTIES)
    line = by_pair(table).iloc[0]
    assert (line["ratio_low"], line["ratio_high"]) == (16 / 11, 23 / 11)
    assert line["differ"]
    same = agreement(counts((2008, "anama", 16, "a"), (2008, "azcbl", 16, "b"), (2008, "azcbl", 23, "a")), PARTIES)
    assert by_pair(same)["differ"].tolist() == [False]
    assert agreement_without_each(same)[["pairs", "differing"]].to_numpy().tolist()[0] == [1, 0]


def test_what_is_known_of_shared_data_stands_beside_a_pair(pairs):
    offices = agreement(counts((2023, "anama", 5, "a"), (2023, "prosecutor_general", 7, "b")), PARTIES)
    assert offices["overlap"].tolist() == ["offices of one party: agreement of prints"]
    by_year = pairs.set_index(["year", "area"])["overlap"]
    # cp-0107 says that it repeats the Prosecutor General; cp-0041 that it holds ANAMA's ten and two more.
    assert "agreement of prints" in by_year[2023, "Azerbaijan"]
    assert "and two more" in by_year[2011, "Azerbaijan without Nagorno-Karabakh"]
    assert "equal in total, killed and injured" in by_year[2013, "Armenia"]


def test_unions_only_where_one_page_prints_both(pairs):
    table = unions(pairs).set_index(["year", "originator_1", "total_2"])
    # Landmine Monitor 2009: 22 and 34 on one page; 2006: 17 and 35 on different pages.
    line = table.loc[(2009, "anama", 34)]
    assert (line["low"], line["high"]) == (34, 56)
    assert line["what"] == "of the two lists, not of all casualties"
    refused = table.loc[(2006, "anama", 35)]
    assert pd.isna(refused["low"])
    assert refused["what"].startswith("refused: anama and azcbl are not known to count the same: devices")


def test_leaving_a_body_out_leaves_its_pairs_out(pairs):
    table = agreement_without_each(pairs).set_index("left_out")
    assert table.loc["nobody", "pairs"] == len(by_pair(pairs))
    without = pairs[(pairs["originator_1"] != "azcbl") & (pairs["originator_2"] != "azcbl")]
    assert table.loc["azcbl", "pairs"] == len(without)
    assert table.loc["azcbl", "differing"] == 0
    empty = agreement_without_each(pairs.iloc[:0])
    assert empty[["left_out", "pairs", "differing"]].to_numpy().tolist() == [["nobody", 0, 0]]


def test_other_counts_lie_beside_the_running_total(study, evidence):
    table = beside_registered(evidence, study.registered)
    year = table[(table["originator"] == "prosecutor_general") & (table["end"] == "2024-12-31")].iloc[0]
    # 41 in 2024 by the Prosecutor; the running totals rise from 341 to 382.
    assert (year["counted"], year["gained_low"], year["gained_high"], year["lies"]) == ("41", 41, 41, "inside")
    lower = table[(table["originator"] == "prosecutor_general") & (table["end"] == "2023-12-31")].iloc[0]
    assert lower["lies"] == f"below by {lower['gained_low'] - 58}"
    assert set(table.loc[table["counted"].str.startswith("at least"), "lies"]) == {"can hold as a bound"}
    assert beside_registered(evidence, study.registered, exclude_originators=set(table["originator"])).empty


def test_two_totals_for_one_date_are_compared_and_the_nearest_counts(totals):
    rows = totals(
        {"as_of": "2023-12-06", "total": 340, "originator": "mfa_azerbaijan"},
        {"as_of": "2023-12-06", "total": 338},
        {"as_of": "2023-12-06", "total": 337},
        {"as_of": "2023-12-20", "total": 341},
        {"as_of": "2023-12-20", "total": 341, "originator": "mfa_azerbaijan"},
        {"as_of": "2023-12", "total": 350, "originator": "mfa_azerbaijan"},
    )
    # 6 December: 340 against 338 and 337, the nearest is 2 away; 20 December: equal. A month is no day.
    assert same_day_totals(rows).to_numpy().tolist() == [["anama", "mfa_azerbaijan", 2, 1, 2]]
    assert same_day_totals(rows.iloc[:0]).empty
