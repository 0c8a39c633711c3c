"""Published statements of the time and cost of the task, located among the scenarios of the same land and task."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import RECORD_START
from analysis.contamination.horizon import DAYS_PER_YEAR
from analysis.contamination.stated import REGAINED, SERIES, distinct_areas
from analysis.stats.ratios import quotient_range

_LOCATED_COLUMNS: Final = [
    *("claim_id", "as_of", "attributed_to", "statement", "years_stated_low", "years_stated_high", "years_left_low"),
    *("years_left_high", "scenarios", "shorter", "within", "longer", "ha_per_year_needed_low"),
    *("ha_per_year_needed_high", "source_id"),
]
_ELSEWHERE_COLUMNS: Final = [
    *("claim_id", "as_of", "attributed_to", "geography", "statement", "years_stated_low", "years_stated_high"),
    *("compared", "source_id"),
]
_ORDNANCE: Final = r"\bshells?\b|\bunexploded\b|\bUXO\b"
_COST_COLUMNS: Final = ["claim_id", "as_of", "attributed_to", "cost", "currency", "stated_ha", "per_ha", "sources"]


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
        passed = (origin - claim["as_of_first"]).days / DAYS_PER_YEAR
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


def about_ordnance_only(claims: pd.DataFrame) -> pd.Series:
    """Return which claims are about unexploded ordnance alone: the scenarios are for the land of all devices."""
    words = claims["statement"].fillna("")
    return words.str.contains(_ORDNANCE, case=False) & ~words.str.contains(r"\bmines?\b", case=False)


def statements_elsewhere(statements: pd.DataFrame) -> pd.DataFrame:
    """Return stated times for another area or another task: listed, and compared with nothing here.

    Returns
    -------
    DataFrame
        `claim_id`, `as_of`, `attributed_to`, `geography`, `statement`, `years_stated_low`, `years_stated_high`,
        `compared` (no, and why), `source_id`.
    """
    ordered = statements.sort_values(["as_of_first", "claim_id"])
    exact = ordered["value"].astype("Float64")
    ordered = ordered.assign(
        years_stated_low=exact.fillna(ordered["value_low"].astype("Float64")).astype(float),
        years_stated_high=exact.fillna(ordered["value_high"].astype("Float64")).astype(float),
    )
    here = about_the_regained_districts(ordered)
    ordered["compared"] = np.where(here, "no: unexploded ordnance only", "no: another area")
    return ordered[_ELSEWHERE_COLUMNS].reset_index(drop=True)


def longest_statement(located: pd.DataFrame) -> pd.Series:
    """Return the earliest of the statements with the longest time."""
    longest = located[located["years_stated_high"] == located["years_stated_high"].max()]
    first: pd.Series = longest.sort_values(["as_of", "claim_id"]).iloc[0]
    return first


def cost_per_hectare(costs: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return each stated cost of the whole task over each distinct stated total area, in the currency of the statement.

    A stated area of 0 has no hectare to divide by and is left out.

    Returns
    -------
    DataFrame
        `claim_id`, `as_of`, `attributed_to`, `cost`, `currency`, `stated_ha`, `per_ha`, `sources`.
    """
    totals = distinct_areas(areas[(areas["series"] == REGAINED) & (areas["category"] == "total")])
    totals = totals[totals["value"] > 0]
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
