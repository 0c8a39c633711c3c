"""Captions, descriptions, drawn numbers and sources of the horizon notebook's figures, made from the results."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.contamination.capacity import LONGEST_YEARS, CapacityWalks
from analysis.contamination.captions import CAUTION, FigureText
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.time_statements import longest_statement
from analysis.estimate import sorted_union


def fan_text(study: ContaminationStudy, walks: CapacityWalks, fixed: pd.DataFrame) -> FigureText:
    """Return the text of the fan of remaining area."""
    sources = sorted_union(study.clearance["source_id"]) if walks.fan.empty else _sources(study)
    if walks.fan.empty:
        text = "Not estimable: too few printed years, or no stated total, for walks of capacity."
        return FigureText(caption=text, alt=text, drawn=pd.DataFrame({"not estimable": [text]}), sources=sources)
    said = ""
    if len(study.located):
        claim = longest_statement(study.located)
        said = (
            f" The vertical line is where '{claim['years_stated_high']:.0f} years', said {claim['as_of']} by"
            f" {claim['attributed_to']}, ends."
        )
    caption = (
        f"Remaining area of the largest stated total, {walks.fan['stated_ha'].max():,.0f} ha, if capacity walks from"
        " the last printed year with steps as wide as those between printed years: middle, 25 to 75 and 5 to 95 of 100"
        " walks. Left: the stated area is the whole task since November 2020; right: it was left at its date. Lines:"
        f" fixed scenarios. Walks are followed for {LONGEST_YEARS} years. The walk is an assumption and its quantiles"
        f" no confidence interval.{said} {CAUTION}"
    )
    alt = (
        f"Two fans of falling remaining area from {study.origin.year}, with lines of {fixed['scenario'].nunique()}"
        " fixed scenarios, some of which never fall to zero."
    )
    drawn = pd.concat(
        [walks.fan.assign(mark="walk"), fixed.assign(mark="fixed scenario")], ignore_index=True
    ).replace([np.inf, -np.inf], np.nan)  # fmt: skip
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=sources)


def search_text(study: ContaminationStudy, indices: pd.DataFrame) -> FigureText:
    """Return the text of the figure of Sobol indices."""
    if indices.empty:
        text = "Not estimable: there is no stated total or printed year to search over."
        drawn = pd.DataFrame({"not estimable": [text]})
        return FigureText(caption=text, alt=text, drawn=drawn, sources=sorted_union(study.clearance["source_id"]))
    first = indices.groupby("outcome", sort=False).first()["input"]
    caption = (
        "Share of the spread of each outcome that an input carries alone (first order) and with its interactions (total"
        " Sobol index), over the whole ranges of all inputs: "
        + "; ".join(f"{outcome}, most by {name.replace('_', ' ')}" for outcome, name in first.items())
        + ". Bars: the indices; thin lines are 95 % bootstrap margins of the total. The ranges are assumed and"
        f" searched evenly; they are no belief about the inputs. {CAUTION}"
    )
    alt = f"Three panels of horizontal bars, one an input, {len(indices)} bars in all, longest on top."
    return FigureText(caption=caption, alt=alt, drawn=indices, sources=_sources(study))


def projections_text(scored: pd.DataFrame, areas: pd.DataFrame) -> FigureText:
    """Return the text of the figure of past projections; its pages are listed in the notebook."""
    parts = "; ".join(
        f"{row['country']} {row['for_day']:%Y}: {row['projected_km2']:,.0f} km2 projected,"
        f" {row['reported_km2']:,.0f} km2 reported for {row['reported_day']:%Y}"
        for _, row in scored.iterrows()
    )
    caption = (
        f"Published projections of land left, and what was reported left. {parts}. Lines join reported areas; kinds of"
        " area differ between years, as listed. Other countries, for comparison; nothing follows from them for these"
        " districts."
    )
    alt = f"Two panels of falling reported area with {len(scored)} projections as open diamonds below the line."
    drawn = pd.concat([areas.assign(mark="reported"), scored.assign(mark="projection")], ignore_index=True)
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=())


def _sources(study: ContaminationStudy) -> tuple[str, ...]:
    own = study.scenarios[(study.scenarios["category"] == "total") & (study.scenarios["rate_kind"] == "year")]
    return sorted_union(*own["sources"], study.located["source_id"] if len(study.located) else ())


def search_note(base_samples: int) -> str:
    """Return the lines under the figure of Sobol indices."""
    return (
        f"Sobol indices of {base_samples:,} base samples, evenly over assumed ranges; thin lines: 95 % bootstrap"
        " margins of totals. Inputs that do not enter an outcome are left out. An index says which\nassumption matters,"
        " not which is true. Not for navigation, entry or release decisions; the national authority decides."
    )
