"""A record or a run read back from its folder: values by key, parameters by notebook, figures by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from analysis.errors import ReproductionError
from analysis.estimate import Estimate
from analysis.record.estimate_tree import estimate_from

VALUES: Final = "values.json"
_NOT_FIGURES: Final = ("MANIFEST.json", "run.json", VALUES)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """What a folder holds.

    Parameters
    ----------
    folder
        ``figures/``, the folder of a run, or that of one notebook in it.
    parameters
        Parameters of the run by notebook.
    trees
        Values as parsed from JSON, by full key ``notebook.key``.
    figures
        File with the facts of each figure, by figure name.
    """

    folder: Path
    parameters: Mapping[str, Mapping[str, object]]
    trees: Mapping[str, object]
    figures: Mapping[str, Path]

    @property
    def notebooks(self) -> tuple[str, ...]:
        """The notebooks that wrote it, sorted."""
        return tuple(sorted({**self.parameters, **{key.partition(".")[0]: None for key in self.trees}}))

    def estimate(self, key: str) -> Estimate:
        """Return the estimate recorded under a full key.

        Raises
        ------
        ReproductionError
            When what stands there is no estimate.
        """
        return estimate_from(self.trees[key], where=f"{self.folder / VALUES}: {key}")

    def tree(self, key: str) -> Mapping[str, Any]:
        """Return the value under a full key as it stands in values.json, after it was read as an estimate.

        Raises
        ------
        ReproductionError
            When what stands there is no estimate.
        """
        self.estimate(key)
        return cast("Mapping[str, Any]", self.trees[key])


def read_record(folder: Path) -> StoredRecord:
    """Return what `folder` holds; figures are only listed.

    Raises
    ------
    ReproductionError
        When there is no values.json in it, or one that this package did not write.
    """
    path = folder / VALUES
    if not path.is_file():
        what = f"no {VALUES} in it" if folder.is_dir() else "there is no such folder"
        raise ReproductionError(
            f"{folder}: {what}; name a folder that `analysis reproduce` wrote: figures, build/reproduce, build/runs/..."
        )
    tree = parsed_object(path)
    notebook = tree.get("notebook")
    if isinstance(notebook, str):  # written by one notebook, keys and parameters are its own
        tree = {
            "parameters": {notebook: tree.get("parameters")},
            "values": {f"{notebook}.{key}": value for key, value in _objects(tree, "values", path).items()},
        }
    parameters = _objects(tree, "parameters", path)
    return StoredRecord(
        folder=folder,
        parameters={name: _objects(parameters, name, path) for name in parameters},
        trees=_objects(tree, "values", path),
        figures=_figure_files(folder, notebooks=list(parameters)),
    )


def parsed_object(path: Path) -> dict[str, object]:
    """Return the JSON object in a file.

    Raises
    ------
    ReproductionError
        When it cannot be read or is something else.
    """
    try:
        tree = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ReproductionError(f"{path} cannot be read: {error}") from error
    if not isinstance(tree, dict):
        raise ReproductionError(f"{path} cannot be read: it is not an object")
    return tree


def _objects(tree: Mapping[str, object], name: str, path: Path) -> dict[str, object]:
    found = tree.get(name)
    if not isinstance(found, dict):
        raise ReproductionError(f"{path} cannot be read: {name} is not an object; was it written by this program?")
    return found


def _figure_files(folder: Path, *, notebooks: list[str]) -> dict[str, Path]:
    """Return the figures of the folder and of its notebooks' own folders; other folders are of no run on record."""
    inner = [entry for entry in sorted(folder.iterdir()) if entry.is_dir() and entry.name in notebooks]
    files = [path for each in (folder, *inner) for path in sorted(each.glob("*.json"))]
    return {path.stem: path for path in files if path.name not in _NOT_FIGURES and path.is_file()}
