"""Findings about shares, nested counts, stated areas, resettled persons and district areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pandas as pd

from analysis.evidence.comparators import Comparator
from analysis.evidence.findings import Finding, Record, groups, plain, records

# A printed share has one decimal; half a unit of it is rounding.
_ROUNDING_PER_CENT = 0.051
_AREA_TOLERANCE = 0.1


def shares_and_counts(assessments: pd.DataFrame) -> Iterator[Finding]:
    """Yield shares (per cent as printed) that do not follow from the numerator and denominator beside them."""
    for row in records(assessments, "row_id"):
        if row.value is None or row.numerator is None or not row.denominator:
            continue
        share = 100 * row.numerator / row.denominator
        if abs(share - row.value) > _ROUNDING_PER_CENT:
            yield Finding(
                rule="a share does not follow from its counts",
                table="map_assessment",
                rows=(row.row_id,),
                size=abs(share - row.value),
                detail=f"{plain(row.value)} per cent printed; {_of(row)} is {share:.1f}",
            )


def nested_counts(assessments: pd.DataFrame) -> Iterator[Finding]:
    """Yield later counts whose numerator grew by more than their denominator.

    Counts since one start are nested: of the casualties added, no more than all can be outside the line. `size` is
    the excess. Accidents and persons are told apart by the words of the definition.
    """
    outside = assessments[assessments["quantity"] == "outside_line_of_contact"]
    counted = [row for row in records(outside[outside["as_of"].notna()], "as_of", "row_id") if row.denominator]
    for unit, group in groups(counted, lambda row: "accidents" if "INCIDENT" in row.definition else "persons"):
        for before, after in pairwise(group):
            more, every = after.numerator - before.numerator, after.denominator - before.denominator
            if more > every:
                yield Finding(
                    rule="a nested count grew by more than the whole it is part of",
                    table="map_assessment",
                    rows=(before.row_id, after.row_id),
                    size=float(more - every),
                    detail=f"{unit}: {_of(before)}, then {_of(after)}: {plain(more)} more outside among "
                    f"{plain(every)} more",
                )


def _of(row: Record) -> str:
    return f"{plain(row.numerator)} of {plain(row.denominator)}"


def stated_areas(estimates: pd.DataFrame) -> Iterator[Finding]:
    """Yield categories of regained land for which different areas are stated; `size` is largest over smallest."""
    dated = estimates[estimates["as_of"].notna() & (estimates["geography"] == "regained_districts")]
    stated = [row for row in records(dated, "as_of", "row_id") if row.area_ha]
    stated = [row for row in stated if row.comparator in (Comparator.EXACT, Comparator.ABOUT)]
    for category, group in groups(stated, lambda row: row.category):
        areas = {row.area_ha: row for row in reversed(group)}
        said = sorted(areas.values(), key=lambda row: (row.as_of, row.row_id))
        if len(said) > 1:
            words = ", ".join(f"{plain(row.area_ha)} ha ({row.as_of}, {row.originator})" for row in said)
            yield Finding(
                rule="different areas are stated for one category",
                table="contamination_estimate",
                rows=tuple(row.row_id for row in said),
                size=float(max(areas) / min(areas)),
                detail=f"{category}: {words}",
            )


def places_and_totals(returns: pd.DataFrame) -> Iterator[Finding]:
    """Yield totals of resettled persons that are not the sum of the places of the same page."""
    given = [row for row in records(returns, "source_id", "as_of", "place") if row.persons is not None]
    for (source_id, as_of), group in groups(given, lambda row: (row.source_id, row.as_of)):
        whole = [row.persons for row in group if row.place == "all"]
        places = [row.persons for row in group if row.place != "all"]
        if len(whole) == 1 and len(places) > 1 and whole[0] != sum(places):
            yield Finding(
                rule="places do not add to the total",
                table="returns",
                rows=(f"{source_id}|{as_of}|all",),
                size=float(abs(whole[0] - sum(places))),
                detail=f"{whole[0]} persons printed, {len(places)} places add to {sum(places)}",
            )


def district_areas(districts: pd.DataFrame, polygon_area_km2: Mapping[str, float]) -> Iterator[Finding]:
    """Yield districts whose polygon is more than 10 per cent off the reported area; `size` is that share."""
    for row in records(districts, "district"):
        drawn = polygon_area_km2.get(row.district)
        if drawn is None or not row.reported_area_km2:
            continue
        share = drawn / row.reported_area_km2 - 1
        if abs(share) > _AREA_TOLERANCE:
            yield Finding(
                rule="a polygon's area is more than 10 per cent off the reported area",
                table="districts",
                rows=(row.district,),
                size=abs(share),
                detail=f"polygons {plain(drawn)} km2, reported {plain(row.reported_area_km2)} km2",
            )
