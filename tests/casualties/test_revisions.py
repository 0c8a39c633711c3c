"""The rival reading in which totals may fall."""

from __future__ import annotations

import pytest

from analysis.casualties.printed import figures
from analysis.casualties.revisions import downward_revisions, totals_as_printed
from analysis.errors import InsufficientEvidence


def test_the_lower_median_of_the_votes_of_a_date(totals):
    rows = totals(
        {"as_of": "2021-01-01", "total": 10},
        {"as_of": "2021-01-01", "total": 10, "source_id": "reprint"},
        {"as_of": "2021-01-01", "total": 12, "originator": "mfa_azerbaijan"},
        {"as_of": "2021-01-01", "killed": 5, "injured": 9, "originator": "prosecutor_general"},
        {"as_of": "2021-02-01", "total": 11},
        {"as_of": "2021-02-01", "total": 13, "originator": "mfa_azerbaijan"},
    )
    table = totals_as_printed(figures(rows))
    # Votes 10, 12, 14 (the reprint adds none): 12. Votes 11, 13: the lower, 11; that is a fall of 1.
    assert table[["total", "votes", "fall"]].to_numpy().tolist() == [[12, 3, 0], [11, 2, 1]]
    steps = downward_revisions(figures(rows))
    assert steps[["from_total", "to_total", "rows_before", "rows", "originators"]].to_numpy().tolist() == [
        [12, 11, "t-1, t-3, t-4", "t-5, t-6", "anama, mfa_azerbaijan"]
    ]


def test_a_total_below_an_earlier_one_is_a_revision_only_where_it_steps_down(totals):
    printed = [("2021-01-01", 10), ("2021-02-01", 8), ("2021-03-01", 9), ("2021-04-01", 9)]
    read = figures(totals(*({"as_of": day, "total": total} for day, total in printed)), stale_rows="as points")
    # 8 and both 9 are below 10, but only 10 to 8 is a step down.
    assert downward_revisions(read)[["from_total", "to_total"]].to_numpy().tolist() == [[10, 8]]
    assert totals_as_printed(read)["fall"].tolist() == [0, 2, 1, 1]


def test_bounds_are_no_totals(totals):
    with pytest.raises(InsufficientEvidence, match="no total is printed as a number dated to the day"):
        totals_as_printed(figures(totals({"as_of": "2021-01", "total": 10})))
