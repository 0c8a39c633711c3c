"""District polygons are plain rings, for maps only."""

from __future__ import annotations

import json

import pytest

from analysis.errors import EvidenceError
from analysis.evidence import load_evidence
from analysis.evidence.geometry import polygon_areas_km2, read_districts


def test_every_feature_is_read(evidence) -> None:
    districts = read_districts(evidence)
    assert len(districts) == 78
    assert [district.name for district in districts] == sorted(district.name for district in districts)
    lachin = next(district for district in districts if district.name == "Lachin")
    assert "the source names it Lankaran" in lachin.correction


def test_rings_are_closed_and_in_the_region(evidence) -> None:
    for district in read_districts(evidence):
        for polygon in district.polygons:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert all(44 < longitude < 51 and 38 < latitude < 42 for longitude, latitude in ring)


def test_a_city_is_added_to_the_district_around_it(evidence) -> None:
    # 356.1 km2 of the district and 7.3 km2 of the city, both named Shusha
    assert polygon_areas_km2(evidence)["Shusha"] == pytest.approx(363.4)


def test_every_affected_district_has_a_polygon_but_the_one_formed_later(evidence) -> None:
    without = set(evidence.table("districts")["district"]) - set(polygon_areas_km2(evidence))
    assert without == {"Aghdara"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "JSONDecodeError"),
        ("{}", "KeyError: 'features'"),
        (
            json.dumps({"features": [{"properties": {"district": "A", "area_km2": 1}, "geometry": {"type": "Point"}}]}),
            "a district is a polygon, found Point",
        ),
    ],
)
def test_another_file_is_refused(copy, content: str, says: str) -> None:
    (copy / "districts.geojson").write_text(content, encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"districts.geojson: the file must be a GeoJSON collection") as caught:
        read_districts(load_evidence(copy))
    assert says in str(caught.value)


def test_a_package_without_polygons_has_none(copy) -> None:
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [each for each in package["resources"] if each["name"] != "districts-map"]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert read_districts(load_evidence(copy)) == ()
