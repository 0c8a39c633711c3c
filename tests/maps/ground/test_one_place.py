"""Files that lie elsewhere are refused, with the reason that would explain it; nothing is left out silently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas
import pytest
from shapely import Point, box

from analysis.errors import EvidenceError
from analysis.maps.ground.brought import Files, bring

METRIC = "EPSG:32638"


def files(folder: Path, points: list[Point], *, crs: str = METRIC) -> Files:
    squares = [box(500_000 + 1000 * place, 4_400_000, 500_100 + 1000 * place, 4_400_100) for place in range(3)]
    geopandas.GeoDataFrame(geometry=squares, crs=METRIC).to_file(folder / "records.gpkg")
    geopandas.GeoDataFrame(geometry=points, crs=crs).to_file(folder / "points.gpkg")
    return Files(records=str(folder / "records.gpkg"), points=str(folder / "points.gpkg"), metric_crs=METRIC)


def test_points_about_the_records_are_taken(tmp_path: Path) -> None:
    brought = bring(files(tmp_path, [Point(500_050, 4_400_050), Point(502_000 + 99_000, 4_400_000)]), seed=1)
    assert brought.points is not None
    assert len(brought.points.xy) == 2


def test_points_with_swapped_axes_are_named_as_such(tmp_path: Path) -> None:
    # The records lie near longitude 45, latitude 39.7.
    given = files(tmp_path, [Point(39.7, 45.0), Point(39.75, 45.01)], crs="EPSG:4326")
    with pytest.raises(
        EvidenceError, match=r"points\.gpkg: .* with its axes swapped; put longitude and latitude right"
    ):
        bring(given, seed=1)


def test_points_of_another_place_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"feature 1: lies more than 100 km.*is its CRS right.*1 of 1 features"):
        bring(files(tmp_path, [Point(500_000, 4_600_000)]), seed=1)


def test_a_single_far_point_has_to_be_left_out_by_a_region(tmp_path: Path) -> None:
    given = files(tmp_path, [Point(500_050, 4_400_050), Point(500_000, 4_600_000)])
    with pytest.raises(EvidenceError, match=r"feature 2: .*name a region to leave such features out and count them"):
        bring(given, seed=1)


def test_a_far_area_of_a_survey_is_not_advised_a_region(tmp_path: Path) -> None:
    given = files(tmp_path, [Point(500_050, 4_400_050)])
    areas = {"area": [box(500_000, 4_400_000, 500_500, 4_400_500), box(500_000, 4_600_000, 500_500, 4_600_500)]}
    areas["found"] = areas["area"][:1]
    for name, shapes in areas.items():
        geopandas.GeoDataFrame(geometry=shapes, crs=METRIC).to_file(tmp_path / f"{name}.gpkg")
    given = replace(given, survey_area=str(tmp_path / "area.gpkg"), survey_found=str(tmp_path / "found.gpkg"))
    with pytest.raises(EvidenceError, match=r"feature 2: .*take such features out of the file"):
        bring(given, seed=1)
