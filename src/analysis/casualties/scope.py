"""Which rows count the same thing: casualties since 10 November 2020, apart from all-time totals.

The rows name the place as `azerbaijan` or `regained_districts`. The same offices use both for one and the same count
(the series is continuous across them), so both are read as one scope. Totals that start elsewhere are kept apart.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Period
from analysis.evidence import Evidence

COUNT_START: Final = date(2020, 11, 10)
"""The day the offices that publish this running total start their count from."""

GEOGRAPHIES: Final = ("azerbaijan", "regained_districts")

GEOGRAPHY: Final = "Azerbaijan, with the districts that came under its control in 2020 and 2023"


def running_totals(
    evidence: Evidence, *, period_end: date | None = None, exclude_originators: Collection[str] = ()
) -> pd.DataFrame:
    """Return the rows of running totals since 10 November 2020, in order of date and row.

    Parameters
    ----------
    evidence
        The loaded evidence.
    period_end
        Rows dated later are left out; a row dated by month or year is later if its last possible day is.
    exclude_originators
        Originators whose rows are left out.

    Raises
    ------
    InsufficientEvidence
        If no row is left.
    """
    table = evidence.table("casualties_running_total")
    start = pd.Timestamp(COUNT_START)
    same_start = (table["period_start_first"] <= start) & (table["period_start_last"] >= start)
    # A count "since 2020" would also be consistent with the start; only a month or a day says it is this one.
    rows = table[
        same_start & table["period_start_precision"].isin(["day", "month"]) & table["geography"].isin(GEOGRAPHIES)
    ]
    return _kept(rows, "running total since 10 November 2020", period_end, exclude_originators)


def all_time_totals(
    evidence: Evidence, *, period_end: date | None = None, exclude_originators: Collection[str] = ()
) -> pd.DataFrame:
    """Return the rows of running totals that start in the early 1990s or at an unstated date, for the same places.

    They add no information to the count since 2020: at nearly every date they equal it plus one constant.

    Raises
    ------
    InsufficientEvidence
        If no row is left.
    """
    table = evidence.table("casualties_running_total")
    early = table["period_start_last"].isna() | (table["period_start_last"] < pd.Timestamp(COUNT_START))
    post_war = table["as_of_last"] >= pd.Timestamp(COUNT_START)
    rows = table[early & post_war & table["geography"].isin(GEOGRAPHIES)]
    return _kept(rows, "all-time running total", period_end, exclude_originators)


def closed_counts(
    evidence: Evidence, *, period_end: date | None = None, exclude_originators: Collection[str] = ()
) -> pd.DataFrame:
    """Return the counts in closed periods since 10 November 2020 with both ends known to the day; may be empty."""
    table = evidence.table("casualties_period")
    days = (table["period_start_precision"] == "day") & (table["period_end_precision"] == "day")
    since = table["period_start_first"] >= pd.Timestamp(COUNT_START)
    rows = table[days & since & table["geography"].isin(GEOGRAPHIES)]
    rows = without(rows, exclude_originators)
    if period_end is not None:
        rows = rows[rows["period_end_last"] <= pd.Timestamp(period_end)]
    return rows.sort_values(["period_start_first", "period_end_last", "row_id"]).reset_index(drop=True)


def window(evidence: Evidence, *, period_start: str, period_end: str) -> Period:
    """Return the period under study; an empty start is the start of the count, an empty end the last date seen."""
    start = date.fromisoformat(period_start) if period_start else COUNT_START
    end = date.fromisoformat(period_end) if period_end else evidence.last_date
    start, end = max(start, COUNT_START), min(end, evidence.last_date)
    if end < start:
        raise InsufficientEvidence(
            f"no running total can lie in {period_start or 'the start'} to {period_end or 'the end'}: "
            f"the count runs from {COUNT_START} to {evidence.last_date}; choose a period inside it"
        )
    return Period(start=start, end=end)


def without(rows: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    """Return the rows that come from none of the named originators or parties."""
    left_out = rows["originator"].isin(list(names)) | rows["party"].isin(list(names))
    return rows[~left_out]


def party_words(party: str) -> str:
    """Return the name of a party as it is read in a sentence."""
    known = {
        "azerbaijan_authorities": "authorities of Azerbaijan",
        "azerbaijan_civil_society": "civil society in Azerbaijan",
        "armenia_authorities": "authorities of Armenia",
        "independent": "surveys and authors of no party",
        "unknown": "bodies not named",
    }
    return known.get(party, party.replace("_", " "))


def whose_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many rows come from each party and originator, with the share of all rows; most rows first."""
    counted = rows.groupby(["party", "originator"], sort=True).size().rename("rows").reset_index()
    counted["share_of_rows"] = counted["rows"] / len(rows)
    return counted.sort_values(["rows", "originator"], ascending=[False, True]).reset_index(drop=True)


def _kept(rows: pd.DataFrame, what: str, period_end: date | None, exclude_originators: Collection[str]) -> pd.DataFrame:
    rows = without(rows, exclude_originators)
    if period_end is not None:
        rows = rows[rows["as_of_last"] <= pd.Timestamp(period_end)]
    if rows.empty:
        left_out = f", without {', '.join(sorted(exclude_originators))}" if exclude_originators else ""
        until = f" up to {period_end}" if period_end is not None else ""
        raise InsufficientEvidence(f"no row of a {what}{until}{left_out}; nothing can be computed from none")
    return rows.sort_values(["as_of_last", "as_of_first", "row_id"]).reset_index(drop=True)
