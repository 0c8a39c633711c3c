"""The site made from the record: written beside what is there, and put in its place when it is complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analysis.errors import ReproductionError
from analysis.evidence import load_evidence
from analysis.pipeline.run_folder import checked_folder, fill_folder, working_folder
from analysis.record.layout import Layout
from analysis.record.reading import read_record
from analysis.site.pages import write_pages
from analysis.site.pictures import copy_files
from analysis.site.readme import front_door
from analysis.site.sphinx_run import make_html


def build_site(layout: Layout, *, out: Path | None = None, tell: Callable[[str], None]) -> Path:
    """Make the site of the committed record and return the file to open.

    Parameters
    ----------
    layout
        The repository.
    out
        A new or empty folder outside the repository's own, or one of an earlier command; None for ``build/report``.
    tell
        Called with each step in words.

    Raises
    ------
    ReproductionError
        When the folder is not ours to fill, the record or README lacks something, or Sphinx warns; what the folder
        held before is then left as it was.
    EvidenceError
        When the evidence is faulty.
    """
    folder = checked_folder((out or layout.build / "report").resolve(), layout)
    door = front_door(layout.root / "README.md")
    record = read_record(layout.figures)
    tell("evidence")
    evidence = load_evidence(layout.data)
    with working_folder(folder) as part:
        source, site = part / "source", part / "site"
        source.mkdir()
        write_pages(source, door, record=record, evidence=evidence, layout=layout, tell=tell)
        make_html(source, site, title=door.title, scratch=part / "scratch", tell=tell)
        copy_files(record, site)
        (site / ".buildinfo").unlink(missing_ok=True)
        try:
            fill_folder(site, folder)
        except OSError as error:
            raise ReproductionError(f"the site cannot be written to {folder}: {error}") from error
    return folder / "index.html"
