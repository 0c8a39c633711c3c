"""Years to release the rest at the rates reported so far: a range of scenarios, not a confidence interval.

Model A only: all hectares reported as worked count as released, at the published rate of all land, with no further
share released by survey. Published rates have no sampling error, so Fieller's interval has no place here; what varies
between scenarios is which stated area, which meaning of it, and which year's rate is taken.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.contamination.clearance_record import RECORD_START, ClearanceRecord
from analysis.contamination.stated import REGAINED, distinct_areas
from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind
from analysis.stats.projection import years_to_zero
from analysis.stats.ratios import quotient_range

WHOLE: Final = "whole task since November 2020"
LEFT: Final = "left at the date it was stated"
BASELINES: Final = {
    WHOLE: "the stated area contains the land released since November 2020, as in '14.2 per cent of 1,167,000 ha'",
    LEFT: "the stated area is what was left on its date, so only later release is taken off",
}
"""Two readings of a stated area; they are never averaged."""

DAYS_PER_YEAR: Final = 365.25
RATE_COLUMNS: Final = ["kind", "label", "start", "end", "days", "area_ha", "ha_per_year", "sources"]
SCENARIO_COLUMNS: Final = [
    *("category", "as_of", "originator", "source_id", "stated_ha", "baseline", "remaining_low_ha", "remaining_high_ha"),
    *("rate_kind", "rate", "ha_per_year", "years_low", "years_high", "sources"),
]


def release_rates(record: ClearanceRecord, *, minimum_increment_days: int) -> pd.DataFrame:
    """Return every rate of the record: printed years, and increments of exact running totals.

    Parameters
    ----------
    record
        Of all operators.
    minimum_increment_days
        Running totals closer together than this are passed over.

    Returns
    -------
    DataFrame
        `kind` ('year', 'increment'), `label`, `start`, `end` (last day), `days`, `area_ha`, `ha_per_year`, `sources`.

    Raises
    ------
    InsufficientEvidence
        If there is no rate above 0.
    """
    used = record.statements[record.statements["gap_ha"] == 0]
    years = used[used["period_kind"] == "year"].drop_duplicates("start").sort_values("start")
    rows = [
        _rate("year", str(row["start"].year), row["start"], row["end"], row["area_ha"], (row["source_id"],))
        for _, row in years.iterrows()
    ]
    totals = used[(used["period_kind"] == "cumulative") & (used["comparator"] == "=")]
    totals = totals.sort_values(["end", "row_id"]).drop_duplicates("end")
    before: pd.Series | None = None
    for _, total in totals.iterrows():
        if before is not None and (total["end"] - before["end"]).days < minimum_increment_days:
            continue
        if before is not None:
            area, sources = total["area_ha"] - before["area_ha"], (before["source_id"], total["source_id"])
            label = f"{before['end']:%Y-%m} to {total['end']:%Y-%m}"
            rows.append(_rate("increment", label, before["end"], total["end"], area, sources))
        before = total
    rates = pd.DataFrame([row for row in rows if float(str(row["ha_per_year"])) > 0])
    if rates.empty:
        raise InsufficientEvidence(
            "no rate of release is known: no printed year, no two running totals far enough apart"
        )
    return rates


def horizons(
    areas: pd.DataFrame, record: ClearanceRecord, rates: pd.DataFrame, *, origin: pd.Timestamp
) -> pd.DataFrame:
    """Return the years from `origin` to release the rest, for every stated area, class, reading and rate.

    A class has no published release of its own: from none to all of the release can have been in it.

    Parameters
    ----------
    origin
        First day after the last printed year; the record up to it is taken off.

    Returns
    -------
    DataFrame
        `category`, `as_of`, `originator`, `source_id`, `stated_ha`, `baseline` (see :data:`BASELINES`),
        `remaining_low_ha`, `remaining_high_ha`, `rate_kind`, `rate`, `ha_per_year`, `years_low`, `years_high`,
        `sources`.

    Raises
    ------
    InsufficientEvidence
        If no area is stated.
    """
    stated = areas[(areas["series"] == REGAINED) & areas["as_of_first"].notna() & (areas["category"] != "unknown")]
    stated = stated[stated["as_of_first"] < origin].sort_values(["as_of_first", "row_id"])
    stated = distinct_areas(stated)
    if stated.empty:
        raise InsufficientEvidence("no hazardous area is stated before the last printed year ends")
    rows = [
        {
            "category": area["category"],
            "as_of": area["as_of"],
            "originator": area["originator"],
            "source_id": area["source_id"],
            "stated_ha": area["value"],
            "baseline": baseline,
            "remaining_low_ha": low,
            "remaining_high_ha": high,
            "rate_kind": rate["kind"],
            "rate": rate["label"],
            "ha_per_year": rate["ha_per_year"],
            **_years(low, high, rate["ha_per_year"]),
            "sources": tuple(sorted({area["source_id"], *rate["sources"]})),
        }
        for _, area in stated.iterrows()
        for baseline in BASELINES
        for low, high in [remaining(area, record, baseline, origin)]
        for _, rate in rates.iterrows()
    ]
    return pd.DataFrame(rows)


def horizon_ranges(scenarios: pd.DataFrame) -> pd.DataFrame:
    """Return one row a stated area and reading: remaining hectares, and the range of years over the rates.

    Returns
    -------
    DataFrame
        `category`, `as_of`, `originator`, `stated_ha`, `baseline`, `remaining_low_ha`, `remaining_high_ha`, `rates`,
        `years_low`, `years_high`.
    """
    keys = ["category", "as_of", "originator", "stated_ha", "baseline"]
    return (
        scenarios.groupby(keys, sort=False)
        .agg(
            remaining_low_ha=("remaining_low_ha", "min"),
            remaining_high_ha=("remaining_high_ha", "max"),
            rates=("rate", "nunique"),
            years_low=("years_low", "min"),
            years_high=("years_high", "max"),
        )
        .reset_index()
    )


def _rate(
    kind: str, label: str, start: pd.Timestamp, end: pd.Timestamp, area: float, sources: tuple[str, ...]
) -> dict[str, object]:
    days = (end - start).days
    per_year = float(area) if kind == "year" else float(area) / days * DAYS_PER_YEAR
    return {
        "kind": kind,
        "label": label,
        "start": start,
        "end": end - pd.Timedelta(days=1),
        "days": days,
        "area_ha": float(area),
        "ha_per_year": per_year,
        "sources": sources,
    }


def remaining(area: pd.Series, record: ClearanceRecord, baseline: str, origin: pd.Timestamp) -> tuple[float, float]:
    """Return the lowest and highest part of a stated area left at `origin`, ha; never below 0.

    Parameters
    ----------
    area
        A row of :func:`analysis.contamination.stated.stated_areas` with a date.
    baseline
        A key of :data:`BASELINES`.
    origin
        A month's first day or the day after a running total of the record.
    """
    if baseline == WHOLE:
        earliest = latest = pd.Timestamp(RECORD_START)
    else:
        # Release is known at month ends only, and a date of a year or month is a span: from the earliest to the latest.
        earliest = area["as_of_first"].to_period("M").start_time
        latest = area["as_of_last"].to_period("M").start_time + pd.offsets.MonthBegin(1)
    _, most = _released(record, earliest, origin)
    least, _ = _released(record, latest, origin)
    if area["category"] != "total":
        least = 0.0
    return max(float(area["value"]) - most, 0.0), max(float(area["value"]) - least, 0.0)


def _released(record: ClearanceRecord, start: pd.Timestamp, end: pd.Timestamp) -> tuple[float, float]:
    if start >= end:
        return 0.0, 0.0
    return record.ranges.between(max(start, pd.Timestamp(RECORD_START)).toordinal(), end.toordinal())


def _years(low: float, high: float, rate: float) -> dict[str, float]:
    span = quotient_range(low, high, rate, rate, kind=IntervalKind.SCENARIO)
    return {"years_low": span.low, "years_high": years_to_zero(high, rate)}
