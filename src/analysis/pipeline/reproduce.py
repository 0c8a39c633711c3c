"""Reproducing the studies: check everything, run the notebooks, compare with the record, publish or write elsewhere."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
from analysis.record.run_outputs import NotebookOutputs, check_no_clash, read_outputs
from analysis.record.serialise import as_json

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
    """

    results: tuple[Result, ...]
    verdicts: tuple[Verdict, ...]
    folder: Path
    published: bool
    replaced: tuple[str, ...]
    unlisted: tuple[str, ...]
    seconds: float

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
    evidence = dict((check_evidence or checked_evidence)(plan.evidence))
    _refuse_mixed_record(request, plan, manifest, evidence)
    with working_folder(folder) as part:
        results = run_planned(request, plan, part, said)
        facts = as_json(run_facts(request, plan, results, layout, seconds=perf_counter() - started))
        ran = [path.stem for path in plan.notebooks]
        if not all(result.ok for result in results):
            move_into_place(part, folder, notebooks=ran, texts=_facts_file(request, layout, facts))
            return _report(results, folder, layout, started)
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
                move_into_place(part, folder, notebooks=ran, texts=texts)
    return _report(results, folder, layout, started, decision=decision, published=request.is_for_the_record)


def _decision(
    request: Request,
    plan: Plan,
    layout: Layout,
    outputs: Sequence[NotebookOutputs],
    results: Sequence[Result],
    evidence: Mapping[str, str],
) -> Decision:
    """Compare with the record as it is now: another run may have published meanwhile."""
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


def _refuse_mixed_record(request: Request, plan: Plan, manifest: Manifest | None, evidence: Mapping[str, str]) -> None:
    """Refuse to publish some notebooks from evidence that the others were not made from."""
    if not request.is_for_the_record or plan.everything or manifest is None:
        return
    moved = [
        name for name in sorted({**manifest.evidence, **evidence}) if manifest.evidence.get(name) != evidence.get(name)
    ]
    if moved:
        raise ReproductionError(
            f"the evidence changed since the record was made ({', '.join(moved)}), and the record is made from one "
            "state of it: run all notebooks, or keep these outputs apart with --out DIR"
        )


def _facts_file(request: Request, layout: Layout, facts: str) -> dict[str, str]:
    """Write build/run.json for a run on the record; other runs keep theirs in their folder."""
    if request.is_for_the_record:
        write_text(layout.build / "run.json", facts)
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
