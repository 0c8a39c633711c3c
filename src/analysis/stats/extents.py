"""Boxes of geometries along the axes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def bounds_of(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return west, south, east and north of each geometry, one row each, in its unit."""
    import shapely

    bounds: NDArray[np.float64] = np.asarray(shapely.bounds(shapes), dtype=np.float64).reshape(-1, 4)
    return bounds
