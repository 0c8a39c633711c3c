"""Casualties since 1991 as computed from the printed series: total, children, women."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.casualties import all_time
from analysis.casualties.running_totals import RegisteredPath, reconcile
from analysis.casualties.scope import all_time_totals, running_totals
from analysis.claims.basis import Basis
from analysis.claims.never_falling import day_number, never_falling
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union

_START: Final = pd.Timestamp("1991-01-01")


def total_since_1991(basis: Basis, *, first: pd.Timestamp, last: pd.Timestamp) -> Estimate:
    """Return casualties since 1991 at the end of a span: the printed baseline plus the reconciled running total.

    The interval is the range of equally good readings over the whole span, since the statement may be of any day in it.

    Raises
    ------
    InsufficientEvidence
        When the baseline row is missing or left out, or no running total reaches the span.
    """
    row = baseline_row(basis)
    path, rows = registered_path(basis)
    low, _ = path.span_at(first, "total")
    _, high = path.span_at(last, "total")
    base = float(row["total"])
    return Estimate(
        quantity="people killed or injured since 1991",
        value=base + float(path.path.loc[path.path["date"] <= last, "total"].iloc[-1]),
        unit="persons",
        interval=Interval(low=base + low, high=base + high, kind=IntervalKind.REPORTED),
        method="printed total to the end of the 2020 war plus the reconciled running total; "
        "range of equally good readings",
        n=len(rows) + 1,
        n_unit="printed rows",
        period=Period(start=_START.date(), end=last.date()),
        geography="Azerbaijan",
        sources=sorted_union(path.sources, [row["source_id"]]),
        assumptions=(
            "the total from 1992 and the totals printed since 1991 are one series",
            "it ends where the running total of 10 November 2020 begins",
        ),
    )


def identity_matches(basis: Basis) -> Estimate:
    """Return the share of exact all-time totals dated to the day that equal the baseline plus the running total.

    Any good reading of the running total counts.

    One vote per originator, date and figure: reprints add none. A share of 1 means that the all-time series adds no
    information to the running total. A plain count, no interval.
    """
    base = int(baseline_row(basis)["total"])
    path, _ = registered_path(basis)
    rows = all_time_totals(basis.evidence, period_end=basis.period_end, exclude_originators=basis.excluded)
    table = all_time.identity(rows, base=base, registered=path)
    return Estimate(
        quantity="exact all-time totals dated to the day that equal the printed total to 2020 plus the running total",
        value=float(table["meets"].mean()),
        unit="share",
        interval=None,
        method="count of votes, one per originator, date and figure",
        n=len(table),
        n_unit="exact all-time totals dated to the day, reprints counted once",
        period=Period(start=table["date"].min().date(), end=table["date"].max().date()),
        geography="Azerbaijan",
        sources=sorted_union(table["source_id"], path.sources),
    )


def group_since_1991(basis: Basis, column: str, *, first: pd.Timestamp, last: pd.Timestamp) -> Estimate:
    """Return the children or women among casualties since 1991 at the end of a span of days.

    A count that never falls and disagrees least with the printed ones, one vote per originator, date and figure; the
    interval is the range of equally good readings over the span. A figure dated by month bounds the count from below at
    the end of the month and from above at its start.

    Parameters
    ----------
    column
        'children' or 'women'.

    Raises
    ------
    InsufficientEvidence
        When no row prints the group, or the printed rows do not reach the span on both sides.
    """
    rows = group_rows(basis, column)
    if rows.empty:
        raise InsufficientEvidence(f"no all-time row prints the {column} among the casualties")
    count = never_falling(_prints(rows, column))
    if day_number(first) < count.days[0] or day_number(last) > count.days[-1]:
        raise InsufficientEvidence(f"no count of {column} is printed on both sides of {first.date()} to {last.date()}")
    return Estimate(
        quantity=f"{column} among people killed or injured since 1991",
        value=float(count.reached(last)),
        unit="persons",
        interval=Interval(low=count.at_least(first), high=count.at_most(last), kind=IntervalKind.REPORTED),
        method="count that never falls and disagrees least with the printed ones; range of equally good readings",
        n=len(rows),
        n_unit="printed rows",
        period=Period(start=_START.date(), end=last.date()),
        geography="Azerbaijan",
        sources=sorted_union(rows["source_id"]),
        assumptions=("a registered casualty is not taken off the count again",),
    )


def baseline_row(basis: Basis) -> pd.Series:
    """Return the row of the printed total to the end of the war of 2020, which the all-time series goes on from.

    Errors as :func:`analysis.casualties.all_time.baseline_row`.
    """
    return all_time.baseline_row(basis.table("casualties_running_total"))


def registered_path(basis: Basis) -> tuple[RegisteredPath, pd.DataFrame]:
    """Return the reconciled running total since 10 November 2020, and the rows it was reconciled from."""
    rows = running_totals(basis.evidence, period_end=basis.period_end, exclude_originators=basis.excluded)
    rows = rows[rows["source_id"] != basis.without_page]
    return reconcile(rows, inexact_rows=basis.inexact_rows), rows


def group_rows(basis: Basis, column: str) -> pd.DataFrame:
    """Return the all-time rows for the whole country that print the group."""
    rows = all_time_totals(basis.evidence, period_end=basis.period_end, exclude_originators=basis.excluded)
    here = (rows["geography"] == "azerbaijan") & (rows["source_id"] != basis.without_page)
    return rows[rows[column].notna() & here]


def _prints(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return one print per originator, date and figure, with the days it can be of."""
    once = rows.drop_duplicates(["originator", "as_of_first", "as_of_last", column])
    return pd.DataFrame({"first": once["as_of_first"], "last": once["as_of_last"], "value": once[column]})
