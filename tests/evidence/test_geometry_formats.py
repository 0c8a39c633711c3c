"""A file of geometry is what its ending says, of a size that is read, and without columns of persons."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import geopandas
import pytest
from shapely import Point

from analysis.errors import EvidenceError
from analysis.evidence.geometry_formats import FORMATS
from analysis.evidence.user_geometry import read_layer
from analysis.paths import DATA
from analysis.settings import MAX_MB, MAX_ROWS

# Formats that only point elsewhere; the library knows them by content whatever the file is called.
ELSEWHERE = {
    "a virtual layer": "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{other}</SrcDataSource>"
    "<SrcLayer>other</SrcLayer></OGRVRTLayer></OGRVRTDataSource>",
    "a service": "<OGRWFSDataSource><URL>https://example.org/wfs</URL></OGRWFSDataSource>",
    "a command": '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {other}"}}',
    "a list": "[]",
    "nothing": "",
}


def points(path: Path, count: int = 2, **columns: object) -> Path:
    frame = geopandas.GeoDataFrame(columns, geometry=[Point(46 + number, 40) for number in range(count)], crs=4326)
    frame.to_file(path)
    return path


def test_kml_is_read(tmp_path: Path) -> None:
    placemark = "<Placemark><name>a</name><Point><coordinates>46,40</coordinates></Point></Placemark>"
    text = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{placemark}</Document></kml>'
    (tmp_path / "a.kml").write_text(text, encoding="utf-8")
    assert len(read_layer(str(tmp_path / "a.kml"), kind="points").shapes) == 1


@pytest.mark.parametrize("ending", ["fgb", "geojson", "gpkg", "json", "shp"])
def test_the_formats_are_read(tmp_path: Path, ending: str) -> None:
    written = points(tmp_path / ("a.geojson" if ending == "json" else f"a.{ending}"))
    path = written if ending != "json" else written.rename(tmp_path / "a.json")
    assert len(read_layer(str(path), kind="points").shapes) == 2
    assert f".{ending}" in FORMATS


@pytest.mark.parametrize("what", ELSEWHERE)
@pytest.mark.parametrize("ending", ["geojson", "json", "gpkg", "kml", "shp", "fgb"])
def test_a_file_that_points_elsewhere_is_not_opened(tmp_path: Path, what: str, ending: str) -> None:
    other = points(tmp_path / "other.geojson")
    path = tmp_path / f"a.{ending}"
    path.write_text(ELSEWHERE[what].format(other=other), encoding="utf-8")
    with pytest.raises(EvidenceError, match=rf"a\.{ending}: .*in the format \.{ending} stands for"):
        read_layer(str(path), kind="points")


@pytest.mark.parametrize("name", ["a.vrt", "a.gdalg.xml", "a.zip", "a.gml", "a"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    shutil.copy(points(tmp_path / "b.geojson"), tmp_path / name)
    with pytest.raises(EvidenceError, match=r"ending in \.csv, \.fgb, \.geojson"):
        read_layer(str(tmp_path / name), kind="points")


@pytest.mark.parametrize("path", ["/vsicurl/https://example.org/a.geojson", "https://example.org/a.gpkg", "PG:host=x"])
def test_an_address_is_no_file(path: str) -> None:
    with pytest.raises(EvidenceError, match="the file must exist"):
        read_layer(path, kind="points")


@pytest.mark.parametrize("name", ["a.gpkg", "a.csv"])
def test_size_and_number_of_features_are_limited(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    if name.endswith(".csv"):
        path.write_text("longitude,latitude\n46,40\n47,40\n48,40\n", encoding="utf-8")
    else:
        points(path, 3)
    monkeypatch.setenv(MAX_ROWS, "3")
    assert len(read_layer(str(path), kind="points", crs="EPSG:4326").shapes) == 3
    monkeypatch.setenv(MAX_ROWS, "2")
    with pytest.raises(EvidenceError, match=r"at most 2 features; if this is meant, raise the limit \(--max-rows\)"):
        read_layer(str(path), kind="points", crs="EPSG:4326")


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MAX_MB, "1")
    path = tmp_path / "a.geojson"
    path.write_bytes(b" " * 1_000_001)
    with pytest.raises(EvidenceError, match=r"a\.geojson: a file may have at most 1000000 bytes; .*--max-mb"):
        read_layer(str(path), kind="points")


def test_columns_of_persons_are_refused_and_names_of_shapes_are_not(tmp_path: Path) -> None:
    named = points(tmp_path / "named.gpkg", name=["a", "b"], task_id=[1, 2])
    assert list(read_layer(str(named), kind="points").attributes) == ["name", "task_id"]
    persons = points(tmp_path / "persons.gpkg", victim_age=[1, 2], Soyad=["a", "b"])
    with pytest.raises(EvidenceError) as caught:
        read_layer(str(persons), kind="points")
    assert [fault.column for fault in caught.value.faults] == ["victim_age", "Soyad"]
    (tmp_path / "a.csv").write_text("lon,lat,phone\n46,40,1\n", encoding="utf-8")
    with pytest.raises(
        EvidenceError, match=r"a\.csv, column phone: the column cannot be taken: it looks like personal"
    ):
        read_layer(str(tmp_path / "a.csv"), kind="points", crs="EPSG:4326")


def test_the_repository_s_own_polygons_are_read() -> None:
    assert json.loads((DATA / "districts.geojson").read_bytes())["type"] == "FeatureCollection"
    assert len(read_layer(str(DATA / "districts.geojson"), kind="polygons").shapes) == 78
