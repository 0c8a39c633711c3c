"""Runs of a sweep on a dask cluster, reached by the address of its scheduler and by nothing else."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator, Sequence
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Final

from analysis.errors import ReproductionError
from analysis.pipeline.messages import head
from analysis.pipeline.result import Failure, FailureKind, Result
from analysis.pipeline.sweep.remote import RemoteResult, RemoteTask, put_in_place, run_remote

if TYPE_CHECKING:
    from distributed import Client, Future

_ADDRESS: Final = re.compile(r"(?:tcp|tls)://[^\s/@]+:[0-9]{1,5}")
_TICK_S: Final = 0.5
_CONNECT_S: Final = 15.0
_SILENCE_S: Final = 30.0


def check_address(address: str) -> None:
    """Refuse what is not the address of a dask scheduler.

    Raises
    ------
    ReproductionError
        Saying what one looks like.
    """
    if not _ADDRESS.fullmatch(address):
        raise ReproductionError(
            f"--scheduler {address!r}: write tcp://HOST:PORT (or tls://), the address that `dask scheduler` prints"
        )


def run_on_cluster(
    tasks: Sequence[RemoteTask], *, address: str, on_wait: Callable[[], None], note: Callable[[str], None]
) -> Generator[Result]:
    """Run the tasks on the workers of the scheduler at `address` and yield each result as it comes.

    Parameters
    ----------
    tasks
        What to run; sent in this order.
    address
        As typed; only this address is connected to, results come through it as well.
    on_wait
        Called about twice a second while nothing happens.
    note
        Says something to the person who waits.

    Raises
    ------
    ReproductionError
        When dask is not installed, no scheduler answers, it goes away, or a worker has another version of the study.
    """
    check_address(address)
    client = _connected(address)
    ended: SimpleQueue[Future[RemoteResult]] = SimpleQueue()
    futures: dict[object, RemoteTask] = {}
    try:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            note(f"the scheduler at {address} has no workers yet; waiting (start some with `dask worker {address}`)")
        for task in tasks:
            future = client.submit(run_remote, task, pure=False)
            futures[future.key] = task
            future.add_done_callback(ended.put)
        waiting = len(tasks)
        while waiting:
            future = _next(ended, client, address, on_wait)
            waiting -= 1
            yield _result(future, futures[future.key], address)
    finally:
        _leave(client)


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise ReproductionError(
            f"--scheduler needs dask, which is not installed ({error}); the extra `distributed` brings it"
        ) from error
    # What goes wrong is said once, by this package.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=_CONNECT_S, set_as_default=False, direct_to_workers=False)
    except (OSError, TimeoutError, ValueError, RuntimeError) as error:
        raise ReproductionError(
            f"no dask scheduler answers at {address} ({head(str(error), lines=1)}); start one with `dask scheduler`"
        ) from error


def _next(
    ended: SimpleQueue[Future[RemoteResult]], client: Client, address: str, on_wait: Callable[[], None]
) -> Future[RemoteResult]:
    """Return the next future that ended; a scheduler that is gone for half a minute ends the sweep."""
    heard = monotonic()
    while True:
        try:
            return ended.get(timeout=_TICK_S)
        except Empty:
            on_wait()
        if client.status == "running":
            heard = monotonic()
        elif client.status == "closed" or monotonic() - heard > _SILENCE_S:
            raise ReproductionError(_gone(address))


def _gone(address: str) -> str:
    return f"the scheduler at {address} went away; finished runs are kept, and the same command goes on with the rest"


def _result(future: Future[RemoteResult], task: RemoteTask, address: str) -> Result:
    if future.status in {"cancelled", "lost"}:
        raise ReproductionError(_gone(address))
    if future.status == "error":
        return _failed(future.exception(), task)
    done = future.result()
    failure = done.result.failure
    if failure is not None and failure.kind is FailureKind.OTHER_INPUTS:
        raise ReproductionError(
            f"a worker has another version of the study than this machine: {failure.detail}. Bring the same commit and "
            "evidence to every worker; finished runs are kept"
        )
    return put_in_place(done)


def _failed(error: object, task: RemoteTask) -> Result:
    """Return the failure of a run whose worker raised or died."""
    text = f"{type(error).__name__}: {head(str(error), lines=3)}"
    if isinstance(error, ImportError):
        raise ReproductionError(
            f"a worker cannot import this package ({text}); start `dask worker` from the environment of this repository"
        )
    return Result(
        spec=task.spec,
        failure=Failure(kind=FailureKind.WORKER_DIED, detail=text, advice="look at the worker's own log"),
    )


def _leave(client: Client) -> None:
    """Withdraw what has not run and disconnect; what a worker is in the middle of it ends for nothing."""
    try:
        if client.status == "running":
            client.cancel(list(client.futures), force=True)
        client.close(timeout=_TICK_S)
    except (OSError, TimeoutError, RuntimeError):
        return
