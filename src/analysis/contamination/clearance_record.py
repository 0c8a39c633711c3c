"""The clearance record of one operator group: each month observed, implied by other figures, or unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.printed_precision import EXACT, InexactRows, area_ranges, printed_unit
from analysis.errors import InsufficientEvidence
from analysis.stats.difference_bounds import PeriodSum, SumRanges, sum_ranges

RECORD_START: Final = date(2020, 11, 10)
"""First day of the running totals since the ceasefire statement of 10 November 2020."""

IMPLIED_WIDTH: Final = 0.1
"""A month without its own figure is implied if its range is no wider than this share of the middle of the range."""

_YEAR_INFERRED: Final = "year inferred"  # what the notes say of a page that prints no year
_FINE_PRINT: Final = 0.005  # an exact figure whose last digit is finer than this share of it goes first
_TRUST: Final = {"year": 0, "cumulative": 1, "month": 2, "other": 3, "week": 4}
_TRUST_COARSE: Final = {**_TRUST, "cumulative": 5}  # rounded running totals are often repeated when already stale


class MonthStatus(StrEnum):
    """How the area of a month is known."""

    OBSERVED = "observed"
    IMPLIED = "implied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClearanceRecord:
    """One operator group's reported areas, put together.

    Parameters
    ----------
    group
        Operator group.
    statements
        Every figure used or tried, most trusted first: `row_id`, `source_id`, `period_kind`, `start`, `end` (first day
        after), `area_ha`, `comparator`, `low`, `high`, `gap_ha` (0 if used; else how far the range known from more
        trusted figures lies above, or below if negative), `year_inferred` (the page prints no year).
    parts
        Figures of a part of the group, whose low ends the whole cannot be below; columns as `statements`, `high`
        infinite.
    months
        One row a month: `month`, `status`, `printed_ha` (missing unless observed), `comparator`, `year_inferred`,
        `low_ha`, `high_ha` (range allowed by all figures together; `high_ha` may be infinite), `row_id`.
    years
        One row a year: see :func:`yearly_sums`.
    ranges
        Ranges of sums between any two days named by a statement or a month.
    """

    group: str
    statements: pd.DataFrame
    parts: pd.DataFrame
    months: pd.DataFrame
    years: pd.DataFrame
    ranges: SumRanges

    @property
    def contradicted(self) -> pd.DataFrame:
        """The figures that cannot hold together with more trusted ones."""
        return self.statements[self.statements["gap_ha"] != 0].reset_index(drop=True)


def clearance_record(
    rows: pd.DataFrame,
    *,
    group: str,
    last_date: date,
    inexact_rows: InexactRows = "as bounds",
    part: pd.DataFrame | None = None,
    points: Iterable[pd.Timestamp] = (),
) -> ClearanceRecord:
    """Return the record of one group from its rows.

    Parameters
    ----------
    rows
        Rows of clearance_period of one operator group and one region. Alternative renderings are never used.
    last_date
        The record ends with the month of this day.
    part
        Rows of a group that belongs to this one, as ANAMA does to all operators: what it reports is a lower bound of
        the whole. They are tried after every figure of the whole.
    points
        Further days at which the sum is wanted.

    Raises
    ------
    InsufficientEvidence
        If no row has an area in the record's time.
    """
    statements = area_statements(rows, inexact_rows=inexact_rows)
    if statements.empty:
        raise InsufficientEvidence(f"{group}: no area is reported between {RECORD_START} and {last_date}")
    starts = pd.date_range(RECORD_START.replace(day=1), pd.Timestamp(last_date) + pd.offsets.MonthBegin(1), freq="MS")
    parts = area_statements(rows.iloc[:0] if part is None else part, inexact_rows=inexact_rows).assign(high=np.inf)
    ranges = sum_ranges(
        [
            PeriodSum(start=_day(start), end=_day(end), low=float(low), high=float(high))
            for frame in (statements, parts)
            for start, end, low, high in frame[["start", "end", "low", "high"]].itertuples(index=False)
        ],
        points=[_day(day) for day in (*starts, *points)],
    )
    statements["gap_ha"], parts["gap_ha"] = ranges.gaps[: len(statements)], ranges.gaps[len(statements) :]
    months = _months(statements, starts, ranges)
    years = yearly_sums(statements, months, ranges)
    return ClearanceRecord(group=group, statements=statements, parts=parts, months=months, years=years, ranges=ranges)


def area_statements(
    rows: pd.DataFrame, *, inexact_rows: InexactRows, record_start: date = RECORD_START
) -> pd.DataFrame:
    """Return the areas as ranges over spans of days, most trusted first.

    Order: exact figures printed finer than half a per cent before rounded and inexact ones; then year, running total,
    month, other span, week (rounded running totals last); then finer print, earlier end, row. A start before the
    record's (a calendar year 2020, an undated start) is moved to it: the regained districts were not worked in before.
    """
    kept = rows[rows["area_ha"].notna() & ~rows["alternative"].fillna(False).astype(bool)]
    first = pd.Timestamp(record_start)
    begun = kept["period_start_first"].mask(kept["period_start_first"] < first, first)
    frame = pd.DataFrame(
        {
            "row_id": kept["row_id"],
            "source_id": kept["source_id"],
            "period_kind": kept["period_kind"],
            "start": begun.mask(kept["period_kind"] == "cumulative", first),
            "end": kept["period_end_last"] + pd.Timedelta(days=1),
            "area_ha": kept["area_ha"].astype(float),
            "comparator": kept["comparator"],
            "year_inferred": kept["notes"].fillna("").str.contains(_YEAR_INFERRED, case=False, regex=False),
        }
    ).join(area_ranges(kept, inexact_rows=inexact_rows))
    frame = frame[(frame["end"] > first) & frame["low"].notna()]
    unit = frame["area_ha"].map(printed_unit)
    frame["coarse"] = (frame["comparator"] != EXACT) | (unit > _FINE_PRINT * frame["area_ha"])
    fine, coarse = frame["period_kind"].map(_TRUST), frame["period_kind"].map(_TRUST_COARSE)
    frame["trust"] = fine.mask(frame["coarse"], coarse)
    frame["unit"] = unit
    frame = frame.sort_values(["coarse", "trust", "unit", "end", "row_id"], kind="stable")
    return frame.drop(columns=["coarse", "trust", "unit"]).reset_index(drop=True)


def yearly_sums(statements: pd.DataFrame, months: pd.DataFrame, ranges: SumRanges) -> pd.DataFrame:
    """Return printed years against the sum of their printed months.

    Returns
    -------
    DataFrame
        `year`; `printed_ha` (missing where no year is printed); `months_printed`; `months_sum_ha`; `share_in_months`
        (missing without a printed year above 0); `inferred_ha` (part of `months_sum_ha` from months whose page prints
        no year); `rest_ha` (printed year less printed months); `months_without`; `low_ha`, `high_ha`: range of the year
        that all figures allow, the printed year among them.
    """
    year_rows = statements[(statements["period_kind"] == "year") & (statements["gap_ha"] == 0)]
    printed = year_rows.groupby(year_rows["start"].dt.year)["area_ha"].first()
    rows = []
    for year, group in months.groupby(months["month"].dt.year):
        observed = group[group["status"] == MonthStatus.OBSERVED]
        start = group["month"].iloc[0]
        low, high = ranges.between(_day(start), _day(group["month"].iloc[-1] + pd.offsets.MonthBegin(1)))
        total = float(printed.get(year, np.nan))
        in_months = float(observed["printed_ha"].sum())
        rows.append(
            {
                "year": int(str(year)),
                "printed_ha": total,
                "months_printed": len(observed),
                "months_sum_ha": in_months,
                "share_in_months": in_months / total if total > 0 else np.nan,
                "inferred_ha": float(observed.loc[observed["year_inferred"], "printed_ha"].sum()),
                "rest_ha": total - in_months,
                "months_without": len(group) - len(observed),
                "low_ha": low,
                "high_ha": high,
            }
        )
    return pd.DataFrame(rows)


def _months(statements: pd.DataFrame, starts: pd.DatetimeIndex, ranges: SumRanges) -> pd.DataFrame:
    own = statements[(statements["period_kind"] == "month") & (statements["gap_ha"] == 0)]
    own = own.assign(month=own["start"].dt.to_period("M").dt.start_time).drop_duplicates("month")
    frame = pd.DataFrame({"month": starts[:-1]})
    frame = frame.merge(own[["month", "area_ha", "comparator", "year_inferred", "row_id"]], on="month", how="left")
    frame["year_inferred"] = frame["year_inferred"].eq(True)
    spans = [ranges.between(_day(start), _day(end)) for start, end in pairwise(starts)]
    frame["low_ha"], frame["high_ha"] = [low for low, _ in spans], [high for _, high in spans]
    frame["status"] = [
        MonthStatus.OBSERVED if observed else _status_without_figure(low, high)
        for observed, (low, high) in zip(frame["row_id"].notna(), spans, strict=True)
    ]
    return frame.rename(columns={"area_ha": "printed_ha"})


def _status_without_figure(low: float, high: float) -> MonthStatus:
    if np.isfinite(high) and high - low <= IMPLIED_WIDTH * (high + low) / 2:
        return MonthStatus.IMPLIED
    return MonthStatus.UNKNOWN


def months_below_part(whole: ClearanceRecord, part: ClearanceRecord) -> pd.DataFrame:
    """Return the months in which a part is reported larger than the whole can be: `month`, `part_ha`, `whole_ha`.

    Figures of the part that the whole was given (`parts`) cannot show up here; what follows from several of them can.
    """
    both = whole.months.merge(part.months, on="month", suffixes=("_whole", "_part"))
    below = both[both["high_ha_whole"] < both["low_ha_part"]]
    return pd.DataFrame(
        {"month": below["month"], "part_ha": below["low_ha_part"], "whole_ha": below["high_ha_whole"]}
    ).reset_index(drop=True)


def _day(moment: pd.Timestamp) -> int:
    return int(moment.toordinal())
