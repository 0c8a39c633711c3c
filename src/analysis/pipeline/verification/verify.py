"""Running every study anew beside the record and comparing, without changing anything that is committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from analysis.errors import EvidenceError, ReproductionError
from analysis.pipeline.execution import EvidenceCheck, checked_evidence, executed_copy, made_ready, run_planned
from analysis.pipeline.machine import run_facts
from analysis.pipeline.messages import printable
from analysis.pipeline.progress import Progress
from analysis.pipeline.request import Plan, Request, planned
from analysis.pipeline.result import Result
from analysis.pipeline.run_folder import checked_folder, move_into_place, working_folder
from analysis.pipeline.verification.outcome import Verification
from analysis.pipeline.verification.written import FILES, written
from analysis.record.comparison import Outcome
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest, file_hash, read_manifest, versions_in_use
from analysis.record.publication import is_interrupted, publishing
from analysis.record.run_outputs import NotebookOutputs, read_outputs
from analysis.record.tolerance import Difference
from analysis.record.verification.check import Check, RunToVerify, not_compared
from analysis.record.verification.figures import check_figures
from analysis.record.verification.hashes import check_evidence, check_files
from analysis.record.verification.notebooks import check_notebooks
from analysis.record.verification.values import check_values


def verify(
    request: Request,
    layout: Layout,
    *,
    check_folder: EvidenceCheck | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Run all notebooks with their default parameters, compare with the record and write the reports.

    Parameters
    ----------
    request
        Number of workers, time limit, and the folder for the reports, build/verify/ by default; nothing else is used.
    layout
        The repository.
    check_folder
        How evidence is checked; the package's own loader by default.
    progress
        Where life signs go; standard error by default.

    Raises
    ------
    ParameterError, ReproductionError
        When there is no record, when it is being replaced, or when a notebook or the folder cannot be used; no report
        of an earlier call is left then. A failed notebook, faulty evidence or a damaged record is no exception: it is
        in the reports.
    """
    started = perf_counter()
    said = progress or Progress(total=0)
    folder = checked_folder((request.out or layout.build / "verify").resolve(), layout)
    asked = Request(workers=request.workers, cell_timeout_s=request.cell_timeout_s, force=True)
    with working_folder(folder) as part:
        for name in FILES:
            (folder / name).unlink(missing_ok=True)  # an old verdict must not be taken for that of this run
        with publishing(layout, on_wait=lambda: said.note("another run is publishing; waiting for it")):
            manifest, checks, before = _record(layout)
        plan = planned(asked, layout)
        with made_ready(asked, plan) as staff:
            checks += (evidence := _evidence(plan, manifest, check_folder or checked_evidence))
            faulty = any(check.name == _WHOLE for check in evidence)
            results = () if faulty else run_planned(asked, plan, layout, part, said, staff=staff)
        with publishing(layout):
            _refuse_replaced(layout, before)
            checks += _beside_the_record(layout, manifest, _made(part, plan, results))
        verification = Verification(
            checks=tuple(_harmless(check) for check in checks),
            results=results,
            facts=run_facts(asked, plan, results, layout, seconds=perf_counter() - started),
            used=versions_in_use(layout),
            stated=manifest.versions,
            folder=folder,
        )
        names = [path.stem for path in plan.notebooks]
        move_into_place(part, folder, notebooks=names, texts=written(verification, layout))
    return verification


_WHOLE = "data/ as a whole"


def _record(layout: Layout) -> tuple[Manifest, list[Check], str | None]:
    """Return the manifest, what is wrong with it, and its hash."""
    if is_interrupted(layout):
        raise ReproductionError("the publication of a run was interrupted; `analysis reproduce` finishes it first")
    before = file_hash(layout.manifest)
    try:
        manifest = read_manifest(layout)
    except ReproductionError as error:
        return Manifest(), [not_compared("file", "figures/MANIFEST.json", str(error))], before
    if manifest is None:
        raise ReproductionError("there is no record to compare with; `analysis reproduce` makes one")
    return manifest, [], before


def _refuse_replaced(layout: Layout, before: str | None) -> None:
    if is_interrupted(layout) or file_hash(layout.manifest) != before:
        raise ReproductionError("the record was replaced by another run meanwhile; run `analysis verify` again")


def _evidence(plan: Plan, manifest: Manifest, check_folder: EvidenceCheck) -> list[Check]:
    """Compare the evidence files with the manifest; faults of the evidence come as a check of the whole of it."""
    try:
        return check_evidence(manifest, check_folder(plan.evidence))
    except EvidenceError as error:
        found = {name: digest for name in manifest.evidence if (digest := file_hash(plan.evidence / name)) is not None}
        faults = tuple(Difference(where="fault", old="none", new=str(fault)) for fault in error.faults)
        whole = Check(kind="evidence", name=_WHOLE, method="its own rules", outcome=Outcome.CHANGED, differences=faults)
        return [whole, *check_evidence(manifest, found)]


def _made(part: Path, plan: Plan, results: Sequence[Result]) -> RunToVerify:
    """Read what the notebooks wrote; those that failed, or wrote what cannot be used, have a reason instead."""
    failed = {path.stem: "nothing was run: the evidence is faulty" for path in plan.notebooks} if not results else {}
    outputs: list[NotebookOutputs] = []
    for result in results:
        name = result.spec.name
        if result.failure is not None:
            failed[name] = f"{name} did not run to its end: {result.failure.kind}{result.failure.place}"
            continue
        try:
            outputs.append(read_outputs(part / name, notebook=name))
        except ReproductionError as error:
            failed[name] = str(error)
    executed = [executed_copy(result) for result in results if result.ok]
    return RunToVerify(outputs=outputs, executed=executed, failed=failed)


def _beside_the_record(layout: Layout, manifest: Manifest, run: RunToVerify) -> list[Check]:
    return [
        *check_files(layout, manifest),
        *check_figures(layout, manifest, run),
        *check_values(layout, run),
        *check_notebooks(layout, run),
    ]


def _harmless(check: Check) -> Check:
    """Return the check with every text fit for a terminal and a file."""
    differences = tuple(
        Difference(where=printable(one.where), old=printable(one.old), new=printable(one.new))
        for one in check.differences
    )
    files = tuple(replace(one, path=printable(one.path)) for one in check.files)
    return replace(
        check, name=printable(check.name), method=printable(check.method), differences=differences, files=files
    )
