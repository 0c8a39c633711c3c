"""The smooth rate against its limits, an independent optimum and the printed example of its peer in R."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import interpolate, optimize, sparse

from analysis.errors import InsufficientEvidence
from analysis.stats.interval_counts import fit_log_linear
from analysis.stats.penalised_link import composition_of, fit_penalised
from analysis.stats.smooth_intensity import p_spline_basis, smooth_intensities

FIRST = np.array([1, 401, 453, 514, 556, 648, 684])
LAST = np.array([400, 452, 513, 555, 647, 683, 740])
COUNTS = np.array([197.0, 7, 6, 12, 11, 22, 16])


def fixed(penalty, **others):
    return smooth_intensities(COUNTS, FIRST, LAST, penalties=(penalty,), **others)["aic"]


def test_a_very_large_penalty_leaves_the_log_linear_fit_on_interval_integrals():
    smooth, line = fixed(1e10), fit_log_linear(COUNTS, FIRST, LAST, family="poisson", level=0.95)
    assert smooth.effective_parameters == pytest.approx(2, abs=1e-3)
    assert smooth.fitted == pytest.approx(line.fitted, rel=1e-4)
    assert 30 * np.exp(smooth.log_rate) == pytest.approx(line.rate_per_30d(smooth.days), rel=1e-3)
    # The same standard errors too, once the dispersion is the same.
    poisson = smooth.log_rate_se / math.sqrt(smooth.dispersion)
    times = smooth.days + 0.5 - line.origin_day
    variance = line.covariance[0, 0] + 2 * times * line.covariance[0, 1] + times**2 * line.covariance[1, 1]
    assert poisson == pytest.approx(np.sqrt(variance), rel=1e-3)


def test_a_very_small_penalty_gives_every_count_back():
    assert fixed(1e-7).fitted == pytest.approx(COUNTS, rel=1e-3)


@settings(max_examples=20)
@given(
    st.lists(st.integers(0, 30), min_size=4, max_size=9).filter(lambda c: sum(c) > max(c[0], c[-1])),
    st.sampled_from([0.1, 10.0, 1e4]),
)
def test_the_total_is_always_preserved(counts, penalty):
    # Equal coefficients cost nothing, so the score of the level is 0: fitted and observed totals agree.
    first = np.arange(len(counts)) * 40
    curve = smooth_intensities(counts, first, first + 39, penalties=(penalty,))["bic"]
    assert curve.fitted.sum() == pytest.approx(sum(counts), rel=1e-9)
    assert np.exp(curve.log_rate).sum() == pytest.approx(sum(counts), rel=1e-9)


def test_the_optimum_is_that_of_a_general_minimiser():
    days = np.arange(1.0, 741)
    sparse_basis = p_spline_basis(days, knot_days=120)
    sparse_groups = composition_of(FIRST.astype(float), LAST.astype(float), days)
    basis, groups = sparse_basis.toarray(), sparse_groups.toarray()
    differences = np.diff(np.eye(basis.shape[1]), n=2, axis=0)

    def loss(beta):
        means = groups @ np.exp(basis @ beta)
        value = np.sum(means - COUNTS * np.log(means)) + 1.5 * np.sum((differences @ beta) ** 2)
        slopes = groups @ (np.exp(basis @ beta)[:, None] * basis)
        return value, slopes.T @ (1 - COUNTS / means) + 3 * differences.T @ (differences @ beta)

    found = optimize.minimize(loss, np.full(basis.shape[1], -1.0), jac=True, method="BFGS", options={"gtol": 1e-8})
    ours = fit_penalised(COUNTS, sparse_groups, sparse_basis, penalty=3.0)
    assert ours.coefficients == pytest.approx(found.x, abs=1e-6)


@pytest.mark.parametrize("penalty", [1e-2, 1.0, 1e6])
def test_the_optimum_is_reached_to_more_digits_than_are_published(penalty):
    # Else each processor's rounding would leave the search elsewhere, and publish other digits.
    days = np.arange(1.0, 741)
    basis, groups = p_spline_basis(days, knot_days=60), composition_of(FIRST.astype(float), LAST.astype(float), days)
    fit = fit_penalised(COUNTS, groups, basis, penalty=penalty)
    slopes = (groups @ (sparse.diags_array(np.exp(basis @ fit.coefficients)) @ basis)).toarray()
    differences = np.diff(np.eye(basis.shape[1]), n=2, axis=0)
    score = slopes.T @ (COUNTS / fit.fitted - 1) - penalty * differences.T @ (differences @ fit.coefficients)
    assert np.abs(fit.inverse @ score).max() < 1e-10


def test_the_printed_example_of_ungroup():
    # Deaths by age, R package ungroup (Pascariu et al. 2018, JOSS 3:937), README of version 1.6: pclm(x, y, nlast = 26)
    # with lambda = 0.1, kr = 2, deg = 3 prints AIC 39.97, BIC 59.81 and fitted 292.254945 47.567040 12.031104. It adds
    # a group of one year with one death at the end, takes sqrt(lambda) as penalty, B-splines at the start of each year
    # with 56 pieces from -1.11 to 112.11, and stops while fitted values still move in the third digit.
    ages = np.append([0, 1], np.arange(5, 90, 5))
    deaths = [294, 66, 32, 44, 170, 284, 287, 293, 361, 600, 998, 1572, 2529, 4637, 6161, 7369, 10481, 15293, 39016, 1]
    first = np.append(ages, 111).astype(float)
    last = np.append(first[1:], 112) - 1
    years = np.arange(112.0)
    low, high = -1.11, 112.11
    width = (high - low) / 56
    basis = sparse.csr_array(interpolate.BSpline.design_matrix(years, low + width * np.arange(-3, 60), 3))
    counts = np.array(deaths, dtype=float)
    fit = fit_penalised(counts, composition_of(first, last, years), basis, penalty=math.sqrt(0.1))
    rates = np.exp(basis @ fit.coefficients)
    assert rates[:3] == pytest.approx([292.254945, 47.567040, 12.031104], rel=5e-3)
    assert fit.deviance + 2 * fit.effective_parameters == pytest.approx(39.97, abs=0.1)
    assert fit.deviance + math.log(20) * fit.effective_parameters == pytest.approx(59.81, abs=0.1)


def test_of_equal_criteria_the_first_penalty_is_taken():
    twice = smooth_intensities(COUNTS, FIRST, LAST, penalties=(50.0, 10.0, 50.0))
    alone = smooth_intensities(COUNTS, FIRST, LAST, penalties=(50.0, 10.0))
    assert {name: curve.penalty for name, curve in twice.items()} == {name: c.penalty for name, c in alone.items()}
    tied = smooth_intensities(COUNTS, FIRST, LAST, penalties=(1e14, 1e15))["bic"]
    assert tied.penalty == 1e14
    assert tied.at_the_end.startswith("largest penalty tried")


def test_a_larger_dispersion_smooths_more():
    plain, wide = smooth_intensities(COUNTS, FIRST, LAST), smooth_intensities(COUNTS, FIRST, LAST, dispersion=12.0)
    assert wide["aic"].effective_parameters < plain["aic"].effective_parameters
    assert wide["bic"].dispersion >= 12.0


def test_the_criteria_are_as_defined():
    curve = smooth_intensities(COUNTS, FIRST, LAST, dispersion=2.0)["bic"]
    _, parameters, deviance, aic, bic = curve.table.T
    assert aic == pytest.approx(deviance / 2 + 2 * parameters)
    assert bic == pytest.approx(deviance / 2 + math.log(7) * parameters)
    assert curve.penalty == curve.table[np.argmin(bic), 0]


def test_the_band_holds_the_curve_and_widens_with_the_level():
    rate, low, high = fixed(10.0).band_per_30d(level=0.8)
    _, lower, higher = fixed(10.0).band_per_30d(level=0.95)
    assert np.all((lower < low) & (low < rate) & (rate < high) & (high < higher))


def test_a_gap_is_crossed_and_zeros_are_taken():
    curve = smooth_intensities([9, 0, 4, 1], [0, 50, 150, 220], [39, 99, 199, 260])["aic"]
    assert curve.days.size == 261
    assert np.all(np.isfinite(curve.log_rate_se))


@pytest.mark.parametrize(
    ("counts", "first", "last", "words"),
    [
        ([5], [1], [30], "at least 3 intervals, got 1"),
        ([0, 0, 0], [1, 31, 61], [30, 60, 90], "no events in any of 3 intervals"),
        ([4, 0, 0], [1, 31, 61], [30, 60, 90], "all events are in the first interval"),
    ],
)
def test_too_little_evidence_is_said(counts, first, last, words):
    with pytest.raises(InsufficientEvidence, match=words):
        smooth_intensities(counts, first, last)


def test_unusable_intervals_are_refused():
    good = [30, 60, 90]
    with pytest.raises(ValueError, match="two lists of one length"):
        smooth_intensities([], [], [])
    with pytest.raises(ValueError, match="counts: every count must be 0 or more"):
        smooth_intensities([3, -1, 2], [1, 31, 61], good)
    with pytest.raises(ValueError, match="interval 1 starts on day 20, not after the end"):
        smooth_intensities([3, 1, 2], [1, 20, 61], good)
    with pytest.raises(ValueError, match="not after the end of the one before"):
        smooth_intensities([3, 1, 2], [31, 1, 61], [60, 30, 90])
    with pytest.raises(ValueError, match="dispersion: a finite number above 0"):
        smooth_intensities(COUNTS, FIRST, LAST, dispersion=0)
    with pytest.raises(ValueError, match="penalties: at least one"):
        smooth_intensities(COUNTS, FIRST, LAST, penalties=())
