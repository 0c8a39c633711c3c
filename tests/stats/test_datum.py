"""Published Pulkovo 1942 operations with control coordinates, and the correction near the Karabakh plain."""

from __future__ import annotations

import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.datum import geodetic_helmert, pulkovo_read_as_wgs84


def test_romania() -> None:
    # EPSG dataset, Pulkovo 1942(58) to ETRS89, as asserted in the PROJ test suite.
    found = geodetic_helmert(
        25,
        45,
        translation=[2.3287, -147.0425, -92.0802],
        rotation_arcsec=[0.3092483, -0.32482185, -0.49729934],
        scale_ppm=5.68906266,
        convention="coordinate_frame",
        target_ellipsoid="GRS80",
    )
    assert found == pytest.approx((24.99847495, 44.99970124), abs=1e-8)


def test_poland() -> None:
    found = geodetic_helmert(
        20,
        52,
        translation=[33.4, -146.6, -76.3],
        rotation_arcsec=[-0.359, -0.053, 0.844],
        scale_ppm=-0.84,
        convention="position_vector",
        target_ellipsoid="GRS80",
    )
    assert found == pytest.approx((19.99818781, 51.99971415), abs=1e-8)


def test_russia() -> None:
    # EPSG:5044 (GOST parameters).
    found = geodetic_helmert(
        180,
        50,
        translation=[23.57, -140.95, -79.8],
        rotation_arcsec=[0, -0.35, -0.79],
        scale_ppm=-0.22,
        convention="coordinate_frame",
    )
    assert found == pytest.approx((-179.9978147, 49.99982222), abs=5e-7)


def test_pulkovo_near_aghdam_lies_a_hundred_metres_west() -> None:
    shifts = pulkovo_read_as_wgs84(46.93, 39.99)
    first = shifts[0]
    assert first.operation == "Pulkovo 1942 to WGS 84 (14), EPSG:1808"
    assert first.accuracy_m == 5.0  # as the EPSG dataset states
    assert first.east_m == pytest.approx(-100.7, abs=0.5)
    assert abs(first.north_m) < 12
    others = {one.operation.split(", ")[1] for one in shifts[1:]}
    assert "EPSG:15865" in others
    assert all(-110 < one.east_m < -90 for one in shifts)


def test_no_operation_far_away() -> None:
    with pytest.raises(InsufficientEvidence, match="no operation from Pulkovo 1942"):
        pulkovo_read_as_wgs84(-60, -30)
