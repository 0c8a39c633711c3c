"""Estimates of the shares outside the former line of contact, of what counts add, and of counts that cannot follow."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.estimate import Estimate, Period
from analysis.maps.anomaly import Anomaly
from analysis.maps.identification import area_interval
from analysis.maps.line_counts import Unit, headline_interval
from analysis.maps.outcomes import records
from analysis.maps.row_facts import day_of, day_tag, page_ids, since_war
from analysis.maps.scope import GEOGRAPHY
from analysis.stats.proportions import proportion_interval

COMPLETE_COUNT: Final = (
    "a complete count by one body: the interval is for the process behind it, without counting error"
)
NOT_RECORDS: Final = "outside the former line of contact is not outside the records"
_PLURAL: Final = {"accident": "accidents", "casualty": "casualties"}


def line_share_estimates(counts: pd.DataFrame, *, dispersion: float, level: float) -> dict[str, Estimate]:
    """Return the share outside the former line for each count of accidents and of casualties."""
    found = {}
    for row in records(counts):
        unit: Unit = row["unit"]
        of = _PLURAL[unit]
        method = (
            "Wilson score interval"
            if unit == "accident"
            else (
                f"Wilson score interval with the number of persons divided by {dispersion:.3g} "
                "(casualties per accident, E[x^2] / E[x])"
            )
        )
        found[f"{of}_outside_line_{day_tag(row['as_of'])}"] = Estimate(
            quantity=f"share of {of} outside the former line of contact",
            value=row["share"],
            unit="share",
            interval=headline_interval(row["outside"], row["total"], unit, dispersion=dispersion, level=level),
            method=method,
            n=row["total"],
            n_unit=of,
            period=since_war(row["as_of"]),
            geography=GEOGRAPHY,
            sources=page_ids(row["source_ids"]),
            assumptions=(COMPLETE_COUNT, NOT_RECORDS),
        )
    return found


def increment_estimates(increments: pd.DataFrame, *, level: float) -> dict[str, Estimate]:
    """Return the share outside the former line among the accidents that each count adds to the one before it."""
    usable = increments[(increments["unit"] == "accident") & increments["possible"] & (increments["more_total"] > 0)]
    return {
        f"new_accidents_outside_line_{day_tag(row['end'])}": Estimate(
            quantity="share of accidents outside the former line of contact among those added between two counts",
            value=row["more_outside"] / row["more_total"],
            unit="share",
            interval=proportion_interval(row["more_outside"], row["more_total"], level=level),
            method="Wilson score interval",
            n=row["more_total"],
            n_unit="accidents",
            period=Period(start=day_of(row["start"]), end=day_of(row["end"])),
            geography=GEOGRAPHY,
            sources=page_ids(row["source_ids"]),
            assumptions=(COMPLETE_COUNT, "no accident of earlier days was added late or moved across the line"),
        )
        for row in records(usable)
    }


def anomaly_estimates(found: tuple[Anomaly, ...]) -> dict[str, Estimate]:
    """Return by how much the number on the former line changes where counts cannot follow each other."""
    return {
        f"{_PLURAL[one.unit]}_on_line_change_{day_tag(one.later_as_of)}": Estimate(
            quantity=f"change in {_PLURAL[one.unit]} on the former line of contact between two printed counts",
            value=float(one.on_line_change),
            unit=_PLURAL[one.unit],
            interval=None,
            method="difference of printed counts",
            n=one.later_total,
            n_unit=_PLURAL[one.unit],
            period=Period(start=day_of(one.as_of), end=day_of(one.later_as_of)),
            geography=GEOGRAPHY,
            sources=one.sources,
            assumptions=("both counts are of one series, which can only grow",),
        )
        for one in found
    }


def line_area_estimate(counts: pd.DataFrame, *, rate_low: float, rate_high: float, level: float) -> dict[str, Estimate]:
    """Return the share of mined area beyond the former line by the latest accident count, r in a range around 1."""
    accidents = counts[counts["unit"] == "accident"]
    if accidents.empty or not rate_low <= 1 <= rate_high:
        return {}
    row = accidents.iloc[-1]
    interval = area_interval(
        int(row["outside"]), int(row["total"]), rate_low=rate_low, rate_high=rate_high, level=level
    )
    return {
        "mined_area_beyond_line": Estimate(
            quantity="share of mined area beyond the former line of contact",
            value=float(row["share"]),
            unit="share of mined area",
            interval=interval,
            method=f"value at r = 1; Imbens-Manski interval for r anywhere from {rate_low:g} to {rate_high:g}",
            n=int(row["total"]),
            n_unit="accidents",
            period=since_war(row["as_of"]),
            geography=GEOGRAPHY,
            sources=page_ids(str(row["source_ids"])),
            assumptions=(COMPLETE_COUNT, NOT_RECORDS, "r lies in the stated range; it is not observed"),
        )
    }
