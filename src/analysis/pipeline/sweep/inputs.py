"""What the values of a run depend on besides its parameters, by content: notebook, code, evidence, versions."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from analysis.errors import ReproductionError
from analysis.paths import PACKAGE
from analysis.record.manifest import file_hash
from analysis.record.source_closure import SourceTree, imported_names

_KERNEL: Final = "analysis.pipeline.environment"
"""What a kernel's environment is; it can change results as the studies' own code can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Hashes of everything a run is made from but its parameters.

    Parameters
    ----------
    notebook
        SHA-256 of the notebook without its outputs.
    code
        SHA-256 by file of the package that the notebook imports, directly or not.
    evidence
        SHA-256 by evidence file.
    lock
        SHA-256 of the list of exact versions; empty where there is none.
    interpreter
        Version of Python.
    """

    notebook: str
    code: Mapping[str, str]
    evidence: Mapping[str, str]
    lock: str
    interpreter: str

    def tree(self) -> dict[str, Any]:
        """Return the hashes as a tree for JSON."""
        return asdict(self)

    def digest(self) -> str:
        """Return one hash of all of them."""
        return sha256(json.dumps(self.tree(), sort_keys=True).encode("utf-8")).hexdigest()


def run_key(inputs_digest: str, parameters: Mapping[str, object]) -> str:
    """Return the hash that tells a run from every other one: its inputs and its parameters."""
    text = json.dumps([inputs_digest, dict(parameters)], sort_keys=True)
    return sha256(text.encode("utf-8")).hexdigest()


def bare_notebook(path: Path) -> str:
    """Return the notebook's text without outputs and execution counts: what runs, and nothing that running changes.

    Raises
    ------
    ReproductionError
        When the file is not a notebook.
    """
    try:
        tree = json.loads(path.read_bytes())
        for cell in tree["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
        return json.dumps(tree, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReproductionError(f"{path.name} cannot be read as a notebook ({error})") from error


def inputs_of(notebook: str, *, evidence: Mapping[str, str], lock: Path) -> Inputs:
    """Return the inputs as they are on this machine at this moment.

    Parameters
    ----------
    notebook
        Its text, as :func:`bare_notebook` returns it.
    evidence
        SHA-256 by evidence file.
    lock
        The list of exact versions.
    """
    return Inputs(
        notebook=sha256(notebook.encode("utf-8")).hexdigest(),
        code=code_of(notebook),
        evidence=dict(evidence),
        lock=file_hash(lock) or "",
        interpreter=".".join(map(str, sys.version_info[:3])),
    )


def code_of(notebook: str) -> dict[str, str]:
    """Return the SHA-256 of each file of the package the notebook imports; of all where its code cannot be parsed."""
    source = SourceTree(folder=PACKAGE.parent)
    cells = [cell for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]
    try:
        imports = [name for cell in cells for name in imported_names(ast.parse("".join(cell["source"])))]
    except (SyntaxError, ValueError):
        return source.hashes(source.everything())
    return source.hashes(source.closure([*imports, _KERNEL]))


def what_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return in words which inputs differ between two trees of :meth:`Inputs.tree`."""
    said = ["the notebook"] if old.get("notebook") != new.get("notebook") else []
    said += _files(old.get("code"), new.get("code"), "src/")
    said += _files(old.get("evidence"), new.get("evidence"), "evidence ")
    said += ["the list of exact package versions"] if old.get("lock") != new.get("lock") else []
    said += ["the Python version"] if old.get("interpreter") != new.get("interpreter") else []
    return said


def _files(old: object, new: object, before: str) -> list[str]:
    one = old if isinstance(old, dict) else {}
    other = new if isinstance(new, dict) else {}
    return [f"{before}{name}" for name in sorted({**one, **other}) if one.get(name) != other.get(name)]


def signature(folder: Path, names: Mapping[str, str]) -> tuple[tuple[str, int, int], ...]:
    """Return size and time of change of each file: cheap to compare, and different whenever one is written."""
    found = []
    for name in sorted(names):
        try:
            state = (folder / name).stat()
            found.append((name, state.st_size, state.st_mtime_ns))
        except OSError:
            found.append((name, -1, -1))
    return tuple(found)
