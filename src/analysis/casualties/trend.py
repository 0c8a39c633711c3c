"""Trend of the casualty rate: per cent change per year on the interval integrals of a log-linear rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analysis.casualties.increments import after_first_year, after_first_year_words, day_numbers
from analysis.errors import InsufficientEvidence
from analysis.estimate import Period
from analysis.stats.interval_counts import Family, LogLinearFit, fit_log_linear

HEADLINE: Final[Family] = "quasi-poisson"
FAMILIES: Final[tuple[Family, ...]] = ("quasi-poisson", "poisson", "nb1", "nb2")
FAMILY_WORDS: Final[Mapping[Family, str]] = {
    "quasi-poisson": "quasi-Poisson",
    "poisson": "Poisson",
    "nb1": "negative binomial with variance proportional to the mean (NB1)",
    "nb2": "negative binomial with variance mean + alpha mean squared (NB2)",
}


def fit_trend(intervals: pd.DataFrame, *, level: float, family: Family = HEADLINE) -> LogLinearFit:
    """Return the log-linear fit to the casualties of the intervals.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than three intervals, or no casualty in them.
    """
    if intervals.empty:
        raise InsufficientEvidence("a trend needs at least 3 intervals, got 0")
    return fit_log_linear(
        intervals["casualties"].to_numpy(),
        day_numbers(intervals["start"]),
        day_numbers(intervals["end"]),
        family=family,
        level=level,
    )


def trend_table(intervals: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Return the change per year by every family, over all intervals and without those that begin in the first year.

    Returns
    -------
    DataFrame
        One row a fit: intervals, family, n, casualties, change_per_year (share: -0.2 is a fall of 20 per cent), low,
        high, dispersion (variance over mean; for nb2 the alpha, which belongs to these interval lengths only), or why
        there is no fit.
    """
    samples: Mapping[str, pd.DataFrame] = {
        "all": intervals,
        after_first_year_words(intervals): after_first_year(intervals),
        "without marked intervals": intervals[~intervals["marked"]] if "marked" in intervals else intervals.iloc[:0],
    }
    rows = [
        {"intervals": name, "family": family, "n": len(sample), **_fitted(sample, family=family, level=level)}
        for name, sample in samples.items()
        for family in FAMILIES
        if len(sample)
    ]
    return pd.DataFrame(rows)


def trend_line(fit: LogLinearFit | InsufficientEvidence, *, period: Period, level: float) -> pd.DataFrame:
    """Return the fitted rate and its band every ten days: date, rate_per_30d, low, high; empty without a fit."""
    columns = ["date", "rate_per_30d", "low", "high"]
    if isinstance(fit, InsufficientEvidence):
        return pd.DataFrame(columns=columns)
    dates = pd.Series(pd.date_range(period.start, period.end, freq="10D"))
    days = day_numbers(dates)
    low, high = fit.rate_band_per_30d(days, level=level)
    return pd.DataFrame({"date": dates, "rate_per_30d": fit.rate_per_30d(days), "low": low, "high": high})


def _fitted(sample: pd.DataFrame, *, family: Family, level: float) -> dict[str, object]:
    try:
        fit = fit_trend(sample, level=level, family=family)
    except InsufficientEvidence as reason:
        return {"casualties": int(sample["casualties"].sum()), "not_estimated": str(reason)}
    return {
        "casualties": int(sample["casualties"].sum()),
        "change_per_year": fit.change_per_year,
        "low": fit.change_per_year_interval.low,
        "high": fit.change_per_year_interval.high,
        "dispersion": fit.dispersion,
        "not_estimated": "",
    }
