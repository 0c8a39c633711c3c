"""Verdicts on statements by party: one bar a party, one colour a verdict, the number of statements beside it."""

from __future__ import annotations

import textwrap
from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_BAR_MM, _FRAME_MM = 6.0, 40.0
_COLOURS: Final = (
    PALETTE["blue"],
    PALETTE["sky"],
    PALETTE["vermilion"],
    PALETTE["black"],
    PALETTE["orange"],
    PALETTE["grey"],
    PALETTE["purple"],
    PALETTE["pale"],
)


@house_style()
def verdict_counts_figure(counts: pd.DataFrame, *, names: dict[str, str], note: str) -> Figure:
    """Return the figure of counts.

    Parameters
    ----------
    counts
        As :func:`analysis.claims.tables.counts_by_party` returns them: one row a party.
    names
        The parties in words.
    note
        Line of sources under the figure.
    """
    ordered = counts.sort_values("statements", kind="stable")
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=len(ordered) * _BAR_MM + _FRAME_MM)
    left = pd.Series(0, index=ordered.index)
    for colour, verdict in zip(_COLOURS, ordered.columns.drop("statements"), strict=True):
        part = ordered[verdict]
        if part.sum() == 0:
            continue
        axis.barh(range(len(ordered)), part, left=left, color=colour, height=0.66, label=verdict)
        left = left + part
    for place, total in enumerate(ordered["statements"]):
        axis.text(total + 0.4, place, f"{total}", fontsize=text_pt(6.5), va="center")
    axis.set(yticks=range(len(ordered)), xlabel="Statements")
    axis.set_yticklabels([names.get(party, party) for party in ordered.index])
    axis.tick_params(axis="y", length=0)
    figure.legend(ncols=3, loc="outside upper left")
    title(axis, f"{counts['statements'].sum()} statements; their number by party is that of the pages read")
    source_note(figure, "\n".join(textwrap.wrap(note, 170)))
    return figure
