"""Casualties by calendar year as each body counted them, side by side and never summed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

import pandas as pd

from analysis.casualties.running_totals import RegisteredPath
from analysis.casualties.scope import without
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence

AREAS: Final = {
    "azerbaijan_excluding_nagorno_karabakh": "Azerbaijan without Nagorno-Karabakh",
    "azerbaijan": "Azerbaijan",
    "regained_districts": "Azerbaijan",
    "nagorno_karabakh": "Nagorno-Karabakh",
    "armenia": "Armenia",
}
"""Areas a body counts in; from 2020 on the offices in Azerbaijan count for all of it in one series."""

NOT_PUBLISHED: Final = "no counterpart published"


def annual_counts(
    evidence: Evidence, *, first_year: int = 1999, exclude_originators: Collection[str] = ()
) -> pd.DataFrame:
    """Return every printed count of a whole calendar year, one row a count, restatements with the same numbers once.

    Returns
    -------
    DataFrame
        year, area, originator, total, killed, injured (missing where not printed), comparator, prints (rows that say
        the same), row_id and source_id of the first of them.

    Raises
    ------
    InsufficientEvidence
        If there is none.
    """
    table = evidence.table("casualties_period")
    first, last = table["period_start_first"], table["period_end_last"]
    whole = (
        (first.dt.year == last.dt.year)
        & (first.dt.strftime("%m-%d") == "01-01")
        & (last.dt.strftime("%m-%d") == "12-31")
        & (table["period_end_precision"] == "day")
    )
    rows = table[whole & (first.dt.year >= first_year) & table["geography"].isin(list(AREAS))]
    rows = without(rows, exclude_originators)
    if rows.empty:
        raise InsufficientEvidence(f"no count of a whole calendar year since {first_year} is left")
    counts = pd.DataFrame(
        {
            "year": rows["period_start_first"].dt.year,
            "area": rows["geography"].map(AREAS),
            "total": rows["total"].fillna(rows["killed"] + rows["injured"]),
            **{name: rows[name] for name in ("originator", "killed", "injured", "comparator", "row_id", "source_id")},
        }
    )
    # A row with the outcomes stands for a row that restates only the total.
    counts["detail"] = counts[["killed", "injured"]].notna().sum(axis=1)
    counts = counts.sort_values(
        ["area", "originator", "year", "total", "detail", "row_id"], ascending=[True] * 4 + [False, True]
    )
    keys = ["area", "originator", "year", "total", "comparator"]
    counts["prints"] = counts.groupby(keys, dropna=False)["row_id"].transform("size")
    return counts.drop_duplicates(keys).drop(columns="detail").reset_index(drop=True)


def side_by_side(counts: pd.DataFrame, *, first_year: int, last_year: int) -> pd.DataFrame:
    """Return one row a year and one column a body and area, as text.

    Several prints of one year stand beside each other ('32; 33'); a count of the killed or the injured only says so;
    a year without a count by a body is 'no counterpart published', never zero.
    """
    texts = counts.assign(text=counts.apply(_count_text, axis="columns"))
    together = texts.groupby(["year", "area", "originator"], sort=True)["text"].agg("; ".join).reset_index()
    wide = together.pivot_table(index="year", columns=["area", "originator"], values="text", aggfunc="first")
    wide = wide.sort_index(axis=1)
    return wide.reindex(pd.RangeIndex(first_year, last_year + 1, name="year")).fillna(NOT_PUBLISHED)


def registered_by_year(registered: RegisteredPath) -> pd.DataFrame:
    """Return how many casualties the running totals of the offices in Azerbaijan gained in each whole year, as a range.

    The range is over equally good readings and over the days without a printed total next to the turn of the year. It
    is ours, from running totals: nobody's count of the year.
    """
    first, last = registered.path["date"].iloc[0].year + 1, registered.path["date"].iloc[-1].year - 1
    rows = []
    for year in range(first, last + 1):
        before = registered.span_at(pd.Timestamp(date(year - 1, 12, 31)), "total")
        after = registered.span_at(pd.Timestamp(date(year, 12, 31)), "total")
        rows.append({"year": year, "low": max(after[0] - before[1], 0), "high": after[1] - before[0]})
    return pd.DataFrame(rows, columns=["year", "low", "high"])


def disagreements(counts: pd.DataFrame) -> pd.DataFrame:
    """Return each pair of different totals for one year and area, with difference and ratio.

    Both bodies can be the same one: its own restatements differ too. Agreement of bodies that share data is agreement
    of prints, not confirmation.
    """
    exact = counts[(counts["comparator"] == "=") & counts["total"].notna()]
    columns = ["year", "area", "originator", "total", "row_id"]
    pairs = exact[columns].merge(exact[columns], on=["year", "area"], suffixes=("_1", "_2"))
    pairs = pairs[(pairs["row_id_1"] != pairs["row_id_2"]) & (pairs["total_1"] < pairs["total_2"])]
    pairs["difference"] = pairs["total_2"] - pairs["total_1"]
    pairs["ratio"] = pairs["total_2"] / pairs["total_1"].where(pairs["total_1"] > 0)
    order = ["year", "area", "originator_1", "originator_2", "total_1", "total_2"]
    return pairs[[*order, "difference", "ratio"]].sort_values(order).reset_index(drop=True)


def pairs_of_bodies(counts: pd.DataFrame) -> pd.DataFrame:
    """Return each pair of named bodies that both print an exact total for the same year and area.

    Returns
    -------
    DataFrame
        year, area, originator_1, originator_2, differ (no total of the one is a total of the other). Bodies that are
        not named are in no pair: they may be one of the named ones.
    """
    exact = counts[(counts["comparator"] == "=") & counts["total"].notna() & (counts["originator"] != "unknown")]
    columns = ["year", "area", "originator", "total"]
    both = exact[columns].merge(exact[columns], on=["year", "area"], suffixes=("_1", "_2"))
    both = both[both["originator_1"] < both["originator_2"]]
    keys = ["year", "area", "originator_1", "originator_2"]
    equal = (both["total_1"] == both["total_2"]).groupby([both[key] for key in keys], sort=True).any()
    return (~equal).rename("differ").reset_index()


def _count_text(row: pd.Series) -> str:
    """Return one count as text, with what it leaves out."""
    worded = {">=": "at least ", ">": "more than ", "<": "fewer than ", "<=": "at most ", "~": "about "}
    prefix = worded.get(str(row["comparator"]), "")
    for name, suffix in (
        ("total", ""),
        ("injured", " injured, killed not printed"),
        ("killed", " killed, injured not printed"),
    ):
        if not pd.isna(row[name]):
            return f"{prefix}{row[name]}{suffix}"
    return NOT_PUBLISHED
