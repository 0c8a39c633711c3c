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
    votes = _votes(figures)
    by_date = votes.groupby("date", sort=True)["total"]
    # The lower median is a printed figure; the mean of two middle values would be nobody's.
    medians = by_date.quantile(0.5, interpolation="lower").astype("int64")
    table = pd.DataFrame({"total": medians, "votes": by_date.size()}).reset_index()
    table["highest_before"] = table["total"].cummax().shift().astype("Int64")
    table["fall"] = (table["highest_before"] - table["total"]).clip(lower=0).fillna(0).astype("int64")
    return table


def downward_revisions(figures: pd.DataFrame) -> pd.DataFrame:
    """Return every step down from one printed date to the next that a reading with falling totals has to allow.

    Parameters
    ----------
    figures
        As for :func:`totals_as_printed`, whose totals these are.

    Returns
    -------
    DataFrame
        date_before, date, from_total, to_total, rows_before, rows (row_id of every vote of the date),
        originators_before, originators; empty if the total never falls.

    Raises
    ------
    InsufficientEvidence
        If no figure is a point.
    """
    grouped = _votes(figures).groupby("date", sort=True)
    table = totals_as_printed(figures)[["date", "total"]].merge(
        pd.DataFrame(
            {
                "rows": grouped["row_id"].agg(_listed),
                "originators": grouped["originator"].agg(_listed),
            }
        ).reset_index(),
        on="date",
    )
    before = table.shift().rename(columns={name: f"{name}_before" for name in table.columns})
    steps = pd.concat([table, before], axis="columns").rename(
        columns={"total_before": "from_total", "total": "to_total"}
    )
    steps = steps[steps["to_total"] < steps["from_total"]].astype({"from_total": "int64"})
    order = ["date_before", "date", "from_total", "to_total"]
    return steps[[*order, "rows_before", "rows", "originators_before", "originators"]].reset_index(drop=True)


def _votes(figures: pd.DataFrame) -> pd.DataFrame:
    """Return date, row_id, originator and total of each vote: one an originator, figure and date."""
    points = figures[figures["kind"] == "equal"]
    wide = points.pivot_table(
        index=["date", "row_id", "originator"], columns="quantity", values="value", aggfunc="first"
    )
    wide = wide.reindex(columns=["killed", "injured", "total"])
    totals = wide["total"].fillna(wide["killed"] + wide["injured"]).dropna().rename("total").reset_index()
    if totals.empty:
        raise InsufficientEvidence("no total is printed as a number dated to the day")
    return totals.drop_duplicates(["date", "originator", "total"])


def _listed(names: pd.Series[str]) -> str:
    return ", ".join(sorted(set(names)))
