"""Every kind of file, and every kind of bad geometry: repaired and counted where safe, else refused by feature."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely import MultiPoint, Point, Polygon, box

from analysis.errors import EvidenceError, ParameterError
from analysis.evidence.user_geometry import Layer, read_layer

# Made-up places in UTM zone 38 north; four squares of one hectare.
METRIC = "EPSG:32638"
SQUARES = [box(500_000 + 1000 * place, 4_400_000, 500_100 + 1000 * place, 4_400_100) for place in range(4)]
BOWTIE = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])


def write(path: Path, shapes: list[object], *, crs: str = METRIC) -> str:
    frame = geopandas.GeoDataFrame({"number": range(len(shapes))}, geometry=shapes, crs=METRIC)
    if path.suffix == ".csv":
        pd.DataFrame({"number": frame["number"], "wkt": frame.geometry.to_wkt()}).to_csv(path, index=False)
    else:
        frame.to_crs(crs).to_file(path)
    return str(path)


def areas_ha(layer: Layer) -> list[float]:
    return [shape.area / 1e4 for shape in layer.shapes]


@pytest.mark.parametrize(
    ("name", "crs"), [("a.gpkg", METRIC), ("a.geojson", "EPSG:4326"), ("a.shp", "EPSG:4284"), ("a.gpkg", "EPSG:3857")]
)
def test_every_format_and_crs_gives_the_same_metres(name: str, crs: str, tmp_path: Path) -> None:
    layer = read_layer(write(tmp_path / name, list(SQUARES), crs=crs), kind="polygons", metric_crs=METRIC)
    assert areas_ha(layer) == pytest.approx([1.0] * 4, rel=1e-4)
    assert (layer.name, layer.counts["read"], layer.counts["used"]) == (name, 4, 4)
    assert layer.attributes["number"].tolist() == [0, 1, 2, 3]


def test_the_utm_zone_is_found(tmp_path: Path) -> None:
    layer = read_layer(write(tmp_path / "a.geojson", list(SQUARES), crs="EPSG:4326"), kind="polygons")
    assert layer.crs == METRIC
    assert layer.centre == pytest.approx((45.018, 39.750), abs=1e-3)


def test_tables_of_coordinates_and_of_text(tmp_path: Path) -> None:
    points = geopandas.GeoSeries([Point(500_050, 4_400_050)], crs=METRIC).to_crs("EPSG:4326")
    table = tmp_path / "points.csv"
    pd.DataFrame({"Longitude": points.x, "Latitude": points.y, "note": ["x"]}).to_csv(table, index=False)
    layer = read_layer(str(table), kind="points", crs="EPSG:4326", metric_crs=METRIC)
    assert (layer.shapes[0].x, layer.shapes[0].y) == pytest.approx((500_050, 4_400_050), abs=0.01)
    text = read_layer(write(tmp_path / "a.csv", list(SQUARES)), kind="polygons", crs=METRIC)
    assert areas_ha(text) == pytest.approx([1.0] * 4)


def test_a_table_with_a_crs_in_each_row_is_brought_together(tmp_path: Path) -> None:
    degrees = geopandas.GeoSeries([Point(500_000, 4_400_000)], crs=METRIC).to_crs("EPSG:4326").iloc[0]
    table = pd.DataFrame(
        {
            "x": [500_000, degrees.x, 500_200],
            "y": [4_400_000, degrees.y, 4_400_000],
            "crs": [METRIC, "EPSG:4326", METRIC],
        }
    )
    table.to_csv(tmp_path / "mixed.csv", index=False)
    layer = read_layer(str(tmp_path / "mixed.csv"), kind="points", metric_crs=METRIC)
    assert [shape.x for shape in layer.shapes] == pytest.approx([500_000, 500_000, 500_200], abs=0.01)


def test_a_shapefile_without_a_crs_is_refused_until_it_is_stated(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", list(SQUARES))
    (tmp_path / "a.prj").unlink()
    with pytest.raises(EvidenceError, match=r"a\.shp: the file states no CRS and none was given"):
        read_layer(path, kind="polygons")
    assert read_layer(path, kind="polygons", crs=METRIC).counts["used"] == 4


def test_a_crs_that_contradicts_the_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", list(SQUARES))
    with pytest.raises(
        EvidenceError, match=r"another CRS than the one given \(EPSG:4326\); found 'WGS 84 / UTM zone 38N'"
    ):
        read_layer(path, kind="polygons", crs="EPSG:4326")


def test_null_empty_and_invalid_geometry_is_counted(tmp_path: Path) -> None:
    shapes = [SQUARES[0], None, Polygon(), BOWTIE, Polygon([(0, 0), (1, 1), (0, 0), (0, 0)])]
    layer = read_layer(write(tmp_path / "a.gpkg", shapes), kind="polygons", metric_crs=METRIC)
    assert layer.counts == {
        "read": 5,
        "without geometry, left out": 1,
        "with empty geometry, left out": 1,
        "invalid, repaired": 1,
        "invalid and without area once repaired, left out": 1,
        "used": 2,
    }
    # The two triangles of the bow tie are a quarter of 100 m times 100 m each.
    assert areas_ha(layer) == pytest.approx([1.0, 0.5])


def test_nothing_left_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [None, None])
    with pytest.raises(
        EvidenceError, match=r"a\.gpkg: at least one feature with a geometry is needed; found '2 without'"
    ):
        read_layer(path, kind="polygons")


def test_another_kind_of_geometry_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [*SQUARES, Point(0, 0)])
    with pytest.raises(EvidenceError, match=r"a\.gpkg: feature 5: polygons are needed; found 'Point'"):
        read_layer(path, kind="polygons")


def test_a_multipoint_of_one_point_is_that_point(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [MultiPoint([(500_000, 4_400_000)]), MultiPoint([(500_010, 4_400_000)])])
    assert read_layer(path, kind="points").counts["used"] == 2
    path = write(tmp_path / "b.gpkg", [MultiPoint([(0, 0), (1, 1)])])
    with pytest.raises(EvidenceError, match=r"feature 1: points are needed; found 'MultiPoint'"):
        read_layer(path, kind="points")


@pytest.mark.parametrize("ending", ["gpkg", "csv"])
def test_a_coordinate_that_is_no_number_is_named(tmp_path: Path, ending: str) -> None:
    points = [Point(500_000, 4_400_000), Point(500_100, np.inf), Point(np.nan, 4_400_000)]
    path = write(tmp_path / f"broken.{ending}", points)
    rule = rf"broken\.{ending}: feature 2: coordinates must be finite numbers \(2 of 3 features\)"
    with pytest.raises(EvidenceError, match=rule):
        read_layer(path, kind="points", crs=METRIC if ending == "csv" else "")


def test_metres_among_degrees_are_named(tmp_path: Path) -> None:
    table = tmp_path / "mixed.csv"
    pd.DataFrame({"lon": [45.0, 500_000], "lat": [39.7, 4_400_000]}).to_csv(table, index=False)
    with pytest.raises(EvidenceError, match=r"mixed\.csv: feature 2: the CRS is in degrees .* \(1 of 2 features\)"):
        read_layer(str(table), kind="points", crs="EPSG:4326")


def test_swapped_axes_are_swapped_back_only_when_all_are(tmp_path: Path) -> None:
    region = write(tmp_path / "region.gpkg", [box(490_000, 4_390_000, 510_000, 4_410_000)], crs="EPSG:4326")
    points = tmp_path / "points.csv"
    pd.DataFrame({"lon": [39.749, 39.7495], "lat": [45.01, 45.011]}).to_csv(points, index=False)
    layer = read_layer(str(points), kind="points", crs="EPSG:4326", region=region)
    assert layer.counts["with swapped axes, swapped back"] == 2
    assert layer.centre == pytest.approx((45.0105, 39.74925), abs=1e-4)
    pd.DataFrame({"lon": [39.749, 45.01], "lat": [45.01, 39.749]}).to_csv(points, index=False)
    with pytest.raises(EvidenceError, match=r"points\.csv: feature 1: lies in the region only with its axes swapped"):
        read_layer(str(points), kind="points", crs="EPSG:4326", region=region)


def test_points_outside_the_region_are_left_out_and_counted(tmp_path: Path) -> None:
    region = write(tmp_path / "region.gpkg", [box(490_000, 4_390_000, 510_000, 4_410_000)])
    points = write(tmp_path / "p.gpkg", [Point(500_000, 4_400_000), Point(700_000, 4_400_000)])
    layer = read_layer(points, kind="points", region=region)
    assert (layer.counts["outside the region, left out"], layer.counts["used"]) == (1, 1)
    far = write(tmp_path / "far.gpkg", [Point(700_000, 4_400_000)])
    with pytest.raises(EvidenceError, match=r"far\.gpkg: no feature lies in the region, with its axes swapped or not"):
        read_layer(far, kind="points", region=region)


@pytest.mark.parametrize(
    ("text", "crs", "words"),
    [
        ("lon,lat\n1,2\n3,x\n", "EPSG:4326", r"t\.csv, line 3, column lat: a coordinate is a finite number; found 'x'"),
        ("a,b\n1,2\n", "EPSG:4326", r"the table needs a column wkt or one of the pairs"),
        ("wkt\nPOINT(1 2)\nPOINT(1\n", "EPSG:4326", r"line 3, column wkt: well-known text is needed"),
        ("x,y,crs\n1,2,EPSG:4326\n1,2,\n", "", r"line 3, column crs: every row needs its CRS"),
        ("x,y\n1,2\n", "EPSG:0", r"a CRS is an authority code such as EPSG:4326; found 'EPSG:0'"),
    ],
)
def test_faulty_tables(text: str, crs: str, words: str, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match=words):
        read_layer(str(table), kind="points", crs=crs)


def test_several_layers_must_be_named(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    frame = geopandas.GeoDataFrame(geometry=list(SQUARES), crs=METRIC)
    frame.to_file(path, layer="one")
    frame.iloc[:2].to_file(path, layer="two")
    with pytest.raises(
        EvidenceError, match=r"one layer with geometry is needed; name it as file\|layer; found 'one, two'"
    ):
        read_layer(str(path), kind="polygons")
    assert read_layer(f"{path}|two", kind="polygons").counts["used"] == 2
    with pytest.raises(EvidenceError, match="the file has the layers one, two; found 'three'"):
        read_layer(f"{path}|three", kind="polygons")


def test_what_is_no_file_of_geometry(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"none\.gpkg: the file must exist"):
        read_layer(str(tmp_path / "none.gpkg"), kind="polygons")
    broken = tmp_path / "broken.geojson"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"broken\.geojson: the file must be a readable file of geometry"):
        read_layer(str(broken), kind="polygons")


@pytest.mark.parametrize(
    ("metric_crs", "words"),
    [
        ("EPSG:4326", "a projected CRS in metres"),
        ("EPSG:3857", "stretches distances"),
        ("metres", "such as EPSG:32638"),
    ],
)
def test_distances_need_metres(metric_crs: str, words: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", list(SQUARES))
    with pytest.raises(ParameterError, match=words):
        read_layer(path, kind="polygons", metric_crs=metric_crs)


def test_rows_keep_their_order_when_files_mix_crs(tmp_path: Path) -> None:
    layer = read_layer(write(tmp_path / "a.gpkg", list(SQUARES)), kind="polygons")
    assert np.all(np.diff([shape.bounds[0] for shape in layer.shapes]) > 0)


def test_a_metric_crs_of_another_part_of_the_earth_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", list(SQUARES), crs="EPSG:4326")
    # The squares lie in the middle of zone 38; zone 1 is half the earth away, zone 37 next to it.
    with pytest.raises(EvidenceError, match=r"distances in EPSG:32601 are wrong by more than 1 %.* near longitude 45"):
        read_layer(path, kind="polygons", metric_crs="EPSG:32601")
    zone_37, zone_38 = (read_layer(path, kind="polygons", metric_crs=f"EPSG:3263{zone}") for zone in (7, 8))
    assert areas_ha(zone_37) == pytest.approx(areas_ha(zone_38), rel=0.02)


def test_one_position_in_the_gulf_of_guinea_is_not_taken_for_a_place(tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    table.write_text("longitude,latitude\n45,39.7\n0,0\n", encoding="utf-8")
    with pytest.raises(
        EvidenceError,
        match=r"points\.csv: the rectangle around its features reaches .* is a position, the order of axes",
    ):
        read_layer(str(table), kind="points", crs="EPSG:4326", metric_crs=METRIC)


def test_a_row_without_a_coordinate_is_a_feature_without_geometry(tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    table.write_text("longitude,latitude\n45,39.7\n,39.7\n45,\n", encoding="utf-8")
    layer = read_layer(str(table), kind="points", crs="EPSG:4326")
    assert (layer.counts["without geometry, left out"], layer.counts["used"]) == (2, 1)


def test_an_infinite_coordinate_names_its_line(tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    table.write_text("x,y\n500000,4400000\n500000,-inf\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"line 3, column y: a coordinate is a finite number; found '-inf'"):
        read_layer(str(table), kind="points", crs=METRIC)


@pytest.mark.filterwarnings("ignore:Non closed ring:RuntimeWarning")
def test_a_ring_of_two_points_names_its_feature(tmp_path: Path) -> None:
    ring = "[[[46, 39], [46.1, 39], [46.1, 39.1], [46, 39]]]"
    shapes = [f'{{"type": "Polygon", "coordinates": {text}}}' for text in (ring, "[[[46, 39], [46.1, 39]]]")]
    features = ", ".join(f'{{"type": "Feature", "properties": {{}}, "geometry": {shape}}}' for shape in shapes)
    file = tmp_path / "short.geojson"
    file.write_text(f'{{"type": "FeatureCollection", "features": [{features}]}}', encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"short\.geojson: feature 2: the shape cannot be built"):
        read_layer(str(file), kind="polygons")
