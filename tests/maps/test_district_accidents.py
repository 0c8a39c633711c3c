"""Accidents by district: counts by hand from a made-up list, windows, and what the committed list allows."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.maps.district_accidents import (
    CANNOT_TELL,
    DistrictAccidents,
    around_handovers,
    district_accidents,
    districts_handed_over,
)
from analysis.maps.district_captions import district_text, whose_sentence
from analysis.maps.district_shapes import district_shapes

START, END = pd.Timestamp("2020-11-10"), pd.Timestamp("2023-12-31")


@pytest.fixture(scope="module")
def found(evidence: Evidence) -> DistrictAccidents:
    return district_accidents(evidence)


def accident(district: str, first: str, last: str = "") -> dict[str, object]:
    return {"district": district, "date_first": pd.Timestamp(first), "date_last": pd.Timestamp(last or first)}


def handover(district: str, day: str) -> dict[str, object]:
    moment = pd.Timestamp(day)
    return {
        "district": district,
        "handed_over_on": day,
        "handed_over_on_first": moment,
        "handed_over_on_last": moment,
        "accounts": "one side",
        "sources": "page",
    }


def around(*accidents: dict[str, object], window_days: int = 100) -> pd.Series:
    listed, handed = pd.DataFrame(accidents), pd.DataFrame([handover("A", "2022-01-01")])
    return around_handovers(listed, handed, start=START, end=END, window_days=window_days, level=0.95).iloc[0]


def test_counts_by_hand() -> None:
    row = around(
        accident("A", "2021-12-31"),
        accident("A", "2022-01-01"),  # the day itself is in neither span
        accident("A", "2022-04-11"),  # the hundredth day after
        accident("A", "2022-04-12"),  # the day after that
        accident("B", "2021-10-01"),
        accident("B", "2021-09-22"),  # 101 days before
        accident("B", "2022-01-02"),
    )
    assert row[["before", "after", "others_before", "others_after"]].tolist() == [1, 1, 1, 1]
    assert (row["days_before"], row["days_after"]) == (100, 100)
    assert row["reading"] == CANNOT_TELL


def test_a_month_counts_only_if_all_its_days_lie_in_the_span() -> None:
    row = around(accident("A", "2021-11-01", "2021-11-30"), accident("A", "2021-12-15", "2022-01-14"))
    assert (row["before"], row["after"]) == (1, 0)


def test_a_span_is_cut_where_the_list_begins() -> None:
    row = around(accident("A", "2020-11-10"), accident("B", "2022-02-01"), window_days=1000)
    assert row["days_before"] == (pd.Timestamp("2022-01-01") - START).days
    assert row["days_after"] == (END - pd.Timestamp("2022-01-01")).days


def test_many_accidents_can_tell() -> None:
    many = [accident(place, day) for place in ("A", "B") for day in ("2021-12-01", "2022-02-01") for _ in range(60)]
    row = around(*many)
    assert row["ratio"] == pytest.approx(1)
    assert row["low"] < 1 < row["high"]
    assert row["detectable_ratio"] > 0.5
    assert row["reading"] != CANNOT_TELL


def test_a_handover_told_by_two_pages_is_one_and_brackets_are_left_out(evidence: Evidence) -> None:
    handed = districts_handed_over(evidence.table("map_record"), pd.Timestamp("2026-01-01"))
    assert not handed.duplicated(["district", "handed_over_on"]).any()
    assert "Kalbajar" in set(handed["district"])
    assert not handed["district"].str.contains(r"[(;]").any()


def test_the_districts_hold_every_listed_accident(found: DistrictAccidents) -> None:
    assert found.by_district["accidents"].sum() == len(found.listed)
    assert found.by_district["first"].dropna().str.len().le(len("2021-06")).all()


def test_every_drawn_district_has_its_label_and_the_caption_says_what_is_not_drawn(
    evidence: Evidence, found: DistrictAccidents
) -> None:
    shapes = district_shapes(evidence, found.by_district["district"].tolist())
    drawn = {shape.name for shape in shapes}
    missing = found.by_district[
        (found.by_district["polygon"] != "yes") & (found.by_district["district"] != "district not named")
    ]
    assert not drawn & set(missing["district"])
    assert all(name in district_text(found)["caption"] for name in missing["district"])


def test_first_of_all_whose_reports(found: DistrictAccidents) -> None:
    assert f"of {len(found.listed)} listed accidents" in whose_sentence(found)


def test_no_accident_left_is_said(evidence: Evidence) -> None:
    with pytest.raises(InsufficientEvidence, match="no dated accident is left"):
        district_accidents(evidence, period_end="2020-11-10")
