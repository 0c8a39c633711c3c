"""Interval scores: hand-worked values and the identities the publication states."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.interval_score import (
    central_quantile_levels,
    interval_score,
    pinball_loss,
    weighted_interval_score,
)


def test_quantile_levels_of_central_intervals():
    assert central_quantile_levels([0.95, 0.5]) == pytest.approx([0.025, 0.25, 0.5, 0.75, 0.975])
    assert central_quantile_levels([]) == pytest.approx([0.5])


def test_an_interval_is_charged_its_width_and_what_lies_outside():
    # Gneiting, Raftery (2007): width 4; 3 above the high end at level 0.5, so 4 + 2 / 0.5 x 3 = 16.
    assert interval_score(15, 8, 12, level=0.5) == pytest.approx(16)
    # 2 below the low end at level 0.9: 4 + 2 / 0.1 x 2 = 44.
    assert interval_score(6, 8, 12, level=0.9) == pytest.approx(44)
    assert interval_score(8, 8, 12, level=0.9) == pytest.approx(4)


def test_the_weighted_score_by_hand():
    # Median 10 missed by 5, weight 1/2: 2.5. 50 % interval scores 16, weight 0.25: 4. (2.5 + 4) / 1.5.
    assert weighted_interval_score(15, [8, 10, 12], levels=[0.5]) == pytest.approx(6.5 / 1.5)


def test_without_intervals_it_is_the_absolute_error():
    assert weighted_interval_score(15, [10], levels=[]) == pytest.approx(5)
    # A point forecast has all its quantiles in one place: Bracher et al. (2021), "reduces to the absolute error".
    assert weighted_interval_score(15, [10] * 7, levels=[0.5, 0.8, 0.95]) == pytest.approx(5)


@given(
    observed=st.integers(0, 60),
    quantiles=st.lists(st.integers(0, 60), min_size=7, max_size=7),
)
def test_it_is_twice_the_mean_pinball_loss(observed, quantiles):
    # Bracher et al. (2021), section 2: WIS is the mean over the quantiles of twice the pinball loss.
    levels = [0.5, 0.8, 0.95]
    ordered = sorted(quantiles)
    losses = [
        pinball_loss(observed, quantile, level=level)
        for quantile, level in zip(ordered, central_quantile_levels(levels), strict=True)
    ]
    assert weighted_interval_score(observed, ordered, levels=levels) == pytest.approx(2 * np.mean(losses))


def test_many_intervals_come_near_the_continuous_ranked_probability_score():
    # Standard normal forecast, 0 observed: CRPS is (sqrt 2 - 1) / sqrt pi = 0.23369 (Gneiting, Raftery 2007, eq. 21).
    from statistics import NormalDist

    levels = np.arange(1, 400) / 400
    quantiles = [NormalDist().inv_cdf(level) for level in central_quantile_levels(levels)]
    assert weighted_interval_score(0, quantiles, levels=levels) == pytest.approx(0.23369, abs=0.002)


def test_bad_arguments_are_refused_by_name():
    with pytest.raises(ValueError, match=r"levels: different shares strictly between 0 and 1 are needed, got \[0.5, 1"):
        central_quantile_levels([1, 0.5])
    with pytest.raises(ValueError, match="levels: different shares"):
        central_quantile_levels([0.5, 0.5])
    with pytest.raises(ValueError, match="low <= high is needed, got 3 to 2"):
        interval_score(1, 3, 2, level=0.5)
    with pytest.raises(ValueError, match="level: a share strictly between 0 and 1 is needed, got 1"):
        interval_score(1, 2, 3, level=1)
    with pytest.raises(ValueError, match="quantiles: 3 values that do not fall are needed, got"):
        weighted_interval_score(1, [3, 2, 4], levels=[0.5])
    with pytest.raises(ValueError, match="quantiles: 3 values"):
        weighted_interval_score(1, [2], levels=[0.5])
