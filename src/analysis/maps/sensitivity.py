"""The headline numbers under other defensible choices: inexact rows, an originator or a party left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.evidence import Evidence
from analysis.maps.coverage_results import coverage_results
from analysis.maps.line_results import line_results
from analysis.maps.scope import InexactRows, MapRows, map_rows
from analysis.maps.study import MapReliability

HEADLINES: Final = ("accidents_outside_line", "coverage_by_mines", "unrecorded_area", "relative_rate_needed")
READINGS: Final[tuple[InexactRows, ...]] = ("as printed", "as bounds", "leave out")
_MISSING: Final = "not estimable"


def other_choices(evidence: Evidence, study: MapReliability) -> pd.DataFrame:
    """Return the headline numbers for each reading of inexact rows, and without each originator and party.

    Only originators and parties whose absence changes a headline number get a row; the others that give figures are
    counted in the last one.

    Parameters
    ----------
    evidence
        The evidence of the study.
    study
        Results as chosen; each row changes one choice.

    Returns
    -------
    DataFrame
        `choice` and one column a headline number, as text: value and interval, or 'not estimable'.
    """
    totals = evidence.table("casualties_running_total")
    base = _row(study.rows, totals, study, study.inexact_rows)
    rows = [{"choice": f"as chosen (inexact rows {study.inexact_rows})"} | base]
    for reading in READINGS:
        if reading != study.inexact_rows:
            read = map_rows(evidence, **study.selection, inexact_rows=reading)
            rows.append({"choice": f"inexact rows {reading}"} | _row(read, totals, study, reading))
    inert = 0
    for name in _speakers(study.rows):
        changed = _row(_without(study.rows, name), totals, study, study.inexact_rows)
        if changed == base:
            inert += 1
        else:
            rows.append({"choice": f"without {name}"} | changed)
    rows.append({"choice": f"without any one of {inert} other originators or parties"} | base)
    return pd.DataFrame(rows)


def _speakers(rows: MapRows) -> list[str]:
    # A statement without a figure moves no number, so leaving out its speaker need not be tried.
    said = rows.statements[rows.statements["share"].notna() | rows.statements["number"].notna()]
    return [*sorted(said["originator"].unique()), *sorted(set(said["party"]) - set(said["originator"]))]


def _without(rows: MapRows, name: str) -> MapRows:
    said = rows.statements
    return replace(rows, statements=said[(said["originator"] != name) & (said["party"] != name)].reset_index(drop=True))


def _row(rows: MapRows, totals: pd.DataFrame, study: MapReliability, reading: InexactRows) -> dict[str, str]:
    estimates: dict[str, Estimate] = {}
    try:
        line = line_results(rows, totals, level=study.level)
        coverage = coverage_results(rows, line.counts, study.scenario, inexact_rows=reading, level=study.level)
        estimates = {**line.estimates, **coverage.estimates}
    except InsufficientEvidence:
        pass
    return {headline: _shown(_latest(estimates, headline)) for headline in HEADLINES}


def _latest(estimates: Mapping[str, Estimate], start: str) -> Estimate | None:
    """Return the estimate of this name; where only dated ones start with it, the latest."""
    if start in estimates:
        return estimates[start]
    keys = sorted(key for key in estimates if key.startswith(start))
    return estimates[keys[-1]] if keys else None


def _shown(estimate: Estimate | None) -> str:
    if estimate is None:
        return _MISSING
    if estimate.interval is None:
        return f"{estimate.value:.3g}"
    return f"{estimate.value:.3g} ({estimate.interval.low:.3g} to {estimate.interval.high:.3g})"
