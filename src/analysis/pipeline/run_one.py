"""One notebook, run by papermill in a kernel of its own; every way it can fail is told apart."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from time import perf_counter
from typing import Any, Final

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from analysis.errors import ReproductionError
from analysis.pipeline.engine import ENGINE, Watch
from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.messages import head
from analysis.pipeline.normalise import as_text, normalised, read_notebook
from analysis.pipeline.private_folder import PrivateFolder
from analysis.pipeline.result import Failure, FailureKind, Result, RunSpec
from analysis.record.atomic import write_text

_ERROR_LINES: Final = 12
_SOURCE_LINES: Final = 6
# No fault of the notebook; the second attempt has a plain kernel when the template is gone.
_TRIED_AGAIN: Final = (FailureKind.START_FAILED, FailureKind.TEMPLATE_DIED)


def run_one(spec: RunSpec, *, on_cell: Callable[[int, int], None] | None = None) -> Result:
    """Run one notebook and write its executed copy, its values and its figures.

    Parameters
    ----------
    spec
        What to run and where the outputs go.
    on_cell
        Called with the number of each code cell that starts, from 1, and their count.

    Returns
    -------
    Result
        With a failure instead of an exception whatever goes wrong inside the notebook. A kernel that does not start,
        or ends because its template did, is tried once more. The executed copy appears only when every cell ran.
    """
    started = perf_counter()
    tell = on_cell or _untold
    try:
        content = spec.notebook.read_bytes()
        notebook = read_notebook(content.decode("utf-8"))
    except (OSError, UnicodeDecodeError, ReproductionError) as error:
        advice = (
            f"mend it; if it is in git, `git checkout -- notebooks/{spec.notebook.name}` brings the committed one back"
        )
        unreadable = Failure(kind=FailureKind.UNREADABLE, detail=str(error), advice=advice)
        return Result(spec=spec, failure=unreadable, seconds=perf_counter() - started)
    attempts = 1
    failure, cell_seconds = _attempt(spec, notebook, tell)
    if failure is not None and failure.kind in _TRIED_AGAIN:
        attempts = 2
        failure, cell_seconds = _attempt(spec, notebook, tell)
    return Result(
        spec=spec,
        failure=failure,
        source_sha256=sha256(content).hexdigest(),
        seconds=perf_counter() - started,
        cell_seconds=cell_seconds,
        attempts=attempts,
    )


def _untold(number: int, count: int) -> None:
    """Tell nobody that a cell starts."""


def _attempt(
    spec: RunSpec, notebook: NotebookNode, on_cell: Callable[[int, int], None]
) -> tuple[Failure | None, float]:
    """Run the notebook once; return the failure, if any, and the seconds spent in cells."""
    folder = PrivateFolder()
    private = folder.path
    watch = Watch(
        cwd=spec.notebook.parent,
        environment=kernel_environment(
            spec.output, private=private, anew=spec.anew, figures=spec.figures, journal=spec.journal
        ),
        private=private,
        cell_timeout_s=spec.cell_timeout_s,
        on_cell=on_cell,
    )
    try:
        _empty(spec)
        executed, failure = _executed(notebook, spec, watch)
        if failure is None:
            write_text(spec.executed, as_text(normalised(executed)))
    except OSError as error:
        advice = "free some space or make the folder writable, then run again"
        failure = Failure(kind=FailureKind.NOT_WRITTEN, detail=str(error), advice=advice)
    finally:
        folder.remove()
    return (None if failure is None else _with_partial_copy(failure, spec, watch)), watch.cell_seconds


def _empty(spec: RunSpec) -> None:
    """Remove what an earlier attempt left, so that nothing old passes for new."""
    for stale in (spec.executed, spec.partial):
        stale.unlink(missing_ok=True)
    if spec.output.exists():
        shutil.rmtree(spec.output)
    spec.output.mkdir(parents=True)
    spec.executed.parent.mkdir(parents=True, exist_ok=True)


def _executed(notebook: NotebookNode, spec: RunSpec, watch: Watch) -> tuple[NotebookNode, Failure | None]:
    try:
        executed = papermill.execute_notebook(
            notebook,
            None,
            parameters=dict(spec.parameters),
            engine_name=ENGINE,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            watch=watch,
        )
    except Exception as error:  # noqa: BLE001 - whatever is raised in there is this notebook's failure
        return notebook, _failure(error, watch)
    return executed, _stopped_early(watch)


def _stopped_early(watch: Watch) -> Failure | None:
    """Return a failure when a cell was not run: a notebook that calls sys.exit(0) ends without an error."""
    if all(cell.get("execution_count") is not None for cell in watch.code_cells()):
        return None
    return _at_cell(FailureKind.STOPPED, "the cells after this one did not run", watch)


def _failure(error: Exception, watch: Watch) -> Failure:
    if watch.lost_template:
        return _at_cell(FailureKind.TEMPLATE_DIED, "it is tried once more with a plain kernel", watch)
    if not watch.ready:
        return Failure(kind=FailureKind.START_FAILED, detail=_ended(watch, str(error)))
    if isinstance(error, CellTimeoutError):
        advice = "a larger limit: --timeout SECONDS"
        return _at_cell(FailureKind.TIMED_OUT, f"more than {watch.cell_timeout_s} s", watch, advice=advice)
    if isinstance(error, DeadKernelError):
        return _at_cell(FailureKind.KERNEL_DIED, _ended(watch, "without a reason"), watch, advice=_memory_advice(watch))
    if isinstance(error, PapermillExecutionError):
        detail = head(f"{error.ename}: {error.evalue}", lines=_ERROR_LINES)
        return _at_cell(FailureKind.RAISED, detail, watch, advice=_advice_on(error.ename, error.evalue))
    return _at_cell(FailureKind.RAISED, head(f"{type(error).__name__}: {error}", lines=_ERROR_LINES), watch)


def _advice_on(name: str, message: str) -> str:
    """Return what to do about an error that a cell raised."""
    if name.endswith("MemoryError"):
        return "the cell asked for more memory than there is; try --workers 1, or close other programs"
    if name == "EvidenceError":
        return "mend the evidence; `analysis check DIR` lists its faults"
    if "No space left on device" in message:
        return "free some space, then run again"
    return "the partly executed copy shows what went before; mend the notebook or what it calls, then run again"


def _ended(watch: Watch, otherwise: str) -> str:
    status = watch.exit_status
    if status is None:
        return otherwise
    if status >= 0:
        return f"its process ended with exit status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = str(-status)
    return f"its process was ended by signal {name}"


def _memory_advice(watch: Watch) -> str:
    killed = watch.exit_status is not None and watch.exit_status == -getattr(signal, "SIGKILL", 9)
    return "the system ends a process this way when memory runs out; try --workers 1" if killed else ""


def _at_cell(kind: FailureKind, detail: str, watch: Watch, *, advice: str = "") -> Failure:
    cells = watch.code_cells()
    number = watch.cell
    cell: Any = cells[number - 1] if number is not None and number <= len(cells) else {}
    return Failure(
        kind=kind,
        detail=detail,
        cell=number,
        cell_id=cell.get("id", ""),
        source=head(cell.get("source", ""), lines=_SOURCE_LINES),
        advice=advice,
    )


def _with_partial_copy(failure: Failure, spec: RunSpec, watch: Watch) -> Failure:
    if watch.notebook is None:
        return failure
    try:
        write_text(spec.partial, as_text(normalised(watch.notebook)))
    except OSError:
        return failure  # the disk that made the notebook fail may refuse this copy too
    return replace(failure, partial=spec.partial)
