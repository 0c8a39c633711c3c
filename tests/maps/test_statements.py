"""Statements: units, shares, comparators as bounds, and one statement in two tables kept once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.evidence import Evidence
from analysis.maps import statements as st
from analysis.maps.study import MapReliability


def _row(study: MapReliability, row_id: str) -> pd.Series:
    return study.rows.statements.set_index("row_id").loc[row_id]


@pytest.mark.parametrize(
    ("row_id", "share", "low", "high", "printed"),
    [
        ("ma-0032", 0.25, 0.25, 0.25, "25 %"),  # president, 14 August 2021
        ("ma-0037", 0.20, 0.0, 0.20, "below 20 %"),  # deputy prime minister: under 20
        ("ma-0051", 0.225, 0.20, 0.25, "20 to 25 %"),  # stated as 20-25, midpoint entered
        ("ma-0063", 0.55, 0.55, 1.0, "more than 55 %"),
        ("ma-0044", 116 / 156, 116 / 156, 116 / 156, "74.4 %"),
    ],
)
def test_shares_are_of_one_and_comparators_are_bounds(
    study: MapReliability, row_id: str, share: float, low: float, high: float, printed: str
) -> None:
    row = _row(study, row_id)
    assert (row["share"], row["share_low"], row["share_high"]) == pytest.approx((share, low, high))
    assert st.printed_share(row) == printed


@pytest.mark.parametrize(
    ("row_id", "unit"),
    [("ma-0044", "accident"), ("ma-0045", "casualty"), ("ma-0069", "casualty"), ("ma-0047", "accident"),
     ("gap-022", "accident"), ("gap-023", "casualty"), ("ma-0032", "record"), ("ma-0061", "mine")],
)  # fmt: skip
def test_the_unit_counted_is_read_from_the_wording(study: MapReliability, row_id: str, unit: str) -> None:
    assert _row(study, row_id)["unit_counted"] == unit


def test_a_statement_held_by_two_tables_of_one_page_is_kept_once(study: MapReliability) -> None:
    kept = set(study.rows.statements["row_id"])
    # con-048 and cr-025 are ma-0047; cr-018 and cr-020 are the counts of ma-0044 and ma-0045; maps-004 is ma-0079.
    assert kept.isdisjoint({"con-048", "cr-025", "cr-018", "cr-020", "maps-004", "maps-005"})
    assert {"ma-0047", "ma-0044", "ma-0045", "ma-0079", "ma-0080"} <= kept


def test_a_copy_on_another_page_stays(study: MapReliability) -> None:
    assert {"ca-022", "cr-014"} <= set(study.rows.statements["row_id"])


def test_of_one_sentence_in_two_tables_the_row_with_a_date_is_kept(study: MapReliability) -> None:
    # 'As many as a million' was transcribed without a date among the claims (maps-034), with its year here.
    assert "maps-034" not in set(study.rows.statements["row_id"])
    row = _row(study, "ce-0048")
    assert (row["number"], row["comparator"], row["as_of"]) == (1_000_000, "<=", "2022")


def test_another_comparator_on_the_same_page_is_another_statement(evidence: Evidence) -> None:
    claims, estimates, originators = (
        evidence.table(name) for name in ("claims", "contamination_estimate", "originators")
    )
    estimates = estimates.assign(comparator=estimates["comparator"].mask(estimates["row_id"] == "ce-0048", "~"))
    said = st.as_statements(evidence.table("map_assessment"), claims, estimates, originators)
    assert {"ce-0048", "maps-034"} <= set(said["row_id"])


def test_no_benchmark_and_no_other_country_is_among_the_statements(study: MapReliability) -> None:
    said = study.rows.statements
    assert not said["definition"].fillna("").str.startswith("BENCHMARK").any()
    assert (said["share"].dropna().between(0, 1)).all()


def test_mines_of_the_1990s_and_of_one_zone_are_no_denominator(study: MapReliability) -> None:
    laid = study.rows.statements[study.rows.statements["topic"] == st.LAID]
    assert laid["number"].min() >= 1_000_000


def test_both_parties_speak(study: MapReliability) -> None:
    assert {"azerbaijan_authorities", "armenia_authorities", "nagorno_karabakh_de_facto"} <= set(
        study.rows.statements["party"]
    )


def test_first_seen_is_the_statement_whose_last_possible_day_comes_first(said) -> None:
    table = said({"as_of": "2021-06-01"}, {"as_of": "2021-03-01", "as_of_last": pd.Timestamp(2021, 12, 31)})
    assert st.first_seen(table)["row_id"] == "ma-0000"


def test_has_counts_needs_both(said) -> None:
    table = said({"number": 3.0, "denominator": 4.0}, {"number": 3.0}, {})
    assert st.has_counts(table).tolist() == [True, False, False]


def test_every_assessment_about_this_conflict_is_used(evidence: Evidence, study: MapReliability) -> None:
    table = evidence.table("map_assessment")
    own = table[~table["definition"].fillna("").str.startswith("BENCHMARK")]
    assert set(own["row_id"]) <= set(study.rows.statements["row_id"])
    assert np.isfinite(study.rows.statements["share"].dropna().astype(float)).all()
