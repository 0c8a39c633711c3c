"""Estimates from the casualty series: totals, rates, change per year, dispersion, late registration."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analysis.casualties import scope
from analysis.casualties.accidents import accident_sizes
from analysis.casualties.increments import DAYS_OF_RATE
from analysis.casualties.occurred import BY_DIFFERENCE
from analysis.casualties.open_ends import ends_open
from analysis.casualties.running_totals import RANGE_LABEL
from analysis.casualties.study import CasualtyTrends
from analysis.casualties.trend import FAMILY_WORDS, fit_trend
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union
from analysis.evidence import Evidence
from analysis.stats.interval_counts import LogLinearFit
from analysis.stats.rates import overdispersed_limits, poisson_interval, size_dispersion_interval

COMPLETE_COUNT = (
    "complete counts by one authority: the interval is for the underlying process and does not contain counting error"
)
RECONCILED = "the path of whole numbers that never falls and disagrees least with the printed figures"
LOG_LINEAR = "the rate changes by the same percentage every year; counting practice does not change"
CLUSTERED = "variance of persons proportional to the mean, by the larger of residual and accident-size dispersion"


def registered_count(study: CasualtyTrends, quantity: str) -> Estimate:
    """Return the last value of the reconciled path: "total", "killed" or "injured".

    Where only lower bounds are printed for the last date the words say "at least" and the interval has no upper end.
    """
    end = study.registered.path.iloc[-1]
    unbounded = ends_open(study.registered, quantity)
    words = {"total": "casualties", "killed": "persons killed", "injured": "persons injured"}[quantity]
    least = f", at least: no printed figure bounds it from above on {end['date'].date()}" if unbounded else ""
    return Estimate(
        quantity=f"{words} registered since {scope.COUNT_START.isoformat()}{least}",
        value=float(end[quantity]),
        unit="persons",
        interval=Interval(
            low=float(end[f"{quantity}_low_5"]),
            high=math.inf if unbounded else float(end[f"{quantity}_high_5"]),
            kind=IntervalKind.SCENARIO,
        ),
        method=f"{RECONCILED}; interval: {RANGE_LABEL} (within 5 % of the least disagreement)",
        n=int(study.registered.figures["vote"].sum()),
        n_unit="printed figures, one vote an originator, figure and date",
        period=Period(start=scope.COUNT_START, end=end["date"].date()),
        geography=scope.GEOGRAPHY,
        sources=study.sources,
        assumptions=("running totals do not fall", "figures named Azerbaijan and regained districts are one count"),
    )


def rate(study: CasualtyTrends, intervals: pd.DataFrame, name: str) -> Estimate:
    """Return the rate over the intervals together, with the wider of its two intervals.

    Parameters
    ----------
    study
        The series.
    intervals
        Neighbouring intervals of it.
    name
        What they are, in words; their days and dates are added.
    """
    count, days = int(intervals["casualties"].sum()), int(intervals["days"].sum())
    level, exposure = study.choices.confidence_level, days / DAYS_OF_RATE
    low, high = overdispersed_limits([count], [exposure], dispersion=study.dispersion, level=level)
    plain = poisson_interval(count, exposure=exposure, level=level)
    kinds = " and ".join(sorted(set(intervals["kind"])))
    start, end = intervals["start"].iloc[0].date(), intervals["end"].iloc[-1].date()
    return Estimate(
        quantity=f"casualties per 30 days, {name}: {days} days from {start} to {end} ({kinds})",
        value=count / exposure,
        unit="casualties per 30 days",
        interval=Interval(
            low=min(float(low[0]), plain.low),
            high=max(float(high[0]), plain.high),
            kind=IntervalKind.CONFIDENCE,
            level=level,
        ),
        method=f"count over {days} days; Garwood's interval with dispersion {study.dispersion:.3g}; "
        f"exact Poisson would be {plain.low:.3g} to {plain.high:.3g}",
        n=count,
        n_unit="casualties",
        period=Period(start=start, end=end),
        geography=scope.GEOGRAPHY,
        sources=study.sources,
        assumptions=(COMPLETE_COUNT, CLUSTERED),
    )


def change_per_year(study: CasualtyTrends, intervals: pd.DataFrame, name: str) -> Estimate:
    """Return the change per year by the study's family over the intervals, named in words; raises as the fit does."""
    fit = fit_trend(intervals, level=study.choices.confidence_level, family=study.choices.trend_family)
    return trend_estimate(
        fit,
        quantity=f"relative change of the casualty rate per year, {name}",
        intervals=intervals,
        sources=study.sources,
    )


def trend_estimate(fit: LogLinearFit, *, quantity: str, intervals: pd.DataFrame, sources: tuple[str, ...]) -> Estimate:
    """Return a log-linear fit as an estimate of the relative change per year (share)."""
    return Estimate(
        quantity=quantity,
        value=fit.change_per_year,
        unit="share per year",
        interval=fit.change_per_year_interval,
        method=f"{FAMILY_WORDS[fit.family]}, log-linear rate on interval integrals, {_spread_words(fit)}",
        n=fit.n,
        n_unit="intervals",
        period=Period(start=intervals["start"].iloc[0].date(), end=intervals["end"].iloc[-1].date()),
        geography=scope.GEOGRAPHY,
        sources=sources,
        assumptions=(COMPLETE_COUNT, LOG_LINEAR),
    )


def _spread_words(fit: LogLinearFit) -> str:
    """Return the dispersion of a fit and the law of its interval in words."""
    if math.isinf(fit.degrees_of_freedom):
        return "variance equal to the mean, normal law"
    name = "alpha" if fit.family == "nb2" else "dispersion"
    return f"{name} {fit.dispersion:.3g}, Student's t with {fit.degrees_of_freedom:g} degrees of freedom"


def residual_dispersion(study: CasualtyTrends) -> Estimate:
    """Return the variance over mean left around the trend, or raise why there is no trend."""
    if isinstance(study.trend, InsufficientEvidence):
        raise study.trend
    return estimate_of(
        study,
        quantity="dispersion of casualties around the trend (variance over mean)",
        value=study.residual_dispersion,
        unit="variance over mean",
        method="Pearson's chi-square over its degrees of freedom",
        n=len(study.intervals),
        n_unit="intervals",
        sources=study.sources,
    )


def accident_size_dispersion(evidence: Evidence, study: CasualtyTrends, rng: np.random.Generator) -> Estimate:
    """Return the variance over mean that the sizes of listed accidents imply, with a bootstrap interval."""
    sizes = accident_sizes(evidence, period=study.period)
    interval = size_dispersion_interval(sizes, level=study.choices.confidence_level, rng=rng)
    table = evidence.table("accidents")
    return estimate_of(
        study,
        quantity="dispersion of casualties implied by the sizes of listed accidents (E[x^2] / E[x])",
        value=study.size_dispersion,
        unit="variance over mean",
        interval=interval,
        method="compound Poisson; percentile bootstrap of accidents",
        n=len(sizes),
        n_unit="listed accidents with a casualty",
        sources=sorted_union(table["source_id"]),
        assumptions=("the list over-represents large accidents, which makes this dispersion too large",),
    )


def registered_beyond_closed_count(study: CasualtyTrends) -> Estimate:
    """Return how many casualties at least were registered in a rest of a year beyond what its closed count leaves."""
    years = study.years
    if years.empty or "rest_from" not in years or years["rest_from"].isna().all():
        raise InsufficientEvidence("no closed count of a calendar year can be held against the running totals")
    row = years[years["rest_from"].notna()].sort_values(["year", "row_id"]).iloc[-1]
    if row["rest_registered_low"] < 0:
        raise InsufficientEvidence(
            f"the running totals read reach fewer casualties by {row['year']}-12-31 than the list of closed periods by "
            f"{row['rest_from'].date()}, so what was registered in between is not known"
        )
    low = float(row["rest_registered_low"] - row["rest_closed_high"])
    high = float(row["rest_registered_high"] - row["rest_closed_low"])
    return estimate_of(
        study,
        quantity=f"casualties registered from {row['rest_from'].date()} to {row['year']}-12-31 beyond those the closed "
        f"count of {row['year']} leaves for these days (least number)",
        value=low,
        unit="persons",
        interval=Interval(low=low, high=high, kind=IntervalKind.BOUND),
        method="arithmetic: increment of the registered path less (count of the year less the list's periods in it)",
        n=int(row["rest_registered_low"]),
        n_unit="casualties registered in these days",
        sources=sorted_union(study.sources, [row["source_id"]]),
        period=Period(start=row["rest_from"].date(), end=pd.Timestamp(f"{row['year']}-12-31").date()),
        assumptions=(
            "both offices count the same casualties; a different definition would explain the difference too",
            *_by_difference_words(study),
        ),
    )


def _by_difference_words(study: CasualtyTrends) -> tuple[str, ...]:
    """Return the assumption behind what comes by difference, in words; none where nothing does."""
    rows = study.occurred[study.occurred["basis"] == BY_DIFFERENCE]
    return tuple(
        f"the {row['casualties']} casualties that come by difference occurred from {row['start'].date()} to "
        f"{row['end'].date()}; no list gives them"
        for row in rows.to_dict("records")
    )


def estimate_of(
    study: CasualtyTrends,
    *,
    quantity: str,
    value: float,
    unit: str,
    method: str,
    n: int,
    n_unit: str,
    sources: tuple[str, ...],
    interval: Interval | None = None,
    period: Period | None = None,
    assumptions: tuple[str, ...] = (),
) -> Estimate:
    """Return an estimate of the study's place and, unless another is given, of its period."""
    return Estimate(
        quantity=quantity,
        value=value,
        unit=unit,
        interval=interval,
        method=method,
        n=n,
        n_unit=n_unit,
        period=period or study.period,
        geography=scope.GEOGRAPHY,
        sources=sources,
        assumptions=assumptions,
    )
