"""The sixteen statements on the repository's evidence: verdicts, counterparts, and that no reply is lost."""

from __future__ import annotations

import pytest

from analysis.claims.audit import audit
from analysis.claims.basis import basis_of
from analysis.claims.seed_article import FINDERS, READINGS, SOURCE
from analysis.claims.study import ClaimsAudit
from analysis.claims.verdict import StatementKind, Verdict
from analysis.evidence import Evidence

# Worked out by hand from the rows named, under METHODS "Audit of claims".
EXPECTED = {
    "maps-001": Verdict.AGREES_AS_A_BOUND,  # 3,079 (rt-0030) + 388 (rt-0206, 4 April 2025) = 3,467 > 3,400
    "maps-002": Verdict.AGREES,  # 359 on 4 April 2025 (rt-0207), 362 in June (rt-0212)
    "maps-003": Verdict.AGREES,  # 38 before (rt-0195) and after (rt-0212)
    "maps-004": Verdict.NOT_DERIVABLE,  # no accuracy row has numerator and denominator
    "maps-005": Verdict.SAME_FIGURE,  # 147 / 266 = 55.3 % are casualties outside the former line (ma-0045)
    "maps-006": Verdict.SAME_FIGURE,  # 2,728 in all regained districts (maps-040)
    "maps-007": Verdict.NOT_A_QUANTITY,
    "maps-008": Verdict.NOT_DERIVABLE,  # by activity only (cr-042 to cr-045, maps-022)
    "maps-009": Verdict.LEGAL_OR_INTENT,
    "maps-010": Verdict.NOT_DERIVABLE,  # mines on records over mines laid is no share of area
    "maps-011": Verdict.NOT_A_QUANTITY,
    "maps-012": Verdict.LEGAL_OR_INTENT,
    "maps-013": Verdict.AGREES,  # '18 July 1998' in the title of reportaz-2018-09-20-anama-1998
    "maps-014": Verdict.AGREES,  # decree of 15 January, charter of 2 February 2021
    "maps-015": Verdict.NOT_A_QUANTITY,
    "maps-016": Verdict.AGREES,  # '28th' in the title of itf-2025-ndmun28
}


def test_verdicts_of_the_sixteen_statements(study: ClaimsAudit) -> None:
    assert {each.claim.claim_id: each.judgement.verdict for each in study.audited} == EXPECTED


def test_every_statement_of_the_article_is_audited_once(evidence: Evidence) -> None:
    claims = evidence.table("claims")
    of_article = sorted(claims["claim_id"][claims["source_id"] == SOURCE])
    assert [reading.claim_id for reading in READINGS] == of_article
    assert set(FINDERS) == {reading.claim_id for reading in READINGS if reading.kind is StatementKind.QUANTITY}


def test_the_reply_named_in_the_evidence_stands_beside_each_statement(evidence: Evidence, study: ClaimsAudit) -> None:
    named = evidence.table("claims").set_index("claim_id")["counter_claim_source_id"]
    for each in study.audited:
        shown = set(study.beside["source_id"][study.beside["beside"] == each.claim.claim_id])
        computed = {page for one in each.search.counterparts for page in one.sources}
        assert named[each.claim.claim_id] in shown | computed | set(each.search.also_read), each.claim.claim_id


def test_rows_that_name_the_article_as_their_counter_claim_are_shown(evidence: Evidence, study: ClaimsAudit) -> None:
    claims = evidence.table("claims")
    replies = set(claims["claim_id"][claims["counter_claim_source_id"] == SOURCE])
    assert replies
    assert replies <= set(study.beside["row"])


def test_no_counterpart_is_read_from_the_article_itself(study: ClaimsAudit) -> None:
    pages = {page for each in study.audited for one in each.search.counterparts for page in one.sources}
    assert SOURCE not in pages


def test_leaving_out_a_party_leaves_reasons_not_numbers(evidence: Evidence) -> None:
    basis = basis_of(evidence, exclude_originators=["azerbaijan_authorities"])
    by_claim = {each.claim.claim_id: each.judgement for each in audit(basis)}
    assert by_claim["maps-001"].verdict is Verdict.NOT_DERIVABLE
    assert "total to the end of the 2020 war" in by_claim["maps-001"].reason
    assert by_claim["maps-016"].verdict is Verdict.AGREES  # an organisation outside the country names the meeting


def test_evidence_dated_later_can_be_left_out(evidence: Evidence) -> None:
    basis = basis_of(evidence, period_end="2024-12-31")
    by_claim = {each.claim.claim_id: each.judgement for each in audit(basis)}
    assert by_claim["maps-001"].verdict is Verdict.NOT_DERIVABLE
    assert by_claim["maps-001"].reason == "no running total is printed on or after 2025-04-01"


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.claim_id)
def test_each_reading_says_what_would_change_the_verdict(reading: object) -> None:
    assert len(getattr(reading, "would_change").split()) >= 6  # noqa: B009
