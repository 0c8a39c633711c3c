"""What every estimator answers in one made-up world, beside the truth it aims at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal

import numpy as np

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.eligible import eligible_points
from analysis.maps.ground.errors_apart import omission_bounds, survey_areas
from analysis.maps.ground.positions import recorded_errors
from analysis.maps.ground.sample import AREA, CORRECT, COVERED, OVERALL, sample_accuracy
from analysis.maps.ground.shift import ShiftSettings, range_m, search_shift
from analysis.maps.ground.world import World, WorldSettings
from analysis.stats.overlay import Ground
from analysis.stats.positional_accuracy import shifted_circular_error
from analysis.stats.spatial_blocks import block_interval, block_labels

Kind = Literal["confidence", "bound", "scenario", "none", "misuse"]

ACCIDENTS: Final = "inside share of accidents, block bootstrap"
MISUSED: Final = "the same, read as coverage share of area (misuse)"
OMISSION: Final = "omission among accidents, as bounds"
SURVEYED: Final = "coverage share in the surveyed part, read as of all land (misuse)"
RMSE: Final = "RMSE of the records' positions, m"
CE95: Final = "CE95 of the records' positions, m"
SHIFT_EAST: Final = "common shift east, where identified, m"
SHIFT_NORTH: Final = "common shift north, where identified, m"

_OF_SAMPLE: Final = {
    CORRECT: "correct share",
    COVERED: "coverage share",
    AREA: "mined share",
    OVERALL: "overall accuracy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer.

    Parameters
    ----------
    estimator
        Which estimator.
    kind
        What its range is: a confidence interval, a bound, a scenario range, none, or a range taken for something else.
    truth
        What it aims at.
    estimate, low, high
        What it says; NaN where it gives no answer or no range.
    """

    estimator: str
    kind: Kind
    truth: float
    estimate: float = np.nan
    low: float = np.nan
    high: float = np.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the estimators are asked.

    Parameters
    ----------
    level
        Nominal level of the intervals.
    repeats
        Resamplings of blocks.
    misplacement_m
        Distance up to which a point outside may belong to a misplaced record, m.
    shift
        How a common shift is searched; its blocks are those of the bootstrap too.
    """

    level: float
    repeats: int
    misplacement_m: float
    shift: ShiftSettings


def answers(world: World, settings: WorldSettings, asked: Asked, rng: np.random.Generator) -> list[Answer]:
    """Return the answers of every estimator in one world, in a fixed order.

    Parameters
    ----------
    world
        World drawn with `settings`.
    settings
        What it is like; gives the truth of the errors of position and of the common shift.
    asked
        How the estimators are asked.
    rng
        Chance of the bootstrap and of the search.
    """
    xy = eligible_points(world.points, world.records).xy
    ground = Ground(world.records.shapes)
    return list(
        chain(
            _from_points(xy, ground, world, asked, rng),
            _from_sample(world, asked.level),
            _from_survey(world, asked.misplacement_m),
            _from_control(world, settings),
            _from_search(xy, ground, settings, asked.shift, rng),
        )
    )


def _from_points(
    xy: np.ndarray, ground: Ground, world: World, asked: Asked, rng: np.random.Generator
) -> Iterator[Answer]:
    inside = ground.inside(xy)
    share = float(inside.mean())
    aims: Mapping[str, tuple[Kind, str]] = {
        ACCIDENTS: ("confidence", "inside share of accidents"),
        MISUSED: ("misuse", "coverage share"),
    }
    try:
        labels = block_labels(xy, size_m=asked.shift.block_m)
        interval = block_interval(inside, labels, level=asked.level, repeats=asked.repeats, rng=rng)
    except InsufficientEvidence:
        yield from (Answer(estimator=name, kind=kind, truth=world.truth[aim]) for name, (kind, aim) in aims.items())
    else:
        for name, (kind, aim) in aims.items():
            yield Answer(
                estimator=name, kind=kind, truth=world.truth[aim], estimate=share, low=interval.low, high=interval.high
            )
    places = omission_bounds(xy, ground, misplacement_m=asked.misplacement_m)["share"].tolist()
    yield Answer(
        estimator=OMISSION,
        kind="bound",
        truth=world.truth["accidents in minefields without a record"],
        estimate=places[1] + places[2],
        low=places[2],
        high=places[1] + places[2],
    )


def _from_sample(world: World, level: float) -> Iterator[Answer]:
    measures, _ = sample_accuracy(world.sample, level=level)
    for name, aim in _OF_SAMPLE.items():
        truth = world.truth[aim]
        if name not in measures.index:
            yield Answer(estimator=name, kind="confidence", truth=truth)
            continue
        share, low, high = (float(measures[column][name]) for column in ("share", "low", "high"))
        yield Answer(estimator=name, kind="confidence", truth=truth, estimate=share, low=low, high=high)


def _from_survey(world: World, misplacement_m: float) -> Iterator[Answer]:
    area = survey_areas(world.records, world.survey, misplacement_m=misplacement_m)["area_ha"]
    found = float(area["recorded and found"] + area["omission, near"] + area["omission, far"])
    share = float(area["recorded and found"]) / found if found > 0 else np.nan
    yield Answer(estimator=SURVEYED, kind="none", truth=world.truth["coverage share"], estimate=share)


def _from_control(world: World, settings: WorldSettings) -> Iterator[Answer]:
    shift = float(np.hypot(settings.shift_east_m, settings.shift_north_m))
    truths = {
        RMSE: float(np.sqrt(shift**2 + 2 * settings.error_m**2)),
        CE95: shifted_circular_error(shift, settings.error_m, share=0.95),
    }
    try:
        measured = recorded_errors(world.control)
    except InsufficientEvidence:
        yield from (Answer(estimator=name, kind="none", truth=truth) for name, truth in truths.items())
        return
    for name, found in ((RMSE, measured.rmse_m), (CE95, measured.ce95_m)):
        yield Answer(estimator=name, kind="none", truth=truths[name], estimate=found)


def _from_search(
    xy: np.ndarray, ground: Ground, settings: WorldSettings, asked: ShiftSettings, rng: np.random.Generator
) -> Iterator[Answer]:
    """Return the shift that has to be added to the records, which is the opposite of what displaced them."""
    truths = {SHIFT_EAST: -settings.shift_east_m, SHIFT_NORTH: -settings.shift_north_m}
    try:
        searched = search_shift(xy, ground, asked, rng)
    except InsufficientEvidence:
        searched = None
    if searched is None or searched.doubts:
        yield from (Answer(estimator=name, kind="scenario", truth=truth) for name, truth in truths.items())
        return
    reach = range_m(searched, asked)
    for (name, truth), value in zip(truths.items(), (searched.found.east_m, searched.found.north_m), strict=True):
        yield Answer(
            estimator=name, kind="scenario", truth=truth, estimate=value, low=value - reach, high=value + reach
        )
