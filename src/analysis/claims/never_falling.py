"""What printed counts allow for a count that never falls, at any day: two-sided limits, also where prints disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.casualties.scope import COUNT_START
from analysis.errors import InsufficientEvidence
from analysis.stats import monotone

_DAY_ZERO: Final = pd.Timestamp(COUNT_START)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NeverFalling:
    """A count that never falls and disagrees least with the printed ones.

    Parameters
    ----------
    days
        Day numbers at which something is printed, ascending.
    value, low, high
        The count at these days, and its range over all equally good readings.
    bounded_until
        Last day number at which a print limits the count from above; None where none does.
    """

    days: NDArray[np.int64]
    value: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    bounded_until: int | None

    def reached(self, day: pd.Timestamp) -> int:
        """Return the count at the last printed day up to `day`; 0 before the first."""
        before = self.days <= day_number(day)
        return int(self.value[before][-1]) if before.any() else 0

    def at_least(self, day: pd.Timestamp) -> float:
        """Return the least that the count can be at a day: what it had reached before; 0 where nothing is printed."""
        before = self.days <= day_number(day)
        return float(self.low[before][-1]) if before.any() else 0.0

    def at_most(self, day: pd.Timestamp) -> float:
        """Return the most that the count can be at a day: what it has later; infinite where no print limits it."""
        if self.bounded_until is None or day_number(day) > self.bounded_until:
            return float("inf")
        return float(self.high[self.days >= day_number(day)][0])


def never_falling(prints: pd.DataFrame) -> NeverFalling:
    """Return the count that never falls and disagrees least with the printed ones, one vote a row.

    A figure dated by month or year bounds the count from below at the end of that time and from above at its start.

    Parameters
    ----------
    prints
        first, last (days a figure can be of) and value; copies of one voice left out. Where a column `heard` is true
        the page does not say who counted: it may repeat an older count and bounds from below only.

    Raises
    ------
    InsufficientEvidence
        If nothing is printed.
    """
    heard = prints["heard"] if "heard" in prints else [False] * len(prints)
    told = prints[["first", "last", "value"]].itertuples(index=False)
    votes = [vote for row, only in zip(told, heard, strict=True) for vote in _votes(*row, heard=bool(only))]
    if not votes:
        raise InsufficientEvidence("no such count is printed")
    days = np.array(sorted({vote.position for vote in votes}), dtype=np.int64)
    pair = monotone.reconcile_pair(votes, positions=days, max_first=max(vote.value for vote in votes), max_second=0)
    near = monotone.ranges(pair)
    # The last day of a month or year in which a count was told says only what had been reached by then.
    until = max((vote.position for vote in votes if vote.kind != "at least"), default=None)
    return NeverFalling(days=days, value=pair.first, low=near.first_low, high=near.first_high, bounded_until=until)


def day_number(when: pd.Timestamp) -> int:
    """Return the days from 10 November 2020."""
    return int((when - _DAY_ZERO).days)


def _votes(first: pd.Timestamp, last: pd.Timestamp, value: float, *, heard: bool) -> Sequence[monotone.Statement]:
    reached = monotone.Statement(position=day_number(last), target="first", kind="at least", value=int(value))
    if heard:
        return [reached]
    if first == last:
        return [monotone.Statement(position=day_number(first), target="first", kind="equal", value=int(value))]
    return [
        reached,
        monotone.Statement(position=day_number(first), target="first", kind="at most", value=int(value)),
    ]
