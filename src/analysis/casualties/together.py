"""What all-time totals need of each other: statements taken together, the arithmetic, and whether it can be."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.casualties.annual import NOT_PUBLISHED
from analysis.casualties.running_totals import RegisteredPath
from analysis.casualties.scope import COUNT_START
from analysis.errors import InsufficientEvidence

_DAY_ZERO: Final = pd.Timestamp(COUNT_START)
_AREA_TO_2020: Final = "Azerbaijan without Nagorno-Karabakh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Casualties that must have occurred between an earlier total and the total to 10 November 2020.

    Parameters
    ----------
    earlier
        Row of the statements: the last exact earlier total.
    needed
        Casualties in between if both count the same people.
    days
        Days in between.
    printed
        Sum of the largest printed count of each whole year in between; 0 if none is printed.
    years_printed, years_without
        Whole years in between with and without a printed count of all casualties.
    """

    earlier: pd.Series
    needed: int
    days: int
    printed: int
    years_printed: tuple[int, ...]
    years_without: tuple[int, ...]


def between(stated: pd.DataFrame, counts: pd.DataFrame, *, base: int) -> Between:
    """Return what the last exact total before 10 November 2020 leaves for the time up to it.

    Parameters
    ----------
    stated
        As :func:`analysis.casualties.all_time.statements` returns them.
    counts
        As :func:`analysis.casualties.annual.annual_counts` returns them.
    base
        Total to 10 November 2020.

    Raises
    ------
    InsufficientEvidence
        If no exact total before that day is stated.
    """
    earlier = stated[(stated["quantity"] == "total") & (stated["low"] == stated["high"]) & (stated["last"] < _DAY_ZERO)]
    if earlier.empty:
        raise InsufficientEvidence(f"no exact total before {COUNT_START} is stated")
    row = earlier.sort_values(["last", "row_id"]).iloc[-1]
    years = range(row["last"].year + 1, COUNT_START.year + 1)
    here = counts[(counts["area"] == _AREA_TO_2020) & counts["total"].notna()]
    most = {year: here.loc[here["year"] == year, "total"].max() for year in years}
    known = {year: int(value) for year, value in most.items() if not pd.isna(value)}
    return Between(
        earlier=row,
        needed=base - int(row["high"]),
        days=(_DAY_ZERO - row["last"]).days,
        printed=sum(known.values()),
        years_printed=tuple(known),
        years_without=tuple(year for year in years if year not in known),
    )


def needs(
    stated: pd.DataFrame,
    counts: pd.DataFrame,
    base_row: pd.Series,
    registered: RegisteredPath,
    identity: pd.DataFrame,
) -> pd.DataFrame:
    """Return a table to read: statements taken together, the arithmetic, what follows, and whether it can be.

    Returns
    -------
    DataFrame
        together (the statements, with who and when), arithmetic, follows, can_hold, rows.
    """
    base = int(base_row["total"])
    rows = [_identity_line(identity, base, base_row)]
    try:
        rows.append(_between_line(between(stated, counts, base=base), base, base_row))
    except InsufficientEvidence as reason:
        rows.append({"together": "a total before 2020 and the one to 2020", "follows": str(reason), "can_hold": ""})
    for quantity in ("total", "killed"):
        rows += _implied_lines(stated, registered, quantity=quantity, base=base if quantity == "total" else None)
    return pd.DataFrame(rows, columns=["together", "arithmetic", "follows", "can_hold", "rows"]).fillna("")


def implied_before(stated: pd.DataFrame, registered: RegisteredPath, *, quantity: str) -> pd.DataFrame:
    """Return what each exact statement dated after 10 November 2020 leaves for the time up to that day.

    Returns
    -------
    DataFrame
        date, originator, words, stated, before_low, before_high (stated less the running total at the date, a range of
        equally good readings, or over the days the date can be), civilians_only, row_id, source_id. Of civilians only
        it is a lower bound for all: the running total may hold military, too, so before_low has no lower limit but the
        range is shown as if it held the same people.
    """
    after = stated[(stated["quantity"] == quantity) & (stated["first"] > _DAY_ZERO) & (stated["low"] > 0)]
    exact = after[(after["low"] == after["high"]) | after["civilians_only"]]
    end = registered.path["date"].iloc[-1]
    lines = []
    for row in exact[exact["last"] <= end].to_dict("records"):
        low, _ = registered.span_at(row["first"], quantity)
        _, high = registered.span_at(row["last"], quantity)
        lines.append(
            {
                "date": row["last"],
                "originator": row["originator"],
                "words": row["words"],
                "stated": int(row["low"]),
                "before_low": int(row["low"]) - high,
                "before_high": int(row["low"]) - low,
                "civilians_only": row["civilians_only"],
                "row_id": row["row_id"],
                "source_id": row["source_id"],
            }
        )
    columns = ["date", "originator", "words", "stated", "before_low", "before_high"]
    return pd.DataFrame(lines, columns=[*columns, "civilians_only", "row_id", "source_id"])


def _identity_line(identity: pd.DataFrame, base: int, base_row: pd.Series) -> dict[str, str]:
    meets, off = int(identity["meets"].sum()), identity.loc[~identity["meets"], "off_by"]
    rest = "" if off.empty else f"; the others are off by {', '.join(f'{value:+d}' for value in off)}"
    return {
        "together": f"{base:,} to {COUNT_START} ({base_row['originator']}); the running total since; each exact total "
        f"since the early 1990s that is dated to the day ({len(identity)}, reprints once)",
        "arithmetic": f"total less {base:,} = running total at its date",
        "follows": f"holds for {meets} of {len(identity)}{rest}",
        "can_hold": "yes where it holds: these totals are one sum, not a second count",
        "rows": str(base_row["row_id"]),
    }


def _between_line(gap: Between, base: int, base_row: pd.Series) -> dict[str, str]:
    row, without = gap.earlier, ", ".join(str(year) for year in gap.years_without)
    printed = (
        f"{gap.printed} printed for {', '.join(str(year) for year in gap.years_printed)}"
        if gap.years_printed
        else "none printed for a whole year in between"
    )
    return {
        "together": f"{row['words']} by {row['last'].date()} ({row['originator']}, {row['area'].replace('_', ' ')}); "
        f"{base:,} to {COUNT_START} ({base_row['originator']}, {base_row['geography']})",
        "arithmetic": f"{base:,} less {row['words']} = {gap.needed} in {gap.days} days",
        "follows": f"{gap.needed} casualties in between, {365.25 * gap.needed / gap.days:.0f} a year; {printed}; "
        f"{without}: {NOT_PUBLISHED}",
        "can_hold": "only if at least "
        f"{gap.needed - gap.printed} fell in the years without a printed count, or the two count other people or areas",
        "rows": f"{row['row_id']}, {base_row['row_id']}",
    }


def _implied_lines(
    stated: pd.DataFrame, registered: RegisteredPath, *, quantity: str, base: int | None
) -> list[dict[str, str]]:
    """Return the largest and smallest number that statements of one quantity leave for the time up to 2020."""
    table = implied_before(stated, registered, quantity=quantity)
    if table.empty:
        return []
    earlier = stated[
        (stated["quantity"] == quantity) & (stated["last"] < _DAY_ZERO) & (stated["low"] == stated["high"])
    ]
    last = None if earlier.empty else earlier.sort_values(["last", "row_id"]).iloc[-1]
    order = ["before_high", "before_low", "row_id"]
    extremes = table.sort_values(order).iloc[[0, -1]].drop_duplicates("row_id")
    return [_implied_line(row, quantity=quantity, base=base, last=last) for row in extremes.to_dict("records")]


def _implied_line(
    row: Mapping[Hashable, Any], *, quantity: str, base: int | None, last: pd.Series | None
) -> dict[str, str]:
    low, high = int(str(row["before_low"])), int(str(row["before_high"]))
    span = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    name = {"total": "killed and injured", "killed": "killed"}[quantity]
    line = {
        "together": f"{row['words']} {name} by {pd.Timestamp(row['date']).date()} ({row['originator']}); "
        "the running total since 10 November 2020",
        "arithmetic": f"stated less running total = {span} to {COUNT_START}",
        "rows": str(row["row_id"]),
    }
    if base is not None:
        off = min(abs(low - base), abs(high - base)) if not low <= base <= high else 0
        held = "yes" if off == 0 else "not with the same definition"
        return line | {"follows": f"{off} away from the {base:,} printed for that day", "can_hold": held}
    if last is None:
        return line | {"follows": NOT_PUBLISHED, "can_hold": ""}
    gap = f"{low - int(last['high'])}" if low == high else f"{low - int(last['high'])} to {high - int(last['high'])}"
    return line | {
        "follows": f"{gap} killed between {last['last'].date()} ({last['words']}, {last['originator']}) and "
        f"{COUNT_START}",
        "can_hold": "only if so many were killed in years without a printed count, or the two count other people or "
        "areas",
    }
