"""What a person asked for, checked before anything runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from analysis.errors import ParameterError, ReproductionError
from analysis.estimate import sorted_union
from analysis.parameters import Parameter, check_parameters, parse_given
from analysis.parameters.given import unknown_name
from analysis.pipeline.notebook_file import find_notebooks, read_parameters
from analysis.record.layout import Layout
from analysis.settings import HOUSE

DATA: Final = "data"
"""Name of the parameter that names the evidence folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call of ``analysis reproduce``.

    Parameters
    ----------
    notebooks
        Names as typed; empty for all.
    given
        Parameters as typed, ``name=value``.
    data
        Evidence folder instead of the repository's.
    out
        Folder for the outputs instead of the record.
    workers
        Notebooks run at the same time.
    cell_timeout_s
        Longest time one cell may take, in seconds.
    rewrite
        Publish this machine's bytes even where they agree with the record.
    force
        Run what is up to date too, and compute everything anew.
    journal
        What figures are drawn for.
    """

    notebooks: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    data: Path | None = None
    out: Path | None = None
    workers: int = 2
    cell_timeout_s: int = 600
    rewrite: bool = False
    force: bool = False
    journal: str = HOUSE

    @property
    def is_for_the_record(self) -> bool:
        """Whether the run may publish: default parameters, the repository's evidence, no other folder asked for."""
        return not self.given and self.data is None and self.out is None and self.journal == HOUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will run.

    Parameters
    ----------
    notebooks
        Files, in order of name.
    parameters
        By notebook name, only what differs from the notebook's own defaults.
    everything
        Whether these are all notebooks of the repository.
    evidence
        Evidence folder of the run.
    ignored_by
        By given parameter, the notebooks of the run that do not have it.
    """

    notebooks: tuple[Path, ...]
    parameters: Mapping[str, dict[str, object]] = field(default_factory=dict)
    everything: bool
    evidence: Path

    @property
    def excluded_originators(self) -> tuple[str, ...]:
        """Originators and parties that any of the notebooks is to leave out, sorted."""
        given = (values.get("exclude_originators") for values in self.parameters.values())
        return sorted_union(*(map(str, names) for names in given if isinstance(names, (list, tuple))))

    ignored_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def planned(request: Request, layout: Layout) -> Plan:
    """Check names and parameters and return what will run.

    Raises
    ------
    ReproductionError
        For a notebook that does not exist or cannot be read, and for options that contradict each other.
    ParameterError
        With every misspelt, ill-typed or out-of-range parameter of every notebook.
    """
    if request.rewrite and not request.is_for_the_record:
        raise ReproductionError("--rewrite writes the record; it cannot be used with -p, --data or --out")
    notebooks = find_notebooks(layout.notebooks, request.notebooks)
    declared = {path.stem: read_parameters(path) for path in notebooks}
    given = _with_absolute_data(request)
    _refuse_unknown(given, declared)
    values: dict[str, dict[str, object]] = {}
    problems = []
    for name, parameters in declared.items():
        own = [text for text in given if _name(text) in {parameter.name for parameter in parameters}]
        try:
            values[name] = parse_given(own, parameters, where=f"{name}.ipynb")
            check_parameters({**{parameter.name: parameter.default for parameter in parameters}, **values[name]})
        except ParameterError as error:
            problems.append(f"{name}: {error}")
    if problems:
        raise ParameterError("\n".join(problems))
    return Plan(
        notebooks=tuple(notebooks),
        parameters=values,
        everything=len(notebooks) == len(find_notebooks(layout.notebooks)),
        evidence=_evidence_folder(given, layout),
        ignored_by=_ignored(given, declared),
    )


def _ignored(given: Sequence[str], declared: Mapping[str, Sequence[Parameter]]) -> dict[str, tuple[str, ...]]:
    without = {
        _name(text): tuple(name for name, own in declared.items() if _name(text) not in {one.name for one in own})
        for text in given
    }
    return {parameter: notebooks for parameter, notebooks in without.items() if notebooks}


def _name(text: str) -> str:
    return text.partition("=")[0].strip()


def _with_absolute_data(request: Request) -> list[str]:
    """Return the given parameters with --data among them, its folder made absolute: kernels run in another folder."""
    given = list(request.given)
    if request.data is not None:
        if any(_name(text) == DATA for text in given):
            raise ParameterError("the evidence folder is given twice: by --data and by -p data=")
        given.append(f"{DATA}={request.data}")
    return [
        f"{DATA}={Path(text.partition('=')[2].strip()).resolve()}"
        if _name(text) == DATA and text.partition("=")[2].strip()
        else text
        for text in given
    ]


def _refuse_unknown(given: Sequence[str], declared: Mapping[str, Sequence[Parameter]]) -> None:
    """Refuse a name that no notebook declares, and --data for a notebook that would not use it."""
    names = list(dict.fromkeys(parameter.name for parameters in declared.values() for parameter in parameters))
    problems = []
    for text in given:
        if "=" not in text:
            problems.append(f"{text!r}: write name=value")
        elif _name(text) not in names:
            problems.append(unknown_name(_name(text), names))
        elif _name(text) == DATA:
            deaf = [name for name, own in declared.items() if DATA not in {parameter.name for parameter in own}]
            problems += [
                f"{name} has no parameter {DATA!r} and would run on the repository's evidence" for name in deaf
            ]
    if problems:
        raise ParameterError("parameters that cannot be used:\n  " + "\n  ".join(problems))


def _evidence_folder(given: Sequence[str], layout: Layout) -> Path:
    named = [text.partition("=")[2].strip() for text in given if _name(text) == DATA]
    return Path(named[0]) if named and named[0] else layout.data
