"""The file of district polygons is checked with the tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from analysis.evidence.polygons import polygon_faults

SQUARE = [[46.0, 39.0], [47.0, 39.0], [47.0, 40.0], [46.0, 39.0]]


def feature(
    name: object = "A", *, ring: Any = SQUARE, kind: str = "District", area_km2: object = 1.0
) -> dict[str, Any]:
    return {
        "properties": {"district": name, "kind": kind, "area_km2": area_km2},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def faults(*features: dict[str, Any]) -> list[str]:
    return [str(fault) for fault in polygon_faults(json.dumps({"features": features}).encode(), None)]


def test_sound_polygons_have_no_fault() -> None:
    assert faults(feature("A"), feature("A", kind="Municipality"), feature("B")) == []


@pytest.mark.parametrize(
    "ring",
    [
        [[46.0, float("nan")], *SQUARE[1:3], [46.0, float("nan")]],
        [[46.0, float("inf")], *SQUARE[1:3], [46.0, float("inf")]],
        [[180.5, 39.0], *SQUARE[1:3], [180.5, 39.0]],
        [[46.0, -90.5], *SQUARE[1:3], [46.0, -90.5]],
        [["46", 39.0], *SQUARE[1:3], ["46", 39.0]],
        [[46.0], *SQUARE[1:3], [46.0]],
    ],
)
def test_a_position_off_the_globe_is_a_fault(ring: Any) -> None:
    rule = "a position is a longitude from -180 to 180 and a latitude from -90 to 90"
    assert f"districts.geojson: {rule}; found 'A'" in faults(feature(ring=ring))


@pytest.mark.parametrize("ring", [[], SQUARE[:3], [*SQUARE[:3], [46.5, 39.5]], [SQUARE[0], SQUARE[1], SQUARE[0]]])
def test_an_open_ring_is_a_fault(ring: Any) -> None:
    rule = "a ring has at least four positions, and the last is the first again"
    assert faults(feature(ring=ring)) == [f"districts.geojson: {rule}; found 'A'"]


def test_a_name_that_stands_twice_is_a_fault() -> None:
    rule = "two features of one kind must not have the same name"
    assert faults(feature("A"), feature("B"), feature("A")) == [f"districts.geojson: {rule}; found 'A, District'"]


@pytest.mark.parametrize(
    "broken", [feature(""), feature(None), feature(area_km2="1"), feature(area_km2=float("nan")), feature(area_km2=0)]
)
def test_a_feature_has_a_name_and_an_area(broken: dict[str, Any]) -> None:
    (fault,) = faults(broken)
    assert fault.startswith("districts.geojson: the file must be a GeoJSON collection of polygons")


def test_an_empty_collection_is_refused(copy, faults_of) -> None:
    (copy / "districts.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}), encoding="utf-8")
    assert [str(fault) for fault in faults_of(copy)] == [
        "districts.geojson: the collection must have at least one feature"
    ]


def _edit(copy: Any, change: Callable[[dict[str, Any]], None]) -> None:
    path = copy / "districts.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    for each in collection["features"]:
        change(each)
    path.write_text(json.dumps(collection), encoding="utf-8")


def test_a_renamed_district_is_refused(copy, faults_of) -> None:
    def rename(each: dict[str, Any]) -> None:
        if each["properties"]["district"] == "Lachin":
            each["properties"]["district"] = "Lachyn"

    _edit(copy, rename)
    rule = "a district of districts.csv with a code in iso_3166_2 must be the name of a feature"
    assert [str(fault) for fault in faults_of(copy)] == [f"districts.geojson, column district: {rule}; found 'Lachin'"]


def test_the_affected_districts_without_code_are_those_without_polygon(evidence) -> None:
    districts = evidence.table("districts")
    assert list(districts.loc[districts["iso_3166_2"].isna(), "district"]) == ["Aghdara"]
