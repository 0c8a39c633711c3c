"""Captions, descriptions, drawn numbers and sources of the study's figures, made from the results."""

from __future__ import annotations

from typing import Final, TypedDict

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import RECORD_START, MonthStatus
from analysis.contamination.coverage import ALL, ANAMA
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.stated import REGAINED
from analysis.contamination.time_statements import longest_statement
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union

CAUTION: Final = "Not for navigation, entry or release decisions; the national authority decides."


class FigureText(TypedDict):
    """What a figure is saved with."""

    caption: str
    alt: str
    drawn: pd.DataFrame
    sources: tuple[str, ...]


def stated_text(study: ContaminationStudy) -> FigureText:
    """Return the text of the figure of stated areas and numbers of mines."""
    totals = study.areas[(study.areas["series"] == REGAINED) & (study.areas["category"] == "total")]
    high = study.areas[(study.areas["series"] == REGAINED) & (study.areas["category"] == "high")]
    said = study.mines[study.mines["series"] == REGAINED]
    caption = (
        f"Stated hazardous area and number of mines, as of {study.last_date}. Left: regained districts by class"
        f" and speaker; totals from {_span(totals['value'])} ha, high class from {_span(high['value'])} ha. Middle:"
        " stated"
        f" numbers of mines from {_span(said['value'])}; circles are worded as mines, diamonds as mines and other"
        " devices."
        " Right: Azerbaijan excluding Nagorno-Karabakh, Nagorno-Karabakh and Armenia, each by its own reporters; total,"
        " suspected and confirmed areas are separate lines."
        f" Statements, not measurements; arrows are bounds. {CAUTION}"
    )
    alt = (
        f"Three scatter plots over time: {len(totals)} statements of the total area in the regained districts,"
        f" {_span(totals['value'])} hectares; {len(said)} statements of mines, {_span(said['value'])}; and three older"
        " series on a logarithmic scale."
    )
    areas = study.areas.assign(quantity="area, ha")
    mines = study.mines.assign(quantity="mines")
    columns = ["quantity", "series", "category", "as_of", "value", "low", "high", "comparator", "originator", "row_id"]
    drawn = pd.concat([areas[columns], mines[columns]], ignore_index=True)
    return FigureText(
        caption=caption,
        alt=alt,
        drawn=_finite(drawn),
        sources=sorted_union(study.areas["source_id"], study.mines["source_id"]),
    )


def record_text(study: ContaminationStudy) -> FigureText:
    """Return the text of the figure of the clearance record."""
    whole = study.records[ALL]
    counts = whole.months["status"].value_counts()
    years = whole.years[whole.years["printed_ha"].notna()]
    shown = years[years["share_in_months"].notna()]
    shares = ", ".join(f"{int(row['year'])} {100 * row['share_in_months']:.0f} %" for _, row in shown.iterrows())
    caption = (
        f"Clearance record by month and year, as of {study.last_date}. Top: all operators and ANAMA only;"
        f" {counts.get(MonthStatus.OBSERVED, 0)} of {len(whole.months)} months of all operators are printed,"
        f" {counts.get(MonthStatus.IMPLIED, 0)} implied, {counts.get(MonthStatus.UNKNOWN, 0)} unknown within a range."
        f" {_coverage_sentence(study)} Bottom left: share of printed years that stands in printed months: {shares}."
        f" Bottom right: running totals by operator group, never added.{_aside_sentence(study)}"
        " Ranges are bounds from figures that hold"
        " together,"
        f" not confidence intervals. National totals are as ANAMA and the Cabinet of Ministers report them. {CAUTION}"
    )
    alt = (
        f"Dots and bars by month from November 2020, bars of {len(years)} years split into printed months and the"
        " rest, and"
        f" rising lines of running totals for {len(study.records)} operator groups."
    )
    months = pd.concat(
        [study.records[group].months.assign(group=group) for group in (ALL, ANAMA) if group in study.records]
    )
    drawn = months[
        ["group", "month", "status", "year_inferred", "printed_ha", "comparator", "low_ha", "high_ha", "row_id"]
    ]
    totals = [
        record.statements[record.statements["period_kind"] == "cumulative"]
        .assign(group=group, status="running total")
        .rename(columns={"end": "month", "area_ha": "printed_ha", "low": "low_ha", "high": "high_ha"})
        for group, record in study.records.items()
    ]
    apart = study.aside.rename(columns={"compared_with": "group", "end": "month", "area_ha": "printed_ha"})
    apart = apart.assign(status="set aside; low and high are what the record allows", year_inferred=False)
    drawn = pd.concat([drawn, *(frame[drawn.columns] for frame in (*totals, apart))], ignore_index=True)
    used = (record.statements["source_id"] for record in study.records.values())
    sources = sorted_union(*used, study.aside["source_id"])
    return FigureText(caption=caption, alt=alt, drawn=_finite(drawn), sources=sources)


def density_text(study: ContaminationStudy) -> FigureText:
    """Return the text of the figure of devices per hectare."""
    rows = study.by_year[study.by_year["kind"].isin(["mines", "uxo"])]
    if rows.empty:
        return _nothing(study, "devices per hectare by year")
    parts = "; ".join(
        f"{kind} " + ", ".join(f"{row['span']} {row['per_ha']:.2f}" for _, row in rows[rows["kind"] == code].iterrows())
        for code, kind in (("mines", "mines"), ("uxo", "unexploded ordnance"))
    )
    caption = (
        f"Devices found per hectare reported, all operators, as of {study.last_date}: {parts}. Small dots are printed"
        " months. Counts by one body, not samples of land: no confidence interval is drawn. Density of land worked says"
        " nothing about land not worked."
    )
    alt = (
        f"Two lines over {rows['span'].nunique()} spans on a logarithmic scale with monthly dots behind them. {parts}."
    )
    months = study.by_month[study.by_month["kind"].isin(["mines", "uxo"])]
    drawn = pd.concat(
        [
            rows[["span", "kind", "devices", "area_low_ha", "area_high_ha", "per_ha"]].assign(mark="year"),
            months[["kind", "devices", "per_ha"]].assign(
                mark="month",
                span=months["month"].dt.strftime("%Y-%m"),
                area_low_ha=months["area_ha"],
                area_high_ha=months["area_ha"],
            ),
        ],
        ignore_index=True,
    )
    return FigureText(
        caption=caption, alt=alt, drawn=drawn, sources=sorted_union(*rows["sources"], months["source_id"])
    )


def horizon_text(study: ContaminationStudy) -> FigureText:
    """Return the text of the figure of years to release the rest."""
    totals = study.ranges[study.ranges["category"] == "total"]
    if totals.empty:
        return _nothing(study, "years to release the rest")
    said = _statement_sentence(longest_statement(study.located)) if len(study.located) else ""
    caption = (
        f"Years from {study.origin.date()} to release the rest of each stated area at {len(study.rates)} published"
        " rates:"
        f" {totals['years_low'].min():.0f} to {totals['years_high'].max():.0f} years for the stated totals. Blue: the"
        " stated area is read as the whole task since November 2020; orange: as what was left at its date. Scenario"
        " range,"
        f" not a confidence interval.{said} {CAUTION}"
    )
    alt = (
        f"Dot and range plot with {len(study.ranges)} ranges of years for stated areas and {len(study.located)}"
        " statements"
        f" of time. Stated totals span {totals['years_low'].min():.0f} to {totals['years_high'].max():.0f} years."
    )
    drawn = study.scenarios.drop(columns="sources")
    return FigureText(
        caption=caption,
        alt=alt,
        drawn=drawn,
        sources=sorted_union(*study.scenarios["sources"], study.located["source_id"] if len(study.located) else ()),
    )


def _nothing(study: ContaminationStudy, quantity: str) -> FigureText:
    """Return the text of a figure that has nothing to draw: the reason."""
    reason = study.not_estimable.get(quantity, InsufficientEvidence("the selection leaves nothing to draw"))
    text = f"Not estimable, {quantity}: {reason}."
    drawn = pd.DataFrame({"quantity": [quantity], "not estimable": [str(reason)]})
    return FigureText(caption=text, alt=text, drawn=drawn, sources=sorted_union(study.clearance["source_id"]))


def _statement_sentence(claim: pd.Series) -> str:
    return (
        f" '{claim['years_stated_high']:.0f} years', said {claim['as_of']} by {claim['attributed_to']}, leaves"
        f" {claim['years_left_high']:.1f} years: longer than {claim['shorter']} of {claim['scenarios']} scenarios for"
        " stated totals."
    )


def _aside_sentence(study: ContaminationStudy) -> str:
    """Return what each total set aside says beside what the record allows; empty without one."""
    totals = study.aside[study.aside["start"] == pd.Timestamp(RECORD_START)]
    return "".join(
        f" Set aside, since it names what was done to the land: {row['area_ha']:,.0f} ha to"
        f" {row['end'] - pd.Timedelta(days=1):%d %B %Y} ({row['row_id']}); the record allows {row['low_ha']:,.0f} to"
        f" {row['high_ha']:,.0f} ha."
        for _, row in totals.iterrows()
    )


def _coverage_sentence(study: ContaminationStudy) -> str:
    coverage = study.coverage
    if coverage is None:
        return "A change of coverage could not be found."
    return (
        f"Monthly figures begin to count all operators between {coverage.last_narrow:%B %Y} and"
        f" {coverage.months_widen:%B %Y}, weekly figures between {coverage.last_wide:%B %Y} and"
        f" {coverage.weeks_widen:%B %Y}, found from the figures."
    )


def _span(values: pd.Series) -> str:
    return f"{values.min():,.0f} to {values.max():,.0f}" if len(values) else "none stated"


def _finite(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with an open end left empty, since a table of numbers has no infinity."""
    return frame.replace([np.inf, -np.inf], np.nan)
