"""Accidents as the unit: running numbers as printed, exact rates between them, and sizes of listed accidents."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

import pandas as pd

from analysis.casualties.increments import DAYS_OF_RATE, merged
from analysis.casualties.occurred import casualties_by
from analysis.casualties.printed import InexactRows, StaleRows
from analysis.casualties.running_totals import RegisteredPath, reconcile
from analysis.casualties.scope import COUNT_START, GEOGRAPHIES, without
from analysis.errors import InsufficientEvidence
from analysis.estimate import Period
from analysis.evidence import Evidence
from analysis.evidence.accident_sizes import casualties_per_accident
from analysis.evidence.counted_accidents import counted_accidents
from analysis.stats.rates import poisson_limits

_DAY: Final = pd.Timedelta(days=1)

# Names under which the table of claims holds a number of accidents; "explosions_count" is of accidents with civilian
# casualties only and is another count.
_QUANTITIES: Final = ("incidents_total", "mine_incidents", "incidents")
_COUNT_COLUMNS: Final = [
    "civilian_killed",
    "civilian_injured",
    "military_killed",
    "military_injured",
    "killed",
    "injured",
]


def accident_totals(
    evidence: Evidence, *, period_end: date | None = None, exclude_originators: Collection[str] = ()
) -> pd.DataFrame:
    """Return the printed numbers of accidents since 10 November 2020, in the columns of a running total.

    Taken from the attributed claims and, for the denominators of shares, from the statements about maps.

    Raises
    ------
    InsufficientEvidence
        If there is none.
    """
    rows = pd.concat([_from_claims(evidence), _from_shares(evidence)], ignore_index=True)
    rows = without(rows, exclude_originators)
    if period_end is not None:
        rows = rows[rows["as_of_last"] <= pd.Timestamp(period_end)]
    if rows.empty:
        raise InsufficientEvidence("no number of accidents since 10 November 2020 is left; nothing can be computed")
    empty = {name: pd.array([pd.NA] * len(rows), dtype="Int64") for name in _COUNT_COLUMNS}
    return rows.assign(**empty).sort_values(["as_of_last", "row_id"]).reset_index(drop=True)


def accident_path(
    totals: pd.DataFrame, *, inexact_rows: InexactRows = "as bounds", stale_rows: StaleRows = "as bounds"
) -> RegisteredPath:
    """Return the reconciled number of accidents by date; its column `total` counts accidents."""
    return reconcile(totals, inexact_rows=inexact_rows, stale_rows=stale_rows)


def accident_intervals(
    path: RegisteredPath,
    occurred: pd.DataFrame,
    registered: RegisteredPath,
    *,
    period: Period,
    minimum_interval_days: int,
    level: float,
) -> pd.DataFrame:
    """Return accidents between dated totals, with an exact Poisson interval for their rate per 30 days.

    Parameters
    ----------
    path
        The reconciled number of accidents.
    occurred, registered
        Casualties, to set beside the accidents.

    Returns
    -------
    DataFrame
        start, end, days, accidents, rate_per_30d, low, high, casualties_low, casualties_high (over the same days),
        casualties_per_accident_low, casualties_per_accident_high. Fewer casualties than accidents means that the
        printed numbers of accidents do not count the same thing at both ends, or include accidents that hurt nobody.

    References
    ----------
    Garwood (1936); see :func:`analysis.stats.rates.poisson_limits`.
    """
    table = merged(_pieces(path), minimum_days=minimum_interval_days).rename(columns={"casualties": "accidents"})
    inside = (table["start"] >= pd.Timestamp(period.start)) & (table["end"] <= pd.Timestamp(period.end))
    table = table.loc[inside, ["start", "end", "days", "accidents"]].reset_index(drop=True)
    if table.empty:
        raise InsufficientEvidence(f"no interval between two dated numbers of accidents lies wholly in {period}")
    exposure = table["days"].to_numpy(dtype=float) / DAYS_OF_RATE
    table["rate_per_30d"] = table["accidents"] / exposure
    table["low"], table["high"] = poisson_limits(table["accidents"].to_numpy(dtype=float), exposure, level=level)
    spans = [
        _casualties(occurred, registered, start, end) for start, end in zip(table["start"], table["end"], strict=True)
    ]
    for side, name in enumerate(("low", "high")):
        table[f"casualties_{name}"] = pd.Series([span[side] for span in spans], dtype="Int64")
        table[f"casualties_per_accident_{name}"] = table[f"casualties_{name}"] / table["accidents"].where(
            table["accidents"] > 0
        )
    return table


def accident_sizes(evidence: Evidence, *, period: Period) -> pd.Series[int]:
    """Return killed plus injured of each listed accident of the period that had a casualty in the official count.

    Casualties outside that count are taken off (:func:`analysis.evidence.counted_accidents.counted_accidents`), since
    the intervals are for counts that do not hold them. The list is a sample of news reports and over-represents large
    accidents. Undated accidents are in no period, and accidents of unknown size are left out; see
    :func:`analysis.evidence.accident_sizes.casualties_per_accident`.
    """
    listed = counted_accidents(evidence)
    within = (listed["date_first"] >= pd.Timestamp(period.start)) & (listed["date_last"] <= pd.Timestamp(period.end))
    persons = casualties_per_accident(listed)[within].dropna().astype("int64")
    return persons[persons > 0].reset_index(drop=True)


def _pieces(path: RegisteredPath) -> pd.DataFrame:
    """Return the increments between dates at which all equally good readings have the same number of accidents."""
    pinned = path.path[path.path["total_low_0"] == path.path["total_high_0"]]
    starts = pinned["date"].shift(1, fill_value=pd.Timestamp(COUNT_START) - _DAY) + _DAY
    return pd.DataFrame(
        {
            "start": starts,
            "end": pinned["date"],
            "days": (pinned["date"] - starts).dt.days + 1,
            "casualties": pinned["total"].diff().fillna(pinned["total"]).astype("int64"),
            "killed": pd.NA,
            "injured": pd.NA,
            "basis": "increment of the number of accidents",
            "kind": "accidents",
        }
    ).reset_index(drop=True)


def _casualties(
    occurred: pd.DataFrame, registered: RegisteredPath, start: pd.Timestamp, end: pd.Timestamp
) -> tuple[object, object]:
    """Return the lowest and highest number of casualties over the days, missing where the path does not reach."""
    try:
        before = casualties_by(occurred, registered, start - _DAY)
        after = casualties_by(occurred, registered, end)
    except InsufficientEvidence:
        return pd.NA, pd.NA
    return max(after[0] - before[1], 0), after[1] - before[0]


def _from_claims(evidence: Evidence) -> pd.DataFrame:
    """Return the attributed numbers of accidents; they hold at the end of the period they are of, if it is stated."""
    claims = evidence.table("claims")
    start = pd.Timestamp(COUNT_START)
    since = (claims["period_start_first"] <= start) & (claims["period_start_last"] >= start)
    rows = claims[
        claims["quantity"].isin(_QUANTITIES)
        & since
        & (claims["unit"] == "incidents")
        & claims["geography"].isin(GEOGRAPHIES)
        & claims["value"].notna()
    ]
    ended = rows["period_end_last"].notna()
    dates = {
        f"as_of{part}": rows[f"period_end{part}"].where(ended, rows[f"as_of{part}"])
        for part in ("", "_first", "_last", "_precision")
    }
    return rows[["source_id", "originator", "party", "comparator"]].assign(
        row_id=rows["claim_id"], total=rows["value"].astype("Int64"), **dates
    )


def _from_shares(evidence: Evidence) -> pd.DataFrame:
    """Return the numbers of accidents that shares outside the former line of contact are stated of."""
    table = evidence.table("map_assessment")
    # The table words its unit in capitals: INCIDENTS for accidents, VICTIMS for persons.
    of_accidents = table["definition"].str.contains("INCIDENTS", regex=False).fillna(False).astype(bool)
    rows = table[(table["quantity"] == "outside_line_of_contact") & table["denominator"].notna() & of_accidents]
    columns = ["row_id", "source_id", "originator", "party", "as_of", "as_of_first", "as_of_last", "as_of_precision"]
    return rows[columns].assign(total=rows["denominator"].astype("Int64"), comparator="=")
