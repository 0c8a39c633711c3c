"""All-time totals: the sum they are, pairs that cannot hold, what to set aside, and rows that are refused."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.casualties.all_time import baseline_row, identity, statements
from analysis.casualties.all_time_conflicts import contradictions, contradictions_without_each, set_aside
from analysis.casualties.running_totals import reconcile
from analysis.casualties.scope import all_time_totals
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence


def with_totals(evidence: Evidence, rows: pd.DataFrame) -> Evidence:
    return replace(evidence, _used=dict(evidence._used) | {"casualties_running_total": rows})


@pytest.fixture(scope="module")
def made(totals, evidence):
    """Make evidence whose running totals are the given all-time rows."""

    def make(*rows):
        return with_totals(evidence, totals(*({"period_start": "1991", **row} for row in rows)))

    return make


def test_a_later_total_below_an_earlier_one_cannot_hold(made):
    stated = statements(
        made(
            {"as_of": "2021-04-30", "total": 3445},
            {"as_of": "2022-10-06", "total": 3336},
            {"as_of": "2024-04-04", "total": 3500},
        )
    )
    found = contradictions(stated)
    assert found[["earlier", "later", "too_low_by"]].to_numpy().tolist() == [["3,445", "3,336", 109]]


def test_bounds_contradict_only_where_no_value_fits(made):
    stated = statements(
        made(
            {"as_of": "2023-05-25", "total": 3400, "comparator": "<"},
            {"as_of": "2021-04-30", "total": 3399},
            {"as_of": "2021-05-30", "total": 3400},
            {"as_of": "2024-01-01", "total": 3000, "comparator": ">"},
            {"as_of": "2024-02-01", "total": 10, "comparator": "~"},
        )
    )
    # "Fewer than 3,400" is at most 3,399; "more than 3,000" has no upper end; "about" says nothing.
    assert contradictions(stated)[["earlier", "later"]].to_numpy().tolist() == [["3,400", "fewer than 3,400"]]


def test_civilians_are_a_lower_bound_for_all_and_bound_nothing_from_above(made):
    civilians = {"as_of": "2021-08-11", "civilian_killed": 639, "civilian_injured": 2806}
    later = statements(made(civilians, {"as_of": "2022-10-06", "total": 3336}))
    assert contradictions(later)["too_low_by"].tolist() == [109]
    earlier = statements(made({"as_of": "2020-01-01", "total": 9000}, civilians))
    assert contradictions(earlier).empty


def test_a_part_of_the_country_is_not_above_the_whole_but_the_whole_may_be_above_the_part(made):
    part = {"geography": "azerbaijan_excluding_nagorno_karabakh"}
    stated = statements(made({"as_of": "2016-12-31", "total": 4000, **part}, {"as_of": "2020-11-10", "total": 3079}))
    assert len(contradictions(stated)) == 1
    other = statements(made({"as_of": "2016-12-31", "total": 4000}, {"as_of": "2020-11-10", "total": 3079, **part}))
    assert contradictions(other).empty


def test_two_totals_for_one_date_are_a_contradiction(made):
    stated = statements(made({"as_of": "2023-04-04", "total": 3368}, {"as_of": "2023-04-04", "total": 3345}))
    found = contradictions(stated)
    assert found["too_low_by"].tolist() == [23]
    (line,) = set_aside(found).to_dict("records")
    assert {line["row_id"], line["or_row"]} == {"t-1", "t-2"}


def test_the_row_in_most_contradictions_is_set_aside_first(made):
    stated = statements(
        made(
            {"as_of": "2021-04-30", "total": 500, "killed": 90, "injured": 410},
            *({"as_of": f"2022-0{month}-01", "total": 400 + month} for month in (1, 2, 3)),
            {"as_of": "2023-01-01", "killed": 80},
        )
    )
    lines = set_aside(contradictions(stated))
    # Three totals and the killed go with the first row; nothing is left.
    assert lines[["row_id", "contradictions", "or_row"]].to_numpy().tolist() == [["t-1", 4, ""]]
    assert contradictions_without_each(stated)["contradictions"].tolist() == [4, 0]


def test_a_total_below_its_parts_is_refused(made):
    with pytest.raises(InsufficientEvidence, match="row t-1: the total 10 is below its parts, 8 killed and 4 injured"):
        statements(made({"as_of": "2021-04-30", "total": 10, "killed": 8, "injured": 4}))


def test_parts_beside_an_inexact_total_are_not_used(made):
    stated = statements(made({"as_of": "2007-06-30", "total": 3000, "killed": 500, "comparator": ">"}))
    assert stated[["quantity", "low"]].to_numpy().tolist() == [["total", 3001]]


def test_an_empty_selection_is_refused_and_one_statement_contradicts_nothing(made):
    with pytest.raises(InsufficientEvidence, match="no total since the early 1990s is left"):
        statements(made({"as_of": "2021-04-30", "total": 10, "comparator": "~"}))
    one = contradictions(statements(made({"as_of": "2021-04-30", "total": 10})))
    assert one.empty
    assert set_aside(one).empty


def test_the_identity_by_hand(totals):
    path = reconcile(totals({"as_of": "2022-10-06", "total": 257}, {"as_of": "2022-10-26", "total": 266}))
    rows = totals(
        {"period_start": "1991", "as_of": "2022-10-06", "total": 3336},
        {"period_start": "1991", "as_of": "2022-10-06", "total": 3336},
        {"period_start": "1991", "as_of": "2022-10-26", "total": 3343},
        {"period_start": "1991", "as_of": "2022-10-10", "total": 3350},
    )
    table = identity(rows, base=3079, registered=path).sort_values("total")
    # 3,336 - 3,079 = 257; 3,343 - 3,079 = 264, 2 below 266; 3,350 - 3,079 = 271, 5 above 257 to 266.
    assert table[["total", "less_base", "meets", "off_by"]].to_numpy().tolist() == [
        [3336, 257, True, 0],
        [3343, 264, False, -2],
        [3350, 271, False, 5],
    ]
    with pytest.raises(InsufficientEvidence, match="no exact all-time total dated to the day"):
        identity(rows.iloc[:0], base=3079, registered=path)


def test_the_evidence_holds_the_known_contradictions(evidence):
    found = contradictions(statements(evidence))
    pairs = {(row.earlier_row, row.later_row) for row in found.itertuples()}
    # 3,445 (April 2021) against 3,429 (April 2024); 639 killed against 595; 2,440 (2014) against 2,439 (2016).
    assert {("rt-0043", "rt-0166"), ("rt-0057", "rt-0166"), ("rt-0023", "rt-0026")} <= pairs
    # 299 of 25 May 2023 is of the last two years by its page, not an all-time total: set aside in the evidence.
    assert "rt-0109" in set(evidence.exclusions["row_id"])
    assert "rt-0109" not in set(statements(evidence)["row_id"])
    assert int(baseline_row(evidence.table("casualties_running_total"))["total"]) == 3079
    assert len(all_time_totals(evidence)) > 0
