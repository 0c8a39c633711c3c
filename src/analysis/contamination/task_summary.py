"""A task-level record summed by year, operator, district and product, with what cannot be placed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

UNPLACED: Final = "end, area or product missing, or end before start"
BY: Final = ("year", "operator", "district", "product")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSummary:
    """Sums of a task-level record.

    Parameters
    ----------
    cells
        `year` (of the end of the task), `operator`, `district`, `product`, `tasks`, `area_ha`, `devices` (missing where
        no task gives a number), `devices_missing` (tasks without a number), `per_ha` (devices over the hectares of
        tasks that give them; missing without any).
    unplaced
        `reason`, `tasks`, `area_ha`: what stands in no cell.
    """

    cells: pd.DataFrame
    unplaced: pd.DataFrame


def summarise_tasks(tasks: pd.DataFrame) -> TaskSummary:
    """Return the sums; every task is in one cell or among the unplaced, whose area is given too.

    A task counts in the year of its end, when its land is handed over: areas are not spread over years. Missing
    operators and districts are a group of their own ('not given').

    Parameters
    ----------
    tasks
        Of :func:`analysis.evidence.task_records.read_task_records`.
    """
    placed = tasks["end"].notna() & (tasks["area_ha"] > 0) & tasks["product"].notna() & ~(tasks["end"] < tasks["start"])
    own = tasks[placed]
    names = {name: _given(own[name]) for name in ("operator", "district")}
    counted = own["area_ha"].where(own["devices"].notna())
    frame = own.assign(**names, year=own["end"].dt.year, counted_ha=counted)
    grouped = frame.groupby(list(BY), observed=True, sort=True)
    cells = grouped.agg(
        tasks=("area_ha", "size"), area_ha=("area_ha", "sum"), devices=("devices", "sum"),
        devices_given=("devices", "count"), counted_ha=("counted_ha", "sum"),
    ).reset_index()  # fmt: skip
    cells["devices"] = cells["devices"].where(cells["devices_given"] > 0)
    cells["devices_missing"] = cells["tasks"] - cells["devices_given"]
    cells["per_ha"] = (cells["devices"] / cells["counted_ha"]).where(cells["counted_ha"] > 0)
    left = tasks[~placed]
    unplaced = pd.DataFrame({"reason": [UNPLACED], "tasks": [len(left)], "area_ha": [float(left["area_ha"].sum())]})
    columns = [*BY, "tasks", "area_ha", "devices", "devices_missing", "per_ha"]
    return TaskSummary(cells=cells[columns].astype(dict.fromkeys(BY[1:], str)), unplaced=unplaced)


def _given(column: pd.Series) -> pd.Series:
    return column.cat.add_categories("not given").fillna("not given") if column.isna().any() else column
