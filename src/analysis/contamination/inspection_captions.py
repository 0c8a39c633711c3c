"""Texts of the notebook on inspection: caption, description, note; every number computed."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from analysis.contamination.captions import FigureText
from analysis.contamination.inspection import LOW_END, MEASURED, WARNING, Task, not_excluded
from analysis.estimate import Estimate, Interval, IntervalKind, Period

_MADE_UP: Final = ("generated:made-up lot",)


def note(task: Task) -> str:
    """Return the lines under the figure."""
    return (
        f"Made-up lot of {task.units:,} units of {task.unit_m2:g} m2; trial {task.targets_found} of "
        f"{task.targets_placed} targets found. Exact probabilities, one-sided bounds; no evidence is used.\n{WARNING}"
    )


def inspection_text(task: Task, sample: int, characteristic: pd.DataFrame, left: pd.DataFrame) -> FigureText:
    """Return the text of the figure; carries the warning."""
    detections = task.detections()
    here = left[(left["sample"] == sample) & (left["detection_read"] == MEASURED)]["units_left"]
    caption = (
        f"Inspection of a made-up lot of {task.lot_m2:,.0f} m2 in {task.units:,} units after clearance. Left: chance "
        f"that {sample} inspected units show nothing, so that the lot passes, against the number of unacceptable "
        f"units; detection {detections[MEASURED]:.3g} as measured, {detections[LOW_END]:.3g} at the low end of its "
        "interval, and perfect. Right: the most unacceptable units that a sample without a find does not exclude at "
        f"{100 * task.confidence:g} %; after {sample} units {', '.join(map(str, here)) or 'not computed'} with "
        f"detection as measured. Any find is a non-conformity and reopens the task. {WARNING}"
    )
    alt = (
        "Left, falling curves of the chance that a lot passes against its number of unacceptable units, one for each "
        "reading of detection. Right, falling points of the number of unacceptable units not excluded against the "
        "number of units inspected."
    )
    drawn = pd.concat([characteristic.assign(panel="passes"), left.assign(panel="not excluded")], ignore_index=True)
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=())


def plan_estimates(task: Task, sizes: pd.DataFrame, sample: int, *, today: date) -> dict[str, Estimate]:
    """Return the units to inspect and the units a clean sample leaves open, each over the readings of detection.

    Parameters
    ----------
    task
        The lot.
    sizes
        Table of :func:`analysis.contamination.inspection.sample_sizes`.
    sample
        Units planned with detection as measured.
    today
        Last day of the evidence; the numbers are of no period.
    """
    needed = sizes.loc[sizes["unacceptable_units"] == task.unacceptable_units, "units_to_inspect"].dropna()
    left = not_excluded(task, sample, priors=())["units_left"]
    rows = {
        "units_to_inspect": ("units to inspect of the made-up lot", float(sample), needed),
        "units_left_open": (f"unacceptable units that {sample} clean units do not exclude", float(left.iloc[0]), left),
    }
    return {
        key: Estimate(
            quantity=quantity,
            value=value,
            unit="units",
            interval=Interval(low=float(over.min()), high=float(over.max()), kind=IntervalKind.SCENARIO),
            method="hypergeometric sampling with imperfect detection; range over readings of detection",
            n=task.targets_placed,
            n_unit="test targets of the trial",
            period=Period(start=today, end=today),
            geography="no place: a made-up lot",
            sources=_MADE_UP,
            assumptions=("units are drawn at random", "the method finds in the field what it finds in its trial"),
        )
        for key, (quantity, value, over) in rows.items()
    }


def steps(sample: int) -> list[int]:
    """Return the sample sizes at which the bound is drawn: a tenth of the planned sample and on to three times it."""
    tenth = max(1, sample // 10)
    return sorted({*range(tenth, 3 * sample + 1, max(1, sample // 5)), sample})
