"""Consistency and provenance from the evidence to their results, as the notebook runs them."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.claims.basis import basis_of
from analysis.claims.consistency.result import TopicResult, consistency
from analysis.claims.stated import check_tolerance
from analysis.claims.verdict import ABOUT_TOLERANCE
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence


def claims_consistency(
    evidence: Evidence,
    *,
    exclude_originators: Collection[str] = (),
    period_end: str = "",
    about_tolerance: float = ABOUT_TOLERANCE,
) -> tuple[TopicResult, ...]:
    """Return the topics with the conflicts of the statements that are left.

    Parameters
    ----------
    evidence
        The loaded evidence.
    exclude_originators
        Originators or parties whose statements are left out.
    period_end
        Statements dated later are left out, ISO; empty for no limit.
    about_tolerance
        Share within which 'about' allows values.

    Raises
    ------
    InsufficientEvidence
        If no topic has a statement left.
    ParameterError
        When a name to leave out is unknown or the tolerance is out of range.
    """
    check_tolerance(about_tolerance)
    basis = basis_of(evidence, exclude_originators=exclude_originators, period_end=period_end)
    results = consistency(basis, about_tolerance=about_tolerance)
    if not results:
        raise InsufficientEvidence("no statement of any topic is left; exclude fewer originators or widen the period")
    return results


def conflicts_by_choice(
    evidence: Evidence,
    *,
    exclude_originators: Collection[str] = (),
    period_end: str = "",
    about_tolerance: float = ABOUT_TOLERANCE,
) -> pd.DataFrame:
    """Return the number of conflicts by topic (rows) under other choices (columns), one thing changed in each.

    Without the authorities of Azerbaijan a topic is missing where nobody else has statements in it.
    """
    party = "azerbaijan_authorities"
    choices: dict[str, tuple[Collection[str], float]] = {
        "twice the tolerance": (exclude_originators, min(2 * about_tolerance, 0.99)),
        f"without {party.replace('_', ' ')}": ([*exclude_originators, party], about_tolerance),
    }
    columns = {}
    for name, (left_out, tolerance) in choices.items():
        basis = basis_of(evidence, exclude_originators=left_out, period_end=period_end)
        found = consistency(basis, about_tolerance=tolerance)
        columns[name] = {one.topic.name: float(len(one.found.minimal_infeasible)) for one in found}
    return pd.DataFrame(columns).rename_axis("topic").reset_index()
