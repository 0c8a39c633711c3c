"""Power of the test of a shift: it grows with the change, its errors are as stated, ratios are read off rightly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.stats.clustered_counts import clustered_counts
from analysis.stats.level_shift import fit_shift, shift_model
from analysis.stats.shift_power import RATIOS, ShiftPower, shift_power

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


@pytest.fixture(scope="module")
def model():
    counts = clustered_counts(means(1.0), sizes=SIZES, dispersion=1.5, replicates=1, rng=source())[0]
    return shift_model(counts, FIRST, LAST, window=WINDOW)


@pytest.fixture(scope="module")
def power(model):
    fit = fit_shift(model)
    return shift_power(model, fit, curved_means=means(1.0), sizes=SIZES, level=0.95, replicates=400, rng=source())


def test_errors_are_as_stated_and_power_grows_with_the_change(power):
    # Four standard errors of a share of 5 % in 800 replicates, held against a limit from 800 others.
    assert power.error == pytest.approx(0.05, abs=4 * math.sqrt(2 * 0.05 * 0.95 / 800))
    assert power.nominal_error == pytest.approx(0.05, abs=0.03)
    falls = power.power[power.ratios < 1]
    assert np.all(np.diff(falls) <= 0.05)
    assert power.power_at(0.05) == 1
    assert power.power_at(0.5) > 0.95
    assert 0.5 < power.detectable_fall < 1 < power.detectable_rise < 2


def test_a_curve_the_model_cannot_follow_raises_the_critical_value(model):
    fit = fit_shift(model)
    waves = means(1.0) * np.exp(0.5 * np.sin(2 * np.pi * FIRST / 1800))
    bent = shift_power(model, fit, curved_means=waves, sizes=SIZES, level=0.95, replicates=200, rng=source())
    plain = shift_power(model, fit, curved_means=means(1.0), sizes=SIZES, level=0.95, replicates=200, rng=source())
    assert bent.nominal_error_curved > plain.nominal_error_curved
    assert bent.critical_curved > bent.critical
    assert bent.power_at(0.6) <= plain.power_at(0.6)
    assert bent.critical == plain.critical


def powers(values):
    return ShiftPower(
        nominal_error=0.05,
        nominal_error_curved=0.05,
        critical=4.0,
        critical_curved=4.0,
        error=0.05,
        error_curved=0.05,
        ratios=np.array(RATIOS),
        power=np.array(values),
        replicates=100,
        statistics=np.array([1.0, 2, 3]),
        statistics_curved=np.array([5.0, 6, 7]),
    )


def test_detectable_ratios_are_interpolated_on_the_log_scale():
    # Falls: power 1 down to 0.5, 0.6 at 0.6; rises: 0.7 at 2, 0.9 at 2.5, then 1. Half way from 2 to 2.5.
    falls = [1.0 if ratio <= 0.5 else 0.6 for ratio in RATIOS if ratio < 1]
    rises = [{1.33: 0.1, 2.0: 0.7, 2.5: 0.9}.get(ratio, 1.0) for ratio in RATIOS if ratio > 1]
    shown = powers([*map(float, falls), *rises])
    assert shown.detectable_rise == pytest.approx(math.sqrt(2 * 2.5))
    # From 0.6 with power 0.6 to 0.5 with power 1: half way.
    assert shown.detectable_fall == pytest.approx(math.sqrt(0.5 * 0.6))


def test_nothing_detectable_is_said_and_the_larger_p_value_counts():
    shown = powers([0.5] * len(RATIOS))
    assert shown.detectable_fall is None
    assert shown.detectable_rise is None
    # 4.5: above all three of the first world (1 / 4), below all three of the second (4 / 4).
    assert shown.p_value(4.5) == 1
    assert shown.p_value(6.5) == pytest.approx(2 / 4)
