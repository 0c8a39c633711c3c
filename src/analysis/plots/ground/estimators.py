"""Bias and coverage of estimators in made-up worlds."""

from __future__ import annotations

import textwrap
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.maps.ground.tables import drawn_estimators
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, title

_WRAP: Final = 34


@house_style()
def bias_and_coverage(estimators: pd.DataFrame, *, level: float, note: str) -> Figure:
    """Return the figure: left, mean error of each estimator; right, coverage of its interval.

    Parameters
    ----------
    estimators
        Table of :func:`analysis.maps.ground.estimators.estimator_study`, of which those of
        :func:`analysis.maps.ground.tables.drawn_estimators` are drawn.
    level
        Nominal level.
    note
        Lines under the figure, with the warning.
    """
    estimators = drawn_estimators(estimators)
    figure, (left, right) = new_figure(width_mm=DOUBLE_MM, height_mm=96, columns=2, sharey=True)
    heights = [-place for place in range(len(estimators))]
    bias, half = 100 * estimators["bias"], 200 * estimators["bias_se"]
    _dots(left, heights, bias, bias - half, bias + half)
    left.axvline(0, color=PALETTE["grey"], linewidth=0.6, linestyle=(0, (3, 2)))
    left.set_yticks(heights, [textwrap.fill(str(name), _WRAP) for name in estimators["estimator"]])
    left.set_ylim(-len(estimators) + 0.4, 0.6)
    left.set_xlabel("Mean error, points of per cent")
    title(left, "Land is not what accidents sample", detail="Estimate less truth; lines: two standard errors")
    _dots(right, heights, *(100 * estimators[name] for name in ("coverage", "coverage_low", "coverage_high")))
    right.axvline(100 * level, color=PALETTE["grey"], linewidth=0.6, linestyle=(0, (3, 2)))
    right.set_xlim(min(60.0, 100 * float(estimators["coverage_low"].min()) - 3), 103)
    right.set_xlabel(f"Intervals that hold the truth, % (nominal {100 * level:g})")
    right.tick_params(axis="y", length=0)
    title(
        right,
        "Which intervals keep their level",
        detail=f"{int(estimators['worlds'].max())} made-up worlds; lines: Wilson intervals",
    )
    source_note(figure, note)
    return figure


def _dots(axis: Axes, heights: list[int], values: pd.Series, lows: pd.Series, highs: pd.Series) -> None:
    for height, low, high in zip(heights, lows, highs, strict=True):
        axis.plot([low, high], [height, height], color=PALETTE["blue"])
    axis.plot(values, heights, linestyle="none", marker="o", color=PALETTE["blue"], markersize=4.5)
