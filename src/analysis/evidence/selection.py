"""Choosing rows by period, originator and how exactly their figure is stated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

import pandas as pd

from analysis.errors import ParameterError

InexactRows = Literal["as printed", "as bounds", "without"]
"""What an analysis does with figures stated as 'more than', 'about' and the like."""


def select(
    frame: pd.DataFrame,
    *,
    date_column: str = "as_of",
    period_start: date | str | None = None,
    period_end: date | str | None = None,
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
) -> pd.DataFrame:
    """Return the rows of an evidence table that an analysis asks for, in their order, with a fresh index.

    Parameters
    ----------
    frame
        Table of :meth:`Evidence.table`.
    date_column
        Date column that must lie in the period; a month or a year must lie in it with all its days.
    period_start, period_end
        First and last day, both included; None or empty for no limit. With a limit, rows without a date are left out.
    exclude_originators
        `originator_id` of bodies, or names of parties, whose rows are left out.
    inexact_rows
        'without' leaves out rows whose comparator is not '='; the other two keep every row.

    Raises
    ------
    ParameterError
        When an originator or party to leave out stands in no row, or `inexact_rows` is not one of its values.
    """
    keep = pd.Series(True, index=frame.index)
    if period_start:
        keep &= frame[f"{date_column}_first"] >= pd.Timestamp(period_start)
    if period_end:
        keep &= frame[f"{date_column}_last"] <= pd.Timestamp(period_end)
    if exclude_originators:
        keep &= ~frame["originator"].isin(exclude_originators) & ~frame["party"].isin(exclude_originators)
    if inexact_rows not in ("as printed", "as bounds", "without"):
        raise ParameterError(f"inexact_rows: one of 'as printed', 'as bounds', 'without'; got {inexact_rows!r}")
    if inexact_rows == "without" and "comparator" in frame.columns:
        keep &= frame["comparator"].fillna("=") == "="
    return frame[keep.fillna(False).astype(bool)].reset_index(drop=True)
