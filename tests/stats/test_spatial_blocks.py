"""Resampling blocks gives wider intervals for clustered points, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.spatial_blocks import block_interval, block_labels


def test_points_of_one_block_share_a_label() -> None:
    labels = block_labels([[10, 10], [90, 90], [110, 10], [-10, 10]], size_m=100)
    assert labels.tolist() == [1, 1, 2, 0]


def test_single_points_give_the_binomial_width() -> None:
    inside = np.tile([1.0, 0.0, 0.0, 0.0], 50)
    found = block_interval(inside, np.arange(200), level=0.95, repeats=4000, rng=np.random.default_rng(1))
    half = 1.96 * np.sqrt(0.25 * 0.75 / 200)
    assert (found.low, found.high) == pytest.approx((0.25 - half, 0.25 + half), abs=0.01)


def test_clusters_of_four_double_the_width() -> None:
    # Points of a cluster agree: 50 independent clusters instead of 200 points, so twice the standard error.
    inside = np.repeat(np.tile([1.0, 0.0, 0.0, 0.0, 0.0], 10), 4)
    blocks = np.repeat(np.arange(50), 4)
    found = block_interval(inside, blocks, level=0.95, repeats=4000, rng=np.random.default_rng(1))
    assert found.high - found.low == pytest.approx(2 * 1.96 * np.sqrt(0.2 * 0.8 / 50), rel=0.08)


def test_few_blocks_or_no_variation() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(InsufficientEvidence, match="lie in 9 blocks and at least 10"):
        block_interval([0, 1] * 9, np.repeat(np.arange(9), 2), level=0.95, repeats=9, rng=rng)
    with pytest.raises(InsufficientEvidence, match="all 20 points have the same value"):
        block_interval([1.0] * 20, np.arange(20), level=0.95, repeats=9, rng=rng)
