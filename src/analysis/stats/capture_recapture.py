"""The size of a closed population from two lists whose members were matched one by one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import tail_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationSize:
    """Chapman's estimate with its standard error and a normal confidence interval, in members."""

    size: float
    standard_error: float
    interval: Interval


def chapman(first_list: int, second_list: int, matched: int | None, *, level: float) -> PopulationSize:
    """Return Chapman's estimate of the population behind two lists that are independent of each other.

    Parameters
    ----------
    first_list, second_list
        Members on each list.
    matched
        Members found on both, record by record; None when the records were not matched.

    Raises
    ------
    InsufficientEvidence
        If the overlap is unknown or empty: published totals alone say nothing about it.

    References
    ----------
    Chapman (1951) University of California Publications in Statistics 1:131-160; Seber (1970) Biometrika 57:13-23
    (variance).
    """
    overlap = _require_overlap(first_list, second_list, matched)
    tail = tail_of(level)
    size = (first_list + 1) * (second_list + 1) / (overlap + 1) - 1
    spread = (first_list + 1) * (second_list + 1) * (first_list - overlap) * (second_list - overlap)
    standard_error = math.sqrt(spread / ((overlap + 1) ** 2 * (overlap + 2)))
    reach = float(stats.norm.isf(tail)) * standard_error
    known = first_list + second_list - overlap
    interval = Interval(
        low=max(float(known), size - reach), high=max(size + reach, size), kind=IntervalKind.CONFIDENCE, level=level
    )
    return PopulationSize(size=size, standard_error=standard_error, interval=interval)


def size_under_dependence(
    first_list: int, second_list: int, matched: int | None, *, odds_ratios: ArrayLike
) -> NDArray[np.float64]:
    """Return the population size if being on one list multiplies the odds of being on the other by each odds ratio.

    At 1 it is the Lincoln-Petersen estimate. The odds ratio is not observed: the result is a curve, not an interval.

    Raises
    ------
    InsufficientEvidence
        If the overlap is unknown or empty.

    References
    ----------
    Bishop, Fienberg, Holland (1975) Discrete Multivariate Analysis, chapter 6.
    """
    overlap = _require_overlap(first_list, second_list, matched)
    ratios = np.asarray(odds_ratios, dtype=np.float64)
    if not np.all(ratios > 0):
        raise ValueError("odds_ratios: every odds ratio must be above 0")
    missing = (first_list - overlap) * (second_list - overlap) / overlap
    sizes: NDArray[np.float64] = first_list + second_list - overlap + ratios * missing
    return sizes


def _require_overlap(first_list: int, second_list: int, matched: int | None) -> int:
    if matched is None:
        raise InsufficientEvidence("no population size without a matched overlap of the two lists")
    if not 0 <= matched <= min(first_list, second_list):
        raise ValueError(f"matched: between 0 and the shorter list is needed, got {matched}")
    if matched == 0:
        raise InsufficientEvidence("the two lists share no member: the population size has no upper limit")
    return matched
