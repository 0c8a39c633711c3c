"""Accidents and casualties outside the former line of contact: nested counts, their shares, and what they add.

Each count goes on from the one before it, so only increments are compared and no two shares are tested as if they were
independent samples. They are complete counts by one body: an interval is for the process behind them and holds no
counting error. Being outside the former line is not being outside the records.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Literal

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval
from analysis.maps.outcomes import records
from analysis.maps.statements import OUTSIDE_LINE, has_counts
from analysis.stats.dispersed_proportions import dispersed_proportion_interval
from analysis.stats.dispersion import size_dispersion
from analysis.stats.proportions import ProportionMethod, proportion_interval

Unit = Literal["accident", "casualty"]
METHODS: Final[tuple[ProportionMethod, ...]] = (
    "wilson", "wilson-cc", "clopper-pearson", "mid-p", "jeffreys", "agresti-coull",
)  # fmt: skip


def line_counts(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the counts outside the former line with their totals, each pair once, by unit and date.

    A pair that several pages print is dated by the earliest of them.

    Returns
    -------
    DataFrame
        `unit` ('accident' or 'casualty'), `as_of` (day), `outside`, `total`, `on_line` (the rest), `share` (0 to 1),
        `originator`, `source_ids`, `row_ids`.

    Raises
    ------
    InsufficientEvidence
        If no statement prints both counts, or their order in time cannot be told.
    """
    rows = statements[(statements["topic"] == OUTSIDE_LINE) & has_counts(statements)]
    if rows.empty:
        raise InsufficientEvidence(
            "no statement in the selection prints both how many accidents or casualties lay outside the former line of "
            "contact and how many there were; widen the period or exclude fewer originators"
        )
    if not rows["as_of_precision"].eq("day").all():
        vague = ", ".join(rows.loc[~rows["as_of_precision"].eq("day"), "row_id"])
        raise InsufficientEvidence(f"counts outside the former line need a day to be put in order; {vague} has none")
    pairs = []
    for _, group in rows.groupby(["unit_counted", "number", "denominator"], sort=True):
        outside, total = int(group["number"].iloc[0]), int(group["denominator"].iloc[0])
        pairs.append(
            {
                "unit": group["unit_counted"].iloc[0],
                "as_of": group["as_of_first"].min(),
                "outside": outside,
                "total": total,
                "on_line": total - outside,
                "share": outside / total,
                "originator": ", ".join(sorted(group["originator"].unique())),
                "source_ids": ", ".join(sorted(group["source_id"].unique())),
                "row_ids": ", ".join(sorted(group["row_id"])),
            }
        )
    return pd.DataFrame(pairs).sort_values(["unit", "as_of", "total"], ignore_index=True)


def accident_dispersion(accidents: pd.DataFrame) -> float:
    """Return E[x^2] / E[x] of casualties per accident: how much more counts of persons vary than counts of accidents.

    Estimated from the list of news reports, in which large accidents are over-represented, so it errs on the wide side.

    Raises
    ------
    InsufficientEvidence
        If no accident with a casualty is listed.
    """
    return size_dispersion(accidents["casualties"].astype("float64").to_numpy())


def headline_interval(outside: int, total: int, unit: Unit, *, dispersion: float, level: float) -> Interval:
    """Return the headline interval of a share: Wilson's, for casualties widened for clustering."""
    if unit == "accident":
        return proportion_interval(outside, total, level=level, method="wilson")
    return dispersed_proportion_interval(outside, total, dispersion=dispersion, level=level)


def shares_with_intervals(counts: pd.DataFrame, *, dispersion: float, level: float) -> pd.DataFrame:
    """Return the counts with `low`, `high` (headline) and, for casualties, `naive_low`, `naive_high`.

    The naive ends treat persons as independent, which they are not; they are printed beside the headline.
    """
    table = counts.copy()
    rows = records(counts)
    headline = [
        headline_interval(row["outside"], row["total"], row["unit"], dispersion=dispersion, level=level) for row in rows
    ]
    naive = [proportion_interval(row["outside"], row["total"], level=level) for row in rows]
    table["low"], table["high"] = [i.low for i in headline], [i.high for i in headline]
    table["naive_low"], table["naive_high"] = [i.low for i in naive], [i.high for i in naive]
    return table


def intervals_by_method(counts: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Return the interval of each accident share by every method, one row a count and method."""
    accidents = counts[counts["unit"] == "accident"]
    rows = []
    for count in records(accidents):
        for method in METHODS:
            interval = proportion_interval(count["outside"], count["total"], level=level, method=method)
            rows.append(
                {
                    "as_of": count["as_of"],
                    "count": f"{count['outside']} of {count['total']}",
                    "method": method,
                    "low": interval.low,
                    "high": interval.high,
                    "kind": str(interval.kind),
                }
            )
    return pd.DataFrame(rows, columns=["as_of", "count", "method", "low", "high", "kind"])


def increments(counts: pd.DataFrame) -> pd.DataFrame:
    """Return what each count adds to the one before it, and whether counts that only grow can do so.

    Returns
    -------
    DataFrame
        `unit`, `start`, `end` (days of the two counts), `more_total`, `more_outside`, `more_on_line`, `share_of_new`
        (0 to 1; missing where the increments cannot be), `possible`, `source_ids`.
    """
    rows = []
    for unit, group in counts.groupby("unit", sort=True):
        for before, after in pairwise(records(group)):
            more = {name: after[name] - before[name] for name in ("total", "outside", "on_line")}
            possible = min(more.values()) >= 0
            rows.append(
                {
                    "unit": unit,
                    "start": before["as_of"],
                    "end": after["as_of"],
                    **{f"more_{name}": value for name, value in more.items()},
                    "share_of_new": more["outside"] / more["total"] if possible and more["total"] else None,
                    "possible": possible,
                    "source_ids": ", ".join(
                        sorted({*before["source_ids"].split(", "), *after["source_ids"].split(", ")})
                    ),
                }
            )
    columns = [
        "unit", "start", "end", "more_total", "more_outside", "more_on_line", "share_of_new", "possible", "source_ids",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"share_of_new": "Float64"})


def shares_without_counts(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the shares outside the former line that were printed without any count; no interval can be given."""
    rows = statements[
        (statements["topic"] == OUTSIDE_LINE) & statements["share"].notna() & statements["denominator"].isna()
    ]
    columns = ["as_of", "unit_counted", "share", "comparator", "attributed_to", "originator", "row_id", "source_id"]
    return rows[columns].reset_index(drop=True)
