"""A folder ready to deposit: the repository's files with a description of what was made from what."""

from __future__ import annotations

import fnmatch
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.evidence import load_evidence
from analysis.evidence.citation import accident_pages
from analysis.evidence.source_rows import evidence_tables
from analysis.pipeline.run_folder import checked_folder, fill_folder, working_folder
from analysis.record.layout import Layout
from analysis.record.manifest import check_record, file_hash
from analysis.record.reading import read_record
from analysis.record.stored_figure import stored_figures
from analysis.reporting.archive.citation_file import read_citation
from analysis.reporting.archive.contents import FILES, FOLDERS
from analysis.reporting.archive.crate import METADATA, Described, crate_metadata

_SINGLY: Final = ("data", "figures", "notebooks")
"""Folders whose files are described one by one."""

_NOT_KEPT: Final = (".*", "__pycache__", "*.egg-info", "*.pyc")
"""Names inside the folders that are left out: what a machine made for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What was made: the folder, and how many files, runs and values its description names."""

    folder: Path
    files: int
    runs: int
    values: int


def make_archive(*, out: Path, layout: Layout) -> Archive:
    """Fill the folder `out` with the repository's files and ro-crate-metadata.json.

    Parameters
    ----------
    out
        A new or empty folder outside the repository's own, or one that a command made.
    layout
        The repository.

    Raises
    ------
    ReproductionError
        When the record is damaged, CITATION.cff lacks something, or the folder cannot take it.
    """
    folder = checked_folder(out.resolve(), layout)
    described = describe(layout)
    with working_folder(folder) as part:
        try:
            _copy(layout, part / "archive")
            (part / "archive" / METADATA).write_text(crate_metadata(described), encoding="utf-8", newline="")
            fill_folder(part / "archive", folder)
        except OSError as error:
            raise ReproductionError(f"the archive could not be written to {folder}: {error}") from error
    return Archive(
        folder=folder, files=len(described.paths), runs=len(described.parameters), values=len(described.values)
    )


def describe(layout: Layout) -> Described:
    """Return what the description of the repository at `layout` says.

    Raises
    ------
    ReproductionError
        When there is no record, or one that is damaged, or CITATION.cff lacks something.
    """
    manifest = check_record(layout)
    if manifest is None:
        raise ReproductionError("there is no record to archive; `analysis reproduce` makes one")
    record = read_record(layout.figures)
    paths = _paths(layout)
    evidence = load_evidence(layout.data)
    pages = evidence.sources
    single = [path for path in paths if path.partition("/")[0] in _SINGLY]
    return Described(
        cited=read_citation(layout.root / "CITATION.cff"),
        paths=paths,
        hashes={path: str(file_hash(layout.root / path)) for path in single},
        values={key: record.tree(key) for key in record.trees},
        parameters=record.parameters,
        figures=stored_figures(record),
        versions=manifest.versions,
        pages=pages[~accident_pages(pages)],
        row_tables=evidence_tables(evidence),
    )


def _paths(layout: Layout) -> list[str]:
    found = [name for name in FILES if (layout.root / name).is_file()]
    for name in FOLDERS:
        folder = layout.root / name
        if name in _SINGLY:
            files = (path.relative_to(layout.root) for path in folder.rglob("*") if path.is_file())
            found += [path.as_posix() for path in files if not _is_left_out(path)]
        elif folder.is_dir():
            found.append(f"{name}/")
    return sorted(found)


def _is_left_out(path: Path) -> bool:
    return any(fnmatch.fnmatch(part, pattern) for part in path.parts for pattern in _NOT_KEPT)


def _copy(layout: Layout, target: Path) -> None:
    target.mkdir()
    ignore = shutil.ignore_patterns(*_NOT_KEPT)
    for name in FILES:
        if (layout.root / name).is_file():
            shutil.copyfile(layout.root / name, target / name)
    for name in FOLDERS:
        if (layout.root / name).is_dir():
            shutil.copytree(layout.root / name, target / name, ignore=ignore)
