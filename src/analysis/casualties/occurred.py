"""Occurred path: casualties by the date they happened on, from counts in closed periods, and its link to registration.

A casualty is registered on or after the day it occurred, so at every date occurred >= registered. Where a list of
closed periods follows without a gap from the start of the count, rates use it. From its end to a later total of the
same page nothing is listed: those casualties come by difference, and are neither a count of the days nor purely an
increment of a running total. After that rates use the increments of the registered path.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from analysis.casualties.running_totals import RegisteredPath
from analysis.casualties.scope import COUNT_START
from analysis.errors import InsufficientEvidence

LISTED: Final = "occurred: closed period of the list"
BY_DIFFERENCE: Final = "by difference: later total of the same page less its list"

_DAY: Final = pd.Timedelta(days=1)
_COLUMNS: Final = [
    "start",
    "end",
    "days",
    "casualties",
    "killed",
    "injured",
    "originator",
    "basis",
    "row_id",
    "source_id",
]

_YEAR_COLUMNS: Final = [
    *("year", "originator", "row_id", "source_id", "of", "closed"),
    *("registered_low", "registered_high", "excess_low", "excess_high"),
    *("rest_from", "rest_closed_low", "rest_closed_high", "rest_registered_low", "rest_registered_high"),
]


def closed_chain(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the longest gapless list of closed periods of one page that begins at the start of the count.

    Parameters
    ----------
    counts
        Closed counts, as :func:`analysis.casualties.scope.closed_counts` returns them.

    Returns
    -------
    DataFrame
        start, end, days (both counted), casualties, killed, injured (missing where not printed), originator, basis,
        row_id, source_id; empty if no page has such a list of two periods or more.
    """
    usable = counts[counts["total"].notna() & (counts["comparator"] == "=")]
    begins = usable.loc[usable["period_start_first"] == pd.Timestamp(COUNT_START), "source_id"]
    chains = [_follow(usable[usable["source_id"] == page]) for page in sorted(set(begins))]
    chains = [chain for chain in chains if len(chain) > 1]
    if not chains:
        return pd.DataFrame(columns=_COLUMNS)
    # The one that reaches furthest, of equals the one with more periods, then the first by name of the page.
    return max(chains, key=lambda chain: (chain["end"].iloc[-1], len(chain)))


def with_remainder(chain: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the chain with one more period: from its end to the total that the same page prints for a later date.

    Casualties of that period are the page's total less the sum of its list, and its `basis` says so: they are those
    registered by the later date that are not in the list, which no body counted by the day they occurred on. Killed
    and injured stay missing where a period of the list has none. Nothing is added if the page prints no later exact
    total.

    Raises
    ------
    InsufficientEvidence
        If the page's later total is below the sum of its own list.
    """
    if chain.empty:
        return chain
    page, end = chain["source_id"].iloc[0], chain["end"].iloc[-1]
    exact = (totals["source_id"] == page) & (totals["comparator"] == "=") & (totals["as_of_precision"] == "day")
    later = totals[exact & totals["total"].notna() & (totals["as_of_last"] > end)]
    if later.empty:
        return chain
    row = later.sort_values(["as_of_last", "row_id"]).iloc[-1]
    remainder = {
        "start": end + _DAY,
        "end": row["as_of_last"],
        "days": (row["as_of_last"] - end).days,
        "basis": BY_DIFFERENCE,
        **{name: row[name] for name in ("originator", "row_id", "source_id")},
    }
    for name, column in (("casualties", "total"), ("killed", "killed"), ("injured", "injured")):
        remainder[name] = row[column] - chain[name].sum() if chain[name].notna().all() else pd.NA
        if pd.notna(remainder[name]) and remainder[name] < 0:
            raise InsufficientEvidence(
                f"the closed periods {chain['row_id'].iloc[0]} to {chain['row_id'].iloc[-1]} of {page} add up to "
                f"{chain[name].sum()} {name} by {end.date()}, above the {row[column]} of its own later total "
                f"{row['row_id']}; correct or exclude a row, or take the first intervals from the running totals "
                '(early_counts="registered")'
            )
    added = pd.DataFrame([remainder])[_COLUMNS].astype(chain.dtypes.to_dict())
    return pd.concat([chain, added], ignore_index=True)


def link_violations(occurred: pd.DataFrame, registered: RegisteredPath) -> pd.DataFrame:
    """Return each date of the registered path at which more were registered than had occurred by the list.

    Occurred casualties are known at the ends of the periods only; a date inside a period is held against the end of
    it, which is the most that can have occurred. What comes by difference from a total cannot be held against it.
    """
    path = registered.path[["date", "total", "total_low_0"]].rename(columns={"total": "registered"})
    occurred = occurred[occurred["basis"] == LISTED]
    if occurred.empty:
        return path.iloc[:0].reindex(columns=[*path.columns, "by_end", "occurred_at_most", "excess"])
    known = pd.DataFrame(
        {"by_end": occurred["end"].astype(path["date"].dtype), "occurred_at_most": occurred["casualties"].cumsum()}
    )
    held = pd.merge_asof(path, known, left_on="date", right_on="by_end", direction="forward").dropna()
    held["excess"] = held["registered"] - held["occurred_at_most"]
    return held[held["excess"] > 0].reset_index(drop=True)


def casualties_by(occurred: pd.DataFrame, registered: RegisteredPath, day: pd.Timestamp) -> tuple[int, int]:
    """Return the lowest and highest number of casualties up to and including a day.

    By the list and its remainder (their ends are known, a day inside a period lies between two), then by the
    registered path, as :meth:`RegisteredPath.span_at`.

    Raises
    ------
    InsufficientEvidence
        If neither reaches the day.
    """
    if day < pd.Timestamp(COUNT_START):
        return 0, 0
    if occurred.empty or day > occurred["end"].iloc[-1]:
        return registered.span_at(day, "total")
    reached = occurred["casualties"].cumsum()
    before, after = reached[occurred["end"] <= day], reached[occurred["end"] >= day]
    return (0 if before.empty else int(before.iloc[-1])), int(after.iloc[0])


def year_check(counts: pd.DataFrame, occurred: pd.DataFrame, registered: RegisteredPath) -> pd.DataFrame:
    """Return each calendar year's closed count beside the increment of the registered path over the same year.

    An increment above the closed count means that casualties of earlier times were registered in the year (or that
    the two counts differ in what they count); the difference is the least number of such casualties. Where the list of
    closed periods covers a first part of the year, the same is worked out for the rest of it: `rest_closed_low` and
    `rest_closed_high` are what the year's count leaves for the days after the list, `rest_registered` the increment.

    Returns
    -------
    DataFrame
        year, originator, row_id, source_id, of (injured only where no total is printed), closed, registered_low,
        registered_high (over equally good readings), excess_low, excess_high, rest_from, rest_closed_low,
        rest_closed_high, rest_registered_low, rest_registered_high (missing where the list does not end in the year).
    """
    whole = counts[
        (counts["period_start_first"].dt.strftime("%m-%d") == "01-01")
        & (counts["period_end_last"].dt.strftime("%m-%d") == "12-31")
        & (counts["period_start_first"].dt.year == counts["period_end_last"].dt.year)
    ]
    rows = [_year_row(row, occurred, registered) for row in whole.to_dict("records")]
    table = pd.DataFrame([row for row in rows if row is not None]).reindex(columns=_YEAR_COLUMNS)
    return table.drop_duplicates(["year", "originator", "of", "closed"]).reset_index(drop=True)


def _follow(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one page that follow each other day by day from the start of the count."""
    ordered = rows.sort_values(["period_start_first", "period_end_last", "row_id"])
    cursor, kept = pd.Timestamp(COUNT_START), []
    for position, (start, end) in enumerate(
        zip(ordered["period_start_first"], ordered["period_end_last"], strict=True)
    ):
        if start == cursor:
            kept.append(position)
            cursor = end + _DAY
    chain = ordered.iloc[kept]
    return pd.DataFrame(
        {
            "start": chain["period_start_first"],
            "end": chain["period_end_last"],
            "days": (chain["period_end_last"] - chain["period_start_first"]).dt.days + 1,
            "casualties": chain["total"],
            "killed": chain["killed"],
            "injured": chain["injured"],
            "originator": chain["originator"],
            "basis": LISTED,
            "row_id": chain["row_id"],
            "source_id": chain["source_id"],
        }
    ).reset_index(drop=True)


def _year_row(count: dict[str, object], occurred: pd.DataFrame, registered: RegisteredPath) -> dict[str, object] | None:
    """Return one line of the year check, or None where the registered path does not span the year."""
    year = pd.Timestamp(str(count["period_start_first"])).year
    of = "total" if not pd.isna(count["total"]) else "injured"  # type: ignore[call-overload]
    before, after = pd.Timestamp(date(year - 1, 12, 31)), pd.Timestamp(date(year, 12, 31))
    path = registered.path
    if pd.isna(count[of]) or path["date"].iloc[0] > before or path["date"].iloc[-1] < after:  # type: ignore[call-overload]
        return None
    start, end = registered.span_at(before, of), registered.span_at(after, of)
    closed = int(str(count[of]))
    line: dict[str, object] = {
        "year": year,
        "originator": count["originator"],
        "row_id": count["row_id"],
        "source_id": count["source_id"],
        "of": of,
        "closed": closed,
        "registered_low": end[0] - start[1],
        "registered_high": end[1] - start[0],
    }
    line["excess_low"] = end[0] - start[1] - closed
    line["excess_high"] = end[1] - start[0] - closed
    return line | _rest_of_year(closed, year, occurred, end) if of == "total" else line


def _rest_of_year(closed: int, year: int, occurred: pd.DataFrame, end: tuple[int, int]) -> dict[str, object]:
    """Return what the year's count leaves for the days after the list, and what was registered in them."""
    first, last = pd.Timestamp(date(year, 1, 1)), pd.Timestamp(date(year, 12, 31))
    if occurred.empty or not first <= occurred["end"].iloc[-1] < last:
        return {}
    inside = occurred[occurred["start"] >= first]["casualties"].sum()
    straddling = occurred[(occurred["start"] < first) & (occurred["end"] >= first)]["casualties"].sum()
    reached = int(occurred["casualties"].sum())
    return {
        "rest_from": occurred["end"].iloc[-1] + _DAY,
        "rest_closed_low": closed - int(inside) - int(straddling),
        "rest_closed_high": closed - int(inside),
        "rest_registered_low": end[0] - reached,
        "rest_registered_high": end[1] - reached,
    }
