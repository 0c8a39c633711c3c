"""Whose work a monthly figure counts: found from the figures, since no page announces the change.

Each printed month is compared with the weekly reports of the same month. If both count the same operators the ratio is
near 1; if the month counts more operators than the weeks it is well above 1. Where the ratio rises, the monthly figures
have begun to count more operators; where it falls again, the weekly ones have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence

HEADLINE_OPERATORS: Final = ("anama", "anama_as_printed", "all_operators")
"""Operator labels of the regular reports; a ministry's or a project's own figures are not among them."""

REGION: Final = "regained_districts"

ANAMA: Final = "ANAMA only"
ALL: Final = "all operators"
UNDECIDED: Final = "coverage not known"

_GROUPS: Final = {
    "anama": ANAMA,
    "all_operators": ALL,
    "ministry_of_defence": "Ministry of Defence",
    "russian_peacekeepers": "Russian peacekeepers",
}
WIDER_FROM: Final = 1.5
"""Ratio from which a month counts more operators than its weeks. A part of the weeks is always missing, so the ratio
scatters around 1 also where both count the same."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coverage:
    """The stretch of months whose figures count more operators than the weekly reports of the same month.

    Parameters
    ----------
    ratios
        One row a month: `month`, `month_ha`, `weeks`, `median_week_ha`, `ratio`, `inside` (in the stretch), `fits` (the
        ratio is on the side of the limit that the stretch wants).
    limit
        Ratio that divides.
    last_narrow, months_widen
        Last month before the stretch and first month in it: monthly figures change coverage between them.
    last_wide, weeks_widen
        Last month in the stretch and first month after it: weekly figures have caught up by then.
    """

    ratios: pd.DataFrame
    limit: float
    last_narrow: pd.Timestamp
    months_widen: pd.Timestamp
    last_wide: pd.Timestamp
    weeks_widen: pd.Timestamp


def month_to_week_ratios(clearance: pd.DataFrame) -> pd.DataFrame:
    """Return each printed month of the region against the median weekly report that lies mostly in it.

    A weekly report counts as seven days also where it names Monday to Saturday. The operator label of the row is not
    used, since it is what the ratio is to tell; alternative renderings are left out.

    Returns
    -------
    DataFrame
        `month`, `month_ha`, `weeks`, `median_week_ha`, `ratio`; months without a week or an area are left out.
    """
    rows = clearance[
        (clearance["geography"] == REGION)
        & clearance["operator"].isin(HEADLINE_OPERATORS)
        & ~clearance["alternative"].fillna(False).astype(bool)
        & clearance["area_ha"].notna()
    ]
    weeks = rows[rows["period_kind"] == "week"].copy()
    middle = weeks["period_start_first"] + (weeks["period_end_last"] - weeks["period_start_first"]) / 2
    weeks["month"] = middle.dt.to_period("M").dt.start_time
    by_week = weeks.groupby("month")["area_ha"].agg(["count", "median"])
    months = rows[rows["period_kind"] == "month"].copy()
    months["month"] = months["period_start_first"].dt.to_period("M").dt.start_time
    by_month = months.groupby("month")["area_ha"].max()
    found = pd.DataFrame({"month_ha": by_month}).join(by_week, how="inner").sort_index()
    found = found.rename(columns={"count": "weeks", "median": "median_week_ha"}).reset_index()
    in_month = found["month"].dt.days_in_month / 7
    found["ratio"] = (found["month_ha"] / (found["median_week_ha"] * in_month)).astype(float)
    return found.astype({"month_ha": float, "median_week_ha": float})


def find_coverage(clearance: pd.DataFrame, *, limit: float = WIDER_FROM) -> Coverage:
    """Return the one stretch of months that best separates ratios of at least `limit` from smaller ones.

    Every stretch with a month before and after it is tried; the one with the fewest months on the wrong side is taken,
    ties to the earliest.

    Raises
    ------
    InsufficientEvidence
        If no stretch separates the months better than none at all.
    """
    return _separate(month_to_week_ratios(clearance), limit)


def _separate(ratios: pd.DataFrame, limit: float) -> Coverage:
    wide = (ratios["ratio"] >= limit).to_numpy(dtype=bool)
    size = len(wide)
    least, first, end = int(wide.sum()), 0, 0
    for start in range(1, size):
        for stop in range(start + 1, size):
            misfits = int((~wide[start:stop]).sum() + wide[:start].sum() + wide[stop:].sum())
            if misfits < least:
                least, first, end = misfits, start, stop
    if first == end:
        raise InsufficientEvidence(
            f"the coverage of monthly figures cannot be told: in {size} months with both a monthly and a weekly area no"
            f" stretch has months of at least {limit:g} times their weeks, with smaller ratios before and after"
        )
    inside = np.zeros(size, dtype=bool)
    inside[first:end] = True
    month = ratios["month"]
    return Coverage(
        ratios=ratios.assign(inside=inside, fits=inside == wide),
        limit=limit,
        last_narrow=month[first - 1],
        months_widen=month[first],
        last_wide=month[end - 1],
        weeks_widen=month[end],
    )


def limits_with_same_stretch(coverage: Coverage) -> tuple[float, float]:
    """Return the smallest and largest limit, from 1 to 3 in steps of 0.05, that find the same stretch."""
    grid = [round(float(value), 2) for value in np.arange(1.0, 3.0001, 0.05)]
    same = [value for value in grid if _same_stretch(coverage, value)]
    low = high = coverage.limit
    for value in sorted((value for value in grid if value < coverage.limit), reverse=True):
        if value not in same:
            break
        low = value
    for value in (value for value in grid if value > coverage.limit):
        if value not in same:
            break
        high = value
    return low, high


def _same_stretch(coverage: Coverage, limit: float) -> bool:
    try:
        other = _separate(coverage.ratios, limit)
    except InsufficientEvidence:
        return False
    return (other.months_widen, other.weeks_widen) == (coverage.months_widen, coverage.weeks_widen)


def operator_groups(clearance: pd.DataFrame, *, coverage: Coverage | None) -> pd.Series:
    """Return the operator group of each row; groups are never added up or joined.

    'anama_as_printed' rows name ANAMA while their size may be that of all operators. A month or year that ends after
    the monthly figures widened, and a week that starts after the weekly ones did, is read as all operators; an earlier
    one as ANAMA only. Where no change was found, and for any other span (a quarter), which the change was not found
    from, the coverage is not known. Others keep their own label.

    Parameters
    ----------
    coverage
        As found by :func:`find_coverage`; None where it could not be told.
    """
    groups = clearance["operator"].map(_GROUPS).astype("str")
    groups = groups.where(groups.notna() & (groups != "nan"), clearance["operator"].str.replace("_", " "))
    as_printed = clearance["operator"] == "anama_as_printed"
    groups = groups.mask(as_printed, UNDECIDED)
    if coverage is None:
        return groups
    weekly = clearance["period_kind"] == "week"
    regular = clearance["period_kind"].isin(["month", "year"])
    for rows, start, date in (
        (as_printed & regular, coverage.months_widen, clearance["period_end_last"]),
        (as_printed & weekly, coverage.weeks_widen, clearance["period_start_first"]),
    ):
        groups = groups.mask(rows & (date >= start), ALL).mask(rows & (date < start), ANAMA)
    return groups
