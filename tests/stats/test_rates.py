"""Rates: published intervals and p values, the tests they invert, exact coverage, and invariants."""

import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.stats.rates import (
    RateMethod,
    byar_limits,
    poisson_interval,
    poisson_limits,
    rate_ratio_interval,
    rate_ratio_p_value,
)

# 15 events in 400, 95 %: R exactci (exact), ratesci and DescTools, as quoted in statsmodels' test_rate_poisson_r.
FIFTEEN_IN_400 = {
    "exact": (0.02098846533, 0.06185054718),
    "score": (0.02272647491, 0.06187717215),
    "wald": (0.01852273032, 0.05647726968),
    "jeffreys": (0.02192342323, 0.06028986199),
}


@pytest.mark.parametrize(("method", "ends"), FIFTEEN_IN_400.items())
def test_published_intervals_of_one_rate(method, ends):
    interval = poisson_interval(15, exposure=400, level=0.95, method=method)
    assert (interval.low, interval.high) == pytest.approx(ends, rel=1e-9)


def test_byars_limits_in_both_published_forms():
    classical = poisson_interval(15, exposure=400, level=0.95, method="byar")
    assert (classical.low, classical.high) == pytest.approx((0.020973, 0.061854), abs=5e-7)
    one_shift = np.array(byar_limits(15, level=0.95, low_shift=0.5, high_shift=0.5)) / 400
    assert one_shift == pytest.approx([0.02190843692, 0.06029335109], rel=1e-9)  # DescTools


def test_garwoods_limits_of_ten_and_of_none():
    # R 4.2.2 poisson.test(10) and poisson.test(0); Garwood (1936) Biometrika 28:437-442.
    ten, none = (poisson_interval(count, level=0.95) for count in (10, 0))
    assert (ten.low, ten.high) == pytest.approx((4.795388696, 18.39035604), rel=1e-9)
    assert (none.low, none.high) == (0.0, pytest.approx(3.688879454, rel=1e-9))


def test_interval_and_published_p_value_of_one_rate_agree():
    # The exact p value at a rate of 0.05 for 15 in 400 is 0.3130262693 (R exactci); at level 1 - p the end is 0.05.
    at_exact = poisson_interval(15, exposure=400, level=1 - 0.3130262693)
    at_score = poisson_interval(15, exposure=400, level=1 - 0.2635524773, method="score")
    assert at_exact.high == pytest.approx(0.05, rel=1e-9)
    assert at_score.high == pytest.approx(0.05, rel=1e-9)


def test_gu_and_others_one_sided_p_values():
    # Gu, Ng, Tang, Schucany (2008) Biometrical Journal 50:283-298, examples 1 and 2.
    first = rate_ratio_p_value(60, 51477.5, 30, 54308.7, method="score", alternative="larger")
    second = rate_ratio_p_value(41, 28010, 15, 19017, ratio=1.5, method="score", alternative="larger")
    assert first == pytest.approx(0.000316, abs=2e-6)
    assert second == pytest.approx(0.2398, abs=6e-4)


def test_exact_conditional_p_value():
    # R exactci poisson.exact(c(60, 30), c(51477.5, 54308.7), r = 1.2, alternative = "greater").
    p_value = rate_ratio_p_value(60, 51477.5, 30, 54308.7, ratio=1.2, alternative="larger")
    assert p_value == pytest.approx(0.006651774553, abs=1e-12)


def test_the_later_rate_of_the_published_azerbaijan_intervals():
    # Trend News Agency, 2023-09-20: 197 in 400 days, then 88 in the nine periods of 455 days up to 2023-03-14.
    interval = rate_ratio_interval(88, 455, 197, 400, level=0.95)
    assert interval.low < 0.392703743 < interval.high
    shrunk = rate_ratio_interval(88, 455, 197, 400, level=1e-6)
    assert shrunk.low == pytest.approx(0.392703743, rel=0.02)


counts_and_exposures = st.tuples(
    st.integers(0, 150), st.floats(0.1, 1000), st.integers(0, 150), st.floats(0.1, 1000)
).filter(lambda four: four[0] + four[2] > 0)


@given(counts_and_exposures, st.sampled_from(["exact conditional", "score"]), st.sampled_from([0.8, 0.95]))
def test_ratio_interval_ends_where_its_test_rejects(four, method, level):
    interval = rate_ratio_interval(*four, level=level, method=method)
    for end in (interval.low, interval.high):
        if 0 < end < math.inf:
            p_value = rate_ratio_p_value(*four, ratio=end, method=method)
            assert p_value == pytest.approx(1 - level, rel=1e-5)


@given(counts_and_exposures, st.sampled_from(["exact conditional", "score"]))
def test_ratio_interval_turns_over_with_the_order_of_groups(four, method):
    count_1, exposure_1, count_2, exposure_2 = four
    assume(count_1 > 0 and count_2 > 0)
    one = rate_ratio_interval(count_1, exposure_1, count_2, exposure_2, level=0.9, method=method)
    other = rate_ratio_interval(count_2, exposure_2, count_1, exposure_1, level=0.9, method=method)
    assert (one.low, one.high) == pytest.approx((1 / other.high, 1 / other.low), rel=1e-6)
    assert one.low <= count_1 / exposure_1 / (count_2 / exposure_2) <= one.high


def test_a_ratio_over_no_events_has_no_upper_end():
    interval = rate_ratio_interval(3, 1.0, 0, 1.0, level=0.95)
    # Given 3 events in all, all in the first: the lower limit of the share solves p^3 = 0.025.
    share = 0.025 ** (1 / 3)
    assert (interval.low, interval.high) == (pytest.approx(share / (1 - share)), math.inf)
    assert rate_ratio_p_value(3, 1.0, 0, 1.0) == pytest.approx(0.25)  # 2 x (1/2)^3


@given(st.integers(0, 500), st.floats(0.1, 1000), st.sampled_from(get_args(RateMethod)))
def test_every_rate_interval_holds_the_rate_and_scales(count, exposure, method):
    one, scaled = (
        poisson_interval(count, exposure=size, level=0.9, method=method) for size in (exposure, 10 * exposure)
    )
    assert one.low <= count / exposure <= one.high
    assert (one.low, one.high) == pytest.approx((10 * scaled.low, 10 * scaled.high))


def test_limits_of_many_counts_are_those_of_each():
    counts, exposures = np.array([0, 1, 23, 189]), np.array([30.0, 31.0, 228.0, 365.25])
    low, high = poisson_limits(counts, exposures, level=0.95)
    for row in range(4):
        alone = poisson_interval(float(counts[row]), exposure=float(exposures[row]), level=0.95)
        assert (low[row], high[row]) == pytest.approx((alone.low, alone.high))


def test_exact_coverage_of_the_methods():
    means = np.linspace(1, 200, 400)
    outcomes = np.arange(320)
    weights = stats.poisson.pmf(outcomes[:, None], means)
    least = {}
    for method in get_args(RateMethod):
        ends = [poisson_interval(float(count), level=0.95, method=method) for count in outcomes]
        low, high = (np.array([getattr(end, name) for end in ends])[:, None] for name in ("low", "high"))
        coverage = np.sum(weights * ((low <= means) & (means <= high)), axis=0)
        least[method] = coverage.min()
        print(f"{method}: mean coverage {coverage.mean():.4f}, least {coverage.min():.4f} for means 1 to 200")  # noqa: T201
    assert least["exact"] >= 0.95 - 1e-9
    assert least["wald"] < 0.9  # why it is for comparison only
    assert min(least["score"], least["jeffreys"], least["byar"]) > 0.9


def test_refusals_say_what_is_wrong():
    with pytest.raises(InsufficientEvidence, match="two counts of zero"):
        rate_ratio_interval(0, 1.0, 0, 1.0, level=0.95)
    with pytest.raises(InsufficientEvidence, match="two counts of zero"):
        rate_ratio_p_value(0, 1.0, 0, 1.0)
    with pytest.raises(ValueError, match="exposure: a finite number above 0 is needed, got 0"):
        poisson_interval(3, exposure=0, level=0.95)
    with pytest.raises(ValueError, match="count: a finite number of at least 0 is needed, got -1"):
        poisson_interval(-1, level=0.95)
