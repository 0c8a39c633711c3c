"""The audit: every statement judged, with what was found about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadStatement:
    """A statement that is to be judged, and how it is read.

    Parameters
    ----------
    reading
        What was decided by reading it.
    row
        The statement as a row of the claims table.
    finder
        Where its counterpart is looked for; None where nothing published allows one.
    """

    reading: Reading
    row: pd.Series
    finder: Finder | None = None


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
    basis: Basis, statements: Iterable[ReadStatement] | None = None, *, about_tolerance: float = ABOUT_TOLERANCE
) -> tuple[AuditedStatement, ...]:
    """Return every statement judged by the one rule, in the order given.

    Parameters
    ----------
    basis
        What counterparts may be computed from.
    statements
        The statements and how they are read; None for those of the seed article.
    about_tolerance
        Share within which 'about' agrees.

    Raises
    ------
    InsufficientEvidence
        When the evidence package does not hold one of the statements of the seed article.
    """
    asked = seed_statements(basis) if statements is None else statements
    return tuple(_audited(basis, one, about_tolerance=about_tolerance) for one in asked)


def seed_statements(basis: Basis) -> tuple[ReadStatement, ...]:
    """Return the statements of the seed article, in its order.

    Raises
    ------
    InsufficientEvidence
        When the evidence package does not hold one of them.
    """
    return tuple(
        ReadStatement(reading=one, row=row_of(basis.evidence, one.claim_id), finder=FINDERS.get(one.claim_id))
        for one in READINGS
    )


def _audited(basis: Basis, one: ReadStatement, *, about_tolerance: float) -> AuditedStatement:
    statement = statement_from(one.row, reading=one.reading)
    search = _searched(Question(basis=basis, statement=statement, row=one.row), one.finder)
    judgement = judge(
        statement,
        search.counterparts,
        no_counterpart=search.none_of_scope or "no counterpart is published",
        about_tolerance=about_tolerance,
    )
    return AuditedStatement(
        claim=claim_of(one.row),
        party=str(one.row["party"]),
        reading=one.reading,
        statement=statement,
        search=search,
        judgement=judgement,
    )


def _searched(question: Question, finder: Finder | None) -> Search:
    """Return the search; what the evidence does not allow is a reason, not an error."""
    if question.statement.kind is not StatementKind.QUANTITY or finder is None:
        return Search()
    try:
        return finder(question)
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
