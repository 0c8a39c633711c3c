"""How numbers travel: one panel a number, one lane an originator, one mark a print."""

from __future__ import annotations

import textwrap
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.plots.dates import date_axis, day
from analysis.plots.heights import allowed_height_mm
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, title

_LANE_MM, _PANEL_MM, _FRAME_MM = 4.6, 17.0, 22.0
_COLOURS: Final = {
    "azerbaijan_authorities": (PALETTE["blue"], "authorities of Azerbaijan"),
    "azerbaijan_civil_society": (PALETTE["sky"], "civil society of Azerbaijan"),
    "armenia_authorities": (PALETTE["vermilion"], "authorities of Armenia"),
    "nagorno_karabakh_de_facto": (PALETTE["orange"], "de facto authorities of Nagorno-Karabakh"),
    "international_ngo": (PALETTE["green"], "international organisations"),
    "international_organisation": (PALETTE["green"], "international organisations"),
}
_OTHER: Final = (PALETTE["grey"], "another or not named")
_MARGIN: Final = pd.Timedelta(days=60)


@house_style()
def journeys_figure(marks: pd.DataFrame, *, note: str) -> Figure:
    """Return the figure: filled marks print the number, open ones another figure for the same.

    Parameters
    ----------
    marks
        As :func:`analysis.claims.provenance.journey_marks` returns them; at least one row.
    note
        Line of sources under the figure.
    """
    numbers = list(dict.fromkeys(marks["number"]))
    lanes = [marks.loc[marks["number"] == name, "lane"].nunique() for name in numbers]
    height = sum(lanes) * _LANE_MM + len(numbers) * _PANEL_MM + _FRAME_MM
    figure, axes = new_figure(
        width_mm=DOUBLE_MM,
        height_mm=allowed_height_mm(height),
        rows=len(numbers),
        gridspec_kw={"height_ratios": [one * _LANE_MM + 5 for one in lanes]},
    )
    for axis, name in zip(axes, numbers, strict=True):
        _panel(axis, name, marks[marks["number"] == name])
    kinds = dict(_COLOURS.get(party, _OTHER)[::-1] for party in marks["party"])
    handles = [Line2D([], [], marker="o", linewidth=0, color=colour, label=words) for words, colour in kinds.items()]
    handles += [
        Line2D([], [], marker="o", linewidth=0, color=PALETTE["black"], label="prints the number"),
        Line2D(
            [], [], marker="o", linewidth=0, color=PALETTE["black"], markerfacecolor="white", label="another figure"
        ),
    ]
    figure.legend(handles=handles, ncols=4, loc="outside upper left")
    source_note(figure, "\n".join(textwrap.wrap(note, 170)))
    return figure


def _panel(axis: Axes, name: str, marks: pd.DataFrame) -> None:
    lanes = list(dict.fromkeys(marks["lane"]))
    for _, mark in marks.iterrows():
        colour = _COLOURS.get(str(mark["party"]), _OTHER)[0]
        y = lanes.index(mark["lane"])
        face = colour if mark["repeats"] else "white"
        axis.plot([day(mark["date"])], [y], "o", color=colour, markerfacecolor=face, markersize=4, alpha=0.9, zorder=3)
    for y in range(len(lanes)):
        axis.axhline(y, color=PALETTE["pale"], linewidth=0.5, zorder=0)
    first = marks.loc[marks["repeats"], "date"]
    if len(first):
        axis.axvline(day(first.min()), color=PALETTE["grey"], linewidth=0.7, linestyle=":")
    date_axis(axis, marks["date"].min() - _MARGIN, marks["date"].max() + _MARGIN)
    axis.set(ylim=(len(lanes) - 0.5, -0.5), yticks=range(len(lanes)))
    axis.set_yticklabels(
        [
            textwrap.shorten(
                one.replace("of the Republic of Azerbaijan ", ""), 48, placeholder=" \N{HORIZONTAL ELLIPSIS}"
            )
            for one in lanes
        ]
    )
    axis.tick_params(axis="y", length=0)
    axis.spines["left"].set_visible(False)
    printed = int(marks["repeats"].sum())
    voices = marks.loc[marks["repeats"], "lane"].nunique()
    title(axis, f"{name}: {printed} dated prints by {voices} {'voice' if voices == 1 else 'voices'}")
