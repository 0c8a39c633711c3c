"""Totals since the early 1990s: what is stated, and the sum that exact ones after 2020 should be.

A total since the early 1990s is the total to 10 November 2020 plus what was counted from then on. Which statements
contradict each other is said by :mod:`analysis.casualties.all_time_conflicts`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.casualties.running_totals import RegisteredPath
from analysis.casualties.scope import COUNT_START, without
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence

LATEST_START: Final = pd.Timestamp("1994-01-01")
"""A total that starts later leaves out the war of the early 1990s and is not of the all-time series."""

QUANTITIES: Final = ("total", "killed", "injured")

INSIDE: Final = {
    "azerbaijan_excluding_nagorno_karabakh": ("azerbaijan_excluding_nagorno_karabakh", "azerbaijan"),
    "azerbaijan": ("azerbaijan",),
}
"""Areas of one country's count, by what they hold: a count of a key is not above a later one of its values."""

_DAY_ZERO: Final = pd.Timestamp(COUNT_START)


def baseline_row(rows: pd.DataFrame) -> pd.Series:
    """Return the row of the printed total to the end of the war of 2020, which the all-time series goes on from.

    It is found by what it says: an exact total for the whole country since the start of the 1990s, as of the day on
    which the running total starts.

    Raises
    ------
    InsufficientEvidence
        When it is missing or left out, or two rows give different totals.
    """
    found = rows[
        (rows["as_of_first"] == _DAY_ZERO)
        & (rows["as_of_last"] == _DAY_ZERO)
        & (rows["period_start_last"] < LATEST_START)
        & (rows["geography"] == "azerbaijan")
        & (rows["comparator"] == "=")
        & rows["total"].notna()
    ].sort_values("row_id")
    if found.empty:
        raise InsufficientEvidence(
            f"the total to the end of the 2020 war (running total as of {COUNT_START}) is missing or left out"
        )
    if (found["total"] != found["total"].iloc[0]).any():
        raise InsufficientEvidence(
            f"rows {', '.join(found['row_id'])} give different totals to the end of the 2020 war; exclude all but one"
        )
    return found.iloc[0]


def identity(all_time: pd.DataFrame, *, base: int, registered: RegisteredPath) -> pd.DataFrame:
    """Return every exact all-time total dated to a day after 10 November 2020 beside the sum it should be.

    The sum is the total to 10 November 2020 plus the running total.

    One vote per originator, date and figure: reprints add none.

    Parameters
    ----------
    all_time
        As :func:`analysis.casualties.scope.all_time_totals` returns them.
    base
        Total to 10 November 2020.

    Returns
    -------
    DataFrame
        date, originator, total, less_base (total less base), running_low, running_high (range of equally good readings
        of the running total at the date), meets (less_base is in the range), off_by (how far outside, with sign),
        row_id, source_id.

    Raises
    ------
    InsufficientEvidence
        If there is no such total.
    """
    exact = _exact_after_2020(all_time, registered)
    dated = exact[exact["as_of_precision"] == "day"]
    if dated.empty:
        raise InsufficientEvidence("no exact all-time total dated to the day is printed after 10 November 2020")
    return _beside_running_total(dated, base=base, registered=registered)


def identity_without_day(all_time: pd.DataFrame, *, base: int, registered: RegisteredPath) -> pd.DataFrame:
    """Return the exact all-time totals dated to a month or year only, as :func:`identity` returns the others.

    The range of the running total is over all days the date can be; the column date is the last of them. May be empty.
    """
    exact = _exact_after_2020(all_time, registered)
    return _beside_running_total(exact[exact["as_of_precision"] != "day"], base=base, registered=registered)


def _exact_after_2020(all_time: pd.DataFrame, registered: RegisteredPath) -> pd.DataFrame:
    """Return the rows, with killed plus injured where a row prints these and no total."""
    rows = all_time.assign(total=all_time["total"].fillna(all_time["killed"] + all_time["injured"]))
    kept: pd.DataFrame = rows[
        (rows["comparator"] == "=")
        & rows["total"].notna()
        & (rows["as_of_first"] > _DAY_ZERO)
        & (rows["as_of_last"] <= registered.path["date"].iloc[-1])
    ]
    return kept


def _beside_running_total(exact: pd.DataFrame, *, base: int, registered: RegisteredPath) -> pd.DataFrame:
    votes = exact.drop_duplicates(["originator", "as_of_first", "as_of_last", "total"])
    low = np.array([registered.span_at(day, "total")[0] for day in votes["as_of_first"]], dtype=np.int64)
    high = np.array([registered.span_at(day, "total")[1] for day in votes["as_of_last"]], dtype=np.int64)
    less = votes["total"].to_numpy(dtype=np.int64) - base
    off = np.where(less > high, less - high, np.where(less < low, less - low, 0))
    return pd.DataFrame(
        {
            "date": votes["as_of_last"].to_numpy(),
            "originator": votes["originator"].to_numpy(),
            "total": votes["total"].to_numpy(dtype=np.int64),
            "less_base": less,
            "running_low": low,
            "running_high": high,
            "meets": off == 0,
            "off_by": off,
            "row_id": votes["row_id"].to_numpy(),
            "source_id": votes["source_id"].to_numpy(),
        }
    )


def statements(
    evidence: Evidence, *, period_end: date | None = None, exclude_originators: Collection[str] = ()
) -> pd.DataFrame:
    """Return what is stated of all killed or injured since the early 1990s in Azerbaijan, one row a number.

    A row that starts after 1993 is of another count. "About" bounds nothing and is left out; other comparators are
    bounds. A row about civilians only is a lower bound for all, and says nothing about how many all were at most.

    Returns
    -------
    DataFrame
        row_id, source_id, originator, party, area, first, last (days the date can be), quantity, low, high, words (as
        stated), civilians_only. One row per originator, date, quantity and figure.

    Raises
    ------
    InsufficientEvidence
        If none is left, or a total is below the parts of its own row.
    """
    table = without(evidence.table("casualties_running_total"), exclude_originators)
    early = table["period_start_last"].isna() | (table["period_start_last"] < LATEST_START)
    rows = table[early & table["geography"].isin(list(INSIDE)) & table["comparator"].isin(["=", ">", ">=", "<", "<="])]
    rows = rows[rows["as_of_last"].notna()]
    if period_end is not None:
        rows = rows[rows["as_of_last"] <= pd.Timestamp(period_end)]
    _require_parts_within_totals(rows)
    found = [line for row in rows.to_dict("records") for line in _lines(row)]
    if not found:
        raise InsufficientEvidence("no total since the early 1990s is left; nothing can be compared")
    stated = pd.DataFrame(found).sort_values(["last", "first", "row_id", "quantity"])
    return stated.drop_duplicates(["originator", "first", "last", "area", "quantity", "words"]).reset_index(drop=True)


def _require_parts_within_totals(rows: pd.DataFrame) -> None:
    exact = rows[(rows["comparator"] == "=") & rows["total"].notna()]
    parts = exact["killed"].fillna(0) + exact["injured"].fillna(0)
    short = exact[(parts > exact["total"]).fillna(False)]
    if len(short):
        row = short.iloc[0]
        raise InsufficientEvidence(
            f"row {row['row_id']}: the total {row['total']} is below its parts, {row['killed']} killed and "
            f"{row['injured']} injured; correct or exclude the row"
        )


def _lines(row: Mapping[Hashable, Any]) -> list[dict[str, object]]:
    """Return one line for each number of a row that is about all persons, or of civilians where it has no other."""
    known = {name: row[name] for name in QUANTITIES if not pd.isna(row[name])}
    if row["comparator"] != "=" and "total" in known:
        # One comparator stands in a row; whether the parts beside an inexact total are exact is not known.
        known = {"total": known["total"]}
    civilians_only = not known
    if civilians_only:
        parts = {"killed": row["civilian_killed"], "injured": row["civilian_injured"]}
        known = {name: value for name, value in parts.items() if not pd.isna(value)}
    if "total" not in known and {"killed", "injured"} <= set(known):
        known["total"] = int(str(known["killed"])) + int(str(known["injured"]))
    return [_line(row, name, int(str(value)), civilians_only=civilians_only) for name, value in known.items()]


def _line(row: Mapping[Hashable, Any], quantity: str, value: int, *, civilians_only: bool) -> dict[str, object]:
    low, high, words = {
        "=": (value, value, ""),
        ">": (value + 1, np.inf, "more than "),
        ">=": (value, np.inf, "at least "),
        "<": (0, value - 1, "fewer than "),
        "<=": (0, value, "at most "),
    }[str(row["comparator"])]
    return {
        "row_id": row["row_id"],
        "source_id": row["source_id"],
        "originator": row["originator"],
        "party": row["party"],
        "area": row["geography"],
        "first": row["as_of_first"],
        "last": row["as_of_last"],
        "quantity": quantity,
        "low": float(low),
        "high": float(np.inf if civilians_only else high),
        "words": f"{words}{value:,}{' civilians' if civilians_only else ''}",
        "civilians_only": civilians_only,
    }
