"""Marks for late registration and what a full split adds to the one before."""

from __future__ import annotations

import pandas as pd

from analysis.casualties.late_registration import full_splits, split_increments, with_marks
from analysis.evidence.counted_accidents import counted_accidents

SPLIT = ("civilian_killed", "military_killed", "civilian_injured", "military_injured")
NO_YEARS = pd.DataFrame()


def series(*casualties: int, kind: str = "registered") -> pd.DataFrame:
    starts = pd.date_range("2021-01-01", periods=len(casualties), freq="30D")
    return pd.DataFrame(
        {
            "start": starts,
            "end": starts + pd.Timedelta(days=29),
            "days": 30,
            "casualties": casualties,
            "kind": kind,
        }
    )


def test_a_jump_is_marked_and_a_steady_fall_is_not():
    marked = with_marks(series(5, 4, 4, 30, 4, 3, 4, 3), NO_YEARS, size_dispersion=2.6)
    assert marked["marked"].tolist() == [False] * 3 + [True] + [False] * 4
    assert not with_marks(series(9, 8, 7, 6, 5, 5, 4, 4), NO_YEARS, size_dispersion=2.6)["marked"].any()


def test_occurred_intervals_are_never_marked():
    assert not with_marks(series(5, 4, 4, 30, 4, 3, kind="occurred"), NO_YEARS, size_dispersion=2.6)["marked"].any()


def test_a_closed_count_below_the_increments_marks_the_days_it_is_of():
    years = pd.DataFrame(
        {
            "year": [2021],
            "rest_from": [pd.Timestamp("2021-03-15")],
            "rest_closed_high": [3],
            "rest_registered_low": [9],
        }
    )
    marked = with_marks(series(4, 4, 4, 4), years, size_dispersion=2.6)
    # The third interval runs from 2 March to 31 March and overlaps; the first two end before 15 March.
    assert marked["marked"].tolist() == [False, False, True, True]
    assert marked["why_marked"].tolist()[2] == "closed count of the year is lower"


def test_full_splits_are_one_a_date_and_split_in_order(totals):
    first = dict(zip(SPLIT, (48, 13, 101, 152), strict=True))
    later = dict(zip(SPLIT, (50, 15, 105, 164), strict=True))
    rows = totals(
        {"as_of": "2023-10", "total": 334, **later},
        {"as_of": "2023-09-19", "total": 314, **first},
        {"as_of": "2023-09-19", "total": 314, **first, "source_id": "reprint"},
        {"as_of": "2023-09-30", "total": 315},
    )
    assert full_splits(rows)["total"].tolist() == [314, 334]
    accidents = pd.DataFrame(
        {
            "date_first": pd.to_datetime(["2023-09-19", "2023-09-24", "2023-10-26"]),
            "date_last": pd.to_datetime(["2023-09-19", "2023-09-24", "2023-10-26"]),
            "victim_type": ["civilian", "military", "civilian"],
            "killed": pd.array([2, 2, 0], dtype="Int64"),
            "injured": pd.array([0, 1, 1], dtype="Int64"),
        }
    )
    line = split_increments(rows, accidents).iloc[0]
    # 334 - 314 = 20, of which 15 - 13 = 2 military killed and 164 - 152 = 12 military injured. The accident on the
    # first date itself is in the first total.
    assert (line["added"], line["added_military"], line["added_military_killed"]) == (20, 14, 2)
    assert (line["listed_military_killed"], line["listed_other_killed"], line["listed_injured"]) == (2, 0, 2)


def test_the_jump_of_october_2023_is_found_in_the_evidence_and_not_presumed(evidence, study):
    marked = study.intervals[study.intervals["marked"]]
    assert (marked["kind"] == "registered").all()
    assert (
        pd.Timestamp("2023-10-10") in pd.IntervalIndex.from_arrays(marked["start"], marked["end"], closed="both")[:1][0]
    )
    table = split_increments(study.rows, counted_accidents(evidence))
    # inc-2021-015 of June 2021 hurt servicemen of another army.
    spring = table[(table["after"] == "2021-02-09") & (table["until"] == "2021-11-22")].iloc[0]
    assert spring["listed_military_killed"] == 0
    jump = table[(table["from_total"] == 315) & (table["to_total"] == 334)].iloc[0]
    assert (jump["added"], jump["added_military"], jump["listed_military_killed"]) == (19, 14, 2)
