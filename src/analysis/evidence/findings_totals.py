"""Findings among running totals: parts, falls, two totals for one date, stale totals, the all-time identity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from analysis.evidence.comparators import Comparator
from analysis.evidence.findings import Finding, Record, groups, records
from analysis.evidence.originators import UNKNOWN

TABLE = "casualties_running_total"
_FIGURES = ("total", "killed", "injured")
# A convention where the page names no area: totals since November 2020 of both kinds are one count.
_ONE_COUNT = {"regained_districts": "azerbaijan"}
_SUMS = (
    ("total", ("killed", "injured")),
    ("killed", ("civilian_killed", "military_killed")),
    ("injured", ("civilian_injured", "military_injured")),
    ("total", ("civilian_killed", "civilian_injured", "military_killed", "military_injured")),
)


def series_of(row: Record) -> str:
    """Return which count a running total belongs to: its start month, empty where not stated, and its area."""
    return f"{(row.period_start or '')[:7]} {_ONE_COUNT.get(row.geography, row.geography)}"


def exact_totals(table: pd.DataFrame, *, dated_to_the_day: bool = False) -> list[Record]:
    """Return exactly stated running totals in order of date; those dated to the day only, if asked."""
    rows = [row for row in records(table, "as_of", "row_id") if row.comparator == Comparator.EXACT]
    return [row for row in rows if row.as_of_precision == "day" or not dated_to_the_day]


def parts_and_totals(table: pd.DataFrame, name: str) -> Iterator[Finding]:
    """Yield totals that are not the sum of killed and injured, and killed or injured that are not their own parts."""
    exact = [row for row in records(table, "row_id") if row.comparator == Comparator.EXACT]
    for whole, parts in _SUMS:
        for row in exact:
            printed, values = getattr(row, whole), [getattr(row, part) for part in parts]
            if printed is None or None in values or sum(values) == printed:
                continue
            yield Finding(
                rule="a total is below its parts" if printed < sum(values) else "parts do not add to the total",
                table=name,
                rows=(row.row_id,),
                size=float(abs(printed - sum(values))),
                detail=f"{whole} {printed}, {' + '.join(parts)} {sum(values)}",
            )


def falling_totals(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield figures of one originator below an earlier one of the same originator and series."""
    exact = [row for row in exact_totals(table) if row.originator != UNKNOWN]
    for figure in _FIGURES:
        for _, group in groups(exact, lambda row: (series_of(row), row.originator)):
            for row in group:
                top = _highest_before(group, row, figure)
                if top is not None and getattr(row, figure) is not None and getattr(row, figure) < getattr(top, figure):
                    yield Finding(
                        rule="a figure falls over time for the same originator",
                        table=TABLE,
                        rows=(top.row_id, row.row_id),
                        size=float(getattr(top, figure) - getattr(row, figure)),
                        detail=f"{figure} {_said(top, figure)}, then {_said(row, figure)}",
                    )


def totals_of_one_date(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield days for which different figures of one series are printed."""
    exact = exact_totals(table, dated_to_the_day=True)
    for figure in _FIGURES:
        given = [row for row in exact if getattr(row, figure) is not None]
        for (_, day), group in groups(given, lambda row: (series_of(row), row.as_of)):
            values = [getattr(row, figure) for row in group]
            if min(values) < max(values):
                said = ", ".join(f"{value} ({row.originator})" for value, row in zip(values, group, strict=True))
                yield Finding(
                    rule="two figures for one date",
                    table=TABLE,
                    rows=tuple(row.row_id for row in group),
                    size=float(max(values) - min(values)),
                    detail=f"{figure} on {day}: {said}",
                )


def late_figures(table: pd.DataFrame, used: pd.DataFrame) -> Iterator[Finding]:
    """Yield figures below what some originator had printed for an earlier day: stale when they repeat an old figure.

    Parameters
    ----------
    table
        The totals looked at, as printed.
    used
        The totals they are compared with: without known slips, so that one slip is not found in every later row.

    Notes
    -----
    A figure repeats an old one when the same originator printed it before, or, where nothing says who counted, when
    anybody did. Stale totals always err low, so an analysis can read them as lower bounds.
    """
    known = dict(groups(exact_totals(used), series_of))
    for figure in _FIGURES:
        for row in exact_totals(table):
            value = getattr(row, figure)
            earlier = [each for each in known.get(series_of(row), []) if _before(each, row)]
            if row.period_start is None:  # counts whose start nobody states are one series only within one body
                earlier = [each for each in earlier if each.originator == row.originator]
            top = _highest_before(earlier, row, figure)
            if value is None or top is None or getattr(top, figure) <= value:
                continue
            own = [each for each in earlier if row.originator in (UNKNOWN, each.originator)]
            first = next((each.row_id for each in own if getattr(each, figure) == value), None)
            yield Finding(
                rule="a figure is below an earlier one of any originator"
                if first is None
                else "a figure is stale: it repeats an earlier one while others moved",
                table=TABLE,
                rows=(top.row_id, row.row_id) if first is None else (first, top.row_id, row.row_id),
                size=float(getattr(top, figure) - value),
                detail=f"{figure} {_said(row, figure)}; earlier {_said(top, figure)}",
            )


def all_time_identity(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield all-time totals that are not the total at the start of the later series plus that series.

    The total at the start is itself a row of the table: all-time, as of the day on which the later series starts.
    Without such a row there is nothing to compare.
    """
    rows = records(table, "as_of", "row_id")
    exact = [row for row in rows if row.comparator == Comparator.EXACT and row.total is not None]
    exact = [row for row in exact if _ONE_COUNT.get(row.geography, row.geography) == "azerbaijan"]
    starts = Counter(row.period_start for row in exact if row.period_start_precision == "day").most_common(1)
    if not starts:
        return
    start = starts[0][0]
    late = [row for row in exact if row.period_start == start]
    first_day = late[0].period_start_first
    long = [row for row in exact if row.period_start is None or row.period_start_last < first_day]
    base = next((row.total for row in long if row.as_of == start), None)
    for row in long if base is not None else ():
        near = [each for each in late if each.as_of_first <= row.as_of_last and each.as_of_last >= row.as_of_first]
        if row.as_of_first <= first_day or not near:
            continue
        gap, nearest = min((abs(row.total - base - each.total), each.row_id) for each in near)
        if gap:
            printed = next(each.total for each in near if each.row_id == nearest)
            yield Finding(
                rule=f"an all-time total is not {base} plus the running total of its date",
                table=TABLE,
                rows=(row.row_id, nearest),
                size=float(gap),
                detail=f"{_said(row, 'total')} implies {row.total - base}; printed {printed}",
            )


def _highest_before(rows: list[Record], row: Record, figure: str) -> Record | None:
    """Return the first row with the highest figure among those of earlier days, or None."""
    earlier = [each for each in rows if _before(each, row) and getattr(each, figure) is not None]
    return max(earlier, key=lambda each: getattr(each, figure), default=None)


def _before(earlier: Record, later: Record) -> bool:
    """Say whether a date lies before another one whatever the days left open by a month or a year."""
    return bool(earlier.as_of_last < later.as_of_first)


def _said(row: Record, figure: str) -> str:
    return f"{getattr(row, figure)} on {row.as_of} ({row.originator})"
