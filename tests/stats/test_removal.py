"""Removal estimators against published numbers, and an interval that covers and can be infinite."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.removal import carle_strub, removal_interval, robson_regier, seber_three_passes, seber_two_passes


@pytest.mark.parametrize(
    ("removed", "total", "detection"),
    [
        # Carle and Strub (1978); Cowx (1983); Seber (2002) ex. 7.4, as asserted in the tests of the R package FSA.
        ([38, 26, 12], 91, 0.444),
        ([5, 7, 8], 44, 0.174),
        ([72, 56, 46, 30, 24], 298, 0.250),
        ([8, 23, 17, 8, 6], 95, 0.187),
    ],
)
def test_carle_and_strub(removed: list[int], total: float, detection: float) -> None:
    found = carle_strub(removed)
    assert found.total == total
    assert found.detection == pytest.approx(detection, abs=0.0005)


def test_the_published_standard_error() -> None:
    assert carle_strub([38, 26, 12]).standard_error == pytest.approx(9.7, abs=0.05)


@pytest.mark.parametrize(
    ("removed", "total", "detection", "error"), [([72, 56], 324, 0.22, 178.19), ([79, 28], 122, 0.65, 8.8)]
)
def test_seber_s_two_passes(removed: list[int], total: float, detection: float, error: float) -> None:
    found = seber_two_passes(removed)
    assert found.total == pytest.approx(total, abs=0.5)
    assert found.detection == pytest.approx(detection, abs=0.005)
    assert found.standard_error == pytest.approx(error, abs=0.05)


def test_three_passes_and_the_correction_of_two() -> None:
    # Seber (2002): 72, 56, 46; Robson and Regier (1968): 72, 56.
    assert seber_three_passes([72, 56, 46]) == pytest.approx(353, abs=0.5)
    assert robson_regier([72, 56]) == pytest.approx(321, abs=0.5)


@pytest.mark.parametrize("method", [seber_two_passes, robson_regier])
def test_removals_that_do_not_fall_give_no_total(method: object) -> None:
    with pytest.raises(InsufficientEvidence, match="do not fall"):
        method([10, 10])  # type: ignore[operator]
    with pytest.raises(InsufficientEvidence, match="do not fall"):
        seber_three_passes([5, 7, 8])


def test_nothing_removed_says_nothing() -> None:
    with pytest.raises(InsufficientEvidence, match="nothing was removed"):
        carle_strub([0, 0, 0])


def test_numbers_that_barely_fall_have_no_upper_limit() -> None:
    assert removal_interval([72, 70, 71], level=0.95).high == float("inf")
    assert removal_interval([5, 7, 8], level=0.95).high == float("inf")
    assert removal_interval([79, 28, 9], level=0.95).high < 150


def test_the_interval_holds_the_maximum_and_what_was_found() -> None:
    interval = removal_interval([38, 26, 12], level=0.95)
    assert 76 <= interval.low < 91 < interval.high


def test_the_interval_covers() -> None:
    rng = np.random.default_rng(1978)
    total, detection, passes, runs = 120, 0.35, 4, 1000
    left = np.full(runs, total)
    removed = np.empty((runs, passes), dtype=np.int64)
    for number in range(passes):
        removed[:, number] = rng.binomial(left, detection)
        left = left - removed[:, number]
    intervals = [removal_interval(list(row), level=0.95) for row in removed]
    covered = np.mean([interval.low <= total <= interval.high for interval in intervals])
    # An approximate interval: 93 to 97 % is asked for, and 1,000 runs have a standard error of 0.7 %.
    assert 0.93 - 0.014 <= covered <= 0.97 + 0.014


def test_one_pass_is_refused() -> None:
    with pytest.raises(ValueError, match="two or more passes"):
        carle_strub([5])
