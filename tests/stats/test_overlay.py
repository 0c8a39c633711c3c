"""Distances and depths worked by hand, and against shapely's own for every pair."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Point, Polygon, box, distance, points, union_all

from analysis.stats.overlay import Ground, common_area_m2, coordinates, union_area_m2

SQUARE = box(0, 0, 100, 100)
FAR = box(300, 0, 400, 100)


def array(*shapes: object) -> np.ndarray:
    return np.array(shapes, dtype=object)


def test_inside_on_the_edge_and_outside() -> None:
    ground = Ground(array(SQUARE, FAR))
    xy = [[50, 50], [100, 50], [130, 50], [200, 50], [50, 250]]
    assert ground.inside(xy).tolist() == [True, True, False, False, False]
    # 130 is 30 m east of the first; 200 is 100 m from both; the last is 150 m north.
    assert ground.distances(xy, within_m=120).tolist() == [0, 0, 30, 100, np.inf]
    assert ground.distances(xy, within_m=0).tolist() == [0, 0, np.inf, np.inf, np.inf]
    assert ground.depths(xy).tolist() == [50, 0, 0, 0, 0]


def test_depth_in_overlapping_polygons_is_the_deeper_one() -> None:
    ground = Ground(array(SQUARE, box(50, 0, 150, 100)))
    # 20 m from the right edge of the first, 30 m from the left edge of the second.
    assert ground.depths([[80, 50]]).tolist() == [30]


def test_a_hole_is_outside() -> None:
    ground = Ground(array(Polygon(SQUARE.exterior, [box(40, 40, 60, 60).exterior])))
    assert ground.distances([[50, 50]], within_m=100).tolist() == [10]


def test_distances_agree_with_every_pair() -> None:
    rng = np.random.default_rng(1)
    corners = rng.uniform(0, 5000, (40, 2))
    polygons = array(*(box(x, y, x + 200, y + 80) for x, y in corners))
    xy = rng.uniform(0, 5000, (500, 2))
    expected = distance(points(xy)[:, None], polygons[None, :]).min(axis=1)
    found = Ground(polygons).distances(xy, within_m=300)
    assert found == pytest.approx(np.where(expected <= 300, expected, np.inf))
    assert Ground(polygons[::-1]).distances(xy, within_m=300) == pytest.approx(found)


def test_areas_count_overlaps_once() -> None:
    half = box(50, 0, 150, 100)
    assert union_area_m2(array(SQUARE, half)) == pytest.approx(union_all([SQUARE, half]).area) == 15_000
    assert common_area_m2(array(SQUARE), array(half, half)) == 5_000


def test_only_positions_are_taken() -> None:
    assert coordinates(array(Point(1, 2), Point(3, 4))).tolist() == [[1, 2], [3, 4]]
    with pytest.raises(ValueError, match="one position each"):
        coordinates(array(SQUARE))
    with pytest.raises(ValueError, match="two finite coordinates"):
        Ground(array(SQUARE)).inside([[np.nan, 0]])
