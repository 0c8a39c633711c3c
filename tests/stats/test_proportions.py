"""Shares: published intervals, the tests they invert, exact coverage, and invariants."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind
from analysis.stats.proportions import (
    ProportionMethod,
    half_width,
    paired_difference_interval,
    proportion_difference_interval,
    proportion_interval,
    proportion_limit,
    trials_for_half_width,
)

METHODS = get_args(ProportionMethod)

# Newcombe (1998) Statistics in Medicine 17:857-872, Table I, 95 %.
NEWCOMBE = [
    ("wilson", 15, 148, 0.0624, 0.1605),
    ("wilson", 0, 20, 0.0, 0.1611),
    ("wilson", 1, 29, 0.0061, 0.1718),
    ("wilson-cc", 15, 148, 0.0598, 0.1644),
    ("wilson-cc", 0, 20, 0.0, 0.2005),
    ("wilson-cc", 1, 29, 0.0018, 0.1963),
    ("clopper-pearson", 15, 148, 0.0578, 0.1617),
    ("clopper-pearson", 0, 20, 0.0, 0.1684),
    ("clopper-pearson", 1, 29, 0.0009, 0.1776),
    ("mid-p", 15, 148, 0.0601, 0.1581),
    ("mid-p", 0, 20, 0.0, 0.1391),
    ("mid-p", 1, 29, 0.0017, 0.1585),
]

shares_of_trials = st.integers(1, 400).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


@pytest.mark.parametrize(("method", "successes", "trials", "low", "high"), NEWCOMBE)
def test_newcombes_table(method, successes, trials, low, high):
    interval = proportion_interval(successes, trials, level=0.95, method=method)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


def test_altmans_single_share():
    # Altman, Machin, Bryant, Gardner (2000) Statistics with Confidence, p. 47: 81 of 263.
    interval = proportion_interval(81, 263, level=0.95)
    assert (interval.low, interval.high) == pytest.approx((0.255, 0.366), abs=5e-4)


@pytest.mark.parametrize(
    ("table", "corrected", "low", "high"),
    [
        ((14, 5, 0, 22), True, 0.011, 0.226),  # Altman et al. (2000) p. 53
        ((20, 12, 2, 16), True, 0.0562, 0.3292),  # Newcombe (1998) Statistics in Medicine 17:2635-2650, method 10
        ((20, 12, 2, 16), False, 0.0618, 0.3242),  # the same, method 8
    ],
)
def test_paired_difference_of_shares(table, corrected, low, high):
    interval = paired_difference_interval(*table, level=0.95, corrected=corrected)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-4)


def test_paired_difference_without_any_correlation_to_estimate():
    interval = paired_difference_interval(10, 0, 0, 0, level=0.95)
    assert interval.low < 0 < interval.high
    assert interval.low == pytest.approx(-interval.high)


def test_newcombes_difference_of_independent_shares():
    # Newcombe (1998) Statistics in Medicine 17:873-890, Table II, 56/70 less 48/80, method 10.
    interval = proportion_difference_interval(56, 70, 48, 80, level=0.95)
    assert (interval.low, interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_difference_changes_sign_with_the_order_of_groups():
    one, other = (proportion_difference_interval(*pair, level=0.9) for pair in ((0, 12, 9, 9), (9, 9, 0, 12)))
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
    assert one.low >= -1


@given(shares_of_trials, st.sampled_from([0.8, 0.95, 0.99]))
def test_clopper_pearson_ends_are_where_the_exact_tests_reject(counts, level):
    successes, trials = counts
    interval = proportion_interval(successes, trials, level=level, method="clopper-pearson")
    if successes > 0:
        assert stats.binom.sf(successes - 1, trials, interval.low) == pytest.approx((1 - level) / 2, rel=1e-6)
    if successes < trials:
        assert stats.binom.cdf(successes, trials, interval.high) == pytest.approx((1 - level) / 2, rel=1e-6)


@given(shares_of_trials)
def test_wilson_ends_are_where_the_score_test_rejects(counts):
    successes, trials = counts
    interval = proportion_interval(successes, trials, level=0.95)
    for end in (interval.low, interval.high):
        if 0 < end < 1:
            score = (successes / trials - end) / np.sqrt(end * (1 - end) / trials)
            assert abs(score) == pytest.approx(stats.norm.isf(0.025), rel=1e-6)


@given(shares_of_trials, st.sampled_from(METHODS))
def test_every_interval_holds_the_share_mirrors_and_nests(counts, method):
    successes, trials = counts
    narrow, wide = (proportion_interval(successes, trials, level=level, method=method) for level in (0.8, 0.95))
    mirrored = proportion_interval(trials - successes, trials, level=0.95, method=method)
    assert 0 <= wide.low <= narrow.low <= successes / trials <= narrow.high <= wide.high <= 1
    assert (wide.low, wide.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_no_success_and_no_failure_reach_the_end(method):
    assert proportion_interval(0, 7, level=0.95, method=method).low == 0
    assert proportion_interval(7, 7, level=0.95, method=method).high == 1


def test_jeffreys_is_credible_and_the_others_are_not():
    kinds = {method: proportion_interval(3, 9, level=0.95, method=method).kind for method in METHODS}
    assert kinds.pop("jeffreys") is IntervalKind.CREDIBLE
    assert set(kinds.values()) == {IntervalKind.CONFIDENCE}


def exact_coverage(method, trials, shares):
    """Coverage at each true share, summed over all outcomes; nothing is simulated."""
    ends = [proportion_interval(k, trials, level=0.95, method=method) for k in range(trials + 1)]
    low, high = (np.array([getattr(end, name) for end in ends])[:, None] for name in ("low", "high"))
    weights = stats.binom.pmf(np.arange(trials + 1)[:, None], trials, shares)
    return np.sum(weights * ((low <= shares) & (shares <= high)), axis=0)


@pytest.mark.parametrize("trials", [23, 156])
def test_exact_coverage_of_the_methods(trials):
    shares = np.linspace(0.02, 0.98, 193)
    coverage = {method: exact_coverage(method, trials, shares) for method in METHODS}
    for method, values in coverage.items():
        print(f"n = {trials}, {method}: mean {values.mean():.4f}, least {values.min():.4f}")  # noqa: T201
    assert coverage["clopper-pearson"].min() >= 0.95
    for method in ("wilson", "jeffreys", "agresti-coull", "mid-p"):
        assert 0.945 <= coverage[method].mean() <= 0.975
    assert coverage["wilson-cc"].mean() > coverage["wilson"].mean()


def test_one_sided_limits():
    # No success in 20: the upper limit at 95 % solves (1 - p)^20 = 0.05.
    upper = proportion_limit(0, 20, side="upper", level=0.95)
    assert (upper.low, upper.high) == (0.0, pytest.approx(1 - 0.05 ** (1 / 20)))
    lower = proportion_limit(20, 20, side="lower", level=0.95)
    assert (lower.low, lower.high) == (pytest.approx(0.05 ** (1 / 20)), 1.0)
    with pytest.raises(ValueError, match=r"level: a one-sided limit needs a level above 0\.5, got 0\.4"):
        proportion_limit(0, 20, side="upper", level=0.4)


@given(shares_of_trials)
def test_half_width_is_half_of_wilsons_interval(counts):
    successes, trials = counts
    interval = proportion_interval(successes, trials, level=0.9)
    curve = half_width(successes / trials, np.array([trials, 4 * trials]), level=0.9)
    assert curve[0] == pytest.approx((interval.high - interval.low) / 2, abs=1e-12)
    assert curve[1] < curve[0]


@given(st.floats(0, 1), st.floats(0.01, 0.4), st.sampled_from([0.5, 0.95]))
def test_trials_for_a_half_width_are_the_fewest(share, wanted, level):
    trials = trials_for_half_width(share, wanted, level=level)
    assert half_width(share, trials, level=level) <= wanted
    if trials > 1:
        assert half_width(share, trials - 1, level=level) > wanted


def test_refusals_say_what_is_wrong():
    with pytest.raises(InsufficientEvidence, match="zero trials"):
        proportion_interval(0, 0, level=0.95)
    with pytest.raises(ValueError, match=r"successes: a number between 0 and trials \(4\) is needed, got 5"):
        proportion_interval(5, 4, level=0.95)
    with pytest.raises(ValueError, match="level: a share strictly between 0 and 1 is needed, got 95"):
        proportion_interval(1, 4, level=95)
    with pytest.raises(ValueError, match=r"half_width: a number strictly between 0 and 0\.5"):
        trials_for_half_width(0.5, 0.5, level=0.95)
    with pytest.raises(ValueError, match="every number of trials must be above 0"):
        half_width(0.5, [10, 0], level=0.95)
