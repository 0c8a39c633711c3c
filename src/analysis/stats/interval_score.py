"""Scores of a forecast given as a median and central intervals, in the unit of what is forecast; lower is better."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def central_quantile_levels(levels: ArrayLike) -> FloatArray:
    """Return the quantile levels of the ends of central intervals and of the median, ascending.

    Parameters
    ----------
    levels
        Of the central intervals, each strictly between 0 and 1: 0.95 gives 0.025 and 0.975.
    """
    inside = np.sort(np.asarray(levels, dtype=np.float64))
    if inside.ndim != 1 or not np.all((inside > 0) & (inside < 1)) or np.any(np.diff(inside) == 0):
        raise ValueError(f"levels: different shares strictly between 0 and 1 are needed, got {inside.tolist()}")
    return np.concatenate([(1 - inside[::-1]) / 2, [0.5], (1 + inside) / 2])


def interval_score(observed: float, low: float, high: float, *, level: float) -> float:
    """Return the width of a central interval plus a penalty of 2 / (1 - level) times the distance outside it.

    References
    ----------
    Gneiting, Raftery (2007) Journal of the American Statistical Association 102:359-378, equation 43.
    """
    if not low <= high:
        raise ValueError(f"an interval with low <= high is needed, got {low} to {high}")
    if not 0 < level < 1:
        raise ValueError(f"level: a share strictly between 0 and 1 is needed, got {level}")
    outside = max(low - observed, 0.0) + max(observed - high, 0.0)
    return (high - low) + 2 / (1 - level) * outside


def weighted_interval_score(observed: float, quantiles: ArrayLike, *, levels: ArrayLike) -> float:
    """Return the weighted interval score of a median and K central intervals; without intervals, the absolute error.

    The median has weight 1/2 and the interval at level 1 - a weight a/2; the sum is divided by K + 1/2. It is twice the
    mean pinball loss over the 2 K + 1 quantiles and approaches the continuous ranked probability score as K grows.

    Parameters
    ----------
    observed
        What came.
    quantiles
        Forecast quantiles at :func:`central_quantile_levels` of `levels`, in that order.
    levels
        Of the central intervals.

    References
    ----------
    Bracher, Ray, Gneiting, Reich (2021) PLoS Computational Biology 17:e1008618, equations 1 to 3.
    """
    inside = np.sort(np.asarray(levels, dtype=np.float64))
    values = np.asarray(quantiles, dtype=np.float64)
    if values.shape != central_quantile_levels(inside).shape or np.any(np.diff(values) < 0):
        raise ValueError(f"quantiles: {2 * inside.size + 1} values that do not fall are needed, got {values.tolist()}")
    middle = inside.size
    score = abs(observed - values[middle]) / 2
    for place, level in enumerate(inside, start=1):
        one = interval_score(observed, float(values[middle - place]), float(values[middle + place]), level=float(level))
        score += (1 - level) / 2 * one
    return float(score / (inside.size + 0.5))


def pinball_loss(observed: float, quantile: float, *, level: float) -> float:
    """Return the loss of one forecast quantile: level per unit above it, 1 - level per unit below.

    References
    ----------
    Koenker, Bassett (1978) Econometrica 46:33-50.
    """
    return level * (observed - quantile) if observed >= quantile else (1 - level) * (quantile - observed)
