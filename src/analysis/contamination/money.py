"""Money per hectare: what was said to be spent on demining over the hectares reported for the same days.

Each row stays in the currency of its page, and its year is that of its days; nothing is converted, brought to one
year's prices or added to another row. Money whose purpose or place is wider than the hectares is listed, not divided.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.contamination.clearance_record import RECORD_START, ClearanceRecord
from analysis.contamination.stated import REGAINED, SERIES
from analysis.evidence.comparators import bounds
from analysis.stats.ratios import quotient_range

CURRENCIES: Final = ("AZN", "EUR", "GBP", "RUB", "USD")
SPENT: Final = ("budget_spent_on_demining", "spending_on_demining")
"""Quantities of claims that are money spent on demining; the parts of one budget are rows of their own."""

_MINE_ACTION: Final = "money for mine action as a whole, which is more than clearance"
_WIDER: Final = {
    "cost_to_clear": "the whole task, not what was done; divided by each stated area instead",
    "reconstruction_allocation": "all reconstruction; demining is only a part",
    "donor_funding": "one giver's part of the money",
    "cost_to_make_one_mine": "no cost of clearance",
    "ngo_grants_mine_projects": "grants to projects of organisations, no clearance",
    "mine_action_funding": _MINE_ACTION,
    "government_contribution": _MINE_ACTION,
    "international_contribution": _MINE_ACTION,
}
_UNKNOWN: Final = "not known to be for clearance alone"
_OUTSIDE: Final = "its days are not all in the record"
_COLUMNS: Final = [
    *("claim_id", "period_start", "period_end", "attributed_to", "statement", "comparator", "money", "currency"),
    *("area_low_ha", "area_high_ha", "per_ha_low", "per_ha_high", "source_id", "sources"),
]
_Span = tuple[pd.Timestamp, pd.Timestamp, pd.Timestamp]
_REST_COLUMNS: Final = ["quantity", "currency", "rows", "first", "last", "why"]


def spent_per_hectare(claims: pd.DataFrame, record: ClearanceRecord) -> pd.DataFrame:
    """Return money said to be spent on demining the regained districts, over the hectares of all operators in its days.

    Parameters
    ----------
    claims
        Rows of claims, as selected.
    record
        Of all operators. Where the money's days end within a month, its hectares are those up to the month's begin, at
        least, and up to its end, at most.

    Returns
    -------
    DataFrame
        `claim_id`, `period_start`, `period_end`, `attributed_to`, `statement`, `comparator` (of the money), `money`,
        `currency` (as printed), `area_low_ha`, `area_high_ha`, `per_ha_low`, `per_ha_high` (infinite where the area may
        be 0, or the money is 'more than'), `source_id` (of the money), `sources` (with those of the area); in order of
        time. Parts and wholes of one budget both stand here and are never added.
    """
    own = _money(claims)
    own = own[own["why"] == ""].sort_values(["period_end_first", "claim_id"])
    spans = [(claim, _ends(claim, record)) for _, claim in own.iterrows()]
    rows = [_divided(claim, record, span) for claim, span in spans if span is not None]
    return pd.DataFrame(rows, columns=_COLUMNS)


def money_not_divided(claims: pd.DataFrame, record: ClearanceRecord) -> pd.DataFrame:
    """Return the other rows of money by quantity and currency, with the reason why no hectares stand under them.

    Returns
    -------
    DataFrame
        `quantity`, `currency`, `rows`, `first`, `last` (dates as printed), `why`.
    """
    own = _money(claims)
    own["why"] = [claim["why"] or ("" if _ends(claim, record) else _OUTSIDE) for _, claim in own.iterrows()]
    own = own[own["why"] != ""].sort_values(["quantity", "unit", "as_of_first", "claim_id"])
    grouped = own.groupby(["quantity", "unit", "why"], sort=False)
    table = grouped.agg(rows=("claim_id", "size"), first=("as_of", "first"), last=("as_of", "last")).reset_index()
    return table.rename(columns={"unit": "currency"})[_REST_COLUMNS]


def _money(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of money with `why` they are not divided; empty where they can be."""
    own = claims[claims["unit"].isin(CURRENCIES) & claims["value"].notna()]
    return own.assign(why=[_why_not(claim) for _, claim in own.iterrows()])


def _why_not(claim: pd.Series) -> str:
    if claim["quantity"] not in SPENT:
        return _WIDER.get(claim["quantity"], _UNKNOWN)
    # 'azerbaijan' is the whole country, whose ranges and machines are more than the districts of the record.
    if claim["geography"] == "azerbaijan" or SERIES.get(claim["geography"]) != REGAINED:
        return "another or a wider place than the hectares"
    if pd.isna(claim["period_start_first"]) or pd.isna(claim["period_end_last"]):
        return "no days are given"
    return ""


def _ends(claim: pd.Series, record: ClearanceRecord) -> _Span | None:
    """Return the first day, and the month starts at or before and after the last day; None outside the record."""
    start, after = claim["period_start_first"], claim["period_end_last"] + pd.Timedelta(days=1)
    floor = after.to_period("M").start_time
    ceiling = floor if after == floor else floor + pd.offsets.MonthBegin(1)
    known = {start.toordinal(), floor.toordinal(), ceiling.toordinal()} <= {*record.ranges.points}
    return (start, floor, ceiling) if known and start >= pd.Timestamp(RECORD_START) else None


def _divided(claim: pd.Series, record: ClearanceRecord, span: _Span) -> dict[str, object]:
    start, floor, ceiling = span
    low, _ = record.ranges.between(start.toordinal(), floor.toordinal())
    _, high = record.ranges.between(start.toordinal(), ceiling.toordinal())
    stated = bounds(claim.to_frame().T.astype({"value": "float64"}), "value").iloc[0]
    per_ha = quotient_range(max(0.0, float(stated["low"])), float(stated["high"]), low, high)
    return {
        "claim_id": claim["claim_id"],
        "period_start": claim["period_start"],
        "period_end": claim["period_end"],
        "attributed_to": claim["attributed_to"],
        "statement": claim["statement"],
        "comparator": claim["comparator"],
        "money": float(claim["value"]),
        "currency": claim["unit"],
        "area_low_ha": low,
        "area_high_ha": high,
        "per_ha_low": per_ha.low,
        "per_ha_high": per_ha.high,
        "source_id": claim["source_id"],
        "sources": tuple(sorted({claim["source_id"], *_area_sources(record)})),
    }


def _area_sources(record: ClearanceRecord) -> list[str]:
    """Return the pages of the printed years and running totals, which the hectares of a span rest on."""
    used = record.statements[record.statements["gap_ha"] == 0]
    return used.loc[used["period_kind"].isin(["year", "cumulative"]), "source_id"].tolist()
