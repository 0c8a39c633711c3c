"""All settings of the chosen methods simulated, each kept as soon as it is done, and the tables written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from pathlib import Path

from analysis.calibration import minefields, recovery
from analysis.calibration.keeping import Line, Task, run_kept
from analysis.calibration.provenance import Provenance, provenance_of, read_provenance
from analysis.calibration.register import METHODS, methods_named
from analysis.calibration.settings import Method
from analysis.calibration.simulation import SEED, Coverage, simulate
from analysis.calibration.table import FOLDER, MADE_WITH, store, stored_coverage

Tell = Callable[[str], None]


def calibrate(
    methods: Sequence[Method],
    *,
    kept: Path,
    tell: Tell,
    workers: int = 1,
    runs: int | None = None,
    seed: int = SEED,
    folder: Path = FOLDER,
) -> tuple[Coverage, ...]:
    """Simulate every setting of the methods and write the table; lines of other methods stay as they are.

    Parameters
    ----------
    methods
        Of the register.
    kept
        Folder in which each line is kept once it is done; one made by the same source, evidence, runs and seed is not
        simulated again.
    tell
        Called with a line for people whenever a setting is done.
    workers
        Processes; results do not depend on it.
    runs
        Of every setting; None for its own number.
    folder
        Where the table is written.
    """
    made = {method.name: provenance_of(method, seed=seed) for method in methods}
    tasks = [
        Task(
            subject=method.name,
            setting=setting.name,
            runs=setting.runs if runs is None else runs,
            seed=seed,
            origin=f"{made[method.name]['source']} {made[method.name]['evidence']}",
        )
        for method in methods
        for setting in method.settings
    ]

    found = run_kept(tasks, _coverage, kept=kept, workers=workers, words=_coverage_words, tell=tell)
    fresh = tuple(Coverage(**line) for line in found)
    _write(fresh, made, folder)
    return fresh


def calibrate_recovery(
    *,
    kept: Path,
    tell: Tell,
    workers: int = 1,
    runs: int | None = None,
    seed: int = SEED,
    folder: Path = FOLDER,
) -> tuple[recovery.Recovery, ...]:
    """Simulate every setting of the reconciliation and write its table; parameters as for :func:`calibrate`."""
    made = recovery.made_here(seed=seed)
    origin = f"{made[recovery.NAME]['source']} {made[recovery.NAME]['evidence']}"
    number = recovery.RUNS if runs is None else runs
    tasks = [
        Task(subject=recovery.NAME, setting=name, runs=number, seed=seed, origin=origin) for name in recovery.SETTINGS
    ]

    found = run_kept(tasks, _recovery, kept=kept, workers=workers, words=_recovery_words, tell=tell)
    fresh = tuple(recovery.Recovery(**line) for line in found)
    recovery.store(fresh, made, folder)
    return fresh


def calibrate_minefields(
    *,
    kept: Path,
    tell: Tell,
    workers: int = 1,
    runs: int | None = None,
    seed: int = SEED,
    folder: Path = FOLDER,
) -> None:
    """Simulate the made-up minefield worlds and write their tables; parameters as for :func:`calibrate`."""
    tasks = minefields.tasks_of(worlds=minefields.WORLDS if runs is None else runs, seed=seed)

    lines = run_kept(tasks, minefields.simulated, kept=kept, workers=workers, words=_minefield_words, tell=tell)
    minefields.store(lines, seed=seed, folder=folder)


def chosen(names: Collection[str]) -> tuple[tuple[Method, ...], tuple[str, ...]]:
    """Return the methods with these names, and which tables of their own are among them; all without a name.

    Raises
    ------
    ParameterError
        If a name is not one of a method or of a table.
    """
    tables = (recovery.NAME, minefields.NAME)
    others = [name for name in names if name not in tables]
    methods = methods_named(others) if others or not names else ()
    return methods, tuple(name for name in tables if not names or name in names)


def _coverage_words(_: Task, line: Line) -> str:
    return f": {line['coverage']:.4f}, {line['verdict']}"


def _recovery_words(_: Task, line: Line) -> str:
    return f": true total held at {line['held']:.4f} of the dates"


def _minefield_words(task: Task, line: Line) -> str:
    found = f": found in {line['found']}, wrong in {line['wrong']}" if "found" in line else ""
    return f", {task.runs} worlds{found}"


def _coverage(task: Task) -> Line:
    (method,) = methods_named([task.subject])
    (setting,) = (each for each in method.settings if each.name == task.setting)
    return asdict(simulate(method, setting, runs=task.runs, seed=task.seed))


def _recovery(task: Task) -> Line:
    corruption, amount = recovery.SETTINGS[task.setting]
    return asdict(recovery.recover(corruption, amount, runs=task.runs, seed=task.seed))


def _write(fresh: Sequence[Coverage], made: Provenance, folder: Path) -> None:
    """Write the table in the order of the register, the lines of other methods as they were."""
    others = [line for line in stored_coverage(folder) if line.method not in made]
    order = [method.name for method in METHODS]
    known = [line for line in [*fresh, *others] if line.method in order]
    before = {name: origin for name, origin in read_provenance(folder / MADE_WITH).items() if name in order}
    store(sorted(known, key=lambda line: order.index(line.method)), {**before, **made}, folder)
