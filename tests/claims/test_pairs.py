"""Two statements cannot both be true only if no value both allow satisfies the relation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.pairs import Relation, judge_pair
from analysis.claims.scope import Bridge, Scope, ScopePart
from analysis.claims.stated import StatedNumber
from analysis.claims.verdict import Statement, StatementKind, Verdict
from analysis.evidence.comparators import Comparator

SCOPE = Scope(
    quantity="correct share", unit="share", population="records", area="all", period="2021", originator="minister"
)
AT_MOST = Relation.FIRST_AT_MOST_SECOND


def said(name: str, value: float, comparator: str = "=", *, step: float = 1.0) -> Statement:
    number = StatedNumber(low=value, high=value, comparator=Comparator(comparator), step=step)
    return Statement(statement_id=name, kind=StatementKind.QUANTITY, scope=SCOPE, number=number)


@pytest.mark.parametrize(
    ("first", "second", "relation", "verdict"),
    [
        (said("a", 25), said("b", 20, "<"), Relation.SAME_VALUE, Verdict.CANNOT_BOTH_BE_TRUE),
        (said("a", 20), said("b", 20, "<"), Relation.SAME_VALUE, Verdict.AGREES_AS_A_BOUND),  # 19.5 rounds to 20
        (said("a", 20, ">="), said("b", 20, "<="), Relation.SAME_VALUE, Verdict.AGREES_AS_A_BOUND),  # exactly 20
        (said("a", 20, ">"), said("b", 20, "<="), Relation.SAME_VALUE, Verdict.CANNOT_BOTH_BE_TRUE),
        (said("a", 38), said("b", 30), Relation.SAME_VALUE, Verdict.CANNOT_BOTH_BE_TRUE),
        (said("a", 357), said("b", 358), Relation.SAME_VALUE, Verdict.CANNOT_BOTH_BE_TRUE),  # next to each other
        (said("a", 38), said("b", 38), Relation.SAME_VALUE, Verdict.AGREES),
        (said("a", 25), said("b", 25.4, step=0.1), Relation.SAME_VALUE, Verdict.AGREES),
        (said("a", 100, "~"), said("b", 115), Relation.SAME_VALUE, Verdict.CANNOT_BOTH_BE_TRUE),  # 110 against 114.5
        (said("a", 100, "~"), said("b", 110), Relation.SAME_VALUE, Verdict.AGREES),
        # A count that never falls: 3,445 in 2021 and 3,342 in 2022; 357 then 358; 358 then 358.
        (said("a", 3445), said("b", 3342), AT_MOST, Verdict.CANNOT_BOTH_BE_TRUE),
        (said("a", 357), said("b", 358), AT_MOST, Verdict.AGREES_AS_A_BOUND),
        (said("a", 358), said("b", 358), AT_MOST, Verdict.AGREES_AS_A_BOUND),
        (said("a", 3400, ">"), said("b", 3400), AT_MOST, Verdict.AGREES_AS_A_BOUND),  # 3,400.4 rounds to 3,400
        (said("a", 3401, ">"), said("b", 3400), AT_MOST, Verdict.CANNOT_BOTH_BE_TRUE),
    ],
)
def test_pairs(first: Statement, second: Statement, relation: Relation, verdict: Verdict) -> None:
    judged = judge_pair(first, second, relation=relation)
    assert judged.verdict is verdict
    assert (judged.cannot_be_true_with == "b") == (verdict is Verdict.CANNOT_BOTH_BE_TRUE)


def test_the_label_names_the_other_statement_and_the_gap_its_size() -> None:
    judged = judge_pair(said("a", 25), said("m-7", 20, "<"))
    assert judged.label == "cannot both be true with m-7"
    assert judged.gap == -5


def test_statements_of_other_scope_are_not_set_against_each_other() -> None:
    later = replace(said("b", 20, "<"), scope=replace(SCOPE, period="2025"))
    judged = judge_pair(said("a", 25), later)
    assert judged.verdict is Verdict.NOT_DERIVABLE
    assert judged.reason == "not compared: they differ in period"
    bridge = Bridge(crosses=(ScopePart.PERIOD,), assumption="no record was added in between")
    assert judge_pair(said("a", 25), later, bridge=bridge).verdict is Verdict.CANNOT_BOTH_BE_TRUE
    repeated = replace(later, number=said("b", 25).number)
    assert judge_pair(said("a", 25), repeated).verdict is Verdict.SAME_FIGURE


def test_pairs_without_figures_are_not_judged() -> None:
    legal = replace(said("b", 20), kind=StatementKind.LEGAL_OR_INTENT)
    assert judge_pair(said("a", 25), legal).verdict is Verdict.LEGAL_OR_INTENT
    act = replace(said("b", 20), kind=StatementKind.NOT_A_QUANTITY)
    assert judge_pair(act, said("a", 25)).verdict is Verdict.NOT_A_QUANTITY
    in_words = replace(said("b", 20), number=None)
    assert judge_pair(said("a", 25), in_words).verdict is Verdict.NOT_DERIVABLE


VALUES = st.integers(0, 1000)
WORDINGS = st.sampled_from(list(Comparator))


@given(a=VALUES, b=VALUES, first=WORDINGS, second=WORDINGS)
def test_same_value_does_not_depend_on_who_is_first(a: int, b: int, first: Comparator, second: Comparator) -> None:
    one, other = said("a", a, first), said("b", b, second)
    assert judge_pair(one, other).verdict is judge_pair(other, one).verdict


@given(a=VALUES, b=VALUES, first=WORDINGS, second=WORDINGS)
def test_what_can_be_equal_can_be_ordered_both_ways(a: int, b: int, first: Comparator, second: Comparator) -> None:
    one, other = said("a", a, first), said("b", b, second)
    equal = judge_pair(one, other).verdict is not Verdict.CANNOT_BOTH_BE_TRUE
    up = judge_pair(one, other, relation=AT_MOST).verdict is not Verdict.CANNOT_BOTH_BE_TRUE
    down = judge_pair(other, one, relation=AT_MOST).verdict is not Verdict.CANNOT_BOTH_BE_TRUE
    assert equal == (up and down)
