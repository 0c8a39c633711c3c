"""A made-up world with known truth: minefields along a line, records of some, accidents, checks and a survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.maps.ground.inputs import MINED, NOT_MINED, FullSurvey, PresenceOnly, ProbabilitySample, Records
from analysis.stats.map_accuracy import StratifiedChecks
from analysis.stats.overlay import Ground, common_area_m2, union_area_m2
from analysis.stats.polygon_algebra import box_of, clipped, dissolved, line_of, without
from analysis.stats.random_fields import Rectangles, along_a_line, overlap_shares
from analysis.stats.relocation import points_within

LABEL: Final = "made-up world (no place on earth)"
RECORDED_ON: Final = date(2001, 1, 1)
"""A day of the made-up calendar."""

_SURVEYED: Final = (0.3, 0.7)
_BANDS: Final = ("recorded", "within 400 m of a record", "elsewhere")
_BAND_M: Final = 400.0
_MEASURED_AGAIN: Final = 50
_LONGEST_DAYS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldSettings:
    """What the made-up world is like.

    Parameters
    ----------
    fields
        Minefields laid.
    points
        Accidents in them.
    recorded_share
        Chance that a minefield has a record.
    invented_share
        Records of places that hold nothing, over records of minefields.
    error_m
        Error of each record's position, standard deviation along each axis, m.
    shift_east_m, shift_north_m
        What all records are displaced by in common, as after a datum was misread, m.
    exposure_ratio
        Accidents per mined area without a record over with one.
    point_error_m
        Error of each accident's position, standard deviation along each axis, m.
    survey_effort
        Checks drawn in each of three strata.
    side_m
        Side of the square, m.
    """

    fields: int = 150
    points: int = 240
    recorded_share: float = 0.6
    invented_share: float = 0.15
    error_m: float = 30.0
    shift_east_m: float = 100.0
    shift_north_m: float = 0.0
    exposure_ratio: float = 2.0
    point_error_m: float = 10.0
    survey_effort: int = 150
    side_m: float = 20_000.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class World:
    """One world.

    Parameters
    ----------
    records, points, sample, survey
        The three kinds of input on the same ground.
    strata
        Bands of distance to the line, by name.
    control
        Recorded and true positions of the same corners, measured again, m, and their use (fit or check).
    truth
        What the estimators aim at, by name, shares of 1.
    """

    records: Records
    points: PresenceOnly
    sample: ProbabilitySample
    survey: FullSurvey
    strata: Mapping[str, object]
    control: pd.DataFrame
    truth: Mapping[str, float]


def made_up_world(settings: WorldSettings, rng: np.random.Generator) -> World:
    """Return a world drawn at random; the same generator state gives the same world."""
    laid = _laid(settings, rng)
    fields, shapes = laid.mined.polygons(), laid.shapes
    return World(
        records=Records(name=LABEL, shapes=shapes, as_of=RECORDED_ON),
        points=_accidents(laid.mined, laid.weights, settings, rng),
        sample=_checks(shapes, fields, settings, rng),
        survey=_survey(fields, settings.side_m),
        strata=_bands(settings.side_m),
        control=laid.control,
        truth=_truth(laid, fields, settings.side_m),
    )


def records_and_points(settings: WorldSettings, rng: np.random.Generator) -> tuple[Records, PresenceOnly]:
    """Return only the records and accidents of a world, which is faster."""
    laid = _laid(settings, rng)
    points = _accidents(laid.mined, laid.weights, settings, rng)
    return Records(name=LABEL, shapes=laid.shapes, as_of=RECORDED_ON), points


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Laid:
    mined: Rectangles
    recorded: NDArray[np.bool_]
    weights: NDArray[np.float64]
    shapes: NDArray[np.object_]
    control: pd.DataFrame


def _laid(settings: WorldSettings, rng: np.random.Generator) -> _Laid:
    """Return the minefields, the chance of an accident in each, and the records."""
    mined = along_a_line(settings.fields, side_m=settings.side_m, rng=rng)
    recorded = rng.random(settings.fields) < settings.recorded_share
    shapes, control = _recorded(mined.chosen(recorded), settings, rng)
    weights = mined.areas_m2 * np.where(recorded, 1.0, settings.exposure_ratio)
    return _Laid(mined=mined, recorded=recorded, weights=weights / weights.sum(), shapes=shapes, control=control)


def _recorded(
    mined: Rectangles, settings: WorldSettings, rng: np.random.Generator
) -> tuple[NDArray[np.object_], pd.DataFrame]:
    """Return the records, displaced in common and each by its own error, and corners measured again."""
    number = len(mined.centres)
    common = np.array([settings.shift_east_m, settings.shift_north_m])
    displaced = common + rng.normal(scale=settings.error_m, size=(number, 2))
    invented = along_a_line(round(settings.invented_share * number), side_m=settings.side_m, rng=rng)
    shapes = np.concatenate([mined.moved(displaced).polygons(), invented.polygons()])
    true = mined.at(np.ones((number, 2)))
    columns = ["recorded_x", "recorded_y", "true_x", "true_y"]
    control = pd.DataFrame(np.column_stack([true + displaced, true])[:_MEASURED_AGAIN], columns=columns)
    # Every second is set aside as a check point that no fit sees.
    return shapes, control.assign(use=np.where(np.arange(len(control)) % 2 == 0, "fit", "check"))


def _accidents(
    mined: Rectangles, weights: NDArray[np.float64], settings: WorldSettings, rng: np.random.Generator
) -> PresenceOnly:
    where = rng.choice(len(weights), size=settings.points, p=weights)
    positions = mined.chosen(where).at(rng.uniform(-1, 1, (settings.points, 2)))
    positions = positions + rng.normal(scale=settings.point_error_m, size=positions.shape)
    days = rng.integers(-_LONGEST_DAYS // 10, _LONGEST_DAYS, settings.points)
    dates = np.datetime64(RECORDED_ON) + days.astype("timedelta64[D]")
    caused = (days <= 0) & (rng.random(settings.points) < 0.3)
    return PresenceOnly(name=LABEL, xy=positions, dates=dates, caused=caused)


def _checks(
    shapes: NDArray[np.object_], fields: NDArray[np.object_], settings: WorldSettings, rng: np.random.Generator
) -> ProbabilitySample:
    recorded = dissolved(shapes)
    near = without(dissolved(shapes).buffer(_BAND_M), recorded)
    square = box_of(0, 0, settings.side_m, settings.side_m)
    areas = (recorded, near, without(without(square, near), recorded))
    mined, rows = Ground(fields), []
    for name, area in zip(_BANDS, areas, strict=True):
        found = mined.inside(points_within(area, settings.survey_effort, rng))
        rows += [(name, MINED if name == _BANDS[0] else NOT_MINED, MINED if hit else NOT_MINED) for hit in found]
    stratum, map_class, reference_class = zip(*rows, strict=True)
    sizes = {name: float(area.area) for name, area in zip(_BANDS, areas, strict=True)}
    checks = StratifiedChecks(
        stratum=stratum, map_class=map_class, reference_class=reference_class, stratum_sizes=sizes
    )
    return ProbabilitySample(name=LABEL, checks=checks)


def _survey(fields: NDArray[np.object_], side_m: float) -> FullSurvey:
    low, high = (part * side_m for part in _SURVEYED)
    area = box_of(low, 0, high, side_m)
    return FullSurvey(name=LABEL, area=np.array([area], dtype=object), found=clipped(fields, area))


def _bands(side_m: float) -> dict[str, object]:
    """Return three bands of distance to the line as the user would supply them; they hold all the made-up land."""
    east = np.linspace(-0.1, 1.1, 61) * side_m
    line = line_of(np.column_stack([east, side_m / 2 + 0.15 * side_m * np.sin(2 * np.pi * east / side_m)]))
    square = box_of(0, 0, side_m, side_m)
    near, middle = line.buffer(side_m / 20), line.buffer(side_m / 8)
    return {
        "line, near": near.intersection(square),
        "line, middle": without(middle, near).intersection(square),
        "line, far": without(square, middle),
    }


def _truth(laid: _Laid, fields: NDArray[np.object_], side_m: float) -> dict[str, float]:
    both, mined = common_area_m2(fields, laid.shapes), union_area_m2(fields)
    recorded = union_area_m2(laid.shapes)
    return {
        "inside share of accidents": float(laid.weights @ overlap_shares(laid.mined, laid.shapes)),
        "accidents in minefields without a record": float(laid.weights[~laid.recorded].sum()),
        "correct share": both / recorded,
        "coverage share": both / mined,
        "mined share": mined / side_m**2,
        "overall accuracy": 1 - (recorded + mined - 2 * both) / side_m**2,
    }
