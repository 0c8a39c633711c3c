"""Axes of calendar time with a tick at the start of each year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num


def day_number(moment: pd.Timestamp) -> float:
    """Return a moment as matplotlib counts days."""
    return float(date2num(moment))  # type: ignore[no-untyped-call]


def year_start(year: int) -> float:
    """Return 1 January of a year as matplotlib counts days."""
    return day_number(pd.Timestamp(year, 1, 1))


def tick_years(axis: Axes, years: Iterable[int]) -> None:
    """Put a tick and the number of the year at each 1 January."""
    chosen = list(years)
    axis.set_xticks([year_start(year) for year in chosen], [str(year) for year in chosen])


def limit_days(axis: Axes, first: pd.Timestamp, last: pd.Timestamp, *, before: float, after: float) -> None:
    """Let the axis run from `before` days before the first day to `after` days after the last."""
    axis.set_xlim(day_number(first) - before, day_number(last) + after)
