"""Stated areas and numbers of mines: bounds, roundings, steps, classes and moves of baselines."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.contamination.stated import (
    MINES,
    MINES_AND_DEVICES,
    REGAINED,
    area_changes,
    baseline_moves,
    class_sums,
    distinct_areas,
    stated_areas,
    stated_mines,
)

NO_CLAIMS = pd.DataFrame(
    columns=[
        *("claim_id", "source_id", "as_of", "as_of_first", "as_of_last", "geography", "quantity", "value", "value_low"),
        *("value_high", "comparator", "unit", "statement", "originator", "party"),
    ]
)


def test_comparators_and_printed_ranges(contamination) -> None:
    frame = contamination(
        [
            {"as_of": "2020", "area_ha": 100.0, "comparator": ">"},
            {"as_of": "2021", "area_ha": 100.0, "comparator": "<"},
            {"as_of": "2022", "area_ha_low": 350.0, "area_ha_high": 830.0},
        ]
    )
    found = stated_areas(frame)
    assert list(zip(found["low"], found["value"], found["high"], strict=True)) == [
        (100, 100, math.inf),
        (0, 100, 100),
        (350, 590, 830),
    ]


def test_one_vote_for_one_speaker_figure_and_date(contamination) -> None:
    row = {"as_of": "2023-12-04", "category": "high", "area_ha": 147988.0}
    assert len(stated_areas(contamination([row, row, row | {"originator": "azcbl"}]))) == 2


def test_roundings_of_one_figure_count_once_but_different_figures_do_not(contamination) -> None:
    values = (800000.0, 900000.0, 1166702.0, 1167000.0, 1166700.0)
    frame = contamination([{"as_of": f"20{20 + place}", "area_ha": value} for place, value in enumerate(values)])
    assert distinct_areas(stated_areas(frame))["value"].tolist() == [800000, 900000, 1166702]


def test_scope_and_tense_of_mines_follow_the_wording(contamination) -> None:
    rows = [
        {"as_of": "2023", "mines": 1500000, "notes": "mines and UXO together"},
        {"as_of": "2024", "mines": 1500000, "notes": "plus an unknown amount of UXO"},
        {"as_of": "2025", "mines": 1500000, "notes": "mines laid over 30 years"},
    ]
    found = stated_mines(contamination(rows), NO_CLAIMS)
    assert found["scope"].tolist() == [MINES_AND_DEVICES, MINES, MINES]
    assert found["laid"].tolist() == [False, False, True]


def test_baselines_against_reported_release(contamination, clearance) -> None:
    stated = [
        {"as_of": "2020-12-31", "area_ha": 1000.0},
        {"as_of": "2021-12-31", "area_ha": 500.0},
        {"as_of": "2022-12-31", "area_ha": 950.0},
        {"as_of": "2023-12-31", "area_ha": 700.0},
    ]
    worked = [
        {"period_start": str(year), "period_end": str(year), "period_kind": "year", "area_ha": area}
        for year, area in ((2021, 101.0), (2022, 101.0), (2023, 251.0))
    ]
    moves = baseline_moves(stated_areas(contamination(stated)), clearance(worked))
    # 1,000 - 102 leaves 898 and 500 was stated; then a rise; then 950 - 251 = 699 +/- 1 against 700
    assert moves["reading"].tolist() == ["fell by more than reported release", "rose", "change can be release"]
    assert moves["unexplained_high_ha"].tolist()[0] == pytest.approx(-398)


def test_release_that_nobody_reports_is_said(contamination, clearance) -> None:
    stated = [{"as_of": "2020-12-31", "area_ha": 1000.0}, {"as_of": "2021-12-31", "area_ha": 500.0}]
    rows = [row | {"geography": "armenia"} for row in stated]
    other = clearance([{"period_start": "2021", "period_end": "2021", "period_kind": "year", "area_ha": 5.0}])
    moves = baseline_moves(stated_areas(contamination(rows)), other)
    assert moves["reading"].tolist() == ["release not reported"]


def test_evidence_rose_from_800_000_over_900_000_to_1_166_702_ha(study) -> None:
    # ce-0053, ce-0057, ce-0064
    changes = area_changes(study.areas)
    assert changes["from_ha"].tolist() == [800000, 900000]
    assert changes["to_ha"].tolist() == [900000, 1166702]


def test_an_area_of_nothing_has_no_ratio_to_the_next(contamination) -> None:
    found = area_changes(
        stated_areas(contamination([{"as_of": "2020", "area_ha": 0.0}, {"as_of": "2021", "area_ha": 5.0}]))
    )
    assert found["change_ha"].tolist() == [5]
    assert found["ratio"].isna().all()


def test_classes_of_the_evidence(study) -> None:
    # ce-0065 + ce-0066 make up ce-0064; ce-0058 + ce-0059 are 823,558 of the 900,000 stated a week before
    found = class_sums(study.areas).set_index("high_ha")
    assert found.loc[211800, "rest_ha"] == 0
    assert found.loc[147988, "sum_ha"] == 823558
    assert found.loc[147988, "total_ha"] == 900000


def test_the_older_baseline_of_2003_fell_by_more_than_release(study) -> None:
    # ce-0005 73,600 ha and ce-0008 30,600 ha; cl-0013: 4,327 ha in all to January 2007
    move = study.moves[(study.moves["from_as_of"] == "2003-06") & (study.moves["to_as_of"] == "2006-12")].iloc[0]
    assert move["reading"] == "fell by more than reported release"
    assert move["released_high_ha"] <= 4327.3


def test_nobody_elses_mines_enter_the_regained_districts(study) -> None:
    assert set(study.mines.loc[study.mines["series"] == REGAINED, "geography"]) == {"azerbaijan", "regained_districts"}
