"""The one result type: a number with its unit, interval, method, sources and assumptions.

An :class:`Estimate` is ours and says how it was made. A :class:`Claim` is what somebody said and says who.
The two are different types and are never mixed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of days; both the first and the last day belong to it."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end before it starts: {self.start} to {self.end}")

    @property
    def days(self) -> int:
        """Length in days, both ends counted."""
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        return f"{self.start.isoformat()} to {self.end.isoformat()}"


class IntervalKind(StrEnum):
    """What the two ends of an interval mean; kinds are never merged into one bar."""

    CONFIDENCE = "confidence"
    CREDIBLE = "credible"
    PREDICTION = "prediction"
    REPORTED = "reported range"
    BOUND = "bound"
    SCENARIO = "scenario"


_KINDS_WITH_LEVEL = frozenset({IntervalKind.CONFIDENCE, IntervalKind.CREDIBLE, IntervalKind.PREDICTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Two ends and what they mean.

    Parameters
    ----------
    low, high
        The ends, in the unit of the estimate; either may be infinite, neither may be NaN.
    kind
        What the ends mean.
    level
        Between 0 and 1 for confidence, credible and prediction intervals; None for the other kinds.
    """

    low: float
    high: float
    kind: IntervalKind
    level: float | None = None

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"an interval needs low <= high and no NaN, got {self.low} to {self.high}")
        needs_level = self.kind in _KINDS_WITH_LEVEL
        if needs_level and (self.level is None or not 0 < self.level < 1):
            raise ValueError(f"a {self.kind} interval needs a level between 0 and 1, got {self.level}")
        if not needs_level and self.level is not None:
            raise ValueError(f"a {self.kind} interval takes no level, got {self.level}")

    @property
    def label(self) -> str:
        """The kind in words, with its level where it has one: '95 % confidence interval', 'bound'."""
        if self.level is None:
            return str(self.kind)
        return f"{100 * self.level:g} % {self.kind} interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number this project computed, with everything a reader needs to judge it.

    Parameters
    ----------
    quantity
        What is estimated, in words: 'casualties per 30 days'.
    value
        Finite number in `unit`.
    unit
        Unit in words: 'casualties per 30 days', 'ha', 'share'.
    interval
        None only for a plain reported count.
    method
        Name of the method, with its publication where there is one.
    n, n_unit
        How many observations the number rests on, and what is counted: 156, 'accidents'.
    period, geography
        When and where.
    sources
        Every `source_id` the number rests on; never empty.
    assumptions
        What has to hold for the number to mean what it says.
    """

    quantity: str
    value: float
    unit: str
    interval: Interval | None
    method: str
    n: int
    n_unit: str
    period: Period
    geography: str
    sources: tuple[str, ...]
    assumptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(
                f"{self.quantity}: an estimate is finite, got {self.value}; raise InsufficientEvidence instead"
            )
        if self.interval is not None and not self.interval.low <= self.value <= self.interval.high:
            raise ValueError(
                f"{self.quantity}: {self.value} lies outside its interval {self.interval.low} to {self.interval.high}"
            )
        for name in ("quantity", "unit", "method", "n_unit", "geography"):
            if not getattr(self, name).strip():
                raise ValueError(f"{self.quantity or 'estimate'}: {name} must not be empty")
        if self.n < 0:
            raise ValueError(f"{self.quantity}: n counts {self.n_unit} and cannot be negative, got {self.n}")
        if not self.sources:
            raise ValueError(f"{self.quantity}: an estimate names at least one source")
        if self.sources != sorted_union(self.sources):
            raise ValueError(f"{self.quantity}: sources are sorted and without repeats; use sorted_union")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody said, kept apart from what this project computed.

    Parameters
    ----------
    claim_id
        Row of the evidence the claim stands in.
    attributed_to
        Who said it; never empty.
    statement
        The statement in the words of the evidence table.
    quantity, value, unit
        The number in it; None where the statement has no number.
    comparator
        How the source states the number: =, >, >=, ~, < or <=; empty without a number.
    as_of
        Date as printed, with its own precision.
    source_id
        Page the statement was read on.
    """

    claim_id: str
    attributed_to: str
    statement: str
    quantity: str
    value: float | None
    unit: str
    comparator: str
    as_of: str
    source_id: str

    def __post_init__(self) -> None:
        if not self.attributed_to.strip():
            raise ValueError(f"{self.claim_id}: a claim names who made it")
        if not self.source_id.strip():
            raise ValueError(f"{self.claim_id}: a claim names the page it was read on")


def sorted_union(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct members of all groups, sorted, so that order never depends on hashing."""
    return tuple(sorted({member for group in groups for member in group}))
