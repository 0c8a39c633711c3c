"""Dates at which the reconciled path is a lower bound only, because nothing printed bounds it from above."""

from __future__ import annotations

import pandas as pd

from analysis.casualties.running_totals import RegisteredPath


def open_above(registered: RegisteredPath, quantity: str) -> pd.Series[bool]:
    """Return, for each date of the path, whether nothing printed for it or a later date bounds the quantity from above.

    A total ("total") is bounded by an exact or "fewer than" figure of it, or by those of killed and injured on one
    date; "killed" and "injured" by one of their own or by a bound of the total. Where nothing bounds it, the path is a
    lower bound and the high end of its range means nothing.
    """
    capped = registered.figures[registered.figures["kind"] != "at least"]
    ends = capped.groupby("quantity")["day"].max()
    killed, injured = (set(capped.loc[capped["quantity"] == part, "day"]) for part in ("killed", "injured"))
    total = max([ends.get("total", 0), *(killed & injured)])
    last = total if quantity == "total" else max(total, ends.get(quantity, 0))
    later: pd.Series[bool] = registered.path["day"] > last
    return later


def ends_open(registered: RegisteredPath, quantity: str) -> bool:
    """Return whether the quantity is a lower bound only on the last date of the path."""
    return bool(open_above(registered, quantity).iloc[-1])
