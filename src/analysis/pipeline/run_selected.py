"""Running the selected notebooks, comparing their outputs with the record and publishing, or writing elsewhere."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from analysis.errors import ReproductionError
from analysis.pipeline.execution import (
    EvidenceCheck,
    checked_before_a_run,
    checked_evidence,
    executed_copy,
    run_planned,
)
from analysis.pipeline.freshness.check import remember
from analysis.pipeline.freshness.selection import Selection
from analysis.pipeline.keep_outputs import facts_file, keep_outputs, merged
from analysis.pipeline.machine import run_facts
from analysis.pipeline.progress import Progress
from analysis.pipeline.record_state import WAITING, changed_evidence, sound_record
from analysis.pipeline.report import Report
from analysis.pipeline.request import Request
from analysis.pipeline.result import Result
from analysis.pipeline.run_folder import working_folder
from analysis.pipeline.standard_error import refuse_standard_error
from analysis.pipeline.workers import Team
from analysis.record.decision import Decision, decide
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest, read_manifest, unlisted_files
from analysis.record.publication import publish, publishing
from analysis.record.run_outputs import NotebookOutputs, check_same_evidence, read_outputs
from analysis.record.serialise import as_json
from analysis.record.tolerance import Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One run of the selected notebooks: what was asked, on which evidence, and what came of it."""

    request: Request
    selection: Selection
    layout: Layout
    evidence: Mapping[str, str]
    results: tuple[Result, ...]
    facts: str

    @property
    def names(self) -> list[str]:
        """Names of the notebooks that were to run, in their order."""
        return [path.stem for path in self.selection.plan.notebooks]

    @property
    def ok(self) -> bool:
        """Whether every notebook that ran came to its end."""
        return all(result.ok for result in self.results)


def run_selected(
    request: Request,
    selection: Selection,
    layout: Layout,
    *,
    folder: Path,
    staff: Team,
    check_evidence: EvidenceCheck | None,
    said: Progress,
    after_rename: Callable[[int], None],
) -> Report:
    """Run the notebooks of `selection` with outputs in `folder`.

    The workers in `staff` get ready meanwhile; the rest as for :func:`analysis.pipeline.reproduce.reproduce`.
    """
    plan = selection.plan
    check = check_evidence or partial(checked_evidence, excluded=plan.excluded_originators)
    decision = None
    with working_folder(folder) as part:
        evidence = dict(checked_before_a_run(plan.evidence, check))
        moved = changed_evidence(_manifest_or_none(layout), evidence)
        _refuse_mixed_record(request, selection, moved)
        run = _carried_out(request, selection, layout, evidence, part, said, staff=staff)
        if run.ok:
            outputs = [read_outputs(part / name, notebook=name) for name in run.names]
            texts = {**facts_file(request, layout, run.facts), **merged(outputs)}
            with publishing(layout, on_wait=lambda: said.note(WAITING)):
                try:
                    decision = _decided(run, outputs, said)
                    _publish(run, decision, after_rename)
                finally:
                    # What was computed is kept even if it cannot be published.
                    keep_outputs(part, folder, notebooks=run.names, texts=texts)
        else:
            _keep_what_ran(run, part, folder, said)
    return _report(run, folder, decision, moved)


def _carried_out(
    request: Request,
    selection: Selection,
    layout: Layout,
    evidence: Mapping[str, str],
    part: Path,
    said: Progress,
    *,
    staff: Team,
) -> _Run:
    """Run the notebooks with their outputs in `part`, and note the facts of the machine."""
    started = perf_counter()
    results = run_planned(request, selection.plan, layout, part, said, staff=staff)
    facts = run_facts(request, selection.plan, results, layout, seconds=perf_counter() - started)
    return _Run(
        request=request,
        selection=selection,
        layout=layout,
        evidence=evidence,
        results=results,
        facts=as_json(facts),
    )


def _keep_what_ran(run: _Run, part: Path, folder: Path, said: Progress) -> None:
    """Keep the outputs of a run with a failure; which notebook failed must be told even if they cannot be kept."""
    try:
        texts = facts_file(run.request, run.layout, run.facts)
        keep_outputs(part, folder, notebooks=run.names, texts=texts)
    except ReproductionError as error:
        said.note(str(error))


def _decided(run: _Run, outputs: Sequence[NotebookOutputs], said: Progress) -> Decision:
    """Compare with the record as it is now: another run may have published meanwhile."""
    check_same_evidence(outputs, run.evidence)
    executed = [executed_copy(result) for result in run.results] if run.request.is_for_the_record else []
    refuse_standard_error(executed)
    manifest, damaged = sound_record(run.layout, run.request, said)
    _refuse_mixed_record(run.request, run.selection, changed_evidence(manifest, run.evidence))
    return decide(
        run.layout,
        manifest=manifest,
        outputs=outputs,
        executed=executed,
        evidence=run.evidence,
        everything=run.selection.plan.everything,
        up_to_date=run.selection.up_to_date,
        rewrite=run.request.rewrite,
        mend=damaged,
    )


def _publish(run: _Run, decision: Decision, after_rename: Callable[[int], None]) -> None:
    """Replace what is decided and keep from what it was made; a run that is not for the record publishes nothing."""
    if not run.request.is_for_the_record:
        return
    with _uninterrupted():
        publish(run.layout, decision, after_rename=after_rename)
        ran = {result.spec.name: result.source_sha256 for result in run.results}
        # Of a notebook edited between the look at its inputs and its run nothing is known.
        runs = [one for one in run.selection.runs if ran.get(one.name) == one.inputs.file_sha256]
        manifest = read_manifest(run.layout) or Manifest()
        remember(runs, run.layout, manifest=manifest, evidence=run.evidence)


def _refuse_mixed_record(request: Request, selection: Selection, moved: Sequence[Difference]) -> None:
    """Refuse to publish some notebooks from evidence that the others were not made from."""
    partial_run = not selection.plan.everything or bool(selection.up_to_date)
    if request.is_for_the_record and partial_run and moved:
        names = ", ".join(one.where for one in moved)
        raise ReproductionError(
            f"the evidence changed since the record was made ({names}), and the record is made from one state of it: "
            "run all notebooks, or keep these outputs apart with --out DIR"
        )


def _report(run: _Run, folder: Path, decision: Decision | None, moved: tuple[Difference, ...]) -> Report:
    published = decision is not None and run.request.is_for_the_record
    replaced: list[str] = []
    removed: list[str] = []
    if decision is not None and published:
        removed = [f"figures/{name}" for name, content in sorted(decision.figures.items()) if content is None]
        replaced = [f"figures/{name}" for name, content in sorted(decision.figures.items()) if content is not None]
        replaced += [f"notebooks/{one.name}.ipynb" for one in decision.notebooks]
        replaced += ["figures/MANIFEST.json"] if decision.manifest is not None else []
    return Report(
        results=run.results,
        verdicts=() if decision is None else decision.verdicts,
        folder=folder,
        published=published,
        replaced=tuple(replaced),
        removed=tuple(removed),
        unlisted=tuple(unlisted_files(run.layout, _manifest_or_none(run.layout))),
        seconds=0.0,
        changed_evidence=() if decision is None else moved,
    )


def _manifest_or_none(layout: Layout) -> Manifest | None:
    try:
        return read_manifest(layout)
    except ReproductionError:
        return None


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for the few renames of a publication."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
