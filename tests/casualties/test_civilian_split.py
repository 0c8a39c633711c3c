"""Civilians and military on hand-worked rows and on the evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.casualties import tables
from analysis.casualties.civilian_split import GROUPS, split_civilians
from analysis.casualties.composition_estimates import registered_group
from analysis.casualties.late_registration import PARTS
from analysis.casualties.running_totals import reconcile
from analysis.casualties.study import Choices, casualty_trends
from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind

FIRST = {
    "as_of": "2021-01-01",
    "civilian_killed": 2,
    "military_killed": 1,
    "civilian_injured": 4,
    "military_injured": 3,
}
MIDDLE = {"as_of": "2021-03-01", "killed": 4, "injured": 10}
FULL = {
    "as_of": "2021-04-01",
    "civilian_killed": 3,
    "military_killed": 2,
    "civilian_injured": 6,
    "military_injured": 6,
}
LAST = {"as_of": "2021-06-01", "killed": 6, "injured": 15}


def split(rows):
    return split_civilians(rows, reconcile(rows))


def spans(path: pd.DataFrame, quantity: str) -> list[tuple[int, int]]:
    return list(zip(path[f"{quantity}_low_0"], path[f"{quantity}_high_0"], strict=True))


def test_where_nothing_is_printed_the_range_is_all_that_the_totals_allow(totals):
    # Killed 3, 4, 5, 6 with 2 civilians of 3 and 3 of 5: each group gains one by April, either may have it by March;
    # the one killed after the last split may be of either.
    # Injured 7, 10, 12, 15 with 4 civilians of 7 and 6 of 12: of the 3 gained by March the civilians have 0 to 2 and
    # the military 1 to 3, of the 3 gained after the last split each has 0 to 3.
    path = split(totals(FIRST, MIDDLE, FULL, LAST)).path
    assert spans(path, "civilian_killed") == [(2, 2), (2, 3), (3, 3), (3, 4)]
    assert spans(path, "military_killed") == [(1, 1), (1, 2), (2, 2), (2, 3)]
    assert spans(path, "civilian_injured") == [(4, 4), (4, 6), (6, 6), (6, 9)]
    assert spans(path, "military_injured") == [(3, 3), (4, 6), (6, 6), (6, 9)]
    assert spans(path, "civilian") == [(6, 6), (6, 9), (9, 9), (9, 13)]


def test_a_civilian_only_row_enters_the_split_and_not_the_total(totals):
    # Six civilians injured by February, on a date without a total: at least 6 in March, and 6 in April.
    rows = totals(FIRST, {"as_of": "2021-02-01", "civilian_killed": 2, "civilian_injured": 6}, MIDDLE, FULL)
    registered = reconcile(rows)
    assert "t-2" not in set(registered.figures["row_id"])
    assert registered.path["date"].dt.month.tolist() == [1, 3, 4]
    result = split_civilians(rows, registered)
    assert spans(result.path, "civilian_injured") == [(4, 4), (6, 6), (6, 6)]
    # It says nothing about January but that there were no more than 6 then, so nothing is contradicted.
    assert result.disagreement == 0


def test_a_part_that_later_parts_contradict_is_overruled(totals):
    # Eight civilians injured by February against 6 civilians and 6 military in April: one vote off by 2 costs less.
    rows = totals(FIRST, {"as_of": "2021-02-01", "civilian_injured": 8}, MIDDLE, FULL)
    result = split(rows)
    assert result.disagreement == 2
    assert result.overruled.drop(columns=["originator", "as_of", "comparator"]).to_numpy().tolist() == [
        ["t-2", "civilian_injured", 8, "between two dates of the path", 6, 2]
    ]


@pytest.mark.parametrize(
    ("row", "march"),
    [
        ({"as_of": "2021-03-01", "comparator": ">="}, (5, 6)),  # a bound, though exact parts would give 5 alone
        ({"as_of": "2021-03-01", "comparator": "="}, (5, 5)),
        ({"as_of": "2021-03-01", "comparator": "~"}, (4, 6)),  # about 5 bounds nothing
        ({"as_of": "2021-03"}, (4, 5)),  # some day in March: at most 5 on the first, at least 5 by the next total
    ],
)
def test_comparators_and_wide_dates_are_read_as_for_totals(totals, row, march):
    path = split(totals(FIRST, MIDDLE, FULL, {"civilian_injured": 5, **row})).path
    assert spans(path, "civilian_injured")[1] == march


def test_reprints_have_no_vote(totals):
    part = {"as_of": "2021-03-01", "civilian_injured": 5}
    other = {**part, "originator": "mfa_azerbaijan"}
    figures = split(totals(FIRST, MIDDLE, FULL, part, part, other)).figures
    in_march = figures[figures["as_of"] == "2021-03-01"]
    assert in_march[["row_id", "vote"]].to_numpy().tolist() == [["t-4", True], ["t-5", False], ["t-6", True]]


def test_a_part_after_the_last_total_bounds_from_above_only(totals):
    rows = totals(FIRST, MIDDLE, {"as_of": "2021-05-01", "civilian_killed": 2, "civilian_injured": 5})
    path = split(rows).path
    assert spans(path, "civilian_killed") == [(2, 2), (2, 2)]
    assert spans(path, "civilian_injured") == [(4, 4), (4, 5)]


def test_no_part_of_the_killed_is_said_to_be_none(totals):
    with pytest.raises(InsufficientEvidence, match="no row prints how many of the killed were civilians or military"):
        split(totals(MIDDLE, {"as_of": "2021-03-01", "civilian_injured": 5}))


def test_row_order_does_not_matter(study):
    shuffled = study.rows.sample(frac=1, random_state=np.random.RandomState(5)).reset_index(drop=True)
    again = split_civilians(shuffled, study.registered)
    pd.testing.assert_frame_equal(again.path, study.civilians.path)
    pd.testing.assert_frame_equal(again.overruled, study.civilians.overruled)


def test_the_parts_of_the_evidence_add_up_and_do_not_fall(study):
    path, registered = study.civilians.path, study.registered.path
    for outcome in ("killed", "injured"):
        assert (path[f"civilian_{outcome}"] + path[f"military_{outcome}"]).tolist() == registered[outcome].tolist()
    for name in (*PARTS, *GROUPS):
        assert path[name].is_monotonic_increasing
        ends = [path[f"{name}_{end}"] for end in ("low_5", "low_1", "low_0")]
        ends += [path[name], *(path[f"{name}_{end}"] for end in ("high_0", "high_1", "high_5"))]
        assert (np.diff(np.column_stack(ends), axis=1) >= 0).all()


def test_the_last_split_of_the_evidence_stands_and_later_ones_are_open(study):
    path = study.civilians.path.set_index("date")
    # rt-0194: 55 + 143 civilians and 15 + 169 military of 382 on 11 November 2024.
    assert path.loc["2024-11-11", list(PARTS)].tolist() == [55, 15, 143, 169]
    assert (path.loc["2024-11-11", "civilian_low_5"], path.loc["2024-11-11", "civilian_high_5"]) == (198, 198)
    assert "rt-0194" not in set(study.civilians.overruled["row_id"])
    # 419 - 382 = 37 registered later may belong to either: 198 to 235, and 184 to 221.
    end = path.iloc[-1]
    assert [end[f"{group}_{side}_0"] for group in GROUPS for side in ("low", "high")] == [198, 235, 184, 221]


def test_the_civilian_only_rows_of_the_evidence_are_read(study):
    # The five rows whose notes say civilians only; none is a total.
    civilian = {"rt-0033", "rt-0039", "rt-0041", "rt-0056", "rt-0066"}
    assert civilian <= set(study.civilians.figures["row_id"])


def test_the_recorded_numbers_reach_as_far_as_the_constraints(study):
    civilians, military = (registered_group(study, group) for group in GROUPS)
    assert (civilians.value, military.value) == (198, 184)
    # The total is 417 to 423 within 5 %: 423 - 184 = 239 and 423 - 198 = 225.
    assert (civilians.interval.low, civilians.interval.high) == (198, 239)
    assert (military.interval.low, military.interval.high) == (184, 225)
    assert {estimate.interval.kind for estimate in (civilians, military)} == {IntervalKind.SCENARIO}
    assert "last printed for 2024-11-11" in civilians.assumptions[0]


def test_the_table_is_short_and_ends_at_the_last_date(study):
    table = tables.civilian_table(study)
    assert len(table) <= 10
    assert table.iloc[-1][["civilian", "military"]].tolist() == ["198 to 235", "184 to 221"]
    assert table.set_index("date").loc["2024-11-11", "civilian"] == "198"


def test_overruled_parts_stand_below_overruled_totals(study):
    listed = tables.overruled(study)
    assert len(listed) == len(study.registered.overruled) + len(study.civilians.overruled)
    # rt-0128 (anama, 19 September 2023): 49 civilians killed where two other prints of the day have 48.
    part = listed[(listed["row_id"] == "rt-0128") & (listed["quantity"] == "civilian_killed")].iloc[0]
    assert (part["printed"], part["used"]) == (49, 48)


def test_a_selection_without_parts_says_so(evidence):
    # Without these bodies no row up to July 2022 prints a civilian or military part.
    bodies = ("prosecutor_general", "mfa_azerbaijan", "ombudsman_azerbaijan", "unknown")
    early = casualty_trends(evidence, Choices(period_end="2022-07-01", exclude_originators=bodies))
    assert isinstance(early.civilians, InsufficientEvidence)
    assert tables.civilian_table(early).columns.tolist() == ["not estimated"]
    assert tables.overruled(early).equals(early.registered.overruled)
    with pytest.raises(InsufficientEvidence, match="civilians or military"):
        registered_group(early, "civilian")
