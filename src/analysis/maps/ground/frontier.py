"""Where a common shift can be found at all: a frontier over the recorded share and the error of records."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.eligible import eligible_points
from analysis.maps.ground.shift import ShiftSettings, search_shift
from analysis.maps.ground.world import WorldSettings, records_and_points
from analysis.stats.overlay import Ground
from analysis.stats.proportions import proportion_interval


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
        Level of the Wilson interval of the share found.
    seed
        Start of the chance; each world has a stream of its own.
    """
    settings = ShiftSettings(reach_m=reach_m, step_m=step_m, matching_m=matching_m, block_m=block_m, repeats=99)
    pairs = [(share, error) for share in recorded_shares for error in errors_m]
    rows = []
    for (share, error), stream in zip(pairs, np.random.SeedSequence(seed).spawn(len(pairs)), strict=True):
        outcomes = [
            _outcome(WorldSettings(recorded_share=share, error_m=error, points=points), settings, own)
            for own in stream.spawn(worlds)
        ]
        found, wrong = outcomes.count("found"), outcomes.count("wrong")
        interval = proportion_interval(found, worlds, level=level, method="wilson")
        rows.append(
            {
                "recorded_share": float(share),
                "error_m": float(error),
                "worlds": worlds,
                "found_share": found / worlds,
                "found_low": interval.low,
                "found_high": interval.high,
                "wrong_share": wrong / worlds,
            }
        )
    return pd.DataFrame(rows)


def _outcome(world_settings: WorldSettings, settings: ShiftSettings, stream: np.random.SeedSequence) -> str:
    rng = np.random.default_rng(stream)
    records, points = records_and_points(world_settings, rng)
    try:
        searched = search_shift(eligible_points(points, records).xy, Ground(records.shapes), settings, rng)
    except InsufficientEvidence:
        return "not identified"
    if searched.doubts:
        return "not identified"
    east = searched.found.east_m + world_settings.shift_east_m
    north = searched.found.north_m + world_settings.shift_north_m
    return "found" if np.hypot(east, north) <= settings.matching_m / 2 else "wrong"
