"""District polygons: plain rings of longitude and latitude, for maps only.

Their areas differ from reported areas by -19 to +31 per cent, so rates use reported areas.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from analysis.errors import EvidenceError, Fault
from analysis.evidence.package import Evidence
from analysis.evidence.polygons import COLLECTION_RULE
from analysis.evidence.polygons import DISTRICTS_FILE as FILE

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One district polygon.

    Parameters
    ----------
    name
        As in the tables; a city inside a district of the same name is a second polygon with that name.
    kind
        District or Municipality.
    area_km2
        Area of the polygon, as the file states it.
    correction
        What was changed against Natural Earth; empty where nothing was.
    polygons
        Each polygon as its rings, the outer ring first, of (longitude, latitude) in degrees, WGS 84.
    """

    name: str
    kind: str
    area_km2: float
    correction: str
    polygons: tuple[tuple[Ring, ...], ...]


def read_districts(evidence: Evidence) -> tuple[District, ...]:
    """Return the district polygons of a package, by name; empty when the package has none.

    Raises
    ------
    EvidenceError
        When the file is not a collection of polygons with the properties district and area_km2.
    """
    if FILE not in evidence.checksums:
        return ()
    try:
        collection = json.loads((evidence.folder / FILE).read_text(encoding="utf-8"))
        districts = [_district(feature) for feature in collection["features"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvidenceError(
            [Fault(file=FILE, rule=COLLECTION_RULE, value=f"{type(error).__name__}: {error}")]
        ) from error
    return tuple(sorted(districts, key=lambda district: (district.name, district.kind)))


def polygon_areas_km2(evidence: Evidence) -> dict[str, float]:
    """Return the area of each district's polygons in km2, by name, a city added to the district around it."""
    areas: dict[str, float] = {}
    for district in read_districts(evidence):
        areas[district.name] = areas.get(district.name, 0.0) + district.area_km2
    return areas


def _district(feature: dict[str, Any]) -> District:
    properties, geometry = feature["properties"], feature["geometry"]
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a district is a polygon, found {geometry['type']}")
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return District(
        name=str(properties["district"]),
        kind=str(properties.get("kind") or ""),
        area_km2=float(properties["area_km2"]),
        correction=str(properties.get("correction") or ""),
        polygons=tuple(
            tuple(tuple((float(x), float(y)) for x, y, *_ in ring) for ring in polygon) for polygon in polygons
        ),
    )
