"""Published transforms, exact recovery, and errors that are not residuals of the fit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InsufficientEvidence
from analysis.stats.robust_fit import left_out_errors
from analysis.stats.similarity import PlaneSimilarity, fit_robust, fit_similarity, helmert

GRID = np.array([(x, y) for x in (0.0, 500.0, 1000.0) for y in (0.0, 400.0, 900.0)])


def test_plane_transform_of_point_203() -> None:
    # SEWRPC Technical Report 034, p. 29, point 203, NAD27 feet to NAD83 metres.
    theta = -1.244048 * math.pi / (180 * 3600)
    rule = PlaneSimilarity(east=-9597.3572, north=0.6112, scale=0.3047947806, theta=theta)
    assert rule.apply([[2546506.957, 542256.609]])[0] == pytest.approx([766563.675, 165282.277], abs=1e-3)


def test_itrf2008_to_etrs89() -> None:
    # Jivall, as asserted in the PROJ test suite; printed to a tenth of a millimetre.
    found = helmert(
        [3565285, 855949, 5201383],
        translation=[0.67678, 0.65495, -0.52827],
        rotation_arcsec=[-0.022742, 0.012667, 0.022704],
        scale_ppm=-0.0107,
        convention="coordinate_frame",
    )
    assert found == pytest.approx([3565285.413, 855948.6799, 5201382.729], abs=5e-4)


def test_ed50_with_exact_rotation() -> None:
    found = helmert(
        [3494994.301, 1056601.972, 5212382.167],
        translation=[-81.0703, -89.3603, -115.7526],
        rotation_arcsec=[-0.48488, -0.02436, -0.41321],
        scale_ppm=-0.540645,
        convention="coordinate_frame",
        rotation="exact",
    )
    assert found == pytest.approx([3494909.84, 1056506.789, 5212265.667], abs=5e-4)


def test_molodensky_badekas() -> None:
    # La Canoa to REGVEN, EPSG:1771, IOGP Guidance Note 7-2.
    found = helmert(
        [2550408.96, -5749912.26, 1054891.11],
        translation=[-270.933, 115.599, -360.226],
        rotation_arcsec=[-5.266, -1.238, 2.381],
        scale_ppm=-5.109,
        convention="coordinate_frame",
        pivot=[2464351.59, -5783466.61, 974809.81],
    )
    assert found == pytest.approx([2550138.45, -5749799.87, 1054530.82], abs=0.01)


def test_the_conventions_differ_in_the_sign_of_the_rotation() -> None:
    options = {"translation": [1, 2, 3], "scale_ppm": 4.0}
    one = helmert([4e6, 3e6, 4e6], rotation_arcsec=[1, 2, 3], convention="coordinate_frame", **options)
    other = helmert([4e6, 3e6, 4e6], rotation_arcsec=[-1, -2, -3], convention="position_vector", **options)
    assert one == pytest.approx(other)


@given(st.floats(-300, 300), st.floats(-300, 300), st.floats(0.9, 1.1), st.floats(-0.5, 0.5))
def test_a_similarity_without_noise_is_found_exactly(east: float, north: float, scale: float, theta: float) -> None:
    rule = PlaneSimilarity(east=east, north=north, scale=scale, theta=theta, origin=(500.0, 450.0))
    found = fit_similarity(GRID, rule.apply(GRID))
    assert (found.scale, found.theta) == pytest.approx((scale, theta), abs=1e-9)
    assert found.apply([[123.0, 45.0]]) == pytest.approx(rule.apply([[123.0, 45.0]]), abs=1e-6)


def test_one_wrong_pair_does_not_pull_the_robust_fit() -> None:
    rng = np.random.default_rng(3)
    target = GRID + np.array([100.0, -20.0]) + rng.normal(scale=2.0, size=GRID.shape)
    target[4] += (800.0, 0.0)
    centre = [[500.0, 450.0]]
    robust, plain = (fit(GRID, target).apply(centre)[0] - centre[0] for fit in (fit_robust, fit_similarity))
    assert robust == pytest.approx([100, -20], abs=3)
    assert abs(plain[0] - 100) > 50


def test_left_out_errors_are_larger_than_residuals() -> None:
    rng = np.random.default_rng(5)
    target = GRID + rng.normal(scale=10.0, size=GRID.shape)
    residuals = np.hypot(*(target - fit_robust(GRID, target).apply(GRID)).T)
    left_out = np.hypot(*left_out_errors(GRID, target, fit=fit_robust).T)
    assert np.sqrt(np.mean(left_out**2)) > 1.2 * np.sqrt(np.mean(residuals**2))


def test_what_gives_no_similarity() -> None:
    with pytest.raises(InsufficientEvidence, match="at least 4 matched pairs, got 2"):
        fit_similarity(GRID[:2], GRID[:2])
    with pytest.raises(InsufficientEvidence, match="at one place"):
        fit_similarity(np.zeros((5, 2)), np.zeros((5, 2)))
