"""Simulated counts of persons who come in accidents: compound Poisson, or wider where the residuals say so.

If accidents follow a Poisson process, the variance of the number of persons is E[x^2] / E[x] times its mean. A larger
stated dispersion is met by accidents that themselves come in clusters: their number is negative binomial with variance
proportional to its mean, which, like the Poisson law, is unchanged when neighbouring intervals are merged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.arguments import require_positive

FloatArray = NDArray[np.float64]


def clustered_counts(
    means: ArrayLike, *, sizes: ArrayLike, dispersion: float, replicates: int, rng: np.random.Generator
) -> FloatArray:
    """Return simulated numbers of persons, one row a replicate and one column an interval.

    Parameters
    ----------
    means
        Expected number of persons of each interval, 0 or more.
    sizes
        Persons per accident as observed, each 1 or more; drawn with their relative frequency.
    dispersion
        Variance over mean of the persons. Below E[x^2] / E[x] of the sizes it is raised to it: independent accidents
        of these sizes cannot vary less.
    replicates
        Number of rows.
    rng
        Source of randomness.

    Raises
    ------
    InsufficientEvidence
        If there are no sizes.

    References
    ----------
    Daley, Vere-Jones (2003) An Introduction to the Theory of Point Processes I, section 2.2 (compound Poisson);
    Cameron, Trivedi (2013) Regression Analysis of Count Data, 2nd ed., section 3.3 (variance proportional to the mean).
    """
    require_positive("dispersion", dispersion)
    expected = np.asarray(means, dtype=np.float64)
    if not np.all(expected >= 0):
        raise ValueError("means: every expected count must be 0 or more")
    persons, shares = _frequencies(sizes)
    size_mean = float(np.sum(persons * shares))
    excess = max(0.0, dispersion - float(np.sum(persons**2 * shares)) / size_mean) / size_mean
    accidents = np.broadcast_to(expected / size_mean, (replicates, expected.size))
    if excess > 0:
        # Gamma-mixed Poisson: variance of the number of accidents is (1 + excess) times its mean.
        accidents = np.where(expected > 0, rng.gamma(np.maximum(accidents, 1e-300) / excess, excess), 0.0)
    # Given the rate, accidents of each size are independent Poisson counts.
    total = np.zeros(accidents.shape)
    for size, share in zip(persons, shares, strict=True):
        total += size * rng.poisson(accidents * share)
    return total


def _frequencies(sizes: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the distinct sizes in ascending order and their shares."""
    observed = np.asarray(sizes, dtype=np.float64)
    if observed.size == 0:
        raise InsufficientEvidence("persons in accidents cannot be simulated without the size of any accident")
    if not np.all(observed >= 1):
        raise ValueError("sizes: every accident has at least one person")
    values, counts = np.unique(observed, return_counts=True)
    return values, counts / observed.size
