"""Casualties in consecutive intervals, with exposure in days and a rate per 30 days with two intervals."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.casualties.occurred import LISTED
from analysis.casualties.running_totals import RegisteredPath
from analysis.casualties.scope import COUNT_START
from analysis.errors import InsufficientEvidence
from analysis.estimate import Period
from analysis.stats.rates import overdispersed_limits, poisson_limits

_DAY: Final = pd.Timedelta(days=1)
DAYS_OF_RATE: Final = 30.0
REGISTERED: Final = "registered: increment of the running total"

_COLUMNS: Final = ["start", "end", "days", "casualties", "killed", "injured", "basis", "kind"]


def increments(
    occurred: pd.DataFrame, registered: RegisteredPath, *, period: Period, minimum_interval_days: int
) -> pd.DataFrame:
    """Return casualties in contiguous intervals: listed periods, what follows by difference, then increments.

    Parameters
    ----------
    occurred
        Closed periods from the start of the count, as :mod:`analysis.casualties.occurred` returns them; may be empty.
    registered
        The registered path, whose increments follow the list.
    period
        Only intervals that lie wholly inside are returned.
    minimum_interval_days
        Shorter neighbouring intervals of the same kind are merged from the earliest on; a short one left at the end
        joins the one before it.

    Returns
    -------
    DataFrame
        start, end, days (both counted), casualties, killed, injured (missing where not printed), basis (in words),
        kind ("occurred", "by difference" or "registered").

    Raises
    ------
    InsufficientEvidence
        If no interval lies in the period, or no date has one total in all equally good readings.

    Notes
    -----
    An interval of the registered path ends only on a date at which all equally good readings have the same total.
    """
    if minimum_interval_days < 1:
        raise ValueError(f"minimum_interval_days: 1 or more is needed, got {minimum_interval_days}")
    pieces = [*_occurred_pieces(occurred), _registered_pieces(occurred, registered)]
    kept = [merged(piece, minimum_days=minimum_interval_days) for piece in pieces if not piece.empty]
    if not kept:
        raise InsufficientEvidence(
            "no interval can be formed: on no date do all equally good readings of the printed totals agree; an exact "
            "total of one day is needed, bounds alone are not enough"
        )
    table = pd.concat(kept, ignore_index=True)
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    inside = table[(table["start"] >= start) & (table["end"] <= end)].reset_index(drop=True)
    if inside.empty:
        raise InsufficientEvidence(
            f"no interval between two dated totals lies wholly in {period}; choose a longer period"
        )
    return inside


def merged(pieces: pd.DataFrame, *, minimum_days: int) -> pd.DataFrame:
    """Return the contiguous pieces merged, from the earliest on, until each has at least `minimum_days` days."""
    group, lengths = np.zeros(len(pieces), dtype=np.int64), 0
    current = 0
    for position, days in enumerate(pieces["days"]):
        group[position] = current
        lengths += int(days)
        if lengths >= minimum_days:
            current, lengths = current + 1, 0
    if lengths and current:  # a short rest joins the interval before it
        group[group == current] = current - 1
    joined = pieces.groupby(group, sort=True)
    return pd.DataFrame(
        {
            "start": joined["start"].first(),
            "end": joined["end"].last(),
            "days": joined["days"].sum(),
            "casualties": joined["casualties"].sum(),
            "killed": joined["killed"].agg(_sum_if_all_known),
            "injured": joined["injured"].agg(_sum_if_all_known),
            "basis": joined["basis"].first(),
            "kind": joined["kind"].first(),
        }
    ).astype({"casualties": "int64", "killed": "Int64", "injured": "Int64", "days": "int64"})


def with_rates(intervals: pd.DataFrame, *, dispersion: float, level: float) -> pd.DataFrame:
    """Return the intervals with the rate per 30 days and its two intervals.

    Added columns: `rate_per_30d`; `poisson_low`, `poisson_high` (exact, as if every casualty were an accident of its
    own); `clustered_low`, `clustered_high` (variance `dispersion` times the mean). The wider is the one to quote.

    References
    ----------
    See :func:`analysis.stats.rates.overdispersed_limits`.
    """
    exposure = intervals["days"].to_numpy(dtype=float) / DAYS_OF_RATE
    counts = intervals["casualties"].to_numpy(dtype=float)
    rated = intervals.assign(rate_per_30d=counts / exposure)
    rated["poisson_low"], rated["poisson_high"] = poisson_limits(counts, exposure, level=level)
    rated["clustered_low"], rated["clustered_high"] = overdispersed_limits(
        counts, exposure, dispersion=dispersion, level=level
    )
    return rated


def last_year(intervals: pd.DataFrame, *, days: int = 365) -> pd.DataFrame:
    """Return the fewest intervals, from the last one back, that cover at least `days` days.

    Raises
    ------
    InsufficientEvidence
        If all intervals together are shorter.
    """
    backwards = intervals["days"].iloc[::-1].cumsum()
    long_enough = np.flatnonzero(backwards.to_numpy() >= days)
    if long_enough.size == 0:
        raise InsufficientEvidence(
            f"the {len(intervals)} intervals cover {int(intervals['days'].sum())} days; {days} are needed"
        )
    return intervals.iloc[len(intervals) - 1 - int(long_enough[0]) :]


def after_first_year(intervals: pd.DataFrame) -> pd.DataFrame:
    """Return the intervals that begin a year or more after the start of the count.

    An interval that begins earlier is left out whole, however far it reaches; see :func:`after_first_year_words`.
    """
    return intervals[intervals["start"] >= pd.Timestamp(date(COUNT_START.year + 1, COUNT_START.month, COUNT_START.day))]


def after_first_year_words(intervals: pd.DataFrame) -> str:
    """Return in words from when on :func:`after_first_year` keeps intervals and how many days it leaves out."""
    later = after_first_year(intervals)
    out = intervals.iloc[: len(intervals) - len(later)]
    if later.empty or out.empty:
        return "without the first 12 months"
    return (
        f"from {later['start'].iloc[0].date()} on: without all {int(out['days'].sum())} days of intervals begun in the "
        "first 12 months"
    )


def day_numbers(dates: pd.Series) -> NDArray[np.int64]:
    """Return each date as days since the start of the count, that day being 1."""
    days: NDArray[np.int64] = np.asarray((dates - pd.Timestamp(COUNT_START)).dt.days + 1, dtype=np.int64)
    return days


def _occurred_pieces(occurred: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the listed periods and, apart from them so that they are never merged, what comes by difference."""
    listed = occurred["basis"] == LISTED
    return [
        occurred[listed].assign(kind="occurred")[_COLUMNS],
        occurred[~listed].assign(kind="by difference")[_COLUMNS],
    ]


def _registered_pieces(occurred: pd.DataFrame, registered: RegisteredPath) -> pd.DataFrame:
    """Return the increments of the registered path after the end of the list.

    The list may hold casualties that were registered later; they are not counted again.
    """
    path = registered.path
    pinned = path[path["total_low_0"] == path["total_high_0"]]
    if occurred.empty:
        end, known = pd.Timestamp(COUNT_START) - _DAY, 0
    else:
        end, known = occurred["end"].iloc[-1], int(occurred["casualties"].sum())
    later = pinned[pinned["date"] > end]
    totals = later["total"].clip(lower=known)
    starts = later["date"].shift(1, fill_value=end) + _DAY
    pieces = pd.DataFrame(
        {
            "start": starts,
            "end": later["date"],
            "days": (later["date"] - starts).dt.days + 1,
            "casualties": totals.diff().fillna(totals - known).astype("int64"),
            "basis": REGISTERED,
            "kind": "registered",
        }
    )
    for outcome in ("killed", "injured"):
        pieces[outcome] = _outcome_increments(later, outcome, first_known=occurred.empty)
    return pieces[_COLUMNS].reset_index(drop=True)


def _outcome_increments(later: pd.DataFrame, outcome: str, *, first_known: bool) -> pd.Series:
    """Return the increments of killed or injured, missing where either end is not the same in all good readings."""
    pinned = later[outcome].where(later[f"{outcome}_low_0"] == later[f"{outcome}_high_0"]).astype("Int64")
    steps = pinned.diff()
    if first_known and len(steps):
        steps.iloc[0] = pinned.iloc[0]
    return steps


def _sum_if_all_known(values: pd.Series[int]) -> object:
    return values.sum() if values.notna().all() else pd.NA
