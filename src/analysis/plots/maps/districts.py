"""A map of listed accidents by district, and counts around handovers of records."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Polygon

from analysis.plots.maps.blank import blank
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

if TYPE_CHECKING:
    from analysis.maps.district_shapes import DistrictShape

# Least count of each class with its colour, palest first; grey stands outside the scale.
_CLASSES: Final = (
    (1, "1 to 4", "#C6DBEF"),
    (5, "5 to 9", "#8FBBDC"),
    (10, "10 to 19", "#3478AE"),
    (20, "20 or more", "#0B559F"),
)
_NONE_LISTED: Final = "#D0D0D0"
_DARK_FROM: Final = 10
_NAME_PT: Final = 5.5
_LARGE_PT: Final = 7.5
_BEFORE_PT: Final = 6.5  # wider than the dot of after, so that it is seen where both counts are the same
_MARGIN_DEGREES: Final = 0.12
_MOVED_PT: Final[Mapping[str, tuple[float, float]]] = {"Gubadli": (-3.5, 0.0), "Khojavend": (4.5, 0.0)}
"""Names wider than their district is where the label stands, moved by so many points to where it is wide enough."""


@house_style()
def accidents_by_district(
    shapes: Sequence[DistrictShape], counts: pd.DataFrame, around: pd.DataFrame, *, window_days: int, note: str
) -> Figure:
    """Return the figure: left, the map; right, counts before and after handovers.

    Parameters
    ----------
    shapes
        Of :func:`analysis.maps.district_shapes.district_shapes`.
    counts, around
        Tables of :class:`analysis.maps.district_accidents.DistrictAccidents`.
    window_days
        Days before and after a handover.
    note
        Lines under the figure, with the warning.
    """
    figure, (left, right) = new_figure(
        width_mm=DOUBLE_MM, height_mm=118, columns=2, gridspec_kw={"width_ratios": [1.75, 1]}
    )
    _map(left, shapes, counts.set_index("district")["accidents"].to_dict())
    without = counts[(counts["polygon"] != "yes") & (counts["accidents"] > 0)]
    words = "; ".join(f"{row['district']} {row['accidents']}" for _, row in without.iterrows())
    title(
        left,
        f"{counts['accidents'].iloc[0]} of {counts['accidents'].sum()} listed accidents were reported from "
        f"{counts['district'].iloc[0]}",
        detail="Accidents in a list of press reports, number by district"
        + (f"\nNot on the map: {words}" if words else ""),
    )
    if around.empty:
        blank(right, "a district with a handover")
    else:
        _around(right, around, window_days)
    source_note(figure, note)
    return figure


def _map(axis: Axes, shapes: Sequence[DistrictShape], counts: Mapping[Hashable, int]) -> None:
    shown = [shape for shape in shapes if shape.in_focus]
    points = np.array([point for shape in shown for ring in shape.outer_rings for point in ring])
    (west, south), (east, north) = points.min(axis=0) - _MARGIN_DEGREES, points.max(axis=0) + _MARGIN_DEGREES
    for shape in shapes:
        for ring in shape.outer_rings:
            colour = _colour(counts.get(shape.name, 0))
            axis.add_patch(Polygon(ring, closed=True, facecolor=colour, edgecolor="white", linewidth=0.5))
    labelled: set[str] = set()
    for shape in shown:
        count = counts.get(shape.name, 0)
        if shape.name in labelled or not count:
            continue
        labelled.add(shape.name)
        axis.annotate(
            f"{shape.name}\n{count}",
            shape.label_at,
            xytext=_MOVED_PT.get(shape.name, (0.0, 0.0)),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=text_pt(_NAME_PT),
            color="white" if count >= _DARK_FROM else PALETTE["black"],
            linespacing=0.95,
        )
    axis.set_xlim(west, east)
    axis.set_ylim(south, north)
    axis.set_aspect(1 / math.cos(math.radians((south + north) / 2)))
    axis.set_axis_off()
    axis.legend(
        handles=[
            Patch(facecolor=_NONE_LISTED, label="none listed (not: none happened)"),
            *(Patch(facecolor=colour, label=f"{words} listed") for _, words, colour in _CLASSES),
        ],
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        # A legend wider than the map would make the map smaller, and its names touch.
        ncols=3 if text_pt(_NAME_PT) < _LARGE_PT else 2,
        columnspacing=1.2,
    )


def _colour(count: int) -> str:
    fitting = [colour for least, _, colour in _CLASSES if count >= least]
    return fitting[-1] if fitting else _NONE_LISTED


def _around(axis: Axes, around: pd.DataFrame, window_days: int) -> None:
    places = np.arange(len(around))[::-1].astype(np.float64)
    groups = (
        ("before", "after", "blue", 0.16, "in the district"),
        ("others_before", "others_after", "grey", -0.16, "in all others"),
    )
    for before, after, colour, shift, words in groups:
        for place, (_, row) in zip(places, around.iterrows(), strict=True):
            axis.plot([row[before], row[after]], [place + shift] * 2, color=PALETTE[colour], linewidth=0.8)
        axis.plot(
            around[before],
            places + shift,
            "o",
            color=PALETTE[colour],
            markerfacecolor="white",
            markersize=_BEFORE_PT,
            label=f"before, {words}",
        )
        axis.plot(around[after], places + shift, "o", color=PALETTE[colour], label=f"after, {words}")
    labels = [
        f"{row['district']}\n{row['handed_over_on']}\n{row['days_before']} and {row['days_after']} days"
        for _, row in around.iterrows()
    ]
    axis.set_yticks(places, labels)
    axis.set_ylim(-0.6, len(around) - 0.2)
    axis.set_xlim(left=-0.8)
    axis.set_xlabel("Listed accidents")
    axis.legend(loc="upper center", bbox_to_anchor=(0.4, -0.1), ncols=2, columnspacing=0.8, handletextpad=0.2)
    tells = int(around["detectable_ratio"].ge(0.5).sum())
    title(
        axis,
        "Too few to tell" if tells == 0 else f"A halving could be found in {tells} of {len(around)}",
        detail=f"Up to {window_days} days before and after records\nof the district were handed over",
    )
