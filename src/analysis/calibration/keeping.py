"""Simulations run one by one or side by side, each result kept as soon as it is there."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Line = Mapping[str, Any]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One simulation.

    Parameters
    ----------
    subject, setting
        What is simulated: names by which `simulate` finds it.
    runs, seed
        Of it.
    origin
        What its result depends on besides (hashes of source and evidence); part of the name it is kept under.
    """

    subject: str
    setting: str
    runs: int
    seed: int
    origin: str

    @property
    def file_name(self) -> str:
        """Name of the file that keeps the result; another for anything else it could depend on."""
        told = [self.subject, self.setting, self.runs, self.seed, self.origin]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:24] + ".json"


def run_kept(
    tasks: Sequence[Task],
    simulate: Callable[[Task], Line],
    *,
    kept: Path,
    workers: int,
    words: Callable[[Task, Line], str],
    tell: Callable[[str], None],
) -> tuple[Line, ...]:
    """Return the result of every task, in their order; those that were kept are read, the others simulated.

    Parameters
    ----------
    simulate
        A function of a module, so that it can be called in another process; its result goes into JSON.
    kept
        Folder of the results.
    workers
        Processes.
    words
        What is said of a task that is done, after its subject and setting.
    tell
        Called with a line of progress when a task is done.
    """
    kept.mkdir(parents=True, exist_ok=True)
    found = {task: _read(kept / task.file_name) for task in tasks if (kept / task.file_name).exists()}
    for task, line in _simulated([task for task in tasks if task not in found], simulate, workers=workers):
        found[task] = line
        _write(kept / task.file_name, line)
        tell(f"[{len(found)}/{len(tasks)}] {task.subject}; {task.setting}{words(task, line)}")
    return tuple(found[task] for task in tasks)


def _simulated(tasks: Sequence[Task], simulate: Callable[[Task], Line], *, workers: int) -> Iterator[tuple[Task, Line]]:
    """Yield each task with its result, in the order in which they are done."""
    if workers == 1:
        for task in tasks:
            yield task, simulate(task)
        return
    # A fork of a process with threads can hang, so the workers are started anew.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(simulate, task): task for task in tasks}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


def _read(path: Path) -> Line:
    line: Line = json.loads(path.read_text(encoding="utf-8"))
    return line


def _write(path: Path, line: Line) -> None:
    half = path.with_suffix(".part")
    half.write_text(json.dumps(line), encoding="utf-8")
    half.replace(path)
