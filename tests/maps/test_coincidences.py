"""Close figures of different quantities are listed with units; nothing else is."""

from __future__ import annotations

import pytest

from analysis.maps.coincidences import coincidences
from analysis.maps.statements import COVERED, OUTSIDE_LINE, OUTSIDE_RECORDS, RIGHT
from analysis.maps.study import MapReliability


def test_the_two_named_coincidences_are_found_with_their_units(study: MapReliability) -> None:
    # Evidence README, traps 11 and 12: 55 % of accidents beside 147/266 = 55.3 % of persons; 25 % beside 26.7 %.
    table = study.said.coincidences
    found = {(row["topic_1"], row["unit_1"], row["topic_2"], row["unit_2"]) for _, row in table.iterrows()}
    assert found == {
        (OUTSIDE_LINE, "casualty", OUTSIDE_RECORDS, "accident"),
        (RIGHT, "record", COVERED, "mine"),
    }
    assert table["difference"].tolist() == pytest.approx([0.55 - 147 / 266, 400 / 1500 - 0.25])
    assert table["first_seen_1"].tolist() == ["2022-10-26", "2021-08-14"]
    assert table["first_seen_2"].tolist() == ["2022-12-02", "2025"]


def test_the_same_quantity_twice_is_no_coincidence(said) -> None:
    table = said({"topic": RIGHT, "share": 0.25}, {"topic": RIGHT, "share": 0.26}, {"topic": COVERED, "share": 0.6})
    assert coincidences(table).empty


def test_the_distance_is_a_parameter(said) -> None:
    table = said({"topic": RIGHT, "share": 0.25}, {"topic": COVERED, "share": 0.30})
    assert coincidences(table).empty
    assert len(coincidences(table, within=0.06)) == 1
