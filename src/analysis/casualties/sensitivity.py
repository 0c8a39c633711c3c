"""The headline under other choices, one line a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analysis.casualties.increments import DAYS_OF_RATE, last_year
from analysis.casualties.open_ends import ends_open
from analysis.casualties.revisions import downward_revisions, totals_as_printed
from analysis.casualties.study import CasualtySeries, CasualtyTrends, Choices, casualty_series, with_other_length
from analysis.casualties.trend import fit_trend
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.stats.interval_counts import LogLinearFit

LENGTHS: Final = (1, 30, 60, 90, 180)
"""Least numbers of days of an interval that are tried."""

_COLUMNS: Final = [
    *(
        "choice",
        "rows",
        "total_is",
        "total",
        "killed",
        "why_not",
        "rate_per_30d",
        "rate_days",
        "change_per_year",
        "low",
        "high",
        "n",
    ),
]
_TYPES: Final = {
    **dict.fromkeys(("rows", "total", "killed", "n", "rate_days"), "Int64"),
    **dict.fromkeys(("rate_per_30d", "change_per_year", "low", "high"), "float64"),
}


def sensitivity_table(evidence: Evidence, main: CasualtyTrends) -> pd.DataFrame:
    """Return the headline numbers under each alternative to the choices made, the choices themselves first.

    Varied one at a time: comparators as printed, as bounds, left out; stale totals as points; increments of the running
    totals instead of the list of closed periods; the minimum length of intervals; each originator left out (unknown is
    a group of its own), then all of one party; intervals marked for late registration left out; running totals allowed
    to fall.

    Returns
    -------
    DataFrame
        choice, rows (read), total_is ("at least" where no figure bounds the last total from above), total (at the
        end), killed, rate_per_30d (over rate_days, the days of the fewest intervals
        at the end that cover 365 days),
        change_per_year with low and high, n (intervals), why_not (where something could not be estimated).
    """
    runs = [_run(name, partial(casualty_series, evidence, other)) for name, other in _alternatives(main).items()]
    lengths = [
        _run(f"intervals of at least {days} days", partial(with_other_length, main, minimum_interval_days=days))
        for days in LENGTHS
        if days != main.choices.minimum_interval_days
    ]
    table = pd.DataFrame([_line("as chosen", main), *runs, *lengths, _without_marked(main), _free_to_fall(main)])
    # Where no run has a trend, or a rate, the column is there all the same, with why_not beside it.
    return table.reindex(columns=_COLUMNS).astype(_TYPES)


def _alternatives(main: CasualtyTrends) -> Mapping[str, Choices]:
    choices = main.choices
    others: dict[str, Choices] = {}
    for reading in ("as printed", "as bounds", "leave out"):
        if reading != choices.inexact_rows:
            others[f"inexact rows: {reading}"] = replace(choices, inexact_rows=reading)
    others["possibly stale totals: as points"] = replace(choices, stale_rows="as points")
    if choices.early_counts == "occurred" and not main.occurred.empty:
        others["increments of the totals from the first day on"] = replace(choices, early_counts="registered")
    already = tuple(choices.exclude_originators)
    for originator in sorted(set(main.rows["originator"])):
        others[f"without {originator}"] = replace(choices, exclude_originators=(*already, originator))
    for party in sorted(set(main.rows["party"]) - {"unknown"}):
        others[f"without all of party {party}"] = replace(choices, exclude_originators=(*already, party))
    return others


def _run(name: str, make: Callable[[], CasualtySeries]) -> dict[str, object]:
    try:
        return _line(name, make())
    except InsufficientEvidence as reason:
        return {"choice": name, "why_not": str(reason)}


def _line(name: str, run: CasualtySeries) -> dict[str, object]:
    end = run.registered.path.iloc[-1]
    line: dict[str, object] = {
        "choice": name,
        "rows": len(run.rows),
        "total_is": "at least" if ends_open(run.registered, "total") else "",
        "total": end["total"],
        "killed": end["killed"],
        "why_not": "",
    }
    try:
        recent = last_year(run.intervals)
        line["rate_per_30d"] = recent["casualties"].sum() / recent["days"].sum() * DAYS_OF_RATE
        line["rate_days"] = recent["days"].sum()
    except InsufficientEvidence as reason:
        line["why_not"] = str(reason)
    return line | _trend_cells(run.trend)


def _trend_cells(trend: LogLinearFit | InsufficientEvidence) -> dict[str, object]:
    if isinstance(trend, InsufficientEvidence):
        return {"why_not": str(trend)}
    interval = trend.change_per_year_interval
    return {"change_per_year": trend.change_per_year, "low": interval.low, "high": interval.high, "n": trend.n}


def _without_marked(main: CasualtyTrends) -> dict[str, object]:
    name = "without intervals marked for late registration"
    try:
        family, level = main.choices.trend_family, main.choices.confidence_level
        cells = _trend_cells(fit_trend(main.intervals[~main.intervals["marked"]], level=level, family=family))
    except InsufficientEvidence as reason:
        cells = {"why_not": str(reason)}
    return {"choice": name, "rows": len(main.rows), "why_not": "", **cells}


def _free_to_fall(main: CasualtyTrends) -> dict[str, object]:
    """Return the line of the rival run without a rule that totals do not fall."""
    name = "running totals may fall (median of each date)"
    try:
        printed = totals_as_printed(main.registered.figures)
        since = last_year(main.intervals)["start"].iloc[0]
        before, end = printed[printed["date"] < since], printed.iloc[-1]
    except InsufficientEvidence as reason:
        return {"choice": name, "why_not": str(reason)}
    line = {
        "choice": name,
        "rows": len(main.rows),
        "total": end["total"],
        "why_not": f"has no trend: increments can be negative; downward revisions: {len(revisions_table(main))}",
    }
    if before.empty:
        return line
    days = (end["date"] - before["date"].iloc[-1]).days
    rate = (end["total"] - before["total"].iloc[-1]) / days * DAYS_OF_RATE
    return line | {"rate_per_30d": rate, "rate_days": days}


def revisions_table(main: CasualtyTrends) -> pd.DataFrame:
    """Return the downward revisions the run with falling totals needs, or one row that says why there is none."""
    try:
        return downward_revisions(main.registered.figures)
    except InsufficientEvidence as reason:
        return pd.DataFrame({"not estimated": [str(reason)]})
