"""What publishing a run would do to the record: what is kept, what is replaced, what goes.

An output that agrees keeps its committed bytes, so that the record is the same on every machine and a clean working
tree means that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from analysis.record.comparison import (
    Outcome,
    Verdict,
    committed_values,
    compare_figure,
    compare_notebook,
    compare_value,
)
from analysis.record.latex import as_latex
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest, file_hash, versions_in_use
from analysis.record.run_outputs import ENDINGS, NotebookOutputs, check_no_clash
from analysis.record.serialise import as_json
from analysis.record.tolerance import RELATIVE

_Reader = Callable[[Path], bytes | None]
_KEPT = frozenset({Outcome.IDENTICAL, Outcome.AGREES})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutedNotebook:
    """An executed copy in the committed form, and the hash of the file that was run."""

    name: str
    content: bytes
    source_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do, and why.

    Parameters
    ----------
    verdicts
        Every figure, value and notebook beside the record.
    figures
        New bytes by file name in figures/, MANIFEST.json not included; None where a file goes. Only what changes.
    notebooks
        Executed notebooks whose file is replaced.
    manifest
        The new manifest; None when the committed one stays.
    """

    verdicts: tuple[Verdict, ...]
    figures: Mapping[str, bytes | None]
    notebooks: tuple[ExecutedNotebook, ...]
    manifest: Manifest | None

    @property
    def changes_nothing(self) -> bool:
        """Whether the record stays as it is, byte for byte."""
        return not self.figures and not self.notebooks and self.manifest is None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stay:
    """Which notebooks' outputs stay as they are because they were not run."""

    everything: bool
    up_to_date: Collection[str]
    ran: Collection[str]

    def outputs_of(self, notebook: str) -> bool:
        """Return whether the outputs of a notebook stay as they are."""
        return notebook not in self.ran and (not self.everything or notebook in self.up_to_date)


def decide(
    layout: Layout,
    *,
    manifest: Manifest | None,
    outputs: Sequence[NotebookOutputs],
    executed: Sequence[ExecutedNotebook],
    evidence: Mapping[str, str],
    everything: bool,
    up_to_date: Collection[str] = (),
    rewrite: bool = False,
    mend: bool = False,
) -> Decision:
    """Return what publishing these outputs would do.

    Parameters
    ----------
    layout
        The repository.
    manifest
        The committed manifest; None when there is no record yet.
    outputs, executed
        What the notebooks wrote, and their executed copies.
    evidence
        Hash by evidence file the run was made from.
    everything
        Whether every notebook was asked for; outputs of other notebooks then go, else they stay.
    up_to_date
        Notebooks asked for and not run, because their outputs hold; these stay.
    rewrite
        Publish the bytes of this run even where they agree.
    mend
        Take the committed figures and values as lost: they are damaged and cannot be compared with.

    Raises
    ------
    ReproductionError
        When two notebooks write a figure of the same name.
    """
    known = manifest or Manifest()
    read = _lost if mend else _read
    ran = [one.notebook for one in outputs]
    stay = _Stay(everything=everything, up_to_date=up_to_date, ran=ran)
    others = {name: by for name, by in known.made_by.items() if stay.outputs_of(by)}
    check_no_clash(outputs, others)
    verdicts, files = _figures(layout, known, outputs, others, rewrite=rewrite, read=read)
    value_verdicts, values = _values(read(layout.figures / "values.json"), outputs, stay, rewrite=rewrite)
    notebook_verdicts, notebooks = _notebooks(layout, executed, rewrite=rewrite)
    files |= {
        name: text.encode("utf-8")
        for name, text in (("values.json", as_json(values)), ("values.tex", as_latex(values["values"])))
        if read(layout.figures / name) != text.encode("utf-8")
    }
    made_by = {**others, **{figure: one.notebook for one in outputs for figure in one.figures}}
    return Decision(
        verdicts=(*verdicts, *value_verdicts, *notebook_verdicts),
        figures=files,
        notebooks=notebooks,
        manifest=_new_manifest(layout, manifest, files, made_by=made_by, evidence=evidence, rewrite=rewrite),
    )


def _figures(
    layout: Layout,
    known: Manifest,
    outputs: Sequence[NotebookOutputs],
    others: Mapping[str, str],
    *,
    rewrite: bool,
    read: _Reader,
) -> tuple[list[Verdict], dict[str, bytes | None]]:
    made = {name: files for one in outputs for name, files in one.figures.items()}
    verdicts: list[Verdict] = []
    changed: dict[str, bytes | None] = {}
    for name in sorted({**dict.fromkeys(known.made_by), **made}):
        if name in others:
            continue
        old = {
            ending: content for ending in ENDINGS if (content := read(layout.figures / f"{name}{ending}")) is not None
        }
        new = made.get(name, {})
        verdict = compare_figure(name, old, new)
        verdicts.append(verdict)
        if rewrite or verdict.outcome not in _KEPT:
            changed |= {f"{name}{e}": new.get(e) for e in ENDINGS if old.get(e) != new.get(e)}
    return verdicts, changed


def _values(
    committed: bytes | None, outputs: Sequence[NotebookOutputs], stay: _Stay, *, rewrite: bool
) -> tuple[list[Verdict], dict[str, Any]]:
    old = committed_values(committed)
    others = {
        part: {key: item for key, item in old[part].items() if stay.outputs_of(key.partition(".")[0])}
        for part in ("parameters", "values", "tolerances")
    }
    new = {key: value for one in outputs for key, value in one.values.items()}
    tolerances = {key: relative for one in outputs for key, relative in one.tolerances.items()}
    judged = {
        key: compare_value(key, old["values"].get(key), new.get(key), relative=tolerances.get(key, RELATIVE))
        for key in sorted({**old["values"], **new})
    }
    verdicts = [verdict for key, verdict in judged.items() if key not in others["values"]]
    kept = {} if rewrite else {key: old["values"][key] for key in new if judged[key].outcome in _KEPT}
    parameters = {one.notebook: dict(one.parameters) for one in outputs}
    own = {**others["tolerances"], **tolerances}
    return verdicts, {
        **({"tolerances": own} if own else {}),
        "parameters": {**others["parameters"], **parameters},
        "values": {**others["values"], **new, **kept},
    }


def _notebooks(
    layout: Layout, executed: Sequence[ExecutedNotebook], *, rewrite: bool
) -> tuple[list[Verdict], tuple[ExecutedNotebook, ...]]:
    verdicts, replaced = [], []
    for one in executed:
        committed = _read(layout.notebooks / f"{one.name}.ipynb") or b""
        verdict = compare_notebook(one.name, committed, one.content)
        verdicts.append(verdict)
        if committed != one.content and (rewrite or verdict.outcome not in _KEPT):
            replaced.append(one)
    return verdicts, tuple(replaced)


def _new_manifest(
    layout: Layout,
    manifest: Manifest | None,
    files: Mapping[str, bytes | None],
    *,
    made_by: Mapping[str, str],
    evidence: Mapping[str, str],
    rewrite: bool,
) -> Manifest | None:
    """Return the manifest that goes with the new files, or None when the committed one still says the truth.

    Versions and the lock's hash tell with what the committed bytes were made. A run that agrees with all of them under
    another Python or newer packages made none of those bytes: it leaves the manifest, and the working tree, alone.
    The evidence is an input that is the same on every machine, so a change of it is always written down.
    """
    if manifest is not None and not files and not rewrite and dict(manifest.evidence) == dict(evidence):
        return None
    hashes = {} if manifest is None else dict(manifest.files)
    for name, content in files.items():
        if content is None:
            hashes.pop(name, None)
        else:
            hashes[name] = sha256(content).hexdigest()
    remade = rewrite or bool(files) or manifest is None
    new = Manifest(
        files=hashes,
        made_by=dict(made_by),
        evidence=dict(evidence),
        versions=versions_in_use(layout) if remade or manifest is None else manifest.versions,
        lock_sha256=(file_hash(layout.lock) or "") if remade or manifest is None else manifest.lock_sha256,
    )
    return None if new == manifest else new


def _lost(_: Path) -> None:
    """Stand for :func:`_read` where what is committed cannot be used."""


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
