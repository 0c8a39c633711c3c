"""Files that a reader asked for: outside the repository's own folders, and replaced in one rename."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import ReproductionError
from analysis.record.atomic import write_text
from analysis.record.layout import Layout


def check_own_file(file: Path, layout: Layout) -> None:
    """Refuse a file among the repository's own, and one whose folder does not exist.

    Raises
    ------
    ReproductionError
        With what to do instead.
    """
    for folder in layout.own_folders:
        if folder.resolve() in file.resolve().parents:
            raise ReproductionError(f"{file}: {folder.name}/ takes no exports; choose another folder")
    if not file.resolve().parent.is_dir():
        raise ReproductionError(f"{file} cannot be written: there is no folder {file.parent}; make it, then run again")


def write_own_file(file: Path, content: str) -> None:
    """Replace the file by the content, in one rename.

    Raises
    ------
    ReproductionError
        When it cannot be written.
    """
    try:
        write_text(file, content)
    except OSError as error:
        raise ReproductionError(f"{file} cannot be written: {error}") from error
