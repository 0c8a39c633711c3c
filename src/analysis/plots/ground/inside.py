"""Share of points inside the records, by distance tolerance beside relocated points, and by location error."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots.maps.blank import blank
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_COLOURS: Final = {
    "uniform (weak)": PALETTE["grey"],
    "within strata": PALETTE["green"],
    "all together (torus)": PALETTE["orange"],
}

_APART: Final = 0.12
"""Least distance of two names of curves, in heights of the axes."""


@house_style()
def inside_share(tolerance: pd.DataFrame, location_error: pd.DataFrame, *, note: str) -> Figure:
    """Return the figure: left, share by tolerance with relocated points; right, by location error.

    Parameters
    ----------
    tolerance, location_error
        Tables of :class:`analysis.maps.ground.study.GroundResults`.
    note
        Lines under the figure, with the warning.
    """
    figure, (left, right) = new_figure(
        width_mm=DOUBLE_MM, height_mm=88, columns=2, gridspec_kw={"width_ratios": [1.35, 1]}
    )
    if tolerance.empty:
        blank(left, "points")
        blank(right, "points")
    else:
        _by_tolerance(left, tolerance)
        _by_error(right, location_error)
    source_note(figure, note)
    return figure


def _by_tolerance(axis: Axes, table: pd.DataFrame) -> None:
    ends: list[tuple[float, str, str]] = []
    for name, colour in _COLOURS.items():
        null = table[table["relocation"] == name]
        if null.empty:
            continue
        band = (100 * null["relocated_low"], 100 * null["relocated_high"])
        axis.fill_between(null["tolerance_m"], *band, color=colour, alpha=0.25, linewidth=0)
        axis.plot(null["tolerance_m"], 100 * null["relocated_mean"], color=colour, linewidth=0.9)
        ends.append((100 * float(null["relocated_mean"].iloc[-1]), f"relocated\n{name}", colour))
    observed = table.drop_duplicates("tolerance_m")
    axis.plot(observed["tolerance_m"], 100 * observed["share"], color=PALETTE["blue"], marker="o")
    ends.append((100 * float(observed["share"].iloc[-1]), "points", PALETTE["blue"]))
    widest = float(table["tolerance_m"].max())
    axis.set_xlim(-0.02 * widest, 1.28 * widest)
    axis.set_xticks([tick for tick in axis.get_xticks() if 0 <= tick <= widest])
    axis.set_xlim(-0.02 * widest, 1.28 * widest)
    top = max(5.0, 1.12 * 100 * float(table[["share", "relocated_high"]].max().max()))
    axis.set_ylim(0, top)
    _label_ends(axis, ends, at=widest, apart=_APART * top)
    axis.set_xlabel("Distance to the nearest record that counts as inside, m")
    axis.set_ylabel("Share of points, %")
    first, last = observed.iloc[0], observed.iloc[-1]
    where = "inside a record" if first["tolerance_m"] == 0 else f"within {first['tolerance_m']:g} m"
    title(
        axis,
        f"{100 * first['share']:.3g} % of points {where}, {100 * last['share']:.3g} % within {last['tolerance_m']:g} m",
        detail="Bands: range of as many points put elsewhere. Points tell where\n"
        "something happened, not how much land the records cover",
    )


def _label_ends(axis: Axes, ends: list[tuple[float, str, str]], *, at: float, apart: float) -> None:
    """Write the names of the curves beside their ends, from the lowest up, none nearer than `apart` to the next."""
    lowest = -float("inf")
    for height, words, colour in sorted(ends):
        lowest = max(height, lowest + apart)
        axis.annotate(
            words,
            xy=(at, lowest),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontsize=text_pt(6.5),
        )


def _by_error(axis: Axes, table: pd.DataFrame) -> None:
    axis.fill_between(
        table["error_m"], 100 * table["low"], 100 * table["high"], color=PALETTE["blue"], alpha=0.2, linewidth=0
    )
    axis.plot(table["error_m"], 100 * table["expected"], color=PALETTE["vermilion"], marker="o", clip_on=False)
    axis.axhline(100 * float(table["share"].iloc[0]), color=PALETTE["blue"], linewidth=0.9)
    axis.set_ylim(0, max(5.0, 1.15 * 100 * float(table["high"].max())))
    axis.set_xlim(0, float(table["error_m"].max()) * 1.03)
    axis.set_xlabel("Location error of a point, m")
    axis.set_ylabel("Share of points inside, %")
    title(
        axis,
        "What location error can do to it",
        detail="Band: bounds if no point is off by more. Line: as given.\nDots: mean after a further normal error",
    )
