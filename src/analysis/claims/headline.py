"""The numbers the audit stands on, as estimates under the keys they are published by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from analysis.claims.basis import Basis, row_of
from analysis.claims.casualty_totals import group_since_1991, identity_matches, total_since_1991
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate

# The statements whose date the estimates are made for.
_TOTAL_CLAIM: Final = "maps-001"


def headline(basis: Basis) -> tuple[dict[str, Estimate], dict[str, InsufficientEvidence]]:
    """Return the estimates by key, and by key the reason for each that the evidence does not allow."""
    row = row_of(basis.evidence, _TOTAL_CLAIM)
    span = {"first": row["as_of_first"], "last": row["as_of_last"]}
    wanted: dict[str, Callable[[], Estimate]] = {
        "casualties_since_1991": partial(total_since_1991, basis, **span),
        "children_since_1991": partial(group_since_1991, basis, "children", **span),
        "women_since_1991": partial(group_since_1991, basis, "women", **span),
        "all_time_totals_that_repeat": partial(identity_matches, basis),
    }
    estimates: dict[str, Estimate] = {}
    missing: dict[str, InsufficientEvidence] = {}
    for key, estimate in wanted.items():
        try:
            estimates[key] = estimate()
        except InsufficientEvidence as reason:
            missing[key] = reason
    return estimates, missing
