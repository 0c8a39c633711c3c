"""The rule on constructed statements of every kind, at its boundaries. Expected verdicts follow METHODS by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from analysis.claims.scope import Bridge, Scope, ScopePart
from analysis.claims.stated import Range, StatedNumber
from analysis.claims.verdict import Counterpart, Judgement, Statement, StatementKind, Verdict, judge
from analysis.evidence.comparators import Comparator

SCOPE = Scope(
    quantity="casualties", unit="persons", population="all", area="azerbaijan", period="to 2025", originator="anama"
)


def statement(value: float | None, comparator: str = "=", *, step: float = 1.0) -> Statement:
    number = None
    if value is not None:
        number = StatedNumber(low=value, high=value, comparator=Comparator(comparator), step=step)
    return Statement(statement_id="c-1", kind=StatementKind.QUANTITY, scope=SCOPE, number=number)


def counterpart(*ends: float, scope: Scope = SCOPE, bridge: Bridge | None = None, label: str = "count") -> Counterpart:
    """One reading from a low and a high end."""
    low, high = (ends[0], ends[-1])
    return Counterpart(label=label, readings=(Range(low=low, high=high),), scope=scope, sources=("s-1",), bridge=bridge)


def outcome(judged: Judgement) -> tuple[Verdict, float | None]:
    return judged.verdict, judged.gap


@pytest.mark.parametrize(
    ("made", "ends", "verdict", "gap"),
    [
        (statement(359), (359, 362), Verdict.AGREES, 0),  # exact, inside the range (at its end)
        (statement(358), (359, 362), Verdict.DIFFERS, 1),  # exact, next to the range
        (statement(365), (359, 362), Verdict.DIFFERS, -3),  # 362 lies 3 below 365
        (statement(25), (25.4,), Verdict.AGREES, 0),  # 25.4 rounds to 25
        (statement(25), (24.5,), Verdict.AGREES, 0),  # halves are rounded up: 24.5 to 25 ...
        (statement(25), (25.5,), Verdict.DIFFERS, 0.5),  # ... and 25.5 to 26
        (statement(25), (25.6,), Verdict.DIFFERS, 0.6),
        (statement(25.4, step=0.1), (25,), Verdict.DIFFERS, -0.4),  # 25 is printed 25.0 with that digit
        (statement(3400, ">"), (3467, 3476), Verdict.AGREES_AS_A_BOUND, 0),
        (statement(3400, ">"), (3390, 3410), Verdict.AGREES_AS_A_BOUND, 0),  # the range meets the bound
        (statement(3400, ">"), (3390, 3400), Verdict.DIFFERS, 0),  # 3,400 is not more than 3,400
        (statement(3400, ">="), (3390, 3400), Verdict.AGREES_AS_A_BOUND, 0),
        (statement(20, "<"), (25,), Verdict.DIFFERS, 5),
        (statement(20, "<"), (19,), Verdict.AGREES_AS_A_BOUND, 0),
        (statement(100, "~"), (110,), Verdict.AGREES, 0),  # exactly 10 per cent
        (statement(100, "~"), (111,), Verdict.DIFFERS, 11),
        (statement(3400), (3300, math.inf), Verdict.AGREES_AS_A_BOUND, 0),  # exact against a one-sided counterpart
    ],
)
def test_figures_of_the_same_scope(made: Statement, ends: tuple[float, ...], verdict: Verdict, gap: float) -> None:
    judged = judge(made, [counterpart(*ends)])
    assert judged.verdict is verdict
    assert judged.gap == pytest.approx(gap)
    assert judged.decided_by is not None


def test_limits_that_other_counts_leave_give_agreement_with_a_bound_and_a_two_sided_difference() -> None:
    # At least 77 before and at most 179 after: 156 is not excluded, 180 is one too many, 70 is seven too few.
    limits = replace(counterpart(77, 179), limits=True)
    assert outcome(judge(statement(156), [limits])) == (Verdict.AGREES_AS_A_BOUND, 0)
    assert outcome(judge(statement(180), [limits])) == (Verdict.DIFFERS, -1)
    assert outcome(judge(statement(70), [limits])) == (Verdict.DIFFERS, 7)
    assert outcome(judge(statement(156), [counterpart(77, 179)])) == (Verdict.AGREES, 0)


def test_the_tolerance_of_about_is_a_parameter() -> None:
    assert judge(statement(100, "~"), [counterpart(111)], about_tolerance=0.12).verdict is Verdict.AGREES
    assert judge(statement(100, "~"), [counterpart(101)], about_tolerance=0.0).verdict is Verdict.DIFFERS


def test_rival_readings_are_not_filled_in_between() -> None:
    rivals = replace(counterpart(30, 30), readings=(Range(low=30, high=30), Range(low=38, high=38)))
    assert outcome(judge(statement(38), [rivals])) == (Verdict.AGREES, 0)
    assert outcome(judge(statement(30), [rivals])) == (Verdict.AGREES, 0)
    # 34 is nobody's figure: 30 is 4 below, 38 is 4 above.
    judged = judge(statement(34), [rivals])
    assert judged.verdict is Verdict.DIFFERS
    assert judged.gap is not None
    assert abs(judged.gap) == 4
    assert (rivals.hull.low, rivals.hull.high) == (30, 38)


def test_a_rival_counterpart_that_disagrees_is_kept_beside_the_verdict() -> None:
    judged = judge(statement(38), [counterpart(30, label="one text"), counterpart(38, label="all others")])
    assert judged.verdict is Verdict.AGREES
    assert judged.decided_by is not None
    assert judged.decided_by.label == "all others"
    assert judged.disagreeing == ("one text",)


OTHER = replace(SCOPE, area="lachin", unit="accidents")


def test_same_figure_of_another_scope_is_not_agreement() -> None:
    judged = judge(statement(2700, ">"), [counterpart(2728, scope=OTHER, label="2,728 found")])
    assert outcome(judged) == (Verdict.SAME_FIGURE, 28)
    assert judged.other_scope_in == (ScopePart.UNIT, ScopePart.AREA)
    assert judged.reason == "2,728 found: differs in unit and area"


def test_another_figure_of_another_scope_says_nothing() -> None:
    judged = judge(statement(55, ">"), [counterpart(72, scope=OTHER)], no_counterpart="no count outside the records")
    assert outcome(judged) == (Verdict.NOT_DERIVABLE, None)
    assert judged.reason == "no count outside the records"


def test_a_bound_or_a_wide_range_that_meets_a_figure_is_not_the_same_figure() -> None:
    # [1,400, inf) and [0, 10,000] both contain 2,700 without being 2,700.
    for ends in ((1400, math.inf), (0, 10_000), (-math.inf, math.inf)):
        assert judge(statement(2700, ">"), [counterpart(*ends, scope=OTHER)]).verdict is Verdict.NOT_DERIVABLE
    assert judge(statement(2700, ">"), [counterpart(2700, math.inf, scope=OTHER)]).verdict is Verdict.SAME_FIGURE


def test_an_exact_figure_is_the_same_only_to_its_rounding() -> None:
    assert judge(statement(55), [counterpart(55.3, scope=OTHER)]).verdict is Verdict.SAME_FIGURE
    assert judge(statement(55), [counterpart(56, scope=OTHER)]).verdict is Verdict.NOT_DERIVABLE
    assert judge(statement(55, ">"), [counterpart(56, scope=OTHER)]).verdict is Verdict.SAME_FIGURE


def test_a_named_bridge_makes_figures_comparable() -> None:
    bridge = Bridge(crosses=(ScopePart.UNIT, ScopePart.AREA), assumption="one casualty an accident, all in Lachin")
    judged = judge(statement(2700, ">"), [counterpart(2728, scope=OTHER, bridge=bridge)])
    assert judged.verdict is Verdict.AGREES_AS_A_BOUND
    half = Bridge(crosses=(ScopePart.UNIT,), assumption="one casualty an accident")
    assert judge(statement(2700, ">"), [counterpart(2728, scope=OTHER, bridge=half)]).verdict is Verdict.SAME_FIGURE


def test_a_comparable_counterpart_decides_over_one_that_only_repeats_the_figure() -> None:
    judged = judge(statement(2700, ">"), [counterpart(2728, scope=OTHER), counterpart(1119)])
    assert outcome(judged) == (Verdict.DIFFERS, -1581)


def test_a_share_without_n_or_a_quantity_in_words_is_not_derivable() -> None:
    why = "no numerator, denominator or method is published"
    assert judge(statement(0.25, step=0.01), [], no_counterpart=why).reason == why
    in_words = judge(statement(None), [counterpart(0.4)], no_counterpart="no area share is published")
    assert (in_words.verdict, in_words.reason) == (Verdict.NOT_DERIVABLE, "no area share is published")


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (StatementKind.LEGAL_OR_INTENT, Verdict.LEGAL_OR_INTENT),
        (StatementKind.NOT_A_QUANTITY, Verdict.NOT_A_QUANTITY),
    ],
)
def test_statements_that_are_no_quantity_are_not_compared(kind: StatementKind, verdict: Verdict) -> None:
    judged = judge(replace(statement(38), kind=kind), [counterpart(38)])
    assert outcome(judged) == (verdict, None)


def test_the_verdict_does_not_depend_on_the_order_of_counterparts() -> None:
    parts = [counterpart(30), counterpart(38), counterpart(38, scope=OTHER), counterpart(500)]
    verdicts = {judge(statement(38), order).verdict for order in (parts, parts[::-1], parts[2:] + parts[:2])}
    assert verdicts == {Verdict.AGREES}


def test_the_list_of_verdicts_is_closed_and_worded_as_published() -> None:
    assert [str(verdict) for verdict in Verdict] == [
        "agrees",
        "agrees as a bound",
        "differs",
        "cannot both be true with",
        "same figure, other unit or scope",
        "not derivable from published data",
        "legal or intent statement, outside these data",
        "not a quantity",
    ]


def test_a_counterpart_names_readings_and_sources() -> None:
    with pytest.raises(ValueError, match="at least one reading and one source"):
        replace(counterpart(1), sources=())
