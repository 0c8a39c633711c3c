"""Device counts as the tables hold them: mines (antipersonnel and antitank), unexploded ordnance, all devices."""

from __future__ import annotations

from typing import Final

import pandas as pd

KINDS: Final = ("ap_mines", "at_mines", "mines", "uxo", "all_devices")
LABELS: Final = {
    "ap_mines": "antipersonnel mines",
    "at_mines": "antitank mines",
    "mines": "mines (antipersonnel and antitank)",
    "uxo": "unexploded ordnance",
    "all_devices": "all devices",
}

# Pages that print mines without a split stand in the column of all devices, and their notes say so.
_MINES_ONLY: Final = r"mines only|AP plus AT"


def device_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `ap_mines`, `at_mines`, `mines`, `uxo`, `all_devices` of each row; missing where not reported.

    `mines` is the sum of both mine columns, or a total whose note says that it counts mines only, which then is no
    total of all devices. `all_devices` is the printed total, else the sum of all three parts where all are printed.
    """
    mines_only = rows["notes"].fillna("").str.contains(_MINES_ONLY, regex=True) & rows["ap_mines"].isna()
    total = rows["all_devices"]
    mines = (rows["ap_mines"] + rows["at_mines"]).fillna(total.where(mines_only))
    parts = rows["ap_mines"] + rows["at_mines"] + rows["uxo"]
    return pd.DataFrame(
        {
            "ap_mines": rows["ap_mines"],
            "at_mines": rows["at_mines"],
            "mines": mines,
            "uxo": rows["uxo"],
            "all_devices": total.mask(mines_only).fillna(parts),
        }
    ).astype("Float64")
