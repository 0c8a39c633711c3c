"""What statements about periods allow for any other period, when the quantity that is summed is never negative.

Weeks, months, years and running totals are all sums over days. With S the sum up to a point in time, a statement about
a period bounds S(end) - S(start), and every other period's sum is bounded by chains of such statements. These are
difference constraints: the tightest bounds are shortest paths, and a contradiction is a negative cycle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSum:
    """A statement: the sum over the days from `start` up to, not including, `end` lies between `low` and `high`."""

    start: int
    end: int
    low: float
    high: float

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a period ends after it starts, got day {self.start} to day {self.end}")
        if not self.low <= self.high:
            raise ValueError(f"a range with low <= high is needed, got {self.low} to {self.high}")
        if self.high < 0:
            raise ValueError(f"a sum of quantities that are never negative cannot be {self.high}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SumRanges:
    """Tightest range of the sum over any period between two of the points.

    Parameters
    ----------
    points
        Day numbers, ascending.
    most
        ``most[i, j]``: largest possible S(points[j]) - S(points[i]); infinite where nothing bounds it.
    gaps
        For each statement, in the order given: 0 if it was used; else how far the range already known lies above it
        (positive) or below it (negative).
    """

    points: tuple[int, ...]
    most: NDArray[np.float64]
    gaps: tuple[float, ...]

    def between(self, start: int, end: int) -> tuple[float, float]:
        """Return the lowest and highest sum over the days from `start` up to, not including, `end`."""
        first, last = self._index(start), self._index(end)
        # Adding 0 turns -0.0 into 0.0.
        return -float(self.most[last, first]) + 0.0, float(self.most[first, last])

    def _index(self, point: int) -> int:
        try:
            return self.points.index(point)
        except ValueError:
            raise ValueError(f"day {point} is not one of the points; name it in `points`") from None


def sum_ranges(statements: Iterable[PeriodSum], *, points: Iterable[int] = (), slack: float = 1e-6) -> SumRanges:
    """Return the tightest ranges that the statements allow together.

    Statements are taken one by one in the order given. One that cannot hold together with those already taken is left
    out and its gap is kept, so the order says which statement gives way: put the most trusted first.

    Parameters
    ----------
    statements
        Ranges of sums over periods.
    points
        Further day numbers at which sums are wanted.
    slack
        Gap that counts as rounding, in the unit of the sums.

    References
    ----------
    Cormen, Leiserson, Rivest, Stein (2009) Introduction to Algorithms, 3rd ed., section 24.4 (difference constraints).
    """
    taken = list(statements)
    days = {day for statement in taken for day in (statement.start, statement.end)} | set(points)
    places = tuple(sorted(days))
    index = {day: place for place, day in enumerate(places)}
    # The sum never falls, so looking backwards it never rises: 0 below and on the diagonal, no bound above it.
    most = np.triu(np.full((len(places), len(places)), np.inf), k=1)
    gaps = tuple(_take(most, index[one.start], index[one.end], one, slack) for one in taken)
    return SumRanges(points=places, most=most, gaps=gaps)


def _take(most: NDArray[np.float64], first: int, last: int, statement: PeriodSum, slack: float) -> float:
    """Tighten `most` by the statement if it can hold; return its gap."""
    known_low, known_high = -most[last, first], most[first, last]
    if known_low > statement.high + slack:
        return float(known_low - statement.high)
    if known_high < statement.low - slack:
        return float(known_high - statement.low)
    _relax(most, first, last, max(statement.high, known_low))
    _relax(most, last, first, -min(statement.low, known_high))
    return 0.0


def _relax(most: NDArray[np.float64], start: int, end: int, weight: float) -> None:
    """Shorten every path that can go over the step from `start` to `end`."""
    if weight < most[start, end]:
        np.minimum(most, most[:, [start]] + weight + most[[end], :], out=most)
