"""Plain counts of what was handed over and said, as estimates."""

from __future__ import annotations

import pandas as pd

from analysis.estimate import Estimate, Period, sorted_union
from analysis.maps.handovers import TOTAL
from analysis.maps.row_facts import all_ids
from analysis.maps.scope import GEOGRAPHY


def count_estimates(
    announced: pd.DataFrame, forms: pd.DataFrame, stating: pd.DataFrame, period: Period
) -> dict[str, Estimate]:
    """Return plain counts: mines announced for single transfers, forms stated as a total, statements of the share."""
    found = {}
    if len(announced):
        found["mines_announced_in_transfers"] = _count(
            "mines stated for single transfers of records, added", announced["mines"].sum(), "mines",
            len(announced), "transfers", all_ids(announced["sources"]), period,
        )  # fmt: skip
    totals = forms[forms["kind"] == TOTAL]
    if len(totals) and (totals["forms"] == totals["forms"].iloc[0]).all():
        found["forms_stated_as_total"] = _count(
            "forms handed over in five transfers of 2021, as stated by the giver", totals["forms"].iloc[0], "forms",
            len(totals), "accounts", sorted_union(totals["source_id"]), period,
        )  # fmt: skip
    if len(stating):
        with_counts = int((stating["number"].notna() & stating["denominator"].notna()).sum())
        found["statements_of_25_per_cent"] = _count(
            "statements that put the right share of the records at 25 %, 'about' and 'less than' included",
            len(stating), "statements", len(stating), "statements", sorted_union(stating["source_id"]), period,
        )  # fmt: skip
        found["statements_of_25_per_cent_with_counts"] = _count(
            "of these, statements that print a numerator and a denominator", with_counts, "statements",
            len(stating), "statements", sorted_union(stating["source_id"]), period,
        )  # fmt: skip
    return found


def _count(
    quantity: str, value: object, unit: str, n: int, n_unit: str, sources: tuple[str, ...], period: Period
) -> Estimate:
    return Estimate(
        quantity=quantity,
        value=float(str(value)),
        unit=unit,
        interval=None,
        method="count of printed statements" if unit == "statements" else "as printed",
        n=n,
        n_unit=n_unit,
        period=period,
        geography=GEOGRAPHY,
        sources=sources,
    )
