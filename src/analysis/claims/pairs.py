"""The same rule for two statements: whether both can be true at once."""

from __future__ import annotations

from enum import StrEnum

from analysis.claims.scope import Bridge, unbridged_parts
from analysis.claims.stated import Range, StatedNumber
from analysis.claims.verdict import ABOUT_TOLERANCE, Judgement, Statement, StatementKind, Verdict


class Relation(StrEnum):
    """What must hold between the true values behind two statements."""

    SAME_VALUE = "the same value"
    FIRST_AT_MOST_SECOND = "the first is at most the second"


def judge_pair(
    first: Statement,
    second: Statement,
    *,
    relation: Relation = Relation.SAME_VALUE,
    bridge: Bridge | None = None,
    about_tolerance: float = ABOUT_TOLERANCE,
) -> Judgement:
    """Return whether two statements can both be true.

    Parameters
    ----------
    first, second
        The statements.
    relation
        What must hold between their true values; a part is at most the whole, and a count that never falls is at most
        its later value.
    bridge
        Assumption under which they may be compared although their scopes differ.
    about_tolerance
        Share within which 'about' agrees.

    Returns
    -------
    Judgement
        'cannot both be true with' the second only if no value the first allows and no value the second allows satisfy
        the relation; its gap is then how far the second figure lies above the first (negative: below).
    """
    for kind, verdict in (
        (StatementKind.LEGAL_OR_INTENT, Verdict.LEGAL_OR_INTENT),
        (StatementKind.NOT_A_QUANTITY, Verdict.NOT_A_QUANTITY),
    ):
        if kind in (first.kind, second.kind):
            return Judgement(verdict=verdict, reason="one of the two is no quantity")
    if first.number is None or second.number is None:
        return Judgement(verdict=Verdict.NOT_DERIVABLE, reason="one of the two prints no figure")
    parts = unbridged_parts(first.scope, second.scope, bridge)
    if parts:
        return _of_other_scope(first.number, second.number, about_tolerance, ", ".join(parts))
    one, other = (number.allowed(about_tolerance=about_tolerance) for number in (first.number, second.number))
    if not _satisfiable(one, other, relation):
        return Judgement(
            verdict=Verdict.CANNOT_BOTH_BE_TRUE,
            reason=f"no values of both are {relation}",
            gap=_gap(first.number, second.number),
            cannot_be_true_with=second.statement_id,
        )
    only_bounds = first.number.is_bound or second.number.is_bound or relation is Relation.FIRST_AT_MOST_SECOND
    return Judgement(
        verdict=Verdict.AGREES_AS_A_BOUND if only_bounds else Verdict.AGREES,
        reason=f"values of both are {relation}",
        gap=0.0,
    )


def _satisfiable(first: Range, second: Range, relation: Relation) -> bool:
    return first.meets(second) if relation is Relation.SAME_VALUE else first.can_be_at_most(second)


def _gap(first: StatedNumber, second: StatedNumber) -> float:
    """Return how far the second printed figure lies above the first; 0 where printed ranges overlap."""
    if second.low > first.high:
        return second.low - first.high
    return min(second.high - first.low, 0.0)


def _of_other_scope(first: StatedNumber, second: StatedNumber, about_tolerance: float, parts: str) -> Judgement:
    figures = [number.printed_figure(about_tolerance=about_tolerance) for number in (first, second)]
    same = figures[0].meets(figures[1])
    return Judgement(
        verdict=Verdict.SAME_FIGURE if same else Verdict.NOT_DERIVABLE,
        reason=f"not compared: they differ in {parts}",
        gap=_gap(first, second) if same else None,
    )
