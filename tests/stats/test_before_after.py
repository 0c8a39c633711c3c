"""Two by two counts: R's example, tiny counts by hand, ends against the test, coverage over all outcomes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.stats.before_after import detectable_fall, ratio_of_ratios_interval


def test_the_convictions_of_twins() -> None:
    # Convictions of like-sex twins of criminals, R documentation of fisher.test: 2, 15 and 10, 3. There the conditional
    # estimate is 0.04693661 with limits 0.003325764 to 0.363182271, found by R's uniroot to an absolute 1.2e-4; here
    # the rows are (after, before).
    value, interval = ratio_of_ratios_interval(15, 2, 3, 10, level=0.95)
    assert value == pytest.approx(0.04693661, rel=1e-6)
    assert interval.low == pytest.approx(0.003325764, abs=1.2e-4)
    assert interval.high == pytest.approx(0.363182271, abs=1.2e-4)


def test_the_ends_are_where_the_test_just_fails() -> None:
    _, interval = ratio_of_ratios_interval(7, 4, 20, 18, level=0.9)
    # Given the margins: 22 after of 49, 11 in the group.
    assert stats.nchypergeom_fisher.sf(3, 49, 22, 11, interval.low) == pytest.approx(0.05, abs=1e-6)
    assert stats.nchypergeom_fisher.cdf(4, 49, 22, 11, interval.high) == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize("counts", [(0, 0, 3, 4), (2, 1, 0, 0), (0, 3, 0, 5), (3, 0, 5, 0)])
def test_an_empty_margin_gives_no_ratio(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(InsufficientEvidence, match="give no ratio"):
        ratio_of_ratios_interval(*counts, level=0.95)


def test_a_fall_found_with_the_stated_power_by_hand() -> None:
    # 10 events, others half and half: P(X <= 1) = 11/1024 = 0.0107 <= 0.025 < P(X <= 2) = 56/1024. With power 0.8
    # 10 p (1-p)^9 + (1-p)^10 = 0.8 gives p = 0.0833, odds 0.0909.
    ratio = detectable_fall(10, 0.5, level=0.95, power=0.8)
    share = ratio / (1 + ratio)
    assert (1 - share) ** 10 + 10 * share * (1 - share) ** 9 == pytest.approx(0.8)
    assert ratio == pytest.approx(0.0909, abs=1e-3)


def test_more_events_find_smaller_falls() -> None:
    ratios = [detectable_fall(total, 0.4, level=0.95, power=0.8) for total in (20, 60, 200, 1000)]
    assert ratios == sorted(ratios)
    assert 0 < ratios[0] < ratios[-1] < 1


def test_too_few_events_find_nothing() -> None:
    # Five events, half expected after: none after has probability 1/32 = 0.031, above 0.025.
    with pytest.raises(InsufficientEvidence, match="not even one to none"):
        detectable_fall(5, 0.5, level=0.95, power=0.8)
    with pytest.raises(InsufficientEvidence):
        detectable_fall(0, 0.5, level=0.95, power=0.8)


def test_the_conditional_interval_covers_at_least_its_level() -> None:
    # All outcomes of one pair of margins, weighted by their probability under a true ratio.
    group, others, after, level = 9, 30, 15, 0.9
    for true_ratio in (0.3, 1.0, 2.5):
        counts = np.arange(max(0, after - others), min(group, after) + 1)
        weights = stats.nchypergeom_fisher.pmf(counts, group + others, after, group, true_ratio)
        covered = 0.0
        for count, weight in zip(counts, weights, strict=True):
            if count == group:  # the estimate has no end; the interval's low end decides
                continue
            _, interval = ratio_of_ratios_interval(
                int(group - count), int(count), int(others - after + count), int(after - count), level=level
            )
            covered += weight * (interval.low <= true_ratio <= interval.high)
        assert covered >= level - weights[counts == group].sum()
