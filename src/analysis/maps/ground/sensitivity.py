"""The share inside and the shift found again under other choices of block, step and matching distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.eligible import Eligible, eligible_points, undated_doubt
from analysis.maps.ground.estimates import BLOCK_REPEATS
from analysis.maps.ground.shift import ShiftSearch, ShiftSettings, search_shift, searched_points
from analysis.maps.ground.study import GroundResults
from analysis.stats.overlay import Ground
from analysis.stats.spatial_blocks import block_interval, block_labels

_FACTORS = (0.5, 1.0, 2.0)


def by_choice(results: GroundResults) -> pd.DataFrame:
    """Return interval and shift with blocks half and twice as large, and with matching half and twice as far."""
    brought, settings = results.brought, results.settings
    if brought.points is None or brought.records is None or results.points.empty:
        return pd.DataFrame([{"choice": "none: there are no points", "result": "not estimable"}])
    eligible = eligible_points(brought.points, brought.records)
    xy = eligible.xy
    ground = Ground(brought.records.shapes)
    inside = ground.inside(xy)
    rows = []
    for factor in _FACTORS:
        size_m = factor * settings.shift.block_m
        try:
            interval = block_interval(
                inside,
                block_labels(xy, size_m=size_m),
                level=settings.level,
                repeats=BLOCK_REPEATS,
                rng=settings.rng("bootstrap"),
            )
            result = f"{interval.low:.4g} to {interval.high:.4g}"
        except InsufficientEvidence as reason:
            result = str(reason)
        rows.append({"choice": f"share inside, blocks of {size_m:g} m", "result": result})
    for factor in _FACTORS:
        shift = replace(settings.shift, matching_m=factor * settings.shift.matching_m)
        rows.append(
            {"choice": f"shift, matching to {shift.matching_m:g} m", "result": _shift(results, eligible, ground, shift)}
        )
    return pd.DataFrame(rows)


def _shift(results: GroundResults, eligible: Eligible, ground: Ground, settings: ShiftSettings) -> str:
    """Return the shift found with this search, or only why it must not be quoted.

    A doubt that the search asked for leaves, such as that of the frontier, stands for every other search too. The
    search asked for is not made again.
    """
    asked = results.shift
    if asked is not None and settings == results.settings.shift:
        return _words(asked, asked.doubts)
    chance = results.settings.rng("shift")
    try:
        searched = search_shift(searched_points(eligible.xy, chance), ground, settings, chance)
    except InsufficientEvidence as reason:
        return str(reason)
    doubts = tuple(doubt for doubt in (*searched.doubts, undated_doubt(eligible)) if doubt)
    if asked is not None and asked.doubts and not doubts:
        return f"not identifiable by the search asked for: {'; '.join(asked.doubts)}"
    return _words(searched, doubts)


def _words(searched: ShiftSearch, doubts: Sequence[str]) -> str:
    if doubts:
        return f"not identifiable: {'; '.join(doubts)}"
    return f"{searched.found.east_m:g} m east, {searched.found.north_m:g} m north, p = {searched.p_value:.3g}"
