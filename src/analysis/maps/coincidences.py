"""Figures that come close although they count different things: listed as arithmetic, nothing inferred."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import pandas as pd

from analysis.maps.statements import COVERED, OUTSIDE_LINE, OUTSIDE_RECORDS, RIGHT, first_seen

_TOPICS: Final = (RIGHT, COVERED, OUTSIDE_RECORDS, OUTSIDE_LINE)


def coincidences(statements: pd.DataFrame, *, within: float = 0.02) -> pd.DataFrame:
    """Return pairs of shares of different topics that lie within `within` of each other.

    Each distinct figure of a topic enters once, by its first statement.

    Parameters
    ----------
    statements
        Table of :func:`analysis.maps.statements.as_statements`.
    within
        Largest difference, as a share of 1.

    Returns
    -------
    DataFrame
        `difference` (share, second less first), and for both figures `share`, `topic`, `unit`, `first_seen`, `by`,
        `definition`, `source_id`, with the ending _1 for the earlier and _2 for the later one; nearest pairs first.
    """
    figures = _distinct(statements)
    rows = []
    for first, second in combinations(figures.to_dict("records"), 2):
        if first["topic"] != second["topic"] and abs(first["share"] - second["share"]) <= within:
            pair = {f"{name}_1": value for name, value in first.items()}
            pair |= {f"{name}_2": value for name, value in second.items()}
            rows.append({"difference": second["share"] - first["share"]} | pair)
    names = list(figures.columns)
    table = pd.DataFrame(rows, columns=["difference", *[f"{name}_{n}" for n in (1, 2) for name in names]])
    order = table["difference"].abs().round(9)
    ordered = table.assign(order=order).sort_values(["order", "source_id_1", "source_id_2"], ignore_index=True)
    return ordered.drop(columns="order")


def _distinct(statements: pd.DataFrame) -> pd.DataFrame:
    dated = statements[
        statements["topic"].isin(_TOPICS) & statements["share"].notna() & statements["as_of_last"].notna()
    ]
    rows = []
    for _, group in dated.groupby(["topic", "unit_counted", "share"], sort=True):
        first = first_seen(group)
        rows.append(
            {
                "share": float(first["share"]),
                "topic": first["topic"],
                "unit": first["unit_counted"],
                "first_seen": first["as_of"],
                "by": first["attributed_to"],
                "definition": first["definition"],
                "source_id": first["source_id"],
                "day": first["as_of_last"],
            }
        )
    columns = ["share", "topic", "unit", "first_seen", "by", "definition", "source_id", "day"]
    table = pd.DataFrame(rows, columns=columns).sort_values(["day", "source_id", "topic"], ignore_index=True)
    return table.drop(columns="day")
