"""Replacing the record: all of it or nothing, also when the machine stops half-way.

Every new file is first written to ``build/publication/``, then a journal lists what replaces what, then each file is
moved into place by rename, MANIFEST.json last. Without a journal nothing has been touched and what was prepared is
thrown away; with one, the next command does the renames that are left.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from analysis.errors import ReproductionError
from analysis.record.atomic import write_bytes, write_text
from analysis.record.layout import Layout
from analysis.record.manifest import file_hash

if TYPE_CHECKING:
    from analysis.record.decision import Decision

_JOURNAL: Final = "journal.json"
_QUIET_WAIT_S: Final = 1.0
_ABANDON: Final = (
    "to give it up, delete build/publication, put the committed figures back with `git restore figures` and run "
    "`analysis reproduce`, which makes the record from the notebooks as they are"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file to replace or remove.

    Parameters
    ----------
    target
        Path inside the repository, with slashes.
    before, after
        Hash of the file that is there, and of the one to be there; None for no file.
    staged
        Name of the new file in the publication folder; empty when the file is removed.
    """

    target: str
    before: str | None
    after: str | None
    staged: str = ""


@contextmanager
def publishing(layout: Layout, *, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the right to publish: one process at a time, others wait.

    Parameters
    ----------
    layout
        The repository.
    on_wait
        Called once when another process is waited for longer than one that only reads would need.

    Raises
    ------
    ReproductionError
        When build/ cannot be made or written.
    """
    lock = FileLock(layout.build / "publication.lock")
    try:
        layout.build.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=_QUIET_WAIT_S)
        except Timeout:
            on_wait()
            lock.acquire()
    except OSError as error:
        raise ReproductionError(
            f"{layout.build} cannot be written, where every run keeps its outputs: {error}. Make it writable, or "
            "remove what is in its place, and run again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def is_interrupted(layout: Layout) -> bool:
    """Return whether a publication that had begun waits to be finished; the caller holds the lock."""
    return (layout.publication / _JOURNAL).exists()


def recover(layout: Layout) -> tuple[str, ...]:
    """Finish an interrupted publication, or throw away one that had not begun; the caller holds the lock.

    Returns
    -------
    tuple of str
        Files put in place now; empty when there was nothing to finish.

    Raises
    ------
    ReproductionError
        When it cannot be finished; says why and what to do.
    """
    folder = layout.publication
    if not is_interrupted(layout):
        _remove(folder)
        return ()
    try:
        steps = [Step(**step) for step in json.loads((folder / _JOURNAL).read_bytes())]
    except OSError as error:
        raise ReproductionError(
            f"an interrupted publication is to be finished first, and its journal cannot be read: {error}. Make "
            f"{folder} readable and run again; {_ABANDON}"
        ) from error
    except (ValueError, TypeError) as error:
        raise ReproductionError(
            f"the journal of an interrupted publication is damaged ({error}); {_ABANDON}"
        ) from error
    return _finish(layout, steps)


def publish(layout: Layout, decision: Decision, *, after_rename: Callable[[int], None] = lambda _: None) -> None:
    """Put the decided files in place; the caller holds the lock and has recovered.

    Parameters
    ----------
    layout
        The repository.
    decision
        What to replace.
    after_rename
        Called with the number of files in place so far; for tests that stop here.

    Raises
    ------
    ReproductionError
        When a notebook was edited meanwhile (nothing is published) or a folder cannot be written.
    """
    if decision.changes_nothing:
        return
    _refuse_edited(layout, decision)
    for folder in (layout.figures, layout.notebooks):
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise ReproductionError(f"{folder} cannot be written; nothing was published. Make it writable, run again.")
    try:
        steps = _prepared(layout, decision)
    except OSError as error:
        shutil.rmtree(layout.publication, ignore_errors=True)
        raise ReproductionError(
            f"nothing was published: {layout.publication} cannot be written ({error}). Free some space there or "
            "make it writable and run again; the next command removes what is left of this one."
        ) from error
    _finish(layout, steps, after_rename=after_rename)


def _refuse_edited(layout: Layout, decision: Decision) -> None:
    edited = [
        one.name for one in decision.notebooks if file_hash(layout.notebooks / f"{one.name}.ipynb") != one.source_sha256
    ]
    if edited:
        raise ReproductionError(
            f"edited while running, so nothing was published and no edit was lost: {', '.join(edited)}. Run again."
        )


def _prepared(layout: Layout, decision: Decision) -> list[Step]:
    """Write every new file and, last, the journal."""
    folder = layout.publication
    folder.mkdir(parents=True)
    contents: list[tuple[Path, bytes | None, str | None]] = [
        (layout.figures / name, content, file_hash(layout.figures / name))
        for name, content in sorted(decision.figures.items())
    ]
    contents += [(layout.notebooks / f"{one.name}.ipynb", one.content, one.source_sha256) for one in decision.notebooks]
    if decision.manifest is not None:
        text = decision.manifest.as_text().encode("utf-8")
        contents.append((layout.manifest, text, file_hash(layout.manifest)))
    steps = []
    for number, (path, content, before) in enumerate(contents):
        staged = "" if content is None else f"{number:04d}"
        if content is not None:
            write_bytes(folder / staged, content)
        steps.append(
            Step(
                target=path.relative_to(layout.root).as_posix(),
                before=before,
                after=None if content is None else sha256(content).hexdigest(),
                staged=staged,
            )
        )
    write_text(folder / _JOURNAL, json.dumps([asdict(step) for step in steps], indent=1))
    return steps


def _finish(
    layout: Layout, steps: Sequence[Step], *, after_rename: Callable[[int], None] = lambda _: None
) -> tuple[str, ...]:
    done = []
    try:
        for number, step in enumerate(steps, start=1):
            if _put_in_place(layout, step):
                done.append(step.target)
            after_rename(number)
    except OSError as error:
        folder = (layout.root / step.target).parent
        raise ReproductionError(
            f"the publication stopped at {step.target}: {error}. Free some space in {folder} "
            f"or make it writable, then run `analysis reproduce`, which finishes the publication first; {_ABANDON}"
        ) from error
    _remove(layout.publication)
    return tuple(done)


def _remove(folder: Path) -> None:
    """Remove what a publication leaves behind, its journal first: without it nothing that is left has a meaning."""
    try:
        if not folder.is_dir():
            folder.unlink(missing_ok=True)  # a file of this name is none of ours and would be in the way
            return
        (folder / _JOURNAL).unlink(missing_ok=True)
        shutil.rmtree(folder)
    except OSError as error:
        raise ReproductionError(
            f"the record is complete, but what the last publication left cannot be removed: {error}. Make {folder} "
            "writable or delete it, and run again."
        ) from error


def _put_in_place(layout: Layout, step: Step) -> bool:
    """Do one step unless it is done already; return whether anything was done."""
    target = _inside(layout, step.target)
    found = file_hash(target)
    if found == step.after:
        return False
    if found != step.before:
        raise ReproductionError(
            f"{step.target} was changed while it was being published, and the publication stopped there; your change "
            f"is left as it is. {_ABANDON[0].upper()}{_ABANDON[1:]}"
        )
    if step.after is None:
        target.unlink()
        return True
    staged = layout.publication / Path(step.staged).name
    if file_hash(staged) != step.after:
        raise ReproductionError(f"the new {step.target} in build/publication is damaged; {_ABANDON}")
    _move(staged, target)
    return True


def _inside(layout: Layout, target: str) -> Path:
    """Return the path of a step; a journal may name files of the record and notebooks only."""
    path = layout.root / target
    if path.parent not in {layout.figures, layout.notebooks} or path.name in {"", "..", "."}:
        raise ReproductionError(f"the journal of an interrupted publication names {target!r}; {_ABANDON}")
    return path


def _move(staged: Path, target: Path) -> None:
    try:
        staged.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # build/ is on another disk, where a rename cannot reach; this one is a copy beside the target and a rename.
        write_bytes(target, staged.read_bytes())
