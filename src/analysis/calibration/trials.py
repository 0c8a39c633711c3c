"""What a method did in simulated worlds: which runs held the truth, and how wide the answer was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trials:
    """Runs of one setting.

    Parameters
    ----------
    covered
        One row a run, one column a point of the curve (a single one for an interval): 1 where the truth was held, 0
        where not, NaN in every column of a run in which the method gave no answer.
    width
        One value a run, infinite where the answer was unbounded; NaN without an answer.
    """

    covered: FloatArray
    width: FloatArray

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Which runs had an answer."""
        return ~np.isnan(self.covered[:, 0])


def held(low: ArrayLike, high: ArrayLike, truth: ArrayLike) -> Trials:
    """Return the trials of intervals, one a run; NaN ends mean no answer."""
    lows, highs = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    truths = np.asarray(truth, dtype=np.float64)
    inside = np.where(np.isnan(lows), np.nan, (lows <= truths) & (truths <= highs))
    return Trials(covered=inside[:, None], width=highs - lows)


def held_along(low: FloatArray, high: FloatArray, truth: FloatArray) -> Trials:
    """Return the trials of bands: one row a run, one column a point; the width is the mean one along the curve."""
    inside = np.where(np.isnan(low), np.nan, (low <= truth) & (truth <= high))
    return Trials(covered=inside, width=np.mean(high - low, axis=1))


def joined(parts: Sequence[Trials]) -> Trials:
    """Return the trials of several blocks as one."""
    return Trials(
        covered=np.concatenate([part.covered for part in parts]), width=np.concatenate([part.width for part in parts])
    )


def ends_of(
    outcomes: Sequence[NDArray[np.integer]], interval_of: Callable[..., Interval]
) -> tuple[FloatArray, FloatArray]:
    """Return low and high ends for every run, calling the method once for each distinct outcome.

    Parameters
    ----------
    outcomes
        One array a count, one value a run.
    interval_of
        The method, called with the counts of one run as whole numbers.

    Returns
    -------
    tuple of ndarray
        Low and high ends; NaN where the method raised InsufficientEvidence.
    """
    distinct, where = np.unique(np.column_stack(outcomes), axis=0, return_inverse=True)
    ends = np.full((len(distinct), 2), np.nan)
    for row, counts in enumerate(distinct.tolist()):
        try:
            interval = interval_of(*counts)
        except InsufficientEvidence:
            continue
        ends[row] = interval.low, interval.high
    low, high = ends[where.ravel()].T
    return low, high
