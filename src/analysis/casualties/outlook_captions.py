"""Titles, captions, descriptions, drawn numbers and sources of the outlook's figures."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.casualties.captions import COMPLETE, OTHERS, FigureText, FigureWords, day
from analysis.casualties.outlook import BASELINE, DAMPED, LOG_LINEAR, YEAR_DAYS, last_365_days
from analysis.casualties.outlook_scores import WINDOW_TOLERANCE
from analysis.casualties.study import CasualtySeries

LABELS: Final = {
    BASELINE: "rate of last 365 days",
    LOG_LINEAR: "log-linear trend",
    DAMPED: "damped trend",
}
_NO_CALIBRATION: Final = "Windows overlap: k of n is a count, not a coverage rate."


def seen_last_year(series: CasualtySeries) -> pd.DataFrame:
    """Return the casualties of the last 365 days, cumulated from 0 at their start: date, casualties."""
    intervals = series.intervals
    end = intervals["end"].iloc[-1]
    start = end - pd.Timedelta(days=YEAR_DAYS)
    before = intervals["casualties"].sum() - last_365_days(intervals)
    totals = intervals["casualties"].cumsum() - before
    inside = intervals["end"] > start
    first = pd.DataFrame({"date": [start], "casualties": [0.0]})
    later = pd.DataFrame({"date": intervals.loc[inside, "end"], "casualties": totals[inside].astype(float)})
    return pd.concat([first, later], ignore_index=True)


def fan_words(series: CasualtySeries, ahead: pd.DataFrame, *, dispersion: float) -> FigureWords:
    """Return what is written on the fan of the next twelve months."""
    end = series.intervals["end"].iloc[-1]
    last = ahead.groupby("model", sort=False).tail(1).set_index("model")
    base, trend = last.loc[BASELINE], last.loc[LOG_LINEAR]
    return FigureWords(
        message=f"Next 12 months: {base['low_95']} to {base['high_95']} casualties if the last year's rate goes on, "
        f"{trend['low_95']} to {trend['high_95']} if the trend does",
        detail="Black: casualties registered, counted from zero a year before. Blue: casualties to come, counted from "
        f"zero on {day(end)}.\nNumber: median with 95 % prediction interval. Projections under stated conditions; none "
        "is preferred.",
        note=f"{len(series.sources)} pages to {day(series.period.end)}; n = {len(series.intervals)} intervals; "
        f"dispersion {dispersion:.2g}. {OTHERS}",
    )


def fan_text(series: CasualtySeries, seen: pd.DataFrame, ahead: pd.DataFrame) -> FigureText:
    """Return the text of the fan of the next twelve months."""
    end = series.intervals["end"].iloc[-1]
    last = ahead.groupby("model", sort=False).tail(1)
    spoken = "; ".join(
        f"{LABELS[row['model']]}: median {row['median']}, 95 % {row['low_95']} to {row['high_95']}"
        for row in last.to_dict("records")
    )
    caption = (
        f"Casualties of the {YEAR_DAYS} days after {day(end)} under three conditions, as predictive distributions "
        f"(NB1, uncertainty of the rate included), beside the last {YEAR_DAYS} days. {spoken}. The conditions are "
        f"assumptions; past scores are in the next figure. {COMPLETE} {OTHERS}"
    )
    alt = (
        f"A black staircase of the last year ends at {last_365_days(series.intervals):.0f}; a blue fan then starts at "
        f"zero and widens over twelve months. Bars at the end show each model. {spoken}."
    )
    drawn = pd.concat([seen.assign(series="registered"), ahead.assign(series="predicted")], ignore_index=True)
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=series.sources)


def scores_words(series: CasualtySeries, score: pd.DataFrame) -> FigureWords:
    """Return what is written on the figure of past scores."""
    return FigureWords(
        message=_scores_message(score),
        detail="Forecasts made at past printed dates for windows that end on a printed date, scored against what was "
        f"registered in them.\nA window stands for a horizon if its length is within {100 * WINDOW_TOLERANCE:g} % of "
        f"it. {_NO_CALIBRATION}",
        note=f"{len(series.sources)} pages to {day(series.period.end)}. Past intervals as reconciled from all printed "
        f"since. {OTHERS}",
    )


def scores_text(series: CasualtySeries, scored: pd.DataFrame, score: pd.DataFrame) -> FigureText:
    """Return the text of the figure of past scores."""
    spoken = "; ".join(
        f"{row['horizon_months']} months, {row['model']}: mean {row['mean_wis']:.3g}, inside 95 % {row['inside_95']}"
        for row in score.to_dict("records")
    )
    caption = (
        f"Weighted interval scores (Bracher et al. 2021) of {len(scored)} forecasts by three models at past printed "
        f"dates. {spoken}. {_NO_CALIBRATION} {COMPLETE} {OTHERS}"
    )
    alt = f"Panels for horizons with a row of marks a model; a bar is the mean. {spoken}."
    columns = ["horizon_months", "origin", "end", "days", "casualties", "model", "median", "wis"]
    drawn = pd.concat([scored[columns].assign(series="window"), score.assign(series="mean")], ignore_index=True)
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=series.sources)


def _scores_message(score: pd.DataFrame) -> str:
    """Return which model has the lowest mean score at each horizon, and on how many windows without overlap."""
    best = score.loc[score.groupby("horizon_months")["mean_wis"].idxmin()]
    if (best["model"] == best["model"].iloc[0]).all():
        months, apart = (_listing(best[name]) for name in ("horizon_months", "without_overlap"))
        return f"Lowest mean score: {best['model'].iloc[0]}, at {months} months; {apart} windows without overlap"
    parts = ", ".join(f"{row['horizon_months']} months {LABELS[row['model']]}" for row in best.to_dict("records"))
    return f"Lowest mean score: {parts}"


def _listing(numbers: pd.Series[int]) -> str:
    texts = [str(number) for number in numbers]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
