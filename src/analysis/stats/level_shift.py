"""A change of level at a stated time on top of a trend and an annual wave.

The time is a window of days. Before it the shift is 0, after it 1, and it rises evenly over the days of the window,
since no one day of it is preferred. What the counts could detect of it is said by :mod:`analysis.stats.shift_power`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.stats.arguments import tail_of
from analysis.stats.composite_link import FloatArray
from analysis.stats.composite_regression import Quadrature, fit_replicates, quadrature_of
from analysis.stats.interval_counts import DAYS_PER_YEAR, require_evidence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShiftModel:
    """The model with and without the shift, ready to be fitted.

    Parameters
    ----------
    counts
        As observed.
    quadrature
        Nodes of the intervals.
    design
        Explaining variables at the nodes: constant, trend, annual wave (cosine, sine), shift last.
    whole_before, whole_after
        Intervals that end before the window and that begin after it.
    """

    counts: FloatArray
    quadrature: Quadrature
    design: FloatArray
    whole_before: int
    whole_after: int

    @property
    def parameters(self) -> int:
        """Number of coefficients with the shift."""
        return int(self.design.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShiftFit:
    """The fitted shift.

    Parameters
    ----------
    log_ratio, log_ratio_se
        Log of rate after over rate before, trend and season apart, and its standard error with the dispersion.
    statistic
        Deviance gained by the shift over the dispersion, compared with F(1, degrees_of_freedom).
    dispersion
        Pearson's, with the shift.
    fitted_without
        Expected counts without the shift.
    coefficients_without
        Of the model without the shift.
    degrees_of_freedom
        Intervals less coefficients.
    """

    log_ratio: float
    log_ratio_se: float
    statistic: float
    dispersion: float
    fitted_without: FloatArray
    coefficients_without: FloatArray
    degrees_of_freedom: int


def shift_model(
    counts: ArrayLike,
    first_days: ArrayLike,
    last_days: ArrayLike,
    *,
    window: tuple[float, float],
    trend_degree: int = 1,
) -> ShiftModel:
    """Return the model of a shift over a window of days (first and last day number, both counted).

    Parameters
    ----------
    counts, first_days, last_days
        As :func:`analysis.stats.interval_counts.fit_log_linear` takes them.
    window
        First and last day number.
    trend_degree
        1: log-linear; 2: log-quadratic.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than 3 intervals, no events, or all events in the first or last interval.
    ValueError
        If the window ends before it starts, or the intervals are not usable.
    """
    numbers, _ = require_evidence(counts, first_days, last_days)
    low, high = float(window[0]), float(window[1]) + 1
    if high <= low:
        raise ValueError(f"window: the last day must not be before the first, got {window}")
    quadrature = quadrature_of(first_days, last_days, cuts=(low, high))
    first, last = np.asarray(first_days, dtype=np.float64), np.asarray(last_days, dtype=np.float64)
    years = (quadrature.times - (first[0] + last[-1] + 1) / 2) / DAYS_PER_YEAR
    phase = 2 * math.pi * quadrature.times / DAYS_PER_YEAR
    columns = [years**power for power in range(trend_degree + 1)]
    columns += [np.cos(phase), np.sin(phase), np.clip((quadrature.times - low) / (high - low), 0.0, 1.0)]
    return ShiftModel(
        counts=numbers,
        quadrature=quadrature,
        design=np.column_stack(columns),
        whole_before=int(np.sum(last + 1 <= low)),
        whole_after=int(np.sum(first >= high)),
    )


def fit_shift(model: ShiftModel) -> ShiftFit:
    """Return the quasi-Poisson fit of the shift on interval integrals.

    References
    ----------
    McCullagh, Nelder (1989) Generalized Linear Models, chapter 9; Wagner et al. (2002) Journal of Clinical Pharmacy and
    Therapeutics 27:299-309 (level change on a trend, segmented regression).
    """
    counts = model.counts[None, :]
    without = fit_replicates(counts, model.quadrature, model.design[:, :-1])
    full = fit_replicates(counts, model.quadrature, model.design)
    freedom = model.counts.size - model.parameters
    dispersion = float(full.dispersion(counts)[0])
    gained = max(0.0, float(without.deviance[0] - full.deviance[0]))
    covariance = np.linalg.pinv(full.information[0])
    return ShiftFit(
        log_ratio=float(full.coefficients[0, -1]),
        log_ratio_se=math.sqrt(max(0.0, float(covariance[-1, -1])) * dispersion),
        statistic=gained / dispersion,
        dispersion=dispersion,
        fitted_without=without.fitted[0],
        coefficients_without=without.coefficients[0],
        degrees_of_freedom=freedom,
    )


def ratio_interval(fit: ShiftFit, *, level: float) -> tuple[float, float, float]:
    """Return the rate ratio with the low and high end of its interval (Student's t on the log scale)."""
    reach = float(stats.t.isf(tail_of(level), fit.degrees_of_freedom)) * fit.log_ratio_se
    with np.errstate(over="ignore"):  # an interval wider than any number is infinite
        low, ratio, high = np.exp([fit.log_ratio - reach, fit.log_ratio, fit.log_ratio + reach])
    return float(ratio), float(low), float(high)
