"""Totals of Nagorno-Karabakh and Armenia beside each other, and casualties named outside the running total's count."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any, Final

import pandas as pd

from analysis.casualties.scope import without
from analysis.evidence import Evidence

AREAS: Final = {"nagorno_karabakh": "Nagorno-Karabakh", "armenia": "Armenia"}
_WORDS: Final = {"=": "", ">": "more than ", ">=": "at least ", "<": "fewer than ", "<=": "at most ", "~": "about "}

_NOT_PRINTED: Final = "total not printed"

# Whom a row counts where its notes say so; by row and page, so that other evidence cannot match.
_PEOPLE: Final = {("rt-0094", "aravot-2023-04-05-beglaryan"): "civilians"}

# Claims that count people hurt whom the running total of the offices in Azerbaijan does not say it counts.
_OUTSIDE: Final = {
    "armenian_military_mine_casualties": "Armenian servicemen",
    "armenian_servicemen_victims": "Armenian servicemen",
    "armenian_formation_members_injured": "members of local Armenian armed formations, injured",
    "mine_erw_victims_visited": "victims visited for data collection, wartime cases possible",
    "civilian_casualties_since_ceasefire": "civilians since the ceasefire",
    "civilians_hurt_since_1993": "civilians since 1993",
}


def totals_elsewhere(evidence: Evidence, *, exclude_originators: Collection[str] = ()) -> pd.DataFrame:
    """Return the running totals of the two areas in order of area, body and date, never summed.

    Returns
    -------
    DataFrame
        area, originator, since, as_of, stated (in words), killed, injured, outcome_unknown (total less both, where all
        are printed), change (from the body's row before of the same area and start; missing for the first), years (sum
        of the body's exact counts of the whole years in between, missing unless every one is printed), row_id,
        source_id. A negative change is a revision; a change unlike `years` is one too, or another definition.
    """
    rows = _running_totals(evidence, exclude_originators)
    columns = ["area", "originator", "since", "as_of", "stated", "killed", "injured", "outcome_unknown", "change"]
    return rows[[*columns, "years", "row_id", "source_id"]].reset_index(drop=True)


def outside_the_count(evidence: Evidence, *, exclude_originators: Collection[str] = ()) -> pd.DataFrame:
    """Return counts of people whom the running total of the offices in Azerbaijan does not say it counts.

    From claims that count them, and the last total by each body in the two areas. They overlap each other and are
    named, not summed.

    Returns
    -------
    DataFrame
        area, who, stated (in words), as_of, counted_by, row_id, source_id.
    """
    claims = without(evidence.table("claims"), exclude_originators)
    said = claims[claims["quantity"].isin(list(_OUTSIDE)) & claims["value"].notna()]
    named = pd.DataFrame(
        {
            "area": said["geography"].map({**AREAS, "peacekeeper_zone": "area under Russian peacekeepers"}),
            "who": said["quantity"].map(_OUTSIDE),
            "stated": said["comparator"].map(_WORDS) + said["value"].map("{:,.0f}".format),
            "as_of": said["as_of"].fillna("not dated"),
            "counted_by": said["originator"],
            "row_id": said["claim_id"],
            "source_id": said["source_id"],
        }
    )
    totals = _running_totals(evidence, exclude_originators).sort_values(["as_of_last", "row_id"])
    last = totals[totals["stated"] != _NOT_PRINTED].groupby(["area", "originator"], sort=True).tail(1)
    bodies = pd.DataFrame(
        {
            "area": last["area"],
            "who": [_who(row) for row in last.to_dict("records")],
            "stated": last["stated"],
            "as_of": last["as_of"],
            "counted_by": last["originator"],
            "row_id": last["row_id"],
            "source_id": last["source_id"],
        }
    )
    both = pd.concat([bodies, named], ignore_index=True)
    return both.sort_values(["area", "as_of", "row_id"]).reset_index(drop=True)


def _running_totals(evidence: Evidence, exclude_originators: Collection[str]) -> pd.DataFrame:
    """Return the rows of the two areas with everything :func:`totals_elsewhere` shows, and `as_of_last`."""
    table = without(evidence.table("casualties_running_total"), exclude_originators)
    rows = table[table["geography"].isin(list(AREAS))].sort_values(
        ["geography", "originator", "period_start_first", "as_of_last", "row_id"]
    )
    total = rows["total"].fillna(rows["killed"] + rows["injured"])
    rows = rows.assign(area=rows["geography"].map(AREAS), since=rows["period_start"])
    rows["stated"] = rows["comparator"].map(_WORDS) + total.map("{:,.0f}".format, na_action="ignore")
    rows["stated"] = rows["stated"].fillna(_NOT_PRINTED)
    rows["outcome_unknown"] = rows["total"] - rows["killed"] - rows["injured"]
    keys = [rows["geography"], rows["originator"], rows["period_start"].fillna("")]
    rows["change"] = total.groupby(keys).diff()
    before = rows["as_of_last"].groupby(keys).shift()
    years = _exact_years(evidence)
    sums = [
        _sum_of_years(years, row["geography"], row["originator"], earlier, row["as_of_last"])
        for row, earlier in zip(rows.to_dict("records"), before.where(before.notna(), None).astype(object), strict=True)
    ]
    rows["years"] = pd.Series(sums, index=rows.index, dtype="Int64")
    return rows


def _who(row: Mapping[Hashable, Any]) -> str:
    people = _PEOPLE.get((row["row_id"], row["source_id"]), "all in this body's count")
    return f"{people}, since {row['since'] if isinstance(row['since'], str) else 'a date not stated'}"


def _exact_years(evidence: Evidence) -> dict[tuple[str, str, int], int]:
    table = evidence.table("casualties_period")
    whole = (
        (table["period_start_first"].dt.strftime("%m-%d") == "01-01")
        & (table["period_end_last"].dt.strftime("%m-%d") == "12-31")
        & (table["period_start_first"].dt.year == table["period_end_last"].dt.year)
        & (table["comparator"] == "=")
    )
    rows = table[whole & table["total"].notna()].sort_values("row_id")
    return {
        (row["geography"], row["originator"], row["period_start_first"].year): int(row["total"])
        for row in rows.to_dict("records")
    }


def _sum_of_years(
    years: dict[tuple[str, str, int], int], area: str, body: str, earlier: pd.Timestamp | None, later: pd.Timestamp
) -> int | None:
    """Return the sum of the years after `earlier` up to `later` if both are ends of years and every year is printed."""
    if earlier is None or any((when.month, when.day) != (12, 31) for when in (earlier, later)):
        return None
    counts = [years.get((area, body, year)) for year in range(earlier.year + 1, later.year + 1)]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None
