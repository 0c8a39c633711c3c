"""An axis of dates that reads the same in every figure."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num


def day(moment: pd.Timestamp) -> float:
    """Return the moment as the number matplotlib places it at."""
    return float(date2num(moment))  # type: ignore[no-untyped-call]


def date_axis(axis: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Set the limits of a horizontal axis of dates, with four to nine ticks and short labels."""
    axis.set_xlim(day(first), day(last))
    locator = AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    axis.xaxis.set_major_locator(locator)
    axis.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))  # type: ignore[no-untyped-call]
