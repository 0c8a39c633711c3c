"""The audit of statements beyond the seed article, as the notebook runs it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd

from analysis.casualties.printed import InexactRows
from analysis.claims.audit import AuditedStatement, audit
from analysis.claims.basis import basis_of
from analysis.claims.readings_by_quantity import READINGS_BY_QUANTITY, readings_of
from analysis.claims.repeats import SAME_QUANTITY
from analysis.claims.seed_article import SOURCE as SEED
from analysis.claims.verdict import ABOUT_TOLERANCE, Verdict
from analysis.claims.wording import quantity_words
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.maps.scope import party_words

SELECTION: Final = (
    "The selection of claims is not random: they are all rows of three evidence tables with the quantities read here, "
    "and most pages that were read are of one party. The counts of verdicts describe these pages and say nothing about "
    "how reliable a party is."
)
# So many statements with one reason are listed together.
_SHARED: Final = 5
_COMPARED: Final = (Verdict.AGREES, Verdict.AGREES_AS_A_BOUND, Verdict.DIFFERS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MoreClaims:
    """Results of the audit of further statements.

    Parameters
    ----------
    compared
        Statements with a counterpart of the same scope, or bridged to it.
    others
        The rest: no counterpart, no quantity, law or intent.
    claim_ids
        The rows of the claims table; the other statements are of the map assessments and contamination estimates.
    sources
        The sources of the evidence.
    """

    compared: tuple[AuditedStatement, ...]
    others: tuple[AuditedStatement, ...]
    claim_ids: frozenset[str]
    sources: pd.DataFrame

    @property
    def audited(self) -> tuple[AuditedStatement, ...]:
        """All statements."""
        return self.compared + self.others

    @property
    def compared_by_table(self) -> tuple[tuple[AuditedStatement, ...], tuple[AuditedStatement, ...]]:
        """Statements with a counterpart: those of the claims table, and those of the two other tables."""
        of_claims = tuple(one for one in self.compared if one.claim.claim_id in self.claim_ids)
        return of_claims, tuple(one for one in self.compared if one.claim.claim_id not in self.claim_ids)


def more_claims(
    evidence: Evidence,
    *,
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
    period_end: str = "",
    about_tolerance: float = ABOUT_TOLERANCE,
) -> MoreClaims:
    """Return the audit of every statement of the quantities read, by the rule of the seed article's.

    Parameters
    ----------
    evidence
        The loaded evidence.
    exclude_originators
        Originators or parties left out of counterparts; their statements stay listed.
    inexact_rows
        How figures with a comparator enter a counterpart that is reconciled from running totals.
    period_end
        Statements and evidence dated later are left out, ISO; empty for no limit.
    about_tolerance
        Share within which 'about' agrees.

    Raises
    ------
    InsufficientEvidence
        If the evidence package holds no statement of these quantities.
    ParameterError
        When a name to leave out is unknown or the tolerance is out of range.
    """
    basis = basis_of(
        evidence,
        exclude_originators=exclude_originators,
        inexact_rows=inexact_rows,
        period_end=period_end,
        about_tolerance=about_tolerance,
    )
    statements = readings_of(basis)
    if not statements:
        raise InsufficientEvidence("the evidence tables hold no statement of the quantities that are read")
    audited = audit(basis, statements, about_tolerance=about_tolerance)
    return MoreClaims(
        compared=tuple(one for one in audited if one.judgement.verdict in _COMPARED),
        others=tuple(one for one in audited if one.judgement.verdict not in _COMPARED),
        claim_ids=frozenset(evidence.table("claims")["claim_id"]),
        sources=evidence.sources,
    )


def unread_quantities(evidence: Evidence) -> str:
    """Return in a sentence how many claims are of quantities that are not audited, with the most frequent of these."""
    claims = evidence.table("claims")
    claims = claims[claims["source_id"] != SEED]
    unread = claims.loc[~claims["quantity"].isin(list(READINGS_BY_QUANTITY)), "quantity"]
    frequent = unread.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:8]
    return (
        f"{len(unread)} of {len(claims)} claims beyond the seed article, of {unread.nunique()} quantities, are not "
        f"audited here; most frequent among these: {', '.join(quantity_words(str(name)) for name in frequent)}."
    )


def shared_reasons(audited: Sequence[AuditedStatement]) -> pd.DataFrame:
    """Return the reasons that at least five statements without a comparable counterpart share, with their rows.

    Returns
    -------
    DataFrame
        Index `why`; verdict, statements (their number), who (each once), claims (rows of the evidence).
    """
    rows = [
        {
            "why": why,
            "verdict": ", ".join(sorted({one.judgement.label for one in alike})),
            "statements": len(alike),
            "who": "; ".join(sorted({who for one in alike for who in one.claim.attributed_to.split("; ")})),
            "claims": ", ".join(one.claim.claim_id for one in alike),
        }
        for why, alike in _by_reason(audited).items()
        if len(alike) >= _SHARED
    ]
    return pd.DataFrame(rows, columns=["why", "verdict", "statements", "who", "claims"]).set_index("why")


def others_table(audited: Sequence[AuditedStatement]) -> pd.DataFrame:
    """Return the statements without a comparable counterpart that have a reason of their own: who, what and why.

    A reason that :func:`shared_reasons` gives is not repeated for each of its statements.
    """
    rows = [
        {
            "claim": one.claim.claim_id,
            "who": one.claim.attributed_to,
            "statement": one.claim.statement,
            "verdict": one.judgement.label,
            "why": one.judgement.reason,
        }
        for alike in _by_reason(audited).values()
        if len(alike) < _SHARED
        for one in alike
    ]
    return pd.DataFrame(rows, columns=["claim", "who", "statement", "verdict", "why"]).set_index("claim")


def _by_reason(audited: Sequence[AuditedStatement]) -> dict[str, list[AuditedStatement]]:
    found: dict[str, list[AuditedStatement]] = {}
    for one in audited:
        found.setdefault(one.judgement.reason, []).append(one)
    return found


def would_change_by_quantity(audited: Sequence[AuditedStatement]) -> pd.DataFrame:
    """Return what evidence would change a verdict, with the quantities it bears on and their number of statements."""
    counts = pd.Series([one.claim.quantity for one in audited]).value_counts()
    found: dict[str, list[str]] = {}
    for name, read in READINGS_BY_QUANTITY.items():
        if name in counts.index:
            found.setdefault(read.would_change, []).append(name)
    rows = [
        {
            "evidence that would change it": evidence,
            "quantities": ", ".join(sorted({quantity_words(SAME_QUANTITY.get(name, name)) for name in names})),
            "statements": int(counts[names].sum()),
        }
        for evidence, names in found.items()
    ]
    return pd.DataFrame(rows).set_index("evidence that would change it")


def verdict_changes(evidence: Evidence, *, about_tolerance: float = ABOUT_TOLERANCE) -> pd.DataFrame:
    """Return how many verdicts other choices change: tolerance, inexact figures, and without each kind of source.

    The columns are the choices; the rows say how many statements get another verdict, and how many then have no
    comparable counterpart.
    """
    study = partial(more_claims, evidence, about_tolerance=about_tolerance)
    choices = {
        "half the tolerance": partial(study, about_tolerance=about_tolerance / 2),
        "twice the tolerance": partial(study, about_tolerance=min(2 * about_tolerance, 0.99)),
        "inexact figures as printed": partial(study, inexact_rows="as printed"),
        "inexact figures left out": partial(study, inexact_rows="leave out"),
        "without authorities of Azerbaijan": partial(study, exclude_originators=["azerbaijan_authorities"]),
        "without civil society of Azerbaijan": partial(study, exclude_originators=["azerbaijan_civil_society"]),
        "without originators not named": partial(study, exclude_originators=["unknown"]),
    }
    asked = {one.claim.claim_id: one.judgement.verdict for one in study().audited}
    rows = []
    for name, chosen in choices.items():
        other = {one.claim.claim_id: one.judgement.verdict for one in chosen().audited}
        changed = [claim for claim, verdict in asked.items() if other[claim] != verdict]
        lost = [claim for claim in changed if other[claim] not in _COMPARED]
        rows.append({"choice": name, "another verdict": len(changed), "no counterpart left": len(lost)})
    return pd.DataFrame(rows)


def party_names(counts: pd.DataFrame) -> dict[str, str]:
    """Return the parties of a table of counts in words."""
    return {str(party): party_words(str(party)) for party in counts.index}


def figure_caption(study: MoreClaims) -> str:
    """Return the caption of the figure of counts."""
    return (
        f"Verdicts on {len(study.audited)} published statements beside those of the seed article, by the party of the "
        f"page, each by the same rule; {len(study.compared)} have a published counterpart of the same scope or bridged "
        f"to it under a named assumption. {SELECTION} Not for navigation, clearance or any decision on safety."
    )


def figure_alt(counts: pd.DataFrame) -> str:
    """Return the description of the figure of counts."""
    lines = [
        f"{name}: {number}" for name, number in zip(party_names(counts).values(), counts["statements"], strict=True)
    ]
    return f"Bars of statements by party, split by verdict. {'; '.join(lines)} statements."
