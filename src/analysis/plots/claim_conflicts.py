"""Statements that cannot all hold: how far one of them would have to move if the others held."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.plots.heights import allowed_height_mm
from analysis.plots.style import DOUBLE_MM, MM_PER_INCH, PALETTE, house_style, new_figure, source_note, text_pt, title

_ROW_MM, _TOPIC_MM, _FRAME_MM = 5.5, 5.0, 36.0
_STRIP_MM, _STRIP_END_MM = 106.0, 178.0
_CHARACTERS: Final = 88
_LINE_SPACING, _POINTS_PER_MM = 1.2, 72 / MM_PER_INCH
_ONE, _SEVERAL = "statements of one party", "statements of several parties"
_COLOURS: Final = {_ONE: PALETTE["blue"], _SEVERAL: PALETTE["vermilion"]}
_MARKERS: Final = {_ONE: "o", _SEVERAL: "D"}


@house_style()
def conflicts_figure(marks: pd.DataFrame, *, note: str) -> Figure:
    """Return the figure: a row for each group of conflicts, a mark for each statement that completes one.

    Parameters
    ----------
    marks
        As :func:`analysis.claims.consistency.result.conflict_marks` returns them; at least one row.
    note
        Line of sources under the figure.
    """
    groups = [group for _, group in marks.groupby(["topic", "group"], sort=False)]
    content_mm = len(groups) * _ROW_MM + marks["topic"].nunique() * _TOPIC_MM + 4
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=allowed_height_mm(content_mm + _FRAME_MM))
    axis.set(xlim=(0, DOUBLE_MM), ylim=(content_mm, 0))
    axis.axis("off")
    place = _scale(axis, 100 * marks["change"], content_mm)
    lines = _lines_in_a_row(figure, content_mm)
    y, before = 0.0, ""
    for group in groups:
        topic = str(group["topic"].iloc[0])
        if topic != before:
            axis.text(1, y + _TOPIC_MM / 2, f"{topic[0].upper()}{topic[1:]}", fontweight="bold", va="center")
            y, before = y + _TOPIC_MM, topic
        _group(axis, y + _ROW_MM / 2, group, place, lines=lines)
        y += _ROW_MM
    title(
        axis,
        f"{len(marks)} smallest conflicts in {len(groups)} groups: what is named and any one further statement",
        detail="Marks: how far the further statement would have to move if those named held, per cent of its figure\n ",
    )
    handles = [
        Line2D([], [], color=colour, marker=_MARKERS[kind], linewidth=0, label=kind)
        for kind, colour in _COLOURS.items()
        if (_kind(marks) == kind).any()
    ]
    axis.legend(handles=handles, ncols=2, loc="lower left", bbox_to_anchor=(0, 1.0), borderaxespad=0)
    source_note(figure, "\n".join(textwrap.wrap(note, 170)))
    return figure


def _lines_in_a_row(figure: Figure, content_mm: float) -> int:
    """Return how many lines of words stand in a row: where a journal wants it lower, rows are closer to each other."""
    drawn_mm = MM_PER_INCH * figure.get_figheight() - _FRAME_MM
    row_pt = _POINTS_PER_MM * _ROW_MM * min(1.0, drawn_mm / content_mm)
    return 2 if row_pt >= 2 * _LINE_SPACING * text_pt(6) else 1


def _group(axis: Axes, y: float, group: pd.DataFrame, place: Callable[[float], float], *, lines: int) -> None:
    axis.plot([_STRIP_MM, _STRIP_END_MM], [y, y], color=PALETTE["pale"], linewidth=0.5, zorder=1)
    # In larger text fewer characters stand left of the strip.
    characters = round(_CHARACTERS * 6 / text_pt(6))
    words = textwrap.wrap(
        str(group["these"].iloc[0]), characters, max_lines=lines, placeholder=" \N{HORIZONTAL ELLIPSIS}"
    )
    axis.text(2, y, "\n".join(words), fontsize=text_pt(6), va="center")
    for kind, part in group.groupby(_kind(group)):
        axis.plot(
            [place(100 * one) for one in part["change"]],
            [y] * len(part),
            _MARKERS[str(kind)],
            color=_COLOURS[str(kind)],
            alpha=0.75,
            zorder=3,
        )


def _kind(marks: pd.DataFrame) -> pd.Series:
    return marks["parties"].gt(1).map({False: _ONE, True: _SEVERAL})


def _scale(axis: Axes, per_cent: pd.Series, bottom: float) -> Callable[[float], float]:
    """Draw the scale over the strip and return where on it a change stands."""
    low, high = min(float(per_cent.min()), 0.0), max(float(per_cent.max()), 0.0)
    span = (high - low) or 1.0

    def place(value: float) -> float:
        """Return where on the strip a change in per cent stands, in millimetres."""
        return _STRIP_MM + 2 + (value - low) / span * (_STRIP_END_MM - _STRIP_MM - 4)

    ticks = [
        one
        for one in np.asarray(MaxNLocator(6).tick_values(low, high))
        if low - 0.02 * span <= one <= high + 0.02 * span
    ]
    for tick in ticks:
        shade = PALETTE["grey"] if tick == 0 else PALETTE["pale"]
        axis.plot([place(tick)] * 2, [0, bottom - 4], color=shade, linewidth=0.5, zorder=0)
        words = "0" if tick == 0 else f"{tick:+g}".replace("-", "\N{MINUS SIGN}")
        axis.text(place(tick), bottom - 2, words, fontsize=text_pt(6), ha="center", va="center", color="#4D4D4D")
    return place
