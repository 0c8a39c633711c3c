"""All pages of the site as Sphinx reads them, written into one folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.evidence import Evidence
from analysis.record.layout import Layout
from analysis.record.reading import StoredRecord
from analysis.record.stored_figure import stored_figures
from analysis.site.api_pages import api_pages
from analysis.site.browser import write_library
from analysis.site.claims_page import claims_page
from analysis.site.documents import METHODS, document_pages
from analysis.site.evidence_pages import evidence_files
from analysis.site.front_page import front_page, notebook_index
from analysis.site.notebook_pages import write_notebooks
from analysis.site.pictures import gallery
from analysis.site.readme import FrontDoor
from analysis.site.settings_of_sphinx import STATIC
from analysis.site.values_page import PAGE, values_page

_OWN: Final = Path(__file__).with_name("static")


def write_pages(
    folder: Path,
    door: FrontDoor,
    *,
    record: StoredRecord,
    evidence: Evidence,
    layout: Layout,
    tell: Callable[[str], None],
) -> None:
    """Write the pages into the new folder `folder`.

    Raises
    ------
    ReproductionError
        When something the pages show cannot be read or written.
    InsufficientEvidence
        When the evidence does not hold the audited statements.
    """
    figures = stored_figures(record)
    documents = document_pages(layout)
    try:
        _write_static(folder / STATIC)
        tell("notebooks")
        names = write_notebooks(layout.notebooks, folder / "notebooks", figures=figures, record=record)
        _check_questions(names, door)
        tell("evidence")
        _write(folder / "evidence", evidence_files(evidence), ending="md")
        tell("claims")
        top = {
            "index": front_page(door, record=record, figures=figures, methods=METHODS in documents),
            "figures-of-the-record": gallery(figures, record=record, questions=door.questions),
            "notebooks/index": notebook_index(door),
            PAGE: values_page(record),
            "claims": claims_page(evidence),
        }
        _write(folder, top | documents, ending="md")
        _write(folder / "api", api_pages(), ending="rst")
    except OSError as error:
        raise ReproductionError(f"the pages of the site cannot be written: {error}") from error


def _check_questions(names: tuple[str, ...], door: FrontDoor) -> None:
    unnamed = sorted(set(names) ^ set(door.questions))
    if unnamed:
        raise ReproductionError(
            f"README.md and notebooks/ do not name the same notebooks: {', '.join(unnamed)}; each needs its question "
            "in the README's table"
        )


def _write_static(folder: Path) -> None:
    shutil.copytree(_OWN, folder)
    write_library(folder)


def _write(folder: Path, texts: Mapping[str, str], *, ending: str) -> None:
    for name, text in texts.items():
        path = folder / f"{name}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
