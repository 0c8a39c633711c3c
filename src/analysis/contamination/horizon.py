"""Years to release the rest at the rates reported so far: a range of scenarios, not a confidence interval.

Model A only: all hectares reported as worked count as released, at the published rate of all land, with no further
share released by survey. Published rates have no sampling error, so Fieller's interval has no place here; what varies
between scenarios is which stated area, which meaning of it, and which year's rate is taken.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import RECORD_START, ClearanceRecord
from analysis.contamination.stated import REGAINED, SERIES, distinct_areas
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

_DAYS_PER_YEAR: Final = 365.25
RATE_COLUMNS: Final = ["kind", "label", "start", "end", "days", "area_ha", "ha_per_year", "sources"]
SCENARIO_COLUMNS: Final = [
    *("category", "as_of", "originator", "source_id", "stated_ha", "baseline", "remaining_low_ha", "remaining_high_ha"),
    *("rate_kind", "rate", "ha_per_year", "years_low", "years_high", "sources"),
]
_LOCATED_COLUMNS: Final = [
    *("claim_id", "as_of", "attributed_to", "statement", "years_stated_low", "years_stated_high", "years_left_low"),
    *("years_left_high", "scenarios", "shorter", "within", "longer", "ha_per_year_needed_low"),
    *("ha_per_year_needed_high", "source_id"),
]
_ELSEWHERE_COLUMNS: Final = [
    *("claim_id", "as_of", "attributed_to", "geography", "statement", "years_stated_low", "years_stated_high"),
    "source_id",
]
_COST_COLUMNS: Final = ["claim_id", "as_of", "attributed_to", "cost", "currency", "stated_ha", "per_ha", "sources"]


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


def statement_located(scenarios: pd.DataFrame, statements: pd.DataFrame, *, origin: pd.Timestamp) -> pd.DataFrame:
    """Return each stated time to clear the whole task, and where the scenarios for stated totals lie against it.

    Parameters
    ----------
    statements
        Rows of claims about the time to clear, with `value` or `value_low` and `value_high`, years; those made before
        the record begins are left out.

    Returns
    -------
    DataFrame
        `claim_id`, `as_of`, `attributed_to`, `statement`, `years_stated_low`, `years_stated_high`, `years_left_low`,
        `years_left_high` (from `origin`), `scenarios`, `shorter`, `within`, `longer` (numbers of total scenarios),
        `ha_per_year_needed_low`, `ha_per_year_needed_high` (to release the rest in the years left), `source_id`.
    """
    totals = scenarios[scenarios["category"] == "total"]
    rows = []
    # Without a stated total there is nothing to locate a statement among.
    recent = statements[(statements["as_of_first"] >= pd.Timestamp(RECORD_START)) & bool(len(totals))]
    for _, claim in recent.sort_values(["as_of_first", "claim_id"]).iterrows():
        middle = claim["value"]
        low = float(claim["value_low"] if pd.isna(middle) else middle)
        high = float(claim["value_high"] if pd.isna(middle) else middle)
        passed = (origin - claim["as_of_first"]).days / _DAYS_PER_YEAR
        left_low, left_high = max(low - passed, 0.0), max(high - passed, 0.0)
        least, most = float(totals["remaining_low_ha"].min()), float(totals["remaining_high_ha"].max())
        needed = quotient_range(least, most, left_low, left_high) if left_high > 0 else None
        shorter = int((totals["years_high"] < left_low).sum())
        longer = int((totals["years_low"] > left_high).sum())
        rows.append(
            {
                "claim_id": claim["claim_id"],
                "as_of": claim["as_of"],
                "attributed_to": claim["attributed_to"],
                "statement": claim["statement"],
                "years_stated_low": low,
                "years_stated_high": high,
                "years_left_low": left_low,
                "years_left_high": left_high,
                "scenarios": len(totals),
                "shorter": shorter,
                "within": len(totals) - shorter - longer,
                "longer": longer,
                "ha_per_year_needed_low": np.inf if needed is None else needed.low,
                "ha_per_year_needed_high": np.inf if needed is None else needed.high,
                "source_id": claim["source_id"],
            }
        )
    return pd.DataFrame(rows, columns=_LOCATED_COLUMNS)


def about_the_regained_districts(claims: pd.DataFrame) -> pd.Series:
    """Return which claims are about the land of the stated areas: the regained districts, or the whole country."""
    return claims["geography"].map(SERIES) == REGAINED


def statements_elsewhere(statements: pd.DataFrame) -> pd.DataFrame:
    """Return stated times to clear another area: listed, and compared with nothing here.

    Returns
    -------
    DataFrame
        `claim_id`, `as_of`, `attributed_to`, `geography`, `statement`, `years_stated_low`, `years_stated_high`,
        `source_id`.
    """
    ordered = statements.sort_values(["as_of_first", "claim_id"])
    exact = ordered["value"].astype("Float64")
    ordered = ordered.assign(
        years_stated_low=exact.fillna(ordered["value_low"].astype("Float64")).astype(float),
        years_stated_high=exact.fillna(ordered["value_high"].astype("Float64")).astype(float),
    )
    return ordered[_ELSEWHERE_COLUMNS].reset_index(drop=True)


def longest_statement(located: pd.DataFrame) -> pd.Series:
    """Return the earliest of the statements with the longest time."""
    longest = located[located["years_stated_high"] == located["years_stated_high"].max()]
    first: pd.Series = longest.sort_values(["as_of", "claim_id"]).iloc[0]
    return first


def cost_per_hectare(costs: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return each stated cost of the whole task over each distinct stated total area, in the currency of the statement.

    Returns
    -------
    DataFrame
        `claim_id`, `as_of`, `attributed_to`, `cost`, `currency`, `stated_ha`, `per_ha`, `sources`.
    """
    totals = distinct_areas(areas[(areas["series"] == REGAINED) & (areas["category"] == "total")])
    rows = [
        {
            "claim_id": cost["claim_id"],
            "as_of": cost["as_of"],
            "attributed_to": cost["attributed_to"],
            "cost": float(cost["value"]),
            "currency": cost["unit"],
            "stated_ha": float(area["value"]),
            "per_ha": float(cost["value"]) / float(area["value"]),
            "sources": tuple(sorted({cost["source_id"], area["source_id"]})),
        }
        for _, cost in costs[costs["value"].notna()].sort_values(["as_of_first", "claim_id"]).iterrows()
        for _, area in totals.iterrows()
    ]
    return pd.DataFrame(rows, columns=_COST_COLUMNS)


def _rate(
    kind: str, label: str, start: pd.Timestamp, end: pd.Timestamp, area: float, sources: tuple[str, ...]
) -> dict[str, object]:
    days = (end - start).days
    per_year = float(area) if kind == "year" else float(area) / days * _DAYS_PER_YEAR
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
