"""Reproducing the studies: check everything, run what is not up to date, compare with the record, publish.

What runs notebooks and compares their outputs takes a while to import; it is, when there is something to run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from analysis.errors import ReproductionError
from analysis.pipeline.freshness.packages import other_versions, packages_text
from analysis.pipeline.freshness.selection import Selection, selected
from analysis.pipeline.progress import Progress
from analysis.pipeline.record_state import WAITING, finish_interrupted, sound_record
from analysis.pipeline.report import Report
from analysis.pipeline.request import Request, planned
from analysis.pipeline.run_folder import destination
from analysis.record.layout import Layout
from analysis.record.manifest import unlisted_files
from analysis.record.publication import publishing

if TYPE_CHECKING:
    from analysis.pipeline.execution import EvidenceCheck


def reproduce(
    request: Request,
    layout: Layout,
    *,
    check_evidence: EvidenceCheck | None = None,
    progress: Progress | None = None,
    after_rename: Callable[[int], None] = lambda _: None,
) -> Report:
    """Run those of the notebooks asked for that are not up to date and return what came of it.

    A run with other parameters, evidence or folder runs them all, and so do ``force`` and ``rewrite``.

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
    with publishing(layout, on_wait=lambda: said.note(WAITING)):
        recovered = finish_interrupted(layout, said)
        manifest, _ = sound_record(layout, request, said)
    if packages := packages_text(other_versions(layout.lock)):
        said.note(packages)
    plan = planned(request, layout)
    selection = selected(request, plan, layout, manifest)
    _refuse_missing(request, selection)
    if selection.is_empty:
        report = Report(
            results=(),
            verdicts=(),
            folder=layout.build / "reproduce",
            published=True,
            replaced=(),
            unlisted=tuple(unlisted_files(layout, manifest)),
            seconds=0.0,
        )
    else:
        report = _run(request, selection, layout, check_evidence=check_evidence, said=said, after_rename=after_rename)
    return replace(
        report,
        up_to_date=selection.up_to_date,
        ignored_by=plan.ignored_by,
        recovered=recovered,
        seconds=perf_counter() - started,
    )


def _run(
    request: Request,
    selection: Selection,
    layout: Layout,
    *,
    check_evidence: EvidenceCheck | None,
    said: Progress,
    after_rename: Callable[[int], None],
) -> Report:
    """Start workers and kernels, and import what compares and publishes while they get ready."""
    from analysis.pipeline.execution import made_ready

    folder = destination(request, selection.plan, layout)
    with made_ready(request, selection.plan) as staff:
        from analysis.pipeline.run_selected import run_selected

        return run_selected(
            request,
            selection,
            layout,
            folder=folder,
            staff=staff,
            check_evidence=check_evidence,
            said=said,
            after_rename=after_rename,
        )


def _refuse_missing(request: Request, selection: Selection) -> None:
    """Refuse to remove the outputs of notebooks that are not there any more, unless the run is forced."""
    if selection.orphans and not request.force:
        files = " ".join(f"notebooks/{name}.ipynb" for name in selection.orphans)
        raise ReproductionError(
            f"nothing was run: the record has outputs of notebooks that are not there any more: "
            f"{', '.join(selection.orphans)}. Put them back with `git restore {files}`, or remove their outputs from "
            "the record with `analysis reproduce --force`, which runs the other notebooks too"
        )
