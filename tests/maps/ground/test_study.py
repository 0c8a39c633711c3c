"""The made-up world end to end; the same code path on small made-up files; what is said when something is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely import Point, box

from analysis.errors import EvidenceError, InsufficientEvidence, ParameterError
from analysis.maps.ground import captions, sensitivity, tables
from analysis.maps.ground.asked import asked_of, files_of, frontier_arguments
from analysis.maps.ground.brought import Brought, Files, bring
from analysis.maps.ground.estimators import estimator_study
from analysis.maps.ground.per_feature import write_per_feature
from analysis.maps.ground.positions import check_point_errors
from analysis.maps.ground.sample import CORRECT, COVERED
from analysis.maps.ground.shift import ShiftSearch
from analysis.maps.ground.study import GroundResults, GroundSettings, records_against_ground
from analysis.maps.ground.world import WorldSettings, made_up_world
from analysis.maps.ground.world_answers import ACCIDENTS, CE95, MISUSED, OMISSION, RMSE, SURVEYED
from analysis.maps.scope import WARNING
from analysis.paths import REPOSITORY

METRIC = "EPSG:32638"


def test_the_same_seed_gives_the_same_world() -> None:
    first, second = (made_up_world(WorldSettings(), np.random.default_rng(9)) for _ in range(2))
    assert first.truth == second.truth
    assert np.array_equal(first.points.xy, second.points.xy)


def test_estimates_agree_with_what_is_known_of_the_world(results: GroundResults) -> None:
    truth = made_up_world(WorldSettings(), np.random.default_rng(5)).truth
    targets = {"inside_share": "inside share of accidents", "correct_share": "correct share"}
    for key, name in targets.items():
        interval = results.estimates[key].interval
        assert interval.low - 0.05 <= truth[name] <= interval.high + 0.05
    omission = results.estimates["omission_share"]
    assert omission.value == pytest.approx(1 - results.estimates["inside_share"].value)
    assert omission.interval.low < omission.value == omission.interval.high
    assert results.estimates["shift_east_m"].value == -100


def test_control_pairs_show_the_shift_and_a_fit_judged_elsewhere_removes_it(results: GroundResults) -> None:
    control = results.control
    assert control["mean_east_m"].iloc[0] == pytest.approx(100, abs=20)
    for place in (1, 2):  # a similarity, an affine map
        assert abs(control["mean_east_m"].iloc[place]) < 5
        assert control["rmse_m"].iloc[place] > 25  # the error of single records, 30 m on each axis, is not fitted away
    assert control["checks"].tolist() == [50, 25, 25]


def test_check_points_have_no_part_in_the_fit(results: GroundResults) -> None:
    checks = results.checks
    assert checks["checks"].tolist() == [25, 25, 25]
    assert checks["mean_east_m"].iloc[0] == pytest.approx(100, abs=25)
    assert (checks["rmse_m"].iloc[1:] < checks["rmse_m"].iloc[0]).all()
    pairs = results.brought.control
    assert pairs is not None
    moved = pairs.assign(true_x=pairs["true_x"].where(pairs["use"] == "fit", pairs["true_x"] + 1000))
    assert check_point_errors(moved)["mean_east_m"].iloc[1] < -900  # a fit that saw them would have followed
    with pytest.raises(InsufficientEvidence, match="a column 'use' says fit or check"):
        check_point_errors(pairs.drop(columns="use"))
    with pytest.raises(InsufficientEvidence, match="at least 20 independent check points, got 10"):
        check_point_errors(pairs.head(20))


def test_every_caption_and_note_carries_the_warning(results: GroundResults, frontier: pd.DataFrame) -> None:
    simulated = estimator_study(worlds=3, block_m=1000.0, level=0.95, seed=1)
    for text in (
        captions.inside_text(results),
        captions.frontier_text(results, frontier),
        captions.estimators_text(simulated, 0.95),
    ):
        assert WARNING in text["caption"]
        assert text["alt"]
        assert "nan" not in text["alt"]
        assert len(text["drawn"])
    assert captions.note(results.brought, "x").endswith(WARNING)


def test_what_is_not_drawn_is_not_described() -> None:
    simulated = estimator_study(worlds=3, block_m=1000.0, level=0.95, seed=1).assign(bias=0.0, bias_se=0.1)
    text = captions.estimators_text(simulated, 0.95)
    assert "bounds" not in text["alt"]
    assert ", m:" not in text["alt"]
    assert text["drawn"].equals(tables.drawn_estimators(simulated))
    assert "standard errors:" not in text["caption"]
    assert f"No interval is given for: {SURVEYED}." in text["caption"]
    off = simulated["estimator"].isin([COVERED, MISUSED])
    caption = captions.estimators_text(simulated.assign(bias=off * 0.31), 0.95)["caption"]
    misuse = "inside share of accidents, read as coverage share of area (misuse)"
    assert f"more than 3 standard errors: {misuse}; {COVERED}." in caption
    assert "few finds in its denominator" in caption


def test_lines_of_a_note_hold_so_many_characters(results: GroundResults) -> None:
    long = replace(results.brought, sources=("file:a",), label=", ".join(["a-file-of-records.gpkg"] * 9))
    assert max(len(line) for line in captions.note(long, "x").splitlines()) <= 150
    assert "made-up world" in captions.inside_text(results)["caption"].lower()
    assert "MADE-UP" in tables.what_sentence(results.brought)


def test_accidents_read_as_land_are_biased_and_as_accidents_are_not() -> None:
    table = estimator_study(worlds=30, block_m=1000.0, level=0.95, seed=4).set_index("estimator")
    assert abs(table["bias"][ACCIDENTS]) < 3 * table["bias_se"][ACCIDENTS]
    assert table["bias"][MISUSED] < -3 * table["bias_se"][MISUSED]
    assert abs(table["bias"][CORRECT]) < 3 * table["bias_se"][CORRECT]
    assert table["coverage"][ACCIDENTS] > 0.8
    assert table["held"][OMISSION] == 30
    assert table["truth"][RMSE] == pytest.approx((100**2 + 2 * 30**2) ** 0.5)
    assert abs(table["bias"][RMSE]) < 5
    assert abs(table["bias"][CE95]) < 10
    assert table["coverage"][[RMSE, CE95]].isna().all()  # no interval is given for them


def files(folder: Path, **columns: object) -> Files:
    """Four records of one hectare in a row and eight points: three inside, one 50 m and four 500 m outside."""
    squares = [box(500_000 + 2000 * place, 4_400_000, 500_100 + 2000 * place, 4_400_100) for place in range(4)]
    geopandas.GeoDataFrame({"made": ["2001-05-01"] * 4}, geometry=[*squares[:3], squares[3]], crs=METRIC).to_file(
        folder / "records.gpkg"
    )
    at = [(50, 50), (2050, 50), (4050, 50), (150, 50), (600, 50), (2600, 50), (4600, 50), (6600, 50)]
    spots = [Point(500_000 + x, 4_400_000 + y) for x, y in at]
    geopandas.GeoDataFrame({"day": ["2002-01-01"] * 7 + ["2001-01-01"]}, geometry=spots, crs=METRIC).to_crs(
        "EPSG:4326"
    ).to_file(folder / "points.geojson")
    return Files(
        records=str(folder / "records.gpkg"),
        points=str(folder / "points.geojson"),
        metric_crs=METRIC,
        records_date_column="made",
        points_date_column="day",
        **columns,
    )


def test_small_files_take_the_same_way(tmp_path: Path, settings: GroundSettings, frontier: pd.DataFrame) -> None:
    brought = bring(files(tmp_path), seed=1)
    found = records_against_ground(brought, settings, frontier)
    assert found.points["points"].to_dict()["used"] == 7
    assert found.tolerance["points_within"].tolist() == [3, 4, 4]
    assert found.omission["points"].tolist() == [3, 1, 3]
    assert brought.sources == ("file:points.geojson", "file:records.gpkg")
    reasons = {name: str(reason) for name, reason in found.reasons.items()}
    assert "lie in 3 blocks" in reasons["interval of the share of points inside"]
    assert "20 are needed" in reasons["common shift of the records"]
    assert "weak comparison" in reasons["relocation within strata"]
    assert "none was brought" in reasons["correct share, coverage share, mined area"]
    assert "not a measure of anybody's records" in captions.inside_text(found)["caption"]
    assert sensitivity.by_choice(found)["result"].str.contains("are needed").any()


def test_undated_points_give_no_omission(tmp_path: Path, settings: GroundSettings, frontier: pd.DataFrame) -> None:
    brought = bring(replace(files(tmp_path), points_date_column=""), seed=1)
    found = records_against_ground(brought, settings, frontier)
    assert found.omission.empty
    assert list(tables.shown(found.omission)) == ["not estimable"]
    assert "8 points have no date" in str(found.reasons["omission among accidents"])
    assert "omission_share" not in found.estimates


def test_no_shift_is_printed_where_records_may_have_been_drawn_from_the_points(
    world: Brought, results: GroundResults, settings: GroundSettings, frontier: pd.DataFrame
) -> None:
    assert world.points is not None
    undated = replace(world, points=replace(world.points, dates=np.full(len(world.points.xy), np.datetime64("NaT"))))
    found = records_against_ground(undated, settings, frontier)
    assert "shift_east_m" in results.estimates
    assert not any(key.startswith("shift") for key in found.estimates)
    shown = tables.shift_table(found).set_index("quantity")["value"]
    assert shown["to be added to the records, east and north, m"] == "not to be quoted, see the verdict"
    assert "records may have been drawn from the points: 228 points have no date" in shown["verdict"]
    choices = sensitivity.by_choice(found).set_index("choice")["result"]
    assert choices["shift, matching to 100 m"].startswith("not identifiable: ")
    assert "m east" in sensitivity.by_choice(results).set_index("choice")["result"]["shift, matching to 100 m"]


def test_the_search_asked_for_is_not_made_again(results: GroundResults, monkeypatch: pytest.MonkeyPatch) -> None:
    made, search = [], sensitivity.search_shift

    def counted(*given: Any) -> ShiftSearch:
        made.append(given[2].matching_m)
        return search(*given)

    monkeypatch.setattr(sensitivity, "search_shift", counted)
    again = sensitivity.by_choice(replace(results, shift=None)).set_index("choice")["result"]
    kept = sensitivity.by_choice(results).set_index("choice")["result"]
    assert made == [50, 100, 200, 50, 200]
    assert kept.equals(again)


def test_a_doubt_of_the_frontier_stands_for_every_other_search(
    world: Brought, results: GroundResults, settings: GroundSettings, frontier: pd.DataFrame
) -> None:
    poor = records_against_ground(world, replace(settings, record_error_m=100.0), frontier)
    choices = sensitivity.by_choice(poor).set_index("choice")["result"]
    shifts = choices[choices.index.str.startswith("shift")]
    assert len(shifts) == 3
    assert shifts.str.startswith("not identifiable").all()
    assert not shifts.str.contains("m east").any()
    assert "is found in 10 % only" in shifts["shift, matching to 100 m"]
    interval = results.estimates["inside_share"].interval
    assert interval is not None
    assert choices["share inside, blocks of 1000 m"] == f"{interval.low:.4g} to {interval.high:.4g}"


def test_points_moved_all_together_stand_beside_the_other_relocations(results: GroundResults) -> None:
    curve = results.tolerance
    assert curve["relocation"].unique().tolist() == ["uniform (weak)", "within strata", "all together (torus)"]
    torus = curve[curve["relocation"] == "all together (torus)"]
    assert (torus["relocated_low"] <= torus["relocated_mean"]).all()
    assert (torus["relocated_mean"] <= torus["relocated_high"]).all()
    uniform = curve[curve["relocation"] == "uniform (weak)"]
    # Points that stay together meet records together or not at all, so the range is wider.
    assert torus["relocated_high"].iloc[-1] > uniform["relocated_high"].iloc[-1]


def test_moving_all_together_needs_a_rectangle(
    tmp_path: Path, settings: GroundSettings, frontier: pd.DataFrame
) -> None:
    found = records_against_ground(bring(files(tmp_path), seed=1), settings, frontier)
    assert "needs a rectangle along the axes" in str(found.reasons["relocation of all points together"])
    assert set(found.tolerance["relocation"]) == {"uniform (weak)"}


def test_the_map_of_bosnia_is_no_measure_of_bosnia_s_records(world: Brought) -> None:
    assert "not a measure of Bosnia's records" in captions.whose(
        replace(world, sources=("file:x",), label="bih_x.geojson")
    )


def test_columns_and_dates_are_checked(tmp_path: Path) -> None:
    given = files(tmp_path)
    with pytest.raises(EvidenceError, match=r"points\.geojson: the file has the columns day; found 'when'"):
        bring(replace(given, points_date_column="when"), seed=1)
    table = geopandas.read_file(tmp_path / "points.geojson").assign(day="soon")
    table.to_file(tmp_path / "points.geojson")
    with pytest.raises(EvidenceError, match=r"column day: a date is written YYYY-MM-DD; found 'soon'"):
        bring(given, seed=1)


def test_points_without_records_and_half_a_survey(tmp_path: Path) -> None:
    given = files(tmp_path)
    with pytest.raises(ParameterError, match="records: name the file of records"):
        bring(replace(given, records=""), seed=1)
    with pytest.raises(ParameterError, match="records: name the file of records"):
        bring(Files(strata=given.records), seed=1)
    with pytest.raises(ParameterError, match="survey_found: a full survey needs both"):
        bring(replace(given, survey_area=given.records), seed=1)


def test_a_full_survey_and_strata_from_files(tmp_path: Path, settings: GroundSettings, frontier: pd.DataFrame) -> None:
    given = files(tmp_path)
    area = geopandas.GeoDataFrame(
        {"band": ["near", "far"]},
        geometry=[box(499_000, 4_399_000, 508_000, 4_400_500), box(499_000, 4_400_500, 508_000, 4_402_000)],
        crs=METRIC,
    )
    area.to_file(tmp_path / "area.gpkg")
    path = str(tmp_path / "area.gpkg")
    asked = replace(given, strata=path, strata_column="band", survey_area=path, survey_found=given.records)
    found = records_against_ground(bring(asked, seed=1), settings, frontier)
    assert set(found.tolerance["relocation"]) == {"uniform (weak)", "within strata"}
    # What was found is what was recorded: four hectares.
    assert found.survey["area_ha"]["recorded and found"] == pytest.approx(4.0)
    assert found.survey["area_ha"]["commission, far"] == pytest.approx(0.0, abs=1e-6)


def test_single_points_only_to_a_local_file_outside_the_repository(tmp_path: Path, world: Brought) -> None:
    assert "not asked for" in write_per_feature(world, "", within_m=100)
    words = write_per_feature(world, str(tmp_path / "own.csv"), within_m=100)
    assert WARNING in words
    assert len(pd.read_csv(tmp_path / "own.csv")) == len(world.points.xy)
    with pytest.raises(ParameterError, match="outside the repository"):
        write_per_feature(world, str(REPOSITORY / "build" / "own.csv"), within_m=100)


def test_parameters_are_carried_over() -> None:
    choices = dict.fromkeys(Files.__dataclass_fields__, "") | {
        "tolerances_m": [0.0, 9.0],
        "location_errors_m": [1.0],
        "misplacement_m": 2.0,
        "record_error_m": 3.0,
        "confidence_level": 0.9,
        "relocations": 19,
        "shift_reach_m": 100.0,
        "shift_step_m": 10.0,
        "matching_m": 50.0,
        "block_m": 500.0,
        "seed": 4,
        "worlds": 60,
    }
    assert not files_of(choices).named
    asked = asked_of(choices)
    assert (asked.shift.reach_m, asked.shift.repeats, asked.level) == (100.0, 19, 0.9)
    arguments = frontier_arguments(choices, bring(Files(), seed=1))
    assert (arguments["worlds"], arguments["points"]) == (12, 240)
    wrong = {"tolerances_m": [100.0, 0.0], "location_errors_m": [], "confidence_level": 95.0, "relocations": 0}
    for name, value in wrong.items():
        with pytest.raises(ParameterError, match=name):
            asked_of(choices | {name: value})
