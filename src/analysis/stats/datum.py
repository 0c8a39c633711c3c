"""Positions on one geodetic datum read as another: named operations with their published accuracy, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analysis.errors import InsufficientEvidence

PULKOVO_1942: Final = "EPSG:4284"
WGS_84: Final = "EPSG:4326"
NAMED_OPERATION: Final = "1808"
"""Pulkovo 1942 to WGS 84 (14), for Azerbaijan and Georgia onshore."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatumShift:
    """What has to be added to positions that were read on the wrong datum.

    Parameters
    ----------
    operation
        Name and code of the operation in the EPSG dataset.
    area
        Where the dataset says it applies.
    accuracy_m
        Accuracy the dataset states, m.
    east_m, north_m
        Correction at the place asked for, m.
    """

    operation: str
    area: str
    accuracy_m: float
    east_m: float
    north_m: float


def pulkovo_read_as_wgs84(longitude: float, latitude: float) -> tuple[DatumShift, ...]:
    """Return the corrections for Pulkovo 1942 coordinates that were read as WGS 84, one an operation for the place.

    The operation of EPSG code 1808 comes first where the dataset says that it applies; the rest are in order of stated
    accuracy. That several exist is an uncertainty of its own.

    Raises
    ------
    InsufficientEvidence
        If no operation applies at the place.

    References
    ----------
    EPSG Geodetic Parameter Dataset, operations from EPSG:4284 to EPSG:4326, as shipped with PROJ.
    """
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

    set_network_enabled(active=False)
    shifts = [_shift(code, longitude, latitude) for code in _operations(longitude, latitude)]
    if not shifts:
        raise InsufficientEvidence(
            f"no operation from Pulkovo 1942 to WGS 84 applies at longitude {longitude:.4g}, latitude {latitude:.4g}"
        )
    return tuple(sorted(shifts, key=lambda one: (not _is_named(one), one.accuracy_m, one.operation)))


def geodetic_helmert(
    longitude: float,
    latitude: float,
    *,
    translation: Sequence[float],
    rotation_arcsec: Sequence[float],
    scale_ppm: float,
    convention: str,
    source_ellipsoid: str = "krass",
    target_ellipsoid: str = "WGS84",
) -> tuple[float, float]:
    """Return longitude and latitude, degrees, after a seven-parameter transform between two ellipsoids.

    References
    ----------
    IOGP Guidance Note 7-2, section 4.3; computed by PROJ.
    """
    from pyproj import Transformer

    numbers = dict(zip(("x", "y", "z", "rx", "ry", "rz"), (*translation, *rotation_arcsec), strict=True))
    words = " ".join(f"+{name}={value!r}" for name, value in numbers.items())
    pipeline = (
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=cart +ellps={source_ellipsoid} "
        f"+step +proj=helmert {words} +s={scale_ppm!r} +convention={convention} "
        f"+step +inv +proj=cart +ellps={target_ellipsoid} "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    moved = Transformer.from_pipeline(pipeline).transform(longitude, latitude, 0.0)
    return float(moved[0]), float(moved[1])


def _is_named(shift: DatumShift) -> bool:
    return shift.operation.endswith(f"EPSG:{NAMED_OPERATION}")


def _operations(longitude: float, latitude: float) -> list[str]:
    from pyproj.transformer import AreaOfInterest, TransformerGroup

    place = AreaOfInterest(longitude, latitude, longitude, latitude)
    group = TransformerGroup(PULKOVO_1942, WGS_84, always_xy=True, area_of_interest=place)
    return [code for transformer in group.transformers for code in _codes(transformer.to_json_dict())]


def _codes(tree: dict[str, object]) -> list[str]:
    """Return the EPSG codes of the steps between datums; changes of axis order have none of their own."""
    steps = tree.get("steps", [tree])
    found = [step["id"]["code"] for step in steps if "id" in step and "accuracy" in step]  # type: ignore[attr-defined]
    return [str(code) for code in found]


def _shift(code: str, longitude: float, latitude: float) -> DatumShift:
    from pyproj import Geod, Transformer
    from pyproj.crs import CoordinateOperation  # type: ignore[attr-defined]

    operation = CoordinateOperation.from_authority("EPSG", code)
    # The dataset's axis order is latitude first.
    north, east = Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{code}").transform(
        latitude, longitude
    )
    geodesic = Geod(ellps="WGS84")
    _, _, east_m = geodesic.inv(longitude, latitude, east, latitude)
    _, _, north_m = geodesic.inv(longitude, latitude, longitude, north)
    return DatumShift(
        operation=f"{operation.name}, EPSG:{code}",
        area=str(operation.area_of_use.name) if operation.area_of_use else "not stated",
        accuracy_m=float(operation.accuracy),
        east_m=float(east_m) if east >= longitude else -float(east_m),
        north_m=float(north_m) if north >= latitude else -float(north_m),
    )
