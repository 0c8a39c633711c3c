"""The study from the evidence to rates and trend, in order, with every choice as an argument."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Literal, get_args

import pandas as pd

from analysis.casualties import scope
from analysis.casualties.accidents import accident_sizes
from analysis.casualties.civilian_split import CivilianSplit, split_civilians
from analysis.casualties.increments import increments, with_rates
from analysis.casualties.late_registration import with_marks
from analysis.casualties.occurred import closed_chain, link_violations, with_remainder, year_check
from analysis.casualties.printed import InexactRows, StaleRows
from analysis.casualties.running_totals import RegisteredPath, reconcile
from analysis.casualties.trend import HEADLINE, fit_trend
from analysis.errors import InsufficientEvidence, ParameterError
from analysis.estimate import Period, sorted_union
from analysis.evidence import Evidence
from analysis.evidence.selection import check_originators
from analysis.stats.interval_counts import Family, LogLinearFit
from analysis.stats.rates import size_dispersion

EarlyCounts = Literal["occurred", "registered"]
"""What the first intervals are made of: a list of closed periods where there is one, or increments like all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a reader may decide.

    Parameters
    ----------
    period_start, period_end
        ISO dates; empty for the start of the count and the last date seen. Totals dated later than the end are not
        read; intervals that begin before the start are not shown or fitted.
    confidence_level
        Of every confidence interval.
    exclude_originators
        Their rows are not read.
    inexact_rows, stale_rows
        See :func:`analysis.casualties.printed.figures`.
    minimum_interval_days
        See :func:`analysis.casualties.increments.increments`.
    trend_family
        Law of the counts around the trend. The dispersion of rates is that of quasi-Poisson residuals whatever it is.
    early_counts
        "occurred": the list of closed periods of one page as far as it goes; "registered": increments of the
        registered path from the first day on.
    """

    period_start: str = "2020-11-10"
    period_end: str = ""
    confidence_level: float = 0.95
    exclude_originators: Collection[str] = ()
    inexact_rows: InexactRows = "as bounds"
    stale_rows: StaleRows = "as bounds"
    minimum_interval_days: int = 30
    trend_family: Family = HEADLINE
    early_counts: EarlyCounts = "occurred"

    def __post_init__(self) -> None:
        if self.minimum_interval_days < 1:
            raise ParameterError(f"minimum_interval_days: 1 or more is needed, found {self.minimum_interval_days}")
        for name, known in (("inexact_rows", InexactRows), ("trend_family", Family), ("early_counts", EarlyCounts)):
            if getattr(self, name) not in get_args(known):
                raise ParameterError(
                    f"{name}: one of {', '.join(get_args(known))} is needed, found {getattr(self, name)!r}"
                )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CasualtySeries:
    """The casualty series and its trend.

    Parameters
    ----------
    choices, period
        What was decided, and the period it comes to.
    rows
        The running totals read.
    counts
        The counts in closed periods.
    registered
        The reconciled path of the running totals.
    occurred
        Closed periods from the start of the count; empty without a list of them, or where it is not to be used.
    intervals
        Increments with days, rates per 30 days and both intervals.
    trend
        The log-linear fit of the family chosen, or why there is none.
    residual_dispersion, size_dispersion
        Variance over mean of persons: from residuals of the quasi-Poisson trend (1 without one), and from listed
        accident sizes.
    sources
        Every `source_id` behind the series.
    """

    choices: Choices
    period: Period
    rows: pd.DataFrame
    counts: pd.DataFrame
    registered: RegisteredPath
    occurred: pd.DataFrame
    intervals: pd.DataFrame
    trend: LogLinearFit | InsufficientEvidence
    residual_dispersion: float
    size_dispersion: float
    sources: tuple[str, ...]

    @property
    def dispersion(self) -> float:
        """The larger of the two dispersions, never below 1: what cluster-aware intervals use."""
        return max(1.0, self.residual_dispersion, self.size_dispersion)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CasualtyTrends(CasualtySeries):
    """The series checked against closed counts; `intervals` are marked where they can hold late registrations.

    Parameters
    ----------
    violations
        Dates at which more were registered than had occurred.
    years
        Closed counts of calendar years beside the increments of the path.
    civilians
        The registered path split into civilians and military, or why it cannot be.
    """

    violations: pd.DataFrame
    years: pd.DataFrame
    civilians: CivilianSplit | InsufficientEvidence

    @property
    def rows_used(self) -> pd.DataFrame:
        """Every row the series rests on: running totals, periods of the list, counts of years beside them."""
        closed = {*self.occurred["row_id"], *self.years["row_id"]}
        return pd.concat([self.rows, self.counts[self.counts["row_id"].isin(closed)]], ignore_index=True)


def casualty_trends(evidence: Evidence, choices: Choices) -> CasualtyTrends:
    """Return the casualty series of the evidence under the choices, checked and marked.

    Raises
    ------
    InsufficientEvidence
        If no running total is left, or no interval lies in the period.
    ParameterError
        If an originator to leave out is not known.
    """
    series = casualty_series(evidence, choices)
    years = year_check(series.counts, series.occurred, series.registered)
    known = {each.name: getattr(series, each.name) for each in fields(CasualtySeries)}
    known["intervals"] = with_marks(series.intervals, years, size_dispersion=series.size_dispersion)
    return CasualtyTrends(
        **known,
        violations=link_violations(series.occurred, series.registered),
        years=years,
        civilians=_civilians(series),
    )


def casualty_series(evidence: Evidence, choices: Choices) -> CasualtySeries:
    """Return the series and its trend alone; errors as :func:`casualty_trends`."""
    period = scope.window(evidence, period_start=choices.period_start, period_end=choices.period_end)
    check_originators(evidence, choices.exclude_originators)
    rows = scope.running_totals(evidence, period_end=period.end, exclude_originators=choices.exclude_originators)
    registered = reconcile(rows, inexact_rows=choices.inexact_rows, stale_rows=choices.stale_rows)
    counts = scope.closed_counts(evidence, period_end=period.end, exclude_originators=choices.exclude_originators)
    listed = closed_chain(counts)
    return _measured(
        choices=choices,
        period=period,
        rows=rows,
        counts=counts,
        registered=registered,
        occurred=with_remainder(listed, rows) if choices.early_counts == "occurred" else listed.iloc[:0],
        sizes=size_dispersion(accident_sizes(evidence, period=period)),
    )


def with_other_length(series: CasualtySeries, *, minimum_interval_days: int) -> CasualtySeries:
    """Return the same series with intervals merged to another length; errors as :func:`casualty_trends`."""
    return _measured(
        choices=replace(series.choices, minimum_interval_days=minimum_interval_days),
        period=series.period,
        rows=series.rows,
        counts=series.counts,
        registered=series.registered,
        occurred=series.occurred,
        sizes=series.size_dispersion,
    )


def _measured(
    *,
    choices: Choices,
    period: Period,
    rows: pd.DataFrame,
    counts: pd.DataFrame,
    registered: RegisteredPath,
    occurred: pd.DataFrame,
    sizes: float,
) -> CasualtySeries:
    """Return the series with intervals, rates and trend."""
    intervals = increments(occurred, registered, period=period, minimum_interval_days=choices.minimum_interval_days)
    trend, quasi = (_trend(intervals, choices, family=family) for family in (choices.trend_family, HEADLINE))
    residual = 1.0 if isinstance(quasi, InsufficientEvidence) else quasi.dispersion
    return CasualtySeries(
        choices=choices,
        period=period,
        rows=rows,
        counts=counts,
        registered=registered,
        occurred=occurred,
        intervals=with_rates(intervals, dispersion=max(1.0, residual, sizes), level=choices.confidence_level),
        trend=trend,
        residual_dispersion=residual,
        size_dispersion=sizes,
        sources=sorted_union(registered.sources, occurred["source_id"]),
    )


def _civilians(series: CasualtySeries) -> CivilianSplit | InsufficientEvidence:
    inexact_rows, stale_rows = series.choices.inexact_rows, series.choices.stale_rows
    try:
        return split_civilians(series.rows, series.registered, inexact_rows=inexact_rows, stale_rows=stale_rows)
    except InsufficientEvidence as reason:
        return reason


def _trend(intervals: pd.DataFrame, choices: Choices, *, family: Family) -> LogLinearFit | InsufficientEvidence:
    try:
        return fit_trend(intervals, level=choices.confidence_level, family=family)
    except InsufficientEvidence as reason:
        return reason
