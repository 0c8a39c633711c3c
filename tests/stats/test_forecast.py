"""Predictive distributions: moments by hand, duality with intervals, limits of the models, coverage by simulation."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from analysis.stats.composite_link import exposure_of
from analysis.stats.forecast import (
    compound_counts,
    constant_rate_means,
    damped_means,
    log_linear_means,
    nb1_counts,
)
from analysis.stats.interval_counts import fit_log_linear
from analysis.stats.rates import poisson_interval

RUNS = 40_000


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def fit():
    first = np.arange(0, 1200, 60)
    counts = [30, 25, 28, 22, 18, 21, 15, 16, 12, 14, 10, 9, 11, 7, 8, 6, 7, 5, 4, 6]
    return fit_log_linear(counts, first, first + 59, family="quasi-poisson", level=0.95)


def test_nb1_by_hand():
    # Mean 4 and variance 12: size 4 / (3 - 1) = 2, probability 1 / 3, so no event with probability (1 / 3)^2.
    counts = nb1_counts(np.full(RUNS, 4.0), dispersion=3, rng=rng())
    assert counts.mean() == pytest.approx(4, abs=0.08)
    assert counts.var() == pytest.approx(12, rel=0.05)
    assert (counts == 0).mean() == pytest.approx(1 / 9, abs=0.008)


def test_dispersion_1_is_the_poisson_law():
    counts = nb1_counts(np.full(RUNS, 2.0), dispersion=1, rng=rng())
    assert (counts == 0).mean() == pytest.approx(math.exp(-2), abs=0.008)
    assert nb1_counts([0.0, 0.0], dispersion=2, rng=rng()).tolist() == [0, 0]


def test_compound_poisson_by_hand():
    # Sizes 1 and 3, each in half the accidents: mean 2, so 4 persons are 2 accidents; variance 2 x E[x^2] = 2 x 5.
    counts = compound_counts(np.full(RUNS, 4.0), [1, 3], rng=rng())
    assert counts.mean() == pytest.approx(4, abs=0.08)
    assert counts.var() == pytest.approx(10, rel=0.05)
    assert (counts == 0).mean() == pytest.approx(math.exp(-2), abs=0.008)
    assert set(compound_counts(np.full(100, 4.0), [3], rng=rng()) % 3) == {0}


def test_the_constant_rate_is_the_law_behind_jeffreys_interval():
    # Without dispersion the drawn rate has the quantiles of Jeffreys' interval for 33 events in 365 days.
    means = constant_rate_means(33, 365, [365, 73], dispersion=1, runs=RUNS, rng=rng())
    interval = poisson_interval(33, level=0.9, method="jeffreys")
    assert np.quantile(means[:, 0], [0.05, 0.95]) == pytest.approx([interval.low, interval.high], rel=0.01)
    assert means[:, 1] == pytest.approx(means[:, 0] / 5)
    # 10 events in groups of 2: mean (5 + 1 / 2) x 2 / 100 a day.
    assert constant_rate_means(10, 100, [50], dispersion=2, runs=RUNS, rng=rng()).mean() == pytest.approx(5.5, rel=0.02)


def test_no_event_leaves_a_rate_above_0():
    assert (constant_rate_means(0, 100, [50], dispersion=2, runs=100, rng=rng()) > 0).all()


def test_a_certain_log_linear_fit_gives_its_own_integrals(fit):
    certain = replace(fit, covariance=fit.covariance * 1e-16, degrees_of_freedom=math.inf)
    first, last = [1200, 1300], [1299, 1499]
    windows = exposure_of(first, last)
    level = certain.log_rate_at_origin + certain.slope_per_day * (windows.origin_day - certain.origin_day)
    drawn = log_linear_means(certain, first, last, runs=3, rng=rng())
    assert drawn == pytest.approx(np.tile(windows.expected(level, certain.slope_per_day), (3, 1)), rel=1e-6)


def test_the_damped_trend_lies_between_its_limits(fit):
    first, last = [1200], [1564]
    common = {"end_day": 1199, "runs": 2000}
    straight = log_linear_means(fit, first, last, runs=2000, rng=rng())
    slow = damped_means(fit, first, last, half_life_days=1e9, rng=rng(), **common)
    fast = damped_means(fit, first, last, half_life_days=1e-3, rng=rng(), **common)
    half = damped_means(fit, first, last, half_life_days=182, rng=rng(), **common)
    assert slow == pytest.approx(straight, rel=1e-3)
    # The rate stays what it was at the end: 365 days at exp(level there).
    middle = np.median(fast)
    ends = fit.log_rate_at_origin + fit.slope_per_day * (1200 - fit.origin_day)
    assert middle == pytest.approx(365 * math.exp(ends), rel=0.02)
    assert np.median(straight) < np.median(half) < middle


def test_windows_add_up(fit):
    whole = damped_means(fit, [1200], [1319], end_day=1199, half_life_days=100, runs=50, rng=rng())
    parts = damped_means(fit, [1200, 1240], [1239, 1319], end_day=1199, half_life_days=100, runs=50, rng=rng())
    assert parts.sum(axis=1) == pytest.approx(whole[:, 0])


def test_an_exploding_trend_stays_a_number(fit):
    wild = replace(fit, covariance=fit.covariance * 1e6, degrees_of_freedom=1.0)
    means = log_linear_means(wild, [1200], [9000], runs=500, rng=rng())
    assert np.isfinite(means).all()
    assert np.isfinite(nb1_counts(means, dispersion=3, rng=rng())).all()


def test_the_baseline_holds_what_comes_as_often_as_it_says():
    # Truth: 40 casualties a year, NB1 with dispersion 3, last year seen, next year to come; 80 % and 95 % intervals.
    generator, runs = rng(20201110), 1500
    seen, came = nb1_counts(np.full((runs, 2), 40.0), dispersion=3, rng=generator).T
    inside = {0.8: 0, 0.95: 0}
    for count, result in zip(seen, came, strict=True):
        means = constant_rate_means(float(count), 365, [365], dispersion=3, runs=800, rng=generator)
        drawn = nb1_counts(means[:, 0], dispersion=3, rng=generator)
        for level in inside:
            low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
            inside[level] += bool(low <= result <= high)
    # Whole numbers make central intervals hold a little more than stated; three Monte Carlo standard errors below.
    assert inside[0.8] / runs > 0.8 - 3 * math.sqrt(0.8 * 0.2 / runs)
    assert inside[0.95] / runs > 0.95 - 3 * math.sqrt(0.95 * 0.05 / runs)
    assert inside[0.8] / runs < 0.88


def test_bad_arguments_are_refused_by_name(fit):
    with pytest.raises(ValueError, match="dispersion: a finite number of at least 1 is needed"):
        nb1_counts([1.0], dispersion=0.5, rng=rng())
    with pytest.raises(ValueError, match="days: a finite number above 0 is needed"):
        constant_rate_means(1, 0, [1], dispersion=1, runs=1, rng=rng())
    with pytest.raises(ValueError, match="runs: 1 or more is needed, got 0"):
        constant_rate_means(1, 1, [1], dispersion=1, runs=0, rng=rng())
    with pytest.raises(ValueError, match="sizes: at least one accident, each of 1 or more persons"):
        compound_counts([1.0], [0, 2], rng=rng())
    with pytest.raises(ValueError, match="sizes: at least one accident"):
        compound_counts([1.0], [], rng=rng())
    with pytest.raises(ValueError, match="first_days: windows after day 1199 are needed, got one from day 1199"):
        damped_means(fit, [1199], [1300], end_day=1199, half_life_days=10, runs=1, rng=rng())
    with pytest.raises(ValueError, match="half_life_days: a finite number above 0 is needed, got 0"):
        damped_means(fit, [1200], [1300], end_day=1199, half_life_days=0, runs=1, rng=rng())
