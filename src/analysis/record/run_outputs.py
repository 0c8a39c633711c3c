"""The outputs of one run, read back from its folders and put together: what the record would be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from analysis.errors import ReproductionError

ENDINGS: Final = (".csv", ".json", ".pdf", ".png", ".svg")
"""What a figure consists of; it is one unit."""

_RESERVED: Final = ("values", "MANIFEST")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookOutputs:
    """What one notebook wrote.

    Parameters
    ----------
    notebook, parameters
        Its name, and the parameters of the run.
    values
        Its values by full key.
    figures
        Its figures by name and ending.
    tolerances
        Relative tolerance by full key, for values that state their own.
    """

    notebook: str
    parameters: Mapping[str, Any]
    values: Mapping[str, Any]
    figures: Mapping[str, Mapping[str, bytes]]
    tolerances: Mapping[str, float] = field(default_factory=dict)


def read_outputs(folder: Path, *, notebook: str) -> NotebookOutputs:
    """Return what `notebook` wrote into `folder`; a notebook without values or figures is allowed.

    Raises
    ------
    ReproductionError
        When a key stands twice in values.json, a figure lacks one of its files, or a file is of no known kind.
    """
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []
    tree: dict[str, Any] = {}
    if "values.json" in names:
        names.remove("values.json")
        tree = _parsed(folder / "values.json", notebook)
    return NotebookOutputs(
        notebook=notebook,
        parameters=tree.get("parameters", {}),
        values={f"{notebook}.{key}": value for key, value in sorted(tree.get("values", {}).items())},
        figures=_figures(folder, names, notebook),
        tolerances={f"{notebook}.{key}": relative for key, relative in sorted(tree.get("tolerances", {}).items())},
    )


def _figures(folder: Path, names: Sequence[str], notebook: str) -> dict[str, dict[str, bytes]]:
    stems = sorted({Path(name).stem for name in names})
    problems = [f"{name}: not a file a figure consists of" for name in names if Path(name).suffix not in ENDINGS]
    for stem in stems:
        missing = [ending for ending in ENDINGS if f"{stem}{ending}" not in names]
        if missing:
            problems.append(f"figure {stem}: no {', '.join(missing)}; figures are saved by `study.figure` alone")
        if stem in _RESERVED:
            problems.append(f"figure {stem}: the name is taken by the record itself")
    if problems:
        raise ReproductionError(f"outputs of {notebook} that cannot be used:\n  " + "\n  ".join(problems))
    return {stem: {ending: (folder / f"{stem}{ending}").read_bytes() for ending in ENDINGS} for stem in stems}


def _parsed(path: Path, notebook: str) -> dict[str, Any]:
    def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return the pairs as a dictionary; an error when a key stands twice."""
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ReproductionError(
                f"{notebook}: values.json has {', '.join(twice)} twice; each key stands for one value"
            )
        return dict(pairs)

    try:
        tree = json.loads(path.read_bytes(), object_pairs_hook=without_repeats)
    except ValueError as error:
        raise ReproductionError(f"{notebook}: values.json cannot be read: {error}") from error
    if not isinstance(tree, dict):
        raise ReproductionError(f"{notebook}: values.json is not an object")
    return tree


def check_no_clash(outputs: Sequence[NotebookOutputs], kept: Mapping[str, str]) -> None:
    """Refuse a figure name that two notebooks use.

    Parameters
    ----------
    outputs
        What was run.
    kept
        Notebook by figure name, for the notebooks of the record that were not run.

    Raises
    ------
    ReproductionError
        With every name used twice, and by whom.
    """
    owner = dict(kept)
    problems = []
    for one in outputs:
        for name in one.figures:
            if name in owner:
                problems.append(f"figure {name} is written by {owner[name]} and by {one.notebook}")
            owner[name] = one.notebook
    if problems:
        raise ReproductionError("names used twice; give each figure its own:\n  " + "\n  ".join(problems))


def check_same_evidence(outputs: Sequence[NotebookOutputs], evidence: Mapping[str, str]) -> None:
    """Refuse outputs made from other evidence files than those that were checked before the run.

    Parameters
    ----------
    outputs
        What was run; each figure says from which files it was made.
    evidence
        Hash by evidence file, as checked.

    Raises
    ------
    ReproductionError
        With every file that changed meanwhile, and who read it.
    """
    readers: dict[str, list[str]] = {}
    for one in outputs:
        for name in _changed_files(one, evidence):
            readers.setdefault(name, []).append(one.notebook)
    if readers:
        files = "; ".join(f"{name} (as read by {', '.join(readers[name])})" for name in sorted(readers))
        raise ReproductionError(
            f"the evidence changed while the notebooks ran, so nothing was published: {files}. Run again when nothing "
            "writes to it any more"
        )


def _changed_files(outputs: NotebookOutputs, evidence: Mapping[str, str]) -> list[str]:
    made_from = [_evidence_of(files) for files in outputs.figures.values()]
    changed = {name: None for read in made_from for name, digest in read.items() if evidence.get(name) != digest}
    return sorted(changed)


def _evidence_of(figure: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return what the figure says it was made from; facts that cannot be read are noticed by the comparison."""
    try:
        stated = json.loads(figure.get(".json", b"{}"))["evidence"]
    except (ValueError, KeyError, TypeError):
        return {}
    return stated if isinstance(stated, dict) else {}
