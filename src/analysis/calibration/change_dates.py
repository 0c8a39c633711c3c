"""Calibration of the test of one step on a decline, and of the confidence set of its date."""

from __future__ import annotations

from functools import partial

import numpy as np

from analysis.calibration.decisions import kept
from analysis.calibration.settings import LEVEL, Method, Setting
from analysis.calibration.shapes import SHAPE_WORDS, Shape, daily_rates, sizes_in, stepped, sums_of
from analysis.calibration.trials import Trials
from analysis.calibration.worlds import WORLD_WORDS, World, counts_of, design_of
from analysis.errors import InsufficientEvidence
from analysis.stats.change_points import change_date_p_values, change_test, scan_change

_REPLICATES = 39
"""Of each bootstrap: one more than these times 1 less the level is a whole number, so that the test keeps its level.

The study draws more: its sets hold the truth as often and are a little smaller.
"""

_STUDY = "the study's intervals and rate"
_TWELVE = "12 equal intervals, 0.2 persons a day"
_DESIGNS: dict[str, tuple[int | None, float | None]] = {_STUDY: (None, None), _TWELVE: (12, 0.2)}


def date_set(
    rng: np.random.Generator, runs: int, *, ratio: float, world: World, intervals: int | None, per_day: float | None
) -> Trials:
    """Try the confidence set of the date of one step that lies inside an interval near the middle.

    Held where the set has the interval that contains the true date; the width is the days in the set.
    """
    design = design_of(intervals, persons_per_day=per_day)
    where = len(design.first_days) // 2
    lengths = design.last_days - design.first_days + 1
    day = int(design.first_days[where] - design.first_days[0] + lengths[where] // 2)
    daily = stepped(daily_rates("steady", design), at=day, ratio=ratio)
    counts = counts_of(sums_of(daily, design), runs=runs, world=world, rng=rng)
    inside, width = np.full(runs, np.nan), np.full(runs, np.nan)
    for run in range(runs):
        try:
            scan = scan_change(counts[run], design.first_days, design.last_days)
        except InsufficientEvidence:
            continue
        p_values = change_date_p_values(scan, sizes=sizes_in(world), replicates=_REPLICATES, rng=rng)
        in_set = p_values > 1 - LEVEL
        inside[run], width[run] = in_set[where], lengths[in_set].sum()
    return Trials(covered=inside[:, None], width=width)


def no_step(
    rng: np.random.Generator, runs: int, *, shape: Shape, world: World, intervals: int | None, per_day: float | None
) -> Trials:
    """Try the test of one step where there is none: held where it is not rejected."""
    design = design_of(intervals, persons_per_day=per_day)
    counts = counts_of(sums_of(daily_rates(shape, design), design), runs=runs, world=world, rng=rng)
    p_values = np.full(runs, np.nan)
    for run in range(runs):
        try:
            scan = scan_change(counts[run], design.first_days, design.last_days)
        except InsufficientEvidence:
            continue
        test = change_test(scan, sizes=sizes_in(world), level=LEVEL, replicates=_REPLICATES, rng=rng)
        p_values[run] = test.p_value
    return kept(p_values)


def _date_setting(design: str, ratio: float, world: World, *, runs: int, quick_runs: int = 0) -> Setting:
    intervals, per_day = _DESIGNS[design]
    return Setting(
        name=f"step to {ratio:g}, {design}, {WORLD_WORDS[world]}",
        world=WORLD_WORDS[world],
        simulate=partial(date_set, ratio=ratio, world=world, intervals=intervals, per_day=per_day),
        runs=runs,
        quick_runs=quick_runs,
    )


def _test_setting(design: str, shape: Shape, world: World, *, runs: int, quick_runs: int = 0) -> Setting:
    intervals, per_day = _DESIGNS[design]
    return Setting(
        name=f"{SHAPE_WORDS[shape]}, {design}, {WORLD_WORDS[world]}",
        world=WORLD_WORDS[world],
        simulate=partial(no_step, shape=shape, world=world, intervals=intervals, per_day=per_day),
        runs=runs,
        quick_runs=quick_runs,
    )


METHODS = (
    Method(
        name="set of the date of one step",
        rule="exact",
        modules=("analysis.stats.change_points",),
        settings=(
            _date_setting(_TWELVE, 0.4, "accidents", runs=200, quick_runs=8),
            _date_setting(_TWELVE, 0.1, "accidents", runs=200),
            _date_setting(_TWELVE, 0.4, "clumps", runs=200),
        ),
    ),
    Method(
        name="test of one step, none taken for one",
        rule="exact",
        modules=("analysis.stats.change_points",),
        settings=(
            _test_setting(_STUDY, "steady", "accidents", runs=200),
            _test_setting(_STUDY, "wavy", "accidents", runs=200),
            _test_setting(_STUDY, "steady", "clumps", runs=200),
            _test_setting(_TWELVE, "steady", "accidents", runs=1000, quick_runs=40),
        ),
    ),
)
