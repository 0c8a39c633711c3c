"""Estimates of a log-linear daily rate from counts of intervals, by family: the arithmetic behind `interval_counts`.

References
----------
Thompson, Baker (1981) Applied Statistics 30:125-131; Cameron, Trivedi (2013) Regression Analysis of Count Data, 2nd
ed., section 3.3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from analysis.errors import InsufficientEvidence
from analysis.stats.arguments import require_positive
from analysis.stats.composite_link import (
    Exposure,
    FloatArray,
    NegativeBinomialFamily,
    negative_binomial_log_likelihood,
    negative_binomial_score,
    poisson_log_likelihood,
)
from analysis.stats.dispersion import pearson_dispersion

_LEAST_LOG_ALPHA = math.log(1e-5)  # below it a negative binomial law is not told from a Poisson law
_LEAST_DISPERSION = 1e-9  # below it the residuals are rounding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PointEstimates:
    """Log rate at the origin and slope (per day), their covariance, the dispersion and the law of the interval."""

    log_rate: float
    slope: float
    covariance: FloatArray
    dispersion: float
    degrees_of_freedom: float
    log_likelihood: float | None


def _poisson_estimates(counts: FloatArray, exposure: Exposure) -> tuple[float, float]:
    """Return log rate and slope of the Poisson likelihood: a single root in the slope, the log rate in closed form."""

    def score(span_slope: float) -> float:
        """Return the derivative of the likelihood by the slope, over the span."""
        slope = span_slope / exposure.span
        logs, centres = exposure.log_integral(slope), exposure.centres(slope)
        weights = np.exp(logs - logs.max())
        mean_time = np.sum(weights * centres) / np.sum(weights)
        return float(np.sum(counts * (centres - mean_time)) / exposure.span)

    reach = 4.0
    # A score of exactly 0 is an underflow far from any finite root.
    while score(-reach) * score(reach) >= 0:
        reach *= 2
        if reach > 2**20:
            raise InsufficientEvidence(
                "the slope has no finite estimate: the events lie at one end of the time observed"
            )
    slope = float(optimize.brentq(score, -reach, reach, xtol=1e-13, rtol=1e-14)) / exposure.span
    logs = exposure.log_integral(slope)
    return float(np.log(counts.sum()) - np.log(np.sum(np.exp(logs - logs.max()))) - logs.max()), slope


def poisson_fit(counts: FloatArray, exposure: Exposure) -> PointEstimates:
    """Return the Poisson estimates, variance equal to the mean."""
    log_rate, slope = _poisson_estimates(counts, exposure)
    means = exposure.expected(log_rate, slope)
    return PointEstimates(
        log_rate=log_rate,
        slope=slope,
        covariance=_inverse_information(means, exposure.centres(slope)),
        dispersion=1.0,
        degrees_of_freedom=math.inf,
        log_likelihood=poisson_log_likelihood(counts, means),
    )


def _inverse_information(means: FloatArray, centres: FloatArray) -> FloatArray:
    design = np.column_stack([np.ones_like(centres), centres])
    return np.asarray(np.linalg.inv(design.T @ (means[:, None] * design)), dtype=np.float64)


def quasi_poisson_fit(counts: FloatArray, exposure: Exposure, *, dispersion: float | None) -> PointEstimates:
    """Return the Poisson estimates with variance dispersion x mean; from Pearson's residuals unless it is known."""
    plain = poisson_fit(counts, exposure)
    if dispersion is None:
        means = exposure.expected(plain.log_rate, plain.slope)
        factor, freedom = pearson_dispersion(counts, means, parameters=2), float(counts.size - 2)
        if factor < _LEAST_DISPERSION:
            raise InsufficientEvidence(
                f"the {counts.size} counts lie on the fitted line: their residuals say nothing about the dispersion; "
                "state a dispersion"
            )
    else:
        require_positive("dispersion", dispersion)
        factor, freedom = dispersion, math.inf
    return PointEstimates(
        log_rate=plain.log_rate,
        slope=plain.slope,
        covariance=plain.covariance * factor,
        dispersion=factor,
        degrees_of_freedom=freedom,
        log_likelihood=None,
    )


def negative_binomial_fit(counts: FloatArray, exposure: Exposure, *, family: NegativeBinomialFamily) -> PointEstimates:
    """Return the maximum likelihood estimates of the "nb1" or "nb2" family."""
    plain = poisson_fit(counts, exposure)
    freedom = float(counts.size - 2)
    found = _maximum(counts, exposure, start=plain, family=family)
    if found is None:
        # Counts no more spread than Poisson: the likelihood is largest at alpha 0, which is the Poisson fit.
        dispersion = 1.0 if family == "nb1" else 0.0
        return PointEstimates(
            log_rate=plain.log_rate,
            slope=plain.slope,
            covariance=plain.covariance,
            dispersion=dispersion,
            degrees_of_freedom=freedom,
            log_likelihood=plain.log_likelihood,
        )
    theta, covariance = found
    alpha, slope = math.exp(theta[2]), float(theta[1]) / exposure.span
    means = exposure.expected(float(theta[0]), slope)
    scale = np.array([1.0, 1 / exposure.span])
    return PointEstimates(
        log_rate=float(theta[0]),
        slope=slope,
        covariance=covariance[:2, :2] * np.outer(scale, scale),
        dispersion=1 + alpha if family == "nb1" else alpha,
        degrees_of_freedom=freedom,
        log_likelihood=negative_binomial_log_likelihood(counts, means, alpha=alpha, family=family),
    )


def _maximum(
    counts: FloatArray, exposure: Exposure, *, start: PointEstimates, family: NegativeBinomialFamily
) -> tuple[FloatArray, FloatArray] | None:
    """Return log rate, slope x span, log alpha and their covariance; None when alpha goes to 0."""

    def loss(theta: FloatArray) -> float:
        """Return the negative log likelihood."""
        means = exposure.expected(theta[0], theta[1] / exposure.span)
        return -negative_binomial_log_likelihood(counts, means, alpha=math.exp(theta[2]), family=family)

    def gradient(theta: FloatArray) -> FloatArray:
        """Return the derivatives of the loss."""
        slope = theta[1] / exposure.span
        means = exposure.expected(theta[0], slope)
        in_means, in_alpha = negative_binomial_score(counts, means, alpha=math.exp(theta[2]), family=family)
        in_slope = np.sum(in_means * exposure.centres(slope)) / exposure.span
        return -np.array([np.sum(in_means), in_slope, in_alpha])

    first = np.array([start.log_rate, start.slope * exposure.span, 0.0])
    limits = [(None, None), (None, None), (_LEAST_LOG_ALPHA, 10.0)]
    rough = optimize.minimize(loss, first, jac=gradient, method="L-BFGS-B", bounds=limits)
    if rough.x[2] < _LEAST_LOG_ALPHA + 1 or start.log_likelihood is None or -rough.fun <= start.log_likelihood + 1e-7:
        return None
    theta = np.asarray(optimize.root(gradient, rough.x, tol=1e-12).x, dtype=np.float64)
    step = 1e-5
    rows = [(gradient(theta + step * unit) - gradient(theta - step * unit)) / (2 * step) for unit in np.eye(3)]
    hessian = np.array(rows)
    return theta, np.asarray(np.linalg.inv((hessian + hessian.T) / 2), dtype=np.float64)
