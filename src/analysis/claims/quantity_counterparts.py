"""Counterparts of statements found by their quantity, for statements of all parties: shares, counts, plans, times.

Every finder looks at other pages than the statement's own and names the assumption under which it compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.claims.casualty_totals import group_rows, group_since_1991
from analysis.claims.scope import Bridge, ScopePart
from analysis.claims.search import Question, Search
from analysis.claims.stated import Range
from analysis.claims.verdict import Counterpart
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.evidence.geometry import read_districts

_SPLITS: Final = ("civilian_killed", "civilian_injured", "military_killed", "military_injured")
_HERE: Final = ("azerbaijan", "regained_districts")
_COUNT_START: Final = pd.Timestamp("2020-11-10")
_HA_PER_KM2: Final = 100.0
_ONE_COUNT: Final = "all offices count the same accidents, and a count never falls"
# Quantities of claims that count accidents since the war of 2020.
_ACCIDENTS: Final = ("incidents_total", "mine_incidents", "explosions_count", "incidents")


def find_released_share(question: Question) -> Search:
    """Return the area reported as released by then over the areas stated as hazardous."""
    areas, released = _stated_areas(question), _released_around(question)
    shares = Range(
        low=float(released["area_ha"].min() / areas["area_ha"].max()),
        high=float(released["area_ha"].max() / areas["area_ha"].min()),
    )
    return _found(
        question,
        [shares],
        [released, areas],
        label="area reported as released over areas stated as hazardous",
        assumption="the share is of the hazardous area as any office stated it, and released means as reported",
    )


def find_share_of_country(question: Question) -> Search:
    """Return the stated hazardous areas over the area of the district polygons."""
    areas = _stated_areas(question)
    country = sum(one.area_km2 for one in read_districts(question.basis.evidence)) * _HA_PER_KM2
    return _found(
        question,
        [Range(low=float(areas["area_ha"].min()) / country, high=float(areas["area_ha"].max()) / country)],
        [areas],
        label="stated hazardous areas over the area of the district polygons",
        assumption="the whole of the stated hazardous area is meant, whenever it was stated",
    )


def find_civilian_share(question: Question) -> Search:
    """Return the share of civilians in the printed splits nearest to the date."""
    rows = _splits_around(question)
    civilians = rows["civilian_killed"] + rows["civilian_injured"]
    shares = (civilians / rows[list(_SPLITS)].sum(axis=1)).astype(float)
    return _found(
        question,
        [Range(low=float(shares.min()), high=float(shares.max()))],
        [rows],
        label="civilians over all in printed splits by outcome and group",
        assumption="the statement is about all casualties, killed and injured, since the war of 2020",
        crosses=(ScopePart.ORIGINATOR, ScopePart.PERIOD),
    )


def find_civilian_share_of_killed(question: Question) -> Search:
    """Return the share of civilians among the killed in the printed splits nearest to the date."""
    rows = _splits_around(question)
    shares = (rows["civilian_killed"] / (rows["civilian_killed"] + rows["military_killed"])).astype(float)
    return _found(
        question,
        [Range(low=float(shares.min()), high=float(shares.max()))],
        [rows],
        label="civilians killed over all killed in printed splits",
        assumption="both are counts of one series since the war of 2020",
    )


def find_accidents(question: Question) -> Search:
    """Return what counts of accidents on other pages allow: at least the last before, at most the first after."""
    if question.row["period_start_last"] > _COUNT_START + pd.Timedelta(days=30):
        raise InsufficientEvidence("counts with another start than the war of 2020 are published nowhere else")
    claims = question.basis.table("claims")
    rows = claims[
        claims["quantity"].isin(_ACCIDENTS)
        & (claims["source_id"] != question.page)
        & (claims["comparator"] == "=")
        & claims["geography"].isin(_HERE)
        & (claims["period_start_last"] <= _COUNT_START + pd.Timedelta(days=30))
    ].copy()
    # A count to the end of a period is of that day, not of the day on which it was told.
    rows["day"] = rows["period_end_last"].fillna(rows["as_of_last"])
    end = question.row["period_end_last"]
    day = question.row["as_of_last"] if pd.isna(end) else end
    return _between(question, rows, day, label="counts of accidents on other pages")


def find_outside_count(question: Question) -> Search:
    """Return what counts outside the former line on other pages allow: at least those before, at most those after."""
    casualties = str(question.row["quantity"]).startswith(("victims", "casualties"))
    rows = _outside_rows(question, casualties=casualties)
    rows = rows.assign(value=rows["numerator"], day=rows["as_of_last"])
    return _between(question, rows, question.row["as_of_last"], label="counts outside the line on other pages")


def find_outside_line_share(question: Question) -> Search:
    """Return the shares of accidents outside the former line that are published with counts."""
    rows = _outside_rows(question, casualties=False)
    shares = (rows["numerator"] / rows["denominator"]).astype(float)
    return _found(
        question,
        [Range(low=float(shares.min()), high=float(shares.max()))],
        [rows],
        label="shares of accidents outside the line, with counts",
        assumption="the share is that of the counted accidents, and changed little between the counts",
    )


def find_women_and_children(question: Question) -> Search:
    """Return the reconciled numbers of children and of women, added."""
    span = {"first": question.row["as_of_first"], "last": question.row["as_of_last"]}
    parts = [group_since_1991(question.basis, name, **span) for name in ("children", "women")]
    ends = [(one.value, one.value) if one.interval is None else (one.interval.low, one.interval.high) for one in parts]
    return _found(
        question,
        [Range(low=sum(low for low, _ in ends), high=sum(high for _, high in ends))],
        [group_rows(question.basis, name) for name in ("children", "women")],
        label="children and women as printed elsewhere, each as a count that never falls, added",
        assumption="nobody is counted both as a child and as a woman",
    )


def find_year_released(question: Question) -> Search:
    """Return what was reported as released in the year a plan is for."""
    rows = question.basis.table_by_end("clearance_period")
    year = question.row["period_start_first"]
    if pd.isna(year) or question.row["geography"] not in _HERE:
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
    return _found(
        question,
        [Range(low=float(found["area_ha"].min()), high=float(found["area_ha"].max()))],
        [found],
        label=f"area reported as released in {year.year}",
        assumption="the plan is held against what was reported for its year by all operators",
        crosses=(ScopePart.ORIGINATOR, ScopePart.QUANTITY),
    )


def find_transfers(question: Question) -> Search:
    """Return how many days of handovers in 2021 each account names."""
    table = question.basis.evidence.table("map_record")
    table = table[~table["originator"].isin(question.basis.excluded) & (table["source_id"] != question.page)]
    named = table[(table["handed_over_on_precision"] == "day") & (table["handed_over_on_last"].dt.year == 2021)]
    counts = named[named["party"].str.endswith("_authorities")].groupby("party")["handed_over_on"].nunique()
    if counts.empty:
        raise InsufficientEvidence("no handover dated to the day is told by an authority on another page")
    return _found(
        question,
        [Range(low=float(count), high=float(count)) for count in sorted({*counts})],
        [named],
        label="days of handovers in 2021 as the authorities of either side tell them",
        assumption="a handover is a day, and the authorities of a side together name every one they know of",
    )


def find_donor_share(question: Question) -> Search:
    """Return money from abroad over all money spent, where one page prints both."""
    claims = question.basis.table("claims")
    claims = claims[claims["source_id"] != question.page]
    whole = claims[(claims["quantity"] == "spending_on_demining") & claims["value"].notna()]
    part = claims[(claims["quantity"] == "donor_funding") & claims["source_id"].isin(whole["source_id"])]
    if part.empty:
        raise InsufficientEvidence("no other page prints both the money from abroad and all money spent")
    shares = (part.set_index("source_id")["value"] / whole.set_index("source_id")["value"]).dropna().astype(float)
    return _found(
        question,
        [Range(low=float(shares.min()), high=float(shares.max()))],
        [whole, part],
        label="money from abroad over all money spent on demining",
        assumption="spent and allocated are one, and the share did not change between the dates",
        crosses=(ScopePart.ORIGINATOR, ScopePart.PERIOD),
    )


def find_injured(question: Question) -> Search:
    """Return the number injured at the nearest date in the same place: survivors are at most so many."""
    rows = question.basis.table("casualties_running_total")
    rows = rows[(rows["geography"] == question.row["geography"]) & rows["injured"].notna()]
    rows = rows[rows["source_id"] != question.page]
    if rows.empty:
        raise InsufficientEvidence("no number of injured is published for the same place")
    apart = (rows["as_of_last"] - question.row["as_of_last"]).abs()
    near = rows[apart == apart.min()]
    return _found(
        question,
        [Range(low=0.0, high=float(near["injured"].max()))],
        [near],
        label="persons injured by the nearest date",
        assumption="survivors are among the persons registered as injured",
    )


def find_change_of_casualties(question: Question) -> Search:
    """Return the change from the year before to the year of the statement, by who counted both years."""
    rows = question.basis.evidence.table("casualties_period")
    rows = rows[~rows["originator"].isin(question.basis.excluded) & rows["total"].notna()]
    year = int(question.row["period_start_first"].year)
    whole = {
        one: rows[
            (rows["geography"] == question.row["geography"])
            & (rows["period_start_first"] == pd.Timestamp(one, 1, 1))
            & (rows["period_end_last"] == pd.Timestamp(one, 12, 31))
        ]
        for one in (year - 1, year)
    }
    both = sorted({*whole[year - 1]["originator"]} & {*whole[year]["originator"]})
    if not both:
        raise InsufficientEvidence(f"nobody's counts for both {year - 1} and {year} are published for the same place")
    totals = {one: frame.groupby("originator")["total"].max() for one, frame in whole.items()}
    changes = sorted({float(totals[year][name] - totals[year - 1][name]) for name in both})
    return _found(
        question,
        [Range(low=one, high=one) for one in changes],
        list(whole.values()),
        label=f"casualties of {year} less those of {year - 1}",
        assumption="the counting of both years was the same",
    )


def find_children_share(question: Question) -> Search:
    """Return children over all casualties in the running totals of the same place."""
    rows = question.basis.table("casualties_running_total")
    rows = rows[
        (rows["geography"] == question.row["geography"])
        & rows["children"].notna()
        & rows["total"].notna()
        & rows["comparator"].isin(["=", ">="])
        & (rows["source_id"] != question.page)
    ]
    if rows.empty:
        raise InsufficientEvidence("no total with the children among it is published for the same place")
    shares = (rows["children"] / rows["total"]).astype(float)
    return _found(
        question,
        [Range(low=float(shares.min()), high=float(shares.max()))],
        [rows],
        label="children over all casualties in printed totals of the same place",
        assumption="the statement is about the casualties since 1995 that these totals count",
    )


def _found(
    question: Question,
    readings: Iterable[Range],
    rows: Iterable[pd.DataFrame],
    *,
    label: str,
    assumption: str,
    crosses: tuple[ScopePart, ...] = (ScopePart.ORIGINATOR,),
) -> Search:
    frames = list(rows)
    originators = sorted_union(*(frame["originator"] for frame in frames))
    scope = replace(question.statement.scope, originator=", ".join(originators))
    if ScopePart.QUANTITY in crosses:
        scope = replace(scope, quantity="area released")
    counterpart = Counterpart(
        label=label,
        readings=tuple(readings),
        scope=scope,
        sources=sorted_union(*(frame["source_id"] for frame in frames)),
        originators=originators,
        bridge=Bridge(crosses=crosses, assumption=assumption),
        note=label,
    )
    return Search(counterparts=(counterpart,))


def _between(question: Question, rows: pd.DataFrame, day: pd.Timestamp, *, label: str) -> Search:
    """Return the range that a count can have which never falls: from the last before to the first after."""
    before, after = rows[rows["day"] <= day], rows[rows["day"] >= day]
    if before.empty and after.empty:
        raise InsufficientEvidence("no such count is published on another page")
    low = 0.0 if before.empty else float(before["value"].max())
    high = float("inf") if after.empty else float(after["value"].min())
    if low > high:
        raise InsufficientEvidence(f"the counts before and after exclude each other: {low:g} then {high:g}")
    used = [frame for frame in (before, after) if not frame.empty]
    number = question.statement.number
    if number is not None and low < high and Range(low=low, high=high).gap_from(number.low) == 0:
        # Two counts around a date only bound the count at it: agreement with them is that with a bound.
        reading, bounded = Range(low=low, high=float("inf")), f"{label}: from {low:g} to {high:g}"
    else:
        reading, bounded = Range(low=low, high=high), label
    return _found(question, [reading], used, label=bounded, assumption=_ONE_COUNT)


def _stated_areas(question: Question) -> pd.DataFrame:
    rows = question.basis.table("contamination_estimate")
    rows = rows[
        (rows["category"] == "total")
        & rows["geography"].isin(_HERE)
        & rows["area_ha"].notna()
        & (rows["as_of_last"] > _COUNT_START)
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
    return _around(rows, "period_end_last", question.row, "no area released by then is published")


def _splits_around(question: Question) -> pd.DataFrame:
    rows = question.basis.table("casualties_running_total")
    rows = rows[
        rows[list(_SPLITS)].notna().all(axis=1)
        & rows["geography"].isin(_HERE)
        & (rows["period_start_last"] == _COUNT_START)
        & (rows["source_id"] != question.page)
    ]
    return _around(rows, "as_of_last", question.row, "no split by civilians and military is published")


def _around(rows: pd.DataFrame, column: str, said: pd.Series, reason: str) -> pd.DataFrame:
    """Return the rows of the last date before the days a statement may be of and of the first after them."""
    if rows.empty:
        raise InsufficientEvidence(reason)
    before = rows.loc[rows[column] <= said["as_of_first"], column]
    after = rows.loc[rows[column] >= said["as_of_last"], column]
    near = [*([] if before.empty else [before.max()]), *([] if after.empty else [after.min()])]
    return rows[rows[column].isin(near)]


def _outside_rows(question: Question, *, casualties: bool) -> pd.DataFrame:
    rows = question.basis.table("map_assessment")
    counted = rows[
        (rows["quantity"] == "outside_line_of_contact")
        & rows["numerator"].notna()
        & (rows["source_id"] != question.page)
        & (rows["definition"].str.contains("INCIDENTS") != casualties)
    ]
    if counted.empty:
        raise InsufficientEvidence("no count outside the former line is published on another page")
    return counted
