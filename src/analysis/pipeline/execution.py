"""Checking the evidence and running what was planned: the steps every command that runs notebooks shares."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import EvidenceError
from analysis.pipeline.durations import keep_durations, longest_first
from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.font_list import make_font_list
from analysis.pipeline.progress import Progress
from analysis.pipeline.request import Plan, Request
from analysis.pipeline.result import Result, RunSpec
from analysis.pipeline.warm.template import warm_kernels
from analysis.pipeline.workers import Team, team
from analysis.record.layout import Layout

if TYPE_CHECKING:
    from analysis.record.decision import ExecutedNotebook

EvidenceCheck = Callable[[Path], Mapping[str, str]]
"""Checks an evidence folder, raises EvidenceError with all faults, returns the hash of each file."""


def checked_evidence(folder: Path, *, excluded: Collection[str] = ()) -> Mapping[str, str]:
    """Load the evidence in `folder` and return the hash of each of its files.

    Parameters
    ----------
    excluded
        Originators and parties that a run is to leave out; the evidence must know them.

    Raises
    ------
    EvidenceError
        With all faults.
    ParameterError
        For an originator the evidence does not know.
    """
    from analysis.evidence import load_evidence
    from analysis.evidence.selection import check_originators

    evidence = load_evidence(folder)
    check_originators(evidence, excluded)
    return evidence.checksums


def checked_before_a_run(folder: Path, check: EvidenceCheck) -> Mapping[str, str]:
    """Return the hash of each evidence file as `check` does; what it finds keeps everything from running.

    Raises
    ------
    EvidenceError
        With all faults, saying that nothing was run.
    """
    try:
        return check(folder)
    except EvidenceError as error:
        raise EvidenceError(error.faults, outcome="nothing was run") from None


@contextmanager
def kernels_offered() -> Iterator[None]:
    """Make ready what all kernels of a run share, their fonts and their template; it ends with the block."""
    # The folder stands for one that every kernel has of its own; it is never used.
    environment = kernel_environment(None, private=Path(os.devnull))
    make_font_list(environment)
    with warm_kernels(environment):
        yield


@contextmanager
def made_ready(request: Request, plan: Plan) -> Iterator[Team]:
    """Start what runs notebooks and return the workers; it gets ready while the caller checks the evidence.

    Workers, the template of their kernels and the kernels end with the block.
    """
    with kernels_offered(), team(request.workers) as staff:
        staff.prepare(len(plan.notebooks))
        yield staff


def run_planned(
    request: Request, plan: Plan, layout: Layout, part: Path, said: Progress, *, staff: Team
) -> tuple[Result, ...]:
    """Run every notebook of `plan` with its outputs in `part`, and return one result a notebook, in order of name."""
    specs = [
        RunSpec(
            notebook=path,
            executed=part / path.name,
            output=part / path.stem,
            parameters=dict(plan.parameters.get(path.stem, {})),
            cell_timeout_s=request.cell_timeout_s,
            anew=request.force,
            journal=request.journal,
        )
        for path in longest_first(plan.notebooks, layout)
    ]
    said.total = len(specs)
    results = []
    for result in staff.run(specs, on_cell=said.cell, on_start=said.started, on_wait=said.alive):
        said.finished(result)
        results.append(result)
    keep_durations(results, layout)
    return tuple(sorted(results, key=lambda result: result.spec.name))


def executed_copy(result: Result) -> ExecutedNotebook:
    """Return the executed copy of a notebook that ran to its end."""
    from analysis.record.decision import ExecutedNotebook  # slow to import; kernels start before it

    return ExecutedNotebook(
        name=result.spec.name, content=result.spec.executed.read_bytes(), source_sha256=result.source_sha256
    )
