"""Captions, descriptions, notes, drawn numbers and sources of the figures, with every number in them computed."""

from __future__ import annotations

from typing import Final, TypedDict

import pandas as pd

from analysis.estimate import sorted_union
from analysis.maps.handovers import dates_named
from analysis.maps.scope import WARNING, party_words
from analysis.maps.statements import RIGHT, has_counts, is_unverified
from analysis.maps.study import MapReliability
from analysis.maps.tables import timeline_statements

_NOTHING: Final = pd.DataFrame({"drawn": ["no row is left in this selection"]})


class FigureText(TypedDict):
    """What a figure is saved with."""

    caption: str
    alt: str
    drawn: pd.DataFrame
    sources: tuple[str, ...]


def note(study: MapReliability, kind: str) -> str:
    """Return the line under a figure: pages, share of one party, date, and what its lines or bands are."""
    pages = len(sorted_union(study.rows.statements["source_id"], study.rows.handovers["source_id"]))
    first = study.whose.iloc[0]
    return (
        f"{pages} pages to {study.rows.period.end}; {100 * first['share_of_rows']:.0f} % of rows from "
        f"{party_words(str(first['party']))}. {kind}"
    )


def timeline_text(study: MapReliability) -> FigureText:
    """Return the text of the figure of handovers and statements."""
    said, table = timeline_statements(study), study.said.side_by_side
    right = said[(said["topic"] == RIGHT) & said["share"].notna()]
    both, dates = dates_named(table)
    spread = (
        ""
        if right.empty
        else (
            f", from {100 * right['share'].min():.3g} to {100 * right['share'].max():.3g} %; "
            f"{int(has_counts(right).sum())} of them print numerator and denominator, "
            f"{int(is_unverified(right).sum())} are unverified figures from social media for parts of one district "
            "(crosses)"
        )
    )
    caption = (
        f"Handovers of minefield records and statements about them, to {study.rows.period.end}. Above: {len(table)} "
        "columns, one a printed date and kind, each side's account in its own row; totals are never added to single "
        f"transfers, and a month that holds another printed date is not counted as a date ({dates} dates of transfers, "
        f"{both} named by both sides). Below: "
        f"{len(right)} statements of how much of the records is right, useful or trusted{spread}; shares outside the "
        "records and outside the former line of contact are different quantities. Statements, not measurements. "
        f"{WARNING}"
    )
    alt = (
        "Above, a row of dots for each side's accounts of handovers, in order of time. Below, dots over time: "
        f"{len(right)} shares of records called right, most of them at one level, with shares of accidents outside the "
        "records and outside the former line higher up, and ticks for statements without a share."
    )
    columns = ["as_of", "topic", "unit_counted", "share", "share_low", "share_high", "comparator", "lane", "originator"]
    drawn = pd.concat(
        [
            table.rename(columns={"handed_over_on": "as_of"}).assign(panel="handovers").drop(columns=["row_ids"]),
            said[[*columns, "row_id"]].assign(panel="statements"),
        ],
        ignore_index=True,
    )
    return FigureText(
        caption=caption,
        alt=alt,
        drawn=_or_nothing(drawn),
        sources=sorted_union(study.rows.handovers["source_id"], study.rows.statements["source_id"]),
    )


def shares_text(study: MapReliability) -> FigureText:
    """Return the text of the figure of shares outside the former line."""
    line = study.line
    if line.counts.empty:
        return _empty_text(study, "Shares outside the former line of contact: no counts are left in this selection.")
    listed = "; ".join(
        f"{row['outside']} of {row['total']} {'accidents' if row['unit'] == 'accident' else 'casualties'} "
        f"({100 * row['share']:.1f} %, {100 * row['low']:.1f} to {100 * row['high']:.1f}) by {row['as_of']:%Y-%m-%d}"
        for _, row in line.counts.iterrows()
    )
    falls = "".join(
        f" The number on the line falls by {-one.on_line_change} from {one.as_of:%Y-%m-%d} to "
        f"{one.later_as_of:%Y-%m-%d}, which counts of one series cannot do; explanations stand in the notebook."
        for one in line.anomalies
    )
    bodies = sorted_union(*(str(cell).split(", ") for cell in line.counts["originator"]))
    counted_by = " and ".join(sorted(study.names.get(body, body) for body in bodies))
    caption = (
        f"Accidents and casualties outside the former line of contact, as counted by {counted_by}: {listed}. "
        f"Intervals at {100 * study.level:g} %: Wilson; for casualties with variance multiplied by "
        f"{line.dispersion:.3g} for clustering in accidents (pale bars: without). Complete counts, each by one body: "
        "the intervals are for the process behind them and hold no "
        f"counting error. Successive counts are nested and not compared as samples.{falls} Outside the line is not "
        f"outside the records. {WARNING}"
    )
    alt = f"Left, dots with intervals: {listed}. Right, numbers on the line over time.{falls}"
    only = line.shares_only.rename(columns={"unit_counted": "unit", "source_id": "source_ids"})
    columns = ["unit", "as_of", "outside", "total", "on_line", "share", "low", "high", "naive_low", "naive_high"]
    counted = line.counts.assign(as_of=line.counts["as_of"].dt.strftime("%Y-%m-%d"))
    drawn = pd.concat([counted[columns], only[["unit", "as_of", "share", "comparator"]]], ignore_index=True)
    return FigureText(
        caption=caption,
        alt=alt,
        drawn=drawn,
        sources=sorted_union(*(ids.split(", ") for ids in line.counts["source_ids"]), only["source_ids"]),
    )


def curve_text(study: MapReliability) -> FigureText:
    """Return the text of the figure of the curve in r; carries the warning."""
    curves = {"outside the records": study.coverage.records_curve, "beyond the former line": study.coverage.line_curve}
    kept = {name: curve for name, curve in curves.items() if len(curve)}
    if not kept:
        return _empty_text(study, "Mined area against r: no share of accidents outside is left in this selection.")
    low, high = study.scenario.rate_low, study.scenario.rate_high
    spans = "; ".join(
        f"{name}: {100 * curve['area_share_low'].min():.0f} to {100 * curve['area_share_high'].max():.0f} % of the area"
        for name, curve in kept.items()
    )
    caption = (
        "Share of mined area that a share of accidents is compatible with, u = s / (s + r (1 - s)), for r (accidents "
        f"per unit of mined area outside over inside) from {low:g} to {high:g}. Range {spans}. The band of the records "
        f"spans 'nearly' (from {100 * study.scenario.nearly_from:g} %) to 'more than' (to "
        f"{100 * study.scenario.more_than_to:g} %) as a scenario; that of the line spans the printed shares, another "
        "quantity. r is not observed and changes with time. No sampling interval for the records: the number of "
        f"accidents was not published; right, the half-width it would have. {WARNING}"
    )
    alt = f"Left, falling curves against r on a logarithmic axis; {spans}. Right, half-width falling with n."
    parts = [curve.assign(quantity=name) for name, curve in kept.items()]
    if len(study.coverage.half_widths):
        parts.append(study.coverage.half_widths.assign(quantity="half-width"))
    sources = study.rows.statements.loc[study.rows.statements["topic"].str.contains("outside"), "source_id"]
    return FigureText(
        caption=caption, alt=alt, drawn=pd.concat(parts, ignore_index=True), sources=sorted_union(sources)
    )


def benchmark_text(study: MapReliability) -> FigureText:
    """Return the text of the figure of benchmarks."""
    shares = study.said.benchmark_shares
    if shares.empty:
        return _empty_text(study, "Benchmarks: none is left in this selection.")
    caption = (
        f"{len(shares)} shares published for other countries, grouped by what they measure; definition and counts "
        "beside each. They differ in unit and definition, are not averaged, and none is an estimate for another place. "
        "Lines: "
        f"what the wording or a stated range allows. {WARNING}"
    )
    alt = "Dots by country. " + "; ".join(
        f"{row['place']}: {row['definition']}, {100 * row['share']:.3g} %" for _, row in shares.iterrows()
    )
    return FigureText(caption=caption, alt=alt, drawn=shares, sources=sorted_union(shares["source_id"]))


def benchmark_note(study: MapReliability) -> str:
    """Return the lines under the figure of benchmarks: how many, from when, which pages, and the warning."""
    shares = study.said.benchmark_shares
    if shares.empty:
        return WARNING
    years = sorted(shares["year"].dropna())
    undated = int(shares["year"].isna().sum())
    dated = f"as of {years[0]} to {years[-1]}" if years else "undated"
    more = f", {undated} undated" if undated and years else ""
    return (
        f"n = {len(shares)} shares of {shares['place'].nunique()} places on {shares['source_id'].nunique()} pages, "
        f"{dated}{more}; not pooled. Source: map_assessment.csv, pages listed with the figure.\n{WARNING}"
    )


def _empty_text(study: MapReliability, sentence: str) -> FigureText:
    pages = sorted_union(study.rows.statements["source_id"], study.rows.handovers["source_id"])
    return FigureText(caption=f"{sentence} {WARNING}", alt=sentence, drawn=_NOTHING, sources=pages)


def _or_nothing(frame: pd.DataFrame) -> pd.DataFrame:
    return frame if len(frame) else _NOTHING
