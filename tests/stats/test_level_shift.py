"""A change of level at a stated time: exact on expected counts, intervals that cover, bad input refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.clustered_counts import clustered_counts
from analysis.stats.level_shift import fit_shift, ratio_interval, shift_model

FIRST = np.arange(1, 1801, 60)
LAST = FIRST + 59
WINDOW = (901.0, 930.0)
SIZES = [1, 1, 1, 2]


def source(seed=1):
    return np.random.default_rng(seed)


def means(ratio, level=40.0):
    """Expected counts of a rate with trend and annual wave whose level is multiplied by `ratio` over the window."""
    model = shift_model(np.full(FIRST.size, 5.0), FIRST, LAST, window=WINDOW)
    return model.quadrature.expected(model.design @ np.array([math.log(level / 60), -0.2, 0.3, -0.1, math.log(ratio)]))


def test_expected_counts_give_the_ratio_back():
    fit = fit_shift(shift_model(means(0.4), FIRST, LAST, window=WINDOW))
    assert fit.log_ratio == pytest.approx(math.log(0.4), abs=1e-5)
    assert fit.dispersion == pytest.approx(0, abs=1e-8)


def test_whole_intervals_on_each_side_are_counted():
    # The window is days 901 to 930, inside the 16th interval (901 to 960).
    model = shift_model(means(1.0), FIRST, LAST, window=WINDOW)
    assert (model.whole_before, model.whole_after) == (15, 14)
    early = shift_model(means(1.0), FIRST, LAST, window=(5, 5))
    assert (early.whole_before, early.whole_after) == (0, 29)


def test_one_day_steps_at_its_end_and_a_window_rises_over_its_days():
    day = shift_model(means(1.0), FIRST, LAST, window=(901, 901))
    shift, times = day.design[:, -1], day.quadrature.times
    assert np.all(shift[times < 901] == 0)
    assert np.all(shift[times > 902] == 1)
    month = shift_model(means(1.0), FIRST, LAST, window=WINDOW)
    inside = (month.quadrature.times > 901) & (month.quadrature.times < 931)
    assert month.design[inside, -1] == pytest.approx((month.quadrature.times[inside] - 901) / 30)


def test_the_interval_holds_the_ratio_and_widens_with_the_level():
    counts = clustered_counts(means(0.4), sizes=SIZES, dispersion=1.5, replicates=1, rng=source(5))[0]
    fit = fit_shift(shift_model(counts, FIRST, LAST, window=WINDOW))
    ratio, low, high = ratio_interval(fit, level=0.95)
    _, lower, higher = ratio_interval(fit, level=0.99)
    assert lower < low < ratio < high < higher


def test_the_interval_covers_about_its_level():
    # 200 series; 95 % within four standard errors.
    rows = clustered_counts(means(0.5), sizes=SIZES, dispersion=1.5, replicates=200, rng=source(6))
    held = 0
    for row in rows:
        _, low, high = ratio_interval(fit_shift(shift_model(row, FIRST, LAST, window=WINDOW)), level=0.95)
        held += low <= 0.5 <= high
    assert held / 200 == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / 200))


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="window: the last day must not be before the first"):
        shift_model(means(1.0), FIRST, LAST, window=(50, 40))
    with pytest.raises(InsufficientEvidence, match="no events"):
        shift_model(np.zeros(FIRST.size), FIRST, LAST, window=WINDOW)
    with pytest.raises(InsufficientEvidence, match="at least 3 intervals, got 1"):
        shift_model([4], FIRST[:1], LAST[:1], window=WINDOW)
    with pytest.raises(ValueError, match="every count must be 0 or more"):
        shift_model(-means(1.0), FIRST, LAST, window=WINDOW)
    with pytest.raises(ValueError, match="not after the end of the one before"):
        shift_model(means(1.0), FIRST[::-1], LAST[::-1], window=WINDOW)
