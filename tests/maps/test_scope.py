"""Which rows are used, by period and originator, and what happens when none is left."""

from __future__ import annotations

import pytest

from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.maps.scope import map_rows, party_shares, party_words, whose_figures


def test_shares_of_parties_add_to_one_and_most_rows_stand_first(evidence: Evidence) -> None:
    rows = map_rows(evidence)
    whose = party_shares(rows)
    assert whose["share_of_rows"].sum() == pytest.approx(1)
    assert whose["rows"].is_monotonic_decreasing
    assert whose["rows"].sum() == len(rows.handovers) + len(rows.statements) == whose_figures(rows)["rows"].sum()


def test_leaving_out_a_party_leaves_out_its_handovers_and_statements(evidence: Evidence) -> None:
    rows = map_rows(evidence, exclude_originators=["azerbaijan_authorities", "nss_armenia"])
    for frame in (rows.handovers, rows.statements):
        assert not frame["party"].eq("azerbaijan_authorities").any()
        assert not frame["originator"].eq("nss_armenia").any()
    assert len(rows.statements)


def test_the_period_leaves_out_undated_statements_but_not_benchmarks(evidence: Evidence) -> None:
    rows = map_rows(evidence, period_start="2022-01-01", period_end="2022-12-31")
    assert rows.statements["as_of_first"].dt.year.eq(2022).all()
    assert rows.handovers.empty
    assert len(rows.benchmarks) == len(map_rows(evidence).benchmarks)


def test_without_inexact_rows_only_exact_figures_and_statements_without_one_stay(evidence: Evidence) -> None:
    rows = map_rows(evidence, inexact_rows="leave out")
    assert rows.statements["comparator"].dropna().eq("=").all()
    assert rows.statements["comparator"].isna().any()


def test_nothing_left_is_said_in_words(evidence: Evidence) -> None:
    with pytest.raises(InsufficientEvidence, match=r"no handover and no statement .* 1990-01-01 to 1990-12-31"):
        map_rows(evidence, period_start="1990-01-01", period_end="1990-12-31")


def test_only_accidents_with_a_casualty_since_the_war_are_used(evidence: Evidence) -> None:
    accidents = map_rows(evidence).accidents
    assert (accidents["casualties"] > 0).all()
    assert accidents["date_first"].min().year >= 2020


def test_parties_have_names_in_words() -> None:
    assert party_words("azerbaijan_authorities") == "authorities of Azerbaijan"
    assert party_words("other_state") == "other state"
