"""What is done to single features: left out or repaired only where that is safe, and counted; else refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from analysis.evidence.geometry_file import refuse

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

Kind = Literal["polygons", "points"]

NULL: Final = "without geometry, left out"
EMPTY: Final = "with empty geometry, left out"
REPAIRED: Final = "invalid, repaired"
LOST: Final = "invalid and without area once repaired, left out"
SWAPPED: Final = "with swapped axes, swapped back"
OUTSIDE: Final = "outside the region, left out"

_TYPES: Final[Mapping[Kind, tuple[str, ...]]] = {"polygons": ("Polygon", "MultiPolygon"), "points": ("Point",)}


def present(name: str, frame: GeoDataFrame, counts: dict[str, int]) -> GeoDataFrame:
    """Return the features that have a geometry; what is left out is added to `counts`."""
    null = frame.geometry.isna()
    empty = frame.geometry.is_empty & ~null
    counts[NULL] = counts.get(NULL, 0) + int(null.sum())
    counts[EMPTY] = counts.get(EMPTY, 0) + int(empty.sum())
    kept = frame[~(null | empty)]
    if kept.empty:
        raise refuse(name, "at least one feature with a geometry is needed", value=f"{len(frame)} without")
    return kept


def of_kind(name: str, frame: GeoDataFrame, kind: Kind) -> GeoDataFrame:
    """Return the features, all of one kind; a MultiPoint of one point counts as the point it is.

    Raises
    ------
    EvidenceError
        Naming the first feature of another kind.
    """
    types = frame.geometry.geom_type
    if kind == "points":
        single = (types == "MultiPoint") & (frame.geometry.count_geometries() == 1)
        frame = frame.set_geometry(frame.geometry.where(~single, frame.geometry.representative_point()))
        types = frame.geometry.geom_type
    wrong = ~types.isin(_TYPES[kind])
    if wrong.any():
        raise refuse(name, f"{_feature(frame, wrong)}: {kind} are needed", value=str(types[wrong].iloc[0]))
    return frame


def finite(name: str, frame: GeoDataFrame) -> None:
    """Refuse a file with a coordinate that is no finite number.

    Raises
    ------
    EvidenceError
        Naming the first such feature.
    """
    coordinates = frame.geometry.get_coordinates()
    wrong = coordinates[~np.isfinite(coordinates.to_numpy()).all(axis=1)]
    if wrong.empty:
        return
    off = pd.Series(frame.index.isin(wrong.index), index=frame.index)
    x, y = wrong.iloc[0]
    rule = f"{_feature(frame, off)}: coordinates must be finite numbers ({int(off.sum())} of {len(frame)} features)"
    raise refuse(name, f"{rule}; put them right or leave the feature out", value=f"{x:.6g}, {y:.6g}")


def in_degrees(name: str, frame: GeoDataFrame) -> None:
    """Refuse a file in a geographic CRS with positions that are no degrees: a sign of mixed CRS.

    Raises
    ------
    EvidenceError
        Naming the first such feature.
    """
    if not frame.crs.is_geographic:
        return
    bounds = frame.geometry.bounds
    off = (bounds["minx"] < -180) | (bounds["maxx"] > 180) | (bounds["miny"] < -90) | (bounds["maxy"] > 90)
    if off.any():
        first = bounds[off].iloc[0]
        rule = f"{_feature(frame, off)}: the CRS is in degrees and the position is not; is the CRS mixed or wrong?"
        raise refuse(
            name,
            f"{rule} ({int(off.sum())} of {len(frame)} features)",
            value=f"{first['minx']:.6g}, {first['miny']:.6g}",
        )


def valid_polygons(frame: GeoDataFrame, counts: dict[str, int]) -> GeoDataFrame:
    """Return the polygons, invalid rings repaired; those that keep no area are left out."""
    invalid = ~frame.geometry.is_valid
    counts[REPAIRED] = counts.get(REPAIRED, 0) + int(invalid.sum())
    if not invalid.any():
        return frame
    repaired = frame.geometry.where(~invalid, frame.geometry.make_valid())
    # Repair can leave lines and points beside the polygons; a buffer of nothing keeps the area only.
    repaired = repaired.where(repaired.geom_type.isin(_TYPES["polygons"]), repaired.buffer(0))
    lost = repaired.is_empty
    counts[LOST] = counts.get(LOST, 0) + int(lost.sum())
    counts[REPAIRED] -= int(lost.sum())
    return frame.set_geometry(repaired)[~lost]


def within_region(name: str, frame: GeoDataFrame, region: GeoDataFrame, counts: dict[str, int]) -> GeoDataFrame:
    """Return the features that touch the region, both in one CRS; a file whose axes are all swapped is swapped back.

    Parameters
    ----------
    name
        The file, for messages.
    frame
        Features in the CRS of the file.
    region
        Polygons, in the same CRS.
    counts
        Counts of what was left out or swapped; added to.

    Raises
    ------
    EvidenceError
        If no feature lies in the region, or only some of those outside would if their axes were swapped.
    """
    area = region.geometry.union_all()
    inside = frame.geometry.intersects(area)
    if not inside.all():
        turned = frame.geometry.affine_transform([0, 1, 1, 0, 0, 0])
        fits = turned.intersects(area) & ~inside
        if fits.all():
            counts[SWAPPED] = counts.get(SWAPPED, 0) + len(frame)
            return frame.set_geometry(turned)
        if fits.any():
            rule = f"{_feature(frame, fits)}: lies in the region only with its axes swapped, while others do not"
            raise refuse(
                name, f"{rule}; put them right in the file", value=f"{int(fits.sum())} of {len(frame)} features"
            )
    if not inside.any():
        raise refuse(name, "no feature lies in the region, with its axes swapped or not; is the CRS right?")
    counts[OUTSIDE] = counts.get(OUTSIDE, 0) + int((~inside).sum())
    return frame[inside]


def _feature(frame: GeoDataFrame, chosen: pd.Series) -> str:
    """Return the first chosen feature by its number in the file, from 1."""
    return f"feature {int(frame.index[np.flatnonzero(chosen.to_numpy())[0]]) + 1}"
