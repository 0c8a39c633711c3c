"""Rates of a known shape, and what the new simulations make of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.calibration.bands import smooth_band
from analysis.calibration.decisions import kept, rejected
from analysis.calibration.predictions import next_year, true_rates
from analysis.calibration.provenance import provenance_of
from analysis.calibration.register import methods_named
from analysis.calibration.shapes import daily_rates, sizes_in, stepped, sums_of
from analysis.calibration.worlds import design_of
from analysis.casualties.outlook import BASELINE, DAMPED, HALF_LIFE_DAYS, LOG_LINEAR, YEAR_DAYS
from analysis.stats import smooth_intensity


def test_sums_of_a_steady_rate_are_the_integrals_of_the_design():
    design = design_of(12, persons_per_day=0.2)
    daily = daily_rates("steady", design)
    # The rate at the middle of each day, summed, against the exact integral: equal to second order of the daily change.
    assert sums_of(daily, design) == pytest.approx(design.means, rel=1e-6)
    assert daily.sum() == pytest.approx(sums_of(daily, design).sum())


def test_a_step_begins_on_its_day_and_a_wave_returns():
    assert stepped(np.array([2.0, 2, 2, 4]), at=2, ratio=0.5).tolist() == [2, 2, 1, 2]
    design = design_of(None)
    steady, step, wavy = (daily_rates(shape, design) for shape in ("steady", "step", "wavy"))
    assert np.unique(np.round(step / steady, 9)).tolist() == [0.4, 1]
    assert (wavy / steady)[500:1000] == pytest.approx((wavy / steady)[:500])
    assert (wavy / steady).max() == pytest.approx(math.exp(0.5), rel=1e-4)


def test_decisions_are_held_when_they_are_right():
    p_values = np.array([0.2, 0.05, 0.01, np.nan])
    for trials, right in ((kept(p_values), [1, 0, 0]), (rejected(p_values), [0, 1, 1])):
        assert trials.covered[:3, 0].tolist() == right
        assert trials.answered.tolist() == [True, True, True, False]
        assert not trials.width.any()


def test_truths_of_the_outlook_go_on_or_fade_out():
    design = design_of(None)
    goes_on, fades, constant = (true_rates(truth, design) for truth in (LOG_LINEAR, DAMPED, BASELINE))
    past = goes_on.size - YEAR_DAYS
    assert goes_on[:past] == pytest.approx(fades[:past])
    assert np.diff(np.log(goes_on)) == pytest.approx(design.slope)
    # After one half-life the slope is half of what it was (the two days around that moment).
    later = past + int(HALF_LIFE_DAYS)
    assert np.diff(np.log(fades))[later - 1] == pytest.approx(design.slope / 2, rel=0.01)
    assert np.ptp(constant) == 0


def test_persons_that_come_alone_are_told_to_the_method_as_such():
    assert sizes_in("poisson").tolist() == [1]
    assert sizes_in("accidents").mean() > 1


def test_a_band_of_half_the_width_is_noticed(monkeypatch: pytest.MonkeyPatch):
    real = smooth_intensity.SmoothIntensity.band_per_30d

    def halved(self, *, level):
        rate, low, high = real(self, level=level)
        return rate, np.sqrt(rate * low), np.sqrt(rate * high)

    options = {"criterion": "bic", "shape": "wavy", "world": "accidents"}
    whole = smooth_band(np.random.default_rng(1), 2, **options)
    monkeypatch.setattr(smooth_intensity.SmoothIntensity, "band_per_30d", halved)
    narrow = smooth_band(np.random.default_rng(1), 2, **options)
    assert narrow.covered.mean() < whole.covered.mean()
    assert (narrow.width < whole.width).all()


def test_a_baseline_of_the_last_year_misses_more_often_if_it_forgets_the_count_still_varies(
    monkeypatch: pytest.MonkeyPatch,
):
    options = {"model": BASELINE, "truth": BASELINE, "world": "accidents", "level": 0.95}
    whole = next_year(np.random.default_rng(1), 40, **options)
    monkeypatch.setattr(
        "analysis.stats.forecast.nb1_counts", lambda means, **_others: np.asarray(means, dtype=np.int64)
    )
    narrow = next_year(np.random.default_rng(1), 40, **options)
    assert narrow.width.mean() < 0.9 * whole.width.mean()
    assert narrow.covered.sum() < whole.covered.sum()


def test_what_simulates_a_method_is_part_of_its_source():
    (outlook,) = methods_named(["count of the next 365 days, damped trend"])
    modules = provenance_of(outlook, seed=1)["modules"]
    assert {"analysis.calibration.shapes", "analysis.casualties.outlook", "analysis.stats.forecast"} <= set(modules)
    # What the study's module imports in turn is not: reading the evidence is no part of the method.
    assert not any(name.startswith("analysis.evidence") for name in modules)
