"""Omission as a range, and confusion areas worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import box

from analysis.maps.ground.errors_apart import omission_bounds, survey_areas, survey_disagreement
from analysis.maps.ground.inputs import FullSurvey, Records
from analysis.maps.ground.inside import location_error_curve, strata_of, tolerance_curve
from analysis.stats.overlay import Ground


def array(*shapes: object) -> np.ndarray:
    return np.array(shapes, dtype=object)


def test_a_point_near_a_record_is_omission_or_misplacement() -> None:
    xy = np.array([[50.0, 50.0], [150.0, 50.0], [250.0, 50.0], [900.0, 50.0]])
    found = omission_bounds(xy, Ground(array(box(0, 0, 100, 100))), misplacement_m=100)
    assert found["points"].tolist() == [1, 1, 2]
    assert found["can be"].tolist() == ["recorded", "omission or misplacement", "omission"]


def test_a_record_beside_the_minefield_is_near_and_one_far_away_is_not() -> None:
    # Found: 100 x 100 m. Recorded: the same moved 50 m east, and another 100 x 100 m far away. Searched: 1000 x 1000 m.
    records = Records(name="r", shapes=array(box(50, 0, 150, 100), box(800, 800, 900, 900)), as_of=None)
    survey = FullSurvey(name="s", area=array(box(0, 0, 1000, 1000)), found=array(box(0, 0, 100, 100)))
    areas = survey_areas(records, survey, misplacement_m=60)
    assert areas["area_ha"].to_dict() == pytest.approx(
        {
            "recorded and found": 0.5,
            "commission, near": 0.5,
            "commission, far": 1.0,
            "omission, near": 0.5,
            "omission, far": 0.0,
            "neither": 97.5,
        }
    )
    assert areas["share"].sum() == pytest.approx(1)
    parts = survey_disagreement(areas)["area_ha"]
    # Commission 1.5 ha and omission 0.5 ha: 1 ha too much recorded, and 0.5 ha exchanged both ways.
    assert parts.to_dict() == pytest.approx({"quantity": 1.0, "exchange": 1.0, "shift": 0.0, "total": 2.0})


def test_bounds_by_location_error() -> None:
    # Depths 50 and 5, distance 10 and 500 m.
    xy = np.array([[50.0, 50.0], [5.0, 50.0], [110.0, 50.0], [600.0, 50.0]])
    curve = location_error_curve(
        xy, Ground(array(box(0, 0, 100, 100))), errors_m=[0, 10, 60], rng=np.random.default_rng(1)
    )
    assert curve["low"].tolist() == [0.5, 0.25, 0.0]
    assert curve["share"].tolist() == [0.5] * 3
    assert curve["high"].tolist() == [0.5, 0.75, 0.75]
    assert curve["expected"].iloc[0] == 0.5


def test_points_in_no_stratum_take_no_part_in_the_comparison() -> None:
    xy = np.array([[50.0, 50.0], [150.0, 50.0], [950.0, 50.0]])
    strata, placed = strata_of("within strata", {"a": box(0, 0, 200, 100)}, xy)
    assert (list(strata.counts), strata.unplaced, placed.tolist()) == ([2], 1, [True, True, False])
    curve = tolerance_curve(
        xy,
        Ground(array(box(0, 0, 100, 100))),
        [(strata, placed)],
        tolerances_m=[0.0, 50.0],
        level=0.9,
        repeats=400,
        rng=np.random.default_rng(1),
    )
    assert curve["share"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert curve["share_of_these"].tolist() == [0.5, 1.0]
    # Half the stratum is inside and three quarters within 50 m.
    assert curve["relocated_mean"].tolist() == pytest.approx([0.5, 0.75], abs=0.05)
