"""A planned inspection as text for a quality officer, and as a tree for machines."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.inspection import (
    MEASURED,
    WARNING,
    Task,
    not_excluded,
    rows_to_inspect,
    sample_sizes,
    standards_table,
)
from analysis.reporting.tables import printed

PRIORS: Final = ((0.5, 0.5), (1.0, 1.0), (1.0, 99.0))
"""Beta priors shown: Jeffreys, uniform, and one unacceptable unit in a hundred expected."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlannedInspection:
    """One plan with its tables.

    Parameters
    ----------
    task
        What was asked.
    sizes
        Table of :func:`analysis.contamination.inspection.sample_sizes`.
    rows
        Table of rows to inspect; None when no rows were asked for.
    inspected
        Units for which `left` holds: those already inspected, else those planned with detection as measured; None when
        no sample will do.
    left
        What no find in them does not exclude; None as above.
    """

    task: Task
    sizes: pd.DataFrame
    rows: pd.DataFrame | None
    inspected: int | None
    left: pd.DataFrame | None


def planned_inspection(
    task: Task, *, inspected: int | None, units_per_row: int | None, correlations: tuple[float, ...]
) -> PlannedInspection:
    """Return the plan; `inspected` is the number of units already inspected without a find, if any.

    Raises
    ------
    ParameterError
        As :func:`analysis.contamination.inspection.rows_to_inspect` and `not_excluded` there.
    """
    sizes = sample_sizes(task)
    planned = sizes.loc[sizes["detection_read"] == MEASURED, "units_to_inspect"].iloc[0]
    sample = inspected if inspected is not None else (None if pd.isna(planned) else int(planned))
    rows = None if units_per_row is None else rows_to_inspect(
        task, units_per_row=units_per_row, correlations=correlations
    )  # fmt: skip
    left = None if sample is None else not_excluded(task, sample, priors=PRIORS)
    return PlannedInspection(task=task, sizes=sizes, rows=rows, inspected=sample, left=left)


def inspection_text(plan: PlannedInspection) -> str:
    """Return the plan as text of up to 120 columns, warning first and last."""
    task = plan.task
    blocks = [
        _wrapped(WARNING),
        _wrapped(_asked(task)),
        _table("Units to inspect", plan.sizes.drop(columns=["unacceptable_units", "not_possible"])),
        *dict.fromkeys(f"not possible: {reason}" for reason in plan.sizes["not_possible"] if reason),
    ]
    if plan.rows is not None:
        blocks.append(_table("In whole rows of neighbouring units (large lot, detection as measured)", plan.rows))
    if plan.left is not None:
        blocks += [
            _table(
                f"What {plan.inspected} units without a find do not exclude{_of_three(task)}", plan.left.iloc[:, :4]
            ),
            _table(
                "The same for a stated belief before the inspection, beta(a, b): upper share, probability of none left",
                plan.left.drop(columns=["rule_of_three", "upper_share", "units_left"]),
            ),
        ]
    listed = [
        _wrapped(f"{number}: {row['title']}; {row['edition']}; {row['status']}", indent="  ")
        for number, row in standards_table().iterrows()
    ]
    return "\n\n".join([*blocks, "\n".join(["Standards", *listed]), _wrapped(WARNING)])


def inspection_tree(plan: PlannedInspection) -> dict[str, object]:
    """Return the plan for machines; missing numbers are null."""
    frames = {"units_to_inspect": plan.sizes, "rows": plan.rows, "not_excluded": plan.left}
    tables = {name: None if frame is None else _records(frame) for name, frame in frames.items()}
    return {"warning": WARNING, "units": plan.task.units, "inspected": plan.inspected, **tables}


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows as plain values, missing ones as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): _plain(value) for name, value in row.items()} for row in plain.to_dict("records")]


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def _asked(task: Task) -> str:
    return (
        f"Lot of {task.lot_m2:,.0f} m2 in {task.units:,} units of {task.unit_m2:g} m2. To be refused with probability "
        f"{task.confidence:g} or more if {task.unacceptable_units} or more units are unacceptable. Any find is a "
        f"non-conformity and reopens the task. Trial of the method: {task.targets_found} of {task.targets_placed} "
        "targets found."
    )


def _of_three(task: Task) -> str:
    return "" if task.confidence == 0.95 else " (the rule of three is for about 95 %)"


def _wrapped(text: str, indent: str = "") -> str:
    return fill(text, 100, initial_indent=indent, subsequent_indent=indent + "  " * bool(indent))


def _table(title: str, frame: pd.DataFrame) -> str:
    shown = printed(frame).to_string(index=False)
    return title + "\n" + "\n".join(f"  {line}" for line in shown.splitlines())
