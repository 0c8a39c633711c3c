"""The end of a sweep, for people: how many runs, which failed and why, where the tables are."""

from __future__ import annotations

from typing import Final

from analysis.pipeline.messages import counted, printable
from analysis.pipeline.sweep.sweep import PROVENANCE, SweepReport
from analysis.pipeline.sweep.table import RUNS_TABLE, VALUES_TABLE, Row, parameter_text
from analysis.record.layout import Layout

_FAILED_SHOWN: Final = 10


def summary(report: SweepReport, layout: Layout) -> str:
    """Return the text to print at the end."""
    blocks = [_ran(report), *_failed(report), _where(report, layout)]
    return printable("\n".join(blocks))


def _ran(report: SweepReport) -> str:
    count = len(report.rows)
    before = f" ({report.ran} run now, {count - report.ran} known from before)" if report.ran < count else ""
    return (
        f"Sweep of {report.plan.name}: {counted(count, 'run')}{before}, {count - len(report.failed)} done, "
        f"{len(report.failed)} failed, in {report.seconds:.1f} s."
    )


def _failed(report: SweepReport) -> list[str]:
    lines = []
    for row in report.failed[:_FAILED_SHOWN]:
        lines.append(f"FAILED {row[1].name}: {_asked(report, row)}")
        lines += [f"    {line}" for line in row[1].failure.splitlines()]
    if len(report.failed) > _FAILED_SHOWN:
        lines.append(f"and {len(report.failed) - _FAILED_SHOWN} more, all in {RUNS_TABLE}")
    if any(row[1].would_fail_again for row in report.failed):
        lines.append("What a cell raised is not run again for the same inputs; --retry-failed does it all the same.")
    return lines


def _asked(report: SweepReport, row: Row) -> str:
    parameters = row[0].parameters
    return ", ".join(f"{name}={parameter_text(parameters[name])}" for name in report.plan.grid.varied)


def _where(report: SweepReport, layout: Layout) -> str:
    folder, root = report.folder, layout.root.resolve()
    where = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
    return (
        f"{where}/{VALUES_TABLE}: {counted(report.values, 'value')}; {RUNS_TABLE}: the runs; {PROVENANCE}: what they "
        "were made from; runs/: each run's values, for `analysis diff` and `analysis explain --record`"
    )
