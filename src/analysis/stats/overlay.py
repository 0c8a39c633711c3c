"""Points against polygons: inside, how far outside, how deep inside; by shapely's index, with cost near linear.

Coordinates are metres in one projected CRS. Points are arrays of two columns, polygons arrays of shapely geometries.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.stats.arguments import require_not_negative

_CHUNK: Final = 200_000
"""Points looked up at a time, so that memory stays bounded."""


def coordinates(points: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return x and y of point geometries, one row each."""
    import shapely

    pairs: NDArray[np.float64] = np.asarray(shapely.get_coordinates(points), dtype=np.float64)
    if len(pairs) != len(points):
        raise ValueError("points: one position each is needed")
    return pairs


class Ground:
    """Polygons with an index, to be asked about many points.

    Parameters
    ----------
    polygons
        Valid polygons; their order has no effect on any answer.
    """

    def __init__(self, polygons: NDArray[np.object_]) -> None:
        import shapely

        self._polygons = np.asarray(polygons, dtype=object)
        shapely.prepare(self._polygons)
        self._tree = shapely.STRtree(self._polygons)

    def inside(self, xy: ArrayLike) -> NDArray[np.bool_]:
        """Return which points lie in a polygon or on its edge."""
        points = _checked(xy)
        found = np.zeros(len(points), dtype=bool)
        for start in range(0, len(points), _CHUNK):
            part = points[start : start + _CHUNK]
            found[start + self._pairs_inside(part)[0]] = True
        return found

    def distances(self, xy: ArrayLike, *, within_m: float) -> NDArray[np.float64]:
        """Return the distance of each point to the nearest polygon, m: 0 inside, infinite beyond `within_m`."""
        import shapely

        require_not_negative("within_m", within_m)
        points = _checked(xy)
        found = np.where(self.inside(points), 0.0, np.inf)
        outside = np.flatnonzero(found > 0) if within_m > 0 else np.empty(0, dtype=np.int64)
        for start in range(0, len(outside), _CHUNK):
            part = outside[start : start + _CHUNK]
            (which, _), apart = self._tree.query_nearest(
                shapely.points(points[part]), max_distance=within_m, return_distance=True, all_matches=False
            )
            found[part[which]] = apart
        return found

    def depths(self, xy: ArrayLike) -> NDArray[np.float64]:
        """Return how far each point is from the edge of the polygon it lies in, m; 0 outside.

        Where polygons overlap it is the largest of the distances, at most the depth in their union.
        """
        import shapely

        points = _checked(xy)
        which, where = self._pairs_inside(points)
        apart = shapely.distance(shapely.boundary(self._polygons[where]), shapely.points(points[which]))
        depth = np.zeros(len(points))
        np.maximum.at(depth, which, apart)
        return depth

    def _pairs_inside(self, points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        import shapely

        which, where = self._tree.query(shapely.points(points))
        truly = shapely.intersects_xy(self._polygons[where], points[which, 0], points[which, 1])
        return which[truly], where[truly]


def union_area_m2(polygons: NDArray[np.object_]) -> float:
    """Return the area covered by the polygons, overlaps once, m2."""
    import shapely

    return float(shapely.area(shapely.union_all(polygons)))


def common_area_m2(one: NDArray[np.object_], other: NDArray[np.object_]) -> float:
    """Return the area covered by both groups of polygons, m2."""
    import shapely

    return float(shapely.area(shapely.intersection(shapely.union_all(one), shapely.union_all(other))))


def _checked(xy: ArrayLike) -> NDArray[np.float64]:
    points = np.asarray(xy, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not np.all(np.isfinite(points)):
        raise ValueError("points: rows of two finite coordinates are needed")
    return points
