"""Bounds and curves: hand-worked cases, the published Imbens-Manski example, inverses and limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind
from analysis.stats.partial_identification import (
    imbens_manski_interval,
    relative_rate_needed,
    share_bounds,
    unrecorded_share,
)

inside = st.floats(0.01, 0.99)


def test_unrecorded_share_by_hand():
    # Equal rates: the share of area is the share of accidents. Twice the rate outside: 0.5 / (0.5 + 2 x 0.5) = 1/3.
    assert unrecorded_share([0.5, 0.5, 0.0, 1.0], [1.0, 2.0, 3.0, 3.0]) == pytest.approx([0.5, 1 / 3, 0.0, 1.0])


@given(inside, st.floats(0.05, 20))
def test_rate_needed_undoes_the_curve(share, rate):
    unrecorded = unrecorded_share(share, rate)
    assert relative_rate_needed(share, unrecorded) == pytest.approx(rate, rel=1e-9)
    # Forwards: accidents outside are r u of r u + 1 - u.
    assert rate * unrecorded / (rate * unrecorded + 1 - unrecorded) == pytest.approx(share)


@given(inside, st.floats(0.05, 20))
def test_more_accidents_per_area_outside_means_less_area_outside(share, rate):
    assert unrecorded_share(share, rate * 1.1) < unrecorded_share(share, rate)


@pytest.mark.parametrize(
    ("correct", "checked", "records", "low", "high"),
    [  # (correct) / records to (correct + unchecked) / records
        (25, 100, 100, 0.25, 0.25),
        (15, 60, 100, 0.15, 0.55),
        (5, 20, 100, 0.05, 0.85),
        (5, 20, 1000, 0.005, 0.985),
    ],
)
def test_worst_case_bounds_by_hand(correct, checked, records, low, high):
    bounds = share_bounds(correct, checked, records)
    assert (bounds.low, bounds.high) == pytest.approx((low, high))
    assert bounds.kind is IntervalKind.BOUND


# Coppock, Gerber, Green, Kern (2017) Political Analysis 25:188-206, Table 3: ends and variances, without follow-up of
# the missing and with it.
@pytest.mark.parametrize(
    ("low", "high", "low_variance", "high_variance", "ends"),
    [
        (-1.539144963, 1.709667627, 0.006240100835, 0.005887856696, (-1.669079039, 1.835881146)),
        (-0.3417453766, 0.5718157284, 0.01286478583, 0.01110807399, (-0.5283096741, 0.7451748264)),
    ],
)
def test_published_imbens_manski_interval(low, high, low_variance, high_variance, ends):
    interval = imbens_manski_interval(low, high, low_variance**0.5, high_variance**0.5, level=0.95)
    assert (interval.low, interval.high) == pytest.approx(ends, abs=1e-6)


def test_imbens_manski_between_its_limits():
    point = imbens_manski_interval(0.4, 0.4, 0.1, 0.1, level=0.95)
    wide = imbens_manski_interval(0.0, 100.0, 0.1, 0.1, level=0.95)
    assert point.high - 0.4 == pytest.approx(0.1 * stats.norm.isf(0.025))  # no range: the usual two-sided interval
    assert wide.high - 100 == pytest.approx(0.1 * stats.norm.isf(0.05))  # a wide range: one-sided


@given(st.floats(0, 3))
def test_imbens_manski_covers_at_the_ends_of_the_range(width):
    interval = imbens_manski_interval(0.0, width, 1.0, 1.0, level=0.95)
    reach = -interval.low
    # The chance that a parameter at the low end is held, when both ends move together.
    assert stats.norm.cdf(reach + width) - stats.norm.cdf(-reach) == pytest.approx(0.95, abs=1e-9)


def test_the_larger_standard_error_measures_the_range():
    # Imbens, Manski (2004) equation (7): a range of 0.1 with errors 0.1 and 0.2 is 0.5 of the larger.
    interval = imbens_manski_interval(0.4, 0.5, 0.1, 0.2, level=0.95)
    reach = (0.4 - interval.low) / 0.1
    assert stats.norm.cdf(reach + 0.5) - stats.norm.cdf(-reach) == pytest.approx(0.95, abs=1e-9)
    assert interval.high == pytest.approx(0.5 + 0.2 * reach)


def test_refusals_say_what_is_wrong():
    with pytest.raises(InsufficientEvidence, match="zero records"):
        share_bounds(0, 0, 0)
    with pytest.raises(ValueError, match="0 <= correct <= checked <= records is needed, got 5, 4 and 10"):
        share_bounds(5, 4, 10)
    with pytest.raises(ValueError, match="rates above 0"):
        unrecorded_share(0.5, [1.0, 0.0])
    with pytest.raises(ValueError, match="outside_share: shares between 0 and 1"):
        unrecorded_share(np.nan, 1.0)
    with pytest.raises(ValueError, match="unrecorded_share: shares strictly between"):
        relative_rate_needed(0.5, 1.0)
    with pytest.raises(ValueError, match="low_estimate: must not be above high_estimate"):
        imbens_manski_interval(2, 1, 0.1, 0.1, level=0.95)
