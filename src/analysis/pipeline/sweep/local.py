"""Runs of a sweep in worker processes of this machine, each of which runs one notebook after the other."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from analysis.pipeline.execution import kernels_offered
from analysis.pipeline.result import Result, RunSpec
from analysis.pipeline.sweep.plan import PlannedRun, SweepPlan
from analysis.pipeline.workers import run_all
from analysis.record.atomic import write_text


def spec_of(run: PlannedRun, notebook: Path, part: Path, *, cell_timeout_s: int, figures: bool) -> RunSpec:
    """Return what is asked of one run: everything it writes lies in ``part/<run>/``.

    Parameters
    ----------
    run
        Which run.
    notebook
        The copy of the notebook that is run.
    part
        Folder of this sweep alone.
    cell_timeout_s, figures
        As for :class:`~analysis.pipeline.result.RunSpec`.
    """
    return RunSpec(
        notebook=notebook,
        executed=part / run.name / notebook.name,
        output=part / run.name / notebook.stem,
        parameters=dict(run.combination.given),
        cell_timeout_s=cell_timeout_s,
        figures=figures,
    )


def notebook_copy(plan: SweepPlan, part: Path) -> Path:
    """Write the notebook that all runs share into a folder of its own and return its path."""
    path = part / "notebook" / f"{plan.name}.ipynb"
    path.parent.mkdir()
    write_text(path, plan.notebook)
    return path


def run_here(specs: list[RunSpec], *, workers: int, on_wait: Callable[[], None]) -> Generator[Result]:
    """Run the notebooks in `workers` processes and yield each result as it comes.

    Parameters
    ----------
    specs
        What to run.
    workers
        How many processes.
    on_wait
        Called about twice a second while nothing happens.
    """
    with kernels_offered():
        yield from run_all(specs, workers=workers, on_cell=lambda _: None, on_start=lambda _: None, on_wait=on_wait)
