"""A curve for the notebook with sliders; its pictures are shown and never saved."""

from __future__ import annotations

import pandas as pd

from analysis.plots.formats import rendered
from analysis.plots.style import PALETTE, SINGLE_MM, house_style, new_figure, title


@house_style()
def curve_picture(
    curve: pd.Series, *, at: float, message: str, x_label: str, y_label: str, log_x: bool = False
) -> bytes:
    """Return a PNG of a curve with one of its points marked.

    Parameters
    ----------
    curve
        Values to draw, by what stands on the horizontal axis.
    at
        Where the point is; a label of the curve.
    message, x_label, y_label
        Title and names of the axes.
    log_x
        Whether the horizontal axis is logarithmic.
    """
    figure, (axis,) = new_figure(width_mm=SINGLE_MM, height_mm=62.0)
    axis.plot(curve.index, curve, color=PALETTE["blue"])
    axis.plot([at], [curve.loc[at]], "o", color=PALETTE["vermilion"], clip_on=False)
    axis.set(xlabel=x_label, ylabel=y_label, xscale="log" if log_x else "linear", ylim=(0, None))
    title(axis, message)
    return rendered(figure, "png", dpi=150)
