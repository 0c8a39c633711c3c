"""Affine transforms in the plane, and fitting one to matched points without trusting every pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.robust_fit import matched_pairs, reweighted
from analysis.stats.similarity import fit_robust

MINIMUM_PAIRS: Final = 6
"""Twice the three that fix it, so that the rest can contradict."""
_ON_A_LINE: Final = 1e-6
"""Ratio of spreads across and along below which points lie on a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaneAffine:
    """X = middle' + M (x - middle): translation, rotation, two scales and shear.

    Parameters
    ----------
    matrix
        M by rows.
    middle
        Point of the source around which it turns, scales and shears.
    middle_after
        Where that point goes.
    """

    matrix: tuple[tuple[float, float], tuple[float, float]]
    middle: tuple[float, float]
    middle_after: tuple[float, float]

    def apply(self, xy: ArrayLike) -> NDArray[np.float64]:
        """Return the transformed points, one row each."""
        centred = np.asarray(xy, dtype=np.float64) - self.middle
        moved: NDArray[np.float64] = centred @ np.asarray(self.matrix).T + self.middle_after
        return moved


def fit_affine(source: ArrayLike, target: ArrayLike, *, weights: ArrayLike | None = None) -> PlaneAffine:
    """Return the affine transform that takes `source` to `target` with the least weighted squares.

    Raises
    ------
    InsufficientEvidence
        With fewer than six pairs, or when the points lie on a line.

    References
    ----------
    Wolf, Ghilani (1997) Adjustment Computations, 3rd ed., section 17.4 (two-dimensional affine transformation).
    """
    start, end = matched_pairs(source, target, needed=MINIMUM_PAIRS, words=f"an affine map needs {MINIMUM_PAIRS} pairs")
    share = np.full(len(start), 1.0) if weights is None else np.asarray(weights, dtype=np.float64)
    share = share / share.sum()
    middle, goal = share @ start, share @ end
    centred, aimed = start - middle, end - goal
    spread = centred.T @ (share[:, None] * centred)
    across, along = np.linalg.eigvalsh(spread)
    if across <= _ON_A_LINE**2 * along:
        raise InsufficientEvidence(
            "the points lie on a line, so nothing is known across it; no affine map can be found"
        )
    matrix = np.linalg.solve(spread, centred.T @ (share[:, None] * aimed)).T
    (a, b), (c, d) = matrix.tolist()
    return PlaneAffine(
        matrix=((a, b), (c, d)),
        middle=(float(middle[0]), float(middle[1])),
        middle_after=(float(goal[0]), float(goal[1])),
    )


def fit_robust_affine(source: ArrayLike, target: ArrayLike) -> PlaneAffine:
    """Return an affine transform that pairs far off the rest do not pull: Tukey's biweight from a robust similarity.

    Raises
    ------
    InsufficientEvidence
        As :func:`fit_affine`.

    References
    ----------
    As :func:`analysis.stats.robust_fit.reweighted`.
    """
    start, end = matched_pairs(source, target, needed=MINIMUM_PAIRS, words=f"an affine map needs {MINIMUM_PAIRS} pairs")
    similar = fit_robust(start, end)
    first = fit_affine(start, similar.apply(start))
    return reweighted(start, end, first=first, fit=lambda weights: fit_affine(start, end, weights=weights))
