"""Shares from other countries, each with its own definition beside it."""

from __future__ import annotations

import textwrap
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.maps.outcomes import records
from analysis.plots.maps.blank import blank
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_COLOURS: Final = (PALETTE["blue"], PALETTE["vermilion"], PALETTE["green"])
_ROW_MM: Final = 6.6
_ABOVE_MM, _BELOW_MM = 10.0, 17.0
_DOTS_MM, _TEXT_MM = (38.5, 94.0), (98.0, 182.0)
_DEFINITION_CHARACTERS: Final = 74


@house_style()
def benchmark_dots(shares: pd.DataFrame, *, note: str) -> Figure:
    """Return the figure: one row a share, grouped by what it measures, the definition to the right.

    Parameters
    ----------
    shares
        Table of :func:`analysis.maps.benchmarks.benchmark_shares`.
    note
        Line of sources under the figure.
    """
    groups = list(dict.fromkeys(shares["group"])) if len(shares) else []
    height_mm = _ABOVE_MM + _BELOW_MM + _ROW_MM * (len(shares) + len(groups))
    figure, (axis, text) = new_figure(width_mm=DOUBLE_MM, height_mm=height_mm, columns=2, sharey=True)
    # The columns have fixed places, since titles and definitions are wider than the axes they belong to.
    figure.set_layout_engine("none")
    for panel, (left, right) in ((axis, _DOTS_MM), (text, _TEXT_MM)):
        height = 1 - (_ABOVE_MM + _BELOW_MM) / height_mm
        panel.set_position((left / DOUBLE_MM, _BELOW_MM / height_mm, (right - left) / DOUBLE_MM, height))
    text.set_axis_off()
    if shares.empty:
        blank(axis, "benchmarks")
    else:
        _rows(axis, text, shares, groups)
    source_note(figure, note)
    return figure


def _rows(axis: Axes, text: Axes, shares: pd.DataFrame, groups: list[str]) -> None:
    ticks: list[float] = []
    labels: list[str] = []
    height = 0.0
    for group, colour in zip(groups, _COLOURS, strict=False):
        text.annotate(
            group[0].upper() + group[1:],
            xy=(0, height),
            va="center",
            color=colour,
            weight="bold",
            fontsize=text_pt(6.5),
        )
        height -= 1
        for row in records(shares[shares["group"] == group]):
            _dot(axis, row, height, colour)
            # Spaces that do not break keep the two counts on one line.
            counts = (
                f" ({row['counts']})".replace(" of ", "\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}") if row["counts"] else ""
            )
            words = textwrap.fill(f"{row['definition']}{counts}", _DEFINITION_CHARACTERS)
            text.annotate(words, xy=(0, height), va="center", fontsize=text_pt(6.0))
            ticks.append(height)
            labels.append(f"{row['place']}, {_year(row['year'])}")
            height -= 1
    axis.set_yticks(ticks, labels)
    axis.tick_params(axis="y", length=0)
    axis.set_ylim(height + 0.4, 0.6)
    axis.set_xlim(0, 112)
    axis.set_xticks([0, 25, 50, 75, 100])
    axis.set_xlabel("Share as printed or derived from two printed counts, %")
    text.set_xlim(0, 1)
    title(
        axis,
        f"{len(shares)} shares from elsewhere measure {len(groups)} kinds of thing and are not averaged",
        detail="Line: what the wording or a stated range allows. No share here is an estimate for another place",
    )


def _dot(axis: Axes, row: dict[str, object], height: float, colour: str) -> None:
    share, low, high = (100 * float(str(row[name])) for name in ("share", "low", "high"))
    axis.axhline(height, color=PALETTE["pale"], linewidth=0.4, zorder=0)
    axis.plot([low, high], [height, height], color=colour, linewidth=1.2)
    axis.plot([share], [height], marker="o", color=colour, markersize=4.5)
    words = {">=": "at least ", ">": "more than ", "<": "below ", "~": "about "}.get(str(row["comparator"]), "")
    digits = f"{share:.1f}" if not np.isclose(share, round(share)) else f"{share:.0f}"
    right = share > 75
    axis.annotate(
        f"{words}{digits}",
        xy=(low if right else max(high if high < 90 else share, share), height),
        xytext=(-5 if right else 5, 3 if high > 90 and not right else 0),
        textcoords="offset points",
        ha="right" if right else "left",
        va="bottom" if high > 90 and not right else "center",
        fontsize=text_pt(6.5),
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )


def _year(year: object) -> str:
    return "n.d." if pd.isna(year) else str(year)  # type: ignore[call-overload]
