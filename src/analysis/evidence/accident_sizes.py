"""How many people each listed accident killed or injured, with one rule for blank cells."""

from __future__ import annotations

import pandas as pd


def casualties_per_accident(accidents: pd.DataFrame) -> pd.Series[int]:
    """Return killed plus injured of each accident, on the rows' own index, missing where either is blank.

    A blank cell is a number nobody printed, not zero: an accident with one killed and the injured blank has one
    casualty or more, so its size is unknown and no average of sizes can use it. Zero means that both are printed as 0.

    Parameters
    ----------
    accidents
        Rows of the table `accidents`, with the whole numbers `killed` and `injured`.
    """
    return (accidents["killed"] + accidents["injured"]).astype("Int64").rename("casualties")
