"""A smooth daily rate behind counts of unequal intervals: the penalised composite link model.

The log of the daily rate is a P-spline; the expected count of an interval is the sum of the daily rates in it. The
penalty is on second differences of the spline's coefficients, so that a very large one leaves a log-linear rate.

References
----------
Eilers (2007) Statistical Modelling 7:239-254; Rizzi, Gampe, Eilers (2015) American Journal of Epidemiology 182:138-147.
The R package `ungroup` (Pascariu et al. 2018, JOSS 3:937) is the peer; it has no dispersion and no Bayesian band.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import interpolate, sparse, stats

from analysis.stats.arguments import require_positive, tail_of
from analysis.stats.composite_link import FloatArray
from analysis.stats.interval_counts import require_evidence
from analysis.stats.penalised_link import PenalisedFit, composition_of, fit_penalised

Criterion = Literal["aic", "bic"]

PENALTIES: Final = tuple(float(10**power) for power in np.arange(6.0, -2.01, -0.25))
"""Penalties tried unless others are given, the smoothest first."""

_ORDER: Final = 2
_DEGREE: Final = 3
_EQUAL: Final = 1e-7  # criteria closer than this are equal on another machine


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SmoothIntensity:
    """A smooth daily rate with its pointwise uncertainty.

    Parameters
    ----------
    days
        Day numbers from the first to the last observed day.
    log_rate, log_rate_se
        Log of the rate per day at each, and its standard error (with dispersion).
    penalty, criterion
        The penalty chosen and by which criterion.
    table
        Penalties tried with effective degrees of freedom, deviance, AIC and BIC, as rows (penalty, edf, deviance, aic,
        bic).
    effective_parameters
        Trace of the hat matrix at the chosen penalty.
    selection_dispersion, dispersion
        Variance over mean used in the criterion, and the larger of it and Pearson's of the chosen fit, in the errors.
    fitted
        Expected count of each interval.
    degrees_of_freedom
        Of Student's t in the bands.
    """

    days: FloatArray
    log_rate: FloatArray
    log_rate_se: FloatArray
    penalty: float
    criterion: Criterion
    table: FloatArray
    effective_parameters: float
    selection_dispersion: float
    dispersion: float
    fitted: FloatArray
    degrees_of_freedom: float

    @property
    def at_the_end(self) -> str:
        """In words, whether the chosen penalty is the largest or smallest tried; empty if it lies between."""
        if self.penalty == self.table[0, 0]:
            return "largest penalty tried: not told from a log-linear rate"
        return "smallest penalty tried" if self.penalty == self.table[-1, 0] else ""

    def band_per_30d(self, *, level: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the rate per 30 days at each day, and the low and high ends of its pointwise band.

        The band is for the curve at one day at a time, not for the whole curve and not for counts to come.
        """
        reach = stats.t.isf(tail_of(level), self.degrees_of_freedom) * self.log_rate_se
        rate = 30 * np.exp(self.log_rate)
        return rate, rate * np.exp(-reach), rate * np.exp(reach)


def smooth_intensities(
    counts: ArrayLike,
    first_days: ArrayLike,
    last_days: ArrayLike,
    *,
    dispersion: float = 1.0,
    knot_days: float = 60.0,
    penalties: tuple[float, ...] = PENALTIES,
) -> dict[Criterion, SmoothIntensity]:
    """Return the smooth daily rate that explains the counts of the intervals, its penalty chosen by each criterion.

    "aic" takes the smallest deviance / dispersion + 2 edf, "bic" the log of the number of intervals in place of 2.

    Parameters
    ----------
    counts, first_days, last_days
        As :func:`analysis.stats.interval_counts.fit_log_linear` takes them; intervals may leave gaps.
    dispersion
        Variance over mean of the counts, known from elsewhere (for example accident sizes). The deviance in AIC and BIC
        is divided by it; without it over-dispersed counts are followed too closely.
    knot_days
        Distance between knots, days. Shorter changes little: the penalty decides.
    penalties
        Tried in this order; of equally good ones the first is taken.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than 3 intervals, no events, or all events in the first or the last interval.
    ValueError
        If counts are negative or the intervals overlap or are out of order.

    Notes
    -----
    The standard errors take the penalty as a prior (Wood 2006): averaged over the curve such bands hold about their
    level, at sharp bends they hold less. The choice of the penalty is not in them.

    References
    ----------
    Eilers (2007); Rizzi, Gampe, Eilers (2015); Nychka (1988) JASA 83:1134-1143 and Wood (2006) Generalized Additive
    Models, section 4.8 (bands); McCullagh, Nelder (1989), chapter 9 (dispersion).
    """
    require_positive("dispersion", dispersion)
    require_positive("knot_days", knot_days)
    if not penalties:
        raise ValueError("penalties: at least one is needed, got none")
    numbers, _ = require_evidence(counts, first_days, last_days)
    first, last = np.asarray(first_days, dtype=np.float64), np.asarray(last_days, dtype=np.float64)
    days = np.arange(first[0], last[-1] + 1)
    basis = p_spline_basis(days, knot_days=knot_days)
    composition = composition_of(first, last, days)
    runs = [fit_penalised(numbers, composition, basis, penalty=one, order=_ORDER) for one in penalties]
    table = _criteria(runs, numbers.size, dispersion=dispersion)
    curves: dict[Criterion, SmoothIntensity] = {}
    columns: dict[Criterion, int] = {"aic": 3, "bic": 4}
    for criterion, column in columns.items():
        chosen = runs[_first_smallest(table[:, column])]
        curves[criterion] = _curve(chosen, numbers, days, basis, table, criterion=criterion, dispersion=dispersion)
    return curves


def _curve(
    chosen: PenalisedFit,
    counts: FloatArray,
    days: FloatArray,
    basis: sparse.csr_array,
    table: FloatArray,
    *,
    criterion: Criterion,
    dispersion: float,
) -> SmoothIntensity:
    freedom = max(1.0, counts.size - chosen.effective_parameters)
    factor = max(dispersion, float(np.sum((counts - chosen.fitted) ** 2 / chosen.fitted)) / freedom)
    variance = np.asarray(basis.multiply(basis @ chosen.inverse).sum(axis=1), dtype=np.float64) * factor
    return SmoothIntensity(
        days=days,
        log_rate=basis @ chosen.coefficients,
        log_rate_se=np.sqrt(variance),
        penalty=chosen.penalty,
        criterion=criterion,
        table=table,
        effective_parameters=chosen.effective_parameters,
        selection_dispersion=dispersion,
        dispersion=factor,
        fitted=chosen.fitted,
        degrees_of_freedom=freedom,
    )


def p_spline_basis(days: FloatArray, *, knot_days: float) -> sparse.csr_array:
    """Return cubic B-splines on equidistant knots about `knot_days` apart, at the middle of each day.

    References
    ----------
    Eilers, Marx (1996) Statistical Science 11:89-121; the spline by scipy.
    """
    low, high = float(days[0]), float(days[-1] + 1)
    pieces = max(1, math.ceil((high - low) / knot_days))
    width = (high - low) / pieces
    knots = low + width * np.arange(-_DEGREE, pieces + _DEGREE + 1)
    return sparse.csr_array(interpolate.BSpline.design_matrix(days + 0.5, knots, _DEGREE))


def _criteria(runs: list[PenalisedFit], intervals: int, *, dispersion: float) -> FloatArray:
    rows = [
        (
            run.penalty,
            run.effective_parameters,
            run.deviance,
            run.deviance / dispersion + 2 * run.effective_parameters,
            run.deviance / dispersion + math.log(intervals) * run.effective_parameters,
        )
        for run in runs
    ]
    return np.array(rows)


def _first_smallest(values: FloatArray) -> int:
    """Return the position of the first value that no other undercuts by more than rounding."""
    return int(np.flatnonzero(values <= values.min() + _EQUAL)[0])
