"""The outlook's numbers, by key, and the sentences that go with its tables."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.casualties import scope
from analysis.casualties.estimates import COMPLETE_COUNT
from analysis.casualties.headline import Headline
from analysis.casualties.outlook import BASELINE, DAMPED, HALF_LIFE_DAYS, LOG_LINEAR, YEAR_DAYS, last_365_days
from analysis.casualties.study import CasualtySeries
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period

KEYS: Final = {
    BASELINE: "next_12_months",
    LOG_LINEAR: "next_12_months_log_linear",
    DAMPED: "next_12_months_damped",
}
SCORE_KEYS: Final = {
    LOG_LINEAR: "score_over_baseline_12_months_log_linear",
    DAMPED: "score_over_baseline_12_months_damped",
}
_GOES_ON: Final = {
    BASELINE: "the rate of the last 365 days goes on",
    LOG_LINEAR: "the rate goes on changing by the same percentage every year",
    DAMPED: f"the change of the rate fades out, its slope halving every {HALF_LIFE_DAYS:g} days",
}
_DRAWN: Final = "number of casualties drawn around drawn expected ones, NB1"


def outlook_headline(
    series: CasualtySeries, ahead: pd.DataFrame, score: pd.DataFrame, *, dispersion: float
) -> Headline:
    """Return the predictions for the next 365 days, and the scores at twelve months or why there are none.

    Parameters
    ----------
    ahead
        As :func:`analysis.casualties.outlook.fan` returns it.
    score
        As :func:`analysis.casualties.outlook_scores.scores` returns it.
    dispersion
        Variance over mean used.
    """
    found = {key: _prediction(series, ahead, model, dispersion=dispersion) for model, key in KEYS.items()}
    reasons: dict[str, InsufficientEvidence] = {}
    for model, key in SCORE_KEYS.items():
        try:
            found[key] = _score(series, score, model)
        except InsufficientEvidence as reason:
            reasons[key] = reason
    return Headline(estimates=found, not_estimable=reasons)


def _prediction(series: CasualtySeries, ahead: pd.DataFrame, model: str, *, dispersion: float) -> Estimate:
    rows = ahead[ahead["model"] == model].sort_values("days")
    end, origin = rows.iloc[-1], series.intervals["end"].iloc[-1]
    level = 0.95
    seen = last_365_days(series.intervals)
    return Estimate(
        quantity=f"casualties of the {YEAR_DAYS} days after {origin.date()}, {model}",
        value=float(end["median"]),
        unit="persons",
        interval=Interval(
            low=float(end[f"low_{100 * level:g}"]),
            high=float(end[f"high_{100 * level:g}"]),
            kind=IntervalKind.PREDICTION,
            level=level,
        ),
        method=f"median and central interval of draws; {_DRAWN}, variance {dispersion:.3g} times the mean",
        n=round(seen) if model == BASELINE else len(series.intervals),
        n_unit=f"casualties of the last {YEAR_DAYS} days" if model == BASELINE else "intervals",
        period=Period(start=(origin + pd.Timedelta(days=1)).date(), end=end["date"].date()),
        geography=scope.GEOGRAPHY,
        sources=series.sources,
        assumptions=(_GOES_ON[model], "counting and registration do not change", COMPLETE_COUNT),
    )


def _score(series: CasualtySeries, score: pd.DataFrame, model: str) -> Estimate:
    rows = score[(score["horizon_months"] == 12) & (score["model"] == model)]
    if rows.empty:
        raise InsufficientEvidence("no window of about twelve months between printed dates can be scored")
    row = rows.iloc[0]
    return Estimate(
        quantity=f"mean weighted interval score over the baseline's, windows of about 12 months, {model}",
        value=float(row["wis_over_baseline"]),
        unit="ratio",
        interval=None,
        method="Bracher et al. (2021), rolling origins on windows between printed dates; below 1 is better than the "
        f"baseline; only {row['without_overlap']} of the windows share no day",
        n=int(row["windows"]),
        n_unit="windows, overlapping",
        period=series.period,
        geography=scope.GEOGRAPHY,
        sources=series.sources,
        assumptions=("past intervals as reconciled from all that was printed since, not as known at the time",),
    )


def last_year_sentence(series: CasualtySeries) -> str:
    """Return in words what the baseline rests on."""
    end = series.intervals["end"].iloc[-1]
    start = end - pd.Timedelta(days=YEAR_DAYS - 1)
    return (
        f"The {YEAR_DAYS} days from {start.date()} to {end.date()} hold {last_365_days(series.intervals):.3g} "
        "casualties (the interval they begin in is counted in proportion to its days)."
    )


def direction_sentence(score: pd.DataFrame) -> str:
    """Return in words in how many of the longest windows what came was above each model's median."""
    longest = score[score["horizon_months"] == score["horizon_months"].max()]
    counted = ", ".join(f"{row['model']} {row['came_above_median']}" for row in longest.to_dict("records"))
    return (
        f"Windows of about {longest['horizon_months'].iloc[0]} months in which what came was above the median: "
        f"{counted}; {longest['without_overlap'].iloc[0]} of the windows share no day."
    )
