"""Findings among counts in closed periods: bodies that differ, and counts against differences of running totals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from analysis.evidence.comparators import Comparator
from analysis.evidence.findings import Finding, Record, groups, records
from analysis.evidence.findings_totals import exact_totals, series_of

TABLE = "casualties_period"
_FIGURES = ("total", "killed", "injured")
# How far from the ends of a year a running total may stand for its end.
_NEAR = timedelta(days=45)
# How long after an interval a running total is still set beside the intervals added up.
_SOON = timedelta(days=35)
_YEAR_DAYS = (364, 365)


def _exact(table: pd.DataFrame) -> list[Record]:
    rows = records(table, "period_start", "row_id")
    return [row for row in rows if row.comparator == Comparator.EXACT and row.period_end is not None]


def differing_counts(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield closed periods for which one body printed two totals, or several bodies differ."""
    given = [row for row in _exact(table) if row.total is not None]
    for (_, start, end), group in groups(given, lambda row: (row.geography, row.period_start, row.period_end)):
        for originator, own in groups(group, lambda row: row.originator):
            if len({row.total for row in own}) > 1:
                yield _differing(own, "one body printed two totals for one period", f"{originator}, {start} to {end}")
        if len({row.originator for row in group}) > 1 and len({row.total for row in group}) > 1:
            yield _differing(group, "bodies count differently for one period", f"{start} to {end}")


def _differing(group: list[Record], rule: str, what: str) -> Finding:
    totals = [row.total for row in group]
    said = ", ".join(f"{row.total} ({row.originator})" for row in group)
    rows = tuple(row.row_id for row in group)
    return Finding(rule=rule, table=TABLE, rows=rows, size=float(max(totals) - min(totals)), detail=f"{what}: {said}")


def years_and_differences(periods: pd.DataFrame, totals: pd.DataFrame) -> Iterator[Finding]:
    """Yield annual counts that differ from the difference of the same body's running totals at both ends of the year.

    The running totals are the nearest to the ends of the year within 45 days, so late registrations and the days
    between explain small differences. The same count printed on two pages is one finding.
    """
    running = exact_totals(totals, dated_to_the_day=True)
    years = [row for row in _exact(periods) if _days(row) in _YEAR_DAYS]
    for (originator, start, _, _), same in groups(years, lambda row: (row.originator, row.period_start, *_counts(row))):
        year = same[0]
        for _, series in groups([row for row in running if row.originator == originator], series_of):
            ends = _nearest(series, year.period_start_first), _nearest(series, year.period_end_last)
            if ends[0] is None or ends[1] is None:
                continue
            for figure in _FIGURES:
                counted, values = getattr(year, figure), [_figure(end, figure) for end in ends]
                if counted is None or values[0] is None or values[1] is None or values[1] - values[0] == counted:
                    continue
                yield Finding(
                    rule="an annual count differs from the difference of running totals",
                    table=TABLE,
                    rows=(*(row.row_id for row in same), ends[0].row_id, ends[1].row_id),
                    size=float(abs(values[1] - values[0] - counted)),
                    detail=f"{figure} {counted} in {start} to {year.period_end}; running totals from {ends[0].as_of} "
                    f"to {ends[1].as_of} moved by {values[1] - values[0]} ({originator})",
                )


def _days(row: Record) -> int:
    return int((row.period_end_last - row.period_start_first).days)


def _counts(row: Record) -> tuple[str, str]:
    return row.period_end, " ".join(str(getattr(row, figure)) for figure in _FIGURES)


def _figure(row: Record, figure: str) -> int | None:
    """Return a figure of a running total; a total that is not printed is killed plus injured where both are."""
    value = getattr(row, figure)
    if figure == "total" and value is None and None not in (row.killed, row.injured):
        value = row.killed + row.injured
    return None if value is None else int(value)


def _nearest(series: list[Record], day: date) -> Record | None:
    """Return the row with the most figures within the limit; of several the nearest to the day, then the first."""
    near = [row for row in series if abs(row.as_of_first - day) <= _NEAR]
    empty = {row.row_id: sum(getattr(row, figure) is None for figure in _FIGURES) for row in near}
    return min(near, key=lambda row: (empty[row.row_id], abs(row.as_of_first - day), row.row_id), default=None)


def intervals_and_totals(periods: pd.DataFrame, totals: pd.DataFrame) -> Iterator[Finding]:
    """Yield running totals below the sum of one page's adjoining intervals up to a day shortly before.

    The page's list was printed later, so it can hold casualties registered after the running total.
    """
    running = [row for row in exact_totals(totals, dated_to_the_day=True) if row.total is not None]
    given = [row for row in _exact(periods) if row.total is not None]
    for source_id, group in groups(given, lambda row: row.source_id):
        chain = [group[0]]
        for row in group[1:]:
            if row.period_start_first != chain[-1].period_end_last + timedelta(days=1):
                break
            chain.append(row)
        for length in range(2, len(chain) + 1):
            added, last = sum(row.total for row in chain[:length]), chain[length - 1]
            for total in running:
                soon = last.period_end_last <= total.as_of_first <= last.period_end_last + _SOON
                if soon and total.period_start == chain[0].period_start and total.total < added:
                    yield Finding(
                        rule="a running total is below the intervals before it added up",
                        table=TABLE,
                        rows=(last.row_id, total.row_id),
                        size=float(added - total.total),
                        detail=f"{length} intervals of {source_id} add to {added} by {last.period_end}; "
                        f"{total.total} on {total.as_of} ({total.originator})",
                    )
