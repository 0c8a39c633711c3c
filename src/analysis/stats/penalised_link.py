"""The penalised composite link model for given composition, basis and penalty: what `smooth_intensity` computes with.

References
----------
Eilers (2007) Statistical Modelling 7:239-254; Rizzi, Gampe, Eilers (2015) American Journal of Epidemiology 182:138-147.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from analysis.stats.arguments import require_positive
from analysis.stats.composite_link import FloatArray
from analysis.stats.composite_regression import poisson_deviances

_ITERATIONS: Final = 200
_STEP: Final = 1e-11  # in the log of a rate; a loss near its minimum tells coefficients apart to half as many digits
_ROUNDING: Final = 1e-12  # of a loss: a rise of less is none


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PenalisedFit:
    """Result of :func:`fit_penalised`.

    Parameters
    ----------
    coefficients
        Of the spline.
    penalty
        As given.
    fitted
        Expected count of each group.
    deviance
        Poisson deviance.
    effective_parameters
        Trace of the hat matrix.
    inverse
        Inverse of the penalised information: the covariance of the coefficients for dispersion 1, the penalty being
        read as a prior.
    """

    coefficients: FloatArray
    penalty: float
    fitted: FloatArray
    deviance: float
    effective_parameters: float
    inverse: FloatArray


def composition_of(first_days: FloatArray, last_days: FloatArray, days: FloatArray) -> sparse.csr_array:
    """Return the sparse matrix of 0 and 1 that adds days up to intervals."""
    inside = (days[None, :] >= first_days[:, None]) & (days[None, :] <= last_days[:, None])
    return sparse.csr_array(inside.astype(np.float64))


def fit_penalised(
    counts: FloatArray, composition: sparse.csr_array, basis: sparse.csr_array, *, penalty: float, order: int = 2
) -> PenalisedFit:
    """Return the coefficients that maximise the Poisson log likelihood less penalty / 2 x squared differences.

    Parameters
    ----------
    counts
        Events of each group.
    composition
        Which fine cells add up to each group (groups x cells).
    basis
        Spline values in the cells (cells x coefficients).
    penalty
        Weight of the squared differences of the coefficients, above 0.
    order
        Order of the differences.
    """
    require_positive("penalty", penalty)
    # Kept as a root: multiplied out, a large penalty leaves differences of large numbers and no digits in a small cost.
    root = np.sqrt(penalty) * np.diff(np.eye(basis.shape[1]), n=order, axis=0)
    cost = root.T @ root
    # B-splines sum to one everywhere, so equal coefficients are a constant rate.
    beta = np.full(basis.shape[1], np.log(counts.sum() / composition.sum()))
    loss = _loss(beta, counts, composition, basis, root)
    for _ in range(_ITERATIONS):
        means, slopes = _moments(beta, composition, basis)
        information = slopes.T @ (slopes / means[:, None])
        score = slopes.T @ ((counts - means) / means) - root.T @ (root @ beta)
        step = np.linalg.solve(information + cost, score)
        beta, loss = _not_worse(beta, step, loss, counts, composition, basis, root)
        if np.abs(step).max() <= _STEP:
            break
    means, slopes = _moments(beta, composition, basis)
    information = slopes.T @ (slopes / means[:, None])
    inverse = np.asarray(np.linalg.inv(information + cost), dtype=np.float64)
    return PenalisedFit(
        coefficients=beta,
        penalty=penalty,
        fitted=means,
        deviance=float(poisson_deviances(counts, means)),
        effective_parameters=float(np.trace(inverse @ information)),
        inverse=inverse,
    )


def _moments(beta: FloatArray, composition: sparse.csr_array, basis: sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    """Return the expected counts and their derivatives in the coefficients."""
    rates = np.exp(basis @ beta)
    slopes = (composition @ (sparse.diags_array(rates) @ basis)).toarray()
    return np.asarray(composition @ rates), np.asarray(slopes, dtype=np.float64)


def _loss(
    beta: FloatArray, counts: FloatArray, composition: sparse.csr_array, basis: sparse.csr_array, root: FloatArray
) -> float:
    with np.errstate(over="ignore"):  # a step too long is refused because its loss is infinite
        means = composition @ np.exp(basis @ beta)
    if not np.all(np.isfinite(means)) or not np.all(means > 0):
        return float("inf")
    return float(poisson_deviances(counts, means) + np.sum((root @ beta) ** 2))


def _not_worse(
    beta: FloatArray,
    step: FloatArray,
    loss: float,
    counts: FloatArray,
    composition: sparse.csr_array,
    basis: sparse.csr_array,
    root: FloatArray,
) -> tuple[FloatArray, float]:
    """Return the coefficients after the step, halved until the loss does not rise."""
    share, limit = 1.0, loss + _ROUNDING * (1 + abs(loss))
    for _ in range(30):
        tried = beta + share * step
        reached = _loss(tried, counts, composition, basis, root)
        if reached <= limit:
            return tried, reached
        share /= 2
    return beta, loss
