"""Leaving out originators, parties and late evidence; finding a row by its identifier."""

from __future__ import annotations

import pytest

from analysis.claims.basis import basis_of, row_of
from analysis.errors import InsufficientEvidence, ParameterError
from analysis.evidence import Evidence


def test_a_party_stands_for_all_its_originators(evidence: Evidence) -> None:
    basis = basis_of(evidence, exclude_originators=["armenia_authorities", "azcbl"])
    assert {"nss_armenia", "mfa_armenia", "azcbl"} <= set(basis.excluded)
    assert "anama" not in basis.excluded
    assert not basis.table("claims")["originator"].isin(basis.excluded).any()


def test_an_unknown_name_is_refused(evidence: Evidence) -> None:
    with pytest.raises(ParameterError, match="exclude_originators: 'amana' is neither an originator_id"):
        basis_of(evidence, exclude_originators=["amana"])


def test_rows_dated_by_month_are_left_out_unless_the_whole_month_is_in(evidence: Evidence) -> None:
    kept = set(basis_of(evidence, period_end="2025-06-29").table("casualties_running_total")["row_id"])
    assert "rt-0212" not in kept  # June 2025
    assert "rt-0210" in kept  # 31 May 2025


def test_rows_are_found_in_three_tables_and_a_missing_one_is_named(evidence: Evidence) -> None:
    tables = [row_of(evidence, name)["table"] for name in ("maps-001", "ma-0045", "rt-0030")]
    assert tables == ["claims", "map_assessment", "casualties_running_total"]
    with pytest.raises(InsufficientEvidence, match="row xx-1 stands in none of claims, map_assessment"):
        row_of(evidence, "xx-1")
