"""Do the bodies that count agree? Their counts for one year and area, or for one span of days, against each other."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from datetime import date
from itertools import combinations
from typing import Any, Final

import pandas as pd

from analysis.casualties.running_totals import RegisteredPath
from analysis.casualties.scope import without
from analysis.casualties.two_lists import UNION_LABEL, ListCount, union_bounds
from analysis.errors import InsufficientEvidence
from analysis.estimate import Period
from analysis.evidence import Evidence

_DAY: Final = pd.Timedelta(days=1)

# Readings of notes that tell how two lists are related; keyed by row and page, so that other evidence cannot match.
_STATED: Final = {
    ("cp-0041", "monitor-2012-10-17-azerbaijan-casualties-2011"): (
        "anama",
        "the longer list is said to be the shorter one and two more",
    ),
    ("cp-0107", "menafn-azernews-2024-02-27-azcbl"): (
        "prosecutor_general",
        "said to repeat the other body's numbers: agreement of prints",
    ),
}

UNKNOWN_OVERLAP: Final = "not stated"


def agreement(counts: pd.DataFrame, parties: pd.Series[str]) -> pd.DataFrame:
    """Return every pair of two named bodies that print an exact total for one year and area, equal ones too.

    Parameters
    ----------
    counts
        As :func:`analysis.casualties.annual.annual_counts` returns them.
    parties
        Party of each originator.

    Returns
    -------
    DataFrame
        year, area, originator_1, originator_2, total_1, total_2, difference (second less first), ratio (larger over
        smaller; missing where the smaller is 0), overlap (what is known of shared data, in words), same_page (the two
        stand on one page), row_id_1, row_id_2, source_id_1, source_id_2. A body that prints two totals has two rows.
    """
    exact = counts[(counts["comparator"] == "=") & counts["total"].notna() & (counts["originator"] != "unknown")]
    columns = ["year", "area", "originator", "total", "killed", "injured", "row_id", "source_id"]
    pairs = exact[columns].merge(exact[columns], on=["year", "area"], suffixes=("_1", "_2"))
    pairs = pairs[pairs["originator_1"] < pairs["originator_2"]].copy()
    pairs["difference"] = pairs["total_2"] - pairs["total_1"]
    larger, smaller = (getattr(pairs[["total_1", "total_2"]], name)(axis=1) for name in ("max", "min"))
    pairs["ratio"] = larger.astype(float) / smaller.astype(float).where(smaller > 0)
    pairs["overlap"] = [_overlap(row, parties) for row in pairs.to_dict("records")]
    pairs["same_page"] = pairs["source_id_1"] == pairs["source_id_2"]
    order = ["year", "area", "originator_1", "originator_2", "total_1", "total_2"]
    rest = ["difference", "ratio", "overlap", "same_page", "row_id_1", "row_id_2", "source_id_1", "source_id_2"]
    return pairs.sort_values([*order, "row_id_1", "row_id_2"])[[*order, *rest]].reset_index(drop=True)


def by_pair(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return one line for each pair of bodies, year and area, however many totals a body prints for the year.

    Parameters
    ----------
    pairs
        As :func:`agreement` returns them.

    Returns
    -------
    DataFrame
        year, area, originator_1, originator_2, differ (no total of the one is a total of the other, as in
        :func:`analysis.casualties.annual.pairs_of_bodies`), ratio_low, ratio_high (least and largest ratio of larger
        over smaller total; missing without one), stated_overlap (something is known of shared data).
    """
    lines = pairs.assign(differ=pairs["difference"] != 0, stated_overlap=pairs["overlap"] != UNKNOWN_OVERLAP)
    keys = ["year", "area", "originator_1", "originator_2"]
    return (
        lines.groupby(keys, sort=True)
        .agg(
            differ=("differ", "all"),
            ratio_low=("ratio", "min"),
            ratio_high=("ratio", "max"),
            stated_overlap=("stated_overlap", "any"),
        )
        .reset_index()
    )


def agreement_without_each(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return how far the pairs differ, one a year and area, with all bodies and without each of them in turn.

    Returns
    -------
    DataFrame
        left_out ('nobody' first), pairs, differing, median_ratio_low and median_ratio_high (larger over smaller, over
        pairs with a ratio, missing without one; they differ where a body prints two totals for a year), largest_ratio,
        with_stated_overlap.
    """
    bodies = sorted({*pairs["originator_1"], *pairs["originator_2"]})
    without_each = [
        _summary(body, pairs[(pairs["originator_1"] != body) & (pairs["originator_2"] != body)]) for body in bodies
    ]
    return pd.DataFrame([_summary("nobody", pairs), *without_each])


def unions(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return for each pair what the two lists come to together, or why two numbers say nothing about it.

    Counts that one page sets beside each other are read as of the same devices; on different pages nothing says so.

    Returns
    -------
    DataFrame
        year, area, originator_1, originator_2, total_1, total_2, low, high (missing where refused), what (the label of
        the bound, or the reason).
    """
    columns = ["year", "area", "originator_1", "originator_2", "total_1", "total_2"]
    bounds = [_union(row) for row in pairs.to_dict("records")]
    table = pairs[columns].reset_index(drop=True).join(pd.DataFrame(bounds, columns=["low", "high", "what"]))
    return table.astype({"low": "Int64", "high": "Int64"})


def beside_registered(
    evidence: Evidence,
    registered: RegisteredPath,
    *,
    list_originators: Collection[str] = ("anama",),
    exclude_originators: Collection[str] = (),
    period_end: date | None = None,
) -> pd.DataFrame:
    """Return other bodies' counts in closed periods since 10 November 2020 beside what the running totals gained then.

    Parameters
    ----------
    list_originators
        Bodies whose closed periods belong to the running total itself and are no counterpart.

    Returns
    -------
    DataFrame
        start, end, originator, counted (in words with its bound), gained_low, gained_high (range of the path over the
        same days), lies ('inside', 'above by n', 'below by n'; of a bound only what it says), row_id, source_id.
    """
    table = evidence.table("casualties_period")
    first = pd.Timestamp(registered.path["date"].iloc[0])
    days = (table["period_start_precision"] == "day") & (table["period_end_precision"] == "day")
    rows = table[days & (table["period_start_first"] >= first) & (table["geography"] == "azerbaijan")]
    rows = without(rows, exclude_originators)
    rows = rows[~rows["originator"].isin(list(list_originators))]
    last = registered.path["date"].iloc[-1] if period_end is None else pd.Timestamp(period_end)
    rows = rows[rows["period_end_last"] <= min(last, registered.path["date"].iloc[-1])]
    rows = rows.assign(counted=rows["total"].fillna(rows["killed"] + rows["injured"]))
    rows = rows[rows["counted"].notna()]
    found = [_beside(row, registered) for row in rows.to_dict("records")]
    order = ["start", "end", "originator", "counted", "gained_low", "gained_high", "lies", "row_id", "source_id"]
    if not found:
        return pd.DataFrame(columns=order)
    return pd.DataFrame(found)[order].sort_values(["start", "end", "originator", "row_id"]).reset_index(drop=True)


def same_day_totals(rows: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of named bodies that print an exact running total for the same day, summed up by pair.

    Returns
    -------
    DataFrame
        originator_1, originator_2, days, equal (days on which a total of the one is a total of the other),
        largest_difference. All of them print one count: agreement of prints.
    """
    exact = rows[(rows["comparator"] == "=") & rows["total"].notna() & (rows["as_of_precision"] == "day")]
    exact = exact[exact["originator"] != "unknown"]
    found: dict[tuple[str, str], list[int]] = {}
    for _, group in exact.groupby("as_of_last", sort=True):
        printed = {str(name): sorted(set(one["total"])) for name, one in group.groupby("originator", sort=True)}
        for pair in combinations(printed, 2):
            least = min(abs(int(a) - int(b)) for a in printed[pair[0]] for b in printed[pair[1]])
            found.setdefault(pair, []).append(least)
    lines = [
        {
            "originator_1": pair[0],
            "originator_2": pair[1],
            "days": len(gaps),
            "equal": gaps.count(0),
            "largest_difference": max(gaps),
        }
        for pair, gaps in sorted(found.items())
    ]
    return pd.DataFrame(lines, columns=["originator_1", "originator_2", "days", "equal", "largest_difference"])


def _overlap(pair: Mapping[Hashable, Any], parties: pd.Series[str]) -> str:
    for side, other in (("1", "2"), ("2", "1")):
        stated = _STATED.get((str(pair[f"row_id_{side}"]), str(pair[f"source_id_{side}"])))
        if stated is not None and stated[0] == pair[f"originator_{other}"]:
            return stated[1]
    equal = [_same(pair, name) for name in ("total", "killed", "injured")]
    if all(equal):
        return "equal in total, killed and injured: two counts or agreement of prints"
    first, second = parties.get(str(pair["originator_1"])), parties.get(str(pair["originator_2"]))
    if first == second and first is not None and str(first).endswith("authorities"):
        return "offices of one party: agreement of prints"
    return UNKNOWN_OVERLAP


def _same(pair: Mapping[Hashable, Any], name: str) -> bool:
    one, other = pair[f"{name}_1"], pair[f"{name}_2"]
    return bool(not pd.isna(one) and not pd.isna(other) and one == other)


def _summary(left_out: str, pairs: pd.DataFrame) -> dict[str, object]:
    single = by_pair(pairs)
    known = single[single["ratio_high"].notna()]
    return {
        "left_out": left_out,
        "pairs": len(single),
        "differing": int(single["differ"].sum()),
        "median_ratio_low": known["ratio_low"].median() if len(known) else None,
        "median_ratio_high": known["ratio_high"].median() if len(known) else None,
        "largest_ratio": known["ratio_high"].max() if len(known) else None,
        "with_stated_overlap": int(single["stated_overlap"].sum()),
    }


def _union(pair: Mapping[Hashable, Any]) -> tuple[object, object, str]:
    year = int(str(pair["year"]))
    lists = [
        ListCount(
            body=str(pair[f"originator_{side}"]),
            area=str(pair["area"]),
            period=Period(start=date(year, 1, 1), end=date(year, 12, 31)),
            devices="as one page sets them side by side" if pair["same_page"] else "",
            count=int(str(pair[f"total_{side}"])),
        )
        for side in ("1", "2")
    ]
    try:
        bound = union_bounds(*lists)
    except InsufficientEvidence as reason:
        return pd.NA, pd.NA, f"refused: {reason}"
    stated = "" if pair["overlap"] == UNKNOWN_OVERLAP else f"; {pair['overlap']}"
    return int(bound.low), int(bound.high), UNION_LABEL + stated


def _beside(row: Mapping[Hashable, Any], registered: RegisteredPath) -> dict[str, object]:
    start, end = pd.Timestamp(str(row["period_start_first"])), pd.Timestamp(str(row["period_end_last"]))
    before, after = registered.span_at(start - _DAY, "total"), registered.span_at(end, "total")
    low, high, counted = max(after[0] - before[1], 0), after[1] - before[0], int(str(row["counted"]))
    bound = row["comparator"] in (">=", ">")
    if low <= counted <= high or (bound and counted <= high):
        lies = "inside" if not bound else "can hold as a bound"
    else:
        lies = f"above by {counted - high}" if counted > high else f"below by {low - counted}"
    return {
        "start": start,
        "end": end,
        "originator": row["originator"],
        "counted": f"{'at least ' if bound else ''}{counted}",
        "gained_low": low,
        "gained_high": high,
        "lies": lies,
        "row_id": row["row_id"],
        "source_id": row["source_id"],
    }
