"""Records read as a test of land: which meaning allows it, what follows, and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.maps.as_test import (
    RecordsAsTest,
    corrected_shares,
    coverages_considered,
    meanings_as_test,
    records_as_test,
    worth_of_records,
)
from analysis.maps.as_test_captions import as_test_text, coverage_table
from analysis.maps.study import MapReliability, map_reliability


@pytest.fixture(scope="module")
def test(study: MapReliability) -> RecordsAsTest:
    return records_as_test(
        study,
        mined_land_shares=[0.1, 0.5],
        other_coverages=[0.8],
        check_sensitivities=[1.0, 0.9],
        check_specificities=[1.0, 0.7],
    )


def test_only_a_share_of_places_is_read_as_a_test(test: RecordsAsTest) -> None:
    applies = test.meanings["as_a_test"].str.startswith("applies")
    assert test.meanings.loc[applies, "meaning"].tolist() == ["recorded places where mines were found"]
    assert test.meanings.loc[~applies, "as_a_test"].str.startswith("does not apply: ").all()


def test_no_statement_of_the_share_is_a_reason_and_no_table() -> None:
    with pytest.raises(InsufficientEvidence, match="no statement in the selection names the share"):
        meanings_as_test(pd.DataFrame())


def test_one_row_by_hand() -> None:
    # 100 ha, 10 mined, 4 of them on 16 ha of records: 84 ha outside with 6 mined; 78 of 90 unmined ha not flagged.
    row = worth_of_records(0.25, coverages=[0.4], mined_land_shares=[0.1]).iloc[0]
    assert row["possible"] == "yes"
    assert row["flagged_land_share"] == pytest.approx(0.16)
    assert row["gain"] == pytest.approx(2.5)
    assert row["found_outside"] == pytest.approx(6 / 84)
    assert row["youden"] == pytest.approx(0.4 + 78 / 90 - 1)


def test_what_cannot_hold_together_is_marked_and_left_without_numbers() -> None:
    row = worth_of_records(0.25, coverages=[0.8], mined_land_shares=[0.5]).iloc[0]
    assert row["possible"] == "no"
    assert row[["found_following", "gain", "found_outside", "specificity", "youden"]].isna().all()


def test_a_check_that_cannot_give_the_share_is_refused_with_its_reason() -> None:
    table = corrected_shares(0.25, sensitivities=[0.9, 0.3], specificities=[1.0, 0.7])
    # 0.25 / 0.9; a check at 0.9 and 0.7 would find at least 30 % everywhere; one at 0.3 and 0.7 is a coin.
    assert table["true_share"].iloc[0] == pytest.approx(0.25 / 0.9)
    assert "cannot come from a check" in table["refused"].iloc[1]
    assert "no better than chance" in table["refused"].iloc[3]
    assert table.loc[table["refused"] != "", "true_share"].isna().all()


def test_coverages_come_from_printed_numbers_and_from_the_parameter(study: MapReliability) -> None:
    named = coverages_considered(study, [0.8])
    printed = study.estimates["coverage_by_mines_as_printed"].interval
    assert printed is not None
    assert list(named.values()) == [printed.low, printed.high, 0.8]


def test_the_headline_lies_between_those_of_the_ends(test: RecordsAsTest) -> None:
    estimate = test.estimates["largest_mined_land_share"]
    table = coverage_table(test).iloc[:2]
    assert estimate.interval is not None
    assert (estimate.interval.low, estimate.interval.high) == (
        pytest.approx(table["largest_mined_land_share"].min()),
        pytest.approx(table["largest_mined_land_share"].max()),
    )


def test_without_printed_numbers_there_is_no_headline_and_the_rest_stands(evidence: Evidence) -> None:
    alone = map_reliability(evidence, exclude_originators=["azerbaijan_authorities"])
    test = records_as_test(
        alone, mined_land_shares=[0.1], other_coverages=[0.8], check_sensitivities=[1.0], check_specificities=[1.0]
    )
    assert test.estimates == {}
    assert len(test.worth) == len(test.coverages)
    assert as_test_text(alone, test)["sources"]
