"""Results on accidents and casualties outside the former line of contact, with what could not be computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.maps import anomaly, line_counts, line_estimates
from analysis.maps.outcomes import attempt
from analysis.maps.scope import MapRows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineResults:
    """Tables are empty where the evidence does not allow them; `reasons` says why.

    Parameters
    ----------
    counts
        Counts with shares and intervals (:func:`line_counts.shares_with_intervals`).
    by_method
        Accident shares by every interval method.
    increments
        What each count adds to the one before it.
    shares_only
        Shares printed without counts.
    anomalies
        Pairs of counts that cannot follow each other.
    explanations
        Explanations of the first of them, side by side.
    per_accident
        Persons per accident on days with both counts.
    dispersion
        E[x^2] / E[x] of casualties per accident; None without counts.
    estimates, reasons
        Estimates by key; what is not estimable here.
    """

    counts: pd.DataFrame
    by_method: pd.DataFrame
    increments: pd.DataFrame
    shares_only: pd.DataFrame
    anomalies: tuple[anomaly.Anomaly, ...]
    explanations: pd.DataFrame
    per_accident: pd.DataFrame
    dispersion: float | None
    estimates: Mapping[str, Estimate]
    reasons: Mapping[str, InsufficientEvidence]


def line_results(rows: MapRows, totals: pd.DataFrame, *, level: float) -> LineResults:
    """Return the results for one selection of rows.

    Parameters
    ----------
    rows
        As :func:`analysis.maps.scope.map_rows` returns them.
    totals
        Table `casualties_running_total`, for the totals that pages print beside a number outside the line.
    level
        Confidence level.
    """
    reasons: dict[str, InsufficientEvidence] = {}
    shares_only = line_counts.shares_without_counts(rows.statements)
    counts = attempt(reasons, "shares outside the line", lambda: line_counts.line_counts(rows.statements))
    if counts.empty:
        return _without_counts(shares_only, reasons)
    dispersion = line_counts.accident_dispersion(rows.accidents)
    more = line_counts.increments(counts)
    found = anomaly.find_anomalies(counts)
    accidents, persons = (counts[counts["unit"] == unit] for unit in ("accident", "casualty"))
    explained = pd.DataFrame()
    if found:
        before = anomaly.same_number_before(found[0], rows.statements, totals)
        explained = anomaly.explanations(found[0], before, accidents)
    return LineResults(
        counts=line_counts.shares_with_intervals(counts, dispersion=dispersion, level=level),
        by_method=line_counts.intervals_by_method(counts, level=level),
        increments=more,
        shares_only=shares_only,
        anomalies=found,
        explanations=explained,
        per_accident=attempt(reasons, "persons per accident", lambda: anomaly.persons_per_accident(persons, accidents)),
        dispersion=dispersion,
        estimates=line_estimates.line_share_estimates(counts, dispersion=dispersion, level=level)
        | line_estimates.increment_estimates(more, level=level)
        | line_estimates.anomaly_estimates(found),
        reasons=reasons,
    )


def _without_counts(shares_only: pd.DataFrame, reasons: Mapping[str, InsufficientEvidence]) -> LineResults:
    nothing = pd.DataFrame()
    return LineResults(
        counts=nothing,
        by_method=nothing,
        increments=nothing,
        shares_only=shares_only,
        anomalies=(),
        explanations=nothing,
        per_accident=nothing,
        dispersion=None,
        estimates={},
        reasons=reasons,
    )
