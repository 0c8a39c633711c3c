"""The bridges of the casualty counterparts are named, and cross no more than they say."""

from __future__ import annotations

from analysis.claims.scope import ScopePart
from analysis.claims.study import ClaimsAudit


def test_casualty_counterparts_stand_on_a_named_bridge(study: ClaimsAudit) -> None:
    crossed = {}
    for each in study.audited[:3]:
        (one,) = each.search.counterparts
        assert one.bridge is not None
        assert "presentation of the mine action agency" in one.bridge.assumption
        crossed[each.claim.claim_id] = (each.statement.scope.differing_parts(one.scope), one.bridge.crosses)
    who, of_whom = ScopePart.ORIGINATOR, ScopePart.POPULATION
    assert crossed["maps-001"] == ((who,), (who,))
    assert set(crossed["maps-002"][0]) == {who, of_whom} == set(crossed["maps-002"][1])
    assert crossed["maps-003"] == ((who,), (who,))
