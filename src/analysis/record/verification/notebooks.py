"""Committed notebooks beside their executed copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.record.comparison import compare_notebook
from analysis.record.decision import ExecutedNotebook
from analysis.record.images import PIXELS_ALLOWED
from analysis.record.layout import Layout
from analysis.record.tolerance import RELATIVE
from analysis.record.verification.check import (
    Check,
    HashedFile,
    RunToVerify,
    compared,
    hash_of,
    judged,
    not_compared,
    read,
)


def check_notebooks(layout: Layout, run: RunToVerify) -> list[Check]:
    """Compare every committed notebook with its executed copy: cells equal, text by tolerance, pictures by pixels."""
    executed = {one.name: one for one in run.executed}
    return [_notebook(layout, name, executed.get(name), run.failed) for name in sorted({**executed, **run.failed})]


def _notebook(layout: Layout, name: str, executed: ExecutedNotebook | None, failed: Mapping[str, str]) -> Check:
    path = f"notebooks/{name}.ipynb"
    old = read(layout.notebooks / f"{name}.ipynb")
    made = "" if executed is None else hash_of(executed.content)
    files = (HashedFile(path=path, committed=hash_of(old), made=made),)
    if executed is None or name in failed:
        return not_compared("notebook", name, failed[name], files)
    if hash_of(old) != executed.source_sha256:
        return not_compared("notebook", name, "the file was changed while it ran; run again", files)
    new = executed.content
    verdict = compared("notebook", name, lambda: compare_notebook(name, old or b"", new))
    method = f"text; numbers within {RELATIVE:g}, pictures within {PIXELS_ALLOWED} pixels"
    return replace(judged(verdict, method), files=files)
