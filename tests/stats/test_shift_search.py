"""A planted shift is found, held-out ground confirms it, and where there is none the search finds only chance."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import box
from shapely.affinity import translate

from analysis.errors import InsufficientEvidence
from analysis.stats.overlay import Ground
from analysis.stats.relocation import upper_rank
from analysis.stats.shift_search import (
    Shift,
    best_shift,
    flipped_best_scores,
    left_out_shifts,
    score_at,
    score_window,
)
from analysis.stats.spatial_blocks import block_labels

CORNERS = np.random.default_rng(7).uniform(0, 20_000, (60, 2))
FIELDS = [box(x, y, x + 80, y + 40) for x, y in CORNERS]
POINTS = np.array([shape.centroid.coords[0] for shape in FIELDS])
OPTIONS = {"reach_m": 200.0, "step_m": 50.0, "matching_m": 100.0}


def displaced(east: float, north: float) -> Ground:
    return Ground(np.array([translate(shape, east, north) for shape in FIELDS], dtype=object))


def test_the_shift_found_undoes_the_displacement() -> None:
    window = score_window(POINTS, displaced(150, -50), **OPTIONS)
    found = best_shift(window)
    assert (found.east_m, found.north_m) == (-150, 50)
    assert found.score == pytest.approx(1.0)
    assert found.length_m == pytest.approx(np.hypot(150, 50))


def test_no_displacement_gives_no_shift() -> None:
    window = score_window(POINTS, displaced(0, 0), **OPTIONS)
    assert best_shift(window).length_m == 0


def test_the_score_is_the_mean_of_each_point_s() -> None:
    window = score_window(POINTS, displaced(150, -50), **OPTIONS)
    shift = Shift(east_m=-100.0, north_m=50.0, score=0.0)
    # Fields lie 50 m off then, and reach 40 m to each side of the point: 10 m apart, score 1 - 10 / 100.
    assert score_at(window, shift) == pytest.approx(np.full(60, 0.9), abs=1e-6)
    with pytest.raises(ValueError, match="outside the window"):
        score_at(window, Shift(east_m=500.0, north_m=0.0, score=0.0))


def test_a_common_shift_is_more_than_chance() -> None:
    window = score_window(POINTS, displaced(150, -50), **OPTIONS)
    turned = flipped_best_scores(window, np.arange(60), repeats=99, rng=np.random.default_rng(2))
    assert upper_rank(best_shift(window).score, turned) == 0.01


def test_without_a_common_shift_small_p_values_are_rare() -> None:
    rng = np.random.default_rng(3)
    ranks = []
    for _ in range(60):
        window = score_window(POINTS + rng.normal(scale=60, size=POINTS.shape), displaced(0, 0), **OPTIONS)
        turned = flipped_best_scores(window, np.arange(len(window.scores)), repeats=39, rng=rng)
        ranks.append(upper_rank(best_shift(window).score, turned))
    # 60 searches at the 5 % level: 3 expected, and 9 or more has a probability below 0.3 %.
    assert sum(rank <= 0.05 for rank in ranks) < 9


def test_held_out_ground_confirms_the_shift() -> None:
    window = score_window(POINTS, displaced(100, 0), **OPTIONS)
    blocks = block_labels(POINTS[window.near], size_m=5000)
    found = left_out_shifts(window, blocks)
    assert sum(points for _, _, points in found) == len(POINTS)
    assert {shift.east_m for shift, _, _ in found} == {-100.0}
    # Without a shift the points lie 100 m - 40 m = 60 m off, score 0.4; with it 1: a gain of 0.6 on ground not used.
    assert [gain for _, gain, _ in found] == pytest.approx([0.6] * len(found), abs=1e-6)


def test_few_points_or_one_block() -> None:
    with pytest.raises(InsufficientEvidence, match="10 points have a polygon within 383 m and 20 are needed"):
        score_window(POINTS[:10], displaced(0, 0), **OPTIONS)
    window = score_window(POINTS, displaced(0, 0), **OPTIONS)
    with pytest.raises(InsufficientEvidence, match="one block"):
        left_out_shifts(window, np.zeros(60, dtype=np.int64))
    with pytest.raises(ValueError, match="1 to 20 steps"):
        score_window(POINTS, displaced(0, 0), reach_m=500, step_m=10, matching_m=100)
    with pytest.raises(InsufficientEvidence, match="form 3 clusters and 10 are needed"):
        flipped_best_scores(window, np.arange(60) % 3, repeats=9, rng=np.random.default_rng(1))
