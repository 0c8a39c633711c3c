"""The notebook files: finding them by name and reading their parameters, without starting anything."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from analysis.errors import ParameterError, ReproductionError
from analysis.parameters import Parameter, parse_cell
from analysis.pipeline.messages import printable
from analysis.settings import size_limits

_FORMAT: Final = 4


def find_notebooks(folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """Return the notebooks asked for, in the order of their names; all of `folder` when none is named.

    Parameters
    ----------
    folder
        Where the notebooks are.
    names
        Names with or without ``.ipynb``, or paths.

    Raises
    ------
    ReproductionError
        With every name that no notebook has, the nearest one that exists, and the whole list.
    """
    known = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    if not known:
        raise ReproductionError(f"there is no notebook in {folder}")
    if not names:
        return list(known.values())
    problems = []
    wanted: dict[str, Path] = {}
    for name in names:
        stem = _stem(name, folder)
        if stem in known:
            wanted[stem] = known[stem]
        else:
            near = difflib.get_close_matches(stem or name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            problems.append(f"  no notebook {printable(name)!r}{hint}")
    if problems:
        problems.append(f"  notebooks here: {', '.join(known)}")
        raise ReproductionError("notebooks that cannot be run:\n" + "\n".join(problems))
    return [wanted[stem] for stem in sorted(wanted)]


def _stem(name: str, folder: Path) -> str:
    """Return the notebook's name; empty for a path that leads elsewhere."""
    path = Path(name)
    if path.name != name and path.resolve().parent not in {folder.resolve(), Path.cwd().resolve() / folder.name}:
        return ""
    return path.name.removesuffix(".ipynb")


def read_parameters(notebook: Path) -> tuple[Parameter, ...]:
    """Return the parameters the notebook declares; none when it has no parameters cell.

    Raises
    ------
    ReproductionError
        When the file is not a notebook.
    ParameterError
        When there are two parameters cells, or the cell has another form than annotated literals.
    """
    sources = parameters_cells(notebook)
    if len(sources) > 1:
        raise ParameterError(f"{notebook.name} has {len(sources)} cells tagged 'parameters'; one is allowed")
    try:
        return parse_cell(sources[0]) if sources else ()
    except ParameterError as error:
        raise ParameterError(f"{notebook.name}: {error}") from None


def parameters_cells(notebook: Path) -> list[str]:
    """Return the sources of the cells tagged ``parameters``.

    Raises
    ------
    ReproductionError
        When the file is not a notebook.
    """
    try:
        cells = _cells(notebook)
        tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
        return ["".join(cell["source"]) for cell in tagged]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
        advice = f"`git checkout -- notebooks/{notebook.name}` brings the committed one back"
        raise ReproductionError(f"{notebook.name} cannot be read as a notebook ({reason}); {advice}") from error


def _cells(notebook: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook that is not too large and not in a format of another decade."""
    size, limit = notebook.stat().st_size, size_limits().file_bytes
    if size > limit:
        raise ReproductionError(
            f"{notebook.name} has {size} bytes and at most {limit} are read; clear its outputs, or raise the limit "
            "(--max-mb)"
        )
    tree = json.loads(notebook.read_bytes())
    found = tree["nbformat"]
    if found != _FORMAT:
        raise ReproductionError(
            f"{notebook.name} is in notebook format {found!r}, not {_FORMAT}; open and save it in JupyterLab, or write "
            f"it anew with `jupyter nbconvert --to notebook --inplace {notebook.name}`"
        )
    cells: list[dict[str, Any]] = tree["cells"]
    return cells
