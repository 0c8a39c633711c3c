"""Printed rows read as figures about killed, injured and total, and each figure as a point or a bound on a date.

The readings, in the order they are made:

1. Killed is printed, or the sum of civilian and military killed where both are; the same for injured. A figure for
   civilians only is never a total, also where it stands in the column of all (injured equal to civilian injured, the
   military part not printed).
2. The comparator of a row belongs to its total where a total is printed, else to its parts.
3. A total that adds up from its own parts is not a figure of its own.
4. A row dated by month or year bounds the path from below at its last and from above at its first possible day.
5. A total equal to an earlier one, when a higher one had been printed meanwhile, may be stale: it bounds from below.
6. One vote per originator, date, figure and reading; reprints add none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import pandas as pd

from analysis.casualties.scope import COUNT_START
from analysis.evidence.comparators import bounds
from analysis.stats.statements import Statement, Target

InexactRows = Literal["as printed", "as bounds", "leave out"]
StaleRows = Literal["as bounds", "as points"]

TARGETS: Final[dict[str, Target]] = {"killed": "first", "injured": "second", "total": "sum"}
_IDENTITY: Final = ["row_id", "source_id", "originator", "as_of"]


def read_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with what they say about all casualties: killed, injured, total, and how that was read.

    Added columns: `killed`, `injured`, `total` (missing where the row does not say), `adds_up` (missing where it
    cannot be checked), `civilians_only` (the row says something about civilians and nothing about all).
    """
    read = rows.copy()
    for outcome in ("killed", "injured"):
        civilian, military = rows[f"civilian_{outcome}"], rows[f"military_{outcome}"]
        # Printed in the column of all, but equal to the civilians and without a military part: civilians only.
        doubtful = (rows[outcome] == civilian).fillna(False) & military.isna() & rows["total"].isna()
        read[outcome] = rows[outcome].mask(doubtful.astype(bool)).fillna(civilian + military)
    read["adds_up"] = read["total"] == read["killed"] + read["injured"]
    no_counts_of_all = read[["killed", "injured", "total"]].isna().all(axis=1)
    some_civilians = rows[["civilian_killed", "civilian_injured"]].notna().any(axis=1)
    read["civilians_only"] = no_counts_of_all & some_civilians
    return read


def possibly_stale(parts: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows repeat an earlier total although a higher one had been printed before their first day.

    The earlier total is one of the same originator; for rows whose originator is unknown, of anybody. Only totals
    dated to the day that do not contradict their own parts count as "higher". Rows without a total are never stale.
    """
    totals = parts["total"].fillna(parts["killed"] + parts["injured"])
    exact = (parts["comparator"] == "=") & totals.notna()
    trusted = exact & (parts["as_of_precision"] == "day") & parts["adds_up"].fillna(True).astype(bool)
    reached = _highest_by(parts["as_of_first"], dates=parts.loc[trusted, "as_of_last"], totals=totals[trusted])
    overtaken = totals.fillna(0).astype("int64") < reached
    named = parts["originator"].where(parts["originator"] != "unknown", "")
    keyed = pd.DataFrame({"originator": named, "total": totals, "last": parts["as_of_last"]})[exact]
    first_own = keyed.groupby(["originator", "total"])["last"].transform("min")
    first_any = keyed.groupby("total")["last"].transform("min")
    earliest = first_own.where(keyed["originator"] != "", first_any)
    repeats = (earliest < parts.loc[exact, "as_of_first"]).reindex(parts.index, fill_value=False)
    return (repeats & overtaken & exact).astype(bool).rename("possibly_stale")


def figures(
    rows: pd.DataFrame,
    *,
    quantities: Sequence[str] = tuple(TARGETS),
    inexact_rows: InexactRows = "as bounds",
    stale_rows: StaleRows = "as bounds",
) -> pd.DataFrame:
    """Return the printed figures in long form, one line a figure and reading, in order of date, figure and row.

    Parameters
    ----------
    rows
        Rows of running totals, as :func:`analysis.casualties.scope.running_totals` returns them.
    quantities
        Columns to read: all casualties, or the civilian and military parts.
    inexact_rows
        "as bounds": a comparator bounds from one side, and an approximate figure (`~`) bounds nothing and is left out;
        "as printed": every figure is a point; "leave out": only exact rows.
    stale_rows
        "as bounds": a total that may be stale bounds from below; "as points": it counts like any other.

    Returns
    -------
    DataFrame
        row_id, source_id, originator, as_of, quantity (one of those asked for), printed, comparator, kind (equal, at
        least, at most), value (what the path is held against), date, day (days since the start of the count, that
        day included), reading (why it is read so), vote (False for a reprint of a vote already counted).
    """
    parts = read_parts(rows)
    parts["possibly_stale"] = possibly_stale(parts)
    long = _exact_and_inexact(_long(parts, quantities), inexact_rows)
    long = _dated(long, stale_rows)
    long["day"] = (long["date"] - pd.Timestamp(COUNT_START)).dt.days + 1
    long = long.sort_values(["date", "quantity", "kind", "value", "originator", "row_id"], kind="stable")
    repeated = long.duplicated(["originator", "date", "quantity", "kind", "value"])
    long["vote"] = ~repeated & ~_implied_by_parts(long)
    columns = [*_IDENTITY, "quantity", "printed", "comparator", "kind", "value", "date", "day", "reading", "vote"]
    return long[columns].reset_index(drop=True)


def statements(read: pd.DataFrame) -> tuple[Statement, ...]:
    """Return the votes among the figures as statements for the reconciliation."""
    votes = read[read["vote"]]
    return tuple(
        Statement(position=int(day), target=TARGETS[quantity], kind=kind, value=int(value))
        for day, quantity, kind, value in votes[["day", "quantity", "kind", "value"]].itertuples(index=False)
    )


def _highest_by(days: pd.Series, *, dates: pd.Series, totals: pd.Series) -> pd.Series:
    """Return the highest of the dated totals up to and including each day; -1 before the first."""
    highest = totals.astype("int64").groupby(dates).max().sort_index().cummax()
    if highest.empty:
        return pd.Series(-1, index=days.index)
    position = highest.index.searchsorted(days, side="right") - 1
    found = np.where(position >= 0, highest.to_numpy()[np.maximum(position, 0)], -1)
    return pd.Series(found, index=days.index)


def _long(parts: pd.DataFrame, quantities: Sequence[str]) -> pd.DataFrame:
    """Return one line a figure; a total that adds up from its own parts is left out."""
    columns = [*_IDENTITY, "as_of_first", "as_of_last", "as_of_precision", "comparator", "possibly_stale"]
    shown = parts.assign(total=parts["total"].mask(parts["adds_up"].fillna(False).astype(bool)))
    # The comparator belongs to the total where one is printed, also if the total itself adds up and is left out.
    exact_parts = parts["total"].notna()
    pieces = []
    for quantity in quantities:
        piece = shown.loc[shown[quantity].notna(), [*columns, quantity]].rename(columns={quantity: "printed"})
        piece["quantity"] = quantity
        if quantity != "total":
            piece["comparator"] = piece["comparator"].mask(exact_parts.reindex(piece.index), "=")
        pieces.append(piece)
    return pd.concat(pieces, ignore_index=True)


def _exact_and_inexact(long: pd.DataFrame, inexact_rows: InexactRows) -> pd.DataFrame:
    """Return the figures with kind, value and reading by their comparator."""
    read = long.assign(kind="equal", value=long["printed"].astype("int64"), reading="as printed")
    inexact = long["comparator"] != "="
    if inexact_rows == "leave out":
        return read[~inexact].reset_index(drop=True)
    read.loc[inexact, "reading"] = "inexact, read as a point"
    if inexact_rows == "as printed":
        return read
    allowed = bounds(long, "printed")
    for end, other, kind in (("low", "high", "at least"), ("high", "low", "at most")):
        one_sided = np.isinf(allowed[other]) & inexact
        read.loc[one_sided, "kind"] = kind
        read.loc[one_sided, "value"] = allowed.loc[one_sided, end].astype("int64")
        read.loc[one_sided, "reading"] = "inexact, read as a bound"
    # What is left as a point is an approximate figure, which bounds nothing.
    return read[~(inexact & (read["kind"] == "equal"))].reset_index(drop=True)


def _dated(long: pd.DataFrame, stale_rows: StaleRows) -> pd.DataFrame:
    """Return the figures with their date, month- and year-dated and possibly stale points turned into bounds."""
    wide = (long["as_of_precision"] != "day") & (long["kind"] == "equal")
    stale = long["possibly_stale"] & (long["kind"] == "equal") & (stale_rows == "as bounds")
    later = long.assign(date=long["as_of_last"])
    later.loc[wide, ["kind", "reading"]] = ["at least", "dated by month or year"]
    later.loc[stale, ["kind", "reading"]] = ["at least", "possibly stale"]
    # An upper bound without a day holds at the first day it can be of.
    capped = (later["kind"] == "at most") & (long["as_of_precision"] != "day")
    later["date"] = later["date"].mask(capped, long["as_of_first"])
    earlier = long[wide & ~stale].assign(kind="at most", reading="dated by month or year")
    return pd.concat([later, earlier.assign(date=earlier["as_of_first"])], ignore_index=True)


def _implied_by_parts(long: pd.DataFrame) -> pd.Series[bool]:
    """Return which totals the same originator also printed as killed plus injured for the same date."""
    exact = long[long["kind"] == "equal"]
    sides = exact[exact["quantity"] != "total"]
    keys = ["originator", "date", "row_id"]
    sums = sides.groupby(keys)["value"].agg(["sum", "size"]).query("size == 2").reset_index()
    known = set(zip(sums["originator"], sums["date"], sums["sum"], strict=True))
    keyed = zip(long["originator"], long["date"], long["value"], strict=True)
    implied = [key in known for key in keyed]
    return pd.Series(implied, index=long.index) & (long["quantity"] == "total") & (long["kind"] == "equal")
