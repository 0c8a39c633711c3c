"""How dense uncleared land must be for a stated total and a stated area to hold together with what was found.

Arithmetic, not a sample estimate: no interval belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.contamination.coverage import ALL, REGION
from analysis.contamination.devices import device_counts
from analysis.contamination.stated import MINES, MINES_AND_DEVICES, REGAINED, distinct_areas
from analysis.errors import InsufficientEvidence

CONDITIONS: Final = (
    "land worked so far is poorer in devices than the rest (roads, settlements, fields before front-line belts)",
    "a larger share of the reported hectares was released without search",
    "the stated total or the stated area means something else than devices found and hectares reported",
)
"""What can reconcile a needed density above the one found; worst-first selection makes the gap larger."""


NEEDED_COLUMNS: Final = [
    *("scope", "stated_total", "comparator", "laid", "stated_area_ha", "found", "per_ha_found", "per_ha_needed"),
    *("ratio", "area_source", "total_source"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSoFar:
    """A running total with area and devices.

    Parameters
    ----------
    as_of
        Last day counted.
    area_ha
        Hectares reported.
    mines, all_devices
        Antipersonnel and antitank mines; all devices.
    source_id, row_id
        Where it is printed.
    """

    as_of: pd.Timestamp
    area_ha: float
    mines: float
    all_devices: float
    source_id: str
    row_id: str


def found_so_far(clearance: pd.DataFrame) -> FoundSoFar:
    """Return the last running total of all operators with exact area and device numbers.

    Raises
    ------
    InsufficientEvidence
        If there is none.
    """
    rows = clearance[
        (clearance["group"] == ALL)
        & (clearance["geography"] == REGION)
        & (clearance["period_kind"] == "cumulative")
        & (clearance["comparator"] == "=")
        & (clearance["area_ha"] > 0)
    ]
    counted = rows.join(device_counts(rows)[["mines", "all_devices"]].add_prefix("total_"))
    counted = counted[counted[["total_mines", "total_all_devices"]].notna().all(axis=1)]
    if counted.empty:
        raise InsufficientEvidence(
            "no running total of all operators has an area, a number of mines and of all devices"
        )
    last = counted.sort_values(["period_end_last", "row_id"]).iloc[-1]
    return FoundSoFar(
        as_of=last["period_end_last"],
        area_ha=float(last["area_ha"]),
        mines=float(last["total_mines"]),
        all_devices=float(last["total_all_devices"]),
        source_id=str(last["source_id"]),
        row_id=str(last["row_id"]),
    )


def density_ratio_needed(*, stated_total: float, stated_area_ha: float, found: float, worked_ha: float) -> float:
    """Return the density uncleared land must have, over the density found in the land worked so far.

    (total - found) / (area - worked), over found / worked. Above 1 the rest must be denser than what was worked.

    Raises
    ------
    InsufficientEvidence
        If nothing was found or worked, or the stated area is not larger than the area worked.
    """
    if found <= 0 or worked_ha <= 0:
        raise InsufficientEvidence("no density is known: nothing was found, or no area is reported")
    if stated_area_ha <= worked_ha:
        raise InsufficientEvidence(
            f"{worked_ha:,.6g} ha are reported as worked, so a stated area of {stated_area_ha:,.6g} ha leaves none"
        )
    left = max(stated_total - found, 0.0)
    return (left / (stated_area_ha - worked_ha)) / (found / worked_ha)


def needed_densities(areas: pd.DataFrame, mines: pd.DataFrame, found: FoundSoFar) -> pd.DataFrame:
    """Return the ratio needed for each pair of a stated area and a stated total of the same wording.

    Totals worded as mines are compared with antipersonnel and antitank mines found; totals worded as mines and other
    devices with all devices found. A stated area smaller than the area worked leaves no pair. Totals of mines ever
    laid contain those removed or exploded before the record, so for them the ratio is an upper bound.

    Returns
    -------
    DataFrame
        `scope`, `stated_total`, `comparator`, `laid`, `stated_area_ha`, `found`, `per_ha_found`, `per_ha_needed`,
        `ratio`, `area_source`, `total_source`; one row a distinct pair of numbers, with the earliest statement of each.
    """
    totals = mines[(mines["series"] == REGAINED) & (mines["category"] == "total") & mines["comparator"].notna()]
    totals = totals.drop_duplicates(["scope", "value"])
    places = areas[(areas["series"] == REGAINED) & (areas["category"] == "total") & (areas["value"] > found.area_ha)]
    places = distinct_areas(places)
    counted = {MINES: found.mines, MINES_AND_DEVICES: found.all_devices}
    rows = [
        {
            "scope": total["scope"],
            "stated_total": total["value"],
            "comparator": total["comparator"],
            "laid": bool(total["laid"]),
            "stated_area_ha": area["value"],
            "found": counted[total["scope"]],
            "per_ha_found": counted[total["scope"]] / found.area_ha,
            "per_ha_needed": max(total["value"] - counted[total["scope"]], 0.0) / (area["value"] - found.area_ha),
            "ratio": density_ratio_needed(
                stated_total=total["value"],
                stated_area_ha=area["value"],
                found=counted[total["scope"]],
                worked_ha=found.area_ha,
            ),
            "area_source": area["source_id"],
            "total_source": total["source_id"],
        }
        for _, total in totals.iterrows()
        for _, area in places.iterrows()
    ]
    if not rows:
        raise InsufficientEvidence("no stated area is larger than the area worked so far, or no total is stated")
    return pd.DataFrame(rows).sort_values(["scope", "stated_total", "stated_area_ha"]).reset_index(drop=True)
