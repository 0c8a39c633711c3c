"""Point estimates by family: stationarity, the Poisson limit, and the dispersion that is handed in."""

import math

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.composite_link import exposure_of, negative_binomial_score
from analysis.stats.log_linear import negative_binomial_fit, poisson_fit, quasi_poisson_fit

LENGTHS = np.array([400, 52, 61, 42, 92, 36, 10, 38, 57, 67])
COUNTS = np.array([197.0, 7, 6, 12, 11, 22, 5, 11, 9, 5])
LAST = np.cumsum(LENGTHS) - 1
EXPOSURE = exposure_of(LAST - LENGTHS + 1, LAST)


def test_poisson_estimates_solve_both_score_equations():
    point = poisson_fit(COUNTS, EXPOSURE)
    means = EXPOSURE.expected(point.log_rate, point.slope)
    assert np.sum(COUNTS - means) == pytest.approx(0, abs=1e-8)
    assert np.sum((COUNTS - means) * EXPOSURE.centres(point.slope)) / EXPOSURE.span == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("family", ["nb1", "nb2"])
def test_negative_binomial_estimates_solve_all_score_equations(family):
    point = negative_binomial_fit(COUNTS, EXPOSURE, family=family)
    means = EXPOSURE.expected(point.log_rate, point.slope)
    alpha = point.dispersion - 1 if family == "nb1" else point.dispersion
    in_means, in_alpha = negative_binomial_score(COUNTS, means, alpha=alpha, family=family)
    scores = [in_means.sum(), np.sum(in_means * EXPOSURE.centres(point.slope)) / EXPOSURE.span, in_alpha]
    assert scores == pytest.approx([0, 0, 0], abs=1e-7)
    assert point.log_likelihood > poisson_fit(COUNTS, EXPOSURE).log_likelihood


@pytest.mark.parametrize(("family", "dispersion"), [("nb1", 1.0), ("nb2", 0.0)])
def test_counts_less_spread_than_poisson_give_the_poisson_fit(family, dispersion):
    exposure = exposure_of(np.arange(6) * 30, np.arange(6) * 30 + 29)
    counts = np.array([20.0, 19, 18, 17, 16, 15])
    point, plain = negative_binomial_fit(counts, exposure, family=family), poisson_fit(counts, exposure)
    assert (point.slope, point.dispersion, point.degrees_of_freedom) == (plain.slope, dispersion, 4)
    assert point.log_likelihood == plain.log_likelihood


def test_a_known_dispersion_replaces_the_residuals_and_students_t():
    known = quasi_poisson_fit(COUNTS, EXPOSURE, dispersion=2.6)
    estimated, plain = quasi_poisson_fit(COUNTS, EXPOSURE, dispersion=None), poisson_fit(COUNTS, EXPOSURE)
    assert known.degrees_of_freedom == math.inf
    assert estimated.degrees_of_freedom == 8
    assert known.covariance == pytest.approx(2.6 * plain.covariance)
    assert known.slope == estimated.slope == plain.slope
    with pytest.raises(ValueError, match="dispersion: a finite number above 0"):
        quasi_poisson_fit(COUNTS, EXPOSURE, dispersion=0)


def test_a_very_steep_fall_is_still_found():
    exposure = exposure_of([0, 30, 60], [29, 59, 89])
    point = poisson_fit(np.array([100000.0, 1.0, 0.0]), exposure)
    # A fall by 100,000 from one 30-day interval to the next.
    assert point.slope == pytest.approx(-math.log(1e5) / 30, rel=1e-3)


def test_gaps_with_events_only_at_the_ends_do_not_break_the_search():
    exposure = exposure_of([0, 500, 1000], [9, 509, 1009])
    assert poisson_fit(np.array([5.0, 0.0, 5.0]), exposure).slope == pytest.approx(0, abs=1e-12)
    with pytest.raises(InsufficientEvidence, match="no finite estimate"):
        poisson_fit(np.array([5.0, 0.0, 0.0]), exposure)
