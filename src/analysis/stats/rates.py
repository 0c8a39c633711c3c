"""Intervals for rates of counted events, and for the ratio of two rates.

The exact intervals are for events that do not come in groups (accidents). For persons, who come in groups, see
:mod:`analysis.stats.dispersion`, whose functions can also be imported from here.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson, test_poisson_2indep

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_not_negative, require_positive, tail_of
from analysis.stats.dispersion import (
    cameron_trivedi_p_value,
    overdispersed_limits,
    pearson_dispersion,
    size_dispersion,
    size_dispersion_interval,
)

__all__ = [
    "Alternative",
    "RateMethod",
    "RatioMethod",
    "byar_limits",
    "cameron_trivedi_p_value",
    "overdispersed_limits",
    "pearson_dispersion",
    "poisson_interval",
    "poisson_limits",
    "rate_ratio_interval",
    "rate_ratio_p_value",
    "size_dispersion",
    "size_dispersion_interval",
]

RateMethod = Literal["exact", "score", "wald", "byar", "jeffreys"]
RatioMethod = Literal["exact conditional", "score"]
Alternative = Literal["two-sided", "larger", "smaller"]

_LIBRARY_NAMES = {"exact": "exact-c", "score": "score", "wald": "wald", "jeffreys": "jeffreys"}


def poisson_interval(count: float, *, exposure: float = 1.0, level: float, method: RateMethod = "exact") -> Interval:
    """Return an interval for the rate behind `count` events in `exposure`, in events per unit of exposure.

    The exact interval never covers less than `level`. "wald" has width 0 at a count of 0 and is here for comparison
    only. The Jeffreys interval is credible; at a count of 0 its low end is set to 0.

    References
    ----------
    Garwood (1936) Biometrika 28:437-442 (exact); Barker (2002) The American Statistician 56:85-89 (score, Wald,
    Jeffreys); Breslow, Day (1987) Statistical Methods in Cancer Research II, p. 69 (Byar). By statsmodels, but Byar.
    """
    require_not_negative("count", count)
    require_positive("exposure", exposure)
    tail = tail_of(level)
    if method == "byar":
        low, high = (end / exposure for end in byar_limits(count, level=level))
    else:
        low, high = confint_poisson(count, exposure, method=_LIBRARY_NAMES[method], alpha=2 * tail)
    kind = IntervalKind.CREDIBLE if method == "jeffreys" else IntervalKind.CONFIDENCE
    return Interval(low=0.0 if count == 0 else float(low), high=float(high), kind=kind, level=level)


def poisson_limits(
    counts: ArrayLike, exposures: ArrayLike, *, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return low and high ends of Garwood's exact interval for each rate, in events per unit of exposure."""
    return overdispersed_limits(counts, exposures, dispersion=1.0, level=level)


def byar_limits(count: float, *, level: float, low_shift: float = 0.0, high_shift: float = 1.0) -> tuple[float, float]:
    """Return Byar's approximate limits for a Poisson count.

    The classical limits add 0 to the count for the low end and 1 for the high end; one published program (DescTools)
    adds a half for both.
    """
    critical = float(stats.norm.isf(tail_of(level)))

    def limit(shifted: float, sign: float) -> float:
        """Return one limit: the cube of a normal one; 0 where no count is left."""
        if shifted <= 0:
            return 0.0
        return shifted * max(0.0, 1 - 1 / (9 * shifted) + sign * critical / (3 * math.sqrt(shifted))) ** 3

    return limit(count + low_shift, -1.0), limit(count + high_shift, 1.0)


def rate_ratio_interval(
    count_1: int,
    exposure_1: float,
    count_2: int,
    exposure_2: float,
    *,
    level: float,
    method: RatioMethod = "exact conditional",
) -> Interval:
    """Return a confidence interval for rate 1 over rate 2; the high end is infinite when count 2 is 0.

    Given the sum of both counts, count 1 is binomial with odds ratio x exposure 1 / exposure 2. The exact interval
    turns Clopper-Pearson's limits for that share into ratios; the score interval does the same with Wilson's, which is
    the inversion of the score test in closed form.

    Raises
    ------
    InsufficientEvidence
        If both counts are 0.

    References
    ----------
    Przyborowski, Wilenski (1940) Biometrika 31:313-323 (conditional); Gu, Ng, Tang, Schucany (2008) Biometrical
    Journal 50:283-298 (score).
    """
    _require_two_rates(count_1, exposure_1, count_2, exposure_2)
    together = count_1 + count_2
    name = "beta" if method == "exact conditional" else "wilson"
    low, high = proportion_confint(count_1, together, alpha=2 * tail_of(level), method=name)
    scale = exposure_2 / exposure_1
    return Interval(
        low=0.0 if count_1 == 0 else float(low / (1 - low)) * scale,
        high=math.inf if count_2 == 0 else float(high / (1 - high)) * scale,
        kind=IntervalKind.CONFIDENCE,
        level=level,
    )


def rate_ratio_p_value(
    count_1: int,
    exposure_1: float,
    count_2: int,
    exposure_2: float,
    *,
    ratio: float = 1.0,
    method: RatioMethod = "exact conditional",
    alternative: Alternative = "two-sided",
) -> float:
    """Return the p value of the hypothesis that rate 1 over rate 2 equals `ratio`.

    The two-sided exact p value is twice the smaller tail (at most 1), so that it agrees with
    :func:`rate_ratio_interval`: a ratio is outside the interval at level 1 - p exactly when its p value is below p.

    Raises
    ------
    InsufficientEvidence
        If both counts are 0.

    References
    ----------
    As :func:`rate_ratio_interval`; by statsmodels.
    """
    _require_two_rates(count_1, exposure_1, count_2, exposure_2)
    require_positive("ratio", ratio)

    def p_value(name: str, side: str) -> float:
        """Return the p value of one of the library's methods."""
        # The library also reports the observed ratio, which is infinite when the second count is 0.
        with np.errstate(divide="ignore"):
            result = test_poisson_2indep(
                count_1, exposure_1, count_2, exposure_2, value=ratio, method=name, compare="ratio", alternative=side
            )
        return float(result.pvalue)

    if method == "score":
        return p_value("score", alternative)
    if alternative != "two-sided":
        return p_value("exact-cond", alternative)
    return min(1.0, 2 * min(p_value("exact-cond", "larger"), p_value("exact-cond", "smaller")))


def _require_two_rates(count_1: int, exposure_1: float, count_2: int, exposure_2: float) -> None:
    require_not_negative("count_1", count_1)
    require_not_negative("count_2", count_2)
    require_positive("exposure_1", exposure_1)
    require_positive("exposure_2", exposure_2)
    if count_1 + count_2 == 0:
        raise InsufficientEvidence("the ratio of two rates cannot be estimated from two counts of zero")
