"""Headline numbers of the clearance record and of density."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination import density as densities
from analysis.contamination.clearance_record import RECORD_START
from analysis.contamination.coverage import ALL
from analysis.contamination.devices import LABELS
from analysis.contamination.results import ContaminationStudy
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union

GEOGRAPHY: Final = "regained districts"
_REPORTED: Final = "reported by the authorities of Azerbaijan; not checked by anybody else"
_UNSPECIFIED: Final = "the pages do not say what part was cleared, reduced or cancelled"
_COVERAGE: Final = "coverage of 'all operators' read from the size of the figures where the page names only ANAMA"


_ROUNDING: Final = 5e-4
"""Ends that agree to this share of the higher are apart only by the rounding of the print."""


def wider_than_print(low: float, high: float, kind: IntervalKind) -> Interval | None:
    """Return the interval, or None where its ends differ by no more than the print is rounded.

    A number that follows from printed figures with nothing else uncertain is a reported count, which has no interval.
    """
    if high - low <= _ROUNDING * abs(high):
        return None
    return Interval(low=float(low), high=float(high), kind=kind)


def year_area(study: ContaminationStudy, row: pd.Series) -> Estimate:
    """Return the printed area of a year."""
    year = int(row["year"])
    return Estimate(
        quantity=f"area reported as worked in {year}, all operators",
        value=float(row["printed_ha"]),
        unit="ha",
        interval=None,
        method="printed year",
        n=1,
        n_unit="printed year",
        period=_year_period(year),
        geography=GEOGRAPHY,
        sources=_year_sources(study, year, ("year",)),
        assumptions=(_REPORTED, _UNSPECIFIED, _COVERAGE),
    )


def month_share(study: ContaminationStudy, row: pd.Series) -> Estimate:
    """Return the share of a printed year that stands in printed months."""
    year, share = int(row["year"]), float(row["share_in_months"])
    if np.isnan(share):
        raise InsufficientEvidence(f"0 ha are printed for {year}, so no share of them stands in its months")
    months = study.records[ALL].months
    own = months[(months["month"].dt.year == year) & months["row_id"].notna()]
    # A month printed as 'more than' can hold up to what the other figures leave for it.
    high = float(np.minimum(own["high_ha"], row["printed_ha"]).sum()) if len(own) else 0.0
    return Estimate(
        quantity=f"share of the area of {year} that stands in printed months, all operators",
        value=share,
        unit="share",
        interval=wider_than_print(share, max(min(high / row["printed_ha"], 1.0), share), IntervalKind.BOUND),
        method="sum of printed months over printed year; months printed as 'more than' up to what other figures allow",
        n=int(row["months_printed"]),
        n_unit="printed months",
        period=_year_period(year),
        geography=GEOGRAPHY,
        sources=_year_sources(study, year, ("year", "month")),
        assumptions=(_COVERAGE, *_inferred(row)),
    )


def density(row: pd.Series) -> Estimate:
    """Return devices per hectare of a span."""
    months = row["months"]
    counted = pd.isna(months)
    return Estimate(
        quantity=f"{LABELS[row['kind']]} found per hectare reported, {row['span']}",
        value=float(row["per_ha"]),
        unit="devices per ha",
        interval=wider_than_print(row["per_ha_low"], row["per_ha_high"], IntervalKind.BOUND),
        method="devices over the area later totals leave" if counted else "devices over area of the printed year",
        n=int(row["devices"]),
        n_unit="devices",
        period=Period(start=row["start"], end=row["end"]),
        geography=GEOGRAPHY,
        sources=sorted_union(row["sources"]),
        assumptions=(
            _REPORTED,
            "counts by one body, not a sample: no interval beyond what the area's figures leave open",
            *(("mines printed for 2020 were found from November 2020 on",) if counted else ()),
        ),
    )


def area_since_start(study: ContaminationStudy) -> Estimate:
    """Return the area reported since November 2020, as the figures that hold together allow."""
    record = study.records[ALL]
    low, high = record.ranges.between(RECORD_START.toordinal(), study.origin.toordinal())
    if not np.isfinite(high):
        raise InsufficientEvidence("no running total bounds the area since November 2020")
    used = record.statements[record.statements["gap_ha"] == 0]
    used = used[used["period_kind"].isin(["year", "cumulative"])]
    return Estimate(
        quantity="area reported as worked since 10 November 2020, all operators",
        value=(low + high) / 2,
        unit="ha",
        interval=wider_than_print(low, high, IntervalKind.BOUND),
        method="running totals, years and months as sums that hold together (shortest paths in difference constraints)",
        n=len(used),
        n_unit="years and running totals",
        period=Period(start=RECORD_START, end=study.origin.date() - timedelta(days=1)),
        geography=GEOGRAPHY,
        sources=sorted_union(used["source_id"]),
        assumptions=(_REPORTED, _UNSPECIFIED, _COVERAGE, f"print allows {low:,.1f} to {high:,.1f} ha"),
    )


def coverage_ratio(study: ContaminationStudy) -> Estimate:
    """Return how much monthly figures exceed weekly ones while their coverage differs."""
    coverage = study.coverage
    if coverage is None:
        raise study.not_estimable["coverage of monthly figures"]
    inside = coverage.ratios[coverage.ratios["inside"]]
    used = study.clearance[
        study.clearance["period_kind"].isin(["month", "week"])
        & (study.clearance["period_end_last"] >= coverage.months_widen)
        & (study.clearance["period_end_last"] < coverage.weeks_widen)
        & (study.clearance["group"] != "Ministry of Defence")
    ]
    return Estimate(
        quantity="monthly area over its weekly reports while months count more operators, median",
        value=float(inside["ratio"].median()),
        unit="ratio",
        interval=Interval(
            low=float(inside["ratio"].min()), high=float(inside["ratio"].max()), kind=IntervalKind.REPORTED
        ),
        method=f"stretch of months that best separates ratios of at least {coverage.limit:g} from smaller ones",
        n=len(inside),
        n_unit="months",
        period=Period(start=coverage.months_widen.date(), end=(coverage.last_wide + pd.offsets.MonthEnd(0)).date()),
        geography=GEOGRAPHY,
        sources=sorted_union(used["source_id"]),
        assumptions=("weekly reports that are missing are like those printed for the month",),
    )


def density_ratio(study: ContaminationStudy, kind: str) -> Estimate:
    """Return the density of the last printed year over that of the first."""
    if study.by_year.empty:
        raise study.not_estimable["devices per hectare by year"]
    first, last, ratio = densities.density_change(study.by_year, kind=kind)
    return Estimate(
        quantity=f"{LABELS[kind]} per hectare, {last['span']} over {first['span']}",
        value=ratio,
        unit="ratio",
        interval=None,
        method="ratio of two printed years",
        n=2,
        n_unit="years",
        period=Period(start=first["start"], end=last["end"]),
        geography=GEOGRAPHY,
        sources=sorted_union(first["sources"], last["sources"]),
        assumptions=(_REPORTED, "no sampling error; says nothing about why (place of work, method, land)"),
    )


def _inferred(row: pd.Series) -> tuple[str, ...]:
    """Return the assumption behind months whose page prints no year, if there are any."""
    if not row["inferred_ha"]:
        return ()
    without = (row["months_sum_ha"] - row["inferred_ha"]) / row["printed_ha"]
    return (f"{row['inferred_ha']:,.6g} ha are of months whose page prints no year; {without:.3f} without them",)


def _year_period(year: int) -> Period:
    return Period(start=date(year, 1, 1), end=date(year, 12, 31))


def _year_sources(study: ContaminationStudy, year: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
    used = study.records[ALL].statements
    used = used[(used["gap_ha"] == 0) & used["period_kind"].isin(kinds) & (used["start"].dt.year == year)]
    return sorted_union(used["source_id"])
