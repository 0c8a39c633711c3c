"""Worker processes that run notebooks. A worker that dies takes one notebook with it, never the others."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Final, NoReturn

from analysis.pipeline.result import Failure, FailureKind, Result, RunSpec

if TYPE_CHECKING:  # not every system has both
    from multiprocessing.context import ForkServerContext, SpawnContext

_TICK_S: Final = 0.5
_GRACE_S: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CellStarted:
    """A worker's word that a cell has started: which notebook, which code cell of how many."""

    name: str
    number: int
    count: int


class _Worker:
    """One process and the pipe to it; at most one notebook at a time."""

    def __init__(self, context: SpawnContext | ForkServerContext) -> None:
        self.pipe, other_end = context.Pipe()
        # The server that forks workers may be older than this run's environment, so each is given it.
        arguments = (other_end, dict(os.environ))
        self.process: BaseProcess = context.Process(target=_serve, args=arguments, daemon=False)
        self.process.start()
        other_end.close()
        self.spec: RunSpec | None = None

    def give(self, spec: RunSpec) -> None:
        """Send the worker a notebook to run."""
        self.spec = spec
        self.pipe.send(spec)

    def died(self) -> Result | None:
        """Return the failure of the notebook it was running, if any."""
        spec, self.spec = self.spec, None
        self.process.join()
        if spec is None:
            return None
        code = self.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        killed = code == -getattr(signal, "SIGKILL", 9)
        advice = "when memory runs out the system ends a process with signal 9; try --workers 1" if killed else ""
        return Result(spec=spec, failure=Failure(kind=FailureKind.WORKER_DIED, detail=how, advice=advice))

    def close(self, *, at_once: bool) -> None:
        """Let the worker leave when it is idle, or end it now; :meth:`wait` waits for it."""
        if at_once and self.process.is_alive():
            self.process.terminate()  # raises SystemExit in the worker, which ends its kernel on the way out
        self.pipe.close()  # an idle worker leaves when its pipe is closed

    def wait(self) -> None:
        """Wait until the worker is gone; kill it when it takes too long."""
        self.process.join(_GRACE_S)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _context() -> SpawnContext | ForkServerContext:
    """Return how workers are started: never forked from this process, whose threads and sockets do not survive that.

    On Linux they are forked from a server that imports once what all of them need; elsewhere each is spawned.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["analysis.pipeline.run_one"])
    return context


class Team:
    """Worker processes of one run; started early, they import what they need while the caller goes on.

    Parameters
    ----------
    size
        How many processes at most.
    """

    def __init__(self, size: int) -> None:
        self._size = max(1, size)
        self._context = _context()
        self._workers: list[_Worker] = []

    def prepare(self, count: int) -> None:
        """Start the processes that `count` notebooks will need."""
        while len(self._workers) < min(self._size, count):
            self._workers.append(_Worker(self._context))

    def run(
        self,
        specs: Iterable[RunSpec],
        *,
        on_cell: Callable[[CellStarted], None],
        on_start: Callable[[RunSpec], None],
        on_wait: Callable[[], None],
    ) -> Iterator[Result]:
        """Run the notebooks in this order and yield each result as it comes.

        Parameters
        ----------
        specs
            What to run.
        on_cell, on_start, on_wait
            Called in this process when a cell or a notebook starts, and about twice a second while nothing happens.
        """
        waiting = list(specs)
        while waiting or any(worker.spec for worker in self._workers):
            self._hand_out(waiting, on_start)
            ready = wait([worker.pipe for worker in self._workers], timeout=_TICK_S)
            if not ready:
                on_wait()
            for worker in [worker for worker in self._workers if worker.pipe in ready]:
                result = _heard(worker, self._workers, on_cell)
                if result is not None:
                    yield result

    def end(self, *, at_once: bool) -> None:
        """End the processes; `at_once` also where a notebook runs."""
        for worker in self._workers:
            worker.close(at_once=at_once)
        for worker in self._workers:
            worker.wait()
        self._workers.clear()

    def _hand_out(self, waiting: list[RunSpec], on_start: Callable[[RunSpec], None]) -> None:
        while waiting:
            idle = next((worker for worker in self._workers if worker.spec is None), None)
            if idle is None:
                if len(self._workers) >= self._size:
                    return
                idle = _Worker(self._context)
                self._workers.append(idle)
            spec = waiting.pop(0)
            on_start(spec)
            try:
                idle.give(spec)
            except OSError:  # it died while idle; the next one gets the notebook
                idle.spec = None
                self._workers.remove(idle)
                waiting.insert(0, spec)


@contextmanager
def team(size: int) -> Iterator[Team]:
    """Return a team of workers that ends with the block: at once when the block is left by an exception."""
    workers = Team(size)
    finished = False
    try:
        yield workers
        finished = True
    finally:
        workers.end(at_once=not finished)


def run_all(
    specs: Iterable[RunSpec],
    *,
    workers: int,
    on_cell: Callable[[CellStarted], None],
    on_start: Callable[[RunSpec], None],
    on_wait: Callable[[], None],
) -> Iterator[Result]:
    """Run the notebooks in `workers` processes and yield each result as it comes; the rest as for :meth:`Team.run`."""
    with team(workers) as staff:
        yield from staff.run(specs, on_cell=on_cell, on_start=on_start, on_wait=on_wait)


def _heard(worker: _Worker, running: list[_Worker], on_cell: Callable[[CellStarted], None]) -> Result | None:
    """Return the result a worker sent, or the failure it left behind by dying."""
    try:
        message = worker.pipe.recv()
    except (EOFError, OSError):
        running.remove(worker)
        worker.pipe.close()
        return worker.died()
    if isinstance(message, CellStarted):
        on_cell(message)
        return None
    if isinstance(message, Result):
        worker.spec = None
        return message
    raise TypeError(f"a worker sent {type(message).__name__}")


def _serve(pipe: Connection, environment: dict[str, str]) -> None:
    """Run in the worker: take notebooks from the pipe until it is closed."""
    os.environ.clear()
    os.environ.update(environment)
    # Ctrl-C reaches every process of the terminal; the parent decides, and asks by SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_follow_parent, name="follows the parent", daemon=True).start()
    try:
        from analysis.pipeline.run_one import run_one  # the parent does not need papermill, a worker does
    except ImportError as error:
        _refuse_all(pipe, str(error))
        return

    while True:
        try:
            spec: RunSpec = pipe.recv()
        except (EOFError, OSError):
            return

        def tell(number: int, count: int, name: str = spec.name) -> None:
            """Send word that a cell has started."""
            pipe.send(CellStarted(name=name, number=number, count=count))

        try:
            pipe.send(run_one(spec, on_cell=tell))
        except OSError:  # the parent is gone; nobody waits for the result
            return


def _follow_parent() -> None:
    """End this worker, and with it its kernel, when the process that started it is gone, however it ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _refuse_all(pipe: Connection, why: str) -> None:
    """Answer every notebook with what the environment lacks."""
    failure = Failure(kind=FailureKind.ENVIRONMENT, detail=why, advice="delete .venv and run `make setup`")
    while True:
        try:
            pipe.send(Result(spec=pipe.recv(), failure=failure))
        except (EOFError, OSError):
            return


def _leave(number: int, frame: object) -> NoReturn:  # noqa: ARG001
    # What is cut short is no news to anybody, and asyncio would print a traceback for it.
    logging.getLogger("asyncio").disabled = True
    raise SystemExit(143)
