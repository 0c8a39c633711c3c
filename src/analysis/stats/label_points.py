"""Points inside polygons, for labels on maps."""

from __future__ import annotations

from collections.abc import Sequence

Ring = Sequence[tuple[float, float]]


def label_point(polygons: Sequence[Sequence[Ring]]) -> tuple[float, float]:
    """Return the point farthest from every edge of the largest polygon, in the polygon's own coordinates.

    Parameters
    ----------
    polygons
        Each as its rings, the outer one first.

    References
    ----------
    Garcia-Castellanos, Lombardo (2007) Scottish Geographical Journal 123:227-233, for the pole of inaccessibility.
    """
    import shapely

    shapes = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
    largest = max(shapes, key=lambda shape: shape.area)
    middle = shapely.maximum_inscribed_circle(largest).coords[0]
    return float(middle[0]), float(middle[1])
