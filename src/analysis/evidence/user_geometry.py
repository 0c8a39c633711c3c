"""Polygons and points that a reader brings, in metres, with a count of everything that was done to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import ParameterError
from analysis.evidence.geometry_file import read_frames, refuse
from analysis.evidence.geometry_repair import (
    Kind,
    finite,
    in_degrees,
    of_kind,
    present,
    valid_polygons,
    within_region,
)

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

READ: Final = "read"
KEPT: Final = "used"
_STRETCHED: Final = "EPSG:3857"
_MOST_STRETCH: Final = 0.01
"""Largest error of a short distance that a metric CRS may have where the features are."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """Features of one file in one metric CRS.

    Parameters
    ----------
    name
        Name of the file, without its folder.
    shapes
        Polygons or points, coordinates in metres.
    attributes
        The other columns, one row a feature.
    crs
        The metric CRS; empty for coordinates of no place on earth.
    centre
        Longitude and latitude of the middle of the features, degrees; None without a CRS.
    counts
        How many features were read, left out, repaired and used, by what was done.
    """

    name: str
    shapes: NDArray[np.object_]
    attributes: pd.DataFrame
    crs: str
    centre: tuple[float, float] | None
    counts: Mapping[str, int]


def read_layer(path: str, *, kind: Kind, crs: str = "", metric_crs: str = "", region: str = "") -> Layer:
    """Return the features of a file, checked, repaired where that is safe, and in metres.

    Parameters
    ----------
    path
        As for :func:`analysis.evidence.geometry_file.read_frames`.
    kind
        What the file must hold.
    crs
        CRS of its coordinates; empty for the file's own.
    metric_crs
        Projected CRS in metres for distances and areas; empty for the UTM zone of the features.
    region
        File of polygons; features outside are left out and counted. Empty for no such limit.

    Raises
    ------
    EvidenceError
        Naming file and feature, for whatever cannot be repaired safely.
    ParameterError
        If `metric_crs` is not a CRS in metres.
    """
    name, frames = read_frames(path, crs=crs)
    counts = {READ: sum(len(frame) for frame in frames)}
    area = _region(region, crs=crs)
    cleaned = [_cleaned(name, frame, kind, area, counts) for frame in frames if len(frame)]
    if not cleaned:
        raise refuse(name, "at least one feature is needed", value="none")
    target = metric_crs or str(cleaned[0].estimate_utm_crs())
    _require_metres(target)
    layer = pd.concat([frame.to_crs(target) for frame in cleaned]).sort_index()
    counts[KEPT] = len(layer)
    shapes = layer.geometry.to_numpy()
    if not np.all(np.isfinite(layer.geometry.bounds.to_numpy())):
        raise refuse(name, f"positions cannot be expressed in {target}; choose a CRS for this region")
    _require_true_distances(name, layer, target)
    return Layer(
        name=name,
        shapes=np.asarray(shapes, dtype=object),
        attributes=pd.DataFrame(layer.drop(columns=layer.geometry.name)).reset_index(drop=True),
        crs=target,
        centre=_degrees(layer.total_bounds, target),
        counts=counts,
    )


def _cleaned(
    name: str, frame: GeoDataFrame, kind: Kind, region: GeoDataFrame | None, counts: dict[str, int]
) -> GeoDataFrame:
    features = present(name, frame, counts)
    finite(name, features)
    features = of_kind(name, features, kind)
    in_degrees(name, features)
    if kind == "polygons":
        features = valid_polygons(features, counts)
    if region is not None:
        features = within_region(name, features, region.to_crs(features.crs), counts)
    return features


def _region(path: str, *, crs: str) -> GeoDataFrame | None:
    if not path:
        return None
    name, frames = read_frames(path, crs="" if not path.lower().endswith(".csv") else crs)
    if len(frames) != 1:
        raise refuse(name, "the region needs one CRS")
    return valid_polygons(of_kind(name, present(name, frames[0], {}), "polygons"), {})


def _require_metres(crs: str) -> None:
    from geopandas import GeoSeries

    try:
        found = GeoSeries([], crs=crs).crs
    except (ValueError, RuntimeError) as error:
        raise ParameterError(f"metric_crs: a CRS such as EPSG:32638 is needed, found {crs!r}") from error
    if not found.is_projected or found.axis_info[0].unit_name != "metre":
        raise ParameterError(f"metric_crs: a projected CRS in metres is needed, found {crs!r} ({found.name})")
    if found == _STRETCHED:
        raise ParameterError(f"metric_crs: {crs} stretches distances with latitude; choose a local or equal-area CRS")


def _require_true_distances(name: str, layer: GeoDataFrame, crs: str) -> None:
    """Refuse a metric CRS that is made for another part of the earth: its metres are none here.

    The scale of the projection along meridians and parallels is looked at in the corners and the middle of the
    rectangle around the features.
    """
    from pyproj import Proj

    west, south, east, north = layer.total_bounds
    x = np.array([west, west, east, east, (west + east) / 2])
    y = np.array([south, north, south, north, (south + north) / 2])
    longitude, latitude = _to_degrees(x, y, crs)
    factors = Proj(layer.crs).get_factors(longitude, latitude)
    scales = np.array([factors.meridional_scale, factors.parallel_scale], dtype=float)
    stretch = np.nan_to_num(np.abs(scales - 1), nan=np.inf).max(axis=0)
    worst = int(np.argmax(stretch))
    if stretch[worst] > _MOST_STRETCH:
        rule = (
            f"the rectangle around its features reaches a place where distances in {crs} are wrong by more than "
            f"{100 * _MOST_STRETCH:g} %: is a position, the order of axes or a CRS wrong? If not, name a metric_crs "
            "made for this region"
        )
        place = f"longitude {longitude[worst]:.0f}, latitude {latitude[worst]:.0f}"
        raise refuse(name, rule, value=f"{100 * float(stretch[worst]):.3g} % near {place}")


def _degrees(bounds: NDArray[np.float64], crs: str) -> tuple[float, float]:
    west, south, east, north = bounds
    longitude, latitude = _to_degrees(np.array([(west + east) / 2]), np.array([(south + north) / 2]), crs)
    return float(longitude[0]), float(latitude[0])


def _to_degrees(x: NDArray[np.float64], y: NDArray[np.float64], crs: str) -> tuple[NDArray[np.float64], ...]:
    from geopandas import points_from_xy

    places = points_from_xy(x, y, crs=crs).to_crs("EPSG:4326")
    return np.asarray(places.x), np.asarray(places.y)
