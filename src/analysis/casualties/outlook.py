"""Casualties the next months may bring if the process goes on: three models, each a predictive distribution.

The rate of the last 365 days goes on (baseline); the log-linear trend goes on; the trend fades out. How such forecasts
would have done before is in :mod:`analysis.casualties.outlook_scores`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.casualties.accidents import accident_sizes
from analysis.casualties.increments import day_numbers, last_year
from analysis.casualties.study import CasualtySeries
from analysis.casualties.trend import fit_trend
from analysis.errors import InsufficientEvidence
from analysis.estimate import Period
from analysis.evidence import Evidence
from analysis.stats import forecast
from analysis.stats.interval_score import central_quantile_levels
from analysis.stats.rates import size_dispersion

BASELINE: Final = "rate of the last 365 days"
LOG_LINEAR: Final = "log-linear trend"
DAMPED: Final = "damped trend"
MODELS: Final = (BASELINE, LOG_LINEAR, DAMPED)

COVERED: Final = (0.5, 0.8, 0.95)
"""Levels of the central intervals that are shown and whose coverage is counted."""

YEAR_DAYS: Final = 365

HALF_LIFE_DAYS: Final = 182.0
"""Days in which the slope of the damped trend halves: a choice, half a year."""

RUNS: Final = 20_000

# A trend with its dispersion needs a few intervals more than its two parameters.
FEWEST_INTERVALS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Past:
    """What a forecast is made from: the intervals up to its origin and the dispersion they and accident sizes show."""

    intervals: pd.DataFrame
    dispersion: float

    @property
    def end(self) -> pd.Timestamp:
        """The origin: last day of the intervals."""
        return pd.Timestamp(self.intervals["end"].iloc[-1])


def past_of(series: CasualtySeries, evidence: Evidence, *, intervals: int | None = None) -> Past:
    """Return the first so many intervals of the series, all by default, with the dispersion known by their end.

    Raises
    ------
    InsufficientEvidence
        If there are too few intervals for a trend, or they cover less than a year.
    """
    seen = series.intervals.iloc[:intervals]
    if len(seen) < FEWEST_INTERVALS:
        raise InsufficientEvidence(
            f"an outlook needs at least {FEWEST_INTERVALS} intervals between printed dates, found {len(seen)}; "
            "choose a longer period or shorter intervals"
        )
    last_365_days(seen)
    residual = fit_trend(seen, level=series.choices.confidence_level).dispersion
    period = Period(start=series.period.start, end=seen["end"].iloc[-1].date())
    sizes = accident_sizes(evidence, period=period)
    listed = size_dispersion(sizes) if len(sizes) else 1.0
    return Past(intervals=seen, dispersion=max(1.0, residual, listed))


def last_365_days(intervals: pd.DataFrame) -> float:
    """Return the casualties of the last 365 days, the interval they begin in counted in proportion to its days.

    Raises
    ------
    InsufficientEvidence
        If the intervals cover less than 365 days.
    """
    year = last_year(intervals, days=YEAR_DAYS)
    over = int(year["days"].sum()) - YEAR_DAYS
    first = year.iloc[0]
    return float(year["casualties"].sum() - first["casualties"] * over / first["days"])


def drawn_counts(
    past: Past,
    *,
    model: str,
    window_days: NDArray[np.int64],
    runs: int,
    rng: np.random.Generator,
    half_life_days: float = HALF_LIFE_DAYS,
) -> NDArray[np.int64]:
    """Return casualties drawn for consecutive windows from the origin on: one row a run, one column a window.

    Parameters
    ----------
    model
        One of :data:`MODELS`.
    window_days
        Length of each window; the first begins on the day after the origin.
    half_life_days
        Of the damped trend.
    """
    means = expected_counts(
        past, model=model, window_days=window_days, runs=runs, rng=rng, half_life_days=half_life_days
    )
    return forecast.nb1_counts(means, dispersion=past.dispersion, rng=rng)


def expected_counts(
    past: Past,
    *,
    model: str,
    window_days: NDArray[np.int64],
    runs: int,
    rng: np.random.Generator,
    half_life_days: float = HALF_LIFE_DAYS,
) -> NDArray[np.float64]:
    """Return drawn expected casualties of consecutive windows, which carry the uncertainty of the rate only."""
    if model == BASELINE:
        return forecast.constant_rate_means(
            last_365_days(past.intervals),
            YEAR_DAYS,
            window_days,
            dispersion=past.dispersion,
            runs=runs,
            rng=rng,
        )
    end_day = int(day_numbers(past.intervals["end"])[-1])
    last = end_day + np.cumsum(window_days)
    first = last - window_days + 1
    fit = fit_trend(past.intervals, level=0.95)
    if model == LOG_LINEAR:
        return forecast.log_linear_means(fit, first, last, runs=runs, rng=rng)
    if model == DAMPED:
        return forecast.damped_means(
            fit, first, last, end_day=end_day, half_life_days=half_life_days, runs=runs, rng=rng
        )
    raise ValueError(f"model: one of {', '.join(MODELS)} is needed, got {model!r}")


def steps_of(*, days: int = YEAR_DAYS, step_days: int = 30) -> NDArray[np.int64]:
    """Return the lengths of consecutive windows of `step_days` that fill the days; the last one is the rest."""
    return np.diff(np.append(np.arange(0, days, step_days), days))


def fan(past: Past, *, seed: int, days: int = YEAR_DAYS, step_days: int = 30, runs: int = RUNS) -> pd.DataFrame:
    """Return quantiles of the casualties cumulated from the origin on, for every model.

    Returns
    -------
    DataFrame
        One row a model and date: model, date, days, median, and low and high ends of the central intervals of
        :data:`COVERED` (`low_50`, `high_50`, ...).
    """
    steps = steps_of(days=days, step_days=step_days)
    quantiles = central_quantile_levels(COVERED)
    tables = []
    for place, model in enumerate(MODELS):
        rng = np.random.default_rng([seed, place])
        counts = drawn_counts(past, model=model, window_days=steps, runs=runs, rng=rng).cumsum(axis=1)
        ends = quantiles_of(counts, quantiles)
        table = pd.DataFrame({"model": model, "days": steps.cumsum()})
        table["date"] = past.end + pd.to_timedelta(table["days"], unit="D")
        table["median"] = ends[len(COVERED)]
        for number, level in enumerate(COVERED, start=1):
            table[f"low_{100 * level:g}"] = ends[len(COVERED) - number]
            table[f"high_{100 * level:g}"] = ends[len(COVERED) + number]
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def compound_quantiles(
    past: Past, sizes: pd.Series[int], *, seed: int, levels: tuple[float, ...] = COVERED, runs: int = RUNS
) -> NDArray[np.int64]:
    """Return quantiles of the casualties of the next 365 days by the baseline with accidents of listed sizes.

    A compound Poisson count instead of NB1: accidents come one by one and each has the persons of a listed one.
    """
    rng = np.random.default_rng([seed, len(MODELS)])
    days = np.array([YEAR_DAYS], dtype=np.int64)
    means = expected_counts(past, model=BASELINE, window_days=days, runs=runs, rng=rng)
    counts = forecast.compound_counts(means, sizes.to_numpy(), rng=rng)
    return quantiles_of(counts, central_quantile_levels(levels))[:, 0]


def quantiles_of(counts: NDArray[np.int64], levels: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the smallest counts with at least each share of the draws at or below them, one row a level."""
    return np.asarray(np.quantile(counts, levels, axis=0, method="inverted_cdf"), dtype=np.int64)
