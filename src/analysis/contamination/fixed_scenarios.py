"""Years to release the rest at stated targets, and if the task itself grows again: fixed scenarios of model A."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import ClearanceRecord
from analysis.contamination.horizon import DAYS_PER_YEAR
from analysis.contamination.time_statements import about_the_regained_districts
from analysis.stats.ratios import quotient_range

ADDED_SHARES: Final = (0.25, 0.5, 1.0)
"""Land added to the task for each hectare released: assumed steps up to the point where the task has no end."""

_TARGET_COLUMNS: Final = [
    *("year", "as_of", "attributed_to", "comparator", "target_ha", "reported_ha", "reported_less_target_ha", "reading"),
    *("claim_id", "sources"),
]
_SCENARIO_COLUMNS: Final = [
    *("scenario", "basis", "ha_per_year", "added_ha_per_year", "baseline", "remaining_low_ha", "remaining_high_ha"),
    *("years_low", "years_high"),
]


def targets_against_reports(claims: pd.DataFrame, record: ClearanceRecord) -> pd.DataFrame:
    """Return each published yearly target of the whole land beside the area reported for that year.

    Returns
    -------
    DataFrame
        `year`, `as_of`, `attributed_to`, `comparator`, `target_ha`, `reported_ha` (missing where none is printed),
        `reported_less_target_ha`, `reading`, `claim_id`, `sources`.
    """
    targets = claims[(claims["quantity"] == "annual_clearance_target") & claims["value"].notna()]
    targets = targets[about_the_regained_districts(targets) & targets["period_start_first"].notna()]
    printed = record.years.set_index("year")["printed_ha"]
    used = record.statements[(record.statements["gap_ha"] == 0) & (record.statements["period_kind"] == "year")]
    sources = {int(start.year): str(source) for start, source in zip(used["start"], used["source_id"], strict=True)}
    rows = []
    for _, row in targets.sort_values(["period_start_first", "as_of_first", "claim_id"]).iterrows():
        year, target = int(row["period_start_first"].year), float(row["value"])
        reported = float(printed.get(year, np.nan))
        rows.append(
            {
                "year": str(year),
                "as_of": row["as_of"],
                "attributed_to": row["attributed_to"],
                "comparator": row["comparator"],
                "target_ha": target,
                "reported_ha": reported,
                "reported_less_target_ha": reported - target,
                "reading": _reading(reported, target),
                "claim_id": row["claim_id"],
                "sources": tuple(sorted({row["source_id"], *([sources[year]] if year in sources else [])})),
            }
        )
    return pd.DataFrame(rows, columns=_TARGET_COLUMNS)


def fixed_scenarios(
    ranges: pd.DataFrame, rates: pd.DataFrame, targets: pd.DataFrame, changes: pd.DataFrame
) -> pd.DataFrame:
    """Return the years to release the largest stated total at each rate, with what may be added to the task.

    Parameters
    ----------
    ranges, rates
        Of :mod:`analysis.contamination.horizon`.
    targets
        Of :func:`targets_against_reports`; the largest is used.
    changes
        Steps of the stated total, of :func:`analysis.contamination.stated.area_changes`.

    Returns
    -------
    DataFrame
        `scenario`, `basis` (where its number comes from), `ha_per_year`, `added_ha_per_year`, `baseline`,
        `remaining_low_ha`, `remaining_high_ha`, `years_low`, `years_high` (infinite: the task never ends).
    """
    totals = ranges[ranges["category"] == "total"]
    totals = totals[totals["stated_ha"] == totals["stated_ha"].max()]
    years = rates[rates["kind"] == "year"].sort_values("label")
    if totals.empty or years.empty:
        return pd.DataFrame(columns=_SCENARIO_COLUMNS)
    last = float(years["ha_per_year"].iloc[-1])
    choices = [("rate of the last printed year", f"printed year {years['label'].iloc[-1]}", last, 0.0)]
    if len(targets):
        top = targets.sort_values(["target_ha", "year"]).iloc[-1]
        choices.append(("largest stated target", str(top["claim_id"]), float(top["target_ha"]), 0.0))
    choices += [
        (f"task grows by {share:g} ha for each hectare released", "assumed", last, share * last)
        for share in ADDED_SHARES
    ]
    growth = _stated_growth(changes)
    if growth > 0:
        choices.append(("task grows as the stated totals did", "stated totals, first to last", last, growth))
    rows = [_scenario(*choice, row=row) for choice in choices for _, row in totals.iterrows()]
    return pd.DataFrame(rows, columns=_SCENARIO_COLUMNS)


def _scenario(name: str, basis: str, rate: float, added: float, *, row: pd.Series) -> dict[str, object]:
    low, high = float(row["remaining_low_ha"]), float(row["remaining_high_ha"])
    net = rate - added
    span = quotient_range(low, high, net, net) if net > 0 else None
    return {
        "scenario": name,
        "basis": basis,
        "ha_per_year": rate,
        "added_ha_per_year": added,
        "baseline": row["baseline"],
        "remaining_low_ha": low,
        "remaining_high_ha": high,
        "years_low": np.inf if span is None else span.low,
        "years_high": np.inf if span is None else span.high,
    }


def _stated_growth(changes: pd.DataFrame) -> float:
    """Return by how many hectares a year the stated total grew from its first to its last value; 0 without steps."""
    if changes.empty:
        return 0.0
    first, last = pd.Timestamp(changes["from_as_of"].iloc[0]), pd.Timestamp(changes["to_as_of"].iloc[-1])
    # A date of a year alone is taken at its end, which makes the growth slower, never faster, than it may have been.
    if len(str(changes["to_as_of"].iloc[-1])) == 4:
        last = last + pd.offsets.YearEnd(0)
    days = (last - first).days
    change = float(changes["to_ha"].iloc[-1] - changes["from_ha"].iloc[0])
    return change / days * DAYS_PER_YEAR if days > 0 else 0.0


def _reading(reported: float, target: float) -> str:
    if np.isnan(reported):
        return "no year printed yet"
    return "reported area reaches the target" if reported >= target else "reported area is below the target"
