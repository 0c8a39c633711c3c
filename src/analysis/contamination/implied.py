"""How dense uncleared land must be for a stated total and a stated area to hold together with what was found.

Arithmetic, not a sample estimate: no interval belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.contamination.clearance_record import ClearanceRecord
from analysis.contamination.coverage import ALL, REGION
from analysis.contamination.devices import device_counts
from analysis.contamination.horizon import BASELINES, WHOLE, remaining
from analysis.contamination.set_aside import in_record
from analysis.contamination.stated import MINES, MINES_AND_DEVICES, REGAINED, distinct_areas
from analysis.errors import InsufficientEvidence
from analysis.stats.ratios import quotient_range

_KINDS: Final = {MINES: "mines", MINES_AND_DEVICES: "all_devices"}

LAID: Final = "once laid"
IN_GROUND: Final = "in the ground"
"""What a stated total is of. Mines once laid include those removed or exploded before the record begins, so for them
the ratio is at most what the arithmetic gives."""

ABOUT: Final = "about"
AT_LEAST: Final = "at least"
AT_MOST: Final = "at most"
UNBOUNDED: Final = "not bounded"
"""How the ratio of a pair holds: 'more than' bounds it below, 'up to' and totals once laid above; both, not at all."""

NEEDED_COLUMNS: Final = [
    *("scope", "meaning", "stated_total", "comparator", "statements", "stated_area_ha", "reading", "per_ha_found"),
    *("devices_left_low", "devices_left_high", "area_left_low_ha", "area_left_high_ha", "per_ha_needed_low"),
    *("per_ha_needed_high", "ratio_low", "ratio_high", "holds", "area_source", "total_source"),
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
    earlier
        All exact running totals of devices: `day` (last counted), `mines`, `all_devices`; missing where not printed.
    """

    as_of: pd.Timestamp
    area_ha: float
    mines: float
    all_devices: float
    source_id: str
    row_id: str
    earlier: pd.DataFrame

    def since(self, kind: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[float, float]:
        """Return the fewest and most devices found after a day that lies between `first` and `last`.

        Running totals never fall, so those before the day and those after it bound what had been found by then. Where
        one before is above one after, they contradict, and the range is from what the one to what the other leaves.
        """
        counted = self.earlier[["day", kind]].dropna()
        total = float(getattr(self, kind))
        before = counted.loc[counted["day"] <= first, kind].max()
        after = counted.loc[counted["day"] >= last, kind].min()
        by_after = 0.0 if pd.isna(after) else max(total - float(after), 0.0)
        by_before = total - (0.0 if pd.isna(before) else min(float(before), total))
        return min(by_after, by_before), max(by_after, by_before)


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
        & in_record(clearance)
    ]
    counted = rows.join(device_counts(rows)[["mines", "all_devices"]].add_prefix("total_"))
    whole = counted[(counted["area_ha"] > 0)]
    counted = whole[whole[["total_mines", "total_all_devices"]].notna().all(axis=1)]
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
        earlier=_totals_by_day(rows),
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


def needed_densities(
    areas: pd.DataFrame, mines: pd.DataFrame, found: FoundSoFar, record: ClearanceRecord
) -> pd.DataFrame:
    """Return the ratio needed for each stated total and area of the same wording, under both readings of them.

    Totals worded as mines are compared with antipersonnel and antitank mines found; totals worded as mines and other
    devices with all devices found. Read as the whole task since November 2020, all that was found and worked is taken
    off; read as what was left at its date, only what followed. A total of mines once laid belongs to no date: all that
    was found is taken off it. An area smaller than what was worked leaves no pair.

    Parameters
    ----------
    areas, mines
        Of :mod:`analysis.contamination.stated`.
    found
        Devices and hectares so far.
    record
        Of all operators, for what was worked since the date of an area.

    Returns
    -------
    DataFrame
        `scope`, `meaning` (:data:`LAID` or :data:`IN_GROUND`), `stated_total`, `comparator`, `statements` (their
        number), `stated_area_ha`, `reading`, `per_ha_found`, ranges of `devices_left`, `area_left`, `per_ha_needed` and
        `ratio` (from what is not known about dates, the stated numbers taken as printed), `holds` (see
        :data:`UNBOUNDED`), `area_source`, `total_source` (of the earliest statement).

    Raises
    ------
    InsufficientEvidence
        If no stated area is larger than the area worked, or no total is stated.
    """
    totals = _distinct_totals(mines)
    places = areas[(areas["series"] == REGAINED) & (areas["category"] == "total") & areas["as_of_first"].notna()]
    places = distinct_areas(places[places["value"] > found.area_ha])
    end = found.as_of + pd.Timedelta(days=1)
    rows = [
        _pair(total, area, reading, found, area_left=remaining(area, record, reading, end))
        for _, total in totals.iterrows()
        for _, area in places.iterrows()
        for reading in BASELINES
    ]
    if not rows:
        raise InsufficientEvidence("no stated area is larger than the area worked so far, or no total is stated")
    return pd.DataFrame(rows)[NEEDED_COLUMNS]


def _distinct_totals(mines: pd.DataFrame) -> pd.DataFrame:
    """Return each total once for a wording, meaning, number and comparator, with the span of days it was stated on."""
    own = mines[(mines["series"] == REGAINED) & (mines["category"] == "total") & mines["as_of_first"].notna()]
    own = own[own["comparator"].notna()].sort_values(["as_of_first", "row_id"])
    keys = ["scope", "laid", "value", "comparator"]
    grouped = own.groupby(keys, as_index=False)
    totals = grouped.agg(
        statements=("row_id", "size"),
        first=("as_of_first", "min"),
        last=("as_of_last", "max"),
        source_id=("source_id", "first"),
    )
    return totals.sort_values(keys)


def _pair(
    total: pd.Series, area: pd.Series, reading: str, found: FoundSoFar, *, area_left: tuple[float, float]
) -> dict[str, object]:
    kind = _KINDS[total["scope"]]
    all_found = float(getattr(found, kind))
    whole = reading == WHOLE or total["laid"]
    least, most = (all_found, all_found) if whole else found.since(kind, total["first"], total["last"])
    left = max(total["value"] - most, 0.0), max(total["value"] - least, 0.0)
    needed = quotient_range(*left, *area_left)
    per_ha = all_found / found.area_ha
    if per_ha == 0:
        raise InsufficientEvidence("no density is known: nothing was found")
    return {
        "scope": total["scope"],
        "meaning": LAID if total["laid"] else IN_GROUND,
        "stated_total": total["value"],
        "comparator": total["comparator"],
        "statements": int(total["statements"]),
        "stated_area_ha": area["value"],
        "reading": reading,
        "per_ha_found": per_ha,
        "devices_left_low": left[0],
        "devices_left_high": left[1],
        "area_left_low_ha": area_left[0],
        "area_left_high_ha": area_left[1],
        "per_ha_needed_low": needed.low,
        "per_ha_needed_high": needed.high,
        "ratio_low": needed.low / per_ha,
        "ratio_high": needed.high / per_ha,
        "holds": _holds(total["comparator"], laid=bool(total["laid"])),
        "area_source": area["source_id"],
        "total_source": total["source_id"],
    }


def _holds(comparator: str, *, laid: bool) -> str:
    if comparator in (">", ">="):
        return UNBOUNDED if laid else AT_LEAST
    return AT_MOST if laid or comparator in ("<", "<=") else ABOUT


def _totals_by_day(rows: pd.DataFrame) -> pd.DataFrame:
    counts = device_counts(rows)[["mines", "all_devices"]].astype(float)
    return counts.assign(day=rows["period_end_last"]).sort_values("day", kind="stable").reset_index(drop=True)
