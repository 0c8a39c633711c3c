"""The finds of 2022 with area and make: 2,728 is split 1,609 and, by difference, 1,119."""

from __future__ import annotations

import math

from analysis.claims.scope import ScopePart
from analysis.claims.study import ClaimsAudit


def test_figures_of_2022_are_read_with_their_area(study: ClaimsAudit) -> None:
    each = next(one for one in study.audited if one.claim.claim_id == "maps-006")
    figures = {
        one.scope.area: one.hull.low for one in each.search.counterparts if one.scope.population.endswith("2021")
    }
    assert figures["azerbaijan_karabakh_economic_region"] == 1609
    assert figures["regained_districts"] == 2728
    border = next(one for one in each.search.counterparts if one.scope.area.startswith("border"))
    assert border.hull.low == 2728 - 1609 == 1119
    bound = next(one for one in each.search.counterparts if math.isinf(one.readings[0].high))
    assert bound.readings[0].low == 1400
    assert each.judgement.other_scope_in[0] is ScopePart.AREA


def test_later_repetitions_are_no_counterparts(study: ClaimsAudit) -> None:
    each = next(one for one in study.audited if one.claim.claim_id == "maps-006")
    assert "mfaaz-2024-04-04-mine-awareness" not in {page for one in each.search.counterparts for page in one.sources}
