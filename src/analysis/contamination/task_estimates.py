"""Headline numbers of stated areas, totals, times and costs."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import RECORD_START
from analysis.contamination.horizon import BASELINES, WHOLE
from analysis.contamination.implied import ABOUT, AT_LEAST, AT_MOST, IN_GROUND, LAID, FoundSoFar
from analysis.contamination.printed_precision import printed_unit
from analysis.contamination.record_estimates import GEOGRAPHY, wider_than_print
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.stated import REGAINED
from analysis.contamination.time_statements import longest_statement
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
    finest = min(abs(change), printed_unit(float(first["from_ha"])))
    return Estimate(
        quantity=f"change of the stated total area, {first['from_as_of']} to {last['to_as_of']}",
        value=change,
        unit="ha",
        # The first figure is the coarser one: one unit of its last digit either way.
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
    """Return the density uncleared land must have over the density found, for totals in the ground of one wording."""
    found, own = _pairs(study, scope, IN_GROUND)
    bounding = own[own["holds"].isin([ABOUT, AT_LEAST])]
    if bounding.empty:
        raise InsufficientEvidence(f"totals worded '{scope}', {IN_GROUND}, are stated only as 'up to'")
    open_end = bool((own["holds"] == AT_LEAST).any())
    high = np.inf if open_end else float(bounding["ratio_high"].max())
    chosen = _largest_with_end(bounding)
    return Estimate(
        quantity=f"density uncleared land must have over the density found, totals worded '{scope}', {IN_GROUND}",
        value=float(chosen["ratio_low"] + chosen["ratio_high"]) / 2,
        unit="ratio",
        interval=Interval(low=float(bounding["ratio_low"].min()), high=high, kind=IntervalKind.SCENARIO),
        method=f"arithmetic; {_pair_text(chosen)}; range over all pairs and both readings of them",
        n=len(bounding),
        n_unit="pairs of stated total and area, under two readings",
        period=Period(start=RECORD_START, end=found.as_of.date()),
        geography=GEOGRAPHY,
        sources=sorted_union([found.source_id], bounding["area_source"], bounding["total_source"]),
        assumptions=(
            "totals not worded as laid or planted are read as devices in the ground",
            "two readings: total and area include what was found and worked before their date, or only what followed",
            *(("no upper end: some totals are stated as 'more than'",) if open_end else ()),
            "totals stated as 'up to' give no low end, and totals of mines once laid are a separate number",
        ),
    )


def needed_laid(study: ContaminationStudy, scope: str) -> Estimate:
    """Return what the density uncleared land must have is at most, for totals of mines once laid."""
    found, own = _pairs(study, scope, LAID)
    bounding = own[own["holds"] == AT_MOST]
    if bounding.empty:
        raise InsufficientEvidence(f"totals worded '{scope}', {LAID}, are stated only as 'more than'")
    chosen = _largest_with_end(bounding)
    return Estimate(
        quantity=f"density uncleared land must have over the density found, totals worded '{scope}', {LAID}, at most",
        value=float(chosen["ratio_low"] + chosen["ratio_high"]) / 2,
        unit="ratio",
        interval=Interval(low=0.0, high=float(bounding["ratio_high"].max()), kind=IntervalKind.SCENARIO),
        method=f"arithmetic; {_pair_text(chosen)}; high end over all pairs and both readings of the area",
        n=len(bounding),
        n_unit="pairs of stated total and area, under two readings",
        period=Period(start=RECORD_START, end=found.as_of.date()),
        geography=GEOGRAPHY,
        sources=sorted_union([found.source_id], bounding["area_source"], bounding["total_source"]),
        assumptions=(
            "mines once laid include those removed or exploded before the record, so the ratio is at most this",
            "totals of mines laid stated as 'more than' bound nothing and are left out",
        ),
    )


def _pairs(study: ContaminationStudy, scope: str, meaning: str) -> tuple[FoundSoFar, pd.DataFrame]:
    own = study.needed
    if len(own):
        own = own[(own["scope"] == scope) & (own["meaning"] == meaning)]
    if study.found is None or own.empty:
        raise InsufficientEvidence(f"no stated total worded '{scope}', {meaning}, can be compared with what was found")
    return study.found, own


def _largest(pairs: pd.DataFrame) -> pd.Series:
    """Return the pair of the largest area and total, read as the whole task."""
    whole = pairs[pairs["reading"] == WHOLE]
    row: pd.Series = whole.sort_values(["stated_area_ha", "stated_total", "holds"]).iloc[-1]
    return row


def _largest_with_end(pairs: pd.DataFrame) -> pd.Series:
    """Return the pair of the largest area and total; it needs an end, which it has not where no area may be left."""
    chosen = _largest(pairs)
    if np.isinf(chosen["ratio_high"]):
        raise InsufficientEvidence(f"no density can be needed, since no area may be left: {_pair_text(chosen)}")
    return chosen


def _pair_text(pair: pd.Series) -> str:
    return f"value for {pair['stated_total']:,.0f} devices on {pair['stated_area_ha']:,.0f} ha, {pair['reading']}"


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
        interval=wider_than_print(row["years_left_low"], row["years_left_high"], IntervalKind.REPORTED),
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
    alike = study.costs[study.costs["currency"] == largest["currency"]]
    return Estimate(
        quantity=f"{largest['currency']} per hectare if {largest['cost']:,.0f} is the cost of the stated area",
        value=float(largest["per_ha"]),
        unit=f"{largest['currency']} per ha",
        interval=Interval(
            low=float(alike["per_ha"].min()), high=float(alike["per_ha"].max()), kind=IntervalKind.SCENARIO
        ),
        method=f"stated cost over stated area; value for {largest['stated_ha']:,.0f} ha",
        n=len(alike),
        n_unit="pairs of stated cost and area",
        period=Period(start=study.last_date, end=study.last_date),
        geography=GEOGRAPHY,
        sources=sorted_union(*alike["sources"]),
        assumptions=("the stated cost is for releasing the stated area and nothing else",),
    )


def armenia(study: ContaminationStudy) -> Estimate:
    """Return the years to clear the area stated for Armenia at the clearance of the last year that has both.

    Raises
    ------
    InsufficientEvidence
        If no year has an area at its end and a cleared area.
    """
    year = armenia_year(study)
    if year is None:
        raise InsufficientEvidence("no year of Armenia has an area at its end and a cleared area in the selection")
    areas, cleared = _armenia_areas(study), _armenia_cleared(study)
    areas, cleared = areas[areas["year"] == year], cleared[cleared["year"] == year]
    area, rate = float(areas["value"].iloc[-1]), float(cleared["area_ha"].iloc[-1])
    years = years_to_zero(area, rate)
    return Estimate(
        quantity=f"years to clear the area stated for Armenia at the area cleared in {year}, by clearance alone",
        value=years,
        unit="years",
        interval=None,
        method="stated area over cleared area of one year; no release by survey, which is most of release elsewhere",
        n=1,
        n_unit="year",
        period=Period(start=date(year, 1, 1), end=date(year, 12, 31)),
        geography="Armenia",
        sources=sorted_union(areas["source_id"], cleared["source_id"]),
        assumptions=("reported by CHDE, Armenia; not checked by anybody else", "no land is cancelled or reduced"),
    )


def armenia_year(study: ContaminationStudy) -> int | None:
    """Return the last year of Armenia with an area at its end and a cleared area; None without one."""
    cleared = _armenia_cleared(study)["year"]
    years = _armenia_areas(study)["year"]
    both = years[years.isin(cleared)]
    return int(both.max()) if len(both) else None


def _armenia_areas(study: ContaminationStudy) -> pd.DataFrame:
    """Return the total areas of Armenia stated for the last day of a year, with that `year`."""
    own: pd.DataFrame = study.areas[(study.areas["series"] == "Armenia") & (study.areas["category"] == "total")]
    own = own[(own["as_of_first"].dt.month == 12) & (own["as_of_first"].dt.day == 31)]
    return own.assign(year=own["as_of_first"].dt.year).sort_values(["as_of_first", "row_id"])


def _armenia_cleared(study: ContaminationStudy) -> pd.DataFrame:
    """Return the areas of Armenia printed as cleared in a year, with that `year`."""
    own: pd.DataFrame = study.clearance[
        (study.clearance["geography"] == "armenia")
        & (study.clearance["period_kind"] == "year")
        & (study.clearance["method"] == "cleared")
        & (study.clearance["area_ha"] > 0)
    ]
    return own.assign(year=own["period_start_first"].dt.year).sort_values(["period_start_first", "row_id"])
