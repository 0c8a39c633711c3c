"""The committed outputs of one notebook, as hashes by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from analysis.pipeline.freshness.inputs import executed_part
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest, file_hash
from analysis.record.run_outputs import ENDINGS

_VALUES = ("values.json", "values.tex")


def notebook_outputs(notebook: str, layout: Layout, *, manifest: Manifest, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the hash of each committed output of `notebook`; empty text for a file that is not there.

    Parameters
    ----------
    notebook
        Its name without ending.
    layout
        The repository.
    manifest
        What the record consists of.
    values
        The record's values.json, as :func:`committed_values` reads it.
    """
    figures = [figure for figure, maker in sorted(manifest.made_by.items()) if maker == notebook]
    files = [f"{figure}{ending}" for figure in figures for ending in ENDINGS]
    file = layout.notebooks / f"{notebook}.ipynb"
    own = {
        part: {key: item for key, item in table.items() if key.partition(".")[0] == notebook}
        for part, table in values.items()
    }
    return {
        **{f"figures/{name}": file_hash(layout.figures / name) or "" for name in files},
        "its part of figures/values.json": sha256(json.dumps(own, sort_keys=True).encode("utf-8")).hexdigest(),
        f"notebooks/{file.name}": executed_part(file.read_bytes()) if file.is_file() else "",
    }


def committed_values(layout: Layout) -> dict[str, dict[str, Any]]:
    """Return the tables of the record's values.json; empty when it is not there or damaged."""
    try:
        tree = json.loads((layout.figures / "values.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return {part: table for part, table in tree.items() if isinstance(table, dict)} if isinstance(tree, dict) else {}


def damaged_values(layout: Layout, manifest: Manifest) -> list[str]:
    """Return which of the files that all notebooks write together are not those the manifest states."""
    return [
        f"figures/{name}"
        for name in _VALUES
        if name in manifest.files and file_hash(layout.figures / name) != manifest.files[name]
    ]


def makers(manifest: Manifest, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the notebooks that have outputs in the record, sorted."""
    named = {*manifest.made_by.values(), *values.get("parameters", {})}
    return tuple(sorted(named))
