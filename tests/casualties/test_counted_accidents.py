"""Listed accidents without casualties outside the official count."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.casualties.counted_accidents import counted_accidents


def test_listed_equals_what_the_evidence_says_is_listed_in_each_period(evidence):
    accidents = counted_accidents(evidence)
    for row in evidence.table("accidents_coverage").to_dict("records"):
        inside = accidents[
            (accidents["date_first"] >= row["period_start_first"]) & (accidents["date_last"] <= row["period_end_last"])
        ]
        # The row to 28 October 2022 has no official killed or injured, and counts inc-2021-016, which others leave out.
        more = int(row["period_end"] == "2022-10-28")
        listed = [len(inside) + more, inside["killed"].sum(), inside["injured"].sum() + more]
        stated = [row["listed_incidents"], row["listed_killed"], row["listed_injured"]]
        assert listed == stated, row["period_end"]


def test_a_mixed_accident_stays_and_one_wholly_outside_goes(evidence):
    accidents = counted_accidents(evidence).set_index("accident_id")
    # One officer killed is in the count, five injured are not.
    assert accidents.loc["inc-2020-003", ["killed", "injured"]].tolist() == [1, 0]
    assert "inc-2020-006" not in accidents.index
    # Both hurt nobody; only inc-2021-009 is outside the count.
    assert "inc-2022-014" in accidents.index
    assert len(accidents) == len(evidence.table("accidents")) - 6


def test_rows_of_other_evidence_are_never_taken_off(evidence):
    other = evidence.table("accidents").assign(source_id="another-page")
    made = replace(evidence, _used=dict(evidence._used) | {"accidents": other})
    pd.testing.assert_frame_equal(counted_accidents(made), other)
