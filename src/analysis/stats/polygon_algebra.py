"""Two groups of polygons within an area: where they agree, and where each stands alone, near the other or far off."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.stats.arguments import require_not_negative


def parts_m2(
    mapped: NDArray[np.object_], found: NDArray[np.object_], area: NDArray[np.object_], *, near_m: float
) -> dict[str, float]:
    """Return the areas, m2, of the six parts that add up to the whole area.

    Parameters
    ----------
    mapped, found
        What the map shows and what was found.
    area
        Where both are compared.
    near_m
        Distance within which a part that stands alone counts as near the other group.
    """
    import shapely

    require_not_negative("near_m", near_m)
    whole = shapely.union_all(area)
    one, other = (shapely.intersection(shapely.union_all(shapes), whole) for shapes in (mapped, found))
    both = shapely.intersection(one, other)
    commission, omission = shapely.difference(one, other), shapely.difference(other, one)
    near_commission = shapely.intersection(commission, _around(other, near_m))
    near_omission = shapely.intersection(omission, _around(one, near_m))
    sizes = {
        "recorded and found": _size(both),
        "commission, near": _size(near_commission),
        "commission, far": _size(commission) - _size(near_commission),
        "omission, near": _size(near_omission),
        "omission, far": _size(omission) - _size(near_omission),
    }
    return {**sizes, "neither": max(0.0, _size(whole) - sum(sizes.values()))}


def clipped(shapes: NDArray[np.object_], area: object) -> NDArray[np.object_]:
    """Return the parts of the shapes within the area; those outside are gone."""
    import shapely

    cut = shapely.intersection(shapes, area)
    return np.asarray(cut[shapely.area(cut) > 0], dtype=object)


def dissolved(shapes: NDArray[np.object_]) -> Any:  # noqa: ANN401  # shapely has no types
    """Return the union of the shapes as one geometry."""
    import shapely

    return shapely.union_all(shapes)


def hull(shapes: NDArray[np.object_], *, margin_m: float) -> Any:  # noqa: ANN401  # shapely has no types
    """Return the convex hull of the shapes with a margin around it."""
    import shapely

    return shapely.buffer(shapely.convex_hull(shapely.geometrycollections(shapes)), margin_m)


def _around(shape: object, distance_m: float) -> object:
    import shapely

    return shapely.buffer(shape, distance_m)


def _size(shape: object) -> float:
    import shapely

    return float(shapely.area(shape))


def box_of(west: float, south: float, east: float, north: float) -> Any:  # noqa: ANN401  # shapely has no types
    """Return a rectangle along the axes."""
    import shapely

    return shapely.box(west, south, east, north)


def line_of(xy: NDArray[np.float64]) -> Any:  # noqa: ANN401  # shapely has no types
    """Return a line through the positions, in order."""
    import shapely

    return shapely.linestrings(xy)


def without(one: object, other: object) -> Any:  # noqa: ANN401  # shapely has no types
    """Return the part of one area that is not in the other."""
    import shapely

    return shapely.difference(one, other)
