"""Totals from falling finds: exact recovery, hand-worked lines, coverage, and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.depletion import delury, goel_okumoto, leslie


def test_a_line_by_hand() -> None:
    # Finds 100, 90, 81 at effort 1: per effort 100, 90, 81 on 0, 100, 190. Exactly 0.1 x (1000 - found before).
    exact = leslie([100, 90, 81], [1, 1, 1], level=0.95)
    assert exact.total == pytest.approx(1000)
    assert exact.rate == pytest.approx(0.1)
    assert exact.interval.low == pytest.approx(1000)
    assert exact.interval.high == pytest.approx(1000)


def test_leslie_with_unequal_effort() -> None:
    # 500 items, 0.02 found a unit of effort: 10 units find 100 of 500, 5 find 40 of 400, 20 find 144 of 360.
    assert leslie([100, 40, 144], [10, 5, 20], level=0.9).total == pytest.approx(500)


def test_delury_on_an_exponential_decline() -> None:
    # Finds per effort 50 e^(-0.05 E) at the middle of each period: total 50 / 0.05 = 1000.
    effort = np.array([2.0, 3.0, 1.0, 4.0])
    middle = np.cumsum(effort) - effort / 2
    found = delury(50 * np.exp(-0.05 * middle) * effort, effort, level=0.95)
    assert found.total == pytest.approx(1000)
    assert found.rate == pytest.approx(0.05)


def test_discovery_recovers_its_own_means() -> None:
    ends = np.array([1.0, 2.0, 4.0, 8.0])
    means = 400 * np.diff(1 - np.exp(-0.3 * np.concatenate([[0], ends])))
    found = goel_okumoto(means, ends, level=0.95)  # type: ignore[arg-type]
    # The best fixed number lies a little below the mean of the process, about 1 in 200 here, and nearer the more items.
    assert found.total == pytest.approx(400, rel=0.02)
    assert found.rate == pytest.approx(0.3, rel=0.02)
    many = goel_okumoto(1000 * means, ends, level=0.95)  # type: ignore[arg-type]
    assert many.total == pytest.approx(400_000, rel=2e-5)
    assert many.rate == pytest.approx(0.3, rel=2e-5)


def test_the_unit_of_time_does_not_matter() -> None:
    days = goel_okumoto([40, 25, 20, 9], [30, 60, 90, 120], level=0.95)
    months = goel_okumoto([40, 25, 20, 9], [1, 2, 3, 4], level=0.95)
    assert days.total == pytest.approx(months.total, rel=1e-5)
    assert days.interval.high == pytest.approx(months.interval.high, rel=1e-5)
    assert days.rate == pytest.approx(months.rate / 30, rel=1e-4)


def test_finds_that_barely_fall_have_no_upper_limit() -> None:
    assert goel_okumoto([30, 29, 31, 28], [1, 2, 3, 4], level=0.95).interval.high == float("inf")
    assert leslie([30, 26, 31, 25], [1, 1, 1, 1], level=0.95).interval.high == float("inf")


@pytest.mark.parametrize("method", [leslie, delury])
def test_finds_that_rise_give_no_total(method: object) -> None:
    with pytest.raises(InsufficientEvidence, match="do not fall"):
        method([10, 12, 15], [1, 1, 1], level=0.95)  # type: ignore[operator]
    with pytest.raises(InsufficientEvidence, match="do not fall over time"):
        goel_okumoto([10, 12, 15], [1, 2, 3], level=0.95)


def test_what_the_methods_cannot_use_is_said() -> None:
    with pytest.raises(InsufficientEvidence, match="too few"):
        leslie([10, 5], [1, 1], level=0.95)
    with pytest.raises(InsufficientEvidence, match="logarithm"):
        delury([10, 5, 0], [1, 1, 1], level=0.95)
    with pytest.raises(InsufficientEvidence, match="nothing was found"):
        goel_okumoto([0, 0], [1, 2], level=0.95)
    with pytest.raises(ValueError, match="rising ends"):
        goel_okumoto([3, 2], [2, 1], level=0.95)


def test_the_discovery_interval_covers() -> None:
    rng = np.random.default_rng(1979)
    ends = np.arange(1.0, 9.0)
    shares = np.diff(1 - np.exp(-0.25 * np.concatenate([[0], ends])))
    runs, total = 200, 250
    covered = 0
    for counts in rng.multinomial(total, [*shares, 1 - shares.sum()], runs):
        interval = goel_okumoto(list(counts[:-1]), list(ends), level=0.95).interval
        covered += interval.low <= total <= interval.high
    # An approximate interval: 93 to 97 % is asked for, and 200 runs have a standard error of 1.5 %.
    assert 0.93 - 0.03 <= covered / runs <= 0.97 + 0.03
