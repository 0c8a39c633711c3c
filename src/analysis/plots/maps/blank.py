"""A panel for which the selection leaves nothing: it says so and shows no axes."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plots.style import text_pt


def blank(axis: Axes, what: str) -> None:
    """Write into the panel that no row is left for it."""
    axis.set_axis_off()
    axis.annotate(
        f"No row is left for {what};\nsee the table of what is not estimable.",
        xy=(0.02, 0.5),
        xycoords="axes fraction",
        fontsize=text_pt(6.5),
        color="#4D4D4D",
    )
