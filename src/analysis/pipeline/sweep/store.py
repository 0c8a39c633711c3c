"""Runs kept in the sweep's folder, each in a folder of its own that appears by one rename when it is complete."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from analysis.errors import ReproductionError
from analysis.pipeline.messages import head, printable
from analysis.pipeline.result import FailureKind, Result
from analysis.pipeline.sweep.inputs import what_changed
from analysis.pipeline.sweep.plan import PlannedRun
from analysis.record.atomic import write_text
from analysis.record.reading import VALUES
from analysis.record.run_outputs import read_outputs
from analysis.record.serialise import as_json

RUNS: Final = "runs"
INPUTS: Final = "inputs"
_FACTS: Final = "run.json"
_OWN_DOING: Final = (FailureKind.RAISED.value, FailureKind.STOPPED.value)
_LONGEST_DETAIL: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """One run read back from the folder.

    Parameters
    ----------
    name
        Name of the run.
    key
        Hash of what it was made from.
    inputs
        Digest of the inputs, which are kept once for all runs.
    failure, kind
        Why it failed and in what way; empty for a run that is done.
    seconds
        How long it took.
    kept
        Whether its figures and executed notebook are there.
    values
        Its values by full key, as trees.
    """

    name: str
    key: str
    inputs: str
    failure: str
    kind: str
    seconds: float
    kept: bool
    values: Mapping[str, Any]

    @property
    def done(self) -> bool:
        """Whether it ran to its end."""
        return not self.kind

    @property
    def would_fail_again(self) -> bool:
        """Whether it failed by the notebook's own doing, so that the same inputs would end the same way."""
        return self.kind in _OWN_DOING


def keep_inputs(folder: Path, run: PlannedRun) -> None:
    """Write what the runs are made from beside them, once for all that share it."""
    (folder / INPUTS).mkdir(exist_ok=True)
    path = folder / INPUTS / f"{run.inputs.digest()}.json"
    if not path.is_file():
        write_text(path, as_json(run.inputs.tree()))


def keep_run(folder: Path, run: PlannedRun, result: Result, *, kept: bool) -> StoredRun:
    """Complete the folder the run was computed in, move it into place, and return what is kept.

    Parameters
    ----------
    folder
        The sweep's folder.
    run
        What was asked.
    result
        What came of it; its outputs lie in one folder, which is moved.
    kept
        Whether figures and executed notebook stay in it.

    Raises
    ------
    ReproductionError
        When the notebook wrote values that cannot be used.
    OSError
        When the folder cannot be written.
    """
    part = result.spec.executed.parent
    part.mkdir(parents=True, exist_ok=True)
    values = _values_text(result) if result.ok else ""
    if values:
        write_text(part / VALUES, values)
    if not kept:
        for path in (result.spec.executed, result.spec.partial):
            path.unlink(missing_ok=True)
        shutil.rmtree(result.spec.output, ignore_errors=True)
    write_text(part / _FACTS, as_json(_facts(run, result, values, kept=kept)))
    place = folder / RUNS / run.name
    place.parent.mkdir(exist_ok=True)
    if place.exists():
        shutil.rmtree(place)
    part.rename(place)
    stored = read_run(folder, run.name)
    if stored is None:
        raise ReproductionError(f"{place} was changed while it was written; run the same command again")
    return stored


def _values_text(result: Result) -> str:
    outputs = read_outputs(result.spec.output, notebook=result.spec.name)
    # The form of every other run, so that `analysis diff` and `analysis explain --record` read this one too.
    return as_json({"parameters": {outputs.notebook: dict(outputs.parameters)}, "values": dict(outputs.values)})


def _facts(run: PlannedRun, result: Result, values: str, *, kept: bool) -> dict[str, object]:
    failure = result.failure
    detail = "" if failure is None else printable(head(failure.detail, lines=12))[:_LONGEST_DETAIL]
    return {
        "run": run.name,
        "key": run.key,
        "inputs": run.inputs.digest(),
        "parameters": dict(run.combination.parameters),
        "kind": "" if failure is None else str(failure.kind),
        "failure": "" if failure is None else f"{failure.kind}{failure.place}: {detail}",
        "seconds": result.seconds,
        "kept": kept,
        "values_sha256": sha256(values.encode("utf-8")).hexdigest(),
    }


def read_run(folder: Path, name: str) -> StoredRun | None:
    """Return the run of this name; None when there is none, or when a file of it is not as it was written."""
    place = folder / RUNS / name
    try:
        facts = json.loads((place / _FACTS).read_bytes())
        text = (place / VALUES).read_bytes() if not facts["kind"] else b""
        if sha256(text).hexdigest() != facts["values_sha256"]:
            return None
        return StoredRun(
            name=name,
            key=str(facts["key"]),
            inputs=str(facts["inputs"]),
            failure=str(facts["failure"]),
            kind=str(facts["kind"]),
            seconds=float(facts["seconds"]),
            kept=bool(facts["kept"]),
            values=json.loads(text)["values"] if text else {},
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def changed_inputs(folder: Path, stored: StoredRun, run: PlannedRun) -> list[str]:
    """Return in words which inputs of a stored run are other ones now."""
    try:
        before = json.loads((folder / INPUTS / f"{stored.inputs}.json").read_bytes())
    except (OSError, ValueError):
        return ["inputs that were not kept"]
    return what_changed(before, run.inputs.tree())
