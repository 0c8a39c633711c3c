"""Reproducing the studies: check everything, run the notebooks, compare with the record, publish or write elsewhere."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from analysis.errors import ReproductionError
from analysis.pipeline.execution import EvidenceCheck, checked_evidence, executed_copy, run_planned
from analysis.pipeline.machine import run_facts
from analysis.pipeline.progress import Progress
from analysis.pipeline.request import Plan, Request, planned
from analysis.pipeline.result import Result
from analysis.pipeline.run_folder import destination, move_into_place, working_folder
from analysis.record.atomic import write_text
from analysis.record.comparison import Verdict
from analysis.record.decision import Decision, decide
from analysis.record.latex import as_latex
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest, check_record, read_manifest, unlisted_files
from analysis.record.publication import publish, publishing, recover
from analysis.record.run_outputs import NotebookOutputs, check_no_clash, check_same_evidence, read_outputs
from analysis.record.serialise import as_json
from analysis.record.tolerance import Difference

_WAITING = "another run is publishing; waiting for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did.

    Parameters
    ----------
    results
        One a notebook, in order of name.
    verdicts
        Every output beside the record; empty when a notebook failed.
    folder
        Where executed notebooks and outputs are.
    published
        Whether the record now holds the outputs of this run, changed or not.
    replaced
        Files of the record that were replaced or removed, notebooks included.
    unlisted
        Files in figures/ that no notebook made.
    seconds
        Wall time.
    changed_evidence
        Evidence files whose hash is not the one the record was made from, with both hashes; empty for no file.
    ignored_by
        By given parameter, the notebooks that do not have it.
    """

    results: tuple[Result, ...]
    verdicts: tuple[Verdict, ...]
    folder: Path
    published: bool
    replaced: tuple[str, ...]
    unlisted: tuple[str, ...]
    seconds: float
    changed_evidence: tuple[Difference, ...] = ()
    ignored_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every notebook ran to its end."""
        return all(result.ok for result in self.results)


def reproduce(
    request: Request,
    layout: Layout,
    *,
    check_evidence: EvidenceCheck | None = None,
    progress: Progress | None = None,
    after_rename: Callable[[int], None] = lambda _: None,
) -> Report:
    """Run the notebooks asked for and return what came of it.

    Parameters
    ----------
    request
        What was asked.
    layout
        The repository.
    check_evidence
        How evidence is checked; the package's own loader by default.
    progress
        Where life signs go; standard error by default.
    after_rename
        For tests that stop in the middle of a publication.

    Raises
    ------
    ParameterError, EvidenceError, ReproductionError
        For everything that is wrong before a notebook runs, for outputs that cannot be used, and for a publication
        that cannot be made. A notebook that fails is no exception: it is in the report, and nothing is published.
    """
    started = perf_counter()
    said = progress or Progress(total=0)
    with publishing(layout, on_wait=lambda: said.note(_WAITING)):
        _recovered(layout, said)
        manifest, _ = _record(layout, request)
    plan = planned(request, layout)
    folder = destination(request, plan, layout)
    check = check_evidence or partial(checked_evidence, excluded=plan.excluded_originators)
    evidence = dict(check(plan.evidence))
    moved = _changed_evidence(manifest, evidence)
    _refuse_mixed_record(request, plan, moved)
    with working_folder(folder) as part:
        results = run_planned(request, plan, part, said)
        facts = as_json(run_facts(request, plan, results, layout, seconds=perf_counter() - started))
        ran = [path.stem for path in plan.notebooks]
        if not all(result.ok for result in results):
            try:
                _keep(part, folder, notebooks=ran, texts=_facts_file(request, layout, facts))
            except ReproductionError as error:  # which notebook failed, and where, must be told all the same
                said.note(str(error))
            return _report(results, folder, layout, started, ignored_by=plan.ignored_by)
        outputs = [read_outputs(part / name, notebook=name) for name in ran]
        texts = {**_facts_file(request, layout, facts), **_merged(outputs)}
        with publishing(layout, on_wait=lambda: said.note(_WAITING)):
            try:
                _recovered(layout, said)
                decision = _decision(request, plan, layout, outputs, results, evidence)
                if request.is_for_the_record:
                    with _uninterrupted():
                        publish(layout, decision, after_rename=after_rename)
            finally:
                # What was computed is kept even if it cannot be published.
                _keep(part, folder, notebooks=ran, texts=texts)
    report = _report(
        results,
        folder,
        layout,
        started,
        ignored_by=plan.ignored_by,
        decision=decision,
        published=request.is_for_the_record,
    )
    return replace(report, changed_evidence=moved)


def _decision(
    request: Request,
    plan: Plan,
    layout: Layout,
    outputs: Sequence[NotebookOutputs],
    results: Sequence[Result],
    evidence: Mapping[str, str],
) -> Decision:
    """Compare with the record as it is now: another run may have published meanwhile."""
    check_same_evidence(outputs, evidence)
    manifest, damaged = _record(layout, request)
    return decide(
        layout,
        manifest=manifest,
        outputs=outputs,
        executed=[executed_copy(result) for result in results] if request.is_for_the_record else (),
        evidence=evidence,
        everything=plan.everything,
        rewrite=request.rewrite,
        mend=damaged,
    )


def _recovered(layout: Layout, said: Progress) -> None:
    finished = recover(layout)
    if finished:
        said.note(f"finished an interrupted publication: {len(finished)} files put in place")


def _record(layout: Layout, request: Request) -> tuple[Manifest | None, bool]:
    """Return the checked manifest, and whether the record is damaged, which only --rewrite of everything accepts."""
    try:
        return check_record(layout), False
    except ReproductionError:
        if request.rewrite and not request.notebooks:
            return None, True
        raise


def _changed_evidence(manifest: Manifest | None, evidence: Mapping[str, str]) -> tuple[Difference, ...]:
    known = evidence if manifest is None else manifest.evidence
    return tuple(
        Difference(where=name, old=known.get(name, ""), new=evidence.get(name, ""))
        for name in sorted({**known, **evidence})
        if known.get(name) != evidence.get(name)
    )


def _refuse_mixed_record(request: Request, plan: Plan, moved: Sequence[Difference]) -> None:
    """Refuse to publish some notebooks from evidence that the others were not made from."""
    if request.is_for_the_record and not plan.everything and moved:
        names = ", ".join(one.where for one in moved)
        raise ReproductionError(
            f"the evidence changed since the record was made ({names}), and the record is made from one state of it: "
            "run all notebooks, or keep these outputs apart with --out DIR"
        )


def _keep(part: Path, folder: Path, *, notebooks: Sequence[str], texts: Mapping[str, str]) -> None:
    """Move the outputs into place; where that fails, say so beside what stopped the publication, if anything did."""
    stopped = sys.exception()
    try:
        move_into_place(part, folder, notebooks=notebooks, texts=texts)
    except OSError as error:
        before = f"{stopped}\n" if isinstance(stopped, ReproductionError) else ""
        raise ReproductionError(
            f"{before}the outputs could not be kept in {folder}: {error}. Free some space there or make it writable "
            "and run again; a publication that stopped half-way is finished or undone by the next command."
        ) from error


def _facts_file(request: Request, layout: Layout, facts: str) -> dict[str, str]:
    """Write build/run.json for a run on the record; other runs keep theirs in their folder."""
    if request.is_for_the_record:
        try:
            write_text(layout.build / "run.json", facts)
        except OSError as error:
            raise ReproductionError(
                f"nothing was published: {layout.build} cannot be written ({error}). Free some space there or make it "
                "writable and run again."
            ) from error
        return {}
    return {"run.json": facts}


def _merged(outputs: Sequence[NotebookOutputs]) -> dict[str, str]:
    check_no_clash(outputs, {})
    values = {key: value for one in outputs for key, value in one.values.items()}
    parameters = {one.notebook: dict(one.parameters) for one in outputs}
    return {"values.json": as_json({"parameters": parameters, "values": values}), "values.tex": as_latex(values)}


def _report(
    results: tuple[Result, ...],
    folder: Path,
    layout: Layout,
    started: float,
    *,
    ignored_by: Mapping[str, tuple[str, ...]],
    decision: Decision | None = None,
    published: bool = False,
) -> Report:
    replaced: list[str] = []
    if decision is not None and published:
        replaced = [f"figures/{name}" for name in sorted(decision.figures)]
        replaced += [f"notebooks/{one.name}.ipynb" for one in decision.notebooks]
        replaced += ["figures/MANIFEST.json"] if decision.manifest is not None else []
    return Report(
        results=results,
        verdicts=() if decision is None else decision.verdicts,
        folder=folder,
        published=published,
        replaced=tuple(replaced),
        unlisted=tuple(unlisted_files(layout, _manifest_or_none(layout))),
        seconds=perf_counter() - started,
        ignored_by=ignored_by,
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
