"""Accidents by district in a list of press reports, before and after records of a district were handed over.

The list is no sample: it holds what was printed, found and could be dated. Its counts say where accidents were
reported, not where they happened, and nothing here ties a change to the records.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.evidence.geometry import read_districts
from analysis.evidence.selection import select
from analysis.maps.handovers import TRANSFER, accounts
from analysis.maps.outcomes import records
from analysis.maps.scope import COUNT_START
from analysis.stats.before_after import detectable_fall, ratio_of_ratios_interval

POWER: Final = 0.8
HALVING: Final = 0.5
CANNOT_TELL: Final = "these data cannot tell"
NOT_NAMED: Final = "district not named"
_MONTH: Final = len("2021-06")  # no table prints the day of an accident in a district


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DistrictAccidents:
    """Accidents by district and around handovers.

    Parameters
    ----------
    listed
        Listed accidents since the start of the counts with a date, one row each.
    undated
        How many listed accidents have no date.
    by_district
        One row a district; see :func:`accidents_by_district`.
    around
        One row a district and handover; see :func:`around_handovers`.
    window_days
        Days before and after a handover.
    start, end
        First and last day on which an accident could be in the list.
    """

    listed: pd.DataFrame
    undated: int
    by_district: pd.DataFrame
    around: pd.DataFrame
    window_days: int
    start: pd.Timestamp
    end: pd.Timestamp


def district_accidents(
    evidence: Evidence,
    *,
    period_end: str = "",
    exclude_originators: Collection[str] = (),
    window_days: int = 365,
    confidence_level: float = 0.95,
) -> DistrictAccidents:
    """Return the counts for one selection of rows.

    Raises
    ------
    InsufficientEvidence
        If no dated accident is left.
    """
    rows = select(evidence.table("accidents"), exclude_originators=exclude_originators)
    start = pd.Timestamp(COUNT_START)
    end = pd.Timestamp(period_end) if period_end else pd.Timestamp(evidence.last_date)
    dated = rows[rows["date_first"].notna()]
    listed = dated[(dated["date_first"] >= start) & (dated["date_last"] <= end)].reset_index(drop=True)
    if listed.empty:
        raise InsufficientEvidence(f"no dated accident is left between {start:%Y-%m-%d} and {end:%Y-%m-%d}")
    handed = select(evidence.table("map_record"), exclude_originators=exclude_originators)
    named = districts_handed_over(handed, end)
    drawn = {district.name for district in read_districts(evidence)}
    return DistrictAccidents(
        listed=listed,
        undated=int(rows["date_first"].isna().sum()),
        by_district=accidents_by_district(listed, evidence.table("districts"), named, drawn=drawn),
        around=around_handovers(listed, named, start=start, end=end, window_days=window_days, level=confidence_level),
        window_days=window_days,
        start=start,
        end=end,
    )


def districts_handed_over(handovers: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    """Return each district named in a transfer of records, once a date, with whose accounts name it.

    Returns
    -------
    DataFrame
        `district`, `handed_over_on` as printed with its first and last day, `accounts` (sides that name the district),
        `sources`. Words in brackets after a district, which narrow it down, are left out.
    """
    told = accounts(handovers)
    told = told[(told["kind"] == TRANSFER) & told["districts"].notna() & (told["handed_over_on_last"] <= end)]
    names = told["districts"].str.replace(r"\s*\(.*?\)", "", regex=True).str.split(r";\s*", regex=True)
    each = told.assign(district=names).explode("district")
    keys = ["handed_over_on_first", "handed_over_on_last", "handed_over_on", "district"]
    grouped = each.groupby(keys, sort=True).agg(
        accounts=("lane", lambda lanes: ", ".join(sorted(set(lanes)))),
        sources=("source_id", lambda ids: ", ".join(sorted(set(ids)))),
    )
    return grouped.reset_index()


def accidents_by_district(
    listed: pd.DataFrame, districts: pd.DataFrame, handed: pd.DataFrame, *, drawn: Collection[str]
) -> pd.DataFrame:
    """Return listed accidents by district, most first, with what is known of each.

    Affected districts without a listed accident are rows with 0 in this list, which is not 'none happened'.

    Returns
    -------
    DataFrame
        `district`, `accidents`, `killed`, `injured` (least numbers: a blank cell adds nothing), `first`, `last`
        (month or year), `former_contact_line`, `records_handed_over` (dates as printed), `polygon` ('yes' or 'none in
        the file').
    """
    named = listed.assign(district=listed["district"].fillna(NOT_NAMED), month=listed["date"].str[:_MONTH])
    counted = named.groupby("district", sort=True).agg(
        accidents=("accident_id", "size"),
        killed=("killed", "sum"),
        injured=("injured", "sum"),
        first=("month", "min"),
        last=("month", "max"),
    )
    every = sorted({*counted.index, *districts["district"]})
    table = counted.reindex(every).reset_index(names="district")
    numbers = ["accidents", "killed", "injured"]
    table[numbers] = table[numbers].fillna(0).astype("int64")
    dates = handed.groupby("district", sort=True)["handed_over_on"].agg(lambda days: ", ".join(sorted(set(days))))
    line = districts.set_index("district")["former_contact_line"]
    table = table.assign(
        former_contact_line=table["district"].map(line),
        records_handed_over=table["district"].map(dates),
        polygon=["yes" if name in drawn else "none in the file" for name in table["district"]],
    )
    return table.sort_values(["accidents", "district"], ascending=[False, True], ignore_index=True)


def around_handovers(
    listed: pd.DataFrame,
    handed: pd.DataFrame,
    *,
    start: pd.Timestamp,
    end: pd.Timestamp,
    window_days: int,
    level: float,
) -> pd.DataFrame:
    """Return listed accidents before and after each handover in its district and in all others.

    Both spans have `window_days` days or fewer where the list begins or ends; the others' counts are of the same spans.
    An accident dated by month or year counts if all its days lie in a span.

    Returns
    -------
    DataFrame
        `district`, `handed_over_on`, `accounts`, `days_before`, `days_after`, `before`, `after`, `others_before`,
        `others_after`, `ratio` ((after / before) over the others', missing where none), `low`, `high` (exact
        conditional), `detectable_ratio` (largest fall found with power 0.8 at best; missing where none), `reading`,
        `sources`.
    """
    rows = [
        _around(listed, handover, start=start, end=end, window_days=window_days, level=level)
        for handover in records(handed)
    ]
    columns = [
        *("district", "handed_over_on", "accounts", "days_before", "days_after"),
        *("before", "after", "others_before", "others_after", "ratio", "low", "high"),
        *("detectable_ratio", "reading", "sources"),
    ]
    return pd.DataFrame(rows, columns=columns)


def _around(
    listed: pd.DataFrame,
    handover: dict[str, object],
    *,
    start: pd.Timestamp,
    end: pd.Timestamp,
    window_days: int,
    level: float,
) -> dict[str, object]:
    first, last = (
        pd.Timestamp(str(handover["handed_over_on_first"])),
        pd.Timestamp(str(handover["handed_over_on_last"])),
    )
    span, day = pd.Timedelta(days=window_days), pd.Timedelta(days=1)
    opens, closes = max(start, first - span), min(end, last + span)
    early = (listed["date_first"] >= opens) & (listed["date_last"] < first)
    late = (listed["date_first"] > last) & (listed["date_last"] <= closes)
    here = (listed["district"] == handover["district"]).fillna(value=False)
    counts = {
        "before": int((here & early).sum()),
        "after": int((here & late).sum()),
        "others_before": int((~here & early).sum()),
        "others_after": int((~here & late).sum()),
    }
    return {
        **{name: handover[name] for name in ("district", "handed_over_on", "accounts", "sources")},
        "days_before": (first - opens) // day,
        "days_after": (closes - last) // day,
        **counts,
        **_ratio(counts, level),
    }


def _ratio(counts: dict[str, int], level: float) -> dict[str, object]:
    """Return the ratio with its interval, what fall could be found, and what that allows to say."""
    found: dict[str, object] = {"ratio": float("nan"), "low": float("nan"), "high": float("nan")}
    detectable = float("nan")
    elsewhere = counts["others_before"] + counts["others_after"]
    try:
        share = counts["others_after"] / elsewhere if elsewhere else 0.0
        if 0 < share < 1:
            total = counts["before"] + counts["after"]
            detectable = detectable_fall(total, share, level=level, power=POWER)
        value, interval = ratio_of_ratios_interval(
            counts["before"], counts["after"], counts["others_before"], counts["others_after"], level=level
        )
        found = {"ratio": value, "low": interval.low, "high": interval.high}
    except InsufficientEvidence:
        pass  # an empty cell of the table; the reading says what it means
    tells = detectable >= HALVING
    reading = "a halving could be found; see the interval" if tells else CANNOT_TELL
    return {**found, "detectable_ratio": detectable, "reading": reading}
