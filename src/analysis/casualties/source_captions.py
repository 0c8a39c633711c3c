"""Titles, captions, descriptions, drawn numbers and sources of the figures of sources against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.bodies import by_pair
from analysis.casualties.captions import COMPLETE, OTHERS, FigureText, FigureWords, day
from analysis.casualties.source_study import SourceStudy
from analysis.casualties.two_lists import UNION_LABEL
from analysis.estimate import sorted_union

_ONE_EACH: Final = "Complete counts by one body each."
_PRINTS: Final = "Agreement of bodies that share data is agreement of prints, not confirmation."


def agreement_words(study: SourceStudy) -> FigureWords:
    """Return what is written on the figure of bodies side by side."""
    pairs = study.pairs
    single = by_pair(pairs)
    differing = int(single["differ"].sum())
    return FigureWords(
        message=f"Two bodies, one year, one area: {differing} of {len(single)} pairs differ, by up to "
        f"{pairs['ratio'].max():.2g} times",
        detail=f"Grey: what both lists hold together, at least to at most: a bound {UNION_LABEL},\nonly where one page "
        f"sets both counts side by side. {_PRINTS}",
        note=f"Source: {len(sorted_union(pairs['source_id_1'], pairs['source_id_2']))} pages. Other years: no "
        "counterpart published, which is not zero. " + _ONE_EACH,
    )


def agreement_text(study: SourceStudy, *, names: Mapping[str, str]) -> FigureText:
    """Return the text of the figure of bodies side by side, with the `names` of the bodies in words."""
    pairs = study.pairs
    first, second = (pairs[key].map(lambda body: names.get(body, body)) for key in ("originator_1", "originator_2"))
    spoken = "; ".join(
        f"{row['year']} {row['area']}: {row['name_1']} {row['total_1']}, {row['name_2']} {row['total_2']}"
        for row in pairs.assign(name_1=first, name_2=second).to_dict("records")
    )
    caption = (
        f"Casualties of whole years where two named bodies print an exact total for one area: "
        f"{len(by_pair(pairs))} pairs, {len(pairs)} lines, since a body may print two totals for a year. Grey "
        f"bars: bounds {UNION_LABEL}, from the longer list to the sum; refused where nothing says that both count the "
        f"same devices. No total of all casualties follows from two published sums. {_PRINTS} {_ONE_EACH}"
    )
    columns = ["year", "area", "originator_1", "originator_2", "total_1", "total_2", "ratio", "overlap", "low", "high"]
    return FigureText(
        caption=caption,
        alt=f"One line a pair of bodies with two marks. {spoken}.",
        drawn=pairs[columns],
        sources=sorted_union(pairs["source_id_1"], pairs["source_id_2"]),
    )


def stated_totals(study: SourceStudy) -> pd.DataFrame:
    """Return the totals to draw: date, value, bound, contradicted, row_id; civilians-only totals are lower bounds."""
    totals = study.stated[study.stated["quantity"] == "total"].reset_index(drop=True)
    equal = totals["low"] == totals["high"]
    least = np.isinf(totals["high"])
    value = totals["low"].where(equal | least, totals["high"])
    return pd.DataFrame(
        {
            "date": totals["last"],
            "value": value.astype("int64"),
            "bound": np.select([equal, least], ["equal", "at least"], default="at most"),
            "contradicted": totals["row_id"].isin(_in_conflict(study)),
            "row_id": totals["row_id"],
        }
    )


def implied_totals(study: SourceStudy) -> pd.DataFrame:
    """Return what totals leave for the time to November 2020, to draw: date, before_low, before_high, contradicted."""
    rows = study.implied[["date", "before_low", "before_high", "row_id"]]
    return rows.assign(contradicted=rows["row_id"].isin(_in_conflict(study)))


def all_time_words(study: SourceStudy) -> FigureWords:
    """Return what is written on the figure of all-time totals."""
    meets, n = int(study.identity["meets"].sum()), len(study.identity)
    return FigureWords(
        message=f"Totals since the early 1990s: {meets} of {n} exact ones dated to a day after 2020 are "
        f"{study.base_total:,} plus the running total",
        detail="Above and middle: totals for Azerbaijan as stated, from any body; one dated to a month is drawn at its "
        "end.\nA later one of one count cannot be smaller.\n"
        "Below: each exact total less the running total since 10 November 2020 at its date (lines: range of readings).",
        note=f"{study.stated['source_id'].nunique()} pages; totals before 2020 are mostly without Nagorno-Karabakh. "
        "Totals of civilians only are drawn as lower bounds above. Each body leaves out whom it does not count.",
    )


def all_time_text(study: SourceStudy) -> FigureText:
    """Return the text of the figure of all-time totals."""
    drawn, implied = stated_totals(study), implied_totals(study)
    conflict = int(drawn["contradicted"].sum())
    aside = int(drawn["row_id"].isin(list(study.set_aside["row_id"])).sum())
    middles = (implied["before_low"] + implied["before_high"]) / 2
    farthest = float(middles.iloc[int((middles - study.base_total).abs().to_numpy().argmax())])
    gap = study.gap
    caption = (
        f"{len(drawn)} totals of killed or injured since the early 1990s, stated from {day(drawn['date'].min())} to "
        f"{day(drawn['date'].max())}; {conflict} have vermilion marks, the exact ones diamonds: without "
        f"{aside} of them (of two of which "
        "either would do, one) all can hold as one count, which is no verdict on which is wrong. "
        "Below: what each leaves for the time up to 10 November "
        f"2020; {study.base_total:,} is printed for it. From {gap.earlier['words']} at the end of "
        f"{gap.earlier['last'].year} to it, {gap.needed} casualties would be needed; no count of all casualties in "
        f"Azerbaijan of {', '.join(str(year) for year in gap.years_without)} was found. {_ONE_EACH}"
    )
    alt = (
        f"Upper panel, and from 2021 on anew in the middle one: {len(drawn)} totals rise "
        f"from {drawn['value'].min():,} to {drawn['value'].max():,}; {conflict} "
        f"are marked as in conflict. Lower panel: most totals less the running total lie on a dashed line at "
        f"{study.base_total:,}; the farthest is at about {farthest:,.0f}."
    )
    both = pd.concat([drawn.assign(series="stated"), implied.assign(series="left before 2020")], ignore_index=True)
    sources = sorted_union(study.stated["source_id"], study.series.registered.sources)
    return FigureText(caption=caption, alt=alt, drawn=both, sources=sources)


def listed_lines(study: SourceStudy) -> pd.DataFrame:
    """Return the lines of the figure of the list against official numbers, labelled."""
    table = study.listed
    kinds = table["kind"].where(table["kind"] != "all", "all kinds")
    spans = table["start"].dt.strftime("%Y-%m-%d") + " to " + table["end"].dt.strftime("%Y-%m-%d")
    return table.assign(label=kinds + ", " + spans)


def listed_words(study: SourceStudy) -> FigureWords:
    """Return what is written on the figure of the list against official numbers."""
    rows = study.listed[study.listed["kind"] == "all"]
    spans = [
        f"{100 * part['ratio'].min():.0f} to {100 * part['ratio'].max():.0f} % of the {outcome}"
        for outcome, part in rows.groupby("outcome", sort=False)
    ]
    return FigureWords(
        message=f"The list of accidents holds {' and '.join(spans)} of its periods",
        detail=f"Lines: {100 * study.series.choices.confidence_level:g} % intervals by a bootstrap of whole accidents; "
        "the official number is taken as it is.\nA ratio, not a probability: that needs every listed casualty to be "
        "among those counted.",
        note="Listed accidents are a sample of news reports; periods overlap. " + OTHERS,
    )


def listed_text(study: SourceStudy) -> FigureText:
    """Return the text of the figure of the list against official numbers."""
    drawn = listed_lines(study)
    spoken = "; ".join(
        f"{row['label']}, {row['outcome']}: {row['listed']} of {row['official']}" for row in drawn.to_dict("records")
    )
    caption = (
        "Casualties in the list of single accidents, without those outside the official count, "
        "over those officially counted, by period, kind and outcome, with "
        "percentile intervals over resampled accidents. The list is a sample of news reports: its ratios say what is "
        f"reported, and it is of no use for rates. {COMPLETE} {OTHERS}"
    )
    columns = ["label", "outcome", "listed", "official", "accidents", "ratio", "low", "high"]
    return FigureText(
        caption=caption,
        alt=f"One point with a line each: {spoken}.",
        drawn=drawn[columns],
        sources=sorted_union(drawn["source_id"]),
    )


def _in_conflict(study: SourceStudy) -> list[str]:
    return list(sorted_union(study.set_aside["row_id"], study.set_aside["or_row"]))
