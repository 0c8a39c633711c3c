"""Headline numbers of stated areas, totals, times and costs."""

from __future__ import annotations

from datetime import date

from analysis.contamination.clearance_record import RECORD_START
from analysis.contamination.horizon import BASELINES, longest_statement
from analysis.contamination.record_estimates import GEOGRAPHY
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.stated import REGAINED
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union
from analysis.stats.projection import years_to_zero


def stated_change(study: ContaminationStudy) -> Estimate:
    """Return by how much the stated total area changed."""
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


def needed(study: ContaminationStudy, scope: str) -> Estimate:
    """Return the density uncleared land must have over the density found, for totals of one wording."""
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
            "totals of mines once laid contain those removed or exploded before: for them it is at most this",
        ),
    )


def years(study: ContaminationStudy, baseline: str) -> Estimate:
    """Return the years to release the rest under one reading of the stated areas."""
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


def statement(study: ContaminationStudy) -> Estimate:
    """Return the years left of the longest stated time."""
    if study.located.empty:
        raise InsufficientEvidence(
            "no statement of the time needed is in the selection, or no scenario to compare it with"
        )
    row = longest_statement(study.located)
    return Estimate(
        quantity=f"years left of {row['years_stated_high']:.0f} said {row['as_of']} by {row['attributed_to']}",
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


def cost(study: ContaminationStudy) -> Estimate:
    """Return the stated cost over the stated area."""
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


def armenia(study: ContaminationStudy) -> Estimate:
    """Return the years to clear the area stated for Armenia at one year's clearance."""
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
        period=Period(start=date(2024, 1, 1), end=date(2024, 12, 31)),
        geography="Armenia",
        sources=sorted_union(areas["source_id"], cleared["source_id"]),
        assumptions=("reported by CHDE, Armenia; not checked by anybody else", "no land is cancelled or reduced"),
    )
