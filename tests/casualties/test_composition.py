"""Shares and their intervals, by date and in increments."""

from __future__ import annotations

import pytest

from analysis.casualties.composition import (
    children_and_women,
    clustered_share_interval,
    composition_table,
    splits_by_date,
)
from analysis.errors import InsufficientEvidence
from analysis.stats.proportions import proportion_interval


def split(civilian_killed: int, military_killed: int, civilian_injured: int, military_injured: int) -> dict[str, int]:
    return {
        "civilian_killed": civilian_killed,
        "military_killed": military_killed,
        "civilian_injured": civilian_injured,
        "military_injured": military_injured,
    }


def test_with_dispersion_one_it_is_wilsons_interval():
    # Newcombe (1998), Statistics in Medicine 17:857-872: 15 of 148, Wilson 0.0624 to 0.1605.
    interval = clustered_share_interval(15, 148, dispersion=1.0, level=0.95)
    assert (interval.low, interval.high) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_dispersion_four_is_a_quarter_of_the_people():
    wide = clustered_share_interval(40, 160, dispersion=4.0, level=0.95)
    fewer = proportion_interval(10, 40, level=0.95)
    assert (wide.low, wide.high) == pytest.approx((fewer.low, fewer.high))
    with pytest.raises(ValueError, match=r"dispersion: 1 or more is needed, got 0\.5"):
        clustered_share_interval(1, 2, dispersion=0.5, level=0.95)


def test_increments_are_separate_people_and_a_falling_part_has_no_share(totals):
    rows = totals(
        {"as_of": "2021-01-01", **split(2, 3, 5, 10)},
        {"as_of": "2021-07-01", **split(4, 2, 9, 15)},
        {"as_of": "2022-01-01", **split(5, 3, 12, 20)},
    )
    table = composition_table(splits_by_date(rows), dispersion=2.0, level=0.95)
    civilian = table[(table["share"] == "civilian_share") & (table["of"] == "increment")]
    # 7 -> 13 -> 17 civilians of 20 -> 30 -> 40 casualties.
    assert civilian[["successes", "n"]].to_numpy().tolist() == [[6, 10], [4, 10]]
    killed = table[(table["share"] == "civilian_share_of_killed") & (table["of"] == "increment")]
    # Killed 5 -> 6 -> 8, civilian killed 2 -> 4 -> 5: two of one cannot be, one of two can.
    assert killed[["successes", "n"]].to_numpy().tolist() == [[1, 2]]
    assert (table["clustered_low"] <= table["low"]).all()
    assert (table["clustered_high"] >= table["high"]).all()


def test_dates_closer_than_asked_are_left_out_back_from_the_last(totals):
    rows = totals(*({"as_of": f"2021-0{month}-01", **split(month, 1, 1, 1)} for month in range(1, 8)))
    kept = splits_by_date(rows, minimum_days=60)["as_of_last"].dt.month.tolist()
    # July, May and March are 61 days apart; January is 59 days before March.
    assert kept == [3, 5, 7]


def test_a_civilian_only_row_is_no_split(totals):
    with pytest.raises(InsufficientEvidence, match="no row dated to the day prints civilian and military"):
        splits_by_date(totals({"as_of": "2021-08-11", "civilian_killed": 23, "civilian_injured": 36}))


def test_children_and_women_need_an_exact_total(totals):
    rows = totals(
        {"as_of": "2022-10-06", "total": 257, "children": 9, "women": 1},
        {"as_of": "2023-11-03", "total": 3400, "children": 357, "comparator": ">"},
    )
    assert children_and_women(rows)["row_id"].tolist() == ["t-1"]


def test_the_share_of_civilians_in_the_evidence(study):
    last = splits_by_date(study.rows).iloc[-1]
    # rt-0194: 55 + 143 civilians of 382 on 11 November 2024.
    assert (last["civilian"], last["total"], str(last["as_of"])) == (198, 382, "2024-11-11")
