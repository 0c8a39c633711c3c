"""What a printed area can mean: its last digit, and its comparator."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

import numpy as np
import pandas as pd

InexactRows = Literal["as printed", "as bounds", "leave out"]

EXACT: Final = "="
_ABOUT: Final = "~"
_LOWER: Final = (">", ">=")


def printed_unit(value: float) -> float:
    """Return the size of the last digit of `value` that is not zero: 41,915.77 gives 0.01, 64,000 gives 1,000.

    Zeros at the end of a whole number are taken as rounding, since no page says whether they are digits.
    """
    if value == 0:
        return 1.0
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return float(Decimal(1).scaleb(int(exponent)))


def area_ranges(frame: pd.DataFrame, *, inexact_rows: InexactRows) -> pd.DataFrame:
    """Return what each printed area allows, ha: columns `low` and `high`.

    An exact or 'about' figure is allowed one unit of its last printed digit either way, because pages both round and
    cut (53,081.8 is also printed as 53,081). 'More than' has no upper end and 'up to' starts at 0.

    Parameters
    ----------
    frame
        Rows with `area_ha` and `comparator`.
    inexact_rows
        "as bounds": as above. "as printed": every figure like an exact one. "leave out": inexact rows get missing ends.
    """
    value = np.asarray(frame["area_ha"].astype("Float64").to_numpy(dtype=float, na_value=np.nan), dtype=np.float64)
    unit = np.array([np.nan if np.isnan(each) else printed_unit(float(each)) for each in value], dtype=np.float64)
    low, high = np.maximum(value - unit, 0.0), value + unit
    stated = frame["comparator"]
    inexact = (stated != EXACT).to_numpy(dtype=bool)
    if inexact_rows == "leave out":
        low, high = np.where(inexact, np.nan, low), np.where(inexact, np.nan, high)
    elif inexact_rows == "as bounds":
        above = stated.isin(_LOWER).to_numpy(dtype=bool)
        below = inexact & ~above & (stated != _ABOUT).to_numpy(dtype=bool)
        low = np.where(above, value, np.where(below, 0.0, low))
        high = np.where(above, np.inf, np.where(below, value, high))
    missing = np.isnan(value)
    return pd.DataFrame(
        {"low": np.where(missing, np.nan, low), "high": np.where(missing, np.nan, high)}, index=frame.index
    )
