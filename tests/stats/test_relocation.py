"""Relocated points have the shares that areas give, and ranks count as they should."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Polygon, box

from analysis.errors import InsufficientEvidence
from analysis.stats.overlay import Ground
from analysis.stats.relocation import points_within, relocated_shares, toroidal_shift, upper_rank

HALF = Ground(np.array([box(0, 0, 50, 100)], dtype=object))


def test_points_are_uniform_in_the_area() -> None:
    triangle = Polygon([(0, 0), (100, 0), (0, 100)])
    found = points_within(triangle, 4000, np.random.default_rng(1))
    assert found.sum(axis=1).max() <= 100
    # The centroid of the triangle is (100/3, 100/3); the standard error of a mean is 23.6 / sqrt(4000) = 0.37.
    assert found.mean(axis=0) == pytest.approx([100 / 3] * 2, abs=1.5)


def test_shares_follow_areas_stratum_by_stratum() -> None:
    strata = [box(0, 0, 100, 100), box(200, 0, 300, 100)]
    shares = relocated_shares(strata, [30, 10], HALF, tolerances_m=[0, 25], repeats=500, rng=np.random.default_rng(2))
    # In the first stratum half the land is inside and 75 % within 25 m, in the second none: 0.5 * 3/4 and 0.75 * 3/4.
    assert shares.mean(axis=0) == pytest.approx([0.375, 0.5625], abs=0.01)
    assert shares.std(axis=0)[0] == pytest.approx(np.sqrt(30 * 0.25) / 40, rel=0.1)


def test_no_points_no_null() -> None:
    with pytest.raises(InsufficientEvidence, match="no point lies in the strata"):
        relocated_shares([box(0, 0, 1, 1)], [0], HALF, tolerances_m=[0], repeats=9, rng=np.random.default_rng(1))


def test_a_toroidal_shift_needs_a_rectangle() -> None:
    xy = np.array([[10.0, 10.0], [90.0, 60.0]])
    moved = toroidal_shift(xy, box(0, 0, 100, 100), np.random.default_rng(3))
    assert np.all((moved >= 0) & (moved <= 100))
    # Both points moved by the same vector, up to whole widths of the square.
    assert (moved[1] - moved[0]) % 100 == pytest.approx([80, 50])
    with pytest.raises(InsufficientEvidence, match="needs a rectangle"):
        toroidal_shift(xy, Polygon([(0, 0), (100, 0), (0, 100)]), np.random.default_rng(3))


def test_the_rank_counts_the_observed_value_itself() -> None:
    assert upper_rank(3, [1, 2, 3]) == 0.5  # (1 + 1) / (1 + 3)
    assert upper_rank(9, [1, 2, 3]) == 0.25
