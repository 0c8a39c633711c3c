"""Calibration of the bands of the smooth rate, along the curve and at its worst day."""

from __future__ import annotations

from functools import partial

import numpy as np

from analysis.calibration.settings import LEVEL, Method, Setting
from analysis.calibration.shapes import SHAPE_WORDS, Shape, daily_rates, known_dispersion, sums_of
from analysis.calibration.trials import Trials, held_along
from analysis.calibration.worlds import WORLD_WORDS, World, counts_of, design_of
from analysis.errors import InsufficientEvidence
from analysis.stats.smooth_intensity import Criterion, smooth_intensities

_WORLDS: tuple[tuple[Shape, World], ...] = (
    ("steady", "accidents"),
    ("step", "accidents"),
    ("wavy", "accidents"),
    ("steady", "clumps"),
)
_QUICK: tuple[Shape, World] = ("step", "accidents")


def smooth_band(rng: np.random.Generator, runs: int, *, criterion: Criterion, shape: Shape, world: World) -> Trials:
    """Try the pointwise band of the smooth rate on every day of the study's intervals.

    As in the study, the penalty is chosen anew in every run, with the dispersion that accident sizes imply.
    """
    design = design_of(None)
    daily = daily_rates(shape, design)
    counts = counts_of(sums_of(daily, design), runs=runs, world=world, rng=rng)
    low, high = np.full((2, runs, daily.size), np.nan)
    for run in range(runs):
        try:
            curves = smooth_intensities(
                counts[run], design.first_days, design.last_days, dispersion=known_dispersion(world)
            )
        except InsufficientEvidence:
            continue
        _, low[run], high[run] = curves[criterion].band_per_30d(level=LEVEL)
    return held_along(low, high, 30 * daily)


def _method(criterion: Criterion) -> Method:
    return Method(
        name=f"band of the smooth rate, penalty by {criterion.upper()}",
        rule="approximate",
        modules=("analysis.stats.smooth_intensity",),
        settings=tuple(
            Setting(
                name=f"{SHAPE_WORDS[shape]}, {WORLD_WORDS[world]}",
                world=WORLD_WORDS[world],
                simulate=partial(smooth_band, criterion=criterion, shape=shape, world=world),
                runs=100,  # a penalty is chosen among 33 in every run
                quick_runs=3 if (shape, world) == _QUICK else 0,
            )
            for shape, world in _WORLDS
        ),
    )


METHODS = (_method("bic"), _method("aic"))
