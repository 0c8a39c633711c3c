"""The study in one call, as the notebook uses it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypedDict

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.evidence import Evidence
from analysis.evidence.names import originator_names
from analysis.maps.coverage_results import CoverageResults, Scenario, coverage_results
from analysis.maps.limits import not_estimable
from analysis.maps.line_results import LineResults, line_results
from analysis.maps.said_results import SaidResults, said_results
from analysis.maps.scope import InexactRows, MapRows, map_rows, party_shares


class Selection(TypedDict):
    """Which rows were chosen, by period and originator."""

    period_start: str
    period_end: str
    exclude_originators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MapReliability:
    """Results of study 2 for one choice of parameters.

    Parameters
    ----------
    rows
        The rows used.
    whose
        Rows and their share by party, most rows first.
    said, line, coverage
        Results on statements, on the former line of contact, and on coverage.
    estimates
        All estimates by key.
    reasons
        What is not estimable, with reasons.
    scenario, level
        What was assumed of r and of the wording; level of the confidence intervals.
    names
        Name of each originator in words.
    inexact_rows, selection
        How inexact figures were read; period and originators chosen.
    """

    rows: MapRows
    whose: pd.DataFrame
    said: SaidResults
    line: LineResults
    coverage: CoverageResults
    estimates: Mapping[str, Estimate]
    reasons: Mapping[str, InsufficientEvidence]
    scenario: Scenario
    level: float
    names: Mapping[str, str]
    inexact_rows: InexactRows
    selection: Selection


def map_reliability(
    evidence: Evidence,
    *,
    period_start: str = "",
    period_end: str = "",
    confidence_level: float = 0.95,
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
    relative_rate_low: float = 0.2,
    relative_rate_high: float = 5.0,
    nearly_from: float = 0.5,
    more_than_to: float = 0.6,
) -> MapReliability:
    """Return every result of the study.

    Parameters
    ----------
    evidence
        The loaded evidence.
    period_start, period_end, exclude_originators, inexact_rows
        As for :func:`analysis.maps.scope.map_rows`.
    confidence_level
        Level of every confidence interval.
    relative_rate_low, relative_rate_high, nearly_from, more_than_to
        As for :class:`analysis.maps.coverage_results.Scenario`.

    Raises
    ------
    InsufficientEvidence
        If neither a handover nor a statement is left. Parts that lack evidence are named in `reasons` instead.
    ParameterError
        If the scenario is empty or does not hold the printed shares.
    """
    scenario = Scenario(
        rate_low=relative_rate_low, rate_high=relative_rate_high, nearly_from=nearly_from, more_than_to=more_than_to
    )
    selection = Selection(
        period_start=period_start, period_end=period_end, exclude_originators=tuple(exclude_originators)
    )
    rows = map_rows(evidence, **selection, inexact_rows=inexact_rows)
    said = said_results(rows)
    line = line_results(rows, evidence.table("casualties_running_total"), level=confidence_level)
    coverage = coverage_results(rows, line.counts, scenario, inexact_rows=inexact_rows, level=confidence_level)
    return MapReliability(
        rows=rows,
        whose=party_shares(rows),
        said=said,
        line=line,
        coverage=coverage,
        estimates={**said.estimates, **line.estimates, **coverage.estimates},
        reasons={**not_estimable(), **said.reasons, **line.reasons, **coverage.reasons},
        scenario=scenario,
        level=confidence_level,
        names=originator_names(evidence),
        inexact_rows=inexact_rows,
        selection=selection,
    )
