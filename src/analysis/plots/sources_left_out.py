"""Headlines without a source: their values over those from all the evidence, and without whom none."""

from __future__ import annotations

import textwrap
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_ROW_MM, _FRAME_MM = 4.6, 32.0
_WORDS_IN_COLUMN: Final = 52
# Dots of one row that would hide each other are spread by so much of a row.
_SPREAD: Final = 0.16


@house_style()
def left_out_figure(
    marks: pd.DataFrame, *, names: dict[str, str], party: str, party_words: str, message: str, note: str
) -> Figure:
    """Return the figure of left-out sources.

    Parameters
    ----------
    marks
        headline, what (originator, party), left_out, ratio (missing where not estimable), in the order drawn.
    names
        Name of each originator, as written in the right-hand column.
    party, party_words
        The party drawn apart, and its name in words.
    message, note
        Title, and line of sources under the figure.
    """
    headlines = list(dict.fromkeys(marks["headline"]))
    figure, (axis, beside) = new_figure(
        width_mm=DOUBLE_MM, height_mm=len(headlines) * _ROW_MM + _FRAME_MM, columns=2, width_ratios=[1.0, 0.62]
    )
    axis.axvline(1.0, color=PALETTE["vermilion"], lw=0.9, zorder=1, label="from all the evidence")
    apart = marks[(marks["what"] == "party") & (marks["left_out"] == party)]
    single = marks[marks["what"] == "originator"]
    place = {headline: row for row, headline in enumerate(headlines)}
    _dots(axis, single, place)
    rows = apart.dropna(subset=["ratio"])
    height = rows["headline"].map(place)
    words = f"without {party_words}"
    axis.plot(rows["ratio"], height, "D", ms=4.2, mfc="none", color=PALETTE["blue"], zorder=4, label=words)
    axis.set(ylim=(len(headlines) - 0.4, -1.6), yticks=range(len(headlines)), yticklabels=headlines)
    axis.set_xlabel("Value with somebody left out, over the headline")
    axis.tick_params(axis="y", length=0)
    axis.grid(axis="y", color="#EEEEEE", lw=0.5)
    _beside(beside, axis, single, apart, place, names=names, party_words=party_words)
    figure.legend(*axis.get_legend_handles_labels(), ncols=3, loc="outside upper left")
    title(axis, message)
    source_note(figure, "\n".join(textwrap.wrap(note, 170)))
    return figure


def _dots(axis: Axes, single: pd.DataFrame, place: dict[str, int]) -> None:
    """Draw a dot for each originator; up to three of one row and value stand beneath each other."""
    rows = single.dropna(subset=["ratio"])
    same = rows.groupby(["headline", rows["ratio"].round(3)]).cumcount()
    height = rows["headline"].map(place) + np.minimum(same, 2) * _SPREAD
    axis.plot(rows["ratio"], height, "o", ms=2.6, color=PALETTE["grey"], label="without one originator", zorder=3)


def _beside(
    beside: Axes,
    axis: Axes,
    single: pd.DataFrame,
    apart: pd.DataFrame,
    place: dict[str, int],
    *,
    names: dict[str, str],
    party_words: str,
) -> None:
    beside.set(xlim=(0, 1), ylim=axis.get_ylim())
    beside.axis("off")
    beside.text(0, -1.0, "Not estimable without", fontsize=text_pt(6.5), fontweight="bold", va="center")
    for headline, row in place.items():
        gone = [names[one] for one in single.loc[(single["headline"] == headline) & single["ratio"].isna(), "left_out"]]
        if apart.loc[apart["headline"] == headline, "ratio"].isna().any():
            gone.append(f"all {party_words}")
        words = textwrap.shorten("; ".join(gone), _WORDS_IN_COLUMN, placeholder=" ...") or "\N{EN DASH}"
        beside.text(0, row, words, fontsize=text_pt(6.0), va="center")
