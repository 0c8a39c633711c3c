"""The trend by every family at several merging lengths: what stays, and what belongs to one length only."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.casualties.sensitivity import LENGTHS
from analysis.casualties.study import CasualtySeries, with_other_length
from analysis.casualties.trend import FAMILIES, fit_trend
from analysis.errors import InsufficientEvidence

NB2_WARNING: Final = (
    "The alpha of NB2 (variance = mean + alpha mean^2) changes with the length of the intervals it was fitted to; "
    "it is "
    "never carried to another length. Dispersion by the other families is variance over mean."
)


def intervals_by_length(series: CasualtySeries) -> dict[str, pd.DataFrame]:
    """Return the intervals merged to each of several least lengths other than the chosen one, by words for it."""
    found = {}
    for days in LENGTHS:
        if days == series.choices.minimum_interval_days:
            continue
        try:
            other = with_other_length(series, minimum_interval_days=days)
        except InsufficientEvidence:
            continue
        found[f"merged to {days} days or more"] = other.intervals
    return found


def trend_by_length(series: CasualtySeries) -> pd.DataFrame:
    """Return the fits of every family at every merging length.

    Returns
    -------
    DataFrame
        intervals (which), n, then change_per_year (share) of each family, dispersion (variance over mean) of
        quasi-Poisson and NB1, alpha of NB2; missing where a fit is not possible.
    """
    level = series.choices.confidence_level
    chosen = f"as chosen: {series.choices.minimum_interval_days} days or more"
    samples = {chosen: series.intervals, **intervals_by_length(series)}
    return pd.DataFrame(
        [{"intervals": name, "n": len(one), **_cells(one, level=level)} for name, one in samples.items()]
    )


def _cells(intervals: pd.DataFrame, *, level: float) -> dict[str, object]:
    changes: dict[str, object] = {}
    spreads: dict[str, object] = {}
    for family in FAMILIES:
        try:
            fit = fit_trend(intervals, level=level, family=family)
        except InsufficientEvidence:
            continue
        changes[f"change_{family}"] = fit.change_per_year
        if family != "poisson":
            spreads["alpha_nb2" if family == "nb2" else f"dispersion_{family}"] = fit.dispersion
    return changes | spreads
