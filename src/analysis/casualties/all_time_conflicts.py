"""Totals since the early 1990s: which of them can be true together, by arithmetic on the printed rows alone.

One rule is used: a count of the same people or more, at the same date or later, is not smaller.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.casualties.all_time import INSIDE


def contradictions(stated: pd.DataFrame) -> pd.DataFrame:
    """Return each pair of statements that cannot both be true of one count: the earlier one is above the later one.

    Parameters
    ----------
    stated
        As :func:`analysis.casualties.all_time.statements` returns them.

    Returns
    -------
    DataFrame
        quantity, earlier, earlier_by, earlier_date, later, later_by, later_date, too_low_by (how far the later one is
        below), earlier_row, later_row.
    """
    pairs = stated.merge(stated, on="quantity", suffixes=("_1", "_2"))
    inside = np.array(
        [second in INSIDE[first] for first, second in zip(pairs["area_1"], pairs["area_2"], strict=True)], dtype=bool
    )
    ordered = (pairs["last_1"] <= pairs["first_2"]) & (pairs["row_id_1"] != pairs["row_id_2"])
    bad = pairs[ordered & inside & ~pairs["civilians_only_2"] & (pairs["low_1"] > pairs["high_2"])]
    table = pd.DataFrame(
        {
            "quantity": bad["quantity"],
            "earlier": bad["words_1"],
            "earlier_by": bad["originator_1"],
            "earlier_date": bad["last_1"],
            "later": bad["words_2"],
            "later_by": bad["originator_2"],
            "later_date": bad["last_2"],
            "too_low_by": (bad["low_1"] - bad["high_2"]).astype("int64"),
            "earlier_row": bad["row_id_1"],
            "later_row": bad["row_id_2"],
        }
    )
    order = ["quantity", "earlier_date", "later_date", "earlier_row", "later_row"]
    return table.sort_values(order).reset_index(drop=True)


def contradictions_without_each(stated: pd.DataFrame) -> pd.DataFrame:
    """Return how many contradictions are left with all bodies and without each in turn: left_out, contradictions."""
    found = contradictions(stated)
    bodies = sorted({*found["earlier_by"], *found["later_by"]})
    left = [{"left_out": "nobody", "contradictions": len(found)}]
    for body in bodies:
        kept = found[(found["earlier_by"] != body) & (found["later_by"] != body)]
        left.append({"left_out": body, "contradictions": len(kept)})
    return pd.DataFrame(left)


def set_aside(found: pd.DataFrame) -> pd.DataFrame:
    """Return a short list of rows without which no contradiction is left, the one in most of them first.

    The choice is by number of contradictions only and says nothing about which statement is wrong.

    Returns
    -------
    DataFrame
        row_id, stated, by, date, contradictions (removed with it), largest (by how much), or_row (the other row where
        all of them are with one row: either would do; else empty).
    """
    rest, rows = found, []
    while len(rest):
        sides = [
            rest[[f"{side}_row", side, f"{side}_by", f"{side}_date", "too_low_by", f"{other}_row"]].set_axis(
                ["row_id", "stated", "by", "date", "too_low_by", "other"], axis=1
            )
            for side, other in (("earlier", "later"), ("later", "earlier"))
        ]
        both = pd.concat(sides)
        counted = both.groupby("row_id")["too_low_by"].agg(["size", "max"]).reset_index()
        worst = counted.sort_values(["size", "max", "row_id"], ascending=[False, False, True]).iloc[0]
        own = both[both["row_id"] == worst["row_id"]]
        others = sorted(set(own["other"]))
        rows.append(
            {
                "row_id": worst["row_id"],
                "stated": "; ".join(dict.fromkeys(own["stated"])),
                "by": own["by"].iloc[0],
                "date": own["date"].iloc[0],
                "contradictions": int(worst["size"]),
                "largest": int(worst["max"]),
                "or_row": others[0] if len(others) == 1 else "",
            }
        )
        rest = rest[(rest["earlier_row"] != worst["row_id"]) & (rest["later_row"] != worst["row_id"])]
    return pd.DataFrame(rows, columns=["row_id", "stated", "by", "date", "contradictions", "largest", "or_row"])
