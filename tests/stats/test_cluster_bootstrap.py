"""Resampled sums of clusters: moments by hand, clusters kept whole, refusals."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.cluster_bootstrap import bootstrap_sums


def test_mean_and_variance_by_hand():
    # Sizes 1, 1, 4: the sum is 6 and its variance under Poisson(1) weights 1 + 1 + 16.
    sums = bootstrap_sums([[1], [1], [4]], runs=60_000, rng=np.random.default_rng(1))[:, 0]
    assert sums.mean() == pytest.approx(6, abs=0.06)
    assert sums.var() == pytest.approx(18, rel=0.03)


def test_a_cluster_comes_whole_or_not_at_all():
    sums = bootstrap_sums([[1, 2], [3, 6]], runs=500, rng=np.random.default_rng(2))
    assert (sums[:, 1] == 2 * sums[:, 0]).all()


def test_refusals():
    with pytest.raises(InsufficientEvidence, match="needs at least 2 of them, got 1"):
        bootstrap_sums([[3]], runs=10, rng=np.random.default_rng(1))
    with pytest.raises(InsufficientEvidence, match="got 0"):
        bootstrap_sums(np.empty((0, 1)), runs=10, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="a table of clusters and quantities is needed, got 1 dimensions"):
        bootstrap_sums([1, 2], runs=10, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="runs: 1 or more is needed, got 0"):
        bootstrap_sums([[1], [2]], runs=0, rng=np.random.default_rng(1))
