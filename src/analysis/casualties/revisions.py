"""A rival reading that lets the running total fall: what was printed for each date, without a path over time."""

from __future__ import annotations

import pandas as pd

from analysis.errors import InsufficientEvidence


def totals_as_printed(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the median of the totals printed for each date, one vote an originator and figure, free to fall.

    Parameters
    ----------
    figures
        Printed figures as :func:`analysis.casualties.printed.figures` reads them; only points count. The total of a row
        is the printed one or the sum of its killed and injured.

    Returns
    -------
    DataFrame
        date, total (the lower of two middle values), votes, highest_before (missing for the first date), fall (by how
        much the total is below it, 0 if it is not).

    Raises
    ------
    InsufficientEvidence
        If no figure is a point.
    """
    points = figures[figures["kind"] == "equal"]
    wide = points.pivot_table(
        index=["date", "row_id", "originator"], columns="quantity", values="value", aggfunc="first"
    )
    wide = wide.reindex(columns=["killed", "injured", "total"])
    totals = wide["total"].fillna(wide["killed"] + wide["injured"]).dropna().rename("total").reset_index()
    if totals.empty:
        raise InsufficientEvidence("no total is printed as a number dated to the day")
    votes = totals.drop_duplicates(["date", "originator", "total"])
    by_date = votes.groupby("date", sort=True)["total"]
    # The lower median is a printed figure; the mean of two middle values would be nobody's.
    medians = by_date.quantile(0.5, interpolation="lower").astype("int64")
    table = pd.DataFrame({"total": medians, "votes": by_date.size()}).reset_index()
    table["highest_before"] = table["total"].cummax().shift().astype("Int64")
    table["fall"] = (table["highest_before"] - table["total"]).clip(lower=0).fillna(0).astype("int64")
    return table


def falls(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the dates at which the printed total is below an earlier one; see :func:`totals_as_printed`."""
    table = totals_as_printed(figures)
    return table[table["fall"] > 0].reset_index(drop=True)
