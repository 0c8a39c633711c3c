"""Where a common shift can be found at all: a frontier over the recorded share and the error of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.eligible import eligible_points
from analysis.maps.ground.shift import ShiftSettings, search_shift
from analysis.maps.ground.world import WorldSettings, records_and_points
from analysis.stats.overlay import Ground
from analysis.stats.proportions import proportion_interval

REPEATS = 99
"""Times the whole search is repeated on turned ground in each world."""


def shift_frontier(
    *,
    recorded_shares: Sequence[float],
    errors_m: Sequence[float],
    points: int,
    worlds: int,
    reach_m: float,
    step_m: float,
    matching_m: float,
    block_m: float,
    level: float,
    seed: int,
) -> pd.DataFrame:
    """Return, for each recorded share and error, the share of made-up worlds in which the true shift is found.

    Found means: no doubt is left, and it lies within `matching_m` / 2 of the truth. Wrong means: no doubt is left and
    it does not.

    Parameters
    ----------
    recorded_shares, errors_m
        Rows and columns of the frontier.
    points
        Accidents in each world.
    worlds
        Worlds for each pair.
    reach_m, step_m, matching_m, block_m
        As for :class:`analysis.maps.ground.shift.ShiftSettings`.
    level
        Level of the Wilson intervals of the shares, which hold the error of so many worlds only.
    seed
        Start of the chance; each world has a stream of its own.
    """
    search = ShiftSettings(reach_m=reach_m, step_m=step_m, matching_m=matching_m, block_m=block_m, repeats=REPEATS)
    pairs = [(share, error) for share in recorded_shares for error in errors_m]
    rows = []
    for (share, error), stream in zip(pairs, np.random.SeedSequence(seed).spawn(len(pairs)), strict=True):
        settings = WorldSettings(recorded_share=share, error_m=error, points=points)
        found, wrong = search_worlds(settings, search, stream.spawn(worlds))
        rows.append(cell(share, error, worlds=worlds, found=found, wrong=wrong, level=level))
    return pd.DataFrame(rows)


def search_worlds(
    settings: WorldSettings, search: ShiftSettings, streams: Sequence[np.random.SeedSequence]
) -> tuple[int, int]:
    """Return in how many worlds, one a stream, a shift was identified that is right, and one that is not."""
    outcomes = [_outcome(settings, search, stream) for stream in streams]
    return outcomes.count("found"), outcomes.count("wrong")


def cell(share: float, error_m: float, *, worlds: int, found: int, wrong: int, level: float) -> dict[str, float]:
    """Return a line of the frontier from its counts."""
    interval = proportion_interval(found, worlds, level=level, method="wilson")
    misled = proportion_interval(wrong, worlds, level=level, method="wilson")
    return {
        "recorded_share": float(share),
        "error_m": float(error_m),
        "worlds": worlds,
        "found_share": found / worlds,
        "found_low": interval.low,
        "found_high": interval.high,
        "wrong_share": wrong / worlds,
        "wrong_high": misled.high,
    }


def without_shift(settings: WorldSettings) -> WorldSettings:
    """Return the same kind of world with records that are not displaced in common."""
    return replace(settings, shift_east_m=0.0, shift_north_m=0.0)


def _outcome(settings: WorldSettings, search: ShiftSettings, stream: np.random.SeedSequence) -> str:
    rng = np.random.default_rng(stream)
    records, points = records_and_points(settings, rng)
    try:
        searched = search_shift(eligible_points(points, records).xy, Ground(records.shapes), search, rng)
    except InsufficientEvidence:
        return "not identified"
    if searched.doubts:
        return "not identified"
    east = searched.found.east_m + settings.shift_east_m
    north = searched.found.north_m + settings.shift_north_m
    return "found" if np.hypot(east, north) <= search.matching_m / 2 else "wrong"
