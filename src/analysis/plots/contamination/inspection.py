"""Operating characteristic of an inspection, and what a clean sample does not exclude."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.contamination.inspection import LOW_END, MEASURED, PERFECT
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, title

_COLOURS: Final = {MEASURED: "blue", LOW_END: "vermilion", PERFECT: "grey"}
_LINES: Final = {MEASURED: "-", LOW_END: (0, (5, 2)), PERFECT: (0, (1, 1.5))}


@house_style()
def inspection_figure(
    characteristic: pd.DataFrame,
    left: pd.DataFrame,
    *,
    sample: int,
    unacceptable_units: int,
    confidence: float,
    note: str,
) -> Figure:
    """Return the figure: left, the chance that a lot passes; right, units a clean sample does not exclude.

    Parameters
    ----------
    characteristic
        Table of :func:`analysis.contamination.inspection.operating_characteristic`.
    left
        `sample` and `units_left` for each `detection_read`, of several samples.
    sample
        Units of the plan.
    unacceptable_units, confidence
        Of the task.
    note
        Lines under the figure, with the warning.
    """
    figure, (curve, bound) = new_figure(width_mm=DOUBLE_MM, height_mm=84, columns=2)
    _characteristic(curve, characteristic, unacceptable_units, confidence)
    _bounds(bound, left, sample, confidence)
    source_note(figure, note)
    return figure


def _characteristic(axis: Axes, table: pd.DataFrame, unacceptable_units: int, confidence: float) -> None:
    for read, part in table.groupby("detection_read", sort=False):
        name = str(read)
        axis.plot(
            part["unacceptable_units"], 100 * part["passed"], color=PALETTE[_COLOURS[name]], linestyle=_LINES[name],
            label=name,
        )  # fmt: skip
    axis.plot(
        [unacceptable_units, unacceptable_units, 0],
        [0, 100 * (1 - confidence), 100 * (1 - confidence)],
        color=PALETTE["black"],
        linewidth=0.6,
    )
    axis.annotate(
        f"{unacceptable_units} units: at most {100 * (1 - confidence):.3g} % may pass",
        (unacceptable_units, 100 * (1 - confidence)),
        xytext=(6, 8),
        textcoords="offset points",
    )
    axis.set_xlim(left=0)
    axis.set_ylim(0, 101)
    axis.set_xlabel("Unacceptable units in the lot")
    axis.set_ylabel("Chance that nothing is found and the lot passes, %")
    axis.legend(title="detection", loc="upper right", alignment="left")
    one = table[(table["detection_read"] == MEASURED) & (table["unacceptable_units"] == 1)]
    message = (
        f"A lot with one unacceptable unit passes in {100 * one['passed'].iloc[0]:.0f} % of cases"
        if len(one)
        else "Operating characteristic"
    )
    title(axis, message, detail="Sample sized for detection as measured; any find refuses the lot")


def _bounds(axis: Axes, table: pd.DataFrame, sample: int, confidence: float) -> None:
    for read, part in table.groupby("detection_read", sort=False):
        name = str(read)
        axis.plot(
            part["sample"],
            part["units_left"],
            "o",
            linestyle=_LINES[name],
            color=PALETTE[_COLOURS[name]],
            markersize=2.5,
        )
    axis.set_xlim(left=0)
    axis.set_ylim(bottom=0)
    axis.set_xlabel("Units inspected without a find")
    axis.set_ylabel(f"Most unacceptable units not excluded at {100 * confidence:g} %")
    planned = table[(table["sample"] == sample) & (table["detection_read"] == MEASURED)]["units_left"]
    title(
        axis,
        f"{sample} units without a find leave up to {planned.iloc[0]} open",
        detail="Exact one-sided bound on units of the lot, same colours",
    )
