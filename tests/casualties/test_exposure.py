"""Casualties beside people present: pairs of counts, never one risk."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.casualties.annual import NOT_PUBLISHED
from analysis.casualties.exposure import NOT_THE_SAME, deminers_per_area, groups_by_year, pairs, people_stated
from analysis.errors import InsufficientEvidence


def test_groups_are_ranges_at_the_turns_of_the_year(study, evidence):
    table = groups_by_year(evidence, study).set_index("year")
    # 162 civilians by 26 December 2023, 198 by 11 November 2024 and no later one by the end of 2024.
    assert table.loc[2024, ["not_military_low", "not_military_high"]].tolist() == [36, 36]
    assert (table["not_military_low"] <= table["not_military_high"]).all()
    assert set(table["deminers"]) == {NOT_PUBLISHED}


def test_without_a_split_there_are_no_groups(study, evidence):
    with pytest.raises(InsufficientEvidence, match="no split here"):
        groups_by_year(evidence, replace(study, civilians=InsufficientEvidence("no split here")))


def test_people_of_single_places_and_plans_are_left_out(evidence):
    people = people_stated(evidence)
    # con-079 and returns.csv give nearly 15,000 for 17 June 2025: one line. Aghali's 871 are of one place.
    june = people[(people["date"] == "2025-06-17") & (people["who"] == "returned")]
    assert june["persons"].tolist() == [15000]
    assert not {871, 20000, 15781} & set(people["persons"])
    assert people["date"].is_monotonic_increasing


def test_the_range_of_a_pair_by_hand():
    groups = pd.DataFrame({"year": [2025, 2024], "not_military_low": [10, 5], "not_military_high": [30, 5]})
    people = pd.DataFrame(
        {
            "date": pd.to_datetime(["2025-05-01", "2025-12-31", "2025-06-01"]),
            "who": ["present", "present", "returned"],
            "persons": [40000, 75000, 15000],
            "comparator": ["=", "~", "<"],
            "words": ["40,000", "about 75,000", "fewer than 15,000"],
        }
    )
    table = pairs(groups, people).set_index(["year", "people"])
    line = table.loc[(2025, "all people present, workers included")]
    # 10 of 75,000 to 30 of 40,000.
    assert (line["persons"], line["range_per_1000"], line["note"]) == (
        "40,000; about 75,000",
        "about 0.13 to 0.75",
        NOT_THE_SAME,
    )
    assert table.loc[(2024, "resettled persons"), "persons"] == NOT_PUBLISHED
    assert table.loc[(2024, "resettled persons"), "range_per_1000"] == ""


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        # 36 of fewer than 30,000: more than 1.2 of 1,000.
        ([("<", 30000)], "more than 1.2"),
        ([("<=", 30000)], "at least 1.2"),
        ([(">", 30000)], "less than 1.2"),
        ([("~", 30000)], "about 1.2"),
        # 36 of 20,000 to 36 of about 30,000; the bound beside them changes nothing.
        ([("=", 20000), ("~", 30000), ("<", 10000)], "about 1.2 to 1.8"),
        ([("<", 30000), (">", 10000)], "open"),
    ],
)
def test_a_bound_on_people_is_no_number_of_people(stated, expected):
    groups = pd.DataFrame({"year": [2024], "not_military_low": [36], "not_military_high": [36]})
    people = pd.DataFrame(stated, columns=["comparator", "persons"]).assign(
        date=pd.Timestamp("2024-05-01"), who="present", words="as stated"
    )
    line = pairs(groups, people).set_index("people").loc["all people present, workers included"]
    assert line["range_per_1000"] == expected


def test_fewer_than_in_the_evidence_has_no_upper_end(study, evidence):
    table = pairs(groups_by_year(evidence, study), people_stated(evidence)).set_index(["year", "people"])
    line = table.loc[(2024, "all people present, workers included")]
    assert (line["persons"], line["range_per_1000"]) == ("fewer than 30,000", "more than 1.2")


def test_deminers_per_area_only_for_one_operator_and_period(evidence):
    table = deminers_per_area(evidence)
    assert table["per_1000_ha"].isna().all()
    assert (table["why_not"] != "").all()
    rows = evidence.table("casualties_period")
    own = rows[rows["row_id"] == "cp-0088"].assign(originator="anama")
    clearance = (
        evidence.table("clearance_period")
        .iloc[[0]]
        .assign(
            operator="anama",
            period_start_first=pd.Timestamp("2021-08-01"),
            period_end_last=pd.Timestamp("2021-08-31"),
            area_ha=500.0,
        )
    )
    made = replace(evidence, _used=dict(evidence._used) | {"casualties_period": own, "clearance_period": clearance})
    # One deminer on 500 ha: 2 on 1,000.
    assert deminers_per_area(made)["per_1000_ha"].tolist() == [2.0]
