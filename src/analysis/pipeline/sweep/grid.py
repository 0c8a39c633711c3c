"""From what was asked to the list of runs: every combination once, checked before anything starts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Final

from analysis.errors import ParameterError
from analysis.parameters import Parameter
from analysis.parameters.checks import range_problems
from analysis.pipeline.messages import counted
from analysis.pipeline.notebook_file import find_notebooks, read_parameters
from analysis.pipeline.request import DATA
from analysis.pipeline.sweep.grid_file import read_grid_file
from analysis.pipeline.sweep.notation import read_axis
from analysis.pipeline.sweep.request import SweepRequest
from analysis.record.layout import Layout

_PROBLEMS_SHOWN: Final = 20
_ID_LENGTH: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The parameters of one run.

    Parameters
    ----------
    run
        Name of the run: a hash of all its parameters, so the same in every sweep and on every machine.
    given
        What is passed to the notebook.
    parameters
        All parameters of the notebook: those given, and the defaults of the others.
    """

    run: str
    given: Mapping[str, object]
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The runs of a sweep.

    Parameters
    ----------
    notebook
        The notebook's file.
    declared
        Its parameters.
    combinations
        One a run, in the order asked: the values of the last parameter change fastest.
    varied
        Names that were asked for, in order.
    repeats
        How many combinations were left out because another one asks for the same.
    """

    notebook: Path
    declared: tuple[Parameter, ...]
    combinations: tuple[Combination, ...]
    varied: tuple[str, ...]
    repeats: int


def planned_grid(request: SweepRequest, layout: Layout) -> Grid:
    """Check notebook, names, types and ranges, and return the runs.

    Raises
    ------
    ReproductionError
        For a notebook that does not exist or cannot be read.
    ParameterError
        With every fault of every combination, and for a grid with too many of them.
    """
    (notebook,) = find_notebooks(layout.notebooks, [request.notebook])
    declared = read_parameters(notebook)
    by_name = {parameter.name: parameter for parameter in declared}
    axes, runs = _asked(request, by_name)
    _refuse_too_many(axes, runs, request.max_runs)
    asked = [{**one, **dict(zip(axes, values, strict=True))} for one in runs for values in product(*axes.values())]
    combinations = [_combination(_with_absolute_data(one), declared) for one in asked]
    _refuse([problem for one in combinations for problem in range_problems(one.parameters)])
    distinct = {one.run: one for one in reversed(combinations)}  # of equal ones the first is kept
    kept = tuple(one for one in combinations if distinct[one.run] is one)
    return Grid(
        notebook=notebook,
        declared=declared,
        combinations=kept,
        varied=tuple(dict.fromkeys(name for one in asked for name in one)),
        repeats=len(combinations) - len(kept),
    )


def _asked(
    request: SweepRequest, declared: Mapping[str, Parameter]
) -> tuple[dict[str, list[object]], list[dict[str, object]]]:
    """Return the values by parameter, and the runs they are combined with: one without parameters by default."""
    if not request.grid and request.file is None:
        raise ParameterError(
            f"nothing to vary: give --grid name=a,b or --file; parameters of {request.notebook}: "
            + (", ".join(declared) or "none")
        )
    problems: list[str] = []
    axes: dict[str, list[object]] = {}
    runs: list[dict[str, object]] = []
    if request.file is not None:
        try:
            axes, runs = read_grid_file(request.file, declared)
        except ParameterError as error:
            problems += str(error).splitlines()
    for text in request.grid:
        try:
            name, values = read_axis(text, declared)
        except ParameterError as error:
            problems += str(error).splitlines()
            continue
        if name in axes or any(name in one for one in runs):
            problems.append(f"{name} is given twice")
        axes[name] = values
    _refuse(problems)
    return axes, runs or [{}]


def _refuse(problems: Sequence[str]) -> None:
    distinct = list(dict.fromkeys(problems))
    if distinct:
        shown = distinct[:_PROBLEMS_SHOWN]
        if len(distinct) > len(shown):
            shown.append(f"and {len(distinct) - len(shown)} more")
        raise ParameterError("a grid that cannot be used; nothing was run:\n" + "\n".join(f"  {one}" for one in shown))


def _refuse_too_many(axes: Mapping[str, Sequence[object]], runs: Sequence[object], limit: int) -> None:
    """Count before combining: a dozen short lists make more combinations than memory holds."""
    count = len(runs) * math.prod(len(values) for values in axes.values())
    if count > limit:
        sizes = " x ".join(f"{len(values)} {name}" for name, values in axes.items())
        raise ParameterError(
            f"the grid has {counted(count, 'combination')} ({sizes or counted(len(runs), 'run')}), more than {limit}; "
            "give fewer values, or allow it with --max-runs"
        )


def _with_absolute_data(given: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters with the evidence folder made absolute: kernels run in another folder."""
    folder = given.get(DATA)
    if not isinstance(folder, str) or not folder or "\0" in folder:
        return dict(given)
    return {**given, DATA: str(Path(folder).resolve())}


def _combination(given: Mapping[str, object], declared: Iterable[Parameter]) -> Combination:
    kinds = {parameter.name: parameter for parameter in declared}
    own = {name: _canonical(value, kinds[name]) for name, value in given.items()}
    whole = {name: own.get(name, _canonical(one.default, one)) for name, one in kinds.items()}
    digest = sha256(json.dumps(whole, sort_keys=True).encode("utf-8")).hexdigest()
    return Combination(run=digest[:_ID_LENGTH], given=own, parameters=whole)


def _canonical(value: object, parameter: Parameter) -> object:
    """Return the value in the one form of its type, so that 1 and 1.0 are the same number."""
    if isinstance(value, list):
        return [_as_float(member) if parameter.kind.item == "float" else member for member in value]
    if isinstance(value, dict):
        return {key: _as_float(member) if parameter.kind.item == "float" else member for key, member in value.items()}
    return _as_float(value) if parameter.kind.base == "float" else value


def _as_float(value: object) -> object:
    return float(value) + 0.0 if isinstance(value, (int, float)) else value  # -0.0 is 0.0
