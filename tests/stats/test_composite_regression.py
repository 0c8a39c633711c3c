"""Integrals and fits to many count vectors against closed forms and the fit to one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.stats.composite_link import poisson_deviance
from analysis.stats.composite_regression import fit_replicates, poisson_deviances, quadrature_of
from analysis.stats.interval_counts import fit_log_linear

FIRST, LAST = [1, 101, 121, 200, 260], [100, 120, 180, 259, 420]
COUNTS = np.array([[40.0, 5, 12, 7, 13], [0, 3, 0, 1, 2], [9, 9, 9, 9, 9]])


def test_an_annual_wave_and_a_step_are_integrated_exactly():
    quadrature = quadrature_of([0, 400], [399, 460], cuts=[123.0])
    turn = 2 * math.pi / 365.25
    wave = quadrature.sums(quadrature.weights * np.cos(turn * quadrature.times))
    # The integral of cos from 0 to 400 is sin(400 turn) / turn.
    assert wave[0] == pytest.approx(math.sin(400 * turn) / turn, rel=1e-6)
    step = quadrature.sums(quadrature.weights * (quadrature.times >= 123))
    assert step == pytest.approx([277, 61])
    assert quadrature.sums(quadrature.weights) == pytest.approx([400, 61])


def test_a_log_linear_design_gives_the_log_linear_fit_of_each_row():
    quadrature = quadrature_of(FIRST, LAST)
    middle = (FIRST[0] + LAST[-1] + 1) / 2
    design = np.column_stack([np.ones(quadrature.times.size), (quadrature.times - middle) / 100])
    fits = fit_replicates(COUNTS, quadrature, design)
    for row, counts in enumerate(COUNTS):
        one = fit_log_linear(counts, FIRST, LAST, family="poisson", level=0.95)
        assert fits.coefficients[row, 0] == pytest.approx(one.log_rate_at_origin, abs=1e-5)
        assert fits.coefficients[row, 1] == pytest.approx(100 * one.slope_per_day, abs=1e-5)
        assert fits.fitted[row] == pytest.approx(one.fitted, rel=1e-5)
        assert fits.deviance[row] == pytest.approx(one.deviance, abs=1e-8)
        # Pearson's with 5 - 2 degrees of freedom.
        expected = np.sum((counts - one.fitted) ** 2 / one.fitted) / 3
        assert fits.dispersion(COUNTS)[row] == pytest.approx(expected, rel=1e-4)


def test_a_start_changes_the_way_and_not_the_end():
    quadrature = quadrature_of(FIRST, LAST)
    design = np.column_stack([np.ones(quadrature.times.size), quadrature.times / 100])
    plain = fit_replicates(COUNTS, quadrature, design)
    moved = fit_replicates(COUNTS, quadrature, design, start=np.array([-3.0, 0.7]))
    assert moved.coefficients == pytest.approx(plain.coefficients, abs=1e-4)


def test_a_level_without_events_ends_with_the_smallest_deviance():
    counts = np.array([[5.0, 6, 0, 0, 0]])
    quadrature = quadrature_of(FIRST, LAST)
    after = (quadrature.times >= 121).astype(float)
    fits = fit_replicates(counts, quadrature, np.column_stack([np.ones(after.size), after]))
    # 11 events in 120 days, nothing after: only the two first intervals are left to misfit.
    means = np.array([100, 20]) * 11 / 120
    assert fits.deviance[0] == pytest.approx(poisson_deviance(np.array([5.0, 6]), means), abs=1e-3)


def test_deviances_are_those_of_one_row():
    means = np.array([3.0, 4, 5])
    counts = np.array([[1.0, 0, 9], [3, 4, 5]])
    assert poisson_deviances(counts, means)[0] == pytest.approx(poisson_deviance(counts[0], means))
    assert poisson_deviances(counts, means)[1] == 0


def test_bad_intervals_are_refused():
    with pytest.raises(ValueError, match="starts on day 5, not after the end of the one before"):
        quadrature_of([1, 5], [6, 9])
