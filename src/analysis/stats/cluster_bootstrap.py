"""Sums over clusters (accidents) under resampling of whole clusters."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence


def bootstrap_sums(clusters: ArrayLike, *, runs: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return sums of each column over clusters that each come a Poisson(1) number of times: one row a run.

    The number of clusters varies too, as that of accidents does. The sum of a column has the variance of its sum of
    squares, which for persons in accidents is that of a compound Poisson count.

    Parameters
    ----------
    clusters
        One row a cluster, one column a quantity.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than two clusters.

    References
    ----------
    Hanley, MacGibbon (2006) Computer Methods and Programs in Biomedicine 83:57-62 (Poisson bootstrap); Davison, Hinkley
    (1997) Bootstrap Methods and their Application, section 3.8 (clusters).
    """
    values = np.asarray(clusters, dtype=np.float64)
    if values.ndim != 2:
        raise ValueError(f"clusters: a table of clusters and quantities is needed, got {values.ndim} dimensions")
    if len(values) < 2:
        raise InsufficientEvidence(f"a bootstrap of clusters needs at least 2 of them, got {len(values)}")
    if runs < 1:
        raise ValueError(f"runs: 1 or more is needed, got {runs}")
    weights = rng.poisson(1.0, size=(runs, len(values)))
    sums: NDArray[np.float64] = weights @ values
    return sums
