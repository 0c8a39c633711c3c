"""Specification curves: the value of each specification with its interval, and the options taken beneath."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from analysis.multiverse.curve import active_choices, curve
from analysis.multiverse.mistakes import moving
from analysis.multiverse.table import StoredTable
from analysis.plots.journals import current_profile
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_CURVE_MM: Final = 34.0
_ROW_MM: Final = 3.1
_REST_MM: Final = 17.0
_NOTE_MM: Final = 15.0
_BEYOND: Final = 1.12
_GAP, _STEP = 0.02, 0.09
"""From the curve to the first known mistake and from one to the next, as shares of the places of the curve ..."""
_LEAST_GAP, _LEAST_STEP = 0.7, 1.3
"""... and at least so many places."""
_CROWDED: Final = 40
"""Marks of longer curves are smaller."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """What one panel draws.

    Parameters
    ----------
    specifications
        value, low, high, default, in the order drawn, and a column a choice with the option taken.
    options
        The options of each choice that is drawn beneath, in order.
    mistakes
        mistake, value, low, high: drawn beside the curve.
    message, axis
        Title; quantity and unit.
    reference, reference_words
        Line across, and what stands there; None without.
    """

    specifications: pd.DataFrame
    options: Mapping[str, Sequence[str]]
    mistakes: pd.DataFrame
    message: str
    axis: str
    reference: float | None = None
    reference_words: str = ""

    @property
    def beside(self) -> np.ndarray:
        """Where the known mistakes stand, in places from the first of the curve."""
        places = len(self.specifications)
        gap, step = max(_LEAST_GAP, _GAP * places), max(_LEAST_STEP, _STEP * places)
        found: np.ndarray = places + gap + step * np.arange(len(self.mistakes))
        return found

    @property
    def right_end(self) -> float:
        """Where the panel ends, with room for the name of the last mistake."""
        places = len(self.specifications)
        last = float(self.beside[-1]) if len(self.mistakes) else float(places)
        return last + max(_LEAST_STEP, _STEP * places) - 0.4 * _LEAST_STEP

    @property
    def size(self) -> float:
        """How much smaller marks are than on a short curve."""
        return min(1.0, _CROWDED / max(1, len(self.specifications)))

    @property
    def rows(self) -> int:
        """Number of options drawn beneath the curve."""
        return sum(len(options) for options in self.options.values())


@house_style()
def specification_curves(table: StoredTable, mistakes: pd.DataFrame, *, note: str) -> Figure:
    """Return the curves of a study's headlines two beside each other, each with its matrix of options beneath.

    Parameters
    ----------
    table
        The stored specifications.
    mistakes
        key, mistake, value, low, high of the known mistakes.
    note
        Line of sources below the figure.
    """
    panels = _panels(table, mistakes)
    pairs = [panels[start : start + 2] for start in range(0, len(panels), 2)]
    rows = [max(1, *(panel.rows for panel in pair)) for pair in pairs]
    heights = [height for count in rows for height in (_CURVE_MM, _ROW_MM * count)]
    profile = current_profile()
    figure, axes = new_figure(
        width_mm=DOUBLE_MM,
        height_mm=min(sum(heights) + _REST_MM * len(pairs) + _NOTE_MM, profile.height_mm / profile.growth),
        rows=2 * len(pairs),
        columns=2,
        height_ratios=heights,
    )
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(w_pad=0.1)  # inches; the long names of options would else touch the edge
    for number, panel in enumerate(panels):
        first = 4 * (number // 2) + number % 2
        _curve(axes[first], panel)
        _matrix(axes[first + 2], panel, rows=rows[number // 2])
    for number in range(len(panels), 2 * len(pairs)):
        for axis in (axes[4 * (number // 2) + 1], axes[4 * (number // 2) + 3]):
            axis.set_axis_off()
    source_note(figure, note)
    return figure


def _panels(table: StoredTable, mistakes: pd.DataFrame) -> list[Panel]:
    options = {choice.name: [one.label for one in choice.options] for choice in table.multiverse.choices}
    return [
        Panel(
            specifications=curve(table, headline),
            options={name: options[name] for name in active_choices(table, headline)},
            mistakes=moving(mistakes, headline.key),
            message=headline.label[0].upper() + headline.label[1:],
            axis=headline.axis,
            reference=headline.reference,
            reference_words=headline.reference_words,
        )
        for headline in table.multiverse.headlines
    ]


def _curve(axis: Axes, panel: Panel) -> None:
    shown, wrong = panel.specifications, panel.mistakes
    places = np.arange(len(shown))
    floor, top = _limits(panel)
    usual = shown["default"].to_numpy(dtype=bool)
    for chosen, colour, size in ((~usual, "blue", 3.0), (usual, "vermilion", 4.5)):
        _marks(axis, places[chosen], shown[chosen], PALETTE[colour], "o", size=size * max(panel.size, 0.6), top=top)
    _marks(axis, panel.beside, wrong, PALETTE["grey"], "x", size=4.0, top=top)
    if len(wrong):
        axis.axvline(len(shown) - 0.15, color=PALETTE["pale"], lw=0.6)
    _mistake_names(axis, panel)
    if panel.reference is not None:
        # Beside the curve stand the names of the mistakes, which a line would strike out.
        right = len(shown) - 0.15 if len(wrong) else panel.right_end
        axis.plot([-0.8, right], [panel.reference] * 2, color=PALETTE["black"], lw=0.7, ls=(0, (4, 2)), zorder=0)
    axis.set_ylim(floor, top)
    axis.set_xlim(-0.8, panel.right_end)
    axis.set_xticks([])
    if _whole([*shown["value"], *wrong["value"]]):
        axis.yaxis.set_major_locator(MaxNLocator(integer=True))
    axis.set_ylabel(panel.axis)
    title(axis, panel.message, detail=f"dashed: {panel.reference_words}" if panel.reference is not None else "")


def _whole(values: Sequence[float]) -> bool:
    return all(float(value).is_integer() for value in values if math.isfinite(value))


def _marks(
    axis: Axes, places: np.ndarray, rows: pd.DataFrame, colour: str, marker: str, *, size: float, top: float
) -> None:
    """Draw values with intervals; an interval without end goes on beyond the axis, with an arrow."""
    bounded = rows["high"].replace(math.inf, top)
    axis.vlines(places, rows["low"], bounded, color=colour, lw=1.0, alpha=0.6)
    axis.plot(places, rows["value"], marker, color=colour, ms=size, ls="none")
    endless = np.isinf(rows["high"].to_numpy(dtype=float))
    if endless.any():  # marks outside the axes count in the layout, and no marks would count as a point at the origin
        ends = np.full(int(endless.sum()), top)
        axis.plot(places[endless], ends, "^", color=colour, ms=3.0, ls="none", clip_on=False)


def _limits(panel: Panel) -> tuple[float, float]:
    rows = pd.concat([panel.specifications, panel.mistakes])[["value", "low", "high"]].to_numpy(dtype=float)
    finite = rows[np.isfinite(rows)]
    if panel.reference is not None:
        finite = np.append(finite, panel.reference)
    low, high = float(finite.min()), float(finite.max())
    room = (_BEYOND - 1) * (high - low or abs(high) or 1.0)
    return low - room, high + room


def _matrix(axis: Axes, panel: Panel, *, rows: int) -> None:
    shown = panel.specifications
    places = np.arange(len(shown))
    labels, row, small, large = [], 0, 2.0 * panel.size, 2.6 * panel.size
    for number, (choice, options) in enumerate(panel.options.items()):
        if number % 2 == 0:
            axis.axhspan(row - 0.5, row + len(options) - 0.5, color="#F2F2F2", lw=0, zorder=0)
        for option in options:
            taken = (shown[choice] == option).to_numpy(dtype=bool)
            axis.plot(
                places[~taken], np.full(int((~taken).sum()), row), ".", color=PALETTE["pale"], ms=small, ls="none"
            )
            axis.plot(places[taken], np.full(int(taken.sum()), row), "o", color=PALETTE["black"], ms=large, ls="none")
            labels.append(f"{choice}: {option}")
            row += 1
    axis.set_ylim(rows - 0.5, -0.5)
    axis.set_xlim(-0.8, panel.right_end)
    axis.set_yticks(range(len(labels)), labels, fontsize=text_pt(5.5))
    axis.set_xticks([])
    axis.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        axis.spines[side].set_visible(False)


def _mistake_names(axis: Axes, panel: Panel) -> None:
    """Write each mistake's name upwards, to the right of its mark."""
    for place, name in zip(panel.beside, panel.mistakes["mistake"], strict=True):
        text = axis.annotate(
            name,
            xy=(place, 0.02),
            xycoords=("data", "axes fraction"),
            xytext=(3.5, 0),
            textcoords="offset points",
            rotation=90,
            va="bottom",
            ha="left",
            fontsize=text_pt(5.5),
            color=PALETTE["grey"],
        )
        text.set_in_layout(False)
