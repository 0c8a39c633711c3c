"""An affine map is found exactly without noise, is not pulled by wrong pairs, and is refused on a line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InsufficientEvidence
from analysis.stats.affine import PlaneAffine, fit_affine, fit_robust_affine
from analysis.stats.robust_fit import left_out_errors
from analysis.stats.similarity import fit_robust

GRID = np.array([(x, y) for x in (0.0, 500.0, 1000.0) for y in (0.0, 400.0, 900.0)])


def test_scale_shear_and_shift_by_hand() -> None:
    # Around (1, 1), which goes to (10, 20): (2, 1) is one east of it, (1, 2) one north.
    rule = PlaneAffine(matrix=((2.0, 0.5), (0.0, 3.0)), middle=(1.0, 1.0), middle_after=(10.0, 20.0))
    assert rule.apply([[1, 1], [2, 1], [1, 2]]).tolist() == [[10, 20], [12, 20], [10.5, 23]]


@given(st.floats(0.8, 1.2), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2), st.floats(0.8, 1.2), st.floats(-300, 300))
def test_an_affine_map_without_noise_is_found_exactly(a: float, b: float, c: float, d: float, east: float) -> None:
    rule = PlaneAffine(matrix=((a, b), (c, d)), middle=(500.0, 433.0), middle_after=(500.0 + east, 433.0))
    for fit in (fit_affine, fit_robust_affine):
        found = fit(GRID, rule.apply(GRID))
        assert np.asarray(found.matrix) == pytest.approx(np.array([[a, b], [c, d]]), abs=1e-7)
        assert found.apply([[123.0, 45.0]]) == pytest.approx(rule.apply([[123.0, 45.0]]), abs=1e-4)


def test_unequal_scales_are_beyond_a_similarity() -> None:
    target = GRID * (1.0, 1.1)
    apart = {fit: np.abs(target - fit(GRID, target).apply(GRID)).max() for fit in (fit_robust, fit_robust_affine)}
    assert apart[fit_robust] > 10
    assert apart[fit_robust_affine] < 1e-6


def test_one_wrong_pair_does_not_pull_the_robust_fit() -> None:
    rng = np.random.default_rng(3)
    source = rng.uniform(0, 1000, (25, 2))
    target = source * (1.0, 1.02) + (100.0, -20.0) + rng.normal(scale=2.0, size=source.shape)
    target[4] += (800.0, 0.0)
    true = np.array([600.0, 490.0])  # (500, 500 x 1.02) moved by (100, -20)
    robust, plain = (fit(source, target).apply([[500.0, 500.0]])[0] - true for fit in (fit_robust_affine, fit_affine))
    assert np.abs(robust).max() < 3
    assert abs(plain[0]) > 20


def test_left_out_errors_are_larger_than_residuals() -> None:
    rng = np.random.default_rng(5)
    target = GRID + rng.normal(scale=10.0, size=GRID.shape)
    residuals = target - fit_robust_affine(GRID, target).apply(GRID)
    left_out = left_out_errors(GRID, target, fit=fit_robust_affine)
    assert np.sqrt((left_out**2).mean()) > 1.3 * np.sqrt((residuals**2).mean())


def test_pairs_in_another_order_give_the_same_map() -> None:
    rng = np.random.default_rng(6)
    target = GRID + rng.normal(scale=10.0, size=GRID.shape)
    turned = rng.permutation(len(GRID))
    one, other = fit_robust_affine(GRID, target), fit_robust_affine(GRID[turned], target[turned])
    assert np.asarray(one.matrix) == pytest.approx(np.asarray(other.matrix), abs=1e-9)


def test_what_gives_no_affine_map() -> None:
    with pytest.raises(InsufficientEvidence, match="an affine map needs 6 pairs, got 5"):
        fit_affine(GRID[:5], GRID[:5])
    line = np.column_stack([np.arange(8.0), 2 * np.arange(8.0)])
    with pytest.raises(InsufficientEvidence, match="lie on a line"):
        fit_affine(line, line)
    with pytest.raises(ValueError, match="two columns"):
        fit_affine(GRID, GRID[:4])
