"""The study's headline numbers, each with its interval, sources and assumptions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import RECORD_START
from analysis.contamination.coverage import ALL
from analysis.contamination.density import density_change
from analysis.contamination.devices import LABELS
from analysis.contamination.horizon import BASELINES, LEFT, WHOLE, longest_statement
from analysis.contamination.stated import MINES, MINES_AND_DEVICES, REGAINED
from analysis.contamination.study import ContaminationStudy
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union
from analysis.stats.projection import years_to_zero

GEOGRAPHY: Final = "regained districts"
_REPORTED: Final = "reported by the authorities of Azerbaijan; not checked by anybody else"
_UNSPECIFIED: Final = "the pages do not say what part was cleared, reduced or cancelled"
_COVERAGE: Final = "coverage of 'all operators' read from the size of the figures where the page names only ANAMA"


def study_estimates(study: ContaminationStudy) -> dict[str, Estimate]:
    """Return the headline numbers by key; :func:`missing_estimates` says why a number is left out."""
    return {key: made for key, made in _attempts(study).items() if isinstance(made, Estimate)}


def missing_estimates(study: ContaminationStudy) -> dict[str, InsufficientEvidence]:
    """Return, by quantity, why a number is not estimated; the study's own list first."""
    own = {key: made for key, made in _attempts(study).items() if isinstance(made, InsufficientEvidence)}
    return dict(study.not_estimable) | own


def _attempts(study: ContaminationStudy) -> dict[str, Estimate | InsufficientEvidence]:
    makers: dict[str, Callable[[], Estimate]] = {
        "stated_area_change_ha": lambda: _stated_change(study),
        "area_since_november_2020_ha": lambda: _area_since_start(study),
        "coverage_months_over_weeks": lambda: _coverage_ratio(study),
        "mines_per_ha_last_over_first_year": lambda: _density_ratio(study, "mines"),
        "uxo_per_ha_last_over_first_year": lambda: _density_ratio(study, "uxo"),
        "density_ratio_needed_mines": lambda: _needed(study, MINES),
        "density_ratio_needed_all_devices": lambda: _needed(study, MINES_AND_DEVICES),
        "years_to_release_whole_task": lambda: _years(study, WHOLE),
        "years_to_release_left_at_date": lambda: _years(study, LEFT),
        "years_left_of_longest_statement": lambda: _statement(study),
        "usd_per_ha_of_stated_cost": lambda: _cost(study),
        "years_at_2024_clearance_rate_armenia": lambda: _armenia(study),
    }
    found = {key: _made(make) for key, make in makers.items()}
    return _yearly(study) | found


def _made(make: Callable[[], Estimate]) -> Estimate | InsufficientEvidence:
    try:
        return make()
    except InsufficientEvidence as reason:
        return reason


def _yearly(study: ContaminationStudy) -> dict[str, Estimate | InsufficientEvidence]:
    record = study.records[ALL]
    found: dict[str, Estimate | InsufficientEvidence] = {}
    for _, row in record.years[record.years["printed_ha"].notna()].iterrows():
        year = int(row["year"])
        found[f"area_released_{year}_ha"] = _year_area(study, row)
        found[f"share_of_year_area_in_printed_months_{year}"] = _month_share(study, row)
    for _, row in study.by_year.iterrows():
        if row["kind"] in ("mines", "uxo"):
            name = f"{row['kind']}_found_per_ha_{str(row['span']).replace('-', '_')}"
            found[name] = _density(row)
    return found


def _year_period(year: int) -> Period:
    return Period(start=date(year, 1, 1), end=date(year, 12, 31))


def _year_sources(study: ContaminationStudy, year: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
    used = study.records[ALL].statements
    used = used[(used["gap_ha"] == 0) & used["period_kind"].isin(kinds) & (used["start"].dt.year == year)]
    return sorted_union(used["source_id"])


def _year_area(study: ContaminationStudy, row: pd.Series) -> Estimate:
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


def _month_share(study: ContaminationStudy, row: pd.Series) -> Estimate:
    year, share = int(row["year"]), float(row["share_in_months"])
    months = study.records[ALL].months
    own = months[(months["month"].dt.year == year) & months["row_id"].notna()]
    # A month printed as 'more than' can hold up to what the other figures leave for it.
    high = float(np.minimum(own["high_ha"], row["printed_ha"]).sum()) if len(own) else 0.0
    return Estimate(
        quantity=f"share of the area of {year} that stands in printed months, all operators",
        value=share,
        unit="share",
        interval=Interval(low=share, high=max(min(high / row["printed_ha"], 1.0), share), kind=IntervalKind.BOUND),
        method="sum of printed months over printed year; months printed as 'more than' up to what other figures allow",
        n=int(row["months_printed"]),
        n_unit="printed months",
        period=_year_period(year),
        geography=GEOGRAPHY,
        sources=_year_sources(study, year, ("year", "month")),
        assumptions=(_COVERAGE,),
    )


def _density(row: pd.Series) -> Estimate:
    months = row["months"]
    counted = pd.isna(months)
    return Estimate(
        quantity=f"{LABELS[row['kind']]} found per hectare reported, {row['span']}",
        value=float(row["per_ha"]),
        unit="devices per ha",
        interval=Interval(low=float(row["per_ha_low"]), high=float(row["per_ha_high"]), kind=IntervalKind.BOUND),
        method="devices over the area later totals leave" if counted else "devices over area of the printed year",
        n=int(row["devices"]),
        n_unit="devices",
        period=Period(start=row["start"], end=row["end"]),
        geography=GEOGRAPHY,
        sources=sorted_union(row["sources"]),
        assumptions=(
            _REPORTED,
            "counts by one body, not a sample: the bound holds only what the area's figures leave open",
            *(("mines printed for 2020 were found from November 2020 on",) if counted else ()),
        ),
    )


def _stated_change(study: ContaminationStudy) -> Estimate:
    if study.changes.empty:
        raise InsufficientEvidence("fewer than two different total areas are stated")
    first, last = study.changes.iloc[0], study.changes.iloc[-1]
    own = study.areas[(study.areas["series"] == REGAINED) & (study.areas["category"] == "total")]
    change = float(last["to_ha"] - first["from_ha"])
    finest = min(abs(change), 100_000.0)
    return Estimate(
        quantity=f"change of the stated total area, {first['from_as_of']} to {last['to_as_of']}",
        value=change,
        unit="ha",
        # The first figure is printed as about 8,000 km2: one unit of its last digit either way.
        interval=Interval(low=change - finest, high=change + finest, kind=IntervalKind.BOUND),
        method="last less first stated total; bound from the last printed digit",
        n=len(own),
        n_unit="statements",
        period=Period(start=own["as_of_first"].min().date(), end=own["as_of_last"].max().date()),
        geography=GEOGRAPHY,
        sources=sorted_union([first["from_source"], last["to_source"]]),
        assumptions=("both statements are about the same land and the same kind of hazard",),
    )


def _area_since_start(study: ContaminationStudy) -> Estimate:
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
        interval=Interval(low=low, high=high, kind=IntervalKind.BOUND),
        method="running totals, years and months as sums that hold together (shortest paths in difference constraints)",
        n=len(used),
        n_unit="years and running totals",
        period=Period(start=RECORD_START, end=study.origin.date() - timedelta(days=1)),
        geography=GEOGRAPHY,
        sources=sorted_union(used["source_id"]),
        assumptions=(_REPORTED, _UNSPECIFIED, _COVERAGE, "one unit of the last printed digit either way"),
    )


def _coverage_ratio(study: ContaminationStudy) -> Estimate:
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


def _density_ratio(study: ContaminationStudy, kind: str) -> Estimate:
    if study.by_year.empty:
        raise study.not_estimable["devices per hectare by year"]
    first, last, ratio = density_change(study.by_year, kind=kind)
    return Estimate(
        quantity=f"{LABELS[kind]} per hectare, {last['span']} over {first['span']}",
        value=ratio,
        unit="ratio",
        interval=Interval(low=ratio, high=ratio, kind=IntervalKind.BOUND),
        method="ratio of two printed years",
        n=2,
        n_unit="years",
        period=Period(start=first["start"], end=last["end"]),
        geography=GEOGRAPHY,
        sources=sorted_union(first["sources"], last["sources"]),
        assumptions=(_REPORTED, "no sampling error; says nothing about why (place of work, method, land)"),
    )


def _needed(study: ContaminationStudy, scope: str) -> Estimate:
    own = study.needed[study.needed["scope"] == scope] if len(study.needed) else study.needed
    if study.found is None or own.empty:
        raise InsufficientEvidence(f"no stated total worded '{scope}' can be compared with what was found")
    largest = own[own["stated_area_ha"] == own["stated_area_ha"].max()].sort_values("stated_total").iloc[-1]
    return Estimate(
        quantity=f"density uncleared land must have over the density found, totals worded '{scope}'",
        value=float(largest["ratio"]),
        unit="ratio",
        interval=Interval(low=float(own["ratio"].min()), high=float(own["ratio"].max()), kind=IntervalKind.SCENARIO),
        method=f"arithmetic; value for {largest['stated_total']:,.0f} devices on {largest['stated_area_ha']:,.0f} ha",
        n=len(own),
        n_unit="pairs of stated total and area",
        period=Period(start=RECORD_START, end=study.found.as_of.date()),
        geography=GEOGRAPHY,
        sources=sorted_union([study.found.source_id], own["area_source"], own["total_source"]),
        assumptions=(
            "the stated area contains the land worked so far",
            "mines once laid contain those removed or exploded before November 2020; for such totals it is at most"
            " this",
        ),
    )


def _years(study: ContaminationStudy, baseline: str) -> Estimate:
    if study.scenarios.empty:
        raise study.not_estimable["years to release the rest"]
    own = study.scenarios[(study.scenarios["category"] == "total") & (study.scenarios["baseline"] == baseline)]
    if own.empty:
        raise InsufficientEvidence("no total area is stated")
    yearly = own[(own["rate_kind"] == "year") & (own["stated_ha"] == own["stated_ha"].max())]
    if yearly.empty:
        raise InsufficientEvidence("no printed year gives a rate of release")
    last = yearly.iloc[-1]
    return Estimate(
        quantity=f"years from {study.origin.date()} to release the rest; stated area read as {baseline}",
        value=float((last["years_low"] + last["years_high"]) / 2),
        unit="years",
        interval=Interval(
            low=float(own["years_low"].min()), high=float(own["years_high"].max()), kind=IntervalKind.SCENARIO
        ),
        method=f"remaining area over rate; value for {last['stated_ha']:,.0f} ha at the rate of {last['rate']}",
        n=len(own),
        n_unit="scenarios",
        period=Period(
            start=study.origin.date(),
            end=max(study.last_date, study.origin.date()),
        ),
        geography=GEOGRAPHY,
        sources=sorted_union(*own["sources"]),
        assumptions=(
            BASELINES[baseline],
            "all reported hectares count as released; the rate stays; nothing is added to the task",
            "no further share released by survey",
            "scenario range, not a confidence interval",
        ),
    )


def _statement(study: ContaminationStudy) -> Estimate:
    if study.located.empty:
        raise InsufficientEvidence(
            "no statement of the time needed is in the selection, or no scenario to compare it with"
        )
    row = longest_statement(study.located)
    return Estimate(
        quantity=f"years left of '{row['years_stated_high']:.0f} years' as said {row['as_of']} by {row['attributed_to']}",
        value=float(row["years_left_high"]),
        unit="years",
        interval=Interval(
            low=float(row["years_left_low"]), high=float(row["years_left_high"]), kind=IntervalKind.REPORTED
        ),
        method=f"stated time less time passed; longer than {row['shorter']} of {row['scenarios']} scenarios",
        n=int(row["scenarios"]),
        n_unit="scenarios",
        period=Period(start=study.origin.date(), end=study.origin.date()),
        geography=GEOGRAPHY,
        sources=(str(row["source_id"]),),
        assumptions=("the time counts from the day of the statement and is for the whole task",),
    )


def _cost(study: ContaminationStudy) -> Estimate:
    if study.costs.empty:
        raise InsufficientEvidence("no cost of the whole task is stated in the selection")
    largest = study.costs.sort_values(["stated_ha", "claim_id"], ascending=[False, True]).iloc[0]
    return Estimate(
        quantity=f"{largest['currency']} per hectare if {largest['cost']:,.0f} is the cost of the stated area",
        value=float(largest["per_ha"]),
        unit=f"{largest['currency']} per ha",
        interval=Interval(
            low=float(study.costs["per_ha"].min()), high=float(study.costs["per_ha"].max()), kind=IntervalKind.SCENARIO
        ),
        method=f"stated cost over stated area; value for {largest['stated_ha']:,.0f} ha",
        n=len(study.costs),
        n_unit="pairs of stated cost and area",
        period=Period(start=study.last_date, end=study.last_date),
        geography=GEOGRAPHY,
        sources=sorted_union(*study.costs["sources"]),
        assumptions=("the stated cost is for releasing the stated area and nothing else",),
    )


def _armenia(study: ContaminationStudy) -> Estimate:
    areas = study.areas[(study.areas["series"] == "Armenia") & (study.areas["as_of"] == "2024-12-31")]
    cleared = study.clearance[
        (study.clearance["geography"] == "armenia")
        & (study.clearance["period_kind"] == "year")
        & (study.clearance["period_start_first"].dt.year == 2024)
        & (study.clearance["method"] == "cleared")
    ]
    if areas.empty or cleared.empty:
        raise InsufficientEvidence("no area and clearance of Armenia at the end of 2024 is in the selection")
    area, rate = float(areas["value"].iloc[0]), float(cleared["area_ha"].iloc[0])
    years = years_to_zero(area, rate)
    return Estimate(
        quantity="years to clear the area stated for Armenia at the area cleared in 2024, by clearance alone",
        value=years,
        unit="years",
        interval=Interval(low=years, high=years, kind=IntervalKind.SCENARIO),
        method="stated area over cleared area of one year; no release by survey, which is most of release elsewhere",
        n=1,
        n_unit="year",
        period=_year_period(2024),
        geography="Armenia",
        sources=sorted_union(areas["source_id"], cleared["source_id"]),
        assumptions=("reported by CHDE, Armenia; not checked by anybody else", "no land is cancelled or reduced"),
    )
