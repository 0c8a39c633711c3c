"""The headline numbers under other defensible choices: inexact rows, an originator or a party left out."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.evidence import Evidence
from analysis.maps.scope import map_rows
from analysis.maps.study import map_reliability

HEADLINES: Final = ("accidents_outside_line", "coverage_by_mines", "unrecorded_area", "relative_rate_needed")
_READINGS: Final = ("as printed", "as bounds", "leave out")
_SELECTING: Final = ("period_start", "period_end", "exclude_originators", "inexact_rows")
_MISSING: Final = "not estimable"


def other_choices(evidence: Evidence, **choices: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return the headline numbers for each reading of inexact rows, and without each originator and party.

    Only originators and parties whose absence changes a headline number get a row; the others that give figures are
    counted in the last one.

    Parameters
    ----------
    evidence
        The loaded evidence.
    **choices
        Parameters of :func:`analysis.maps.study.map_reliability`; each row changes one of them.

    Returns
    -------
    DataFrame
        `choice` and one column a headline number, as text: value and interval, or 'not estimable'.
    """
    base = _row(evidence, choices)
    rows = [{"choice": "as chosen"} | base]
    for reading in _READINGS:
        if reading == choices.get("inexact_rows", "as bounds"):
            continue
        changed = _row(evidence, {**choices, "inexact_rows": reading})
        rows.append({"choice": f"inexact rows {reading}"} | changed)
    inert = 0
    left_out = tuple(choices.get("exclude_originators", ()))
    for name in _speakers(evidence, choices):
        changed = _row(evidence, {**choices, "exclude_originators": [*left_out, name]})
        inert += changed == base
        rows += [] if changed == base else [{"choice": f"without {name}"} | changed]
    rows.append({"choice": f"without any one of {inert} other originators or parties"} | base)
    return pd.DataFrame(rows)


def _speakers(evidence: Evidence, choices: dict[str, Any]) -> list[str]:
    chosen = {name: choices[name] for name in _SELECTING if name in choices}
    rows = map_rows(evidence, **chosen)
    # A statement without a figure moves no number, so leaving out its speaker need not be tried.
    said = rows.statements[rows.statements["share"].notna() | rows.statements["number"].notna()]
    return [*sorted(said["originator"].unique()), *sorted(set(said["party"]) - set(said["originator"]))]


def _row(evidence: Evidence, choices: dict[str, Any]) -> dict[str, str]:
    try:
        estimates = map_reliability(evidence, **choices).estimates
    except InsufficientEvidence:
        estimates = {}
    return {headline: _shown(_latest(estimates, headline)) for headline in HEADLINES}


def _latest(estimates: Any, start: str) -> Estimate | None:  # noqa: ANN401
    """Return the estimate of this name; of several dates the latest."""
    exact = [key for key in estimates if key.startswith(start) and not key.endswith("inside")]
    return estimates[sorted(exact)[-1]] if exact else None


def _shown(estimate: Estimate | None) -> str:
    if estimate is None:
        return _MISSING
    if estimate.interval is None:
        return f"{estimate.value:.3g}"
    return f"{estimate.value:.3g} ({estimate.interval.low:.3g} to {estimate.interval.high:.3g})"
