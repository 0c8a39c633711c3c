"""The audit of the seed article: every statement judged, with what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.claims.basis import Basis, row_of
from analysis.claims.reading import Reading, statement_from
from analysis.claims.search import Question, Search
from analysis.claims.seed_article import FINDERS, READINGS
from analysis.claims.verdict import ABOUT_TOLERANCE, Judgement, Statement, StatementKind, judge
from analysis.errors import InsufficientEvidence
from analysis.estimate import Claim

Finder = Callable[[Question], Search]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedStatement:
    """One statement with everything the audit found about it.

    Parameters
    ----------
    claim
        What was said, by whom, where.
    party
        Party of the page it was read on.
    reading
        How it was read.
    statement
        The statement as the rule sees it.
    search
        The counterparts found, or why there is none.
    judgement
        The verdict.
    """

    claim: Claim
    party: str
    reading: Reading
    statement: Statement
    search: Search
    judgement: Judgement


def audit(
    basis: Basis,
    *,
    readings: Iterable[Reading] = READINGS,
    finders: Mapping[str, Finder] = FINDERS,
    about_tolerance: float = ABOUT_TOLERANCE,
) -> tuple[AuditedStatement, ...]:
    """Return every statement judged by the one rule, in the order of the readings.

    Parameters
    ----------
    basis
        What counterparts may be computed from.
    readings
        The statements and how they are read.
    finders
        Where the counterpart of each quantity is looked for, by claim.
    about_tolerance
        Share within which 'about' agrees.

    Raises
    ------
    InsufficientEvidence
        When the evidence package does not hold one of the statements.
    """
    return tuple(_audited(basis, reading, finders, about_tolerance=about_tolerance) for reading in readings)


def _audited(
    basis: Basis, reading: Reading, finders: Mapping[str, Finder], *, about_tolerance: float
) -> AuditedStatement:
    row = row_of(basis.evidence, reading.claim_id)
    statement = statement_from(row, reading=reading)
    search = _searched(Question(basis=basis, statement=statement, row=row), finders)
    judgement = judge(
        statement,
        search.counterparts,
        no_counterpart=search.none_of_scope or "no counterpart is published",
        about_tolerance=about_tolerance,
    )
    return AuditedStatement(
        claim=claim_of(row),
        party=str(row["party"]),
        reading=reading,
        statement=statement,
        search=search,
        judgement=judgement,
    )


def _searched(question: Question, finders: Mapping[str, Finder]) -> Search:
    """Return the search; what the evidence does not allow is a reason, not an error."""
    statement = question.statement
    if statement.kind is not StatementKind.QUANTITY or statement.statement_id not in finders:
        return Search()
    try:
        return finders[statement.statement_id](question)
    except InsufficientEvidence as reason:
        return Search(none_of_scope=str(reason))


def claim_of(row: pd.Series) -> Claim:
    """Return a row of the claims table as a claim, in the words of the table."""
    value = row["value"]
    return Claim(
        claim_id=str(row["claim_id"]),
        attributed_to=str(row["attributed_to"]),
        statement=str(row["statement"]),
        quantity=str(row["quantity"]),
        value=None if pd.isna(value) else float(value),
        unit="" if pd.isna(row["unit"]) else str(row["unit"]),
        comparator="" if pd.isna(row["comparator"]) else str(row["comparator"]),
        as_of="" if pd.isna(row["as_of"]) else str(row["as_of"]),
        source_id=str(row["source_id"]),
    )
