"""Estimates of the records against the ground."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.maps.ground.brought import Brought
from analysis.maps.ground.eligible import Eligible
from analysis.maps.ground.sample import AREA, CORRECT, COVERED
from analysis.maps.ground.shift import ShiftSearch, ShiftSettings, range_m
from analysis.stats.overlay import Ground
from analysis.stats.spatial_blocks import block_interval, block_labels

BLOCK_REPEATS: Final = 1999
"""Times the blocks of ground are drawn again for an interval."""
_KEYS: Final = {CORRECT: "correct_share", COVERED: "coverage_share", AREA: "mined_share"}


def point_estimates(
    brought: Brought,
    eligible: Eligible | None,
    block_m: float,
    level: float,
    rng: np.random.Generator,
    reasons: dict[str, InsufficientEvidence],
) -> dict[str, Estimate]:
    """Return the share of points inside with an interval from blocks."""
    if eligible is None or brought.records is None:
        return {}
    inside = Ground(brought.records.shapes).inside(eligible.xy)
    try:
        interval = block_interval(
            inside, block_labels(eligible.xy, size_m=block_m), level=level, repeats=BLOCK_REPEATS, rng=rng
        )
    except InsufficientEvidence as reason:
        reasons["interval of the share of points inside"] = reason
        return {}
    share = _estimate(
        brought,
        quantity="share of points inside the records",
        value=float(inside.mean()),
        interval=interval,
        method=f"points in polygons; bootstrap of blocks of {block_m:g} m",
        n=len(inside),
        n_unit="points",
        assumptions=("presence-only points: a share among them, not of mined land", *_undated(eligible)),
    )
    return {"inside_share": share}


def sample_estimates(brought: Brought, accuracy: pd.DataFrame, level: float) -> dict[str, Estimate]:
    """Return correct share, coverage share and mined share of the area from the probability sample."""
    made = {}
    for name, key in _KEYS.items():
        if name not in accuracy.index:
            continue
        value, low, high = (float(accuracy[column][name]) for column in ("share", "low", "high"))
        made[key] = _estimate(
            brought,
            quantity=name,
            value=value,
            interval=Interval(low=low, high=high, kind=IntervalKind.CONFIDENCE, level=level),
            method="stratified estimator, Olofsson et al. (2014), Stehman (2014)",
            n=int(accuracy["checks"][name]),
            n_unit="checks",
            assumptions=("checks were drawn at random within strata of the stated size", "shares of area"),
        )
    return made


def shift_estimates(brought: Brought, shift: ShiftSearch | None, settings: ShiftSettings) -> dict[str, Estimate]:
    """Return the common shift east and north; nothing while a doubt is left."""
    if shift is None or shift.doubts:
        return {}
    reach = range_m(shift, settings)
    made = {}
    for key, value in (("shift_east_m", shift.found.east_m), ("shift_north_m", shift.found.north_m)):
        side = key.split("_")[1]
        made[key] = _estimate(
            brought,
            quantity=f"what has to be added to the records, {side}",
            value=value,
            unit="m",
            interval=Interval(low=value - reach, high=value + reach, kind=IntervalKind.SCENARIO),
            method="search of a common shift; range: half a step, or the largest move when one block is left out",
            n=shift.points,
            n_unit="points near records",
            assumptions=("unrecorded mines do not lie mostly to one side of the records",),
        )
    return made


def omission_estimates(brought: Brought, omission: pd.DataFrame | None) -> dict[str, Estimate]:
    """Return the bounds of omission among accidents; nothing where omission cannot be estimated."""
    if omission is None or omission.empty:
        return {}
    shares = [float(share) for share in omission["share"]]
    outside = shares[1] + shares[2]
    estimate = _estimate(
        brought,
        quantity="omission among accidents",
        value=outside,
        interval=Interval(low=shares[2], high=outside, kind=IntervalKind.BOUND),
        method="points outside; low end: beyond any misplacement considered. No sampling error in it",
        n=int(omission["points"].sum()),
        n_unit="points",
        assumptions=("every point lies on mined land", "points are accidents, not a sample of mined land"),
    )
    return {"omission_share": estimate}


def _undated(eligible: Eligible) -> tuple[str, ...]:
    return ("undated: whether records came first is not known",) if eligible.omission_reason else ()


def _estimate(
    brought: Brought,
    *,
    quantity: str,
    value: float,
    interval: Interval,
    method: str,
    n: int,
    n_unit: str,
    assumptions: tuple[str, ...],
    unit: str = "share",
) -> Estimate:
    return Estimate(
        quantity=f"{quantity} ({brought.label})",
        value=value,
        unit=unit,
        interval=interval,
        method=method,
        n=n,
        n_unit=n_unit,
        period=_period(brought),
        geography=brought.label,
        sources=brought.sources,
        assumptions=assumptions,
    )


def _period(brought: Brought) -> Period:
    """Return the days of the points; of undated ones all days there are."""
    dates = np.array([], dtype="datetime64[D]") if brought.points is None else brought.points.dates
    known = dates[~np.isnat(dates)]
    if len(known) == 0:
        return Period(start=date.min, end=date.max)
    return Period(start=known.min().astype(date), end=known.max().astype(date))
