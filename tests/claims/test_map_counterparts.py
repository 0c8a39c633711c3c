"""Counterparts about minefield records, against printed counts."""

from __future__ import annotations

import pytest

from analysis.claims.audit import AuditedStatement, audit
from analysis.claims.basis import basis_of
from analysis.claims.scope import ScopePart
from analysis.claims.study import ClaimsAudit
from analysis.evidence import Evidence
from analysis.maps.study import map_reliability


def statement(study: ClaimsAudit, claim_id: str) -> AuditedStatement:
    return next(each for each in study.audited if each.claim.claim_id == claim_id)


def test_counts_outside_the_former_line_are_of_another_quantity(study: ClaimsAudit) -> None:
    each = statement(study, "maps-005")
    # METHODS study 2, item 2: 116/156, 128/180, 137/189 accidents; 147/266, 217/303, 247/345 casualties.
    expected = [116 / 156, 147 / 266, 128 / 180, 217 / 303, 137 / 189, 247 / 345]
    assert [one.readings[0].low for one in each.search.counterparts] == pytest.approx(expected)
    assert all(
        ScopePart.QUANTITY in each.statement.scope.differing_parts(one.scope) for one in each.search.counterparts
    )
    assert all(one.bridge is None for one in each.search.counterparts)


def test_a_share_of_records_without_counts_gives_no_counterpart(study: ClaimsAudit) -> None:
    each = statement(study, "maps-004")
    assert each.search.counterparts == ()
    assert each.judgement.reason.endswith("none with numerator, denominator or method")


def test_coverage_by_mines_is_a_bound_and_not_by_area(evidence: Evidence, study: ClaimsAudit) -> None:
    (one,) = statement(study, "maps-010").search.counterparts
    # 'More than 1.5 million' laid has no upper limit, 'as many as a million' (ce-0048) none below the mines recorded.
    assert (one.readings[0].low, one.readings[0].high) == (0, 1)
    assert "crisis_group" in one.originators
    printed = audit(basis_of(evidence, inexact_rows="as printed"))
    (one,) = next(each for each in printed if each.claim.claim_id == "maps-010").search.counterparts
    assert (one.readings[0].low, one.readings[0].high) == pytest.approx((390_709 / 1_500_000, 0.4))
    exact = audit(basis_of(evidence, inexact_rows="leave out"))
    left = next(each for each in exact if each.claim.claim_id == "maps-010")
    (one,) = left.search.counterparts
    # Exactly 1.5 million are stated (ce-0064, ce-0070).
    assert (one.readings[0].low, one.readings[0].high) == pytest.approx((390_709 / 1_500_000, 400 / 1500))


def test_both_studies_print_one_bound_for_coverage_by_mines(evidence: Evidence, study: ClaimsAudit) -> None:
    (one,) = statement(study, "maps-010").search.counterparts
    headline = map_reliability(evidence).estimates["coverage_by_mines"]
    assert headline.interval is not None
    assert (one.readings[0].low, one.readings[0].high) == (headline.interval.low, headline.interval.high)
    assert one.note == f"{headline.n} pairs of a number recorded and a number laid"
    assert set(one.sources) == set(headline.sources)


def test_without_the_numbers_there_is_no_coverage(evidence: Evidence) -> None:
    without = audit(basis_of(evidence, exclude_originators=["azerbaijan_authorities"]))
    left = next(each for each in without if each.claim.claim_id == "maps-010")
    assert left.search.counterparts == ()
    assert "no statement in the selection gives a number of mines on all records" in left.judgement.reason


def test_shares_by_activity_add_up_and_are_not_places(study: ClaimsAudit) -> None:
    shares = statement(study, "maps-008").search.counterparts
    assert sum(one.readings[0].low for one in shares if one.originators == ("anama",)) == pytest.approx(1)
    assert {one.scope.quantity for one in shares} == {"share by activity"}
