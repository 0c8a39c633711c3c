"""Counterparts of statements of areas: shares of the hazardous area and of the country, and plans for a year."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.claims.bridged import (
    COUNT_START,
    HERE,
    bridged,
    lowest_to_highest,
    merged,
    readings_of_prints,
    rows_around,
    without_copies,
)
from analysis.claims.scope import ScopePart
from analysis.claims.search import Question, Search
from analysis.claims.stated import Range
from analysis.claims.tabled import AREA
from analysis.errors import InsufficientEvidence
from analysis.evidence.geometry import read_districts

_HA_PER_KM2: Final = 100.0
_PARTS_OF_A_TOTAL: Final = (f"{AREA}_confirmed_hazardous", f"{AREA}_suspected_hazardous")
# Longer apart, areas differ because they were released, found or surveyed anew in between.
_HALF_A_YEAR: Final = pd.Timedelta(days=182)
# What a page says its area is of, or leaves out, stands in the notes of the row.
_PARTS_NAMED: Final = re.compile(
    r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: most affected)? "
    r"(regions|districts|provinces)\b"
)
_LEAVES_OUT: Final = re.compile(r"\b(?:not included|exclud(?:es|ing))\b")


def find_released_share(question: Question) -> Search:
    """Return the area reported as released by then over the areas stated as hazardous."""
    areas, released = _stated_areas(question), _released_around(question)
    done = lowest_to_highest(released["area_ha"])
    shares = [
        Range(low=done.low / one.high, high=done.high / one.low if one.low else math.inf)
        for one in _readings_of_areas(question, areas)
    ]
    return bridged(
        question,
        merged(shares),
        [released, areas],
        label="area reported as released over areas stated as hazardous",
        assumption="the share is of the hazardous area as any office stated it, and released means as reported",
    )


def find_share_of_country(question: Question) -> Search:
    """Return the stated hazardous areas, and what was left of them, over the area of the district polygons."""
    areas = _stated_areas(question)
    country = sum(one.area_km2 for one in read_districts(question.basis.evidence)) * _HA_PER_KM2
    whole = _readings_of_areas(question, areas)
    try:
        released = _released_around(question)
    except InsufficientEvidence:
        left, used = [], [areas]
    else:
        done = lowest_to_highest(released["area_ha"])
        left = [Range(low=max(0.0, one.low - done.high), high=max(0.0, one.high - done.low)) for one in whole]
        used = [areas, released]
    shares = [Range(low=one.low / country, high=one.high / country) for one in (*whole, *left)]
    return bridged(
        question,
        merged(shares),
        used,
        label="stated hazardous areas, whole or less what was released by then, over the area of the district polygons",
        assumption="the hazardous area is meant as some page stated it, whole or as left after the release reported",
        crosses=(ScopePart.ORIGINATOR, ScopePart.PERIOD),
    )


def find_year_released(question: Question) -> Search:
    """Return what was reported as released in the year a plan is for."""
    rows = question.basis.table_by_end("clearance_period")
    year = question.row["period_start_first"]
    if pd.isna(year) or question.row["geography"] not in HERE:
        raise InsufficientEvidence("the plan names no year, or is for a single district")
    found = rows[
        (rows["period_kind"] == "year")
        & (rows["operator"] == "all_operators")
        & (rows["geography"] == "regained_districts")
        & (rows["period_start_first"] == pd.Timestamp(year.year, 1, 1))
        & rows["area_ha"].notna()
    ]
    if found.empty:
        raise InsufficientEvidence(f"no area released in the whole of {year.year} is published")
    return bridged(
        question,
        [lowest_to_highest(found["area_ha"])],
        [found],
        label=f"area reported as released in {year.year}",
        assumption="the plan is held against what was reported for its year by all operators",
        crosses=(ScopePart.ORIGINATOR, ScopePart.QUANTITY),
        quantity="area released",
    )


def find_stated_area(question: Question) -> Search:
    """Return the areas of the same place and kind that other pages state within half a year.

    A total is held against the sum of the confirmed and the suspected areas that another page states for one date, too.
    Areas of another number of districts, or that leave something out by their own words, are no counterparts.
    """
    said = question.row
    near = without_copies(question, _near(question, question.basis.tabled))
    own = "" if pd.isna(said["notes"]) else str(said["notes"])
    alike = [_of_the_same_extent(own, notes) for notes in near["notes"].fillna("")]
    rows = near[pd.Series(alike, index=near.index, dtype=bool)]
    same = rows[rows["quantity"] == said["quantity"]]
    used, readings = [same], [*readings_of_prints(question, same)]
    if said["quantity"] == f"{AREA}_total":
        parts = rows[rows["quantity"].isin(_PARTS_OF_A_TOTAL) & (rows["comparator"] == "=")]
        sums = parts.groupby(["source_id", "as_of"], sort=True)["value"].agg(["sum", "size"])
        whole = sums.loc[sums["size"] == len(_PARTS_OF_A_TOTAL), "sum"]
        used.append(parts[pd.MultiIndex.from_frame(parts[["source_id", "as_of"]]).isin(whole.index)])
        readings += [Range(low=float(one), high=float(one)) for one in sorted({*whole})]
    if not readings:
        raise InsufficientEvidence(_why_no_area(question, near[~near.index.isin(rows.index)]))
    assumption = "the area changed little within half a year, and all pages mean the same by its kind"
    named_otherwise = not pd.concat(used)["geography"].eq(said["geography"]).all()
    if named_otherwise:
        assumption += "; Azerbaijan and the regained districts are two names of one area to be cleared"
    return bridged(
        question,
        readings,
        used,
        label="areas of this place and kind on other pages within half a year",
        assumption=assumption,
        crosses=(ScopePart.ORIGINATOR, ScopePart.PERIOD, *((ScopePart.AREA,) if named_otherwise else ())),
    )


def _of_the_same_extent(*notes: str) -> bool:
    """Return whether neither page leaves something out and both are of so many districts, as far as the notes say."""
    parts = {found.groups() for text in notes if (found := _PARTS_NAMED.search(text))}
    return len(parts) < 2 and not any(_LEAVES_OUT.search(text) for text in notes)


def _why_no_area(question: Question, of_other_extent: pd.DataFrame) -> str:
    quantity = question.row["quantity"]
    kinds = [quantity, *(_PARTS_OF_A_TOTAL if quantity == f"{AREA}_total" else ())]
    if of_other_extent["quantity"].isin(kinds).any():
        return "other pages state areas of this kind, but of another number of districts or with something left out"
    exact = "exact " if question.basis.inexact_rows == "leave out" else ""
    return f"no other page states an {exact}area of this kind and place for a day certainly within half a year"


def _near(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of other pages about the place of the statement, within half a year of it."""
    said, (first, last) = question.row, question.span
    # Whatever day of the time it is dated by a figure is of, it lies within half a year of the statement.
    near = (rows["as_of_last"] - first <= _HALF_A_YEAR) & (last - rows["as_of_first"] <= _HALF_A_YEAR)
    one_area = said["geography"] in HERE and first > COUNT_START
    places = HERE if one_area else (said["geography"],)
    found: pd.DataFrame = rows[near & rows["geography"].isin(places) & (rows["source_id"] != question.page)]
    return found


def _readings_of_areas(question: Question, areas: pd.DataFrame) -> tuple[Range, ...]:
    """Return what the stated areas allow, each as its wording says, in ha; none is below 0.

    Raises
    ------
    InsufficientEvidence
        If no area is left of those the basis takes.
    """
    prints = areas.assign(value=areas["area_ha"], value_low=areas["area_ha_low"], value_high=areas["area_ha_high"])
    readings = readings_of_prints(question, prints.assign(unit="ha"))
    if not readings:
        raise InsufficientEvidence("every hazardous area stated on another page is inexact, and such are left out")
    return tuple(replace(one, low=max(0.0, one.low)) for one in readings)


def _stated_areas(question: Question) -> pd.DataFrame:
    rows = question.basis.table("contamination_estimate")
    rows = rows[
        (rows["category"] == "total")
        & rows["geography"].isin(HERE)
        & rows["area_ha"].notna()
        & (rows["as_of_last"] > COUNT_START)
        & (rows["source_id"] != question.page)
    ]
    if rows.empty:
        raise InsufficientEvidence("no hazardous area is stated on another page")
    return rows


def _released_around(question: Question) -> pd.DataFrame:
    rows = question.basis.table_by_end("clearance_period")
    rows = rows[
        (rows["period_kind"] == "cumulative")
        & (rows["operator"] == "all_operators")
        & (rows["geography"] == "regained_districts")
        & rows["area_ha"].notna()
        & (rows["source_id"] != question.page)
    ]
    return rows_around(rows, "period_end_last", question, "no area released by then is published")
