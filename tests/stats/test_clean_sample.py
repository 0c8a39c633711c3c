"""What a clean sample does not exclude: closed forms, enumeration and simulated lots."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate

from analysis.stats.acceptance import passing_probability
from analysis.stats.clean_sample import (
    most_left,
    posterior_upper_share,
    probability_of_none,
    rule_of_three,
    upper_share,
)


def test_the_rule_of_three_is_near_the_exact_bound() -> None:
    # 1 - 0.05^(1/100) = 0.029513, the rule gives 0.03 (Hanley and Lippman-Hand 1983).
    assert upper_share(100, confidence=0.95) == pytest.approx(0.029513, abs=1e-6)
    assert rule_of_three(100) == pytest.approx(0.03)
    assert upper_share(100, confidence=0.95, detection=0.5) == pytest.approx(2 * 0.029513, abs=2e-6)
    assert rule_of_three(2, 0.5) == 1


def test_the_most_left_is_the_border_of_what_the_sample_excludes() -> None:
    left = most_left(30, lot=100, confidence=0.95, detection=0.9)
    assert passing_probability(left, sample=30, lot=100, detection=0.9)[0] > 0.05
    assert passing_probability(left + 1, sample=30, lot=100, detection=0.9)[0] <= 0.05


def test_a_wholly_inspected_lot_excludes_all_with_perfect_detection_only() -> None:
    assert most_left(20, lot=20, confidence=0.95) == 0
    # Each missed half the time: four are missed together with 1/16 > 0.05, five with 1/32.
    assert most_left(20, lot=20, confidence=0.95, detection=0.5) == 4


def test_a_uniform_prior_and_perfect_detection_in_closed_form() -> None:
    # Beta(1, 60): 1 - 0.05^(1/60).
    end = posterior_upper_share(59, level=0.95, prior_a=1, prior_b=1)
    assert end.high == pytest.approx(1 - 0.05 ** (1 / 60))
    # (b + n) / (b + N) for a = b = 1: 60 / 201.
    assert probability_of_none(59, lot=200, prior_a=1, prior_b=1) == pytest.approx(60 / 201)


def test_imperfect_detection_against_numerical_integration() -> None:
    sample, lot, a, b, detection = 40, 120, 0.5, 2.0, 0.7

    def density(p: float) -> float:
        return p ** (a - 1) * (1 - p) ** (b - 1) * (1 - p * detection) ** sample

    whole = integrate.quad(density, 0, 1, limit=200)[0]
    high = posterior_upper_share(sample, level=0.9, prior_a=a, prior_b=b, detection=detection).high
    assert integrate.quad(density, 0, high, limit=200)[0] / whole == pytest.approx(0.9, abs=1e-7)
    none = integrate.quad(lambda p: p ** (a - 1) * (1 - p) ** (b - 1 + lot), 0, 1, limit=200)[0] / whole
    assert probability_of_none(sample, lot=lot, prior_a=a, prior_b=b, detection=detection) == pytest.approx(none)


def test_simulated_lots_agree_with_the_posterior() -> None:
    rng = np.random.default_rng(20220907)
    sample, lot, detection, lots = 10, 30, 0.8, 400_000
    share = rng.beta(1, 4, lots)
    inside = rng.binomial(sample, share)
    outside = rng.binomial(lot - sample, share)
    clean = rng.binomial(inside, detection) == 0
    none = (inside + outside == 0)[clean].mean()
    exact = probability_of_none(sample, lot=lot, prior_a=1, prior_b=4, detection=detection)
    error = np.sqrt(exact * (1 - exact) / clean.sum())
    assert abs(none - exact) < 4 * error
    high = posterior_upper_share(sample, level=0.9, prior_a=1, prior_b=4, detection=detection).high
    assert abs((share[clean] <= high).mean() - 0.9) < 4 * np.sqrt(0.09 / clean.sum())


def test_a_sample_larger_than_its_lot_is_refused() -> None:
    with pytest.raises(ValueError, match="sample <= lot"):
        probability_of_none(11, lot=10, prior_a=1, prior_b=1)
