"""Integrals of a log-linear rate over intervals, and the likelihoods of counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from analysis.stats.composite_link import (
    exposure_of,
    langevin,
    log_sinh_ratio,
    negative_binomial_log_likelihood,
    negative_binomial_score,
    poisson_deviance,
    poisson_log_likelihood,
)

COUNTS, MEANS = np.array([0.0, 3.0, 9.0, 1.0]), np.array([0.4, 2.5, 6.0, 3.0])


def test_both_days_of_each_interval_count():
    # Published periods of Trend News Agency, 2023-09-20, as day numbers from 2020-11-10; both ends included.
    ends = np.cumsum([400, 52, 61, 42, 92, 36, 10, 38, 57, 67])
    exposure = exposure_of(np.concatenate([[0], ends[:-1]]), ends - 1)
    counts = np.array([197, 7, 6, 12, 11, 22, 5, 11, 9, 5])
    assert exposure.lengths.tolist() == [400, 52, 61, 42, 92, 36, 10, 38, 57, 67]
    assert counts.sum() == 285
    annualised = [179.885625, 49.168269, 35.92623, 104.357143, 43.671196, 223.208333, 182.625, 105.730263, 57.671053]
    assert (counts / exposure.lengths * 365.25)[:9] == pytest.approx(annualised, abs=1e-6)
    assert exposure.span == 855
    assert exposure.origin_day == 427.5


@pytest.mark.parametrize("slope", [0.0, 1e-15, 1e-9, -1e-4, 0.003, -0.05])
def test_expected_counts_are_the_integral_of_the_rate(slope):
    exposure = exposure_of([0, 10, 50], [9, 49, 399])
    starts, ends = exposure.middles - exposure.lengths / 2, exposure.middles + exposure.lengths / 2
    by_quadrature = [
        integrate.quad(lambda t: np.exp(-3 + slope * t), start, end, epsrel=1e-12)[0]
        for start, end in zip(starts, ends, strict=True)
    ]
    assert exposure.expected(-3, slope) == pytest.approx(by_quadrature, rel=1e-10)


@given(st.floats(-800, 800))
def test_the_two_functions_of_the_integral_are_stable_and_belong_together(x):
    step = 1e-4
    around = np.array([x - step, x, x + step])
    ratio = log_sinh_ratio(around)
    assert np.all(ratio >= 0)
    assert (ratio[2] - ratio[0]) / (2 * step) == pytest.approx(langevin(around)[1], abs=1e-6)
    assert abs(langevin(around)[1]) < 1


def test_series_and_closed_form_meet():
    edge = np.array([0.00999999, 0.01000001])
    assert log_sinh_ratio(edge) == pytest.approx(np.log(np.sinh(edge) / edge), rel=1e-10)
    assert langevin(edge) == pytest.approx(1 / np.tanh(edge) - 1 / edge, rel=1e-8)


def test_likelihoods_are_those_of_scipy():
    assert poisson_log_likelihood(COUNTS, MEANS) == pytest.approx(stats.poisson.logpmf(COUNTS, MEANS).sum())
    nb2 = stats.nbinom.logpmf(COUNTS, 1 / 0.7, 1 / (1 + 0.7 * MEANS)).sum()
    nb1 = stats.nbinom.logpmf(COUNTS, MEANS / 0.7, 1 / 1.7).sum()
    assert negative_binomial_log_likelihood(COUNTS, MEANS, alpha=0.7, family="nb2") == pytest.approx(nb2)
    assert negative_binomial_log_likelihood(COUNTS, MEANS, alpha=0.7, family="nb1") == pytest.approx(nb1)


@pytest.mark.parametrize("family", ["nb1", "nb2"])
def test_negative_binomial_goes_to_poisson(family):
    near = negative_binomial_log_likelihood(COUNTS, MEANS, alpha=1e-7, family=family)
    assert near == pytest.approx(poisson_log_likelihood(COUNTS, MEANS), abs=1e-5)


@pytest.mark.parametrize("family", ["nb1", "nb2"])
@pytest.mark.parametrize("alpha", [0.05, 0.7, 6.0])
def test_scores_are_the_derivatives(family, alpha):
    in_means, in_alpha = negative_binomial_score(COUNTS, MEANS, alpha=alpha, family=family)
    step = 1e-5

    def at(log_shift, alpha_shift):
        means = MEANS * np.exp(log_shift)
        return negative_binomial_log_likelihood(COUNTS, means, alpha=alpha * np.exp(alpha_shift), family=family)

    for row, unit in enumerate(np.eye(4)):
        assert (at(step * unit, 0) - at(-step * unit, 0)) / (2 * step) == pytest.approx(in_means[row], abs=1e-7)
    assert (at(0, step) - at(0, -step)) / (2 * step) == pytest.approx(in_alpha, abs=1e-7)


def test_deviance_by_hand():
    assert poisson_deviance(np.array([2.0, 5.0]), np.array([2.0, 5.0])) == 0
    # 2 (4 log(4 / 2) - (4 - 2)) + 2 (0 - (0 - 3))
    assert poisson_deviance(np.array([4.0, 0.0]), np.array([2.0, 3.0])) == pytest.approx(8 * np.log(2) - 4 + 6)


def test_refusals_name_the_interval():
    with pytest.raises(ValueError, match="interval 1 ends on day 4, before it starts on day 5"):
        exposure_of([0, 5], [4, 4])
    with pytest.raises(ValueError, match="interval 1 starts on day 4, not after the end of the one before"):
        exposure_of([0, 4], [4, 9])
    with pytest.raises(ValueError, match="two lists of one length"):
        exposure_of([0, 4], [4])
