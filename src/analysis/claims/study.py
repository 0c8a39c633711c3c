"""The audit from the evidence to its results, as the notebook runs it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.casualties.printed import InexactRows
from analysis.claims.audit import AuditedStatement, audit
from analysis.claims.basis import basis_of
from analysis.claims.beside import JudgedPair, beside, judged_pairs
from analysis.claims.headline import headline
from analysis.claims.verdict import ABOUT_TOLERANCE
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClaimsAudit:
    """Results of the audit.

    Parameters
    ----------
    audited
        The statements with their verdicts, in the order of the article.
    beside
        What stands beside them.
    pairs
        Pairs of statements and whether both can be true.
    estimates
        The numbers it rests on, by key.
    missing
        Why a number is missing, by key.
    sources
        The sources of the evidence.
    about_tolerance
        The tolerance used.
    """

    audited: tuple[AuditedStatement, ...]
    beside: pd.DataFrame
    pairs: tuple[JudgedPair, ...]
    estimates: Mapping[str, Estimate]
    missing: Mapping[str, InsufficientEvidence]
    sources: pd.DataFrame
    about_tolerance: float


def claims_audit(
    evidence: Evidence,
    *,
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
    period_end: str = "",
    about_tolerance: float = ABOUT_TOLERANCE,
) -> ClaimsAudit:
    """Return the audit of the seed article.

    Parameters
    ----------
    evidence
        The loaded evidence.
    exclude_originators
        Originators or parties left out of counterparts; what they said stays listed.
    inexact_rows
        How figures with a comparator enter a counterpart.
    period_end
        Evidence dated later is left out of counterparts, ISO; empty for no limit.
    about_tolerance
        Share within which 'about' agrees, and a bound's figure counts as the same figure.

    Raises
    ------
    ParameterError
        When a name to leave out is unknown or the tolerance is out of range.
    InsufficientEvidence
        When the evidence package does not hold the statements.
    """
    basis = basis_of(
        evidence, exclude_originators=exclude_originators, inexact_rows=inexact_rows, period_end=period_end
    )
    audited = audit(basis, about_tolerance=about_tolerance)
    estimates, missing = headline(basis)
    return ClaimsAudit(
        audited=audited,
        beside=beside(evidence, audited),
        pairs=judged_pairs(evidence, about_tolerance=about_tolerance),
        estimates=estimates,
        missing=missing,
        sources=evidence.sources,
        about_tolerance=about_tolerance,
    )
