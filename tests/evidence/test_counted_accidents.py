"""Listed accidents without casualties outside the official count."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.evidence.counted_accidents import OUTSIDE_COUNT, counted_accidents, outside_count_faults


def test_listed_equals_what_the_evidence_says_is_listed_in_each_period(evidence):
    accidents = counted_accidents(evidence)
    for row in evidence.table("accidents_coverage").to_dict("records"):
        inside = accidents[
            (accidents["date_first"] >= row["period_start_first"]) & (accidents["date_last"] <= row["period_end_last"])
        ]
        listed = [len(inside), inside["killed"].sum(), inside["injured"].sum()]
        stated = [row["listed_incidents"], row["listed_killed"], row["listed_injured"]]
        assert listed == stated, row["period_end"]


def test_the_slip_to_october_2022_is_corrected_and_kept_as_printed(evidence):
    read = {
        name: table.loc[table["period_end"] == "2022-10-28", ["listed_incidents", "listed_injured"]].iloc[0].tolist()
        for name, table in {
            "used": evidence.table("accidents_coverage"),
            "printed": evidence.printed("accidents_coverage"),
        }.items()
    }
    assert read == {"used": [47, 50], "printed": [48, 51]}


def test_a_mixed_accident_stays_and_one_wholly_outside_goes(evidence):
    accidents = counted_accidents(evidence).set_index("accident_id")
    # One officer killed is in the count, five injured are not.
    assert accidents.loc["inc-2020-003", ["killed", "injured"]].tolist() == [1, 0]
    assert "inc-2020-006" not in accidents.index
    # It hurt nobody and is no row of the table; inc-2021-009 hurt nobody and is one.
    assert "inc-2022-014" in accidents.index
    assert len(accidents) == len(evidence.table("accidents")) - 6


def test_evidence_without_the_table_has_nobody_outside(evidence):
    schemas = {name: schema for name, schema in evidence._schemas.items() if name != OUTSIDE_COUNT}
    other = replace(evidence, _schemas=schemas)
    pd.testing.assert_frame_equal(counted_accidents(other), evidence.table("accidents"))
    assert list(outside_count_faults({"accidents": evidence.table("accidents")})) == []


def test_nobody_can_be_outside_of_a_number_that_was_not_reported():
    accidents = pd.DataFrame({"accident_id": ["inc-2020-001"], "killed": pd.array([None], dtype="Int64"), "injured": 2})
    outside = pd.DataFrame({"accident_id": ["inc-2020-001"], "killed": 1, "injured": 2, "line": 2})
    faults = list(outside_count_faults({"accidents": accidents, OUTSIDE_COUNT: outside}))
    expected = (
        "accidents_outside_count.csv, line 2, column killed: no more can be outside the count than accidents.csv "
        "reports as killed in inc-2020-001; found '1'"
    )
    assert [str(fault) for fault in faults] == [expected]
