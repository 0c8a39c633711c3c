"""Intervals that can hold casualties of earlier times, and what the rows say about them; nothing is presumed.

Every increment of a running total can hold late registrations. An interval is marked where the rows give a reason: its
increment is far above what the rest of the series leads to expect, or a year's closed count leaves fewer casualties
for its time than were registered in it. New accidents remain a possible explanation in both cases.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.increments import DAYS_OF_RATE, day_numbers
from analysis.casualties.printed import read_parts
from analysis.casualties.trend import fit_trend
from analysis.errors import InsufficientEvidence
from analysis.stats.rates import overdispersed_limits

# Two-sided level whose low end is held against the expected rate: one chance in a hundred on one side.
_JUMP_LEVEL: Final = 0.98

PARTS: Final = ("civilian_killed", "military_killed", "civilian_injured", "military_injured")


def with_marks(intervals: pd.DataFrame, years: pd.DataFrame, *, size_dispersion: float) -> pd.DataFrame:
    """Return the intervals with `marked` and, in words, `why_marked`.

    Parameters
    ----------
    intervals
        As :func:`analysis.casualties.increments.increments` returns them.
    years
        As :func:`analysis.casualties.occurred.year_check` returns them; may be empty.
    size_dispersion
        Variance over mean of persons when accidents are independent.
    """
    registered = intervals["kind"] == "registered"
    jump = registered & _above_the_rest(intervals, size_dispersion=size_dispersion)
    short = registered & _closed_count_is_lower(intervals, years)
    reasons = np.select(
        [jump & short, jump, short],
        [
            "increment far above the rest of the series; closed count of the year is lower",
            "increment far above the rest of the series",
            "closed count of the year is lower",
        ],
        default="",
    )
    return intervals.assign(marked=jump | short, why_marked=reasons)


def split_increments(rows: pd.DataFrame, accidents: pd.DataFrame) -> pd.DataFrame:
    """Return what each full split of a running total adds to the one before, beside the listed accidents.

    Parameters
    ----------
    rows
        Running totals of one scope; those with all four parts (civilian and military, killed and injured) are used,
        one for each date and total.
    accidents
        As :func:`analysis.evidence.counted_accidents.counted_accidents` returns them: a sample of news reports in
        which military ones are nearly absent, without casualties outside the count.

    Returns
    -------
    DataFrame
        after, until, from_total, to_total, added, added_military, the four parts added, and of the accidents listed
        between the two dates: listed_military_killed, listed_other_killed, listed_injured. A negative part means that a
        figure was lowered or a row misprinted.
    """
    splits = full_splits(rows)
    added = splits[list(PARTS)].diff()
    table = pd.DataFrame(
        {
            "after": splits["as_of_last"].shift(),
            "until": splits["as_of_last"],
            "from_total": splits["total"].shift(),
            "to_total": splits["total"],
            "added": splits["total"].diff(),
            "added_military": added["military_killed"] + added["military_injured"],
        }
    ).join(added.add_prefix("added_"))
    table = table.iloc[1:].reset_index(drop=True)
    return table.join(pd.DataFrame([_listed(row, accidents) for row in table.itertuples()]))


def full_splits(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the exact rows with all four parts, with total, killed and injured, one a date and total, in order.

    The total is the sum of the parts, so that a misprinted total does not enter.
    """
    exact = rows[(rows["comparator"] == "=") & rows[list(PARTS)].notna().all(axis=1)]
    read = read_parts(exact)
    read["total"] = read[list(PARTS)].sum(axis=1)
    ordered = read.sort_values(["as_of_last", "total", "row_id"])
    return ordered.drop_duplicates(["as_of_last", *PARTS]).reset_index(drop=True)


def _above_the_rest(intervals: pd.DataFrame, *, size_dispersion: float) -> pd.Series[bool]:
    """Return which intervals have a rate whose low limit is above the trend fitted to all others."""
    low, _ = overdispersed_limits(
        intervals["casualties"].to_numpy(dtype=float),
        intervals["days"].to_numpy(dtype=float) / DAYS_OF_RATE,
        dispersion=size_dispersion,
        level=_JUMP_LEVEL,
    )
    expected = [_expected_rate(intervals, position) for position in range(len(intervals))]
    return pd.Series(low > np.array(expected), index=intervals.index)


def _expected_rate(intervals: pd.DataFrame, position: int) -> float:
    """Return the rate in the middle of one interval by the trend of all others; infinite where there is no trend."""
    others = intervals.drop(index=intervals.index[position])
    try:
        fit = fit_trend(others, level=_JUMP_LEVEL, family="poisson")
    except InsufficientEvidence:
        return np.inf
    one = intervals.iloc[[position]]
    middle = (day_numbers(one["start"]) + day_numbers(one["end"])) / 2
    return float(fit.rate_per_30d(middle)[0])


def _closed_count_is_lower(intervals: pd.DataFrame, years: pd.DataFrame) -> pd.Series[bool]:
    """Return which intervals overlap a rest of a year in which more was registered than the year's count leaves."""
    found = pd.Series(False, index=intervals.index)
    if years.empty or "rest_from" not in years:
        return found
    short = years[(years["rest_registered_low"] > years["rest_closed_high"]).fillna(False)]
    for row in short.itertuples():
        end = pd.Timestamp(f"{row.year}-12-31")
        found |= (intervals["start"] <= end) & (intervals["end"] >= row.rest_from)
    return found


def _listed(row: tuple[object, ...], accidents: pd.DataFrame) -> dict[str, int]:
    """Return the casualties of the accidents listed after the first and up to the second date."""
    between = accidents[
        (accidents["date_first"] > row.after) & (accidents["date_last"] <= row.until)  # type: ignore[attr-defined]
    ]
    military = between["victim_type"] == "military"
    return {
        "listed_military_killed": int(between.loc[military, "killed"].sum()),
        "listed_other_killed": int(between.loc[~military, "killed"].sum()),
        "listed_injured": int(between["injured"].sum()),
    }
