"""Calibration of the outlook: how often the prediction interval of the next 365 days holds the count that comes."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pandas as pd

from analysis.calibration.settings import LEVEL, Method, Setting
from analysis.calibration.shapes import known_dispersion, sums_of
from analysis.calibration.trials import Trials, held
from analysis.calibration.worlds import WORLD_WORDS, WORLDS, Design, FloatArray, IntArray, World, counts_of, design_of
from analysis.casualties.outlook import (
    BASELINE,
    DAMPED,
    HALF_LIFE_DAYS,
    LOG_LINEAR,
    MODELS,
    YEAR_DAYS,
    Past,
    drawn_counts,
    quantiles_of,
)
from analysis.casualties.scope import COUNT_START
from analysis.casualties.trend import fit_trend
from analysis.errors import InsufficientEvidence
from analysis.stats.interval_score import central_quantile_levels

_DRAWS = 2000  # of the predictive distribution; the study draws ten times as many
_TRUTH_WORDS: dict[str, str] = {
    BASELINE: "constant rate",
    LOG_LINEAR: "log-linear rate that goes on",
    DAMPED: "log-linear rate that fades out after the last day",
}


def next_year(rng: np.random.Generator, runs: int, *, model: str, truth: str, world: World, level: float) -> Trials:
    """Try the prediction interval of the count of the 365 days after the study's intervals.

    Parameters
    ----------
    model
        Of the outlook.
    truth
        The model the rate follows in truth: before the last day that of the study's trend, or constant.
    """
    design = design_of(None)
    daily = true_rates(truth, design)
    past_days = int(design.last_days[-1] - design.first_days[0]) + 1
    means = np.append(sums_of(daily[:past_days], design), daily[past_days:].sum())
    counts = counts_of(means, runs=runs, world=world, rng=rng)
    ends = np.full((runs, 2), np.nan)
    for run in range(runs):
        try:
            past = _past(counts[run, :-1], design, dispersion=known_dispersion(world))
        except InsufficientEvidence:
            continue
        window = np.array([YEAR_DAYS], dtype=np.int64)
        drawn = drawn_counts(past, model=model, window_days=window, runs=_DRAWS, rng=rng)
        quantiles = quantiles_of(drawn, central_quantile_levels((level,)))[:, 0]
        ends[run] = quantiles[0], quantiles[-1]
    return held(ends[:, 0], ends[:, 1], counts[:, -1])


def true_rates(truth: str, design: Design) -> FloatArray:
    """Return expected persons a day from the first day of a design to a year after its last."""
    days = np.arange(design.first_days[0], design.last_days[-1] + 1 + YEAR_DAYS) + 0.5
    end = float(design.last_days[-1] + 1)
    if truth == BASELINE:
        return np.full(days.size, math.exp(design.log_rate))
    ahead = np.maximum(days - end, 0.0)
    if truth == DAMPED:
        fading = math.log(2) / HALF_LIFE_DAYS
        ahead = -np.expm1(-fading * ahead) / fading
    middle = (design.first_days[0] + end) / 2
    return np.asarray(np.exp(design.log_rate + design.slope * (np.minimum(days, end) + ahead - middle)))


def _past(counts: IntArray, design: Design, *, dispersion: float) -> Past:
    """Return what a forecast is made from, as the outlook makes it: the larger of three dispersions."""
    before = pd.Timestamp(COUNT_START) - pd.Timedelta(days=1)
    intervals = pd.DataFrame(
        {
            "start": before + pd.to_timedelta(design.first_days, unit="D"),
            "end": before + pd.to_timedelta(design.last_days, unit="D"),
            "days": design.last_days - design.first_days + 1,
            "casualties": counts,
        }
    )
    return Past(intervals=intervals, dispersion=max(1.0, fit_trend(intervals, level=LEVEL).dispersion, dispersion))


def _setting(model: str, truth: str, world: World, level: float, *, quick_runs: int = 0) -> Setting:
    return Setting(
        name=f"{100 * level:g} % interval, {_TRUTH_WORDS[truth]}, {WORLD_WORDS[world]}",
        world=WORLD_WORDS[world],
        simulate=partial(next_year, model=model, truth=truth, world=world, level=level),
        runs=200,  # a fit and 2,000 draws in every run
        quick_runs=quick_runs,
        level=level,
    )


def _method(model: str) -> Method:
    other = LOG_LINEAR if model == BASELINE else BASELINE
    return Method(
        name=f"count of the next 365 days, {model}",
        rule="approximate",
        modules=("analysis.stats.forecast", "analysis.stats.interval_counts"),
        settings=(
            *(_setting(model, model, world, LEVEL, quick_runs=15 if world == "accidents" else 0) for world in WORLDS),
            _setting(model, other, "accidents", LEVEL),
        ),
    )


METHODS = tuple(_method(model) for model in MODELS)
