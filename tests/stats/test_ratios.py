"""Quotients: hand-worked ranges, a published Fieller interval, and the unbounded cases."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind
from analysis.stats.ratios import fieller_interval, quotient_range

# ASAT values of Hauschke (1999), as used by Dilba et al. in R's mratios; the expected values are from ttestratio there.
TREATED = [1.53, 1.75, 2.12, 2.83, 2.58, 2.37, 2.92, 2.08, 3.01, 2.67, 2.06, 2.25, 3.08, 2.01, 1.58]
CONTROL = [
    1.33,
    1.78,
    1.53,
    1.95,
    1.83,
    1.47,
    1.87,
    1.55,
    2.58,
    2.17,
    1.97,
    1.62,
    2.25,
    3.53,
    2.92,
    1.78,
    2.22,
    2.55,
    2.75,
]


def asat():
    """Means, their standard errors from the pooled variance, and the degrees of freedom."""
    freedom = len(TREATED) + len(CONTROL) - 2
    squares = sum(np.var(group, ddof=1) * (len(group) - 1) for group in (TREATED, CONTROL))
    pooled = math.sqrt(squares / freedom)
    errors = [pooled / math.sqrt(len(group)) for group in (TREATED, CONTROL)]
    return (float(np.mean(TREATED)), float(np.mean(CONTROL)), *errors), freedom


def test_published_fieller_interval():
    estimates, freedom = asat()
    interval = fieller_interval(*estimates, level=0.95, degrees_of_freedom=freedom)
    assert estimates[0] / estimates[1] == pytest.approx(1.11300546, abs=1e-7)
    assert (interval.low, interval.high) == pytest.approx((0.934887055, 1.324610989), abs=1e-7)


def test_published_one_sided_fieller_limit():
    estimates, freedom = asat()
    interval = fieller_interval(*estimates, level=0.90, degrees_of_freedom=freedom)
    assert interval.high == pytest.approx(1.28601483, abs=1e-7)


def test_fieller_agrees_with_the_published_test():
    # mratios: t = -1.3627554 for the ratio 1.25, p = 0.0912367766 one-sided; at level 1 - 2p the end is 1.25.
    estimates, freedom = asat()
    interval = fieller_interval(*estimates, level=1 - 2 * 0.0912367766, degrees_of_freedom=freedom)
    assert interval.high == pytest.approx(1.25, abs=1e-7)


@given(st.floats(-5, 5), st.floats(0.5, 5), st.floats(0.01, 1), st.floats(0.01, 0.2))
def test_fieller_ends_are_where_the_test_rejects(numerator, denominator, numerator_se, denominator_se):
    interval = fieller_interval(numerator, denominator, numerator_se, denominator_se, level=0.95)
    for end in (interval.low, interval.high):
        spread = math.sqrt(numerator_se**2 + end**2 * denominator_se**2)
        assert abs(numerator - end * denominator) / spread == pytest.approx(stats.norm.isf(0.025), rel=1e-5)
    assert interval.low <= numerator / denominator <= interval.high


def test_fieller_is_unbounded_when_the_denominator_may_be_zero():
    whole = fieller_interval(10.0, 1.0, 1.0, 1.0, level=0.95)
    positive = fieller_interval(10.0, 1.0, 1.0, 1.0, level=0.95, positive_only=True)
    assert (whole.low, whole.high) == (-math.inf, math.inf)
    assert positive.high == math.inf
    # The low end still rejects: (10 - r)^2 = 1.96^2 (1 + r^2).
    assert (10 - positive.low) ** 2 == pytest.approx(stats.norm.isf(0.025) ** 2 * (1 + positive.low**2))
    assert 0 < positive.low < 10
    nothing_known = fieller_interval(0.1, 0.1, 1.0, 1.0, level=0.95, positive_only=True)
    assert (nothing_known.low, nothing_known.high) == (0.0, math.inf)


def test_fieller_keeps_to_positive_ratios_when_told():
    cut = fieller_interval(0.1, 5.0, 1.0, 0.1, level=0.95, positive_only=True)
    full = fieller_interval(0.1, 5.0, 1.0, 0.1, level=0.95)
    assert full.low < 0 == cut.low
    assert cut.high == full.high
    with pytest.raises(InsufficientEvidence, match="below 0 at this level"):
        fieller_interval(-10.0, 5.0, 0.1, 0.1, level=0.95, positive_only=True)


def test_quotient_range_by_hand():
    # 800 to 1166 over 60 to 100: 800 / 100 to 1166 / 60.
    found = quotient_range(800, 1166, 60, 100)
    assert (found.low, found.high, found.kind) == (8.0, pytest.approx(1166 / 60), IntervalKind.BOUND)
    assert quotient_range(800, 1166, 60, 100, kind=IntervalKind.SCENARIO).kind is IntervalKind.SCENARIO


def test_quotient_is_unbounded_over_zero():
    assert quotient_range(1, 2, 0, 4).high == math.inf
    assert quotient_range(0, 2, 1, math.inf).low == 0.0
    with pytest.raises(InsufficientEvidence, match="the denominator can only be 0"):
        quotient_range(1, 2, 0, 0)
    with pytest.raises(ValueError, match="denominator: a range with 0 <= low <= high is needed, got 3 to 2"):
        quotient_range(1, 2, 3, 2)


ranges = st.tuples(st.floats(0, 100), st.floats(0, 100)).map(sorted)


@given(ranges, ranges.map(lambda ends: [ends[0] + 0.1, ends[1] + 0.1]), st.floats(0, 1), st.floats(0, 1))
def test_quotient_range_holds_every_quotient(numerator, denominator, along, across):
    found = quotient_range(*numerator, *denominator)
    top = numerator[0] + along * (numerator[1] - numerator[0])
    bottom = denominator[0] + across * (denominator[1] - denominator[0])
    assert found.low * (1 - 1e-9) <= top / bottom <= found.high * (1 + 1e-9)
