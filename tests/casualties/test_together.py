"""What all-time totals need of each other, by hand and on the evidence."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.casualties.all_time import baseline_row, identity, statements
from analysis.casualties.annual import annual_counts
from analysis.casualties.scope import all_time_totals
from analysis.casualties.together import between, implied_before, needs
from analysis.errors import InsufficientEvidence


@pytest.fixture(scope="module")
def stated(evidence):
    return statements(evidence)


def test_what_lies_between_two_totals(stated, evidence):
    gap = between(stated, annual_counts(evidence), base=3079)
    # Landmine Monitor has 2,439 at the end of 2016; 1,410 days to 10 November 2020.
    assert (gap.needed, gap.days) == (640, 1410)
    assert gap.years_without == (2017, 2018, 2019, 2020)
    assert gap.printed == 0


def test_printed_years_are_taken_off(stated, evidence):
    counts = annual_counts(evidence)
    extra = counts[counts["row_id"] == "cp-0076"].assign(year=2018, total=9, row_id="x-1")
    gap = between(stated, pd.concat([counts, extra]), base=3079)
    assert (gap.printed, gap.years_printed, gap.years_without) == (9, (2018,), (2017, 2019, 2020))


def test_no_earlier_total_is_said(stated, evidence):
    with pytest.raises(InsufficientEvidence, match="no exact total before 2020-11-10 is stated"):
        between(stated[stated["last"] > "2020-11-10"], annual_counts(evidence), base=3079)


def test_totals_less_the_running_total(stated, study):
    table = implied_before(stated, study.registered, quantity="total").set_index("row_id")
    # 3,345 of 25 October 2022 less 266; 3,445 of April 2021 leaves far more than 3,079.
    assert table.loc["rt-0079", ["before_low", "before_high"]].tolist() == [3079, 3079]
    assert table.loc["rt-0043", "before_low"] > 3300
    assert table.loc["rt-0057", "civilians_only"]


def test_the_table_says_what_follows(stated, study, evidence):
    base = baseline_row(evidence.table("casualties_running_total"))
    same = identity(all_time_totals(evidence), base=3079, registered=study.registered)
    table = needs(stated, annual_counts(evidence), base, study.registered, same)
    assert table["follows"].str.startswith(f"holds for {same['meets'].sum()} of {len(same)}").iloc[0]
    gap = table[table["arithmetic"].str.startswith("3,079 less 2,439")].iloc[0]
    assert "2017, 2018, 2019, 2020: no counterpart published" in gap["follows"]
    assert gap["can_hold"].startswith("only if at least 640 fell")
    assert (table["can_hold"] != "").all()
