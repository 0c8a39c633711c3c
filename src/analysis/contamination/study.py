"""The whole of study 3's first pass in one call, for the notebook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TypedDict, TypeVar

import pandas as pd

from analysis.contamination import density, horizon, implied, money, stated, time_statements
from analysis.contamination.attribution import originator_labels, rows_by_method, rows_by_party
from analysis.contamination.clearance_record import ClearanceRecord, clearance_record
from analysis.contamination.coverage import (
    ALL,
    ANAMA,
    REGION,
    find_coverage,
    limits_with_same_stretch,
    operator_groups,
)
from analysis.contamination.implied import FoundSoFar
from analysis.contamination.printed_precision import EXACT, InexactRows
from analysis.contamination.results import MINISTRY, PEACEKEEPERS, ContaminationStudy
from analysis.contamination.set_aside import beside_record, in_record, rows_set_aside, span_days
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.evidence.selection import select

_PLACES = {ALL: REGION, ANAMA: REGION, MINISTRY: REGION, PEACEKEEPERS: "peacekeeper_zone"}

T = TypeVar("T")
_Reasons = dict[str, InsufficientEvidence]


def study_contamination(
    evidence: Evidence,
    *,
    period_start: str = "",
    period_end: str = "",
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
    minimum_increment_days: int = 90,
    confidence_level: float = 0.95,
) -> ContaminationStudy:
    """Return the study of the evidence as selected.

    Parameters
    ----------
    evidence
        Loaded evidence.
    period_start, period_end
        Statements dated, and periods of clearance ending, outside are left out; empty for no limit.
    exclude_originators
        Originators or parties to leave out.
    inexact_rows
        What 'more than', 'about' and 'up to' are taken as.
    minimum_increment_days
        Running totals closer together give no rate.
    confidence_level
        Of the conditional intervals for densities.

    Raises
    ------
    InsufficientEvidence
        If the selection leaves no clearance of all operators in the regained districts, or no stated area.
    """
    reasons: dict[str, InsufficientEvidence] = {}
    limits = {"period_start": period_start, "period_end": period_end, "exclude_originators": exclude_originators}
    clearance = select(evidence.table("clearance_period"), date_column="period_end", **limits)  # type: ignore[arg-type]
    contamination = select(evidence.table("contamination_estimate"), **limits)  # type: ignore[arg-type]
    contamination = _without_inexact(contamination, inexact_rows)
    claims = select(evidence.table("claims"), **limits)  # type: ignore[arg-type]
    last_date = min(evidence.last_date, date.fromisoformat(period_end)) if period_end else evidence.last_date

    coverage = _attempt(lambda: find_coverage(clearance), "coverage of monthly figures", reasons)
    clearance["group"] = operator_groups(clearance, coverage=coverage)
    records = _records(clearance, last_date, inexact_rows, reasons)
    if ALL not in records:
        raise reasons[f"clearance record, {ALL}"]
    said = _stated(contamination, claims, clearance)
    dense = _density(clearance, records[ALL], confidence_level, reasons)
    origin = _origin(records[ALL], last_date)
    return ContaminationStudy(
        last_date=last_date,
        origin=origin,
        labels=originator_labels(evidence.table("originators")),
        parties=rows_by_party({"clearance": clearance, "contamination": contamination}),
        methods=rows_by_method(clearance),
        clearance=clearance,
        coverage=coverage,
        coverage_limits=() if coverage is None else limits_with_same_stretch(coverage),
        records=records,
        aside=beside_record(rows_set_aside(clearance, _PLACES), records, inexact_rows=inexact_rows),
        needed=_needed(said, dense["found"], records[ALL], reasons),
        **said,
        **dense,
        **_horizon(said["areas"], records[ALL], claims, origin, minimum_increment_days, reasons),
        spent=money.spent_per_hectare(claims, records[ALL]),
        not_divided=money.money_not_divided(claims, records[ALL]),
        not_estimable=reasons | _never_estimable(),
    )


class _Stated(TypedDict):
    areas: pd.DataFrame
    mines: pd.DataFrame
    changes: pd.DataFrame
    classes: pd.DataFrame
    moves: pd.DataFrame


class _Density(TypedDict):
    by_year: pd.DataFrame
    by_month: pd.DataFrame
    found: FoundSoFar | None


class _Horizon(TypedDict):
    rates: pd.DataFrame
    scenarios: pd.DataFrame
    ranges: pd.DataFrame
    located: pd.DataFrame
    elsewhere: pd.DataFrame
    costs: pd.DataFrame


def _stated(contamination: pd.DataFrame, claims: pd.DataFrame, clearance: pd.DataFrame) -> _Stated:
    areas = stated.stated_areas(contamination)
    if areas.empty:
        raise InsufficientEvidence("the selection leaves no stated hazardous area")
    return {
        "areas": areas,
        "mines": stated.stated_mines(contamination, claims),
        "changes": stated.area_changes(areas),
        "classes": stated.class_sums(areas),
        "moves": stated.baseline_moves(areas, clearance),
    }


def _density(clearance: pd.DataFrame, whole: ClearanceRecord, level: float, reasons: _Reasons) -> _Density:
    return {
        "by_year": _table(
            lambda: density.densities_by_year(clearance, whole, level=level),
            "devices per hectare by year",
            reasons,
            density.YEAR_COLUMNS,
        ),
        "by_month": density.monthly_densities(clearance),
        "found": _attempt(lambda: implied.found_so_far(clearance), "devices found so far per hectare", reasons),
    }


def _needed(said: _Stated, found: FoundSoFar | None, whole: ClearanceRecord, reasons: _Reasons) -> pd.DataFrame:
    if found is None:
        return pd.DataFrame(columns=implied.NEEDED_COLUMNS)
    return _table(
        lambda: implied.needed_densities(said["areas"], said["mines"], found, whole),
        "density uncleared land must have",
        reasons,
        implied.NEEDED_COLUMNS,
    )


def _horizon(
    areas: pd.DataFrame,
    whole: ClearanceRecord,
    claims: pd.DataFrame,
    origin: pd.Timestamp,
    minimum_increment_days: int,
    reasons: _Reasons,
) -> _Horizon:
    rates = _table(
        lambda: horizon.release_rates(whole, minimum_increment_days=minimum_increment_days),
        "rate of release",
        reasons,
        horizon.RATE_COLUMNS,
    )
    scenarios = _table(
        lambda: horizon.horizons(areas, whole, _required(rates, "rate of release", reasons), origin=origin),
        "years to release the rest",
        reasons,
        horizon.SCENARIO_COLUMNS,
    )
    timed = claims[claims["quantity"] == "time_to_clear"]
    here = time_statements.about_the_regained_districts(timed) & ~time_statements.about_ordnance_only(timed)
    costs = claims[claims["quantity"] == "cost_to_clear"]
    return {
        "rates": rates,
        "scenarios": scenarios,
        "ranges": horizon.horizon_ranges(scenarios),
        "located": time_statements.statement_located(scenarios, timed[here], origin=origin),
        "elsewhere": time_statements.statements_elsewhere(timed[~here]),
        "costs": time_statements.cost_per_hectare(costs[time_statements.about_the_regained_districts(costs)], areas),
    }


def _never_estimable() -> dict[str, InsufficientEvidence]:
    """Return what no selection of this evidence allows."""
    return {
        "years to find the remaining mines": InsufficientEvidence(
            "the number of mines in the ground is stated and not measured, and the number found each year depends on"
            " where work is done; a quotient of the two is no time"
        ),
        "land cleared, reduced and cancelled, separately": InsufficientEvidence(
            "since November 2020 the regular reports give one area and do not say what was done to it"
        ),
        "release within the class of high contamination": InsufficientEvidence("no release is published by class"),
        "sampling interval for years to release": InsufficientEvidence(
            "published areas are complete counts by one body and stated areas are not samples, so Fieller's interval"
            " does not apply; the range over scenarios is shown instead"
        ),
    }


def _records(
    clearance: pd.DataFrame, last_date: date, inexact_rows: InexactRows, reasons: _Reasons
) -> dict[str, ClearanceRecord]:
    """Return the record of each group from the rows of the regular reports; ANAMA is a part of all operators."""
    regular = clearance[in_record(clearance)]
    own = {
        group: regular[(regular["group"] == group) & (regular["geography"] == place)]
        for group, place in _PLACES.items()
    }
    days = span_days(rows_set_aside(clearance, _PLACES), inexact_rows=inexact_rows)
    found = {}
    for group, rows in own.items():
        record = _attempt(
            lambda rows=rows, group=group: clearance_record(  # type: ignore[misc]
                rows,
                group=group,
                last_date=last_date,
                inexact_rows=inexact_rows,
                part=own[ANAMA] if group == ALL else None,
                points=days,
            ),
            f"clearance record, {group}",
            reasons,
        )
        if record is not None:
            found[group] = record
    return found


def _origin(record: ClearanceRecord, last_date: date) -> pd.Timestamp:
    """Return the first day after the last printed year, else the first day of the month of `last_date`."""
    years = record.years.loc[record.years["printed_ha"].notna(), "year"]
    return pd.Timestamp(int(years.max()) + 1, 1, 1) if len(years) else pd.Timestamp(last_date).replace(day=1)


def _without_inexact(frame: pd.DataFrame, inexact_rows: InexactRows) -> pd.DataFrame:
    if inexact_rows == "leave out":
        return frame[frame["comparator"] == EXACT].reset_index(drop=True)
    return frame.assign(comparator=EXACT) if inexact_rows == "as printed" else frame


def _attempt(make: Callable[[], T], quantity: str, reasons: _Reasons) -> T | None:
    try:
        return make()
    except InsufficientEvidence as reason:
        reasons[quantity] = reason
        return None


def _table(make: Callable[[], pd.DataFrame], quantity: str, reasons: _Reasons, columns: Sequence[str]) -> pd.DataFrame:
    made = _attempt(make, quantity, reasons)
    return pd.DataFrame(columns=list(columns)) if made is None else made


def _required(table: pd.DataFrame, quantity: str, reasons: _Reasons) -> pd.DataFrame:
    if table.empty:
        raise reasons[quantity]
    return table
