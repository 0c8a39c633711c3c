"""Intervals for shares of points that come in clusters: square blocks of ground are resampled, not points."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_positive, tail_of

MINIMUM_BLOCKS: Final = 10


def block_labels(xy: ArrayLike, *, size_m: float) -> NDArray[np.int64]:
    """Return the number of the square block that each point lies in; blocks are numbered in order of place.

    Parameters
    ----------
    xy
        Coordinates, m.
    size_m
        Side of a block, m; several times the distance over which points are clustered.
    """
    require_positive("size_m", size_m)
    cells = np.floor(np.asarray(xy, dtype=np.float64) / size_m).astype(np.int64)
    labels: NDArray[np.int64] = np.unique(cells, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return labels


def block_interval(
    values: ArrayLike, blocks: NDArray[np.int64], *, level: float, repeats: int, rng: np.random.Generator
) -> Interval:
    """Return a percentile interval of the mean of values per point, resampling blocks.

    Raises
    ------
    InsufficientEvidence
        With fewer than ten blocks with points, or when all points have the same value.

    References
    ----------
    Lahiri (2003) Resampling Methods for Dependent Data, chapter 12; Davison, Hinkley (1997) Bootstrap Methods and Their
    Application, section 8.3.
    """
    numbers = np.asarray(values, dtype=np.float64)
    sums, sizes = np.bincount(blocks, weights=numbers), np.bincount(blocks).astype(np.float64)
    sums, sizes = sums[sizes > 0], sizes[sizes > 0]
    if len(sizes) < MINIMUM_BLOCKS:
        raise InsufficientEvidence(
            f"the points lie in {len(sizes)} blocks and at least {MINIMUM_BLOCKS} are needed; use smaller blocks, if "
            "points in neighbouring ones can be taken as independent"
        )
    if np.ptp(numbers) == 0:
        raise InsufficientEvidence(f"all {numbers.size} points have the same value, so resampling shows no variation")
    tail = tail_of(level)
    drawn = rng.multinomial(len(sizes), np.full(len(sizes), 1 / len(sizes)), size=repeats)
    means = (drawn @ sums) / (drawn @ sizes)
    low, high = np.quantile(means, [tail, 1 - tail])
    middle = float(numbers.mean())
    return Interval(
        low=min(float(low), middle), high=max(float(high), middle), kind=IntervalKind.CONFIDENCE, level=level
    )
