"""What a task-level record adds up to and what looks wrong in it: as text, for machines, and as files of one's own."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Final

import pandas as pd

from analysis.contamination.task_checks import findings_by_rule, task_findings
from analysis.contamination.task_summary import TaskSummary, summarise_tasks
from analysis.errors import ParameterError
from analysis.evidence.task_records import read_task_records
from analysis.record.layout import Layout
from analysis.record.serialise import rounded
from analysis.reporting.own_file import check_own_file, write_own_file
from analysis.reporting.spreadsheet import spreadsheet_csv
from analysis.reporting.tables import printed

_MEASURED: Final = ("area_ha", "devices", "per_ha")

CAUTION: Final = (
    "Sums of what the file says, not checked by anybody here: an area in it says nothing about what land holds. "
    "Not for navigation, entry or release decisions; the national authority decides."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaskReport:
    """One record with its sums and findings.

    Parameters
    ----------
    file
        Name of the file.
    tasks
        Number of tasks in it.
    summary
        See :class:`analysis.contamination.task_summary.TaskSummary`.
    findings
        See :func:`analysis.contamination.task_checks.task_findings`.
    """

    file: str
    tasks: int
    summary: TaskSummary
    findings: pd.DataFrame


def task_report(path: Path, *, tell: Callable[[str], None]) -> TaskReport:
    """Return the report of a file; `tell` is called with what is done now.

    Raises
    ------
    EvidenceError
        As :func:`analysis.evidence.task_records.read_task_records`.
    """
    tell(f"reading {path.name}")
    tasks = read_task_records(str(path))
    tell(f"checking {len(tasks):,} tasks")
    findings = task_findings(tasks)
    tell(f"adding up {len(tasks):,} tasks")
    return TaskReport(file=path.name, tasks=len(tasks), summary=summarise_tasks(tasks), findings=findings)


def report_text(report: TaskReport) -> str:
    """Return the report for print: sums by year and product, what is in no sum, findings by rule."""
    blocks = [fill(CAUTION, 100), f"{report.file}: {report.tasks:,} tasks"]
    if len(report.summary.cells):
        blocks.append(_table("By year of the end of the task, and product", _by_year(report.summary.cells)))
    left = report.summary.unplaced.iloc[0]
    if left["tasks"]:
        blocks.append(
            f"In no sum: {left['tasks']:,} tasks, whose areas as printed add up to {left['area_ha']:,.6g} ha: "
            f"{left['reason']}."
        )
    found = findings_by_rule(report.findings)
    none = "Findings: no rule is broken."
    blocks.append(_table("Findings; nothing is dropped or mended", found) if len(found) else none)
    return "\n\n".join(blocks)


def report_tree(report: TaskReport) -> dict[str, object]:
    """Return the report for machines; findings by rule, with the lines of the first twenty of each."""
    found = findings_by_rule(report.findings)
    lines = {str(rule): [int(row) for row in own["row"].head(20)] for rule, own in report.findings.groupby("rule")}
    return {
        "caution": CAUTION,
        "file": report.file,
        "tasks": report.tasks,
        "by_year_and_product": _records(_by_year(report.summary.cells)),
        "in_no_sum": report.summary.unplaced.to_dict("records"),
        "findings": [row | {"first_lines": lines[row["rule"]]} for row in found.to_dict("records")],
    }


def check_destinations(source: Path, files: list[Path], layout: Layout) -> None:
    """Refuse, before anything is read, files that cannot be written or would replace each other or the source.

    Raises
    ------
    ParameterError
        For a file that is the source, is named twice, or does not end in .csv.
    ReproductionError
        For a file among the repository's own, or in a folder that does not exist.
    """
    taken = {source.resolve(): "the file that is read"}
    for file in files:
        if file.suffix.casefold() != ".csv":
            raise ParameterError(f"{file}: tables are written as .csv; give a name that ends so")
        if file.resolve() in taken:
            raise ParameterError(f"{file}: this is {taken[file.resolve()]}; choose another name")
        check_own_file(file, layout)
        taken[file.resolve()] = "a file that is written already"


def write_sums(report: TaskReport, file: Path) -> int:
    """Write the sums by year, operator, district and product for a spreadsheet; return the number of rows."""
    sums = report.summary.cells
    write_own_file(file, spreadsheet_csv(sums.assign(**{name: sums[name].map(rounded) for name in _MEASURED})))
    return len(report.summary.cells)


def write_findings(report: TaskReport, file: Path) -> int:
    """Write every finding with its line and task for a spreadsheet; return the number of rows."""
    write_own_file(file, spreadsheet_csv(report.findings))
    return len(report.findings)


def _by_year(cells: pd.DataFrame) -> pd.DataFrame:
    added = ["tasks", "area_ha", "devices", "devices_missing"]
    # At least one number: devices of which nothing is printed are missing, not 0.
    return cells.groupby(["year", "product"])[added].sum(min_count=1).reset_index().astype({"year": str})


def _records(frame: pd.DataFrame) -> list[dict[Hashable, object]]:
    """Return the rows as plain values, missing ones as None."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _table(title: str, frame: pd.DataFrame) -> str:
    shown = printed(frame).to_string(index=False)
    return title + "\n" + "\n".join(f"  {line}" for line in shown.splitlines())
