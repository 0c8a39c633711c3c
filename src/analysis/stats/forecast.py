"""Counts still to come: draws from predictive distributions that carry the uncertainty of the rate and of the count.

Each forecast is made in two steps. First the expected counts of the windows to come are drawn, once for each run, from
what the past leaves open about the rate. Then a count is drawn around each expected count: NB1 (variance proportional
to the mean) or compound Poisson (accidents, each with a number of persons). Both laws add up over neighbouring windows,
so cumulated draws are draws of the cumulated count.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.stats.arguments import require_not_negative, require_positive
from analysis.stats.composite_link import exposure_of, log_sinh_ratio
from analysis.stats.interval_counts import LogLinearFit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# An expected count above this is an exploding trend; quantiles below it are not touched, and draws stay whole numbers.
_LARGEST_MEAN = 1e9


def constant_rate_means(
    count: float, days: float, window_days: ArrayLike, *, dispersion: float, runs: int, rng: np.random.Generator
) -> FloatArray:
    """Return expected counts of windows to come if the rate stays what it was, one row a run, one column a window.

    The rate is drawn from the gamma law that Jeffreys' prior leaves after `count / dispersion` groups of equal size, as
    in :func:`analysis.stats.dispersion.overdispersed_limits`; no events leave a rate above 0 possible.

    Parameters
    ----------
    count, days
        Events seen and the days they were seen in.
    window_days
        Length of each window to come.
    dispersion
        Variance over mean of the counts, 1 or more.
    """
    require_not_negative("count", count)
    require_positive("days", days)
    _require_dispersion(dispersion)
    rates = rng.gamma(count / dispersion + 0.5, dispersion / days, size=_runs(runs))
    means: FloatArray = rates[:, None] * np.asarray(window_days, dtype=np.float64)[None, :]
    return means


def log_linear_means(
    fit: LogLinearFit, first_days: ArrayLike, last_days: ArrayLike, *, runs: int, rng: np.random.Generator
) -> FloatArray:
    """Return expected counts of windows to come if the fitted log-linear rate goes on, one row a run.

    Level and slope are drawn from the fit's covariance, by Student's t where the dispersion was estimated.

    Parameters
    ----------
    first_days, last_days
        Day numbers of the first and last day of each window, both counted, in date order.
    """
    levels, slopes = _drawn_coefficients(fit, runs=runs, rng=rng)
    windows = exposure_of(first_days, last_days)
    shift = windows.origin_day - fit.origin_day
    steep = slopes[:, None]
    logs = levels[:, None] + steep * (windows.middles + shift) + np.log(windows.lengths)
    logs += log_sinh_ratio(steep * windows.lengths / 2)
    return _bounded(logs)


def damped_means(
    fit: LogLinearFit,
    first_days: ArrayLike,
    last_days: ArrayLike,
    *,
    end_day: float,
    half_life_days: float,
    runs: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Return expected counts of windows to come if the fitted slope fades out, one row a run.

    From `end_day` on the slope halves every `half_life_days`, so that the log rate changes by slope x (1 - exp(-k t)) /
    k with k = ln 2 / half-life and levels off; without end it is the log-linear trend.

    Parameters
    ----------
    first_days, last_days
        As for :func:`log_linear_means`, all after `end_day`.
    end_day
        Last day of the counts the fit was made from.

    References
    ----------
    Gardner, McKenzie (1985) Management Science 31:1237-1246 (damped trend), here in continuous time.
    """
    require_positive("half_life_days", half_life_days)
    first, last = np.asarray(first_days, dtype=np.int64), np.asarray(last_days, dtype=np.int64)
    exposure_of(first, last)
    if first[0] <= end_day:
        raise ValueError(f"first_days: windows after day {end_day:g} are needed, got one from day {first[0]}")
    levels, slopes = _drawn_coefficients(fit, runs=runs, rng=rng)
    fading = math.log(2) / half_life_days
    since_end = np.arange(first[0], last[-1] + 1) + 0.5 - (end_day + 1)
    reach = -np.expm1(-fading * since_end) / fading
    at_end = levels + slopes * (end_day + 1 - fit.origin_day)
    rates = _bounded(at_end[:, None] + slopes[:, None] * reach[None, :])
    cumulated = np.concatenate([np.zeros((runs, 1)), np.cumsum(rates, axis=1)], axis=1)
    means: FloatArray = cumulated[:, last - first[0] + 1] - cumulated[:, first - first[0]]
    return np.minimum(means, _LARGEST_MEAN)


def nb1_counts(means: ArrayLike, *, dispersion: float, rng: np.random.Generator) -> IntArray:
    """Return counts around the expected ones with variance `dispersion` times the mean; 1 is the Poisson law."""
    _require_dispersion(dispersion)
    expected = np.asarray(means, dtype=np.float64)
    if dispersion == 1:
        return np.asarray(rng.poisson(expected), dtype=np.int64)
    mixed = rng.gamma(expected / (dispersion - 1), dispersion - 1)
    return np.asarray(rng.poisson(mixed), dtype=np.int64)


def compound_counts(means: ArrayLike, sizes: ArrayLike, *, rng: np.random.Generator) -> IntArray:
    """Return persons in a Poisson number of accidents whose sizes are drawn from those seen.

    The number of accidents of each size is a Poisson number of its own (thinning), so no accident is drawn one by one.

    Parameters
    ----------
    means
        Expected persons.
    sizes
        Persons in each accident seen, 1 or more.
    """
    expected = np.minimum(np.asarray(means, dtype=np.float64), _LARGEST_MEAN)
    persons, seen = np.unique(np.asarray(sizes, dtype=np.int64), return_counts=True)
    if persons.size == 0 or persons[0] < 1:
        raise ValueError("sizes: at least one accident, each of 1 or more persons, is needed")
    shares = seen / seen.sum()
    accidents = expected / float(np.sum(shares * persons))
    drawn = rng.poisson(accidents[..., None] * shares)
    return np.asarray(drawn @ persons, dtype=np.int64)


def _drawn_coefficients(fit: LogLinearFit, *, runs: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Return draws of the log rate at the origin of the fit and of its slope."""
    root = np.linalg.cholesky(fit.covariance)
    steps = rng.standard_normal((_runs(runs), 2)) @ root.T
    if math.isfinite(fit.degrees_of_freedom):
        steps *= np.sqrt(fit.degrees_of_freedom / rng.chisquare(fit.degrees_of_freedom, size=runs))[:, None]
    return fit.log_rate_at_origin + steps[:, 0], fit.slope_per_day + steps[:, 1]


def _bounded(logs: FloatArray) -> FloatArray:
    return np.asarray(np.exp(np.minimum(logs, math.log(_LARGEST_MEAN))), dtype=np.float64)


def _require_dispersion(dispersion: float) -> None:
    if not (math.isfinite(dispersion) and dispersion >= 1):
        raise ValueError(f"dispersion: a finite number of at least 1 is needed, got {dispersion}")


def _runs(runs: int) -> int:
    if runs < 1:
        raise ValueError(f"runs: 1 or more is needed, got {runs}")
    return runs
