"""Devices found per hectare reported as worked, by district and by operator; neither is ever added up."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import RECORD_START, area_statements
from analysis.contamination.coverage import ALL, REGION
from analysis.contamination.devices import KINDS, device_counts
from analysis.contamination.printed_precision import EXACT, InexactRows
from analysis.contamination.set_aside import in_record
from analysis.stats.difference_bounds import PeriodSum, sum_ranges
from analysis.stats.ratios import quotient_range


def densities_by_district(clearance: pd.DataFrame, *, inexact_rows: InexactRows) -> pd.DataFrame:
    """Return devices per hectare of districts whose running totals give devices, with the range their areas allow.

    Returns
    -------
    DataFrame
        `district`, `as_of`, `kind`, `devices`, `area_low_ha`, `area_high_ha`, `per_ha_low`, `per_ha_high`, `sources`;
        the high area is infinite, and the low density 0, where no area bounds it.
    """
    rows = clearance[
        (clearance["group"] == ALL)
        & (clearance["geography"] != REGION)
        & (clearance["period_kind"] == "cumulative")
        & (clearance["comparator"] == EXACT)
        & (clearance["period_end_last"] > pd.Timestamp(RECORD_START))
    ]
    counts = device_counts(rows)
    tables = [
        _district_row(clearance, rows.loc[index], kind, float(counts.loc[index, kind]), inexact_rows)
        for index in rows.index
        for kind in KINDS
        if pd.notna(counts.loc[index, kind])
    ]
    columns = [
        "district",
        "as_of",
        "kind",
        "devices",
        "area_low_ha",
        "area_high_ha",
        "per_ha_low",
        "per_ha_high",
        "sources",
    ]
    return pd.DataFrame(tables, columns=columns).sort_values(["district", "as_of", "kind"]).reset_index(drop=True)


def densities_by_operator(clearance: pd.DataFrame) -> pd.DataFrame:
    """Return devices per hectare of each operator and printed year with both numbers; operators are never added up.

    Returns
    -------
    DataFrame
        `year`, `operator` (its label), `row_id`, `kind`, `devices`, `area_ha`, `per_ha`, `source_id`. Rows that name
        what was done to the land and alternative renderings are left out.
    """
    rows = clearance[
        (clearance["geography"] == REGION)
        & (clearance["period_kind"] == "year")
        & ~clearance["operator"].isin(["all_operators", "anama_as_printed"])
        & ~clearance["alternative"].fillna(False).astype(bool)
        & in_record(clearance)
        & (clearance["area_ha"] > 0)
    ]
    counts = device_counts(rows)
    tables = [
        pd.DataFrame(
            {
                "year": rows["period_start_first"].dt.year.astype(str),
                "operator": rows["operator"].str.replace("_", " "),
                "row_id": rows["row_id"],
                "kind": kind,
                "devices": counts[kind],
                "area_ha": rows["area_ha"],
                "per_ha": counts[kind] / rows["area_ha"],
                "source_id": rows["source_id"],
            }
        ).dropna(subset=["devices"])
        for kind in KINDS
    ]
    return pd.concat(tables).sort_values(["year", "kind", "row_id"]).reset_index(drop=True)


def _district_row(
    clearance: pd.DataFrame, row: pd.Series, kind: str, devices: float, inexact_rows: InexactRows
) -> dict[str, object]:
    own = clearance[(clearance["geography"] == row["geography"]) & (clearance["group"] == ALL)]
    statements = area_statements(own, inexact_rows=inexact_rows)
    start, end = RECORD_START.toordinal(), row["period_end_last"].toordinal() + 1
    known = sum_ranges(
        [
            PeriodSum(start=first.toordinal(), end=last.toordinal(), low=float(low), high=float(high))
            for first, last, low, high in statements[["start", "end", "low", "high"]].itertuples(index=False)
        ],
        points=[start, end],
    )
    low, high = known.between(start, end)
    # A district with devices and no area at all has a density that nothing bounds.
    density = quotient_range(devices, devices, low, high) if high > 0 else None
    return {
        "district": row["geography"],
        "as_of": row["period_end_last"],
        "kind": kind,
        "devices": devices,
        "area_low_ha": low,
        "area_high_ha": high,
        "per_ha_low": np.nan if density is None else density.low,
        "per_ha_high": np.nan if density is None else density.high,
        "sources": tuple(sorted({row["source_id"], *statements["source_id"]})),
    }
