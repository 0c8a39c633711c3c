"""Estimates whose unit is the accident: registered number, last rate, change per year."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.casualties import scope
from analysis.casualties.accidents import accident_intervals, accident_path, accident_totals
from analysis.casualties.estimates import COMPLETE_COUNT, RECONCILED, estimate_of, trend_estimate
from analysis.casualties.increments import day_numbers
from analysis.casualties.running_totals import RANGE_LABEL
from analysis.casualties.study import CasualtyTrends
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union
from analysis.evidence import Evidence
from analysis.stats.interval_counts import fit_log_linear

ACCIDENT_INTERVAL_DAYS: Final = 90
"""Numbers of accidents are published at long intervals; shorter ones are merged to this length."""


def accident_series(evidence: Evidence, study: CasualtyTrends) -> pd.DataFrame:
    """Return accidents between dated totals with exact Poisson rates; see :func:`accidents.accident_intervals`."""
    totals = _totals(evidence, study)
    return accident_intervals(
        accident_path(totals, inexact_rows=study.choices.inexact_rows, stale_rows=study.choices.stale_rows),
        study.occurred,
        study.registered,
        period=study.period,
        minimum_interval_days=max(ACCIDENT_INTERVAL_DAYS, study.choices.minimum_interval_days),
        level=study.choices.confidence_level,
    )


def accidents_registered(evidence: Evidence, study: CasualtyTrends) -> Estimate:
    """Return the last reconciled number of accidents."""
    totals = _totals(evidence, study)
    path = accident_path(totals, inexact_rows=study.choices.inexact_rows, stale_rows=study.choices.stale_rows)
    end = path.path.iloc[-1]
    return estimate_of(
        study,
        quantity=f"accidents registered since {scope.COUNT_START.isoformat()}",
        value=float(end["total"]),
        unit="accidents",
        interval=Interval(low=float(end["total_low_5"]), high=float(end["total_high_5"]), kind=IntervalKind.SCENARIO),
        method=f"{RECONCILED}; interval: {RANGE_LABEL}",
        n=int(path.figures["vote"].sum()),
        n_unit="printed figures",
        sources=path.sources,
        period=Period(start=scope.COUNT_START, end=end["date"].date()),
    )


def last_accident_rate(evidence: Evidence, study: CasualtyTrends) -> Estimate:
    """Return accidents per 30 days in the last interval between two printed numbers, exact Poisson."""
    last = accident_series(evidence, study).iloc[-1]
    return estimate_of(
        study,
        quantity="accidents per 30 days, last interval between two printed numbers",
        value=float(last["rate_per_30d"]),
        unit="accidents per 30 days",
        interval=Interval(
            low=float(last["low"]),
            high=float(last["high"]),
            kind=IntervalKind.CONFIDENCE,
            level=study.choices.confidence_level,
        ),
        method="Garwood (1936), exact Poisson",
        n=int(last["accidents"]),
        n_unit="accidents",
        sources=sorted_union(_totals(evidence, study)["source_id"]),
        period=Period(start=last["start"].date(), end=last["end"].date()),
        assumptions=(COMPLETE_COUNT,),
    )


def accident_change_per_year(evidence: Evidence, study: CasualtyTrends) -> Estimate:
    """Return the quasi-Poisson change of the accident rate per year."""
    intervals = accident_series(evidence, study)
    fit = fit_log_linear(
        intervals["accidents"].to_numpy(),
        day_numbers(intervals["start"]),
        day_numbers(intervals["end"]),
        family="quasi-poisson",
        level=study.choices.confidence_level,
    )
    return trend_estimate(
        fit,
        quantity="relative change of the accident rate per year",
        intervals=intervals,
        sources=sorted_union(_totals(evidence, study)["source_id"]),
    )


def _totals(evidence: Evidence, study: CasualtyTrends) -> pd.DataFrame:
    return accident_totals(evidence, period_end=study.period.end, exclude_originators=study.choices.exclude_originators)
