"""Where a common shift of the records can be found, in made-up worlds."""

from __future__ import annotations

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.plots.style import PALETTE, SINGLE_MM, house_style, new_figure, source_note, title


@house_style()
def frontier_grid(frontier: pd.DataFrame, *, found_often: float, note: str) -> Figure:
    """Return the figure: a grid of recorded share by error, with the share of worlds in which the shift is found.

    Parameters
    ----------
    frontier
        Table of :func:`analysis.maps.ground.frontier.shift_frontier`.
    found_often
        Share from which a shift counts as identifiable; such cells have a frame.
    note
        Lines under the figure, with the warning.
    """
    figure, (axis,) = new_figure(width_mm=SINGLE_MM, height_mm=92)
    grid = frontier.pivot_table(index="recorded_share", columns="error_m", values="found_share")
    shades = LinearSegmentedColormap.from_list("found", ["#FFFFFF", PALETTE["sky"]])
    axis.imshow(grid.to_numpy(), origin="lower", cmap=shades, vmin=0, vmax=1, aspect="auto")
    for row, share in enumerate(grid.index):
        for column, error in enumerate(grid.columns):
            found = float(grid.loc[share, error])
            axis.annotate(f"{100 * found:.0f}", xy=(column, row), ha="center", va="center")
            if found >= found_often:
                frame = Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, fill=False, edgecolor=PALETTE["blue"])
                axis.add_patch(frame)
    axis.set_xticks(range(len(grid.columns)), [f"{error:g}" for error in grid.columns])
    axis.set_yticks(range(len(grid.index)), [f"{100 * float(share):g}" for share in grid.index])
    axis.tick_params(length=0)
    axis.set_xlabel("Error of each record's position, m")
    axis.set_ylabel("Minefields with a record, %")
    title(
        axis,
        "Poor records hide a common shift",
        detail=f"% of {int(frontier['worlds'].iloc[0])} made-up worlds in which it is found;\n"
        f"framed: {100 * found_often:g} % or more, elsewhere not identifiable",
    )
    source_note(figure, note)
    return figure
