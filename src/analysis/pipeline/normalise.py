"""The one form a notebook is committed in, whoever wrote it: papermill, JupyterLab or a script."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import nbformat
import nbformat.v4.rwbase
from nbformat import NotebookNode
from nbstripout import strip_output

from analysis.errors import ReproductionError
from analysis.pipeline.messages import head
from analysis.record.atomic import write_text

KERNELSPEC: Final = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE: Final = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}

# What papermill, JupyterLab and the kernel leave behind that is neither text, code nor result.
_TRACES: Final = (
    "metadata.papermill",
    "metadata.signature",
    "metadata.widgets",
    "metadata.toc",
    "cell.metadata.papermill",
    "cell.metadata.execution",
    "cell.metadata.ExecuteTime",
    "cell.metadata.collapsed",
    "cell.metadata.scrolled",
    "cell.metadata.editable",
    "cell.metadata.trusted",
    "cell.metadata.slideshow",
    "cell.metadata.heading_collapsed",
    "cell.metadata.jp-MarkdownHeadingCollapsed",
)
_FORMAT: Final = 4
_MINOR: Final = 5
_ERROR_MARKER: Final = "papermill-error-cell-tag"


def normalised(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of `notebook` in the committed form, outputs and execution counts kept.

    Cell ids are kept; a cell without one, or with one used before it, gets one made from its place.
    """
    copy: NotebookNode = nbformat.from_dict(_with_ids(notebook))  # type: ignore[no-untyped-call]
    copy = strip_output(copy, keep_output=True, keep_count=True, keep_id=True, extra_keys=list(_TRACES))
    copy.cells = [cell for cell in copy.cells if _ERROR_MARKER not in cell.metadata.get("tags", [])]
    for cell in copy.cells:
        if not cell.metadata.get("tags", [None]):
            del cell.metadata["tags"]
    copy.metadata["kernelspec"] = dict(KERNELSPEC)
    copy.metadata["language_info"] = dict(LANGUAGE)
    return copy


def normalised_text(text: str) -> str:
    """Return the text of a notebook file in the committed form.

    Raises
    ------
    ReproductionError
        When `text` is not a notebook.
    """
    return as_text(normalised(read_notebook(text)))


def read_notebook(text: str) -> NotebookNode:
    """Return the notebook in `text`.

    Raises
    ------
    ReproductionError
        When `text` is not a notebook.
    """
    try:
        tree = json.loads(text)
        if tree["nbformat"] != _FORMAT:
            raise ReproductionError(f"not a notebook of format 4: {tree['nbformat']!r}")
        notebook: NotebookNode = nbformat.from_dict(_with_ids(tree))  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
        return nbformat.v4.rwbase.rejoin_lines(notebook)  # type: ignore[no-untyped-call,no-any-return]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, nbformat.ValidationError) as error:
        reason = head(str(error), lines=3) or type(error).__name__
        raise ReproductionError(f"not a notebook: {reason}") from error


def as_text(notebook: NotebookNode) -> str:
    """Return `notebook` as the text of its file, with a final line feed."""
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return text.rstrip("\n") + "\n"


def _with_ids(tree: Mapping[str, Any]) -> dict[str, Any]:
    seen: dict[str, None] = {}
    cells = []
    for place, cell in enumerate(tree["cells"]):
        name = cell.get("id")
        if "injected-parameters" in cell.get("metadata", {}).get("tags", []):
            name = "injected-parameters"  # papermill gives its cell another id on every run
        elif not name or name in seen:
            source = "".join(cell["source"])
            name = sha256(f"{place}\n{cell['cell_type']}\n{source}".encode()).hexdigest()[:8]
        seen[name] = None
        cells.append({**cell, "id": name})
    return {**tree, "nbformat": _FORMAT, "nbformat_minor": _MINOR, "cells": cells}


def normalise_files(paths: Sequence[Path]) -> list[Path]:
    """Rewrite each notebook that is not in the committed form, and return those that were not.

    Raises
    ------
    ReproductionError
        When one cannot be read or written; those before it are done.
    """
    changed = []
    for path in paths:
        try:
            before = path.read_text(encoding="utf-8")
            after = normalised_text(before)
            if after != before:
                write_text(path, after)
                changed.append(path)
        except (OSError, UnicodeDecodeError, ReproductionError) as error:
            raise ReproductionError(f"{path}: {error}") from error
    return changed
