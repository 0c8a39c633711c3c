"""Simulated persons in accidents have the mean and the dispersion asked for."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.clustered_counts import clustered_counts
from analysis.stats.dispersion import size_dispersion

SIZES = [1, 1, 1, 2, 4]  # E[x^2] / E[x] = (1 + 1 + 1 + 4 + 16) / 9 = 23 / 9
RUNS = 40_000


def drawn(means, dispersion, seed=1):
    return clustered_counts(means, sizes=SIZES, dispersion=dispersion, replicates=RUNS, rng=np.random.default_rng(seed))


@pytest.mark.parametrize("dispersion", [23 / 9, 4.2])
def test_mean_and_variance_over_mean_are_those_asked_for(dispersion):
    counts = drawn([3.0, 40.0], dispersion)
    for column, mean in zip(counts.T, (3.0, 40.0), strict=True):
        assert column.mean() == pytest.approx(mean, abs=4 * np.sqrt(dispersion * mean / RUNS))
        # The standard error of a variance of 40,000 skewed counts is below 2 % here.
        assert column.var() / column.mean() == pytest.approx(dispersion, rel=0.06)


def test_accidents_of_these_sizes_cannot_vary_less():
    assert size_dispersion(SIZES) == pytest.approx(23 / 9)
    assert np.array_equal(drawn([5.0], 1.0), drawn([5.0], 23 / 9))


def test_merging_two_intervals_leaves_the_law():
    apart, together = drawn([2.0, 3.0], 4.2).sum(axis=1), drawn([5.0], 4.2, seed=2)[:, 0]
    share_apart, share_together = np.mean(apart == 0), np.mean(together == 0)
    assert share_apart == pytest.approx(share_together, abs=4 * np.sqrt(2 * share_together / RUNS))


def test_nothing_expected_is_nothing_seen():
    assert not drawn([0.0, 1.0], 4.2)[:, 0].any()


def test_bad_input_is_refused():
    source = np.random.default_rng(1)
    with pytest.raises(InsufficientEvidence, match="without the size of any accident"):
        clustered_counts([1.0], sizes=[], dispersion=2, replicates=1, rng=source)
    with pytest.raises(ValueError, match="sizes: every accident has at least one person"):
        clustered_counts([1.0], sizes=[0, 1], dispersion=2, replicates=1, rng=source)
    with pytest.raises(ValueError, match="means: every expected count must be 0 or more"):
        clustered_counts([-1.0], sizes=[1], dispersion=2, replicates=1, rng=source)
    with pytest.raises(ValueError, match="dispersion: a finite number above 0"):
        clustered_counts([1.0], sizes=[1], dispersion=0, replicates=1, rng=source)
