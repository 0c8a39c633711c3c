"""Where a run's outputs go: computed in a folder of their own, moved into place when they are complete."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from analysis.errors import ReproductionError
from analysis.pipeline.request import Plan, Request
from analysis.record.atomic import write_text
from analysis.record.layout import Layout

MARKER: Final = ".made-by-analysis"
_PART: Final = ".part-"
_SAID: Final = "The outputs of a command of `analysis`; each run replaces its own.\n"


def destination(request: Request, plan: Plan, layout: Layout) -> Path:
    """Return the folder the outputs of this run end up in.

    Raises
    ------
    ReproductionError
        When the folder asked for would mix outputs with sources or with somebody's files.
    """
    if request.out is not None:
        return checked_folder(request.out.resolve(), layout)
    if request.is_for_the_record:
        return layout.build / "reproduce"
    return layout.build / "runs" / _run_name(request, plan)


def _run_name(request: Request, plan: Plan) -> str:
    """Return a name that tells runs with other notebooks or parameters apart, and is the same for the same ones."""
    asked = [[path.stem for path in plan.notebooks], dict(plan.parameters)]
    digest = sha256(json.dumps(asked, sort_keys=True).encode("utf-8")).hexdigest()[:8]
    names = "all" if plan.everything else "+".join(path.stem for path in plan.notebooks)
    words = re.sub(r"[^A-Za-z0-9._=+-]+", "-", "-".join([names, *request.given]))
    return f"{words[:60].strip('-.')}-{digest}"


def checked_folder(folder: Path, layout: Layout) -> Path:
    """Return `folder` when a run may write there: outside the repository's own folders, new, empty or one of ours.

    Raises
    ------
    ReproductionError
        When the outputs would mix with sources or with somebody's files.
    """
    for kept in layout.own_folders:
        if folder == kept.resolve() or kept.resolve() in folder.parents:
            raise ReproductionError(
                f"--out {folder}: {kept.name}/ is not for the outputs of a run; choose another folder"
            )
    if folder.exists() and not folder.is_dir():
        raise ReproductionError(f"--out {folder}: there is a file of this name; choose another")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise ReproductionError(
            f"--out {folder}: the folder holds files that no run wrote; choose an empty or a new one"
        )
    return folder


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """Make `folder`, and inside it a folder for this run alone that is gone when the block is left.

    Folders left by runs that were killed are removed first; a run that is still going on holds its own.

    Raises
    ------
    ReproductionError
        When it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / ".gitignore", "*\n")
        if not (folder / MARKER).is_file():
            write_text(folder / MARKER, _SAID)
        for left in sorted(folder.glob(f"{_PART}*[0-9]")):
            _remove_unless_held(left)
        part = folder / f"{_PART}{os.getpid()}"
        lock = FileLock(part.with_name(f"{part.name}.lock"))
        lock.acquire(timeout=0)
        part.mkdir()
    except OSError as error:
        raise ReproductionError(
            f"the outputs cannot be written to {folder}: {error}. Make it writable, or remove what is in its place, "
            "and run again."
        ) from error
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def _remove_unless_held(left: Path) -> None:
    lock = FileLock(left.with_name(f"{left.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return
    shutil.rmtree(left, ignore_errors=True)
    lock.release()
    Path(lock.lock_file).unlink(missing_ok=True)


def move_into_place(part: Path, folder: Path, *, notebooks: Sequence[str], texts: Mapping[str, str]) -> None:
    """Replace what `folder` holds of these notebooks by what the run made, and write the texts beside it."""
    for name in notebooks:
        for entry in (name, f"{name}.ipynb", f"{name}.failed.ipynb"):
            replace_entry(part / entry, folder / entry)
    for name, text in texts.items():
        write_text(folder / name, text)


def fill_folder(made: Path, folder: Path) -> None:
    """Move everything in `made` into `folder`, and take away what was put there so before and is not made any more.

    What was put there stands in the marker; files of somebody else beside it stay.
    """
    new = {entry.name for entry in made.iterdir()}
    earlier = {*_put_before(folder)}
    write_text(folder / MARKER, _SAID + "".join(f"{name}\n" for name in sorted(new | earlier)))
    for old in sorted(folder.iterdir()):
        if old.name in earlier - new and not old.name.startswith("."):
            replace_entry(made / old.name, old)
    for name in sorted(new):
        replace_entry(made / name, folder / name)
    write_text(folder / MARKER, _SAID + "".join(f"{name}\n" for name in sorted(new)))


def _put_before(folder: Path) -> list[str]:
    """Return the names in the marker of a folder, which stand after its first line."""
    marker = folder / MARKER
    return marker.read_text(encoding="utf-8").splitlines()[1:] if marker.is_file() else []


def replace_entry(new: Path, old: Path) -> None:
    """Put the file or folder `new`, where there is one, in the place of `old`."""
    if old.is_dir() and not old.is_symlink():  # a link is removed, never what it leads to
        shutil.rmtree(old)
    else:
        old.unlink(missing_ok=True)
    if new.exists():
        new.rename(old)
