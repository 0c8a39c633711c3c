"""What looks wrong in a task-level record: each finding with its row; nothing is dropped or mended."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

SLIPS: Final = (1.0, 2.0, 4.0)
"""Decades between a task's area and the middle of its group that look like a slip: a digit, km2 or m2 as hectares."""

WIDEST_SPREAD: Final = 0.25
"""Decades around the middle of a group beyond which a tenfold area in it is no slip."""

LONGEST_YEARS: Final = 10
"""Years a task may last before its dates are listed as a slip of the year."""

LEAST_IN_GROUP: Final = 10
"""Tasks a group of one operator, district and product needs for its middle to say anything."""

_COLUMNS: Final = ["rule", "row", "task_id", "found"]


def task_findings(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return what looks wrong in the record.

    Parameters
    ----------
    tasks
        Of :func:`analysis.evidence.task_records.read_task_records`.

    Returns
    -------
    DataFrame
        `rule`, `row` (in the file), `task_id`, `found` (what was found, in words), in order of rule and row. Rules: end
        before start; more than ten years from start to end; missing operator, district, product, date or area; area of
        nothing or less; devices below 0 or not whole; area about 10, 100 or 10,000 times the middle of the same
        operator, district and product, or that part of it; two tasks of one operator that name the same district and
        product in overlapping periods with the same area.
    """
    found = [
        _rows(tasks, tasks["end"] < tasks["start"], "the end is before the start", ["start", "end"]),
        _rows(tasks, _too_long(tasks), f"the task lasts more than {LONGEST_YEARS} years", ["start", "end"]),
        *(
            _rows(tasks, tasks[column].isna(), f"{column} is missing", [])
            for column in ("start", "end", "operator", "district", "product", "area_ha")
        ),
        _rows(tasks, tasks["area_ha"] <= 0, "the area is 0 or less", ["area_ha"]),
        _rows(tasks, tasks["devices"] < 0, "the number of devices is below 0", ["devices"]),
        _rows(tasks, tasks["devices"] % 1 != 0, "the number of devices is not whole", ["devices"]),
        _unit_slips(tasks),
        _contradicting_overlaps(tasks),
    ]
    filled = [table for table in found if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=_COLUMNS)


def findings_by_rule(findings: pd.DataFrame) -> pd.DataFrame:
    """Return `rule`, `tasks` (number) and `first_row` of the findings."""
    grouped = findings.groupby("rule", sort=False)["row"]
    return grouped.agg(tasks="size", first_row="min").reset_index()


def _rows(tasks: pd.DataFrame, wrong: pd.Series, rule: str, shown: list[str]) -> pd.DataFrame:
    own = tasks[wrong & (tasks[shown].notna().all(axis=1) if shown else True)]
    words = [", ".join(f"{name} {_word(value)}" for name, value in zip(shown, row, strict=True))
             for row in own[shown].itertuples(index=False)]  # fmt: skip
    return pd.DataFrame({"rule": rule, "row": own["row"], "task_id": own["task_id"], "found": words or None})


def _word(value: object) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else f"{value:g}"


def _too_long(tasks: pd.DataFrame) -> pd.Series:
    return tasks["end"] > tasks["start"] + pd.DateOffset(years=LONGEST_YEARS)


def _unit_slips(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return tasks whose area is 10, 100 or 10,000 times the middle of their group, or that part, within 1.5 times."""
    own = tasks[tasks["area_ha"] > 0]
    decades = np.log10(own["area_ha"])
    groups = [own[name] for name in ("operator", "district", "product")]
    grouped = decades.groupby(groups, observed=True)
    away = (decades - grouped.transform("median")).where(grouped.transform("size") >= LEAST_IN_GROUP)
    # Where areas differ tenfold anyhow, a tenfold area is no slip: the group must be narrower than that.
    spread = grouped.transform(_middle_spread)
    near = np.logical_or.reduce([(away.abs() - step).abs() <= np.log10(1.5) for step in SLIPS])
    slip = near & (spread < WIDEST_SPREAD)
    wrong = own[slip]
    words = [f"area_ha {area:g}, {10**step:.2g} times the middle" for area, step in
             zip(wrong["area_ha"], away[slip], strict=True)]  # fmt: skip
    rule = "the area is about 10, 100 or 10,000 times others of its group, or that part: a slip of the unit?"
    return pd.DataFrame({"rule": rule, "row": wrong["row"], "task_id": wrong["task_id"], "found": words})


def _middle_spread(decades: pd.Series) -> float:
    return float((decades - decades.median()).abs().median())


def _contradicting_overlaps(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return tasks that repeat the operator, district, product and area of another whose period they overlap."""
    keys = ["operator", "district", "product", "area_ha"]
    own = tasks.dropna(subset=[*keys, "start", "end"])
    own = own[(own["end"] >= own["start"]) & own.duplicated(keys, keep=False)]
    own = own.sort_values([*keys, "start", "end", "row"])
    grouped = own.groupby(keys, observed=True)
    # The latest end of all tasks before this one in its group, so that a long task is not forgotten.
    before = grouped["end"].cummax().groupby([own[key] for key in keys], observed=True).shift()
    wrong = own[own["start"] <= before].sort_values("row")
    words = [f"{area:g} ha from {start:%Y-%m-%d}, within a period already listed" for area, start in
             zip(wrong["area_ha"], wrong["start"], strict=True)]  # fmt: skip
    rule = "the same area, operator, district and product stand twice in overlapping periods"
    return pd.DataFrame({"rule": rule, "row": wrong["row"], "task_id": wrong["task_id"], "found": words})
