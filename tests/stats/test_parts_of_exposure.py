"""Rates judged by parts: a spread by hand, the wider interval of few parts, and refusals."""

from __future__ import annotations

import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.dispersion import overdispersed_limits
from analysis.stats.parts_of_exposure import dispersion_of_parts, rate_interval_by_parts


def test_the_spread_by_hand() -> None:
    # 0.5 per unit: 10 expected of each 20. (15-10)^2/10 + (5-10)^2/10 + (10-10)^2/10 = 5, over 3 parts.
    assert dispersion_of_parts(60, 120, [15, 5, 10], [20, 20, 20]) == pytest.approx(5 / 3)


def test_students_t_stands_for_the_normal_law() -> None:
    # t with 3 degrees of freedom is 3.182446 at 97.5 %, the normal law 1.959964: the dispersion grows 2.636438 times.
    low, high = overdispersed_limits(60, 120, dispersion=5 / 3 * (3.182446305 / 1.959963985) ** 2, level=0.95)
    interval = rate_interval_by_parts(60, 120, [15, 5, 10], [20, 20, 20], level=0.95)
    assert interval.low == pytest.approx(float(low))
    assert interval.high == pytest.approx(float(high))


def test_parts_that_agree_better_than_chance_do_not_narrow_the_interval() -> None:
    alike = rate_interval_by_parts(60, 120, [10, 10, 10], [20, 20, 20], level=0.95)
    plain_low, plain_high = overdispersed_limits(60, 120, dispersion=1.0, level=0.95)
    assert alike.low < plain_low
    assert alike.high > plain_high


@pytest.mark.parametrize(("count", "parts"), [(60, [15, 5]), (0, [0, 0, 0])])
def test_too_little_to_judge_a_spread(count: int, parts: list[int]) -> None:
    with pytest.raises(InsufficientEvidence, match="says nothing; 3 parts and a count above 0"):
        rate_interval_by_parts(count, 120, parts, [20] * len(parts), level=0.95)
