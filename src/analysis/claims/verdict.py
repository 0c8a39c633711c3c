"""The rule of the audit: from a statement and its counterparts to a verdict of a closed list.

Verdicts are computed, never typed; the rule sees wording, figures and scope, and not who speaks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analysis.claims.scope import Bridge, Scope, ScopePart, unbridged_parts
from analysis.claims.stated import Range, StatedNumber

ABOUT_TOLERANCE: Final = 0.10
"""'About' agrees within this share unless the caller says otherwise."""


class Verdict(StrEnum):
    """The closed list; there are no other verdicts."""

    AGREES = "agrees"
    AGREES_AS_A_BOUND = "agrees as a bound"
    DIFFERS = "differs"
    CANNOT_BOTH_BE_TRUE = "cannot both be true with"
    SAME_FIGURE = "same figure, other unit or scope"
    NOT_DERIVABLE = "not derivable from published data"
    LEGAL_OR_INTENT = "legal or intent statement, outside these data"
    NOT_A_QUANTITY = "not a quantity"


class StatementKind(StrEnum):
    """What sort of thing a statement says; decided by reading it, with the definitions below.

    A quantity has a number, or a word that stands for a share or a count ('most', 'a small fraction'). A legal or
    intent statement is about law, blame, purpose or motive: why somebody acted. Everything else, such as who did or
    said something or what status a body has, is not a quantity.
    """

    QUANTITY = "quantity"
    LEGAL_OR_INTENT = "legal or intent"
    NOT_A_QUANTITY = "not a quantity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is judged: a statement's kind, its figure and what the figure is about.

    Parameters
    ----------
    statement_id
        Row of the evidence it stands in.
    kind
        What sort of statement it is.
    scope
        What it is about.
    number
        Its figure; None where a quantity is worded without one, and for the other kinds.
    """

    statement_id: str
    kind: StatementKind
    scope: Scope
    number: StatedNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """What the evidence gives for a statement's quantity, or for one near it.

    Parameters
    ----------
    label
        What it is, in a few words.
    readings
        Ranges that are each possible: one reconciled range, or several where sources exclude what lies between.
    scope
        What it is about.
    sources
        Every `source_id` behind it; never empty.
    originators
        Who counted, sorted.
    bridge
        Assumption under which it may be compared although its scope differs.
    note
        How it was computed, in a sentence.
    limits
        Whether the readings are no counts of the quantity itself but limits that others leave for it, such as counts
        at an earlier and a later date: what meets them agrees as a bound.
    """

    label: str
    readings: tuple[Range, ...]
    scope: Scope
    sources: tuple[str, ...]
    originators: tuple[str, ...] = ()
    bridge: Bridge | None = None
    note: str = ""
    limits: bool = False

    def __post_init__(self) -> None:
        if not self.readings or not self.sources:
            raise ValueError(f"counterpart {self.label}: at least one reading and one source are needed")

    @property
    def hull(self) -> Range:
        """From the lowest to the highest number of any reading."""
        return Range(low=min(part.low for part in self.readings), high=max(part.high for part in self.readings))

    def meets(self, allowed: Range) -> bool:
        """Return whether a number of some reading is allowed."""
        return any(reading.meets(allowed) for reading in self.readings)

    def repeats(self, figure: Range) -> bool:
        """Return whether some reading is the same figure: all its finite ends lie in `figure`, and it has one.

        A wide range, or a bound that starts elsewhere, meets many figures without being any of them.
        """
        return any(_lies_in(reading, figure) for reading in self.readings)

    def gap_from(self, number: StatedNumber) -> float:
        """Return how far the nearest reading lies above the printed figure; negative below, 0 where it is met."""
        gaps = [
            0.0
            if reading.low <= number.high and number.low <= reading.high
            else reading.gap_from(number.high if reading.low > number.high else number.low)
            for reading in self.readings
        ]
        return min(gaps, key=abs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on a statement, and what decided it.

    Parameters
    ----------
    verdict
        Of the closed list.
    reason
        Why, in a sentence.
    decided_by
        The counterpart that decided it; None where none did.
    gap
        How far the nearest counterpart lies above the printed figure (negative: below), in the statement's unit; 0
        where they agree, None where nothing was compared.
    cannot_be_true_with
        The other statement, for that verdict only.
    disagreeing
        Labels of comparable counterparts that do not agree although another does.
    other_scope_in
        For 'same figure, other unit or scope': the parts of the scope that differ.
    """

    verdict: Verdict
    reason: str
    decided_by: Counterpart | None = None
    gap: float | None = None
    cannot_be_true_with: str | None = None
    disagreeing: tuple[str, ...] = ()
    other_scope_in: tuple[ScopePart, ...] = ()

    @property
    def label(self) -> str:
        """The verdict in the words of the closed list, with the other statement where there is one."""
        if self.cannot_be_true_with is None:
            return str(self.verdict)
        return f"{self.verdict} {self.cannot_be_true_with}"


def judge(
    statement: Statement,
    counterparts: Sequence[Counterpart] = (),
    *,
    no_counterpart: str = "no counterpart is published",
    about_tolerance: float = ABOUT_TOLERANCE,
) -> Judgement:
    """Return the verdict on a statement.

    Parameters
    ----------
    statement
        What is judged.
    counterparts
        What the evidence gives, of any scope. Those of the same scope, or bridged to it, decide; the rest can only
        show that a figure is the same although its unit or scope is another.
    no_counterpart
        Why there is no counterpart, or none of the same scope.
    about_tolerance
        Share within which 'about' agrees, and within which a bound's figure counts as the same figure.

    Notes
    -----
    An exact figure agrees if it lies in the reconciled range or the range reaches its rounding; a bound agrees if the
    range meets it; else it differs. An exact figure that meets a one-sided range, or mere limits, agrees as a bound.
    """
    if statement.kind is StatementKind.LEGAL_OR_INTENT:
        return Judgement(
            verdict=Verdict.LEGAL_OR_INTENT, reason="about law, blame, purpose or motive: why, not how many"
        )
    if statement.kind is StatementKind.NOT_A_QUANTITY:
        return Judgement(verdict=Verdict.NOT_A_QUANTITY, reason="says who did, said or is something, not how much")
    if statement.number is None:
        return Judgement(verdict=Verdict.NOT_DERIVABLE, reason=no_counterpart)
    comparable = [one for one in counterparts if not unbridged_parts(statement.scope, one.scope, one.bridge)]
    if comparable:
        return _compared(statement.number, comparable, about_tolerance=about_tolerance)
    return _not_comparable(
        statement, statement.number, counterparts, no_counterpart=no_counterpart, about_tolerance=about_tolerance
    )


def _compared(number: StatedNumber, counterparts: Sequence[Counterpart], *, about_tolerance: float) -> Judgement:
    """Return the verdict where something may be compared: the first that agrees decides, else the nearest."""
    allowed = number.allowed(about_tolerance=about_tolerance)
    agreeing = [one for one in counterparts if one.meets(allowed)]
    if not agreeing:
        nearest = min(counterparts, key=lambda one: abs(one.gap_from(number)))
        return Judgement(
            verdict=Verdict.DIFFERS,
            reason=nearest.note or nearest.label,
            decided_by=nearest,
            gap=nearest.gap_from(number),
        )
    first = agreeing[0]
    one_sided = all(reading.one_sided for reading in first.readings if reading.meets(allowed))
    as_bound = number.is_bound or first.limits or one_sided
    return Judgement(
        verdict=Verdict.AGREES_AS_A_BOUND if as_bound else Verdict.AGREES,
        reason=first.note or first.label,
        decided_by=first,
        gap=0.0,
        disagreeing=tuple(one.label for one in counterparts if one not in agreeing),
    )


def _not_comparable(
    statement: Statement,
    number: StatedNumber,
    counterparts: Sequence[Counterpart],
    *,
    no_counterpart: str,
    about_tolerance: float,
) -> Judgement:
    """Return the verdict where nothing may be compared: the same figure of another scope, or not derivable."""
    figure = number.printed_figure(about_tolerance=about_tolerance)
    same = [one for one in counterparts if one.repeats(figure)]
    # A word such as 'most' prints no figure that another could repeat.
    if number.in_words or not same:
        return Judgement(verdict=Verdict.NOT_DERIVABLE, reason=no_counterpart)

    def apart(one: Counterpart) -> tuple[ScopePart, ...]:
        """Return the parts of the scope in which a figure differs and that no bridge joins."""
        return unbridged_parts(statement.scope, one.scope, one.bridge)

    nearest = min(same, key=lambda one: (abs(one.gap_from(number)), len(apart(one))))
    parts = apart(nearest)
    return Judgement(
        verdict=Verdict.SAME_FIGURE,
        reason=f"{nearest.label}: differs in {_listed(parts)}",
        decided_by=nearest,
        gap=nearest.gap_from(number),
        other_scope_in=parts,
    )


def _lies_in(reading: Range, figure: Range) -> bool:
    ends = [end for end in (reading.low, reading.high) if math.isfinite(end)]
    return bool(ends) and all(Range(low=end, high=end).meets(figure) for end in ends)


def _listed(parts: Sequence[ScopePart]) -> str:
    words = [str(part) for part in parts]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
