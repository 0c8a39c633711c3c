"""Counterparts about minefield records, against printed counts."""

from __future__ import annotations

import pytest

from analysis.claims.audit import AuditedStatement, audit
from analysis.claims.basis import basis_of
from analysis.claims.scope import ScopePart
from analysis.claims.study import ClaimsAudit
from analysis.evidence import Evidence


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
    # 400,000 over one million; 'more than 1.5 million' has no upper limit, so neither has the other end.
    assert (one.readings[0].low, one.readings[0].high) == pytest.approx((0, 0.4))
    printed = audit(basis_of(evidence, inexact_rows="as printed"))
    (one,) = next(each for each in printed if each.claim.claim_id == "maps-010").search.counterparts
    assert (one.readings[0].low, one.readings[0].high) == pytest.approx((390_709 / 1_500_000, 0.4))
    exact = audit(basis_of(evidence, inexact_rows="leave out"))
    left = next(each for each in exact if each.claim.claim_id == "maps-010")
    assert left.search.counterparts == ()
    assert left.judgement.reason == "no share of the mined area is published, nor mines laid in exact numbers"


def test_shares_by_activity_add_up_and_are_not_places(study: ClaimsAudit) -> None:
    shares = statement(study, "maps-008").search.counterparts
    assert sum(one.readings[0].low for one in shares if one.originators == ("anama",)) == pytest.approx(1)
    assert {one.scope.quantity for one in shares} == {"share by activity"}
