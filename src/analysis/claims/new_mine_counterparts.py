"""The finds of mines made in 2021: what the ministries printed in 2022, with area and period of each figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.claims.basis import Basis
from analysis.claims.reading import number_from, scope_from
from analysis.claims.search import Question, Search
from analysis.claims.stated import Range
from analysis.claims.verdict import Counterpart
from analysis.claims.wording import range_words
from analysis.estimate import sorted_union

_AREAS: Final = {
    "azerbaijan_lachin": "Lachin",
    "azerbaijan_lachin_north_west_of_sarybaba_height": "part of Lachin",
    "azerbaijan_karabakh_economic_region": "Karabakh economic region",
    "regained_districts": "all regained districts",
}
_QUANTITIES: Final = ("mines_made_2021_found", "mines_found_total")
# The total of November 2022 and the part of it in the Karabakh economic region, from one ministry text.
_TOTAL_ROW, _REGION_ROW = "maps-038", "maps-039"


def find_new_mines(question: Question) -> Search:
    """Return the figures printed while the mines were being found.

    Later statements of the same bound for the same area repeat the statement and are no counterpart. The part of the
    total found at the border is the total less the part in the Karabakh economic region, both of one text.
    """
    claims = question.basis.table("claims")
    printed = claims[
        claims["quantity"].isin(_QUANTITIES)
        & claims["value"].notna()
        & (claims["source_id"] != question.page)
        & (claims["as_of_last"] <= pd.Timestamp("2022-12-31"))
    ]
    if question.basis.inexact_rows == "leave out":
        printed = printed[printed["comparator"] == "="]
    found = [_printed(one, question.basis) for _, one in printed.iterrows()] + _border_part(printed)
    reason = (
        "no other page prints an exact count of mines of that make for this place but copies of this one; those "
        "printed are bounds, or are of a part of it or of a wider area"
    )
    return Search(counterparts=tuple(found), none_of_scope=reason)


def _printed(row: pd.Series, basis: Basis) -> Counterpart:
    number = number_from(row)
    if number is None:  # the caller left such rows out
        raise ValueError(f"{row['claim_id']} has no figure")
    allowed = number.allowed(about_tolerance=0.0)
    point = number.is_bound and basis.inexact_rows == "as bounds"
    reading = allowed if point else Range(low=number.low, high=number.high)
    area = str(row["geography"])
    made = "mines made in 2021" if row["quantity"] == _QUANTITIES[0] else "mines of any make"
    return Counterpart(
        label=f"{range_words(reading, 'mines')} {made.removeprefix('mines ')}, {_AREAS.get(area, area)}",
        readings=(reading,),
        scope=scope_from(row, population=made),
        sources=(str(row["source_id"]),),
        originators=(str(row["originator"]),),
    )


def _border_part(printed: pd.DataFrame) -> list[Counterpart]:
    """Return the part of the total found at the border towards Kalbajar and Lachin, by difference."""
    rows = {str(row["claim_id"]): row for _, row in printed.iterrows()}
    if not {_TOTAL_ROW, _REGION_ROW} <= set(rows):
        return []
    total, region = rows[_TOTAL_ROW], rows[_REGION_ROW]
    rest = float(total["value"]) - float(region["value"])
    scope = replace(scope_from(total, population="mines of any make"), area="border, Kalbajar and Lachin directions")
    return [
        Counterpart(
            label=f"{rest:,.0f} mines of any make, {scope.area}",
            readings=(Range(low=rest, high=rest),),
            scope=scope,
            sources=sorted_union([str(total["source_id"]), str(region["source_id"])]),
            originators=sorted_union([str(total["originator"]), str(region["originator"])]),
        )
    ]
