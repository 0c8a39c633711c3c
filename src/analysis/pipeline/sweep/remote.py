"""One run on a worker of a dask cluster: everything it needs comes with it, everything it wrote goes back.

Nothing is shared but the version of the repository, which is checked by content before the notebook starts: a worker
with other code or other evidence would put values into the table that belong to another study.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.paths import DATA, LOCK
from analysis.pipeline.result import Failure, FailureKind, Result, RunSpec
from analysis.pipeline.sweep.inputs import Inputs, inputs_of, what_changed
from analysis.record.manifest import file_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteTask:
    """One run to be made elsewhere.

    Parameters
    ----------
    spec
        What was asked; its folders are those of the machine that asks.
    notebook
        Text of the notebook.
    evidence
        Evidence folder by name; empty for the worker's own copy of the repository's.
    inputs
        What the worker must have.
    """

    spec: RunSpec
    notebook: str
    evidence: str
    inputs: Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteResult:
    """What came of it.

    Parameters
    ----------
    result
        With the folders of the machine that asked.
    files
        Everything the run wrote, by path below the run's folder.
    """

    result: Result
    files: Mapping[str, bytes] = field(default_factory=dict)


def run_remote(task: RemoteTask) -> RemoteResult:
    """Run one notebook in a temporary folder of this machine and return what it wrote.

    A worker that has other code, evidence or versions than the one that asks returns a failure that says so.
    """
    differing = what_changed(task.inputs.tree(), _inputs_here(task).tree())
    if differing:
        failure = Failure(kind=FailureKind.OTHER_INPUTS, detail=", ".join(differing[:5]))
        return RemoteResult(result=Result(spec=task.spec, failure=failure))
    from analysis.pipeline.run_one import run_one

    with tempfile.TemporaryDirectory(prefix="analysis-sweep-") as folder:
        here = Path(folder)
        notebook = here / task.spec.notebook.name
        notebook.write_text(task.notebook, encoding="utf-8", newline="\n")
        made = here / "run"
        spec = replace(
            task.spec,
            notebook=notebook,
            executed=made / task.spec.executed.name,
            output=made / task.spec.output.name,
        )
        result = run_one(spec)
        return RemoteResult(result=replace(result, spec=task.spec), files=_files(made))


def _inputs_here(task: RemoteTask) -> Inputs:
    folder = Path(task.evidence) if task.evidence else DATA
    evidence = {name: file_hash(folder / name) or "" for name in task.inputs.evidence}
    return inputs_of(task.notebook, evidence=evidence, lock=LOCK)


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file()) if folder.is_dir() else ()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def put_in_place(done: RemoteResult) -> Result:
    """Write what a run wrote elsewhere into the folder it was asked for, and return the result.

    Raises
    ------
    OSError
        When it cannot be written.
    ValueError
        When a path would leave the folder: what a cluster sends is not trusted with names.
    """
    spec = done.result.spec
    folder = spec.executed.parent
    for name, content in done.files.items():
        path = (folder / name).resolve()
        if folder.resolve() not in path.parents:
            raise ValueError(f"a worker sent a file named {name!r}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return done.result
