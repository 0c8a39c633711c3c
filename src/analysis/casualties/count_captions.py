"""Titles, captions, descriptions, drawn numbers and sources of the figures of counts of years and of shares."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.casualties.annual import pairs_of_bodies, registered_by_year
from analysis.casualties.captions import COMPLETE, OTHERS, FigureText, FigureWords, day, note
from analysis.casualties.study import CasualtyTrends
from analysis.estimate import sorted_union

_NOTHING: Final = pd.DataFrame({"drawn": ["no row is left in this selection"]})

SHARES_DRAWN: Final = {
    "killed_share": "Killed among all casualties",
    "civilian_share": "Civilians among all casualties",
}


def annual_words(study: CasualtyTrends, counts: pd.DataFrame) -> FigureWords:
    """Return what is written on the figure of annual counts."""
    known = counts[counts["total"].notna()]
    return FigureWords(
        message=_pairs_message(counts),
        detail="Casualties of whole calendar years as printed; triangle: at least. Grey bars are ours: what the "
        "running totals gained.\nShaded: no count of all casualties of the year by any body was found (not zero); in "
        "words: a count of the killed or the injured only.",
        note=f"Source: {known['source_id'].nunique()} pages with counts of years, {len(study.registered.sources)} with "
        f"running totals (bars), to {day(study.period.end)}. {_bodies(known)} named bodies, never summed; bodies that "
        "share data are not independent.",
    )


def annual_text(study: CasualtyTrends, counts: pd.DataFrame) -> FigureText:
    """Return the text of the figure of annual counts."""
    known = counts[counts["total"].notna()]
    gains = registered_by_year(study.registered)
    by_area = known.groupby("area", sort=True)["total"].agg(["min", "max"])
    spans = "; ".join(f"{area} {low} to {high}" for area, low, high in by_area.itertuples())
    gained = "; ".join(f"{year} {low} to {high}" for year, low, high in gains.itertuples(index=False))
    pairs = pairs_of_bodies(counts)
    caption = (
        f"Casualties by calendar year, {known['year'].min()} to {known['year'].max()}, as each body counted them: "
        f"{len(known)} printed counts by {_bodies(known)} named bodies, side by side and never summed. Different "
        f"prints of one body for one year are joined. {_pairs_message(counts)}, in {pairs['year'].nunique()} years. "
        "Bodies define casualties and areas in their own ways. Each count is the complete count of one body, not a "
        "sample: no interval belongs to it, and none would contain counting error. Grey bars: range of what the "
        "running totals of the offices in Azerbaijan gained in the year, ours. Shaded: no count of all casualties of "
        "the year published; a "
        f"count of the killed or the injured only stands there in words. As of {day(study.period.end)}."
    )
    alt = (
        f"Three panels of dots over years. Casualties a year as counted: {spans}. Gains of the running totals: "
        f"{gained or 'none'}. Years without a count of all casualties are shaded."
    )
    # A count of the killed or the injured only is drawn where no total is.
    totals = known["year"].astype("str") + known["area"]
    shown = counts[counts["total"].notna() | ~(counts["year"].astype("str") + counts["area"]).isin(totals)]
    drawn = pd.concat(
        [shown.drop(columns="source_id").assign(series="printed"), gains.assign(series="gain")], ignore_index=True
    )
    return FigureText(
        caption=caption, alt=alt, drawn=drawn, sources=sorted_union(shown["source_id"], study.registered.sources)
    )


def composition_words(study: CasualtyTrends, table: pd.DataFrame) -> FigureWords:
    """Return what is written on the figure of shares."""
    level = f"{100 * study.choices.confidence_level:g} %"
    return FigureWords(
        message=_composition_message(table),
        detail=f"Shares with {level} Wilson intervals, n divided by the dispersion {study.dispersion:.2g}.\nTotals by "
        "date are nested; only increments are separate people.",
        note=note(study, "Rows that print civilian and military, killed and injured. " + OTHERS),
    )


def composition_text(study: CasualtyTrends, table: pd.DataFrame) -> FigureText:
    """Return the text of the figure of shares."""
    if table.empty:
        reason = "No row of this selection prints civilian and military, killed and injured."
        return FigureText(caption=reason, alt=reason, drawn=_NOTHING, sources=study.sources)
    drawn = table[table["share"].isin(list(SHARES_DRAWN))]
    last = drawn[drawn["of"] == "total by date"].groupby("share")["value"].last()
    sentence = "; ".join(
        f"{name.lower()} {100 * last[key]:.0f} %" for key, name in SHARES_DRAWN.items() if key in last.index
    )
    caption = (
        f"Shares at {drawn.loc[drawn['of'] == 'total by date', 'end'].nunique()} dates with a full split, and in what "
        f"was added between them. At the last: {sentence}. Clustering is allowed for by dividing n by the dispersion. "
        f"No test treats nested totals as independent. {COMPLETE} {OTHERS}"
    )
    alt = (
        "Two panels of shares over time. Points are all casualties to a date, lines what was added between two dates, "
        f"each with a wide interval. At the last date: {sentence}."
    )
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=study.sources)


def _composition_message(table: pd.DataFrame) -> str:
    if table.empty:
        return "No full split is printed in this selection"
    totals = table[(table["of"] == "total by date") & (table["share"] == "civilian_share")]
    first, last = totals.iloc[0], totals.iloc[-1]
    return (
        f"Civilians among all casualties to date: {100 * first['value']:.0f} % by {day(first['end'])}, "
        f"{100 * last['value']:.0f} % by {day(last['end'])}"
    )


def _pairs_message(counts: pd.DataFrame) -> str:
    pairs = pairs_of_bodies(counts)
    if pairs.empty:
        return "No two named bodies print a total for the same year and area"
    return (
        f"Where two named bodies print a total for the same year and area, {pairs['differ'].sum()} of {len(pairs)} "
        "pairs differ"
    )


def _bodies(counts: pd.DataFrame) -> int:
    """Return how many named bodies counted."""
    return len(set(counts["originator"]) - {"unknown"})
