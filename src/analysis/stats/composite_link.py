"""Expected counts of intervals when the daily rate is log-linear in time, and the likelihoods of observed counts.

The expected count of an interval is the integral of exp(a + b t) over it, not the rate at its midpoint times its
length. With the interval's midpoint u and length L, the integral is exp(a + b u) L sinh(b L / 2) / (b L / 2), which is
stable for slopes near 0 in this form.

References
----------
Thompson, Baker (1981) Applied Statistics 30:125-131 (composite link functions); Cameron, Trivedi (2013) Regression
Analysis of Count Data, 2nd ed., section 3.3 (NB1 and NB2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

FloatArray = NDArray[np.float64]
NegativeBinomialFamily = Literal["nb1", "nb2"]

_NEAR_ZERO = 1e-2  # below it the series is exact to double precision


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exposure:
    """Intervals of days, in date order and without overlap.

    Parameters
    ----------
    origin_day
        Middle of the time from the first to the last day; times are counted from it.
    middles
        Midpoint of each interval, in days from the origin.
    lengths
        Days in each interval, first and last day both counted.
    """

    origin_day: float
    middles: FloatArray
    lengths: FloatArray

    @property
    def span(self) -> float:
        """Days from the start of the first interval to the end of the last."""
        return float(2 * (self.middles[-1] + self.lengths[-1] / 2))

    def log_integral(self, slope: float) -> FloatArray:
        """Return the log of the integral of exp(slope x t) over each interval."""
        return slope * self.middles + np.log(self.lengths) + log_sinh_ratio(slope * self.lengths / 2)

    def centres(self, slope: float) -> FloatArray:
        """Return the mean time of events within each interval, the derivative of the log integral in the slope."""
        return self.middles + self.lengths / 2 * langevin(slope * self.lengths / 2)

    def expected(self, log_rate: float, slope: float) -> FloatArray:
        """Return the expected count of each interval for a log rate at the origin (per day) and a slope (per day)."""
        expected: FloatArray = np.exp(log_rate + self.log_integral(slope))
        return expected


def exposure_of(first_days: ArrayLike, last_days: ArrayLike) -> Exposure:
    """Return the intervals as an :class:`Exposure`; day d is the time from d to d + 1.

    Raises
    ------
    ValueError
        If an interval ends before it starts, or intervals overlap or are not in date order.
    """
    first, last = np.asarray(first_days, dtype=np.float64), np.asarray(last_days, dtype=np.float64)
    if first.ndim != 1 or first.size == 0 or first.shape != last.shape:
        raise ValueError(f"first_days, last_days: two lists of one length are needed, got {first.shape}, {last.shape}")
    if np.any(last < first):
        row = int(np.argmax(last < first))
        raise ValueError(f"last_days: interval {row} ends on day {last[row]:g}, before it starts on day {first[row]:g}")
    if np.any(first[1:] <= last[:-1]):
        row = int(np.argmax(first[1:] <= last[:-1])) + 1
        raise ValueError(
            f"first_days: interval {row} starts on day {first[row]:g}, not after the end of the one before"
        )
    origin = (first[0] + last[-1] + 1) / 2
    return Exposure(origin_day=float(origin), middles=(first + last + 1) / 2 - origin, lengths=last - first + 1)


def log_sinh_ratio(x: FloatArray) -> FloatArray:
    """Return log(sinh(x) / x), which is 0 at 0."""
    size = np.abs(x)
    large = np.maximum(size, _NEAR_ZERO)
    series = size**2 / 6 - size**4 / 180
    return np.where(size < _NEAR_ZERO, series, large + np.log1p(-np.exp(-2 * large)) - np.log(2 * large))


def langevin(x: FloatArray) -> FloatArray:
    """Return coth(x) - 1 / x, which is 0 at 0: the derivative of :func:`log_sinh_ratio`."""
    away = np.where(np.abs(x) < _NEAR_ZERO, 1.0, x)
    return np.where(np.abs(x) < _NEAR_ZERO, x / 3 - x**3 / 45, 1 / np.tanh(away) - 1 / away)


def poisson_log_likelihood(counts: FloatArray, means: FloatArray) -> float:
    """Return the Poisson log likelihood of the counts."""
    return float(np.sum(special.xlogy(counts, means) - means - special.gammaln(counts + 1)))


def poisson_deviance(counts: FloatArray, means: FloatArray) -> float:
    """Return the Poisson deviance of the counts; 0 when every mean equals its count."""
    return float(2 * np.sum(special.xlogy(counts, counts / means) - (counts - means)))


def negative_binomial_log_likelihood(
    counts: FloatArray, means: FloatArray, *, alpha: float, family: NegativeBinomialFamily
) -> float:
    """Return the log likelihood with variance mean + alpha x mean ("nb1") or mean + alpha x mean^2 ("nb2")."""
    size = means / alpha if family == "nb1" else np.full_like(means, 1 / alpha)
    terms = special.gammaln(counts + size) - special.gammaln(size) - special.gammaln(counts + 1)
    terms += -size * np.log1p(means / size) + special.xlogy(counts, means / (size + means))
    return float(np.sum(terms))


def negative_binomial_score(
    counts: FloatArray, means: FloatArray, *, alpha: float, family: NegativeBinomialFamily
) -> tuple[FloatArray, float]:
    """Return the derivatives of the log likelihood in each log mean, and in log alpha."""
    if family == "nb1":
        size = means / alpha
        in_size = special.digamma(counts + size) - special.digamma(size) - np.log1p(alpha)
        return size * in_size, float(np.sum((counts - means) / (1 + alpha) - size * in_size))
    size = np.full_like(means, 1 / alpha)
    in_size = special.digamma(counts + size) - special.digamma(size) - np.log1p(alpha * means)
    in_size += (means - counts) / (size + means)
    return (counts - means) / (1 + alpha * means), float(np.sum(-size * in_size))
