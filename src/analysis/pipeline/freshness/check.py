"""Which notebooks are up to date, and of the others which input or output is not what it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.pipeline.freshness.inputs import Inputs, notebook_inputs
from analysis.pipeline.freshness.outputs import committed_values, damaged_values, makers, notebook_outputs
from analysis.pipeline.freshness.packages import other_versions
from analysis.pipeline.freshness.state import Parts, State, read_state, state_file, write_state
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest, file_hash
from analysis.record.source_closure import SourceTree

_OUTPUTS: Final = "outputs"
_LAST_RUN: Final = "last run"
_INTERPRETER: Final = "interpreter"
_PACKAGES: Final = "packages"
_CODE: Final = "code"
_CHANGED: Final = "was changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is not what it was when the outputs were made.

    Parameters
    ----------
    part
        notebook, parameters, code, beside it, evidence, lock, packages, interpreter, outputs, or last run.
    name
        File, or what in it; empty where the part says it all.
    what
        What happened to it, in words.
    """

    part: str
    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.part}: {self.name} {self.what}" if self.name else f"{self.part}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """Whether the outputs of one notebook hold.

    Parameters
    ----------
    notebook
        Its file.
    inputs
        What its outputs would follow from now.
    changes
        Why they do not hold; empty when they do.
    """

    notebook: Path
    inputs: Inputs
    changes: tuple[Change, ...]

    @property
    def name(self) -> str:
        """The notebook's name without ending."""
        return self.notebook.stem

    @property
    def holds(self) -> bool:
        """Whether the notebook is up to date."""
        return not self.changes


def freshness(notebooks: Sequence[Path], layout: Layout, manifest: Manifest | None) -> tuple[Freshness, ...]:
    """Return for each notebook whether its outputs hold, in the order given.

    Parameters
    ----------
    notebooks
        Their files.
    layout
        The repository.
    manifest
        What the record consists of; None when there is none yet.

    Raises
    ------
    ReproductionError
        When a file is not a notebook.
    """
    known = manifest or Manifest()
    evidence = {name: file_hash(layout.data / name) or "" for name in known.evidence}
    of_all = _changes_of_all(layout, manifest, evidence)
    tree = SourceTree(folder=layout.source)
    packages = other_versions(layout.lock)
    values = committed_values(layout)
    found = []
    for path in notebooks:
        state = read_state(layout, path.stem)
        inputs = notebook_inputs(path, layout, tree=tree, evidence=evidence, packages=packages, known=state)
        outputs = notebook_outputs(path.stem, layout, manifest=known, values=values)
        own = _no_state(layout, path.stem) if state is None else _changes(state, inputs, outputs)
        found.append(Freshness(notebook=path, inputs=inputs, changes=tuple(dict.fromkeys((*of_all, *own)))))
    return tuple(found)


def orphans(layout: Layout, manifest: Manifest | None) -> tuple[str, ...]:
    """Return the notebooks that have outputs in the record and are not there any more."""
    named = makers(manifest or Manifest(), committed_values(layout))
    return tuple(name for name in named if not (layout.notebooks / f"{name}.ipynb").is_file())


def remember(runs: Sequence[Freshness], layout: Layout, *, manifest: Manifest, evidence: Mapping[str, str]) -> None:
    """Keep what the outputs just published were made from; the caller still holds the right to publish.

    Parameters
    ----------
    runs
        The notebooks that ran, with their inputs from before they ran.
    layout
        The repository.
    manifest
        What the record consists of now.
    evidence
        SHA-256 by evidence file of the run.
    """
    values = committed_values(layout)
    hashes = {f"{layout.data.name}/{name}": digest for name, digest in evidence.items()}
    for run in runs:
        state = State(
            inputs={**run.inputs.parts, "evidence": hashes},
            outputs=notebook_outputs(run.name, layout, manifest=manifest, values=values),
            listing=run.inputs.listing,
        )
        write_state(layout, run.name, state)


def _changes_of_all(layout: Layout, manifest: Manifest | None, evidence: Mapping[str, str]) -> list[Change]:
    """Return what concerns every notebook: the record is made from one state of the evidence, in one piece."""
    if manifest is None:
        return [Change(part=_OUTPUTS, name=f"figures/{layout.manifest.name}", what="is not there")]
    data = layout.data.name
    stated = {"evidence": {f"{data}/{name}": digest for name, digest in manifest.evidence.items()}}
    now = {"evidence": {f"{data}/{name}": digest for name, digest in evidence.items()}}
    damaged = [Change(part=_OUTPUTS, name=name, what=_CHANGED) for name in damaged_values(layout, manifest)]
    return _differences(stated, now) + damaged


def _no_state(layout: Layout, notebook: str) -> list[Change]:
    damaged = state_file(layout, notebook).exists()
    return [Change(part=_LAST_RUN, name="", what="what is known of it cannot be read" if damaged else "not known here")]


def _changes(state: State, inputs: Inputs, outputs: Mapping[str, str]) -> list[Change]:
    return _differences(state.inputs, inputs.parts) + _differences({_OUTPUTS: state.outputs}, {_OUTPUTS: outputs})


def _differences(old: Parts, new: Parts) -> list[Change]:
    return [
        Change(part=part, name=name, what=_what(part, old.get(part, {}).get(name), new.get(part, {}).get(name)))
        for part in dict.fromkeys((*new, *old))
        for name in sorted({*old.get(part, {}), *new.get(part, {})})
        if old.get(part, {}).get(name) != new.get(part, {}).get(name)
    ]


def _what(part: str, before: str | None, now: str | None) -> str:
    if part == _INTERPRETER:
        return f"was {before or 'not known'}, is {now}"
    if part == _PACKAGES:
        return f"is {now}" if now else "is of the version in requirements.lock again"
    if now:
        return _CHANGED if before else "was added"
    return "cannot be read" if not before else "is gone or no longer imported" if part == _CODE else "is gone"
