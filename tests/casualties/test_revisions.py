"""The rival reading in which totals may fall."""

from __future__ import annotations

import pytest

from analysis.casualties.printed import figures
from analysis.casualties.revisions import falls, totals_as_printed
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
    assert falls(figures(rows))["total"].tolist() == [11]


def test_bounds_are_no_totals(totals):
    with pytest.raises(InsufficientEvidence, match="no total is printed as a number dated to the day"):
        totals_as_printed(figures(totals({"as_of": "2021-01", "total": 10})))
