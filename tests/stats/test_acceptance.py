"""Acceptance sampling against a published plan, small lots counted by hand, and limits that must agree."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InsufficientEvidence
from analysis.stats.acceptance import (
    passing_probability,
    passing_probability_at,
    passing_probability_in_rows,
    smallest_plan,
    smallest_sample,
)


def test_the_published_plan() -> None:
    # Kiermeier (2008) J. Stat. Softw. 26(6): n = 20, c = 0 at 5 % and 15 %; the smallest plan for both risks.
    np.testing.assert_allclose(passing_probability_at([0.05, 0.15], sample=20), [0.35848592, 0.03875953], atol=1e-8)
    plan = smallest_plan(acceptable_share=0.05, pass_acceptable=0.95, unacceptable_share=0.15, pass_unacceptable=0.075)
    assert plan == (80, 7)


def test_a_lot_of_six_counted_by_hand() -> None:
    # 2 of 6 units unacceptable, 3 inspected: of 20 samples 4 hold neither, 12 one, 4 both.
    assert passing_probability(2, sample=3, lot=6)[0] == pytest.approx(4 / 20)
    assert passing_probability(2, sample=3, lot=6, acceptance_number=1)[0] == pytest.approx(16 / 20)
    # Found half the time: neither 4, one missed 12/2, both missed 4/4.
    assert passing_probability(2, sample=3, lot=6, detection=0.5)[0] == pytest.approx((4 + 6 + 1) / 20)


def test_every_sample_of_a_small_lot_enumerated() -> None:
    lot, sample, unacceptable = 8, 3, 3
    clean = sum(not set(chosen) & set(range(unacceptable)) for chosen in combinations(range(lot), sample))
    assert passing_probability(unacceptable, sample=sample, lot=lot)[0] == pytest.approx(clean / 56)


def test_a_large_lot_is_binomial() -> None:
    finite = passing_probability(5000, sample=60, lot=100_000, detection=0.8)[0]
    assert finite == pytest.approx(float(passing_probability_at(0.05, sample=60, detection=0.8)), rel=2e-3)


@given(sample=st.integers(1, 40), detection=st.floats(0.05, 1))
def test_more_unacceptable_units_are_passed_less_often(sample: int, detection: float) -> None:
    passed = passing_probability(np.arange(41), sample=sample, lot=40, detection=detection)
    assert passed[0] == pytest.approx(1)
    assert np.all(np.diff(passed) <= 1e-12)


def test_the_smallest_sample_is_the_smallest() -> None:
    sample = smallest_sample(4, lot=200, confidence=0.95, detection=0.9)
    assert passing_probability(4, sample=sample, lot=200, detection=0.9)[0] <= 0.05
    assert passing_probability(4, sample=sample - 1, lot=200, detection=0.9)[0] > 0.05
    # One of two units: with perfect detection both have to be inspected.
    assert smallest_sample(1, lot=2, confidence=0.95) == 2


def test_imperfect_detection_can_make_it_impossible() -> None:
    # One unacceptable unit found with probability 0.9 can never be found with confidence 0.95.
    with pytest.raises(InsufficientEvidence, match="inspecting all 50 units"):
        smallest_sample(1, lot=50, confidence=0.95, detection=0.9)
    # Two: missed together with probability 0.01.
    assert smallest_sample(2, lot=50, confidence=0.95, detection=0.9) <= 50


def test_rows_that_do_not_resemble_each_other_are_single_units() -> None:
    rows = passing_probability_in_rows([0.02, 0.1], rows=6, units_per_row=5, correlation=1e-7, detection=0.9)
    np.testing.assert_allclose(rows, passing_probability_at([0.02, 0.1], sample=30, detection=0.9), rtol=1e-5)
    same = passing_probability_in_rows([0.02, 0.1], rows=6, units_per_row=5, correlation=0.0, detection=0.9)
    np.testing.assert_allclose(rows, same, rtol=1e-5)


def test_rows_that_are_all_alike_count_once() -> None:
    # A correlation near 1: a row is wholly unacceptable or not at all, so six rows are six units.
    rows = passing_probability_in_rows(0.1, rows=6, units_per_row=5, correlation=1 - 1e-9)
    assert rows[0] == pytest.approx(0.9**6, rel=1e-6)


def test_two_units_a_row_by_hand() -> None:
    # Beta with mean 1/2 and correlation 1/3 is uniform: no unacceptable unit in a row of two with probability 1/3,
    # one with 1/3, two with 1/3; found half the time: 1/3 (1 + 1/2 + 1/4) = 7/12.
    passed = passing_probability_in_rows(0.5, rows=2, units_per_row=2, correlation=1 / 3, detection=0.5)
    assert passed[0] == pytest.approx((7 / 12) ** 2)


def test_resemblance_hides_unacceptable_units() -> None:
    alike, apart = (
        passing_probability_in_rows(0.05, rows=10, units_per_row=8, correlation=correlation)[0]
        for correlation in (0.3, 0.0)
    )
    assert alike > apart


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"sample": 0, "lot": 5}, "sample"),
        ({"sample": 6, "lot": 5}, "sample"),
        ({"sample": 2, "lot": 5, "detection": 1.2}, "detection"),
        ({"sample": 2, "lot": 5, "acceptance_number": -1}, "acceptance_number"),
    ],
)
def test_what_is_no_plan_is_refused_by_name(arguments: dict[str, float], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        passing_probability(1, **arguments)  # type: ignore[arg-type]
