"""The runs of a sweep with the hashes that decide which of them are done already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from analysis.errors import ReproductionError
from analysis.estimate import sorted_union
from analysis.paths import PACKAGE
from analysis.pipeline.execution import EvidenceCheck, checked_before_a_run, checked_evidence
from analysis.pipeline.request import DATA
from analysis.pipeline.sweep.grid import Combination, Grid
from analysis.pipeline.sweep.inputs import Inputs, bare_notebook, inputs_of, run_key, signature, what_changed
from analysis.record.layout import Layout
from analysis.record.manifest import file_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRun:
    """One run: its parameters, what it is made from, and the key that stands for both.

    Parameters
    ----------
    combination
        Name and parameters.
    evidence
        Its evidence folder.
    inputs
        What it is made from.
    key
        Hash of inputs and parameters.
    """

    combination: Combination
    evidence: Path
    inputs: Inputs
    key: str

    @property
    def name(self) -> str:
        """The name of the run."""
        return self.combination.run


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepPlan:
    """Everything a sweep needs to know before its first run.

    Parameters
    ----------
    grid
        The combinations.
    notebook
        Text of the notebook that runs, taken once: an edit meanwhile does not mix two notebooks in one table.
    runs
        In the order of the grid.
    lock
        The list of exact versions.
    """

    grid: Grid
    notebook: str
    runs: tuple[PlannedRun, ...]
    lock: Path
    _signature: tuple[object, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The notebook's name without ending."""
        return self.grid.notebook.stem

    def refuse_changes(self) -> None:
        """Refuse to go on when code, evidence or lock are not what they were when the sweep was planned.

        Raises
        ------
        ReproductionError
            Naming what changed.
        """
        if _signature(self.runs, self.lock) == self._signature:
            return
        for run in {run.evidence: run for run in self.runs}.values():
            evidence = {name: file_hash(run.evidence / name) or "" for name in run.inputs.evidence}
            now = inputs_of(self.notebook, evidence=evidence, lock=self.lock)
            changed = what_changed(run.inputs.tree(), now.tree())
            if changed:
                raise ReproductionError(
                    f"changed while the sweep ran: {', '.join(changed[:5])}. What ran before is kept; the same command "
                    "runs everything that depends on it again"
                )


def planned_sweep(grid: Grid, layout: Layout, *, check_evidence: EvidenceCheck | None = None) -> SweepPlan:
    """Check the evidence of every run and return the plan.

    Parameters
    ----------
    grid
        What to run.
    layout
        The repository.
    check_evidence
        How an evidence folder is checked; the package's own loader by default.

    Raises
    ------
    EvidenceError, ParameterError, ReproductionError
        For faulty evidence, an originator it does not know, and an unreadable notebook.
    """
    notebook = bare_notebook(grid.notebook)
    by_folder = _evidence(grid.combinations, layout, check_evidence)
    inputs = {folder: inputs_of(notebook, evidence=found, lock=layout.lock) for folder, found in by_folder.items()}
    digests = {folder: one.digest() for folder, one in inputs.items()}
    runs = []
    for one in grid.combinations:
        folder = evidence_folder(one.parameters, layout)
        key = run_key(digests[folder], one.parameters)
        runs.append(PlannedRun(combination=one, evidence=folder, inputs=inputs[folder], key=key))
    return SweepPlan(
        grid=grid,
        notebook=notebook,
        runs=tuple(runs),
        lock=layout.lock,
        _signature=_signature(runs, layout.lock),
    )


def evidence_folder(parameters: Mapping[str, object], layout: Layout) -> Path:
    """Return the evidence folder of a run with these parameters."""
    named = parameters.get(DATA)
    return Path(named) if isinstance(named, str) and named else layout.data


def _evidence(
    combinations: Sequence[Combination], layout: Layout, check_evidence: EvidenceCheck | None
) -> dict[Path, Mapping[str, str]]:
    """Return the hashes of each evidence folder, checked once with every originator any run leaves out."""
    excluded: dict[Path, list[str]] = {}
    for one in combinations:
        names = one.parameters.get("exclude_originators")
        own = excluded.setdefault(evidence_folder(one.parameters, layout), [])
        own += map(str, names) if isinstance(names, list) else ()
    checks: dict[Path, Callable[[Path], Mapping[str, str]]] = {
        folder: check_evidence or partial(checked_evidence, excluded=sorted_union(names))
        for folder, names in excluded.items()
    }
    return {folder: checked_before_a_run(folder, check) for folder, check in checks.items()}


def _signature(runs: Sequence[PlannedRun], lock: Path) -> tuple[object, ...]:
    folders = {run.evidence: run.inputs.evidence for run in runs}
    evidence = [signature(folder, names) for folder, names in folders.items()]
    code = signature(PACKAGE.parent, runs[0].inputs.code) if runs else ()
    return (*evidence, code, signature(lock.parent, {lock.name: ""}))
