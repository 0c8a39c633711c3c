"""Which statements are told again: a figure counts once, however many tables, pages or days repeat it."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.claims.reading import number_from

COPIED_WITHIN: Final = pd.Timedelta(days=3)
"""So far apart one office still repeats a figure instead of counting anew."""

SAME_QUANTITY: Final = {
    "civilian_share": "civilian_share_of_victims",
    "mine_incidents": "incidents_total",
    "explosions_count": "incidents_total",
    "casualties_outside_former_front_line": "victims_outside_former_line_of_contact",
    "share_of_incidents_outside_records": "outside_mapped_share",
    "incident_share_outside_provided_maps": "outside_mapped_share",
    "mines_of_2021_production_found": "mines_made_2021_found",
}
"""Names under which the tables hold one quantity."""

_MONTH: Final = pd.Timedelta(days=31)
# What says nothing but that few of the records were handed over is one quantity, whichever table holds it.
_NO_FIGURE: Final = {"coverage_share": "share_of_maps_given"}


def without_repeats(rows: pd.DataFrame) -> frozenset[str]:
    """Return the `claim_id` of the rows that repeat no earlier one.

    A repeat has the quantity and the figure of another, or its wording where there is no figure, and is told by the
    same originator on the same occasion or on the same page of the same place.

    Parameters
    ----------
    rows
        Rows of the claims table; of two that repeat each other the first is kept.
    """
    kept: list[str] = []
    said: dict[tuple[object, ...], list[pd.Series]] = {}
    pages: set[tuple[object, ...]] = set()
    for _, row in rows.iterrows():
        number = number_from(row)
        quantity = SAME_QUANTITY.get(str(row["quantity"]), str(row["quantity"]))
        told: object = str(row["statement"]) if number is None else (number.low, number.high)
        if number is None:
            quantity = _NO_FIGURE.get(quantity, quantity)
        voice = (row["originator"], quantity, told)
        page = (row["source_id"], quantity, row["geography"], told if number is not None else "no figure")
        again = page in pages and (number is not None or quantity in _NO_FIGURE.values())
        if not again and not any(_told_again(row, other) for other in said.get(voice, [])):
            kept.append(str(row["claim_id"]))
        said.setdefault(voice, []).append(row)
        pages.add(page)
    return frozenset(kept)


def _told_again(one: pd.Series, other: pd.Series) -> bool:
    """Return whether the dates of two rows are of one occasion: surely within three days, or a month and a day in it.

    Two without a date are of one time; a figure dated by its year alone is of the occasion of no other date.
    """
    spans = [(row["as_of_first"], row["as_of_last"]) for row in (one, other)]
    if spans[0] == spans[1] or all(pd.isna(first) for first, _ in spans):
        return True
    if any(pd.isna(first) for first, _ in spans):
        return False
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return bool(last - first <= COPIED_WITHIN or ((first, last) in spans and last - first < _MONTH))
