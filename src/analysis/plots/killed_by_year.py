"""Shares killed by year with their intervals; the figure of the template notebook."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.plots.style import PALETTE, SINGLE_MM, house_style, new_figure, source_note, title


@house_style()
def killed_by_year_figure(found: pd.DataFrame, *, message: str, detail: str, note: str) -> Figure:
    """Return the figure: a dot and an interval a year.

    Parameters
    ----------
    found
        As :func:`analysis.casualties.killed_by_year.killed_by_year` returns it.
    message, detail, note
        Title, line under it, line of sources.
    """
    figure, (axis,) = new_figure(width_mm=SINGLE_MM, height_mm=62.0)
    axis.vlines(found["year"], 100 * found["low"], 100 * found["high"], color=PALETTE["blue"], linewidth=0.8)
    axis.plot(found["year"], 100 * found["killed_share"], "o", color=PALETTE["blue"], markersize=3.5, clip_on=False)
    axis.set(ylim=(0, 100), ylabel="Killed among casualties, %", xlabel="Year")
    first, last = int(found["year"].min()), int(found["year"].max())
    axis.set_xticks(range(first, last + 1, max((last - first) // 4, 1)))  # whole years
    title(axis, message, detail=detail)
    source_note(figure, note)
    return figure
