"""The true share behind a share measured by a check that errs at known rates."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_share, tail_of
from analysis.stats.proportions import proportion_interval

ApparentMethod = Literal["blaker", "clopper-pearson", "wilson"]

_BLAKER_STEPS = 1000
_AT_ONCE = 20  # shares tried together: the first accepted one is near the outer end


def rogan_gladen(apparent: float, sensitivity: float, specificity: float) -> float:
    """Return the true share behind an apparent one, for a check with known sensitivity and specificity.

    (apparent + specificity - 1) / (sensitivity + specificity - 1).

    Raises
    ------
    InsufficientEvidence
        If the check is no better than chance, or the result lies outside 0 to 1; the message states the number.

    References
    ----------
    Rogan, Gladen (1978) American Journal of Epidemiology 107:71-76.
    """
    true_share = _corrected(apparent, sensitivity, specificity)
    if not 0 <= true_share <= 1:
        raise InsufficientEvidence(
            f"an apparent share of {apparent:.6g} cannot come from a check with sensitivity {sensitivity:g} and "
            f"specificity {specificity:g}: the corrected share would be {true_share:.6g}"
        )
    return true_share


def rogan_gladen_interval(
    positives: int,
    tested: int,
    sensitivity: float,
    specificity: float,
    *,
    level: float,
    method: ApparentMethod = "blaker",
) -> Interval:
    """Return a confidence interval for the true share: the interval of the apparent share, corrected, cut at 0 and 1.

    Sensitivity and specificity are taken as known; their own uncertainty is not in the interval.

    Raises
    ------
    InsufficientEvidence
        If nothing was tested, or as :func:`rogan_gladen`.

    References
    ----------
    Reiczigel, Foldi, Ozsvari (2010) Epidemiology and Infection 138:1674-1678 (Blaker's interval, corrected).
    """
    if method == "blaker":
        apparent = blaker_interval(positives, tested, level=level)
    else:
        apparent = proportion_interval(positives, tested, level=level, method=method)
    rogan_gladen(positives / tested, sensitivity, specificity)
    low, high = (_corrected(end, sensitivity, specificity) for end in (apparent.low, apparent.high))
    return Interval(low=max(0.0, low), high=min(1.0, high), kind=IntervalKind.CONFIDENCE, level=level)


def blaker_interval(successes: int, trials: int, *, level: float) -> Interval:
    """Return Blaker's exact confidence interval for a share, never wider than Clopper-Pearson's.

    The ends are found on a grid of 1/1000 of the distance from Clopper-Pearson's end to the observed share, on its safe
    side.

    Raises
    ------
    InsufficientEvidence
        If there are no trials.

    References
    ----------
    Blaker (2000) Canadian Journal of Statistics 28:783-798.
    """
    outer = proportion_interval(successes, trials, level=level, method="clopper-pearson")
    error, share = 2 * tail_of(level), successes / trials
    low = _first_accepted(np.linspace(outer.low, share, _BLAKER_STEPS + 1), successes, trials, error=error)
    high = _first_accepted(np.linspace(outer.high, share, _BLAKER_STEPS + 1), successes, trials, error=error)
    return Interval(low=low, high=high, kind=IntervalKind.CONFIDENCE, level=level)


def _corrected(apparent: float, sensitivity: float, specificity: float) -> float:
    require_share("apparent", apparent)
    require_share("sensitivity", sensitivity)
    require_share("specificity", specificity)
    gain = sensitivity + specificity - 1
    if gain <= 0:
        raise InsufficientEvidence(
            f"a check with sensitivity {sensitivity:g} and specificity {specificity:g} is no better than chance"
        )
    return (apparent + specificity - 1) / gain


def _first_accepted(shares: NDArray[np.float64], successes: int, trials: int, *, error: float) -> float:
    """Return the last share before the first one that Blaker's test accepts, walking inwards."""
    for begin in range(0, shares.size, _AT_ONCE):
        accepted = _acceptability(shares[begin : begin + _AT_ONCE], successes, trials) >= error
        if accepted.any():
            return float(shares[max(begin + int(np.argmax(accepted)) - 1, 0)])
    return float(shares[0])


def _acceptability(shares: NDArray[np.float64], successes: int, trials: int) -> NDArray[np.float64]:
    """Return, for each share, the smaller tail plus the largest opposite tail that does not exceed it."""
    lower = stats.binom.cdf(successes, trials, shares)
    upper = stats.binom.sf(successes - 1, trials, shares)
    smaller = np.minimum(lower, upper)
    slack = smaller * (1 + 1e-9)
    outcomes = np.arange(trials + 1)[:, None]
    below = np.asarray(stats.binom.cdf(outcomes, trials, shares), dtype=np.float64)
    above = np.asarray(stats.binom.sf(outcomes - 1, trials, shares), dtype=np.float64)
    opposite = np.where(upper <= lower, _largest_within(below, slack), _largest_within(above, slack))
    acceptability: NDArray[np.float64] = np.minimum(smaller + opposite, 1.0)
    return acceptability


def _largest_within(tails: NDArray[np.float64], limit: NDArray[np.float64]) -> NDArray[np.float64]:
    largest: NDArray[np.float64] = np.max(np.where(tails <= limit, tails, 0.0), axis=0)
    return largest
