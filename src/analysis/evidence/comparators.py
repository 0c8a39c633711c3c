"""How a source states a figure, read as a bound: 'more than 3,400' is a lower bound, not 3,400 with noise."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd


class Comparator(StrEnum):
    """The six ways a figure is stated."""

    EXACT = "="
    MORE_THAN = ">"
    AT_LEAST = ">="
    ABOUT = "~"
    FEWER_THAN = "<"
    AT_MOST = "<="


_LOWER = (Comparator.MORE_THAN, Comparator.AT_LEAST)
_UPPER = (Comparator.FEWER_THAN, Comparator.AT_MOST)


def bounds(frame: pd.DataFrame, column: str, *, comparator: str = "comparator") -> pd.DataFrame:
    """Return what each printed figure allows: columns `low` and `high`, in the unit of `column`.

    Parameters
    ----------
    frame
        An evidence table.
    column
        The figure. A count (nullable integer) excludes the printed number itself under '>' and '<'; a measured
        quantity does not exclude anything below the printed digit, so its bound is the number itself.
    comparator
        Column that holds the comparator.

    Returns
    -------
    DataFrame
        Index of `frame`. A missing figure has missing bounds. '=' and '~' give (v, v): what 'about' may mean is a
        choice of the analysis, which finds those rows with :func:`is_approximate`. A missing end is infinite.
    """
    value = frame[column].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    stated = frame[comparator]
    strict = 1.0 if pd.api.types.is_integer_dtype(frame[column].dtype) else 0.0
    low = np.where(stated == Comparator.MORE_THAN, value + strict, value)
    low = np.where(stated.isin(_UPPER), -np.inf, low)
    high = np.where(stated == Comparator.FEWER_THAN, value - strict, value)
    high = np.where(stated.isin(_LOWER), np.inf, high)
    missing = np.isnan(value)
    return pd.DataFrame(
        {"low": np.where(missing, np.nan, low), "high": np.where(missing, np.nan, high)}, index=frame.index
    )


def is_approximate(frame: pd.DataFrame, *, comparator: str = "comparator") -> pd.Series:
    """Say for each row whether the source states its figure as 'about'."""
    return (frame[comparator] == Comparator.ABOUT).fillna(False).astype(bool)
