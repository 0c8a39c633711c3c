"""Intervals for shares, for differences of two shares, and the width an interval would have at a given sample size."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_share, tail_of

ProportionMethod = Literal["wilson", "wilson-cc", "clopper-pearson", "jeffreys", "agresti-coull", "mid-p"]
Side = Literal["lower", "upper"]

_LIBRARY_NAMES = {
    "wilson": "wilson",
    "clopper-pearson": "beta",
    "jeffreys": "jeffreys",
    "agresti-coull": "agresti_coull",
}


def proportion_interval(successes: int, trials: int, *, level: float, method: ProportionMethod = "wilson") -> Interval:
    """Return an interval for the share behind `successes` out of `trials`, as shares of 1.

    At 0 successes the low end is 0 and at `trials` successes the high end is 1, for every method, so that the
    interval holds the observed share. The Jeffreys interval is credible, the others are confidence intervals.

    Parameters
    ----------
    successes, trials
        Whole numbers, successes not above trials.
    level
        Between 0 and 1, exclusive.
    method
        Wilson's score interval by default; "wilson-cc" has the continuity correction, "mid-p" is the mid-p version of
        the exact "clopper-pearson", and "agresti-coull" is cut at 0 and 1.

    Raises
    ------
    InsufficientEvidence
        If there are no trials.

    References
    ----------
    Newcombe (1998) Statistics in Medicine 17:857-872, methods 3 to 6; Brown, Cai, DasGupta (2001) Statistical Science
    16:101-133 (Jeffreys, Agresti-Coull, and the ends at 0 and n). Computed by statsmodels where it has the method.
    """
    _require_counts(successes, trials)
    tail = tail_of(level)
    if method == "wilson-cc":
        low, high = _wilson_with_correction(successes, trials, tail=tail)
    elif method == "mid-p":
        low, high = _mid_p(successes, trials, tail=tail)
    else:
        low, high = proportion_confint(successes, trials, alpha=2 * tail, method=_LIBRARY_NAMES[method])
    kind = IntervalKind.CREDIBLE if method == "jeffreys" else IntervalKind.CONFIDENCE
    return Interval(
        low=0.0 if successes == 0 else float(low),
        high=1.0 if successes == trials else float(high),
        kind=kind,
        level=level,
    )


def proportion_limit(
    successes: int, trials: int, *, side: Side, level: float, method: ProportionMethod = "clopper-pearson"
) -> Interval:
    """Return a one-sided interval for a share: the limit at `level` on one side, 0 or 1 on the other.

    Used where a source gives one of the two counts only as "more than" or "fewer than": the limit on the side the
    comparator leaves open is not estimable.

    Raises
    ------
    InsufficientEvidence
        If there are no trials.
    """
    tail_of(level)
    if level <= 0.5:
        raise ValueError(f"level: a one-sided limit needs a level above 0.5, got {level}")
    two_sided = proportion_interval(successes, trials, level=2 * level - 1, method=method)
    if side == "lower":
        return Interval(low=two_sided.low, high=1.0, kind=two_sided.kind, level=level)
    return Interval(low=0.0, high=two_sided.high, kind=two_sided.kind, level=level)


def proportion_difference_interval(
    successes_1: int, trials_1: int, successes_2: int, trials_2: int, *, level: float
) -> Interval:
    """Return a confidence interval for share 1 minus share 2 of two independent groups.

    Raises
    ------
    InsufficientEvidence
        If either group has no trials.

    References
    ----------
    Newcombe (1998) Statistics in Medicine 17:873-890, method 10 (hybrid of two Wilson intervals); by statsmodels.
    """
    _require_counts(successes_1, trials_1)
    _require_counts(successes_2, trials_2)
    low, high = confint_proportions_2indep(
        successes_1, trials_1, successes_2, trials_2, method="newcomb", compare="diff", alpha=2 * tail_of(level)
    )
    return Interval(low=max(-1.0, float(low)), high=min(1.0, float(high)), kind=IntervalKind.CONFIDENCE, level=level)


def paired_difference_interval(
    both: int, only_first: int, only_second: int, neither: int, *, level: float, corrected: bool = True
) -> Interval:
    """Return a confidence interval for share 1 minus share 2 when both were recorded on the same units.

    Parameters
    ----------
    both, only_first, only_second, neither
        Numbers of units by the outcome of the two records.
    corrected
        True uses Newcombe's method 10 (correlation with a continuity correction), False his method 8.

    Raises
    ------
    InsufficientEvidence
        If there are no units.

    References
    ----------
    Newcombe (1998) Statistics in Medicine 17:2635-2650, methods 8 and 10.
    """
    units = both + only_first + only_second + neither
    first = proportion_interval(both + only_first, units, level=level)
    second = proportion_interval(both + only_second, units, level=level)
    share_1, share_2 = (both + only_first) / units, (both + only_second) / units
    correlation = _phi_coefficient(both, only_first, only_second, neither, corrected=corrected)

    def reach(end_1: float, end_2: float) -> float:
        """Return the distance of an end of the difference from its value."""
        return math.sqrt(max(0.0, end_1**2 - 2 * correlation * end_1 * end_2 + end_2**2))

    difference = share_1 - share_2
    return Interval(
        low=difference - reach(share_1 - first.low, second.high - share_2),
        high=difference + reach(first.high - share_1, share_2 - second.low),
        kind=IntervalKind.CONFIDENCE,
        level=level,
    )


def half_width(share: float, trials: ArrayLike, *, level: float) -> NDArray[np.float64]:
    """Return half the width of Wilson's interval at the given share, for each number of trials.

    For a share whose number of trials was not published: how exact it could be, were the number this or that.

    References
    ----------
    Wilson (1927) Journal of the American Statistical Association 22:209-212.
    """
    require_share("share", share)
    numbers = np.asarray(trials, dtype=np.float64)
    if not np.all(numbers > 0):
        raise ValueError("trials: every number of trials must be above 0")
    return _wilson_half_width(share, numbers, level=level)


def trials_for_half_width(share: float, half_width: float, *, level: float) -> int:
    """Return the smallest number of trials whose Wilson interval has at most this half-width at the given share.

    The half-width falls with every further trial, so the answer is unique.
    """
    require_share("share", share)
    if not 0 < half_width < 0.5:
        raise ValueError(f"half_width: a number strictly between 0 and 0.5 is needed, got {half_width}")

    def too_wide(trials: int) -> bool:
        """Return whether so many trials leave the interval wider than asked."""
        return bool(_wilson_half_width(share, np.asarray(trials, dtype=np.float64), level=level) > half_width)

    enough = 1
    while too_wide(enough):
        enough *= 2
    short = enough // 2
    while enough - short > 1:
        middle = (enough + short) // 2
        short, enough = (middle, enough) if too_wide(middle) else (short, middle)
    return enough


def _wilson_half_width(share: float, trials: NDArray[np.float64], *, level: float) -> NDArray[np.float64]:
    critical = float(stats.norm.isf(tail_of(level)))
    spread = np.sqrt(share * (1 - share) * trials + critical**2 / 4)
    width: NDArray[np.float64] = critical * spread / (trials + critical**2)
    return width


def _require_counts(successes: int, trials: int) -> None:
    if trials == 0:
        raise InsufficientEvidence("a share of zero trials cannot be estimated")
    if not 0 <= successes <= trials:
        raise ValueError(f"successes: a number between 0 and trials ({trials}) is needed, got {successes}")


def _wilson_with_correction(successes: int, trials: int, *, tail: float) -> tuple[float, float]:
    critical = float(stats.norm.isf(tail))
    share, square = successes / trials, critical**2
    scale = 2 * (trials + square)
    middle = 2 * trials * share + square
    inner_low = square - 2 - 1 / trials + 4 * share * (trials * (1 - share) + 1)
    inner_high = square + 2 - 1 / trials + 4 * share * (trials * (1 - share) - 1)
    low = (middle - 1 - critical * math.sqrt(max(0.0, inner_low))) / scale
    high = (middle + 1 + critical * math.sqrt(max(0.0, inner_high))) / scale
    return max(0.0, low), min(1.0, high)


def _mid_p(successes: int, trials: int, *, tail: float) -> tuple[float, float]:
    def below(share: float) -> float:
        """Return the probability of fewer successes and half that of as many."""
        half_here = 0.5 * float(stats.binom.pmf(successes, trials, share))
        return float(stats.binom.cdf(successes - 1, trials, share)) + half_here

    low = 0.0 if successes == 0 else float(optimize.brentq(lambda share: 1 - below(share) - tail, 0, 1, xtol=1e-14))
    high = 1.0 if successes == trials else float(optimize.brentq(lambda share: below(share) - tail, 0, 1, xtol=1e-14))
    return low, high


def _phi_coefficient(both: int, only_first: int, only_second: int, neither: int, *, corrected: bool) -> float:
    margins = (both + only_first) * (only_second + neither) * (both + only_second) * (only_first + neither)
    if margins == 0:
        return 0.0
    product = both * neither - only_first * only_second
    if corrected and product > 0:
        units = both + only_first + only_second + neither
        return max(product - units / 2, 0.0) / math.sqrt(margins)
    return product / math.sqrt(margins)
