"""The factors and rules of the NSSDA, and exact radii beside its closed form."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.positional_accuracy import (
    circular_error,
    circular_factor,
    failure_probability,
    nmad,
    positional_error,
    rmse,
    shifted_circular_error,
)

# Twenty differences with RMSE 1.0 and 0.8: plus and minus one, plus and minus 0.8.
EAST = np.tile([1.0, -1.0], 10)
NORTH = np.tile([0.8, 0.8, -0.8, -0.8], 5)


def test_published_factors() -> None:
    # FGDC-STD-007.3-1998 sections 3.2.1 to 3.2.3 and appendix 3-A; Greenwalt, Schultz (1968).
    assert [circular_factor(0.95), circular_factor(0.90)] == pytest.approx([2.4477, 2.146], abs=1e-4)
    assert [circular_factor(share) / np.sqrt(2) for share in (0.95, 0.90)] == pytest.approx([1.7308, 1.5175], abs=1e-4)


def test_half_sum_rule() -> None:
    found = positional_error(EAST, NORTH)
    assert (found.rmse_east_m, found.rmse_north_m) == pytest.approx((1.0, 0.8))
    assert found.ce95_m == pytest.approx(2.20293, abs=1e-4)
    assert found.rule == "NSSDA, factor times half the sum of both RMSE (ratio 0.80)"


def test_exact_radii() -> None:
    assert circular_error(1, 0.8, share=0.95) == pytest.approx(2.230287286, abs=1e-8)
    assert circular_error(1, 0.6, share=0.95) == pytest.approx(2.081304477, abs=1e-8)
    assert circular_error(2, 2, share=0.95) == pytest.approx(2 * circular_factor(0.95))


def test_unequal_errors_have_no_closed_form() -> None:
    found = positional_error(EAST, NORTH / 2)
    # Every radial error is hypot(1, 0.4), and so are the empirical radii.
    assert [found.ce90_m, found.ce95_m] == pytest.approx([np.hypot(1, 0.4)] * 2)
    assert "ratio 0.40 below 0.6" in found.rule


def test_robust_and_plain_spread_of_five_residuals() -> None:
    assert nmad([1, 2, 3, 4, 100]) == pytest.approx(1.4826)
    assert rmse([1, 2, 3, 4, 100]) == pytest.approx(44.78839135)


def test_a_product_at_its_limit_fails_one_of_four_times() -> None:
    assert failure_probability(20, allowed=1, share=0.95) == pytest.approx(0.2641604751, abs=1e-9)


def test_blunders_and_bias_are_counted_not_removed() -> None:
    east = np.append(np.ones(24), 60.0)
    found = positional_error(east, np.tile([1.0, -1.0], 13)[:25])
    assert (found.checks, found.blunders) == (25, 1)
    assert found.mean_east_m == pytest.approx(84 / 25)


def test_fewer_than_twenty_check_points() -> None:
    with pytest.raises(InsufficientEvidence, match="at least 20 independent check points, got 19"):
        positional_error(EAST[:19], NORTH[:19])


def test_a_shifted_error_without_shift_is_the_round_one_and_with_a_large_one_lies_along_it() -> None:
    assert shifted_circular_error(0.0, 10.0, share=0.95) == pytest.approx(10 * circular_factor(0.95))
    # Far from the origin the distance is the shift plus the error along it: 1.6449 sd hold 95 % from below.
    assert shifted_circular_error(10_000.0, 10.0, share=0.95) == pytest.approx(10_000 + 1.6449 * 10, abs=0.01)
    drawn = np.random.default_rng(1).normal(loc=[100.0, 0.0], scale=30.0, size=(200_000, 2))
    radius = shifted_circular_error(100.0, 30.0, share=0.95)
    assert (np.hypot(*drawn.T) <= radius).mean() == pytest.approx(0.95, abs=0.002)
