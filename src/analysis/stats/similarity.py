"""Similarity transforms in the plane and in space, and fitting one to matched points without trusting every pair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.robust_fit import matched_pairs, reweighted

Convention = Literal["coordinate_frame", "position_vector"]
Rotation = Literal["small angles", "exact"]

MINIMUM_PAIRS: Final = 4
_ARCSEC: Final = math.pi / (180 * 3600)
_NEEDED: Final = f"at least {MINIMUM_PAIRS} matched pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaneSimilarity:
    """X = tx + s (cos t x + sin t y), Y = ty + s (-sin t x + cos t y), coordinates relative to `origin`.

    Parameters
    ----------
    east, north
        Translation, in the unit of the coordinates.
    scale
        Factor above 0.
    theta
        Rotation of the axes, radians.
    origin
        Point around which it turns and scales, in source coordinates; translation is added to it.
    """

    east: float
    north: float
    scale: float
    theta: float
    origin: tuple[float, float] = (0.0, 0.0)

    def apply(self, xy: ArrayLike) -> NDArray[np.float64]:
        """Return the transformed points, one row each."""
        points = np.asarray(xy, dtype=np.float64) - self.origin
        cosine, sine = math.cos(self.theta), math.sin(self.theta)
        turned = self.scale * points @ np.array([[cosine, -sine], [sine, cosine]])
        moved: NDArray[np.float64] = turned + np.asarray(self.origin) + (self.east, self.north)
        return moved


def fit_similarity(source: ArrayLike, target: ArrayLike, *, weights: ArrayLike | None = None) -> PlaneSimilarity:
    """Return the similarity that takes `source` to `target` with the least weighted squares.

    References
    ----------
    Umeyama (1991) IEEE Transactions on Pattern Analysis and Machine Intelligence 13:376-380, in the plane.
    """
    start, end = matched_pairs(source, target, needed=MINIMUM_PAIRS - 1, words=f"a similarity needs {_NEEDED}")
    share = np.full(len(start), 1.0) if weights is None else np.asarray(weights, dtype=np.float64)
    share = share / share.sum()
    middle, goal = share @ start, share @ end
    centred, aimed = start - middle, end - goal
    spread = float(share @ (centred**2).sum(axis=1))
    if spread == 0:
        raise InsufficientEvidence("all points lie at one place, so neither rotation nor scale can be found")
    along = float(share @ (centred * aimed).sum(axis=1))
    across = float(share @ (centred[:, 1] * aimed[:, 0] - centred[:, 0] * aimed[:, 1]))
    east, north = goal - middle
    return PlaneSimilarity(
        east=float(east),
        north=float(north),
        scale=math.hypot(along, across) / spread,
        theta=math.atan2(across, along),
        origin=(float(middle[0]), float(middle[1])),
    )


def fit_robust(source: ArrayLike, target: ArrayLike) -> PlaneSimilarity:
    """Return a similarity that pairs far off the rest do not pull: Tukey's biweight from a median start.

    References
    ----------
    As :func:`analysis.stats.robust_fit.reweighted`.
    """
    start, end = matched_pairs(source, target, needed=MINIMUM_PAIRS - 1, words=f"a similarity needs {_NEEDED}")
    shift = np.median(end - start, axis=0)
    first = PlaneSimilarity(east=float(shift[0]), north=float(shift[1]), scale=1.0, theta=0.0)
    return reweighted(start, end, first=first, fit=lambda weights: fit_similarity(start, end, weights=weights))


def helmert(
    xyz: Sequence[float],
    *,
    translation: Sequence[float],
    rotation_arcsec: Sequence[float],
    scale_ppm: float,
    convention: Convention,
    rotation: Rotation = "small angles",
    pivot: Sequence[float] = (0.0, 0.0, 0.0),
) -> NDArray[np.float64]:
    """Return geocentric coordinates after a seven-parameter transform; with a pivot that of Molodensky and Badekas.

    Parameters
    ----------
    xyz
        Geocentric coordinates, m.
    translation, rotation_arcsec, scale_ppm
        As published, m, arc seconds, parts per million.
    convention
        Whether the rotations turn the axes or the position; the signs differ.
    rotation
        Small angles as in most published operations, or exact.
    pivot
        Point the rotation and scale refer to, m.

    References
    ----------
    IOGP Guidance Note 7-2, sections 4.3.3 to 4.3.5 (EPSG methods 1032, 1033, 1034).
    """
    angles = np.asarray(rotation_arcsec, dtype=np.float64) * _ARCSEC
    if convention == "position_vector":
        angles = -angles
    frame = _small_rotation(angles) if rotation == "small angles" else _exact_rotation(angles)
    relative = np.asarray(xyz, dtype=np.float64) - pivot
    moved: NDArray[np.float64] = (1 + scale_ppm * 1e-6) * frame @ relative + pivot + np.asarray(translation)
    return moved


def _small_rotation(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y, z = angles
    return np.array([[1, z, -y], [-z, 1, x], [y, -x, 1]])


def _exact_rotation(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    (cx, cy, cz), (sx, sy, sz) = np.cos(angles), np.sin(angles)
    turn_x = np.array([[1, 0, 0], [0, cx, sx], [0, -sx, cx]])
    turn_y = np.array([[cy, 0, -sy], [0, 1, 0], [sy, 0, cy]])
    turn_z = np.array([[cz, sz, 0], [-sz, cz, 0], [0, 0, 1]])
    turned: NDArray[np.float64] = turn_z @ turn_y @ turn_x
    return turned
