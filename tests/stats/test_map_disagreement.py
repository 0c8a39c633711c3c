"""Quantity, exchange and shift against the reference implementation, and their identities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.errors import InsufficientEvidence
from analysis.stats.map_disagreement import disagreement, population_matrix

MATRIX = [[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]]


def test_against_the_reference_implementation() -> None:
    # R diffeR 0.0-8 on the matrix of Olofsson et al. (2014); definitions: Pontius, Millones (2011), Pontius, Santacruz
    # (2014).
    counts = disagreement(MATRIX)
    assert (counts.quantity, counts.allocation, counts.exchange, counts.shift, counts.total) == (25, 28, 26, 2, 53)
    shares = disagreement(population_matrix(MATRIX, [200000, 150000, 3200000, 6450000]))
    assert [shares.quantity, shares.allocation, shares.exchange, shares.shift, shares.total] == pytest.approx(
        [0.00449324009, 0.04899487179, 0.04449230769, 0.0045025641, 0.05348811189], abs=1e-9
    )


def test_three_classes_moved_in_a_ring_are_shift() -> None:
    # Each class loses 2 to the next: quantities agree, no pair swaps, so all 6 are shift.
    found = disagreement([[5, 2, 0], [0, 5, 2], [2, 0, 5]])
    assert (found.quantity, found.exchange, found.shift) == (0, 0, 6)


@given(arrays(np.float64, (2, 2), elements=st.floats(0, 1e6)))
def test_two_classes_have_no_shift_and_the_parts_add_up(matrix: np.ndarray) -> None:
    found = disagreement(matrix)
    assert found.shift == pytest.approx(0, abs=1e-6)
    assert found.total == pytest.approx(matrix.sum() - np.trace(matrix), rel=1e-9, abs=1e-6)


def test_an_unchecked_class_has_no_share() -> None:
    with pytest.raises(InsufficientEvidence, match="map class 2 of 2 has no check"):
        population_matrix([[3, 1], [0, 0]], [1, 1])


@pytest.mark.parametrize("matrix", [[[1, 2, 3], [4, 5, 6]], [[1]], [[1, -1], [0, 1]]])
def test_only_square_tables_of_counts(matrix: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="matrix:"):
        disagreement(matrix)
