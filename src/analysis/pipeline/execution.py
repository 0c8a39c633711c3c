"""Checking the evidence and running what was planned: the steps every command that runs notebooks shares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from analysis.pipeline.progress import Progress
from analysis.pipeline.request import Plan, Request
from analysis.pipeline.result import Result, RunSpec
from analysis.pipeline.workers import run_all
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


def run_planned(request: Request, plan: Plan, part: Path, said: Progress) -> tuple[Result, ...]:
    """Run every notebook of `plan` with its outputs in `part`, and return one result a notebook, in order of name."""
    specs = [
        RunSpec(
            notebook=path,
            executed=part / path.name,
            output=part / path.stem,
            parameters=dict(plan.parameters.get(path.stem, {})),
            cell_timeout_s=request.cell_timeout_s,
            anew=request.force,
        )
        for path in plan.notebooks
    ]
    said.total = len(specs)
    results = []
    for result in run_all(specs, workers=request.workers, on_cell=said.cell, on_start=said.started, on_wait=said.alive):
        said.finished(result)
        results.append(result)
    return tuple(sorted(results, key=lambda result: result.spec.name))


def executed_copy(result: Result) -> ExecutedNotebook:
    """Return the executed copy of a notebook that ran to its end."""
    return ExecutedNotebook(
        name=result.spec.name, content=result.spec.executed.read_bytes(), source_sha256=result.source_sha256
    )
