"""Calibration of the log-linear trend by family, on the study's own intervals and on equal ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from analysis.calibration.settings import LEVEL, Method, Setting
from analysis.calibration.trials import Trials, held
from analysis.calibration.worlds import WORLD_WORDS, WORLDS, World, counts_of, design_of
from analysis.errors import InsufficientEvidence
from analysis.stats.interval_counts import DAYS_PER_YEAR, Family, fit_log_linear

_DESIGNS: dict[str, tuple[int | None, float | None]] = {
    "the study's intervals and rate": (None, None),
    "6 equal intervals, 0.2 persons a day": (6, 0.2),
    "12 equal intervals, 0.2 persons a day": (12, 0.2),
    "12 equal intervals, 0.05 persons a day": (12, 0.05),
    "40 equal intervals, 0.2 persons a day": (40, 0.2),
}

_FEW = tuple(_DESIGNS)[:3]  # a maximum of the likelihood takes ten times as long
_FEWEST = tuple(_DESIGNS)[:1]
_QUICK = ("the study's intervals and rate",)


def trend(
    rng: np.random.Generator,
    runs: int,
    *,
    family: Family,
    world: World,
    intervals: int | None,
    persons_per_day: float | None,
) -> Trials:
    """Try the interval for the relative change per year of a rate that is log-linear in truth."""
    design = design_of(intervals, persons_per_day=persons_per_day)
    counts = counts_of(design.means, runs=runs, world=world, rng=rng)
    ends = np.full((runs, 2), np.nan)
    for run in range(runs):
        try:
            fit = fit_log_linear(counts[run], design.first_days, design.last_days, family=family, level=LEVEL)
        except InsufficientEvidence:
            continue
        ends[run] = fit.change_per_year_interval.low, fit.change_per_year_interval.high
    return held(ends[:, 0], ends[:, 1], float(np.expm1(DAYS_PER_YEAR * design.slope)))


def _method(
    family: Family,
    *,
    quick_runs: int,
    designs: Sequence[str] = tuple(_DESIGNS),
    in_clumps: Sequence[str] = tuple(_DESIGNS),
) -> Method:
    settings = tuple(
        Setting(
            name=f"{words}, {WORLD_WORDS[world]}",
            world=WORLD_WORDS[world],
            simulate=partial(trend, family=family, world=world, intervals=intervals, persons_per_day=per_day),
            quick_runs=quick_runs if words in _QUICK else 0,
        )
        for world in WORLDS
        for words in (in_clumps if world == "clumps" else designs)
        for intervals, per_day in [_DESIGNS[words]]
    )
    return Method(
        name=f"change per year, {family}",
        rule="approximate",
        modules=("analysis.stats.interval_counts",),
        settings=settings,
    )


METHODS = (
    _method("quasi-poisson", quick_runs=100),
    _method("poisson", quick_runs=100),
    _method("nb1", quick_runs=15, designs=_FEW, in_clumps=_FEWEST),
    _method("nb2", quick_runs=15, designs=_FEW, in_clumps=_FEWEST),
)
