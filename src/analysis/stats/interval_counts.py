"""A log-linear daily rate fitted to counts of unequal intervals of days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import tail_of
from analysis.stats.composite_link import (
    Exposure,
    FloatArray,
    exposure_of,
    poisson_deviance,
)
from analysis.stats.log_linear import PointEstimates, negative_binomial_fit, poisson_fit, quasi_poisson_fit

Family = Literal["quasi-poisson", "poisson", "nb1", "nb2"]

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogLinearFit:
    """A daily rate exp(log_rate_at_origin + slope_per_day x (time - origin_day)).

    Parameters
    ----------
    family
        Law of the counts.
    origin_day
        Time, in day numbers, at which the log rate is stated: the middle of the observed time.
    log_rate_at_origin, slope_per_day
        Estimates; the rate is in events per day.
    log_rate_se, slope_se, covariance
        Standard errors and the covariance matrix of the two.
    dispersion
        Variance over mean ("quasi-poisson", "nb1"; 1 for "poisson") or alpha of variance = mean + alpha mean^2 ("nb2").
    degrees_of_freedom
        Of Student's t in every interval of this fit; infinite where the normal law is used.
    change_per_year
        Relative change of the rate per 365.25 days: -0.2 is a fall of 20 %.
    change_per_year_interval
        Its confidence interval at the level asked for.
    fitted
        Expected count of each interval.
    residuals
        Observed less fitted over the fitted standard deviation (Pearson).
    deviance
        Poisson deviance of the fitted counts, whatever the family.
    log_likelihood
        None for "quasi-poisson", which has none.
    n
        Number of intervals.
    """

    family: Family
    origin_day: float
    log_rate_at_origin: float
    slope_per_day: float
    log_rate_se: float
    slope_se: float
    covariance: FloatArray
    dispersion: float
    degrees_of_freedom: float
    change_per_year: float
    change_per_year_interval: Interval
    fitted: FloatArray
    residuals: FloatArray
    deviance: float
    log_likelihood: float | None
    n: int

    def rate_per_30d(self, days: ArrayLike) -> FloatArray:
        """Return the fitted rate at the middle of each day, in events per 30 days."""
        times = np.asarray(days, dtype=np.float64) + 0.5 - self.origin_day
        rate: FloatArray = 30 * np.exp(self.log_rate_at_origin + self.slope_per_day * times)
        return rate

    def rate_band_per_30d(self, days: ArrayLike, *, level: float) -> tuple[FloatArray, FloatArray]:
        """Return low and high ends of the pointwise confidence band of the fitted rate, in events per 30 days.

        The band is for the fitted line, not for counts to come, and holds only if the rate is log-linear.
        """
        times = np.asarray(days, dtype=np.float64) + 0.5 - self.origin_day
        variance = self.covariance[0, 0] + 2 * times * self.covariance[0, 1] + times**2 * self.covariance[1, 1]
        reach = stats.t.isf(tail_of(level), self.degrees_of_freedom) * np.sqrt(variance)
        rate = self.rate_per_30d(days)
        with np.errstate(over="ignore"):  # a band wider than any number is infinite
            return rate * np.exp(-reach), rate * np.exp(reach)


def fit_log_linear(
    counts: ArrayLike,
    first_days: ArrayLike,
    last_days: ArrayLike,
    *,
    family: Family,
    level: float,
    dispersion: float | None = None,
) -> LogLinearFit:
    """Return the log-linear daily rate that fits counts of intervals best.

    Parameters
    ----------
    counts
        Events in each interval, 0 or more.
    first_days, last_days
        Day numbers of the first and last day of each interval, both counted; in date order, without overlap.
    family
        "quasi-poisson": Poisson estimates, variance dispersion x mean, dispersion from Pearson's residuals (not forced
        up to 1). "nb1" (variance proportional to the mean) and "nb2" (quadratic): maximum likelihood. These three use
        Student's t with n - 2 degrees of freedom. "poisson": variance equal to the mean, normal law.
    level
        Between 0 and 1, exclusive.
    dispersion
        For "quasi-poisson" only: variance over mean known from elsewhere (for example accident sizes) instead of the
        residuals; the normal law is then used.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than 3 intervals, no events, all events in the first or in the last interval, or residuals of
        0 from which a dispersion was to be estimated.
    ValueError
        If counts are negative or the intervals overlap or are out of order.

    Notes
    -----
    Student's t is used because the dispersion is estimated from few intervals: with the normal law the interval would
    hold the truth less often than stated. How often each family's interval does, for persons in accidents and for
    independent events, is simulated and kept in the table of `analysis.calibration` under "change per year,
    quasi-poisson" and so on. Merge intervals that hold few persons.

    Merging neighbouring intervals leaves the estimates nearly unchanged for every family but "nb2", whose alpha belongs
    to one interval length and must not be carried to another.

    References
    ----------
    Thompson, Baker (1981) Applied Statistics 30:125-131; McCullagh, Nelder (1989) Generalized Linear Models, chapter 9;
    Cameron, Trivedi (2013) Regression Analysis of Count Data, 2nd ed., section 3.3.
    """
    tail = tail_of(level)
    numbers, exposure = require_evidence(counts, first_days, last_days)
    if family in ("nb1", "nb2"):
        _refuse_dispersion(dispersion, family=family)
        point = negative_binomial_fit(numbers, exposure, family=family)
    elif family == "quasi-poisson":
        point = quasi_poisson_fit(numbers, exposure, dispersion=dispersion)
    else:
        _refuse_dispersion(dispersion, family=family)
        point = poisson_fit(numbers, exposure)
    return _dressed(point, numbers, exposure, family=family, level=level, tail=tail)


def require_evidence(counts: ArrayLike, first_days: ArrayLike, last_days: ArrayLike) -> tuple[FloatArray, Exposure]:
    """Return counts and intervals if a rate that changes over time can be estimated from them.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than 3 intervals, no events, or all events in the first or in the last interval.
    ValueError
        If counts are negative or not finite, or the intervals overlap or are out of order.
    """
    numbers, exposure = np.asarray(counts, dtype=np.float64), exposure_of(first_days, last_days)
    if numbers.shape != exposure.lengths.shape:
        raise ValueError(
            f"counts: one for each of the {exposure.lengths.size} intervals is needed, got {numbers.shape}"
        )
    if not np.all(numbers >= 0):
        raise ValueError("counts: every count must be 0 or more")
    if numbers.size < 3:
        raise InsufficientEvidence(f"a trend needs at least 3 intervals, got {numbers.size}")
    if numbers.sum() == 0:
        raise InsufficientEvidence(f"no events in any of {numbers.size} intervals: the rate has no trend to estimate")
    if numbers.sum() in (numbers[0], numbers[-1]):
        place = "first" if numbers[0] > 0 else "last"
        raise InsufficientEvidence(f"all events are in the {place} interval: the slope has no finite estimate")
    return numbers, exposure


def _refuse_dispersion(dispersion: float | None, *, family: str) -> None:
    if dispersion is not None:
        raise ValueError(f"dispersion: taken for the quasi-poisson family only, not for {family}")


def _dressed(
    point: PointEstimates, counts: FloatArray, exposure: Exposure, *, family: Family, level: float, tail: float
) -> LogLinearFit:
    means = exposure.expected(point.log_rate, point.slope)
    variance = means + point.dispersion * means**2 if family == "nb2" else point.dispersion * means
    slope_se = math.sqrt(point.covariance[1, 1])
    reach = float(stats.t.isf(tail, point.degrees_of_freedom)) * slope_se
    with np.errstate(over="ignore"):  # an interval wider than any number is infinite
        low, change, high = np.expm1(DAYS_PER_YEAR * np.array([point.slope - reach, point.slope, point.slope + reach]))
    return LogLinearFit(
        family=family,
        origin_day=exposure.origin_day,
        log_rate_at_origin=point.log_rate,
        slope_per_day=point.slope,
        log_rate_se=math.sqrt(point.covariance[0, 0]),
        slope_se=slope_se,
        covariance=point.covariance,
        dispersion=point.dispersion,
        degrees_of_freedom=point.degrees_of_freedom,
        change_per_year=float(change),
        change_per_year_interval=Interval(low=float(low), high=float(high), kind=IntervalKind.CONFIDENCE, level=level),
        fitted=means,
        residuals=(counts - means) / np.sqrt(variance),
        deviance=poisson_deviance(counts, means),
        log_likelihood=point.log_likelihood,
        n=int(counts.size),
    )
