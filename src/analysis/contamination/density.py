"""Devices found per hectare reported as worked: by year, and by month within years."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import RECORD_START, ClearanceRecord
from analysis.contamination.coverage import ALL, REGION
from analysis.contamination.devices import KINDS, device_counts
from analysis.errors import InsufficientEvidence
from analysis.stats.parts_of_exposure import dispersion_of_parts, rate_interval_by_parts
from analysis.stats.ratios import quotient_range

YEAR_COLUMNS: Final = [
    *("span", "start", "end", "kind", "devices", "area_low_ha", "area_high_ha", "per_ha", "per_ha_low", "per_ha_high"),
    *("months", "dispersion", "if_random_low", "if_random_high", "sources"),
]


def densities_by_year(clearance: pd.DataFrame, record: ClearanceRecord, *, level: float) -> pd.DataFrame:
    """Return devices per hectare of each printed year, and of the time before the first of them.

    Parameters
    ----------
    clearance
        Rows of clearance_period with their `group`.
    record
        Record of all operators, for areas that are printed for no year.
    level
        Of the interval that treats months as a random sample of work, shown beside the density, never instead of it.

    Returns
    -------
    DataFrame
        One row a span and kind of device: `span`, `start`, `end` (last day), `kind`, `devices`, `area_low_ha`,
        `area_high_ha`, `per_ha`, `per_ha_low`, `per_ha_high` (ends of the area), `months` (with both numbers printed),
        `dispersion` (Pearson, of months around the year's density; missing below three months), `if_random_low`,
        `if_random_high`, `sources`.

    Raises
    ------
    InsufficientEvidence
        If no year has both an area and devices.
    """
    years = _printed_years(clearance)
    if years.empty:
        raise InsufficientEvidence("no year of all operators has both an area and a number of devices")
    months = monthly_densities(clearance)
    rows = [
        _span_row(str(year), group, kind, months=months[months["month"].dt.year.astype(str) == str(year)], level=level)
        for year, group in years.groupby(years["year"].astype(str))
        for kind in KINDS
    ]
    early = _before_first_year(clearance, record, first_year=int(years["year"].min()))
    return pd.DataFrame([*early, *(row for row in rows if row is not None)])


def monthly_densities(clearance: pd.DataFrame) -> pd.DataFrame:
    """Return devices per hectare of each month of all operators with area and devices printed.

    Returns
    -------
    DataFrame
        `month`, `kind`, `devices`, `area_ha`, `per_ha`, `source_id`. Alternative renderings and months without a mine
        or ordnance count are left out.
    """
    rows = _all_operator_rows(clearance)
    rows = rows[(rows["period_kind"] == "month") & (rows["area_ha"] > 0)]
    counts = device_counts(rows)
    tables = [
        pd.DataFrame(
            {
                "month": rows["period_start_first"].dt.to_period("M").dt.start_time,
                "kind": kind,
                "devices": counts[kind],
                "area_ha": rows["area_ha"],
                "per_ha": counts[kind] / rows["area_ha"],
                "source_id": rows["source_id"],
            }
        ).dropna(subset=["devices"])
        for kind in KINDS
    ]
    found = pd.concat(tables).sort_values(["kind", "month", "source_id"]).drop_duplicates(["kind", "month"])
    return found.astype({"devices": float, "area_ha": float, "per_ha": float}).reset_index(drop=True)


def density_change(by_year: pd.DataFrame, *, kind: str) -> tuple[pd.Series, pd.Series, float]:
    """Return first and last printed year of a kind, and the last density over the first.

    Raises
    ------
    InsufficientEvidence
        If fewer than two years have a density, or the first has none found.
    """
    own = by_year[(by_year["kind"] == kind) & by_year["months"].notna()].sort_values("start")
    if len(own) < 2 or own["per_ha"].iloc[0] == 0:
        raise InsufficientEvidence(f"the change of density cannot be told: {len(own)} years have {kind} and an area")
    return own.iloc[0], own.iloc[-1], float(own["per_ha"].iloc[-1] / own["per_ha"].iloc[0])


def _all_operator_rows(clearance: pd.DataFrame) -> pd.DataFrame:
    return clearance[
        (clearance["group"] == ALL)
        & (clearance["geography"] == REGION)
        & ~clearance["alternative"].fillna(False).astype(bool)
    ]


def _printed_years(clearance: pd.DataFrame) -> pd.DataFrame:
    """Return the printed years of all operators with an area and a device count, the most complete row of each."""
    rows = _all_operator_rows(clearance)
    rows = rows[(rows["period_kind"] == "year") & (rows["area_ha"] > 0)]
    counts = device_counts(rows)
    frame = counts.assign(
        year=rows["period_start_first"].dt.year,
        area_ha=rows["area_ha"],
        row_id=rows["row_id"],
        source_id=rows["source_id"],
        known=counts.notna().sum(axis=1),
    )
    frame = frame[frame["known"] > 0].sort_values(["year", "known", "row_id"], ascending=[True, False, True])
    return frame.drop_duplicates("year").reset_index(drop=True)


def _span_row(
    span: str, group: pd.DataFrame, kind: str, *, months: pd.DataFrame, level: float
) -> dict[str, object] | None:
    devices, area = group[kind].iloc[0], float(group["area_ha"].iloc[0])
    if pd.isna(devices):
        return None
    own = months[months["kind"] == kind]
    density = float(devices) / area
    row: dict[str, object] = {
        "span": span,
        "start": date(int(span), 1, 1),
        "end": date(int(span), 12, 31),
        "kind": kind,
        "devices": float(devices),
        "area_low_ha": area,
        "area_high_ha": area,
        "per_ha": density,
        "per_ha_low": density,
        "per_ha_high": density,
        "months": len(own),
        "sources": (str(group["source_id"].iloc[0]),),
    }
    return row | _if_random(float(devices), area, own, level=level)


def _if_random(devices: float, area_ha: float, months: pd.DataFrame, *, level: float) -> dict[str, float]:
    """Return the spread of the months and the interval it would give; missing where they say nothing."""
    parts = devices, area_ha, months["devices"], months["area_ha"]
    try:
        spread = dispersion_of_parts(*parts)
    except InsufficientEvidence:
        return {"dispersion": np.nan, "if_random_low": np.nan, "if_random_high": np.nan}
    interval = rate_interval_by_parts(*parts, level=level)
    return {"dispersion": spread, "if_random_low": interval.low, "if_random_high": interval.high}


def _before_first_year(clearance: pd.DataFrame, record: ClearanceRecord, *, first_year: int) -> list[dict[str, object]]:
    """Return the density of mines before the first printed year: mines of earlier years over the area left to them."""
    rows = _all_operator_rows(clearance)
    rows = rows[
        (rows["period_kind"] == "year")
        & (rows["period_start_first"].dt.year < first_year)
        & (rows["period_end_last"] > pd.Timestamp(RECORD_START))
    ]
    counts = device_counts(rows)["mines"].dropna()
    years = rows.loc[counts.index, "period_start_first"].dt.year
    if sorted(years) != list(range(RECORD_START.year, first_year)):
        return []
    end = date(first_year, 1, 1)
    low, high = record.ranges.between(RECORD_START.toordinal(), end.toordinal())
    if not np.isfinite(high) or low <= 0:
        return []
    devices = float(counts.sum())
    bounds = quotient_range(devices, devices, low, high)
    used = record.statements.loc[record.statements["gap_ha"] == 0]
    used = used[used["period_kind"].isin(["year", "cumulative"])]
    return [
        {
            "span": f"{RECORD_START.year}-{first_year - 1}",
            "start": RECORD_START,
            "end": date(first_year - 1, 12, 31),
            "kind": "mines",
            "devices": devices,
            "area_low_ha": low,
            "area_high_ha": high,
            "per_ha": (bounds.low + bounds.high) / 2,
            "per_ha_low": bounds.low,
            "per_ha_high": bounds.high,
            "months": None,
            "dispersion": np.nan,
            "if_random_low": np.nan,
            "if_random_high": np.nan,
            "sources": tuple(sorted({*rows.loc[counts.index, "source_id"], *used["source_id"]})),
        }
    ]
