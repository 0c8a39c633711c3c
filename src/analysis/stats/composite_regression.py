"""Counts of intervals explained by a log-linear model of the rate within them, fitted to many count vectors at once.

The expected count of an interval is the integral of exp(x(t) b) over it, by Gauss-Legendre quadrature on pieces short
against everything that varies. All replicates share intervals and design, so one matrix does for all of them.

References
----------
Thompson, Baker (1981) Applied Statistics 30:125-131 (composite link functions, Fisher scoring).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.stats.composite_link import FloatArray, exposure_of

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(3)
_LONGEST_PIECE: Final = 45.0  # days; three nodes integrate an annual wave over it to one part in ten million
_ITERATIONS: Final = 60
_HALVINGS: Final = 12
_LARGEST_LOG: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quadrature:
    """Where the rate is evaluated, and how the values add up to intervals.

    Parameters
    ----------
    times
        Times of the nodes, in day numbers; day d is the time from d to d + 1.
    weights
        Days each node stands for.
    starts
        Position of the first node of each interval.
    """

    times: FloatArray
    weights: FloatArray
    starts: NDArray[np.int64]

    def sums(self, values: FloatArray) -> FloatArray:
        """Return the sums of values at the nodes (last axis) over each interval."""
        total: FloatArray = np.add.reduceat(values, self.starts, axis=-1)
        return total

    def expected(self, log_rates: FloatArray) -> FloatArray:
        """Return the expected count of each interval for log rates per day at the nodes (last axis)."""
        return self.sums(self.weights * np.exp(log_rates))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReplicateFits:
    """Fits to many count vectors.

    Parameters
    ----------
    coefficients
        One row a replicate.
    fitted
        Expected count of each interval, one row a replicate.
    deviance
        Poisson deviance of each.
    information
        Fisher information of the coefficients of each (Poisson).
    """

    coefficients: FloatArray
    fitted: FloatArray
    deviance: FloatArray
    information: FloatArray

    def dispersion(self, counts: FloatArray) -> FloatArray:
        """Return Pearson's chi-square over its degrees of freedom, one a replicate."""
        return pearson_dispersions(counts, self.fitted, parameters=self.coefficients.shape[1])


def quadrature_of(first_days: ArrayLike, last_days: ArrayLike, *, cuts: Sequence[float] = ()) -> Quadrature:
    """Return nodes and weights for the intervals; pieces also end at `cuts`, where the model has kinks or steps.

    Raises
    ------
    ValueError
        If an interval ends before it starts, or intervals overlap or are not in date order.
    """
    exposure_of(first_days, last_days)
    first, last = np.asarray(first_days, dtype=np.float64), np.asarray(last_days, dtype=np.float64) + 1
    times, weights, starts = [], [], []
    count = 0
    for low, high in zip(first, last, strict=True):
        edges = _edges(float(low), float(high), cuts)
        halves, middles = np.diff(edges) / 2, (edges[1:] + edges[:-1]) / 2
        starts.append(count)
        times.append((middles[:, None] + halves[:, None] * _NODES).ravel())
        weights.append((halves[:, None] * _WEIGHTS).ravel())
        count += times[-1].size
    return Quadrature(times=np.concatenate(times), weights=np.concatenate(weights), starts=np.asarray(starts))


def fit_replicates(
    counts: FloatArray,
    quadrature: Quadrature,
    design: FloatArray,
    *,
    start: FloatArray | None = None,
    tolerance: float = 1e-11,
) -> ReplicateFits:
    """Return the Poisson maximum likelihood fits of log rate = design x coefficients to each row of counts.

    Where a coefficient has no finite estimate the fit stops once the deviance does not fall any more.

    Parameters
    ----------
    counts
        One row a replicate, one column an interval; 0 or more.
    quadrature, design
        Nodes, and the values of the explaining variables at them; the first column is constant 1.
    start
        Coefficients to begin with, one set for all; None for a constant rate.
    tolerance
        A fit ends when its deviance falls by less than this share.
    """
    beta = _first_guess(counts, quadrature, design, start)
    deviance = poisson_deviances(counts, quadrature.expected(_logs(beta, design)))
    active = np.arange(counts.shape[0])
    for _ in range(_ITERATIONS):
        step = _scoring_step(beta[active], counts[active], quadrature, design)
        moved, lower = _not_worse(beta[active], step, deviance[active], counts[active], quadrature, design)
        gain = deviance[active] - lower
        beta[active], deviance[active] = moved, lower
        active = active[gain > tolerance * (1 + lower)]
        if active.size == 0:
            break
    means, slopes = _moments(beta, quadrature, design)
    return ReplicateFits(coefficients=beta, fitted=means, deviance=deviance, information=_information(means, slopes))


def poisson_deviances(counts: FloatArray, means: FloatArray) -> FloatArray:
    """Return the Poisson deviance of each row of counts."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = np.where(counts > 0, counts / means, 1.0)
    terms: FloatArray = 2 * (special.xlogy(counts, ratio) - (counts - means))
    return np.asarray(np.maximum(terms, 0.0).sum(axis=-1), dtype=np.float64)


def pearson_dispersions(counts: FloatArray, means: FloatArray, *, parameters: int) -> FloatArray:
    """Return Pearson's chi-square over its degrees of freedom for each row; means of 0 with counts of 0 add nothing."""
    safe = np.maximum(means, 1e-12)
    terms = np.where(counts == means, 0.0, (counts - means) ** 2 / safe)
    return np.asarray(terms.sum(axis=-1) / (counts.shape[-1] - parameters), dtype=np.float64)


def _first_guess(
    counts: FloatArray, quadrature: Quadrature, design: FloatArray, start: FloatArray | None
) -> FloatArray:
    if start is not None:
        return np.tile(start, (counts.shape[0], 1))
    beta = np.zeros((counts.shape[0], design.shape[1]))
    beta[:, 0] = np.log(np.maximum(counts.sum(axis=1), 0.5) / float(np.sum(quadrature.weights)))
    return beta


def _edges(low: float, high: float, cuts: Sequence[float]) -> FloatArray:
    inner = sorted({float(cut) for cut in cuts if low < cut < high})
    corners = [low, *inner, high]
    pieces = [
        np.linspace(start, end, int(np.ceil((end - start) / _LONGEST_PIECE)) + 1)[:-1]
        for start, end in pairwise(corners)
    ]
    return np.concatenate([*pieces, [high]])


def _logs(beta: FloatArray, design: FloatArray) -> FloatArray:
    # Column by column: a matrix product would start threads for each of many small ones, and sum in their order.
    logs = np.zeros((beta.shape[0], design.shape[0]))
    for place in range(design.shape[1]):
        logs += beta[:, place, None] * design[:, place]
    return np.clip(logs, -_LARGEST_LOG, _LARGEST_LOG)


def _moments(beta: FloatArray, quadrature: Quadrature, design: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return means (replicate, interval) and their derivatives (replicate, interval, coefficient)."""
    rates = quadrature.weights * np.exp(_logs(beta, design))
    columns = [quadrature.sums(rates * design[:, place]) for place in range(design.shape[1])]
    return quadrature.sums(rates), np.stack(columns, axis=-1)


def _information(means: FloatArray, slopes: FloatArray) -> FloatArray:
    """Return the Fisher information of each replicate."""
    information: FloatArray = np.matmul(np.swapaxes(slopes / means[..., None], 1, 2), slopes)
    return information


def _scoring_step(beta: FloatArray, counts: FloatArray, quadrature: Quadrature, design: FloatArray) -> FloatArray:
    means, slopes = _moments(beta, quadrature, design)
    score = np.matmul(((counts - means) / means)[:, None, :], slopes)[:, 0, :]
    information = _information(means, slopes)
    size = np.trace(information, axis1=1, axis2=2)
    # A direction the counts do not inform would make the matrix singular; this leaves it where it is.
    information += (1e-10 * size + 1e-12)[:, None, None] * np.eye(design.shape[1])
    step: FloatArray = np.linalg.solve(information, score[..., None])[..., 0]
    length = np.abs(step).max(axis=1)
    step *= np.minimum(1.0, 5.0 / np.maximum(length, 1e-12))[:, None]
    return step


def _not_worse(
    beta: FloatArray,
    step: FloatArray,
    deviance: FloatArray,
    counts: FloatArray,
    quadrature: Quadrature,
    design: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return coefficients and deviance after the step, halved in each replicate until the deviance does not rise."""
    moved, lower = beta.copy(), deviance.copy()
    open_rows = np.arange(beta.shape[0])
    share = 1.0
    for _ in range(_HALVINGS):
        tried = beta[open_rows] + share * step[open_rows]
        reached = poisson_deviances(counts[open_rows], quadrature.expected(_logs(tried, design)))
        better = reached <= deviance[open_rows]
        moved[open_rows[better]], lower[open_rows[better]] = tried[better], reached[better]
        open_rows = open_rows[~better]
        if open_rows.size == 0:
            break
        share /= 2
    return moved, lower
