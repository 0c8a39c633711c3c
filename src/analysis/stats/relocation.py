"""Points put at random places: what a share inside polygons would be if the points had nothing to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.overlay import Ground

_ROUNDS: Final = 200
_AREA_TOLERANCE: Final = 1e-6


def points_within(area: object, number: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return `number` points placed uniformly at random in an area, one row each.

    Raises
    ------
    InsufficientEvidence
        If the area is too thin within its bounding box to hit.
    """
    import shapely

    west, south, east, north = shapely.bounds(area)
    share = float(shapely.area(area)) / max((east - west) * (north - south), 1e-300)
    shapely.prepare(area)
    found: list[NDArray[np.float64]] = []
    missing = number
    for _ in range(_ROUNDS):
        if missing <= 0:
            break
        tried = rng.uniform(
            (west, south), (east, north), size=(min(int(missing / max(share, 1e-3)) + 16, 1_000_000), 2)
        )
        hits = tried[shapely.contains_xy(area, tried[:, 0], tried[:, 1])][:missing]
        found.append(hits)
        missing -= len(hits)
    if missing > 0:
        raise InsufficientEvidence("an area is too thin to place points in it; use wider strata")
    return np.concatenate(found) if found else np.empty((0, 2))


def relocated_shares(
    strata: Sequence[object],
    counts: Sequence[int],
    ground: Ground,
    *,
    tolerances_m: ArrayLike,
    repeats: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Return shares of relocated points within each tolerance of the polygons, one row a repeat.

    Each repeat puts as many points into each stratum as were observed there, uniformly. One stratum is uniform
    relocation, a weak comparison: points and polygons that both keep to roads or to a line look alike without one
    saying anything of the other.

    Parameters
    ----------
    strata
        Areas that do not overlap.
    counts
        Points observed in each.
    ground
        The polygons.
    tolerances_m
        Distances, m.
    repeats
        Number of relocations.
    rng
        Source of chance.

    References
    ----------
    Diggle (2013) Statistical Analysis of Spatial and Spatio-Temporal Point Patterns, 3rd ed., section 2.2 (Monte Carlo
    tests); Baddeley, Rubak, Turner (2015) Spatial Point Patterns, section 10.6.
    """
    tolerances = np.asarray(tolerances_m, dtype=np.float64)
    total = sum(counts)
    if total == 0:
        raise InsufficientEvidence("no point lies in the strata, so none can be relocated")
    within = np.zeros((repeats, len(tolerances)))
    for area, count in zip(strata, counts, strict=True):
        apart = ground.distances(points_within(area, count * repeats, rng), within_m=float(tolerances.max()))
        for place, tolerance in enumerate(tolerances):
            within[:, place] += (apart <= tolerance).reshape(repeats, count).sum(axis=1)
    return within / total


def toroidal_shift(xy: ArrayLike, rectangle: object, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return all points moved by one random vector within a rectangle whose opposite edges are joined.

    Raises
    ------
    InsufficientEvidence
        If the area is not a rectangle along the axes: elsewhere points would jump to places that are none.

    References
    ----------
    Lotwick, Silverman (1982) Journal of the Royal Statistical Society B 44:406-413.
    """
    import shapely

    west, south, east, north = shapely.bounds(rectangle)
    whole = (east - west) * (north - south)
    if abs(float(shapely.area(rectangle)) - whole) > _AREA_TOLERANCE * whole:
        raise InsufficientEvidence("a toroidal shift needs a rectangle along the axes; use strata instead")
    corner, size = np.array([west, south]), np.array([east - west, north - south])
    moved: NDArray[np.float64] = (
        corner + (np.asarray(xy, dtype=np.float64) - corner + rng.uniform(size=2) * size) % size
    )
    return moved


def upper_rank(observed: float, simulated: ArrayLike) -> float:
    """Return the Monte Carlo p value of a value this large: (1 + simulated at least as large) / (1 + simulated).

    Values that are equal but for rounding are as large.
    """
    values = np.asarray(simulated, dtype=np.float64)
    return float((1 + np.count_nonzero(values >= observed - 1e-9 * abs(observed))) / (1 + values.size))
