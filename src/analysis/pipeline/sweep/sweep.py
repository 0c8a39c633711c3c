"""Running a notebook over a grid: what is done is kept, what is missing is run, the tables hold all of it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from filelock import FileLock, Timeout

from analysis.errors import ReproductionError
from analysis.pipeline.execution import EvidenceCheck
from analysis.pipeline.messages import counted
from analysis.pipeline.request import DATA
from analysis.pipeline.result import Failure, FailureKind, Result
from analysis.pipeline.run_folder import checked_folder, working_folder
from analysis.pipeline.sweep.cluster import check_address, run_on_cluster
from analysis.pipeline.sweep.grid import planned_grid
from analysis.pipeline.sweep.local import notebook_copy, run_here, spec_of
from analysis.pipeline.sweep.plan import PlannedRun, SweepPlan, planned_sweep
from analysis.pipeline.sweep.progress import SweepProgress
from analysis.pipeline.sweep.provenance import provenance
from analysis.pipeline.sweep.remote import RemoteTask
from analysis.pipeline.sweep.request import SweepRequest
from analysis.pipeline.sweep.store import StoredRun, changed_inputs, keep_inputs, keep_run, read_run
from analysis.pipeline.sweep.table import RUNS_TABLE, VALUES_TABLE, Row, runs_table, values_table
from analysis.record.atomic import write_text
from analysis.record.layout import Layout

PROVENANCE: Final = "sweep.json"
_LOCK: Final = ".sweep.lock"
_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepReport:
    """What a sweep did.

    Parameters
    ----------
    plan
        What was asked.
    rows
        Every run in the order of the grid.
    ran
        How many of them ran now; the others were done before.
    values
        Rows of the table of values.
    folder
        Where everything is.
    seconds
        Wall time.
    """

    plan: SweepPlan
    rows: tuple[Row, ...]
    ran: int
    values: int
    folder: Path
    seconds: float

    @property
    def failed(self) -> tuple[Row, ...]:
        """The runs that did not run to their end."""
        return tuple(row for row in self.rows if not row[1].done)

    @property
    def ok(self) -> bool:
        """Whether every run is done."""
        return not self.failed


def sweep(
    request: SweepRequest,
    layout: Layout,
    *,
    check_evidence: EvidenceCheck | None = None,
    progress: SweepProgress | None = None,
) -> SweepReport:
    """Run every combination that is not done yet, write the tables, and return what came of it.

    Parameters
    ----------
    request
        What was asked.
    layout
        The repository.
    check_evidence
        How evidence is checked; the package's own loader by default.
    progress
        Where life signs go; standard error by default.

    Raises
    ------
    ParameterError, EvidenceError, ReproductionError
        For everything that is wrong before a notebook runs, and when the sweep cannot go on: code or evidence that
        change meanwhile, a folder that cannot be written or is in use, a scheduler that is gone. A run that fails is
        no exception: it is in the report.
    """
    started = perf_counter()
    said = progress or SweepProgress()
    if request.scheduler:
        check_address(request.scheduler)
    plan = planned_sweep(planned_grid(request, layout), layout, check_evidence=check_evidence)
    folder = checked_folder((request.out or layout.build / "sweeps" / plan.name).resolve(), layout)
    with working_folder(folder) as part, _alone(folder):
        stored = _done_before(plan, folder, request, said)
        waiting = [run for run in plan.runs if run.name not in stored]
        said.begin(
            total=len(plan.runs),
            done=sum(one.done for one in stored.values()),
            failed=sum(not one.done for one in stored.values()),
        )
        try:
            with closing(_run(plan, waiting, part, folder, request, said)) as runs:
                for one in runs:
                    stored[one.name] = one
                    said.finished(one)
        except KeyboardInterrupt:
            said.note(
                f"interrupted: {len(stored)} of {counted(len(plan.runs), 'run')} are kept in {folder}; "
                "the same command goes on with the rest"
            )
            raise
        rows = tuple((run.combination, stored[run.name]) for run in plan.runs)
        values = _write_tables(plan, rows, folder, layout)
    return SweepReport(
        plan=plan, rows=rows, ran=len(waiting), values=values, folder=folder, seconds=perf_counter() - started
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this sweep; the system lets go of it when the process ends, however it ends."""
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ReproductionError(
            f"another sweep is writing to {folder}: wait until it has ended, or choose another folder with --out"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _done_before(plan: SweepPlan, folder: Path, request: SweepRequest, said: SweepProgress) -> dict[str, StoredRun]:
    """Return the runs that need not be made again, and say how many there are and why others are."""
    found: dict[str, StoredRun] = {}
    changed: dict[str, int] = {}
    for run in plan.runs:
        stored = read_run(folder, run.name)
        if stored is None:
            continue
        if stored.key != run.key:
            why = ", ".join(_shortened(changed_inputs(folder, stored, run)))
            changed[why] = changed.get(why, 0) + 1
        elif _is_enough(stored, request):
            found[run.name] = stored
    if plan.grid.repeats:
        said.note(f"{counted(plan.grid.repeats, 'combination')} left out: another one asks for the same")
    if found:
        said.note(f"{counted(len(found), 'run')} of {len(plan.runs)} done before and kept")
    for why, count in changed.items():
        said.note(f"{counted(count, 'run')} made again, because these changed: {why}")
    return found


def _shortened(names: Sequence[str]) -> list[str]:
    left = len(names) - _NAMED
    return [*names[:_NAMED], *([f"and {left} more"] if left > 0 else [])]


def _is_enough(stored: StoredRun, request: SweepRequest) -> bool:
    if not stored.done:
        return stored.would_fail_again and not request.retry_failed
    return stored.kept or not request.keep


def _run(
    plan: SweepPlan,
    waiting: Sequence[PlannedRun],
    part: Path,
    folder: Path,
    request: SweepRequest,
    said: SweepProgress,
) -> Generator[StoredRun]:
    """Run what is missing and yield each run when it is kept."""
    if not waiting:
        return
    try:
        for name in (VALUES_TABLE, RUNS_TABLE, PROVENANCE):
            (folder / name).unlink(missing_ok=True)  # a table is there only when it holds all of the sweep
        for run in {run.inputs.digest(): run for run in waiting}.values():
            keep_inputs(folder, run)
        by_name = {run.name: run for run in waiting}
        with closing(_results(plan, waiting, part, request, said)) as results:
            for result in results:
                plan.refuse_changes()
                run = by_name[result.spec.executed.parent.name]
                yield _kept(folder, run, result, keep=request.keep)
    except OSError as error:
        raise ReproductionError(
            f"the sweep cannot write to {folder}: {error}. Free some space there or make it writable; the same command "
            "goes on with what is missing"
        ) from error


def _results(
    plan: SweepPlan, waiting: Sequence[PlannedRun], part: Path, request: SweepRequest, said: SweepProgress
) -> Generator[Result]:
    notebook = notebook_copy(plan, part)
    specs = [
        spec_of(run, notebook, part, cell_timeout_s=request.cell_timeout_s, figures=request.keep) for run in waiting
    ]
    if not request.scheduler:
        return run_here(specs, workers=request.workers, on_wait=said.alive)
    tasks = [
        RemoteTask(
            spec=spec,
            notebook=plan.notebook,
            evidence=str(run.combination.parameters.get(DATA) or ""),
            inputs=run.inputs,
        )
        for run, spec in zip(waiting, specs, strict=True)
    ]
    return run_on_cluster(tasks, address=request.scheduler, on_wait=said.alive, note=said.note)


def _kept(folder: Path, run: PlannedRun, result: Result, *, keep: bool) -> StoredRun:
    """Keep the run; one whose values cannot be used has failed by the notebook's own doing."""
    try:
        return keep_run(folder, run, result, kept=keep)
    except ReproductionError as error:
        failure = Failure(kind=FailureKind.RAISED, detail=str(error))
        failed = Result(spec=result.spec, failure=failure, seconds=result.seconds)
        return keep_run(folder, run, failed, kept=keep)


def _write_tables(plan: SweepPlan, rows: Sequence[Row], folder: Path, layout: Layout) -> int:
    """Write both tables and what they were made from, and return how many values there are."""
    names = [parameter.name for parameter in plan.grid.declared]
    table = values_table(rows, names)
    try:
        write_text(folder / VALUES_TABLE, table)
        write_text(folder / RUNS_TABLE, runs_table(rows, names))
        write_text(folder / PROVENANCE, provenance(plan, rows, table, layout))
    except OSError as error:
        raise ReproductionError(f"the tables cannot be written to {folder}: {error}") from error
    return sum(len(stored.values) for _, stored in rows)
