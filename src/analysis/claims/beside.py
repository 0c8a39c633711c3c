"""What stands beside a statement: repetitions, replies of the other party, and pairs that can be held together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.claims.audit import AuditedStatement
from analysis.claims.basis import row_of
from analysis.claims.pairs import judge_pair
from analysis.claims.reading import number_from, scope_from
from analysis.claims.seed_pairs import BY_WORDING, PAIRS, Member, PairReading
from analysis.claims.verdict import ABOUT_TOLERANCE, Judgement, Statement, StatementKind
from analysis.claims.wording import stated_words
from analysis.errors import InsufficientEvidence
from analysis.estimate import Claim
from analysis.evidence import Evidence
from analysis.maps.definitions import meaning_of

BESIDE_COLUMNS = ["beside", "row", "who", "party", "as_of", "figure", "says", "source_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPair:
    """Two statements and whether both can be true.

    Parameters
    ----------
    reading
        The pair and the relation between its members.
    first, second
        The two statements as the rule sees them.
    who
        Who said each.
    sources
        The page of each.
    judgement
        The verdict on the pair.
    """

    reading: PairReading
    first: Statement
    second: Statement
    who: tuple[str, str]
    sources: tuple[str, str]
    judgement: Judgement


def beside(evidence: Evidence, audited: Iterable[AuditedStatement]) -> pd.DataFrame:
    """Return the rows shown beside each statement, in the order of the readings.

    Returns
    -------
    DataFrame
        beside (claim), row, who, party, as_of, figure (as worded; only where it is of the statement's own quantity),
        says, source_id. Rows that this evidence package does not hold are left out.
    """
    lines = [
        line
        for each in audited
        for row_id in each.reading.beside
        if (line := _line(evidence, each.claim, row_id, quantity=each.statement.scope.quantity)) is not None
    ]
    return pd.DataFrame(lines, columns=BESIDE_COLUMNS)


def judged_pairs(
    evidence: Evidence, *, pairs: Iterable[PairReading] = PAIRS, about_tolerance: float = ABOUT_TOLERANCE
) -> tuple[JudgedPair, ...]:
    """Return the verdict on each pair whose rows this evidence package holds, in the order given."""
    judged = []
    for pair in pairs:
        try:
            rows = (row_of(evidence, pair.first.row_id), row_of(evidence, pair.second.row_id))
        except InsufficientEvidence:
            continue
        first, second = (_member(row, member) for row, member in zip(rows, (pair.first, pair.second), strict=True))
        judgement = judge_pair(
            first, second, relation=pair.relation, bridge=pair.bridge, about_tolerance=about_tolerance
        )
        judged.append(
            JudgedPair(
                reading=pair,
                first=first,
                second=second,
                who=(who_said(evidence, rows[0]), who_said(evidence, rows[1])),
                sources=(str(rows[0]["source_id"]), str(rows[1]["source_id"])),
                judgement=judgement,
            )
        )
    return tuple(judged)


def who_said(evidence: Evidence, row: pd.Series) -> str:
    """Return whom the row is attributed to, or the name of who counted where it does not say."""
    named = row.get("attributed_to")
    if named is not None and not pd.isna(named):
        return str(named)
    originators = evidence.table("originators").set_index("originator_id")["name"]
    return str(originators[row["originator"]])


def _member(row: pd.Series, member: Member) -> Statement:
    population = _share_of(row) if member.population == BY_WORDING else member.population
    return Statement(
        statement_id=member.row_id,
        kind=StatementKind.QUANTITY,
        scope=scope_from(row, population=population, column=member.column),
        number=number_from(row, column=member.column),
    )


def _share_of(row: pd.Series) -> str:
    """Return what a share of the records is a share of, by the wording of its row."""
    return meaning_of(str(row["statement"] if row["table"] == "claims" else row["definition"]))


def _line(evidence: Evidence, claim: Claim, row_id: str, *, quantity: str) -> dict[str, object] | None:
    sources = evidence.sources
    if row_id in sources.index:
        page = sources.loc[row_id]
        return {
            "beside": claim.claim_id,
            "row": row_id,
            "who": page["figures_from"],
            "party": page["party"],
            "as_of": page["published_on"],
            "figure": "",
            "says": page["title"],
            "source_id": row_id,
        }
    try:
        row = row_of(evidence, row_id)
    except InsufficientEvidence:
        return None
    scope = scope_from(row, population="not stated")
    return {
        "beside": claim.claim_id,
        "row": row_id,
        "who": who_said(evidence, row),
        "party": row["party"],
        "as_of": row["as_of"],
        "figure": stated_words(number_from(row), scope.unit) if scope.quantity == quantity else "",
        "says": row["statement"] if row["table"] == "claims" else row["definition"],
        "source_id": row["source_id"],
    }
