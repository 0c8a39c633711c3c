"""The killed among the casualties of each calendar year, as one body counted both; the study of the template notebook.

Small on purpose: what a new study needs, each in a few lines. See docs/guide.md.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.casualties.captions import FigureText, FigureWords
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Period, sorted_union
from analysis.evidence import Evidence
from analysis.evidence.names import originator_names
from analysis.stats.proportions import proportion_interval

NOT_CLUSTERED: Final = "persons fare independently of each other, which those in one accident do not: too narrow"


def killed_by_year(evidence: Evidence, *, body: str, confidence_level: float) -> pd.DataFrame:
    """Return one row a calendar year for which `body` printed killed and injured, in order of years.

    Parameters
    ----------
    evidence
        The loaded evidence.
    body
        An `originator_id`.
    confidence_level
        Of the intervals, 0 to 1.

    Returns
    -------
    DataFrame
        `year`, `geography`, `killed`, `casualties` (killed and injured), `killed_share` with `low` and `high` (0 to 1),
        `originator` with its `name` in words, `row_id`, `source_id`. A year is missing where nothing was printed; one
        printed twice stands once, as on the later page.

    Raises
    ------
    InsufficientEvidence
        If the body printed both for no calendar year.
    """
    name = originator_names(evidence).get(body, body)
    rows = evidence.table("casualties_period")
    rows = rows[(rows["originator"] == body) & rows["killed"].notna() & rows["injured"].notna()]
    rows = rows[_whole_years(rows) & (rows["comparator"] == "=")].sort_values(["period_start_first", "row_id"])
    if rows.empty:
        raise InsufficientEvidence(f"{name} printed killed and injured of no calendar year")
    counts = pd.DataFrame(
        {
            "year": [moment.year for moment in rows["period_start_first"]],
            "geography": rows["geography"].to_numpy(),
            "killed": rows["killed"].astype(int).to_numpy(),
            "casualties": (rows["killed"] + rows["injured"]).astype(int).to_numpy(),
            "originator": body,
            "name": name,
            "row_id": rows["row_id"].to_numpy(),
            "source_id": rows["source_id"].to_numpy(),
        }
    )
    # A year that the body printed twice is one year: its later page counts.
    counts = counts[counts["casualties"] > 0].drop_duplicates(["year", "geography"], keep="last", ignore_index=True)
    counts["killed_share"] = counts["killed"] / counts["casualties"]
    ends = [
        proportion_interval(killed, casualties, level=confidence_level)
        for killed, casualties in zip(counts["killed"], counts["casualties"], strict=True)
    ]
    return counts.assign(low=[one.low for one in ends], high=[one.high for one in ends])


def _whole_years(rows: pd.DataFrame) -> pd.Series:
    first, last = pd.to_datetime(rows["period_start_first"]), pd.to_datetime(rows["period_end_last"])
    starts = (first.dt.month == 1) & (first.dt.day == 1)
    ends = (last.dt.month == 12) & (last.dt.day == 31)
    return starts & ends & (first.dt.year == last.dt.year)


def killed_share(found: pd.DataFrame, *, confidence_level: float) -> Estimate:
    """Return the share killed over all years of :func:`killed_by_year` together."""
    killed, casualties = int(found["killed"].sum()), int(found["casualties"].sum())
    start, end = pd.Timestamp(int(found["year"].min()), 1, 1), pd.Timestamp(int(found["year"].max()), 12, 31)
    return Estimate(
        quantity="killed among casualties of calendar years with a printed count",
        value=killed / casualties,
        unit="share",
        interval=proportion_interval(killed, casualties, level=confidence_level),
        method="Wilson's interval (Wilson 1927)",
        n=casualties,
        n_unit="persons",
        period=Period(start=start.date(), end=end.date()),
        geography=", ".join(sorted(set(found["geography"]))).replace("_", " "),
        sources=sorted_union(found["source_id"]),
        assumptions=(NOT_CLUSTERED,),
    )


def figure_words(found: pd.DataFrame, *, body: str, confidence_level: float) -> FigureWords:
    """Return what is written on the figure."""
    lowest, highest = 100 * found["killed_share"].min(), 100 * found["killed_share"].max()
    return FigureWords(
        message=f"{lowest:.0f} to {highest:.0f} % killed, by the years of one body",
        detail=f"Calendar years as printed, with {100 * confidence_level:g} % Wilson intervals",
        note=f"Source: {found['source_id'].nunique()} pages with counts of {_name(found, body)}.\n"
        f"n = {found['casualties'].sum()} killed or injured in {len(found)} years.",
    )


def figure_text(found: pd.DataFrame, *, body: str, confidence_level: float) -> FigureText:
    """Return caption, description, drawn numbers and sources of the figure."""
    words = figure_words(found, body=body, confidence_level=confidence_level)
    return FigureText(
        caption=f"{words['message']}. {words['detail']}; {NOT_CLUSTERED}. {words['note']} Years without a printed "
        "count are left out, not zero.",
        alt=f"Dots over years with vertical lines: {len(found)} shares killed by the count of {_name(found, body)}, "
        f"{found['killed_share'].min():.2f} to {found['killed_share'].max():.2f}; {_lines(found)}.",
        drawn=found.drop(columns="source_id"),
        sources=sorted_union(found["source_id"]),
    )


def _name(found: pd.DataFrame, body: str) -> str:
    return str(found.loc[found["originator"] == body, "name"].iloc[0])


def _lines(found: pd.DataFrame) -> str:
    """Return how long the intervals are, and whether one share lies in all of them."""
    lengths = found["high"] - found["low"]
    low, high = found["low"].max(), found["high"].min()
    common = (
        f"shares from {low:.2f} to {high:.2f} lie in all of them" if low <= high else "no share lies in all of them"
    )
    return f"the lines are {lengths.min():.2f} to {lengths.max():.2f} long, and {common}"
