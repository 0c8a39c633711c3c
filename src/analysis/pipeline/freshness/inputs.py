"""What the outputs of one notebook follow from, as hashes by part and name."""

from __future__ import annotations

import ast
import json
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from analysis.errors import ReproductionError
from analysis.pipeline.freshness.state import Parts, State
from analysis.record.layout import Layout
from analysis.record.manifest import file_hash
from analysis.record.source_closure import SourceTree, imported_names

_MAKERS: Final = (
    "analysis.pipeline.run_one",
    "analysis.pipeline.warm.ipykernel_template",  # run as a file, never imported
    "analysis.record.publication",
    "analysis.pipeline.freshness.inputs",
)
"""Modules that have a hand in every notebook's outputs, and this one, which says which modules have."""

_MAGIC = re.compile(r"^\s*[%!?].*$", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the outputs of one notebook follow from.

    Parameters
    ----------
    parts
        Hash by name, by part: notebook, parameters, code, beside it, evidence, lock, packages, interpreter.
    listing
        Hash of the names of all files of the package: while it holds, so do the files named in `parts`.
    file_sha256
        Hash of the notebook's bytes.
    """

    parts: Parts
    listing: str
    file_sha256: str


def notebook_inputs(
    notebook: Path,
    layout: Layout,
    *,
    tree: SourceTree,
    evidence: Mapping[str, str],
    packages: Mapping[str, str],
    known: State | None,
) -> Inputs:
    """Return what the outputs of `notebook` follow from as it is now.

    Parameters
    ----------
    notebook
        Its file.
    layout
        The repository.
    tree
        The package's source, shared between notebooks so that each file is read once.
    evidence
        SHA-256 by evidence file.
    packages
        The installed packages that are not of the version in the lock, and their version.
    known
        What was last known of it: where nothing changed, the source need not be parsed again.

    Raises
    ------
    ReproductionError
        When the file is not a notebook.
    """
    content = notebook.read_bytes()
    cells = _cells(content, notebook.name)
    written = {
        "notebook": {f"notebooks/{notebook.name}": _hash([_without_outputs(cell) for cell in cells])},
        "parameters": {"the parameters cell": _hash([_source(cell) for cell in cells if _is_parameters(cell)])},
    }
    listing = _hash(tree.everything())
    code = None if known is None else _unchanged_code(written, listing, tree, known)
    if code is None:
        code = tree.hashes(_code_files(cells, tree))
    parts = {
        **written,
        "code": {f"{layout.source.name}/{name}": digest for name, digest in code.items()},
        "beside it": _beside(notebook),
        "evidence": {f"{layout.data.name}/{name}": digest for name, digest in evidence.items()},
        "lock": {layout.lock.name: file_hash(layout.lock) or ""},
        "packages": dict(packages),
        "interpreter": {"Python": platform.python_version()},
    }
    return Inputs(parts=parts, listing=listing, file_sha256=sha256(content).hexdigest())


def _beside(notebook: Path) -> dict[str, str]:
    """Return the hashes of what a kernel in the notebook's folder finds before anything installed: modules, settings.

    The file that pytest reads there is none of a kernel's.
    """
    found = [
        path
        for path in sorted(notebook.parent.iterdir())
        if path.is_file() and (path.name == "matplotlibrc" or path.suffix == ".py") and path.name != "conftest.py"
    ]
    return {f"{notebook.parent.name}/{path.name}": file_hash(path) or "" for path in found}


def _unchanged_code(written: Parts, listing: str, tree: SourceTree, known: State) -> dict[str, str] | None:
    """Return the known hashes of the code when neither the notebook nor any file that they are of has changed."""
    if known.listing != listing or any(known.inputs.get(part) != names for part, names in written.items()):
        return None
    code = {name.partition("/")[2]: digest for name, digest in known.inputs.get("code", {}).items()}
    return code if code and tree.hashes(code) == code else None


def executed_part(content: bytes) -> str:
    """Return the hash of the outputs in a notebook's file; empty when it is no notebook."""
    try:
        cells = _cells(content, "")
        return _hash([[cell.get("execution_count"), cell.get("outputs")] for cell in cells])
    except ReproductionError:
        return ""


def _cells(content: bytes, name: str) -> list[dict[str, Any]]:
    try:
        cells = json.loads(content)["cells"]
        if all(isinstance(_source(cell), str) and isinstance(cell.get("metadata"), dict) for cell in cells):
            return list(cells)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReproductionError(f"{name} cannot be read as a notebook: {error}") from error
    raise ReproductionError(f"{name} cannot be read as a notebook: a cell has no source or no metadata")


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _is_parameters(cell: Mapping[str, Any]) -> bool:
    return "parameters" in cell["metadata"].get("tags", [])


def _without_outputs(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a person wrote in a cell; the source of the parameters cell is an input of its own."""
    source = "" if _is_parameters(cell) else _source(cell)
    tags = cell["metadata"].get("tags", [])
    kept = {name: cell.get(name) for name in ("cell_type", "id", "attachments")}
    return {**kept, "source": source, "tags": tags}


def _code_files(cells: list[dict[str, Any]], tree: SourceTree) -> tuple[str, ...]:
    """Return the package's files behind the cells; all of them when the code is not Python even without magics."""
    code = "\n".join(_source(cell) for cell in cells if cell.get("cell_type") == "code")
    for text in (code, _MAGIC.sub("", code)):
        try:
            return tree.closure([*_MAKERS, *imported_names(ast.parse(text))])
        except (SyntaxError, ValueError):
            continue
    return tree.everything()


def _hash(tree: object) -> str:
    return sha256(json.dumps(tree, sort_keys=True).encode("utf-8")).hexdigest()
