"""Closed periods, their remainder, the link to the registered path, and the published case of ten intervals."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.casualties import scope
from analysis.casualties.occurred import (
    LISTED,
    casualties_by,
    closed_chain,
    link_violations,
    with_remainder,
    year_check,
)
from analysis.casualties.running_totals import reconcile
from analysis.errors import InsufficientEvidence

LIST = (
    {"period_start": "2020-11-10", "period_end": "2020-11-30", "total": 4, "killed": 1, "injured": 3},
    {"period_start": "2020-12-01", "period_end": "2021-01-31", "total": 6, "killed": 2, "injured": 4},
)


def test_published_case_of_the_interval_list(study):
    """Case run_azerbaijan_intervals: Trend News Agency, 20 September 2023 (menafn.com/1107102978)."""
    chain = closed_chain(study.counts)
    assert chain["days"].tolist() == [400, 52, 61, 42, 92, 36, 10, 38, 57, 67]
    assert chain["casualties"].sum() == 285
    assert ((chain["start"].iloc[1:].reset_index(drop=True) - chain["end"].iloc[:-1]).dt.days == 1).all()
    annualised = (chain["casualties"] / chain["days"] * 365.25).astype(float).tolist()
    expected = [
        *(179.885625, 49.168269, 35.92623, 104.357143, 43.671196),
        *(223.208333, 182.625, 105.730263, 57.671053, 27.257463),
    ]
    assert annualised == pytest.approx(expected, abs=1e-6)
    assert chain["killed"].iloc[:9].sum() == 46
    rest = with_remainder(chain, study.rows).iloc[-1]
    assert (rest["start"], rest["end"]) == (pd.Timestamp("2023-03-15"), pd.Timestamp("2023-09-19"))
    assert (rest["casualties"], rest["days"]) == (29, 189)
    # Killed of the tenth period is not in the text seen, so the split of the remainder is not known: not 15.
    assert pd.isna(rest["killed"])
    # cp-0110: the archived text ends with the tenth period; 15 March to 19 September 2023 is not in the list.
    assert rest["basis"].startswith("by difference")
    assert set(chain["basis"]) == {LISTED}


def test_a_gap_ends_the_chain_and_another_page_does_not_continue_it(periods):
    after_gap = {"period_start": "2021-02-02", "period_end": "2021-03-01", "total": 5}
    other = {"period_start": "2021-02-01", "period_end": "2021-03-01", "total": 5, "source_id": "other"}
    assert closed_chain(periods(*LIST, after_gap, other))["casualties"].tolist() == [4, 6]


def test_the_chain_does_not_depend_on_row_order_and_needs_two_periods(periods):
    assert closed_chain(periods(*LIST[::-1]))["casualties"].tolist() == [4, 6]
    assert closed_chain(periods(LIST[0])).empty


def test_the_remainder_is_the_later_total_of_the_same_page_less_the_list(periods, totals):
    chain = closed_chain(periods(*LIST))
    rows = totals(
        {"as_of": "2021-03-02", "total": 13, "killed": 3, "injured": 10, "source_id": "list"},
        {"as_of": "2021-04-02", "total": 30},
    )
    rest = with_remainder(chain, rows).iloc[-1]
    # 13 - 10 = 3, 3 - 3 = 0 killed, 10 - 7 = 3 injured; 1 February to 2 March is 30 days.
    assert rest[["casualties", "killed", "injured", "days"]].tolist() == [3, 0, 3, 30]
    assert len(with_remainder(chain, rows.iloc[1:])) == 2


def test_a_page_whose_later_total_is_below_its_own_list_is_refused(periods, totals):
    chain = closed_chain(periods(*LIST))
    # The list adds up to 4 + 6 = 10 by 31 January 2021; 9 later leaves 1 less than nothing.
    low = totals({"as_of": "2021-03-02", "total": 9, "killed": 3, "injured": 6, "source_id": "list"})
    with pytest.raises(InsufficientEvidence, match=r"t-1 to t-2 of list add up to 10 casualties by 2021-01-31, .* 9 "):
        with_remainder(chain, low)
    # 2 + 1 = 3 killed in the list, 2 in the total.
    killed = totals({"as_of": "2021-03-02", "total": 13, "killed": 2, "injured": 11, "source_id": "list"})
    with pytest.raises(InsufficientEvidence, match=r"add up to 3 killed .* above the 2 of its own later total t-1"):
        with_remainder(chain, killed)


def test_more_registered_than_occurred_is_a_row(periods, totals):
    chain = closed_chain(periods(*LIST))
    fine = reconcile(totals({"as_of": "2020-11-20", "total": 4}, {"as_of": "2021-01-31", "total": 10}))
    assert link_violations(chain, fine).empty
    wrong = reconcile(totals({"as_of": "2020-11-20", "total": 5}, {"as_of": "2021-01-31", "total": 10}))
    found = link_violations(chain, wrong)
    assert found[["registered", "occurred_at_most", "excess"]].to_numpy().tolist() == [[5, 4, 1]]


def test_what_comes_by_difference_from_a_total_is_not_held_against_totals(periods, totals):
    rows = totals({"as_of": "2021-03-02", "total": 13, "source_id": "list"}, {"as_of": "2021-03-01", "total": 14})
    with_rest = with_remainder(closed_chain(periods(*LIST)), rows)
    later = reconcile(totals({"as_of": "2021-01-31", "total": 10}, {"as_of": "2021-02-20", "total": 14}))
    # The list ends on 31 January; 14 on 20 February is above 13, but 13 is itself a registered total.
    assert with_rest["casualties"].tolist() == [4, 6, 3]
    assert link_violations(with_rest, later).empty


def test_the_list_holds_at_its_ends_and_lies_between_them_inside(periods, totals):
    chain = closed_chain(periods(*LIST))
    path = reconcile(totals({"as_of": "2021-01-31", "total": 9}, {"as_of": "2021-03-01", "total": 12}))
    assert casualties_by(chain, path, pd.Timestamp("2020-11-09")) == (0, 0)
    assert casualties_by(chain, path, pd.Timestamp("2020-11-30")) == (4, 4)
    assert casualties_by(chain, path, pd.Timestamp("2020-12-15")) == (4, 10)
    assert casualties_by(chain, path, pd.Timestamp("2021-02-10")) == (9, 12)
    with pytest.raises(InsufficientEvidence):
        casualties_by(chain, path, pd.Timestamp("2021-03-02"))


def test_the_year_check_bounds_what_was_registered_beyond_the_closed_count(periods, totals):
    counts = periods(
        {"period_start": "2020-11-10", "period_end": "2021-12-20", "total": 50},
        {"period_start": "2021-12-21", "period_end": "2022-06-30", "total": 12},
        {"period_start": "2022-01-01", "period_end": "2022-12-31", "total": 20, "source_id": "year"},
    )
    path = reconcile(totals({"as_of": "2021-12-31", "total": 52}, {"as_of": "2022-12-31", "total": 76}))
    line = year_check(counts, closed_chain(counts), path).iloc[0]
    # Registered 76 - 52 = 24 against 20. The list's second period straddles the turn of the year: of its 12 between 0
    # and 12 fall in 2022, so 8 to 20 are left for July to December, in which 76 - 62 = 14 were registered.
    assert (line["registered_low"], line["excess_low"]) == (24, 4)
    assert (line["rest_closed_low"], line["rest_closed_high"], line["rest_registered_low"]) == (8, 20, 14)


def test_registered_never_exceeds_occurred_in_the_evidence(study):
    assert study.violations.empty
    assert len(scope.GEOGRAPHIES) == 2
