"""Acceptance sampling: how likely a sample of a lot is passed, and how many units show what, with imperfect detection.

A lot of N units holds an unknown number of unacceptable ones. A sample of n is inspected; an unacceptable unit is found
with the probability of detection; the lot is passed when at most the acceptance number is found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.stats.arguments import require_share

_LARGEST_SAMPLE: Final = 1_000_000


def passing_probability(
    unacceptable: ArrayLike, *, sample: int, lot: int, acceptance_number: int = 0, detection: float = 1.0
) -> NDArray[np.float64]:
    """Return the probability that a sample of a finite lot is passed, for each number of unacceptable units in the lot.

    The number of unacceptable units in the sample is hypergeometric; each is found with the probability of detection.

    Parameters
    ----------
    unacceptable
        Numbers of unacceptable units in the lot, 0 to `lot`.
    sample, lot
        Units inspected and units of the lot.
    acceptance_number
        Most finds with which the lot is passed; 0 in mine action, where any find is a non-conformity.
    detection
        Probability that an unacceptable unit that is inspected is found.

    References
    ----------
    Schilling, Neubauer (2017) Acceptance Sampling in Quality Control, 3rd ed., chapter 5 (type A curve).
    """
    numbers = np.atleast_1d(np.asarray(unacceptable, dtype=np.int64))
    _require_plan(sample, lot, acceptance_number, detection)
    if numbers.min(initial=0) < 0 or numbers.max(initial=0) > lot:
        raise ValueError(f"unacceptable: numbers from 0 to the {lot} units of the lot are needed")
    inspected = np.arange(min(sample, int(numbers.max(initial=0))) + 1)
    found_at_most = np.asarray(stats.binom.cdf(acceptance_number, inspected, detection))
    drawn = np.asarray(stats.hypergeom.pmf(inspected[None, :], lot, numbers[:, None], sample))
    probability: NDArray[np.float64] = np.clip(drawn @ found_at_most, 0.0, 1.0)
    return probability


def passing_probability_at(
    unacceptable_share: ArrayLike, *, sample: int, acceptance_number: int = 0, detection: float = 1.0
) -> NDArray[np.float64]:
    """Return the probability that a sample of a large lot is passed, for each share of unacceptable units.

    The binomial limit of :func:`passing_probability`.
    """
    shares = np.asarray(unacceptable_share, dtype=np.float64)
    if not np.all((shares >= 0) & (shares <= 1)):
        raise ValueError("unacceptable_share: shares between 0 and 1 are needed")
    require_share("detection", detection)
    probability: NDArray[np.float64] = np.asarray(stats.binom.cdf(acceptance_number, sample, shares * detection))
    return probability


def passing_probability_in_rows(
    unacceptable_share: ArrayLike, *, rows: int, units_per_row: int, correlation: float, detection: float = 1.0
) -> NDArray[np.float64]:
    """Return the probability that nothing is found in whole rows of neighbouring units, which resemble each other.

    The share of unacceptable units of a row follows a beta distribution with the stated mean and intra-cluster
    correlation (beta-binomial); rows are independent. A correlation of 0 is simple random sampling of all units.

    Parameters
    ----------
    unacceptable_share
        Shares of unacceptable units, 0 to 1.
    rows, units_per_row
        Rows inspected, and units in each.
    correlation
        Intra-cluster correlation, 0 up to below 1.
    detection
        As for :func:`passing_probability`.

    References
    ----------
    Skellam (1948) Journal of the Royal Statistical Society B 10:257-261, for the beta-binomial distribution.
    """
    shares = np.atleast_1d(np.asarray(unacceptable_share, dtype=np.float64))
    if not np.all((shares >= 0) & (shares <= 1)):
        raise ValueError("unacceptable_share: shares between 0 and 1 are needed")
    if not 0 <= correlation < 1:
        raise ValueError(f"correlation: a number from 0 up to below 1 is needed, got {correlation}")
    if rows < 1 or units_per_row < 1:
        raise ValueError(f"rows, units_per_row: one or more of each is needed, got {rows} and {units_per_row}")
    require_share("detection", detection)
    if correlation == 0:
        return passing_probability_at(shares, sample=rows * units_per_row, detection=detection)
    weight = (1 - correlation) / correlation
    counts = np.arange(units_per_row + 1)
    inner = np.clip(shares, 1e-12, 1 - 1e-12)[:, None]
    in_row = np.asarray(stats.betabinom.pmf(counts, units_per_row, inner * weight, (1 - inner) * weight))
    nothing_in_row = in_row @ np.power(1 - detection, counts)
    nothing_in_row = np.where(shares == 0, 1.0, np.where(shares == 1, (1 - detection) ** units_per_row, nothing_in_row))
    probability: NDArray[np.float64] = np.clip(nothing_in_row, 0.0, 1.0) ** rows
    return probability


def smallest_sample(
    unacceptable: int, *, lot: int, confidence: float, acceptance_number: int = 0, detection: float = 1.0
) -> int:
    """Return the fewest units to inspect so that a lot with that many unacceptable units is refused with `confidence`.

    Raises
    ------
    InsufficientEvidence
        If even inspecting every unit would not do, because detection is imperfect.
    """
    _require_plan(lot, lot, acceptance_number, detection)
    if not 1 <= unacceptable <= lot:
        raise ValueError(f"unacceptable: 1 to the {lot} units of the lot are needed, got {unacceptable}")
    require_share("confidence", confidence)

    def shows(sample: int) -> bool:
        """Return whether a sample of this size would pass such a lot seldom enough."""
        passed = passing_probability(
            unacceptable, sample=sample, lot=lot, acceptance_number=acceptance_number, detection=detection
        )
        return float(passed[0]) <= 1 - confidence + 1e-12

    if not shows(lot):
        raise InsufficientEvidence(
            f"inspecting all {lot} units finds more than {acceptance_number} of {unacceptable} unacceptable ones with "
            f"a probability below {confidence:g} when one is found with probability {detection:g}; a better method of "
            "detection or a larger unacceptable number is needed"
        )
    return first_true(shows, 1, lot)


def smallest_plan(
    *, acceptable_share: float, pass_acceptable: float, unacceptable_share: float, pass_unacceptable: float
) -> tuple[int, int]:
    """Return sample size and acceptance number of the smallest plan that keeps both risks, for a large lot.

    Parameters
    ----------
    acceptable_share, pass_acceptable
        Share of unacceptable units that has to be passed with at least this probability (producer).
    unacceptable_share, pass_unacceptable
        Share that may be passed with at most this probability (consumer).

    Raises
    ------
    InsufficientEvidence
        If no plan with up to a million units keeps both.

    References
    ----------
    Kiermeier (2008) Journal of Statistical Software 26(6).
    """
    if not 0 <= acceptable_share < unacceptable_share <= 1:
        raise ValueError("acceptable_share must be below unacceptable_share, both between 0 and 1")
    sample, acceptance_number = 1, 0
    while sample <= _LARGEST_SAMPLE:
        if stats.binom.cdf(acceptance_number, sample, unacceptable_share) > pass_unacceptable:
            sample += 1
        elif stats.binom.cdf(acceptance_number, sample, acceptable_share) < pass_acceptable:
            acceptance_number += 1
        else:
            return sample, acceptance_number
    raise InsufficientEvidence(f"no plan of up to {_LARGEST_SAMPLE} units keeps both risks")


def _require_plan(sample: int, lot: int, acceptance_number: int, detection: float) -> None:
    if not 1 <= sample <= lot:
        raise ValueError(f"sample, lot: 1 <= sample <= lot is needed, got {sample} of {lot}")
    if acceptance_number < 0:
        raise ValueError(f"acceptance_number: 0 or more is needed, got {acceptance_number}")
    require_share("detection", detection)


def first_true(shows: Callable[[int], bool], low: int, high: int) -> int:
    """Return the first whole number at which a condition that stays true once it is true holds."""
    while low < high:
        middle = (low + high) // 2
        if shows(middle):
            high = middle
        else:
            low = middle + 1
    return low
