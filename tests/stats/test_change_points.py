"""One step on a declining rate: fits against direct ones, a strong step found, nothing found where nothing is."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.change_candidates import candidates_of, fit_places, place_means
from analysis.stats.change_points import change_date_p_values, change_test, power_of_step, scan_change
from analysis.stats.clustered_counts import clustered_counts
from analysis.stats.composite_link import exposure_of
from analysis.stats.composite_regression import fit_replicates, quadrature_of
from analysis.stats.interval_counts import fit_log_linear

LENGTHS = np.array([120, 40, 60, 35, 90, 50, 45, 70, 30, 80, 60, 55])
FIRST = np.concatenate([[1], 1 + np.cumsum(LENGTHS)[:-1]])
LAST = FIRST + LENGTHS - 1
SIZES = [1, 1, 1, 2, 4]


def source(seed=1):
    return np.random.default_rng(seed)


def decline(step=1.0, at=6, level=0.6):
    """Expected counts of a rate that falls by 30 % a year and is multiplied by `step` from interval `at` on."""
    exposure = exposure_of(FIRST, LAST)
    means = exposure.expected(np.log(level), np.log(0.7) / 365.25)
    return np.where(np.arange(means.size) >= at, step * means, means)


COUNTS = clustered_counts(decline(0.12), sizes=SIZES, dispersion=2.6, replicates=1, rng=source())[0]


@pytest.fixture(scope="module")
def scan():
    return scan_change(COUNTS, FIRST, LAST)


def test_no_change_is_the_log_linear_fit(scan):
    line = fit_log_linear(COUNTS, FIRST, LAST, family="quasi-poisson", level=0.95)
    assert scan.deviance_without == pytest.approx(line.deviance, abs=1e-8)
    assert scan.dispersion_without == pytest.approx(line.dispersion, abs=1e-6)
    assert scan.fits.slope[0, 0] == pytest.approx(line.slope_per_day, abs=1e-9)


def test_a_boundary_is_a_poisson_regression_with_a_step(scan):
    quadrature = quadrature_of(FIRST, LAST)
    for place in range(1, scan.candidates.side.shape[0]):
        side = scan.candidates.side[place]
        if (side == -1).any():
            continue
        cut = FIRST[int(np.argmax(side == 1))]
        columns = [np.ones(quadrature.times.size), quadrature.times / 365.25, quadrature.times >= cut]
        direct = fit_replicates(COUNTS[None, :], quadrature, np.column_stack(columns).astype(float))
        assert scan.fits.deviance[0, place] == pytest.approx(direct.deviance[0], abs=1e-6)
        ratio = scan.fits.level_after[0, place] / scan.fits.level_before[0, place]
        assert ratio == pytest.approx(np.exp(direct.coefficients[0, 2]), rel=1e-4)


def test_inside_an_interval_its_count_is_free_between_its_ends():
    exposure = exposure_of(FIRST, LAST)
    candidates = candidates_of(exposure, minimum_days=1)
    holds_5 = int(np.flatnonzero((candidates.side == -1)[:, 5])[0])
    middle = decline(0.3, at=6)
    # Half of interval 5 at the old level and half at the new one, roughly: a change inside it fits without remainder.
    middle[5] *= 0.65
    fits = fit_places(middle[None, :], exposure, candidates)
    assert fits.deviance[0, holds_5] == pytest.approx(0, abs=1e-9)
    assert np.isfinite(fits.deviance[0]).all() == np.False_
    kept = place_means(fits, middle[None, :], exposure, candidates, np.array([holds_5]))
    assert kept[0] == pytest.approx(middle, rel=1e-6)
    # A count above both levels cannot come from a change inside the interval.
    high = middle.copy()
    high[5] *= 9
    assert np.isinf(fit_places(high[None, :], exposure, candidates).deviance[0, holds_5])


def test_a_strong_step_is_found_at_its_place(scan):
    first, last = scan.best_intervals
    assert first <= 6 <= last + 1
    assert scan.rate_ratio < 0.6
    test = change_test(scan, sizes=SIZES, level=0.95, replicates=200, rng=source())
    assert test.statistic > test.critical
    assert test.p_value == pytest.approx(1 / 201, abs=0.02)
    few, many = (power_of_step(scan, test, ratio=ratio, sizes=SIZES, rng=source()) for ratio in (0.5, 0.02))
    assert few < many
    assert many > 0.7
    assert test.monte_carlo_error == pytest.approx(np.sqrt(test.p_value * (1 - test.p_value) / 200))
    p_values = change_date_p_values(scan, sizes=SIZES, replicates=100, rng=source())
    assert p_values[scan.best_intervals[0]] == 1
    assert p_values[5:7].max() > 0.05
    assert np.nanmin(p_values) < 0.05


def test_each_side_has_the_days_asked_for():
    # The last interval has 55 days and the last two 115: no change is tried in the last one.
    few = scan_change(COUNTS, FIRST, LAST, minimum_days=90)
    assert np.isinf(few.deviance_by_interval[-1])
    assert np.isfinite(few.deviance_by_interval[-2])
    assert np.isfinite(scan_change(COUNTS, FIRST, LAST, minimum_days=50).deviance_by_interval).all()


def test_the_test_keeps_its_level_on_a_decline():
    # 60 series without a step, tested at 10 %: more than 14 rejections has a chance below one in a thousand.
    rows = clustered_counts(decline(), sizes=SIZES, dispersion=3.0, replicates=60, rng=source(3))
    p_values = [
        change_test(scan_change(row, FIRST, LAST), sizes=SIZES, level=0.9, replicates=99, rng=source(place)).p_value
        for place, row in enumerate(rows)
    ]
    assert 0 < sum(value <= 0.1 for value in p_values) <= 14


def test_the_same_seed_gives_the_same(scan):
    one, two = (change_test(scan, sizes=SIZES, level=0.95, replicates=50, rng=source(7)) for _ in range(2))
    assert (one.statistic, one.critical, one.p_value) == (two.statistic, two.critical, two.p_value)
    whole = change_date_p_values(scan, sizes=SIZES, replicates=20, rng=source(7))
    again = change_date_p_values(scan, sizes=SIZES, replicates=20, rng=source(7))
    assert np.array_equal(whole, again, equal_nan=True)


@pytest.mark.parametrize(
    ("counts", "size", "words"),
    [
        ([3, 1, 2, 1, 1], 5, "a change needs at least 6 intervals, got 5"),
        ([0] * 12, 12, "no events in any of 12 intervals"),
        ([9, *[0] * 11], 12, "all events are in the first interval"),
        ([4], 1, "at least 3 intervals, got 1"),
    ],
)
def test_too_little_evidence_is_said(counts, size, words):
    with pytest.raises(InsufficientEvidence, match=words):
        scan_change(counts, FIRST[:size], LAST[:size])


def test_a_wish_no_place_can_meet_is_said():
    with pytest.raises(InsufficientEvidence, match="no place among 12 intervals has 400 days on both sides"):
        scan_change(COUNTS, FIRST, LAST, minimum_days=400)


def test_unusable_intervals_are_refused():
    with pytest.raises(ValueError, match="counts: every count must be 0 or more"):
        scan_change(-COUNTS, FIRST, LAST)
    with pytest.raises(ValueError, match="not after the end of the one before"):
        scan_change(COUNTS, FIRST[::-1], LAST[::-1])
    with pytest.raises(ValueError, match="two lists of one length"):
        scan_change([], [], [])
