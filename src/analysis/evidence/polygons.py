"""The rules of the file of district polygons: named features, closed rings, positions on the globe."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from analysis.errors import Fault
from analysis.evidence.csv_file import RawTable

DISTRICTS_FILE = "districts.geojson"
COLLECTION_RULE = "the file must be a GeoJSON collection of polygons with properties district and area_km2"
_POSITION_RULE = "a position is a longitude from -180 to 180 and a latitude from -90 to 90"
_RING_RULE = "a ring has at least four positions, and the last is the first again"


def polygon_faults(content: bytes, districts: RawTable | None) -> list[Fault]:
    """Return every fault of the file of district polygons.

    Parameters
    ----------
    content
        The file.
    districts
        The table of affected districts; None when the package has none that can be read.
    """
    try:
        features = json.loads(content)["features"]
        described = [(*_identity(feature), _rings(feature)) for feature in features]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return [Fault(file=DISTRICTS_FILE, rule=COLLECTION_RULE, value=f"{type(error).__name__}: {error}")]
    if not described:
        return [Fault(file=DISTRICTS_FILE, rule="the collection must have at least one feature")]
    faults = list(_repeats([(name, kind) for name, kind, _ in described]))
    for name, _, rings in described:
        rules = dict.fromkeys(rule for ring in rings for rule in _broken_rules(ring))
        faults += [Fault(file=DISTRICTS_FILE, rule=rule, value=name) for rule in rules]
    return [*faults, *_absent({name for name, _, _ in described}, districts)]


def _identity(feature: dict[str, Any]) -> tuple[str, str]:
    properties = feature["properties"]
    name, area_km2 = properties["district"], properties["area_km2"]
    if not isinstance(name, str) or not name:
        raise ValueError(f"a district has a name, found {name!r}")
    if not _is_number(area_km2) or area_km2 <= 0:
        raise ValueError(f"the area_km2 of {name} is a number above 0, found {area_km2!r}")
    return name, str(properties.get("kind") or "")


def _rings(feature: dict[str, Any]) -> list[Any]:
    geometry = feature["geometry"]
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a district is a polygon, found {geometry['type']}")
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = [ring for polygon in polygons for ring in polygon]
    if not rings or not all(isinstance(ring, list) for ring in rings):
        raise ValueError("a polygon has at least one ring, a list of positions")
    return rings


def _broken_rules(ring: list[Any]) -> Iterator[str]:
    if not all(_is_position(each) for each in ring):
        yield _POSITION_RULE
    if len(ring) < 4 or ring[0] != ring[-1]:
        yield _RING_RULE


def _is_position(found: object) -> bool:
    if not isinstance(found, list) or len(found) < 2 or not all(_is_number(each) for each in found):
        return False
    longitude, latitude = float(found[0]), float(found[1])
    return -180 <= longitude <= 180 and -90 <= latitude <= 90


def _is_number(found: object) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found)


def _repeats(identities: list[tuple[str, str]]) -> Iterator[Fault]:
    """A city may have the name of the district around it; two features of one kind may not share a name."""
    for name, kind in dict.fromkeys(identities):
        if identities.count((name, kind)) > 1:
            rule = "two features of one kind must not have the same name"
            yield Fault(file=DISTRICTS_FILE, rule=rule, value=f"{name}, {kind}" if kind else name)


def _absent(names: set[str], districts: RawTable | None) -> Iterator[Fault]:
    """Affected districts with an ISO 3166-2 code have a polygon; one formed later has neither."""
    if districts is None or not districts.has_cells("district", "iso_3166_2"):
        return
    rule = f"a district of {districts.schema.file} with a code in iso_3166_2 must be the name of a feature"
    for name, code in zip(districts.cells["district"], districts.cells["iso_3166_2"], strict=True):
        if code and name not in names:
            yield Fault(file=DISTRICTS_FILE, column="district", rule=rule, value=name)
