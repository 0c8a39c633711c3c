"""A folder of figures drawn for a journal: the notebooks run for it, outside the record, and their figures checked."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.pipeline.execution import (
    EvidenceCheck,
    checked_before_a_run,
    checked_evidence,
    made_ready,
    run_planned,
)
from analysis.pipeline.progress import Progress
from analysis.pipeline.request import Request, planned
from analysis.pipeline.result import Result
from analysis.pipeline.run_folder import checked_folder, replace_entry, working_folder
from analysis.plots.checking.check import check_figure
from analysis.plots.checking.finding import Finding
from analysis.plots.journals import PROFILES, Profile
from analysis.record.atomic import write_text
from analysis.record.layout import Layout
from analysis.reporting.submission import (
    PICTURES,
    SOURCE_DATA,
    SubmittedFigure,
    submission_texts,
    submitted_figure,
)

_LOOKED_AT: Final = "png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What came of it.

    Parameters
    ----------
    folder
        Where the figures are; nothing was written there when a notebook failed.
    results
        One a notebook, in order of name.
    figures
        The figures drawn; empty when a notebook failed.
    """

    folder: Path
    results: tuple[Result, ...]
    figures: tuple[SubmittedFigure, ...]

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the figures."""
        return [finding for figure in self.figures for finding in figure.findings]

    @property
    def ok(self) -> bool:
        """Whether every notebook ran and every figure is as the journal asks."""
        return all(result.ok for result in self.results) and not self.findings


def make_submission(
    chosen: Mapping[str, str],
    *,
    journal: str,
    out: Path,
    layout: Layout,
    workers: int = 2,
    cell_timeout_s: int = 600,
    check_evidence: EvidenceCheck | None = None,
    progress: Progress | None = None,
) -> Submission:
    """Run the notebooks of the chosen figures for a journal and fill the folder `out` with what it takes.

    Parameters
    ----------
    chosen
        Notebook by figure, as :func:`analysis.pipeline.figure_choice.chosen_figures` returns it.
    journal
        Name of the profile.
    out
        A new or empty folder outside the repository's own, or one that a run made.
    layout
        The repository.
    workers, cell_timeout_s
        As for ``analysis reproduce``.
    check_evidence, progress
        As for :func:`analysis.pipeline.reproduce.reproduce`.

    Raises
    ------
    EvidenceError, ReproductionError
        For what is wrong before a notebook runs, and for figures that are not there afterwards. A notebook that fails
        is no exception: it is in the results.
    """
    request = Request(
        notebooks=tuple(dict.fromkeys(chosen.values())),
        out=out,
        workers=workers,
        cell_timeout_s=cell_timeout_s,
        journal=journal,
    )
    plan = planned(request, layout)
    folder = checked_folder(out.resolve(), layout)
    check = check_evidence or partial(checked_evidence, excluded=plan.excluded_originators)
    with made_ready(request, plan) as staff, working_folder(folder) as part:
        checked_before_a_run(plan.evidence, check)
        results = run_planned(request, plan, layout, part, progress or Progress(total=0), staff=staff)
        if not all(result.ok for result in results):
            return Submission(folder=folder, results=results, figures=())
        figures = _checked(chosen, part, PROFILES[journal])
        _fill(folder, part, figures, PROFILES[journal])
    return Submission(folder=folder, results=results, figures=figures)


def _checked(chosen: Mapping[str, str], part: Path, profile: Profile) -> tuple[SubmittedFigure, ...]:
    """Return the figures as they were drawn, each with what is wrong with it."""
    figures = []
    for name, notebook in chosen.items():
        findings = check_figure(part / notebook, name, profile)
        figures.append(submitted_figure(part / notebook, name, findings))
    return tuple(figures)


def _fill(folder: Path, part: Path, figures: Sequence[SubmittedFigure], profile: Profile) -> None:
    """Put pictures, numbers and texts into the folder in the place of what an earlier command left there."""
    try:
        for name in (PICTURES, SOURCE_DATA):
            (part / name).mkdir()
        for one in figures:
            drawn = part / one.facts.notebook
            for ending in dict.fromkeys((*profile.endings, _LOOKED_AT)):
                shutil.copyfile(drawn / f"{one.facts.name}.{ending}", part / PICTURES / f"{one.facts.name}.{ending}")
            shutil.copyfile(one.facts.data_file, part / SOURCE_DATA / one.facts.data_file.name)
        for name in (PICTURES, SOURCE_DATA):
            replace_entry(part / name, folder / name)
        for name, text in submission_texts(figures, profile).items():
            write_text(folder / name, text)
    except OSError as error:
        raise ReproductionError(f"the figures could not be written to {folder}: {error}") from error


def check_record(chosen: Mapping[str, str], layout: Layout) -> list[Finding]:
    """Return what is wrong with figures of the record, held against the house style.

    Raises
    ------
    ReproductionError
        When a file of a figure cannot be read.
    """
    return [finding for name in chosen for finding in check_figure(layout.figures, name, PROFILES["house"])]
