"""Records against the ground in one call, as the notebook uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.maps.ground.brought import Brought
from analysis.maps.ground.eligible import Eligible, eligible_points, undated_doubt
from analysis.maps.ground.errors_apart import omission_bounds, survey_areas, survey_disagreement
from analysis.maps.ground.estimates import omission_estimates, point_estimates, sample_estimates, shift_estimates
from analysis.maps.ground.inputs import FullSurvey, PresenceOnly, ProbabilitySample, Records, require
from analysis.maps.ground.inside import (
    UNIFORM,
    WITHIN_STRATA,
    Null,
    location_error_curve,
    strata_of,
    tolerance_curve,
    torus_of,
)
from analysis.maps.ground.positions import check_point_errors, control_errors
from analysis.maps.ground.sample import sample_accuracy
from analysis.maps.ground.shift import (
    ShiftSearch,
    ShiftSettings,
    frontier_doubt,
    named_candidates,
    search_shift,
    searched_points,
)
from analysis.maps.outcomes import attempt
from analysis.stats.overlay import Ground

_STREAMS = ("tolerance", "location error", "shift", "bootstrap")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundSettings:
    """What is asked of the inputs.

    Parameters
    ----------
    tolerances_m, errors_m
        Distance tolerances and location errors, m.
    misplacement_m
        Distance up to which a point outside may belong to a misplaced record, m.
    record_error_m
        Error of a record's position as the reader knows or assumes it, m; only chooses the made-up worlds to compare.
    level
        Level of the intervals.
    relocations
        Number of relocations and of repeated searches.
    shift
        How a common shift is searched.
    seed
        Start of all chance.
    """

    tolerances_m: Sequence[float]
    errors_m: Sequence[float]
    misplacement_m: float
    record_error_m: float
    level: float
    relocations: int
    shift: ShiftSettings
    seed: int

    def rng(self, part: str) -> np.random.Generator:
        """Return the chance of one part, which no other part uses up."""
        return np.random.default_rng(np.random.SeedSequence(self.seed).spawn(len(_STREAMS))[_STREAMS.index(part)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroundResults:
    """Tables are empty where the inputs do not allow them; `reasons` says why.

    Parameters
    ----------
    brought, settings
        What went in.
    points
        Points by what was done with them.
    tolerance, location_error
        Share inside by distance tolerance with relocated points, and by location error.
    omission
        Points inside, near and beyond.
    accuracy
        Measures from the probability sample.
    survey, disagreement
        Confusion areas of the full survey, and their parts.
    candidates
        Named datum shifts.
    control, checks
        Error of positions measured again, and at those set aside as independent check points.
    shift
        The common shift searched; None where it could not be.
    estimates, reasons
        Estimates by key; what is not estimable.
    """

    brought: Brought
    settings: GroundSettings
    points: pd.DataFrame
    tolerance: pd.DataFrame
    location_error: pd.DataFrame
    omission: pd.DataFrame
    accuracy: pd.DataFrame
    survey: pd.DataFrame
    disagreement: pd.DataFrame
    candidates: pd.DataFrame
    control: pd.DataFrame
    checks: pd.DataFrame
    shift: ShiftSearch | None
    estimates: Mapping[str, Estimate]
    reasons: Mapping[str, InsufficientEvidence]


def records_against_ground(brought: Brought, settings: GroundSettings, frontier: pd.DataFrame) -> GroundResults:
    """Return every result the inputs allow, and the reasons for the rest.

    Parameters
    ----------
    brought
        Inputs of :func:`analysis.maps.ground.brought.bring`.
    settings
        What is asked.
    frontier
        Table of :func:`analysis.maps.ground.frontier.shift_frontier`, made with the same search.
    """
    reasons: dict[str, InsufficientEvidence] = {}
    tables: dict[str, pd.DataFrame] = {}
    eligible = _eligible(brought, reasons)
    shift = None
    if eligible is not None and brought.records is not None:
        ground = Ground(brought.records.shapes)
        tables |= _of_points(eligible, ground, brought, settings, reasons)
        shift = _shift(eligible, ground, settings, frontier, reasons)
    tables |= _of_survey(brought, settings, reasons)
    accuracy = _of_sample(brought, settings, reasons)
    chance = settings.rng("bootstrap")
    estimates = {
        **point_estimates(brought, eligible, settings.shift.block_m, settings.level, chance, reasons),
        **omission_estimates(brought, tables.get("omission")),
        **sample_estimates(brought, accuracy, settings.level),
        **shift_estimates(brought, shift, settings.shift),
    }
    empty = pd.DataFrame()
    return GroundResults(
        brought=brought,
        settings=settings,
        points=tables.get("points", empty),
        tolerance=tables.get("tolerance", empty),
        location_error=tables.get("location_error", empty),
        omission=tables.get("omission", empty),
        accuracy=accuracy,
        survey=tables.get("survey", empty),
        disagreement=tables.get("disagreement", empty),
        candidates=tables.get("candidates", empty),
        control=attempt(reasons, "error of the records' positions", lambda: control_errors(brought.control)),
        checks=attempt(reasons, "error at independent check points", lambda: check_point_errors(brought.control)),
        shift=shift,
        estimates=estimates,
        reasons=reasons,
    )


def _eligible(brought: Brought, reasons: dict[str, InsufficientEvidence]) -> Eligible | None:
    try:
        points = require(brought.points, PresenceOnly, "the share of points inside the records")
        records = _records(brought)
        eligible = eligible_points(points, records)
    except InsufficientEvidence as reason:
        reasons["share of points inside the records"] = reason
        return None
    if eligible.omission_reason:
        reasons["omission among accidents"] = InsufficientEvidence(eligible.omission_reason)
    reasons["commission, from points"] = InsufficientEvidence(
        "a record without a point is not wrong: nobody need have been there"
    )
    return eligible


def _records(brought: Brought) -> Records:
    if brought.records is None:
        raise InsufficientEvidence("no records were brought")
    return brought.records


def _of_points(
    eligible: Eligible,
    ground: Ground,
    brought: Brought,
    settings: GroundSettings,
    reasons: dict[str, InsufficientEvidence],
) -> dict[str, pd.DataFrame]:
    nulls: list[tuple[Null, NDArray[np.bool_]]] = [strata_of(UNIFORM, {"region": brought.region}, eligible.xy)]
    if brought.strata:
        nulls.append(strata_of(WITHIN_STRATA, brought.strata, eligible.xy))
    else:
        reasons["relocation within strata"] = InsufficientEvidence(
            "no strata were brought; uniform relocation alone is a weak comparison"
        )
    try:
        nulls.append(torus_of(brought.region, eligible.xy))
    except InsufficientEvidence as reason:
        reasons["relocation of all points together"] = reason
    curve: Callable[[], pd.DataFrame] = lambda: tolerance_curve(  # noqa: E731
        eligible.xy,
        ground,
        nulls,
        tolerances_m=settings.tolerances_m,
        level=settings.level,
        repeats=settings.relocations,
        rng=settings.rng("tolerance"),
    )
    made = {
        "points": pd.DataFrame({"points": dict(eligible.counts)}).rename_axis("what was done"),
        "tolerance": attempt(reasons, "share inside by tolerance, with relocated points", curve),
        "location_error": location_error_curve(
            eligible.xy, ground, errors_m=settings.errors_m, rng=settings.rng("location error")
        ),
        "candidates": attempt(
            reasons,
            "named datum shifts",
            lambda: named_candidates(eligible.xy, ground, _records(brought).centre, settings.shift),
        ),
    }
    if not eligible.omission_reason:
        made["omission"] = omission_bounds(eligible.xy, ground, misplacement_m=settings.misplacement_m)
    return made


def _shift(
    eligible: Eligible,
    ground: Ground,
    settings: GroundSettings,
    frontier: pd.DataFrame,
    reasons: dict[str, InsufficientEvidence],
) -> ShiftSearch | None:
    """Return the search with the doubt of the frontier added; where doubts are left it is not identifiable."""
    chance = settings.rng("shift")
    xy = searched_points(eligible.xy, chance)
    try:
        searched = search_shift(xy, ground, settings.shift, chance)
    except InsufficientEvidence as reason:
        reasons["common shift of the records"] = reason
        return None
    moved = xy - np.array([searched.found.east_m, searched.found.north_m])
    near = float((ground.distances(moved, within_m=settings.shift.matching_m) < np.inf).mean())
    doubts = (
        *searched.doubts,
        undated_doubt(eligible),
        frontier_doubt(frontier, recorded_share=near, error_m=settings.record_error_m),
    )
    searched = replace(searched, doubts=tuple(doubt for doubt in doubts if doubt))
    if searched.doubts:
        reasons["common shift of the records"] = InsufficientEvidence("not identifiable: " + "; ".join(searched.doubts))
    return searched


def _of_sample(brought: Brought, settings: GroundSettings, reasons: dict[str, InsufficientEvidence]) -> pd.DataFrame:
    try:
        sample = require(brought.sample, ProbabilitySample, "correct share and coverage share by area")
    except InsufficientEvidence as reason:
        reasons["correct share, coverage share, mined area"] = reason
        return pd.DataFrame()
    accuracy, lacking = sample_accuracy(sample, level=settings.level)
    reasons |= lacking
    return accuracy


def _of_survey(
    brought: Brought, settings: GroundSettings, reasons: dict[str, InsufficientEvidence]
) -> dict[str, pd.DataFrame]:
    try:
        survey = require(brought.survey, FullSurvey, "areas of commission, omission and misplacement")
        areas = survey_areas(_records(brought), survey, misplacement_m=settings.misplacement_m)
    except InsufficientEvidence as reason:
        reasons["areas of commission, omission and misplacement"] = reason
        return {}
    return {"survey": areas, "disagreement": survey_disagreement(areas)}
