"""Log-linear rate from counts of unequal intervals: statsmodels as reference, merging, limits, coverage."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.discrete.discrete_model import NegativeBinomialP

from analysis.errors import InsufficientEvidence
from analysis.stats.interval_counts import fit_log_linear

FAMILIES = ["quasi-poisson", "poisson", "nb1", "nb2"]

# Trend News Agency, 2023-09-20: casualties in ten adjoining periods from 2020-11-10 (day 0) to 2023-03-14.
LENGTHS = np.array([400, 52, 61, 42, 92, 36, 10, 38, 57, 67])
COUNTS = np.array([197, 7, 6, 12, 11, 22, 5, 11, 9, 5])
LAST = np.cumsum(LENGTHS) - 1
FIRST = LAST - LENGTHS + 1

# Fifteen made-up counts of equal intervals of 60 days.
EQUAL = np.array([9, 12, 7, 15, 3, 6, 8, 2, 4, 1, 0, 5, 3, 9, 1])
STARTS = 60 * np.arange(15)


def equal_fit(family):
    return fit_log_linear(EQUAL, STARTS, STARTS + 59, family=family, level=0.95)


# With intervals of one length the integral is the rate at the midpoint times a constant, so an ordinary regression on
# the midpoints has the same slope, standard error, dispersion and likelihood.
def test_equal_intervals_give_the_generalised_linear_model():
    design = sm.add_constant(STARTS.astype(float))
    reference = sm.GLM(EQUAL, design, family=sm.families.Poisson()).fit(scale="X2")
    fit = equal_fit("quasi-poisson")
    assert (fit.slope_per_day, fit.slope_se) == pytest.approx((reference.params[1], reference.bse[1]), rel=1e-8)
    assert fit.dispersion == pytest.approx(reference.scale)
    assert fit.fitted == pytest.approx(reference.fittedvalues)
    assert fit.deviance == pytest.approx(reference.deviance)
    assert equal_fit("poisson").log_likelihood == pytest.approx(reference.llf * reference.scale)


@pytest.mark.parametrize(("family", "power"), [("nb1", 1), ("nb2", 2)])
def test_equal_intervals_give_statsmodels_negative_binomial(family, power):
    design = sm.add_constant(STARTS / 365.25)
    reference = NegativeBinomialP(EQUAL, design, p=power).fit(disp=0, maxiter=500)
    fit = equal_fit(family)
    alpha = fit.dispersion - 1 if family == "nb1" else fit.dispersion
    assert 365.25 * fit.slope_per_day == pytest.approx(reference.params[1], abs=1e-4)
    assert 365.25 * fit.slope_se == pytest.approx(reference.bse[1], rel=1e-3)
    assert alpha == pytest.approx(reference.params[2], rel=1e-3)
    assert fit.log_likelihood == pytest.approx(reference.llf, abs=1e-6)


@pytest.mark.parametrize("family", ["poisson", "nb1", "nb2"])
def test_constant_rates_give_slope_zero_and_the_rate(family):
    fit = fit_log_linear(LENGTHS, FIRST, LAST, family=family, level=0.95)  # exactly one event a day
    assert fit.slope_per_day == pytest.approx(0, abs=1e-9)
    assert fit.change_per_year == pytest.approx(0, abs=1e-6)
    assert fit.rate_per_30d([0, 400, 800]) == pytest.approx(30)
    assert fit.fitted == pytest.approx(LENGTHS)


def test_counts_exactly_on_the_line_have_no_dispersion_to_estimate():
    with pytest.raises(InsufficientEvidence, match=r"the 10 counts lie on the fitted line: .* state a dispersion"):
        fit_log_linear(LENGTHS, FIRST, LAST, family="quasi-poisson", level=0.95)
    fit = fit_log_linear(LENGTHS, FIRST, LAST, family="quasi-poisson", level=0.95, dispersion=2.0)
    assert fit.change_per_year_interval.low < 0 < fit.change_per_year_interval.high


@pytest.mark.parametrize("slope", [-0.002, -1e-6, 0.001])
def test_expected_counts_put_in_come_out(slope):
    starts = FIRST.astype(float)
    counts = 0.3 * (np.exp(slope * (starts + LENGTHS)) - np.exp(slope * starts)) / slope
    fit = fit_log_linear(counts, FIRST, LAST, family="poisson", level=0.95)
    assert fit.slope_per_day == pytest.approx(slope, rel=1e-6)
    # Day 0 runs from time 0 to 1; its middle is at 0.5.
    assert fit.rate_per_30d([0])[0] == pytest.approx(30 * 0.3 * math.exp(0.5 * slope), rel=1e-9)


def test_midpoints_would_be_wrong_on_long_intervals():
    # A rate that halves every 100 days over one interval of 400 days: the midpoint misses a third of the events.
    slope, first, last = -math.log(2) / 100, [0, 400, 500], [399, 499, 599]
    starts = np.array(first, dtype=float)
    counts = (np.exp(slope * (starts + np.array([400, 100, 100]))) - np.exp(slope * starts)) / slope
    fit = fit_log_linear(counts, first, last, family="poisson", level=0.95)
    at_midpoint = 400 * math.exp(slope * 200)
    assert fit.fitted[0] == pytest.approx(counts[0], rel=1e-9)
    assert at_midpoint < 0.75 * counts[0]


@pytest.mark.parametrize("family", ["quasi-poisson", "nb1"])
def test_merging_intervals_leaves_the_estimates_nearly_unchanged(family):
    rng = np.random.default_rng(11)
    starts = 15 * np.arange(80)
    counts = rng.negative_binomial(np.exp(1.5 - 0.0012 * starts) / 1.5, 1 / 2.5)
    fine = fit_log_linear(counts, starts, starts + 14, family=family, level=0.95)
    merged = fit_log_linear(counts.reshape(-1, 2).sum(axis=1), starts[::2], starts[::2] + 29, family=family, level=0.95)
    assert merged.slope_per_day == pytest.approx(fine.slope_per_day, abs=0.25 * fine.slope_se)
    assert merged.slope_se == pytest.approx(fine.slope_se, rel=0.35)


@pytest.mark.parametrize("family", FAMILIES)
def test_counting_days_from_elsewhere_changes_nothing(family):
    here = fit_log_linear(COUNTS, FIRST, LAST, family=family, level=0.95)
    there = fit_log_linear(COUNTS, FIRST + 18576, LAST + 18576, family=family, level=0.95)
    assert there.slope_per_day == pytest.approx(here.slope_per_day, rel=1e-9)
    assert there.rate_per_30d([18576, 19000]) == pytest.approx(here.rate_per_30d([0, 424]))
    assert there.origin_day - here.origin_day == 18576


@pytest.mark.parametrize("family", FAMILIES)
def test_interval_and_band_belong_to_the_estimates(family):
    fit = fit_log_linear(COUNTS, FIRST, LAST, family=family, level=0.9)
    quantile = stats.t.isf(0.05, fit.degrees_of_freedom)
    low = math.expm1(365.25 * (fit.slope_per_day - quantile * fit.slope_se))
    assert fit.change_per_year_interval.low == pytest.approx(low)
    assert fit.change_per_year_interval.low < fit.change_per_year < fit.change_per_year_interval.high
    band_low, band_high = fit.rate_band_per_30d([0, 427, 854], level=0.9)
    rate = fit.rate_per_30d([0, 427, 854])
    assert np.all((band_low < rate) & (rate < band_high))
    # Day 427 has its middle at the origin, where only the log rate is uncertain.
    assert band_high[1] == pytest.approx(rate[1] * math.exp(quantile * fit.log_rate_se))
    assert fit.n == 10


def test_residuals_give_the_dispersion_back():
    plain = fit_log_linear(COUNTS, FIRST, LAST, family="poisson", level=0.95)
    quasi = fit_log_linear(COUNTS, FIRST, LAST, family="quasi-poisson", level=0.95)
    assert np.sum(plain.residuals**2) / 8 == pytest.approx(quasi.dispersion)
    assert np.sum(quasi.residuals**2) == pytest.approx(8)
    assert quasi.log_likelihood is None
    assert quasi.fitted.sum() == pytest.approx(COUNTS.sum())


def test_a_dispersion_known_from_accident_sizes_can_be_given():
    known = fit_log_linear(COUNTS, FIRST, LAST, family="quasi-poisson", level=0.95, dispersion=2.6)
    plain = fit_log_linear(COUNTS, FIRST, LAST, family="poisson", level=0.95)
    assert known.slope_se == pytest.approx(plain.slope_se * math.sqrt(2.6))
    assert known.dispersion == 2.6


@settings(max_examples=40)
@given(st.lists(st.integers(0, 60), min_size=4, max_size=12).filter(lambda counts: sum(counts) > max(counts)))
def test_time_reversed_counts_have_the_opposite_slope(counts):
    size = len(counts)
    lengths = 10 + 7 * (np.arange(size) % 3)
    last = np.cumsum(lengths) - 1
    first = last - lengths + 1
    one = fit_log_linear(counts, first, last, family="quasi-poisson", level=0.95)
    other = fit_log_linear(counts[::-1], -last[::-1], -first[::-1], family="quasi-poisson", level=0.95)
    assert other.slope_per_day == pytest.approx(-one.slope_per_day, abs=1e-9)
    assert other.fitted[::-1] == pytest.approx(one.fitted, rel=1e-6)


def test_three_wildly_uncertain_intervals_give_an_infinite_end_not_an_error():
    fit = fit_log_linear([1, 30, 1], [0, 5, 10], [4, 9, 14], family="quasi-poisson", level=0.99)
    assert fit.change_per_year_interval.low == pytest.approx(-1)
    assert fit.change_per_year_interval.high == math.inf
    assert fit.rate_band_per_30d([10**6], level=0.99)[1][0] == math.inf


SIZES = np.repeat([1, 2, 3, 4, 6, 8, 12], [110, 26, 10, 5, 3, 2, 1])


def simulated_slopes(runs, rng, *, per_day, slope_per_year):
    """Persons in clustered accidents over the published periods: runs held by t, by the normal law, by Poisson."""
    slope = slope_per_year / 365.25
    weights = np.exp(slope * (FIRST + LENGTHS)) - np.exp(slope * FIRST)
    accidents = per_day * LENGTHS.sum() * weights / weights.sum() / SIZES.mean()
    covered = np.zeros(3, dtype=int)
    for _ in range(runs):
        counts = np.array([rng.choice(SIZES, number).sum() for number in rng.poisson(accidents)])
        fit = fit_log_linear(counts, FIRST, LAST, family="quasi-poisson", level=0.95)
        error = abs(fit.slope_per_day - slope)
        normal = stats.norm.isf(0.025)
        bounds = [stats.t.isf(0.025, 8) * fit.slope_se, normal * fit.slope_se]
        covered += error <= np.array([*bounds, normal * fit.slope_se / math.sqrt(fit.dispersion)])
    return covered


def test_students_t_covers_where_the_normal_law_does_not():
    runs = 600
    with_t, with_normal, as_poisson = simulated_slopes(runs, np.random.default_rng(5), per_day=0.2, slope_per_year=-0.4)
    print(  # noqa: T201
        f"slope, 10 intervals, 95 %: t {with_t / runs:.3f}, normal {with_normal / runs:.3f}, "
        f"independent persons {as_poisson / runs:.3f}"
    )
    # 93 to 97 % is asked of approximate intervals; the limits leave room for the error of 600 runs.
    assert stats.binom.ppf(1e-4, runs, 0.93) <= with_t <= stats.binom.isf(1e-4, runs, 0.97)
    assert with_normal < stats.binom.ppf(1e-2, runs, 0.95)
    assert as_poisson < 0.85 * runs


def test_refusals_say_what_is_wrong():
    def fit(counts, **changes):
        size = len(counts)
        arguments = {"family": "quasi-poisson", "level": 0.95} | changes
        return fit_log_linear(counts, 10 * np.arange(size), 10 * np.arange(size) + 9, **arguments)

    with pytest.raises(InsufficientEvidence, match="at least 3 intervals, got 2"):
        fit([1, 2])
    with pytest.raises(InsufficientEvidence, match="no events in any of 3 intervals"):
        fit([0, 0, 0])
    with pytest.raises(InsufficientEvidence, match="all events are in the first interval"):
        fit([4, 0, 0])
    with pytest.raises(InsufficientEvidence, match="all events are in the last interval"):
        fit([0, 0, 4])
    with pytest.raises(ValueError, match="every count must be 0 or more"):
        fit([1, -1, 3])
    with pytest.raises(ValueError, match="one for each of the 3 intervals"):
        fit_log_linear([1, 2], [0, 1, 2], [0, 1, 2], family="poisson", level=0.95)
    with pytest.raises(ValueError, match="dispersion: taken for the quasi-poisson family only, not for nb1"):
        fit([1, 2, 3], family="nb1", dispersion=2.0)
    with pytest.raises(ValueError, match="dispersion: taken for the quasi-poisson family only, not for poisson"):
        fit([1, 2, 3], family="poisson", dispersion=2.0)
